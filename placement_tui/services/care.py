"""A child's time in care: when it began and ended, under which legal status, when the child was missing, how it was reviewed."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from uuid import UUID

from placement_tui.db.reads import care as reads
from placement_tui.domain.care import CareHistory
from placement_tui.errors import NotFound
from placement_tui.services.desk import Desk


class Care:
    """What an officer does with a child's time in care."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def histories(self, children: Collection[UUID] | None = None, since: date | None = None) -> list[CareHistory]:
        """What the return asks for, of those children or of all who were in care; `since` leaves out who left before."""
        with self._desk.read() as session:
            return reads.histories(session, self._desk.today, children, since)

    def of_child(self, child_id: UUID) -> CareHistory:
        """One child's time in care. Raises NotFound."""
        found = self.histories([child_id])
        if not found:
            raise NotFound("There is no such child", mend="it may have been undone")
        return found[0]
