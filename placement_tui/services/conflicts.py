"""Two officers on one record: what each had read, both values where they differ, and settling them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from placement_tui.db.changes import conflicts as changes
from placement_tui.db.reads import conflicts, operations
from placement_tui.domain.approaches import Saved
from placement_tui.domain.conflicts import ConflictRow
from placement_tui.errors import Conflict
from placement_tui.services.desk import Desk


class Conflicts:
    """What an officer sees of two values of one field."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def seen(self) -> int:
        """How far the journal has arrived: taken before a form reads, and handed to what saves it."""
        with self._desk.read() as session:
            return operations.latest(session)

    def count(self) -> int:
        """How many records wait; asked with every look at the board."""
        with self._desk.read() as session:
            return len(conflicts.noted(session))

    def unsettled(self, only: Iterable[UUID] | None = None) -> list[ConflictRow]:
        """What waits to be settled, of some records where they are named; the latest change first."""
        with self._desk.read() as session:
            return conflicts.unsettled(session, self._desk.today, only)

    def settle(self, row: ConflictRow, op: UUID) -> Saved:
        """Let the value of one side stand, in all the fields that say one thing.

        Raises Conflict where it was settled or changed meanwhile.
        """
        with self._desk.write("settle conflict") as session:
            now = next(
                (
                    each
                    for each in conflicts.unsettled(session, self._desk.today, [row.key])
                    if each.fields == row.fields
                ),
                None,
            )
            if now is None or {side.op for side in now.sides} != {side.op for side in row.sides}:
                raise Conflict(f"{row.field.capitalize()} was settled or changed meanwhile", row.about, "look again")
            side = next(side for side in now.sides if side.op == op)
            values: dict[str, Any] = {name: side.values[name] for name in now.fields if name in side.values}
            changes.settle(session, now.noun, now.key, values)
        return Saved(f"{row.about}: {row.field} is ‘{side.words}’", (row.key,))
