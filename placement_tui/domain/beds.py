"""The bed board: every place that the council uses, pays for or heard of, who has it, and what stands empty and paid."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from placement_tui.domain.typed_dates import day, day_words
from placement_tui.domain.typed_numbers import count, money, money_words
from placement_tui.domain.typed_text import clean, shown
from placement_tui.domain.vacancies import MOST_BEDS
from placement_tui.errors import Invalid

SORTS = ("name", "free", "unused", "kind")
FILTERS = ("all", "free", "unused", "closed")
FILTER_WORDS = {
    "all": "every home in use", "free": "with a place free", "unused": "paid and unused", "closed": "closed or not used",
}  # fmt: skip
EXAMPLE = "type it like 2 at 4200 from mon until 31 mar"
_BLOCK = re.compile(
    r"(?P<beds>[0-9]+)(?: beds?)? (?:at|for|x) (?P<fee>[^ ]+)(?: (?:a|each|per) ?(?:week|bed)?)*"
    r"(?: from (?P<from>.+?))?(?: (?:until|till|to) (?P<until>.+))?"
)


@dataclass(frozen=True, slots=True)
class NewBlock:
    """Beds that the council pays for whether they are used or not; `weekly_pence` is for one bed."""

    beds: int
    weekly_pence: int
    from_on: date
    until_on: date | None = None
    contract: str = ""

    def words(self, today: date) -> str:
        """`2 beds at £4,200 a week each, from today until Wed 31 Mar`."""
        until = f" until {day_words(self.until_on, today)}" if self.until_on else ""
        each = " each" if self.beds > 1 else ""
        plural = "" if self.beds == 1 else "s"
        return f"{self.beds} bed{plural} at {money_words(self.weekly_pence)} a week{each}, from {day_words(self.from_on, today)}{until}"


@dataclass(frozen=True, slots=True)
class BlockRow:
    """Block beds of a home, as logged."""

    id: UUID
    home_id: UUID
    name: str
    beds: int
    weekly_pence: int
    from_on: date
    until_on: date | None
    contract: str

    def meets(self, other: NewBlock) -> bool:
        """True where some days are in both contracts."""
        return self.from_on <= (other.until_on or date.max) and other.from_on <= (self.until_on or date.max)

    def same(self, other: NewBlock) -> bool:
        """True where the other says nothing that this does not: logged twice, it would be paid for twice."""
        said = (self.beds, self.weekly_pence, self.from_on, self.until_on, self.contract.casefold())
        return said == (other.beds, other.weekly_pence, other.from_on, other.until_on, other.contract.casefold())

    def stands(self, on: date) -> bool:
        """True from its first day to its last."""
        return self.from_on <= on and (self.until_on is None or on <= self.until_on)


@dataclass(frozen=True, slots=True)
class BedRow:
    """One home of the board. `free` are the places that nobody has; `said` is what is left of what the home said.

    `closed` says why it takes nobody: it left the register, or it is not used. Beds that are paid for are filled first by
    our children who live there.
    """

    id: UUID
    name: str
    provider: str
    kind: str
    registered: int | None
    ours: int
    others: int | None
    held: int
    free: int | None
    said: int | None = None
    said_at: datetime | None = None
    said_by: str = ""
    closed: str = ""
    paid: int = 0
    weekly_pence: int = 0  # of all paid beds together

    @property
    def used(self) -> int:
        """Paid beds in which a child of ours lives."""
        return min(self.ours, self.paid)

    @property
    def unused(self) -> int:
        """Paid beds that stand empty."""
        return self.paid - self.used

    @property
    def wasted_pence(self) -> int:
        """What the empty ones cost in a week, each at the mean price of the home's paid beds."""
        return round(self.weekly_pence * self.unused / self.paid) if self.paid else 0


