"""What two stores that met may both have made, each rightly as far as it knew: recognised, and put before a person.

No rule could say which is right, so nothing is changed by itself: a child made twice, a child who lives in two homes, a
home with more of our children than places. Each says how it is mended.
"""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True, slots=True)
class DoubleRow:
    """Something that cannot be so: what it is in words, how it is mended, the records that it is about."""

    kind: str
    words: str
    mend: str
    noun: str
    keys: tuple[UUID, ...]
    references: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Twin:
    """One of two records of one child."""

    id: UUID
    identifier: str
    initials: str
    reference: str


def child_twice(twins: tuple[Twin, ...]) -> DoubleRow:
    """Two children under one identifier of the council's."""
    first, *others = twins
    named = " and ".join(twin.reference or "no referral" for twin in twins)
    mend = f"`placement merge children {others[-1].reference} {first.reference}` keeps the first; correct the number where they are two"
    return DoubleRow(
        "child twice", f"{len(twins)} children under {first.identifier}: {', '.join(twin.initials for twin in twins)} ({named})", mend, "child",
        tuple(twin.id for twin in twins), tuple(twin.reference for twin in twins),
    )  # fmt: skip


def two_homes(child: str, homes: tuple[str, ...], keys: tuple[UUID, ...]) -> DoubleRow:
    """A child with more than one open placement."""
    return DoubleRow(
        "two homes", f"{child} lives in {len(homes)} homes: {', '.join(homes)}",
        "log the ending of the one that is over, or take it back by undo where it was logged", "placement", keys,
    )  # fmt: skip


def too_full(home: str, ours: int, places: int, key: UUID) -> DoubleRow:
    """A home with more of our children than places."""
    return DoubleRow(
        "one bed twice", f"{home}: {ours} of our children, {places} place{'' if places == 1 else 's'}",
        "ring the home: end the placement that did not come about, or correct its places", "home", (key,),
    )  # fmt: skip
