"""What two stores that met may both have made, each rightly as far as it knew: recognised, and put before a person.

No rule could say which is right, so nothing is changed by itself: a child made twice, a child who lives in two homes, a
home with more of our children than places. Each says how it is mended.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from placement_tui.domain.clocks import About, Due
from placement_tui.domain.clocks_calls import DOUBLE
from placement_tui.domain.clocks_days import day_end, london_day
from placement_tui.domain.tasks import TaskRow, derived_row

KEPT = (
    "Referrals, calls and placements of both become its own, and what it does not say is taken over; u undoes. Where they"
    " are two children, leave it and correct the number of one."
)


@dataclass(frozen=True, slots=True)
class DoubleRow:
    """Something that cannot be so: what it is in words, how it is mended, the records that it is about.

    `title` and `who` say it where there is little room; `twins` are the records of a child who is there twice.
    """

    kind: str
    words: str
    mend: str
    noun: str
    keys: tuple[UUID, ...]
    references: tuple[str, ...] = ()
    title: str = ""
    who: str = ""
    twins: tuple[Twin, ...] = ()

    @property
    def source(self) -> str:
        """The name of the task that it is, the same in every store."""
        return f"double/{self.kind}/{'/'.join(sorted(key.hex for key in self.keys))}"

    def task(self, since: datetime) -> TaskRow:
        """What is due: to mend it, on the day on which a meeting brought it."""
        about = About(home_id=self.keys[0]) if self.noun == "home" else About()
        due = Due(self.source, DOUBLE, "", self.title, "", day_end(london_day(since)), about)
        return replace(derived_row(due, child=self.who), note=self.words)


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
        tuple(twin.id for twin in twins), tuple(twin.reference for twin in twins), "made twice: which is kept?",
        f"{first.initials} {first.identifier}", twins,
    )  # fmt: skip


def two_homes(child: str, homes: tuple[str, ...], keys: tuple[UUID, ...]) -> DoubleRow:
    """A child with more than one open placement."""
    return DoubleRow(
        "two homes", f"{child} lives in {len(homes)} homes: {', '.join(homes)}",
        "log the ending of the one that is over, or take it back by undo where it was logged", "placement", keys,
        title="lives in two homes: which is over?", who=child,
    )  # fmt: skip


def too_full(home: str, ours: int, places: int, key: UUID) -> DoubleRow:
    """A home with more of our children than places."""
    return DoubleRow(
        "one bed twice", f"{home}: {ours} of our children, {places} place{'' if places == 1 else 's'}",
        "ring the home: end the placement that did not come about, or correct its places", "home", (key,), title=f"{home}: more of ours than places",
    )  # fmt: skip