@dataclass(frozen=True, slots=True)
class Totals:
    """The sums of some homes of the board."""

    homes: int = 0
    registered: int = 0
    ours: int = 0
    others: int = 0
    held: int = 0
    free: int = 0
    paid: int = 0
    unused: int = 0
    wasted_pence: int = 0

    @property
    def words(self) -> str:
        """`12 homes, 40 places: 20 ours, 4 of others, 2 held, 14 free`."""
        home = "1 home" if self.homes == 1 else f"{self.homes:,} homes"
        return (
            f"{home}, {self.registered:,} places: {self.ours:,} ours, {self.others:,} of others, {self.held:,} held, "
            f"{self.free:,} free"
        )

    @property
    def block_words(self) -> str:
        """`3 of 8 paid beds unused, £12,600 a week`; empty where none is paid for."""
        if not self.paid:
            return ""
        cost = f", {money_words(self.wasted_pence)} a week" if self.unused else ""
        return f"{self.unused:,} of {self.paid:,} paid beds unused{cost}"


def totals(rows: Iterable[BedRow]) -> Totals:
    """The sums; a closed home's empty places are not free."""
    sums = Totals()
    for row in rows:
        sums = replace(
            sums, homes=sums.homes + 1, registered=sums.registered + (row.registered or 0), ours=sums.ours + row.ours,
            others=sums.others + (row.others or 0), held=sums.held + row.held,
            free=sums.free + (0 if row.closed else row.free or 0), paid=sums.paid + row.paid,
            unused=sums.unused + row.unused, wasted_pence=sums.wasted_pence + row.wasted_pence,
        )  # fmt: skip
    return sums


def narrowed(rows: Iterable[BedRow], by: str = "all", sort: str = "name", words: str = "") -> list[BedRow]:
    """The homes of a filter whose name, owner or kind has the words, in an order. Raises Invalid for no such filter."""
    if by not in FILTERS:
        raise Invalid("show", f"{shown(by)} is none of {', '.join(FILTERS)}", mend="choose one of them")
    if sort not in SORTS:
        raise Invalid("sort", f"{shown(sort)} is none of {', '.join(SORTS)}", mend="choose one of them")
    keeps: dict[str, Callable[[BedRow], bool]] = {
        "all": bool,
        "free": lambda row: bool(row.free) and not row.closed,
        "unused": lambda row: row.unused > 0,
        "closed": lambda row: bool(row.closed),
    }
    wanted = clean(words).casefold().split()
    kept = [
        row for row in rows
        if keeps[by](row) and all(word in f"{row.name} {row.provider} {row.kind}".casefold() for word in wanted)
    ]  # fmt: skip
    orders: dict[str, Callable[[BedRow], Any]] = {
        "name": lambda row: (0, row.name.casefold()),
        "free": lambda row: (-(row.free or 0), row.name.casefold()),
        "unused": lambda row: (-row.wasted_pence, -row.unused, row.name.casefold()),
        "kind": lambda row: (row.kind, row.name.casefold()),
    }
    return sorted(kept, key=orders[sort])


def read_block(text: str, today: date) -> NewBlock:
    """`2 at 4200 from mon until 31 mar`: how many beds, pounds a week for one, the days. Raises Invalid."""
    match = _BLOCK.fullmatch(" ".join(clean(text).casefold().split()))
    if match is None:
        raise Invalid("beds", f"{shown(text)} was not understood" if text.strip() else "How many beds, at what price?",
                      mend=EXAMPLE)  # fmt: skip
    begins = day(match["from"], today, past=True, field="from") if match["from"] else today
    ends = day(match["until"], today, field="until") if match["until"] else None
    return check_block(NewBlock(count(match["beds"], "beds", most=MOST_BEDS), money(match["fee"]), begins, ends))


def check_block(new: NewBlock) -> NewBlock:
    """What was typed, where it can be. Raises Invalid."""
    if not 0 < new.beds <= MOST_BEDS:
        raise Invalid("beds", f"{new.beds} beds cannot be paid for", mend=f"give 1 to {MOST_BEDS}")
    if new.until_on is not None and new.until_on < new.from_on:
        raise Invalid("until", "The contract would end before it begins", mend="correct the days")
    return new
