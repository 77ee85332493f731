"""Early warnings: a sign is logged while the child still lives there, looked at again, closed; an ending knows of it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from placement_tui.db.changes import warnings as changes
from placement_tui.db.reads import placements
from placement_tui.db.reads import warnings as reads
from placement_tui.domain.approaches import Saved
from placement_tui.domain.clocks_days import london_day
from placement_tui.domain.warnings import NewWarning, WarningRow, check
from placement_tui.errors import Invalid, NotFound, Refused
from placement_tui.services.desk import Desk


class Warnings:
    """What an officer does with signs that a placement may not last."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def open(self) -> list[WarningRow]:
        """Warnings that are open, of placements that go on, the oldest first."""
        with self._desk.read() as session:
            return reads.open_now(session, self._desk.today)

    def by_placement(self) -> dict[UUID, list[WarningRow]]:
        """Open warnings by the placement that they are of."""
        found: dict[UUID, list[WarningRow]] = {}
        for row in self.open():
            found.setdefault(row.placement_id, []).append(row)
        return found

    def everything(self, limit: int = 500) -> list[WarningRow]:
        """All warnings, closed ones and those of ended placements too, the latest first."""
        with self._desk.read() as session:
            return reads.everything(session, self._desk.today, limit)

    def of_placement(self, placement_id: UUID) -> list[WarningRow]:
        """Every warning of a placement, in the order in which they were seen."""
        with self._desk.read() as session:
            return reads.of_placement(session, placement_id, self._desk.today)

    def get(self, warning_id: UUID) -> WarningRow:
        """One warning. Raises NotFound."""
        with self._desk.read() as session:
            row = reads.get(session, warning_id, self._desk.today)
        if row is None:
            raise NotFound("There is no such warning", mend="it may have been undone")
        return row

    def log(self, placement_id: UUID, new: NewWarning) -> tuple[UUID, Saved]:
        """Log a sign. Raises Invalid, Refused where the placement has ended: what is said after it stands in the ending."""
        with self._desk.write("log warning") as session:
            where = placements.get(session, placement_id, self._desk.today)
            if where is None:
                raise NotFound("There is no such placement", mend="it may have been undone")
            if where.ended_on is not None:
                raise Refused(
                    f"This placement ended on {where.ended_on:%d/%m/%Y}", "a warning comes before the end",
                    "undo that ending to write the signs into it",
                )  # fmt: skip
            new = check(new, self._desk.today)
            self._after_start(new, where.started_at)
            row = changes.add(session, _columns(new) | {
                "placement_id": placement_id, "logged_at": self._desk.now, "officer_id": self._desk.officer.id,
            })  # fmt: skip
        return row.id, Saved(f"{where.child} at {where.name}: warning saved", (row.id,))

    def change(self, warning_id: UUID, new: NewWarning) -> Saved:
        """Correct a warning, or say what is done about it. Raises Invalid, NotFound."""
        row = self.get(warning_id)
        new = check(new, self._desk.today)
        with self._desk.write("change warning") as session:
            where = placements.get(session, row.placement_id, self._desk.today)
            if where is not None:
                self._after_start(new, where.started_at)
            changes.change(session, warning_id, _columns(new))
        return Saved(f"{row.child} at {row.name}: warning changed", (warning_id,))

    def close(self, warning_id: UUID, action: str = "") -> Saved:
        """The sign is over, or was dealt with; `action` adds what was done. Raises Refused where it is closed already."""
        row = self.get(warning_id)
        if row.closed_on is not None:
            raise Refused(f"This warning was closed on {row.closed_on:%d/%m/%Y}", mend="log the sign anew")
        done = "; ".join(part for part in (row.new.action, action.strip()) if part)
        check(NewWarning(row.new.what, row.new.seen_on, row.new.factor, row.new.said_by, done), self._desk.today)
        with self._desk.write("close warning") as session:
            changes.change(session, warning_id, {"closed_on": self._desk.today, "action": done})
        return Saved(f"{row.child} at {row.name}: warning closed", (warning_id,))

    def _after_start(self, new: NewWarning, started_at: Any) -> None:
        if new.seen_on < london_day(started_at):
            raise Invalid(
                "seen", f"{new.seen_on:%d/%m/%Y} is before the placement started",
                f"it started on {london_day(started_at):%d/%m/%Y}", "correct the day",
            )  # fmt: skip


def _columns(new: NewWarning) -> dict[str, Any]:
    return {
        "what": new.what,
        "seen_on": new.seen_on,
        "factor": new.factor,
        "said_by": new.said_by,
        "action": new.action,
    }
