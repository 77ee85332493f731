"""What was made twice on two machines: looked for at every meeting, and mended by a person."""

from __future__ import annotations

from uuid import UUID

from placement_tui.db.changes import register
from placement_tui.db.reads import doubles as reads
from placement_tui.domain.approaches import Saved
from placement_tui.domain.doubles import DoubleRow, Twin
from placement_tui.domain.imports import Change
from placement_tui.errors import NotFound, Refused
from placement_tui.services.desk import Desk

_FILLED = ("name", "born_on", "age_said", "age_said_on", "home_postcode", "easting", "northing", "latitude", "longitude",
           "location", "authority", "ethnicity", "upn", "mother", "mother_since", "uasc_ceased_on")  # fmt: skip


class Doubles:
    """What an officer does about children made twice, children in two homes, beds given twice."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def found(self) -> list[DoubleRow]:
        """Everything that cannot be so, each with how it is mended."""
        with self._desk.read() as session:
            return reads.found(session)

    def of_task(self, source: str) -> DoubleRow:
        """The one that a task is about. Raises NotFound where it was mended meanwhile."""
        row = next((row for row in self.found() if row.source == source), None)
        if row is None:
            raise NotFound("It is mended already", mend="look again")
        return row

    def named(self, reference: str) -> list[Twin]:
        """The children of a referral. Raises NotFound."""
        with self._desk.read() as session:
            rows = reads.of_reference(session, reference)
        if not rows:
            raise NotFound(f"There is no referral {reference}", mend="`placement doubles` names both")
        return rows

    def merge_children(self, from_id: UUID, into_id: UUID) -> Saved:
        """Turn everything of a child who was made twice to the one that is kept; one key takes it back.

        What the kept one does not say is taken over. Raises NotFound, Refused for children of two identifiers.
        """
        with self._desk.write("merge children") as session:
            double, kept = reads.columns(session, from_id), reads.columns(session, into_id)
            if double is None or kept is None:
                raise NotFound("There is no such child", mend="it may have been merged already, or undone")
            one, other = double["identifier"].strip().upper(), kept["identifier"].strip().upper()
            if from_id == into_id or not one or one != other:
                raise Refused(
                    "They are two children", f"{double['initials']} {double['identifier']} and {kept['initials']} {kept['identifier']}",
                    "give both the council's number for the child first, if they are one",
                )  # fmt: skip
            moves = reads.belonging(session, from_id)
            found = [Change(noun, key, {"child_id": into_id}, False) for noun, keys in moves.items() for key in keys]
            taken = {
                name: double[name] for name in _FILLED if kept[name] in (None, "") and double[name] not in (None, "")
            }
            if taken:
                found.append(Change("child", into_id, taken, False))
            found.append(Change("child", from_id, {"struck_at": self._desk.now}, False))
            register.write(session, found)
        count = sum(len(keys) for keys in moves.values())
        return Saved(
            f"{kept['initials']} {kept['identifier']} is one child now: {count} record{'' if count == 1 else 's'} moved",
            (into_id, from_id),
        )
