"""The audit: who saw and who changed what, and when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal
from uuid import UUID

Kind = Literal["view", "change"]

VIEW = "view "  # how the command of a view begins: "view call list"
QUIET = timedelta(minutes=15)  # one officer's looks at one child in one place count once in it


@dataclass(frozen=True, slots=True)
class Sight:
    """That somebody opened a record: of what table, which, in what place, when."""

    noun: str
    keys: tuple[UUID, ...]
    place: str
    at: datetime

    @property
    def command(self) -> str:
        """How the journal names it."""
        return VIEW + self.place


@dataclass(frozen=True, slots=True)
class AuditField:
    """One field of a change, as it was before and as it is after; values as the journal keeps them."""

    name: str
    before: Any
    after: Any


@dataclass(frozen=True, slots=True)
class AuditRow:
    """One view or one change of one record.

    `what` says in a few words which record it is (a reference, a child's initials, a home's name). `erased` is true for
    a change whose values were erased since: that it was made still stands.
    """

    id: UUID
    at: datetime
    officer_id: UUID | None
    officer: str
    initials: str
    kind: Kind
    command: str
    noun: str
    key: UUID
    what: str
    fields: tuple[AuditField, ...] = ()
    erased: bool = False
