"""A provider that is there twice: a dry look at what would move, then one step that moves it, which undo takes back whole."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from placement_tui.db.changes import register
from placement_tui.db.engine import Session
from placement_tui.db.reads import providers_merge as reads
from placement_tui.domain.approaches import Saved
from placement_tui.domain.folding import fold
from placement_tui.domain.imports import Change
from placement_tui.domain.providers_merge import MergeLook, taken_over
from placement_tui.errors import NotFound, Refused
from placement_tui.services.desk import Desk


class Merging:
    """What an officer does with doubles. Any officer may: it is shown first, journaled, and undone by one key."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def look(self, from_id: UUID, into_id: UUID) -> MergeLook:
        """What a merge would do; nothing is written. Raises NotFound, and Refused where it may not be."""
        with self._desk.read() as session:
            double, kept = self._both(session, from_id, into_id)
            moves = reads.belonging(session, from_id)
            doubles = reads.same_homes(session, from_id, into_id)
        taken = taken_over(double, kept)
        takes = [f"{kept['name']} takes over {_listed([_WORDS[name] for name in taken])}"] if taken else []
        minds = (
            [f"Both have a home called {_listed(doubles[:3])}: they stay apart, look which is right"] if doubles else []
        )
        return MergeLook(
            from_id, into_id, double["name"], kept["name"], tuple((noun, len(moves[noun])) for noun in sorted(moves, key=_order)),
            tuple(takes), tuple(minds),
        )  # fmt: skip

    def merge(self, from_id: UUID, into_id: UUID) -> Saved:
        """Turn everything of a double to the provider that is kept, and strike the double out. Raises as `look` does."""
        with self._desk.write("merge provider") as session:
            double, kept = self._both(session, from_id, into_id)
            moves = reads.belonging(session, from_id)
            found = [Change(noun, key, {"provider_id": into_id}, False) for noun, keys in moves.items() for key in keys]
            if taken := taken_over(double, kept):
                found.append(Change("provider", into_id, taken, False))
            found.append(Change("provider", from_id, {"merged_into_id": into_id, "struck_at": self._desk.now}, False))
            register.write(session, found)
        count = sum(len(keys) for keys in moves.values())
        records = "1 record" if count == 1 else f"{count:,} records"
        return Saved(f"{double['name']} is {kept['name']} now: {records} moved", (into_id, from_id))

    def _both(self, session: Session, from_id: UUID, into_id: UUID) -> tuple[dict[str, Any], dict[str, Any]]:
        rows = reads.columns(session, (from_id, into_id))
        for key in (from_id, into_id):
            row = rows.get(key)
            if row is not None and row["merged_into_id"] is not None:
                into = reads.columns(session, (row["merged_into_id"],)).get(row["merged_into_id"])
                name = into["name"] if into else "another provider"
                raise Refused(f"{row['name']} was merged into {name} already", mend=f"name {name} itself")
            if row is None or row["struck_at"] is not None:
                raise NotFound("There is no such provider", mend="it may have been undone")
        double, kept = rows[from_id], rows[into_id]
        if from_id == into_id:
            raise Refused(f"{kept['name']} cannot be merged into itself", mend="name the other one that it is")
        if double["sector"] == "own":
            raise Refused(
                f"{double['name']} is the council itself, and is never merged into another",
                mend=f"merge {kept['name']} into it, if they are one" if fold(kept["name"]) else "",
            )
        return double, kept


_WORDS = {
    "phone": "its phone", "out_of_hours_phone": "its number for the night", "email": "its e-mail", "tier": "its tier",
    "route": "its contract route", "sector": "its sector", "note": "its note",
}  # fmt: skip


def _order(noun: str) -> tuple[bool, str]:
    """Homes first: with them goes what is logged of them."""
    return noun != "home", noun


def _listed(words: Sequence[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"
