"""Drafts: a half-typed form survives a dropped line, a closed lid, a killed process."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from placement_tui.db.changes import drafts
from placement_tui.services.desk import Desk


class Drafts:
    """The officer's half-typed forms, by form and what it is about."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def save(self, form: str, about: str, typed: Mapping[str, Any]) -> None:
        """Keep what is typed, in place of what was kept before."""
        with self._desk.store.write(self._desk.officer.id, "draft") as session:
            drafts.save(session, self._desk.officer.id, form, about, dict(typed), self._desk.now)

    def load(self, form: str, about: str = "") -> tuple[dict[str, Any], datetime] | None:
        """What was typed and when, or None."""
        with self._desk.read() as session:
            return drafts.load(session, self._desk.officer.id, form, about)

    def discard(self, form: str, about: str = "") -> None:
        """Forget it."""
        with self._desk.store.write(self._desk.officer.id, "draft") as session:
            drafts.discard(session, self._desk.officer.id, form, about)

    def waiting(self) -> list[tuple[str, str, datetime]]:
        """The officer's drafts: form, what about, when."""
        with self._desk.read() as session:
            return drafts.waiting(session, self._desk.officer.id)
