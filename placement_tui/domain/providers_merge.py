"""A provider that is there twice: what a merge would move, what the kept one takes over, and who a merged one is now."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID


@dataclass(frozen=True, slots=True)
class MergeLook:
    """What a merge would move, by kind of record, what the kept provider would take over, and what to mind."""

    from_id: UUID
    into_id: UUID
    name: str
    into: str
    moves: tuple[tuple[str, int], ...]
    takes: tuple[str, ...] = ()
    minds: tuple[str, ...] = ()

    @property
    def words(self) -> str:
        """`3 homes, 41 approaches and 2 contacts go to Alder Care`."""
        parts = [f"{count:,} {_MANY.get(noun, noun) if count > 1 else noun}" for noun, count in self.moves if count]
        if not parts:
            return f"nothing moves: {self.name} has no records of its own"
        listed = parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"
        return f"{listed} {'go' if len(parts) > 1 or not listed.startswith('1 ') else 'goes'} to {self.into}"


_MANY = {"home": "homes", "approach": "approaches", "contact": "contacts"}


def taken_over(double: Mapping[str, Any], kept: Mapping[str, Any]) -> dict[str, Any]:
    """What the kept provider takes over of its double: what it has not itself; a note is added to its own."""
    names = ("phone", "out_of_hours_phone", "email", "tier", "route")
    taken = {name: double[name] for name in names if double[name] and not kept[name]}
    if kept["sector"] == "unknown" and double["sector"] != "unknown":
        taken["sector"] = double["sector"]
    if double["note"] and double["note"] not in kept["note"]:
        taken["note"] = f"{kept['note']}\n{double['note']}".strip()
    return taken


def follow(merged: Mapping[UUID, UUID | None], key: UUID) -> UUID:
    """The provider that a merged one is now; where two laptops merged two into each other, the first met again."""
    seen: set[UUID] = set()
    while (into := merged.get(key)) is not None and key not in seen:
        seen.add(key)
        key = into
    return key
