"""The SSDA903 return of one year: its children, its rows, and what must be mended before it is sent.

Source: Department for Education, Children looked after by local authorities in England, guide to the SSDA903
collection. What makes a fault, and its number, are those of the sector's validation rules (csc-validator-be-903); where
one of those cannot run or contradicts another, the module says so.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from placement_tui.domain.care import CareHistory, Liberty, MissingRow, ReviewRow
from placement_tui.domain.codes.ssda903_tables import first_day, last_day
from placement_tui.domain.episodes import Episode, episodes, in_year
from placement_tui.domain.homes import Position

MEND = "mend"
LOOK = "look"
UPPER_TIER_ABROAD = {"S": "SCO", "N": "NIR", "W": "WAL"}


@dataclass(frozen=True, slots=True)
class HeldRow:
    """A row of a part of the return that this program does not derive, as it came: AD1, OC2 and the like."""

    id: UUID
    child_id: UUID
    part: str
    fields: dict[str, str]

    def __getitem__(self, column: str) -> str:
        """The value of a column, empty where it has none."""
        return (self.fields.get(column) or "").strip().upper()


@dataclass(frozen=True, slots=True)
class About:
    """What the checks know beside the child: the year, whose return it is, where a postcode lies, and the day it is."""

    year: int
    authority: str
    place_of: Callable[[str], Position | None]
    today: date = date.max

    @property
    def known(self) -> date:
        """The last day of the year, or today while the year goes on."""
        return min(self.last, self.today)

    @property
    def first(self) -> date:
        """1 April, when the year began."""
        return first_day(self.year)

    @property
    def last(self) -> date:
        """31 March, when the year ended."""
        return last_day(self.year)

    def area_of(self, postcode: str) -> str:
        """PL_LA: the authority of a postcode, SCO, NIR or WAL for one outside England, empty where it is not listed."""
        found = self.place_of(postcode) if postcode else None
        code = (found.authority if found else None) or ""
        return UPPER_TIER_ABROAD.get(code[:1], code)

    def abroad(self, postcode: str) -> bool:
        """True for a postcode outside England."""
        return self.area_of(postcode) in UPPER_TIER_ABROAD.values()


@dataclass(frozen=True, slots=True)
class ChildReturn:
    """One child in the return of one year: the history, every episode, and the rows that fall in the year."""

    history: CareHistory
    every: tuple[Episode, ...]
    rows: tuple[Episode, ...]
    missing: tuple[MissingRow, ...]
    reviews: tuple[ReviewRow, ...]
    liberty: tuple[Liberty, ...]
    held: tuple[HeldRow, ...] = ()

    @property
    def short_breaks_only(self) -> bool:
        """True where every episode of the year is of an agreed series of short breaks."""
        return all(row.short_break for row in self.rows)

    def held_of(self, part: str) -> Iterator[HeldRow]:
        """The rows of a part that are kept as they came."""
        return (row for row in self.held if row.part == part)


@dataclass(frozen=True, slots=True)
class Fault:
    """Something to mend, or with level `look` to explain, and the record where that is done.

    `rule` is the validator's number, `also` the numbers that the same fault raises beside it.
    """

    rule: str
    text: str
    mend: str
    child: str
    child_id: UUID
    noun: str
    key: UUID | None
    day: date | None = None
    level: str = MEND
    also: tuple[str, ...] = ()

    @property
    def rules(self) -> tuple[str, ...]:
        """Every number that the validator gives this fault."""
        return (self.rule, *self.also)


@dataclass(frozen=True, slots=True)
class YearReturn:
    """The return of one year: its children in order of their identifiers, and what is wrong with it."""

    year: int
    children: tuple[ChildReturn, ...]
    faults: tuple[Fault, ...] = field(default=())

    @property
    def to_mend(self) -> tuple[Fault, ...]:
        """The faults that would be sent back."""
        return tuple(fault for fault in self.faults if fault.level == MEND)


def children_of(histories: Iterable[CareHistory], about: About, held: Sequence[HeldRow] = ()) -> list[ChildReturn]:
    """The children with an episode in the year, each with the rows of the year; held rows of others stay out."""
    kept: dict[UUID, list[HeldRow]] = {}
    for row in held:
        kept.setdefault(row.child_id, []).append(row)
    made = []
    for history in histories:
        every = episodes(history, about.abroad)
        rows = in_year(every, about.year)
        rest = kept.get(history.child_id, [])
        if rows or any(row.part == "OC3" for row in rest):
            made.append(_child(history, every, rows, rest, about))
    return sorted(made, key=lambda child: (child.history.identifier, str(child.history.child_id)))


def _child(
    history: CareHistory, every: list[Episode], rows: list[Episode], held: list[HeldRow], about: About
) -> ChildReturn:
    first, last = about.first, about.last
    missing = tuple(
        MissingRow(row.id, row.child_id, row.kind, row.from_on, _by(row.until_on, last), row.source)
        for row in history.missing
        if rows and row.from_on <= last and (row.until_on is None or row.until_on >= first)
    )
    liberty = tuple(
        Liberty(row.id, row.child_id, row.from_on, _by(row.until_on, last))
        for row in history.liberty
        if rows and row.from_on <= last and (row.until_on is None or row.until_on >= first)
    )
    reviewed = bool(rows) and not all(row.short_break for row in rows)  # rule 399
    reviews = tuple(row for row in history.reviews if reviewed and first <= row.held_on <= last)
    return ChildReturn(history, tuple(every), tuple(rows), missing, reviews, liberty, tuple(held))


def _by(day: date | None, last: date) -> date | None:
    """A last day as it was known when the year ended: what ended later was still open."""
    return None if day is None or day > last else day


def birthday(born: date, years: int) -> date:
    """The day on which so many years are over; 28 February in a common year for who was born on the 29th."""
    try:
        return born.replace(year=born.year + years)
    except ValueError:
        return born.replace(year=born.year + years, day=28)
