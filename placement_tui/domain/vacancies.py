"""Beds said to be free: which word of a home counts, what asks to be checked, what a placement's end frees.

The latest word counts. A bed that was said for a day to come speaks on that day, whoever said what before it; one that
is only expected is asked for again on its day, and is never free by itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Any, NamedTuple, Protocol, TypeVar
from uuid import UUID

from placement_tui.domain.capacity import Left, Terms
from placement_tui.domain.homes import Candidate, VacancyRow
from placement_tui.domain.matching import ago
from placement_tui.domain.referrals import ChildRow
from placement_tui.domain.typed_dates import day_words
from placement_tui.domain.typed_times import london
from placement_tui.errors import Invalid

MOST_BEDS = 99
LEFT_DAYS = 14  # for so long a bed that a child of ours left asks what became of it
AHEAD = timedelta(days=60)  # planned ends further away are no vacancy that anybody can use


@dataclass(frozen=True, slots=True)
class NewVacancy:
    """What a home says of its free beds; `from_on` None is now. `expected` is what they think, not what they promise."""

    beds: int
    age_min: int | None = None
    age_max: int | None = None
    sexes: str | None = None
    from_on: date | None = None
    until_on: date | None = None
    expected: bool = False
    said_by: str = ""
    note: str = ""

    @property
    def terms(self) -> Terms:
        """Whom the beds are for."""
        return Terms(self.age_min, self.age_max, None, self.sexes)

    def words(self, today: date) -> str:
        """`2 beds free, ages 8 to 14, girls only, from Mon 30 Nov; said by Jo`: what was understood."""
        head = f"{beds_words(self.beds)} expected" if self.expected else beds_words(self.beds, "free")
        return head + more_words(self, today) + (f"; said by {self.said_by}" if self.said_by else "")


class Saying(Protocol):
    """What was said of a home's beds, as a row of the store or as one of `domain`."""

    @property
    def beds(self) -> int: ...
    @property
    def said_at(self) -> datetime: ...
    @property
    def from_on(self) -> date | None: ...
    @property
    def until_on(self) -> date | None: ...
    @property
    def expected(self) -> bool: ...


S = TypeVar("S", bound=Saying)


@dataclass(frozen=True, slots=True)
class Vacant:
    """One line of the free beds: what a home said that still stands, or what follows from a placement of ours.

    `why` is empty where somebody said it; else it names the child whose planned end or ending it follows from, and
    `id` is that placement's. `left` is how many beds are left of those said, where that is for now.
    """

    id: UUID
    home_id: UUID
    name: str
    provider: str
    kind: str
    phone: str
    beds: int
    left: int
    said_at: datetime | None
    said_by: str
    logged_by: str
    age_min: int | None = None
    age_max: int | None = None
    sexes: str | None = None
    from_on: date | None = None
    until_on: date | None = None
    expected: bool = False
    note: str = ""
    why: str = ""

    @property
    def terms(self) -> Terms:
        """Whom the beds are for."""
        return Terms(self.age_min, self.age_max, None, self.sexes)

    def begun(self, today: date) -> bool:
        """True where it is for now, and not for a day to come."""
        return self.from_on is None or self.from_on <= today

    def asks(self, now: datetime, stale_hours: int) -> bool:
        """True where somebody should ask again: nobody said it, its day has come, or the word is old."""
        today = now.astimezone(london()).date()
        if self.why or self.said_at is None:
            return self.begun(today)
        return is_stale(self.said_at, now, stale_hours) or (self.expected and self.begun(today))


def is_stale(said_at: datetime, now: datetime, stale_hours: int) -> bool:
    """True where a word is older than the council lets it be."""
    return now - said_at > timedelta(hours=stale_hours)


@dataclass(frozen=True, slots=True)
class Leaving:
    """A child of ours who is to leave a home on a planned day."""

    placement_id: UUID
    home_id: UUID
    initials: str
    on: date


@dataclass(frozen=True, slots=True)
class OpenReferral:
    """An open referral as a free bed sees it: whom it is for, what is wanted, how soon. `label` is `KJ 14 M +1`."""

    id: UUID
    reference: str
    children: tuple[ChildRow, ...]
    wanted: tuple[str, ...]
    max_miles: float | None
    urgency: str
    needed_by: datetime | None
    received_at: datetime
    label: str


def beds_words(beds: int, more: str = "") -> str:
    """`no bed free`, `1 bed`, `2 beds free`."""
    words = "no bed" if beds == 0 else "1 bed" if beds == 1 else f"{beds} beds"
    return f"{words} {more}".rstrip()


def terms_words(terms: Terms) -> str:
    """`ages 8 to 14, girls only`; empty where they are for anybody."""
    return "" if terms == Terms() else terms.words.removeprefix("any age, ")


def more_words(said: NewVacancy | Vacant | VacancyRow, today: date) -> str:
    """`, ages 8 to 14, girls only, from Mon 30 Nov until Fri 4 Dec, short breaks`: all but the number; or nothing."""
    terms = terms_words(Terms(said.age_min, said.age_max, None, said.sexes))
    days = [f"{'since' if said.from_on < today else 'from'} {day_words(said.from_on, today)}"] if said.from_on else []
    days += [f"until {day_words(said.until_on, today)}"] if said.until_on else []
    return "".join(f", {part}" for part in (terms, " ".join(days), said.note) if part)


def short_words(said: Vacant, today: date) -> str:
    """`girls 8-14, from Mon 30 Nov`: the same in a column; `now` where there is nothing to say."""
    low, high = said.age_min, said.age_max
    ages = (
        ""
        if low is None and high is None
        else f"to {high}"
        if low is None
        else f"{low}+"
        if high is None
        else f"{low}-{high}"
    )
    whom = " ".join(part for part in ({"M": "boys", "F": "girls"}.get(said.sexes or "", ""), ages) if part)
    days = more_words(replace(said, age_min=None, age_max=None, sexes=None), today).removeprefix(", ")
    return ", ".join(part for part in (whom, days) if part) or "now"


def short_said(row: Vacant, now: datetime) -> str:
    """`3h, Jo`: how old a word is and whose, in a column; or what it follows from."""
    if row.why or row.said_at is None:
        return row.why
    who = row.said_by or row.logged_by
    return ago(row.said_at, now) + (f", {who}" if who else "")


def said_words(row: Vacant, now: datetime) -> str:
    """`3h ago, Jo to KM`, `KJ to leave`: who said so and when, or what it follows from."""
    if row.why or row.said_at is None:
        return row.why
    by = f"{row.said_by} to {row.logged_by}" if row.said_by and row.logged_by else row.said_by or row.logged_by
    age = ago(row.said_at, now)
    when = "now" if age == "now" else f"{age} ago"
    return f"{when}, {by}" if by else when


def in_order(rows: Iterable[Vacant], now: datetime, stale_hours: int) -> list[Vacant]:
    """Those that ask to be checked first, the oldest word first; then what is free now, then what is to come."""
    today = now.astimezone(london()).date()

    def order(row: Vacant) -> tuple[bool, bool, float, float, str]:
        asks, at = row.asks(now, stale_hours), row.said_at.timestamp() if row.said_at else 0.0
        to_come = not row.begun(today)
        begins = row.from_on.toordinal() if to_come and row.from_on else 0
        return not asks, to_come, begins, at if asks else -at, row.name

    return sorted(rows, key=order)


class Standing(NamedTuple):
    """What of all that was said of a home stands: the word for now, those for days to come, one whose day has come."""

    now: Any
    coming: tuple[Any, ...]
    due: Any  # expected for a day that has come, and nobody said anything since


def standing(said: Iterable[S], today: date) -> Standing:
    """Which of the things said of one home, given in the order in which they were said, stand on a day."""
    begun: list[S] = []
    coming: dict[date, S] = {}
    for each in said:
        if each.from_on is None or each.from_on <= today:
            begun.append(each)
        elif each.from_on not in coming or each.said_at >= coming[each.from_on].said_at:
            coming[each.from_on] = each
    ahead = tuple(each for _, each in sorted(coming.items()) if each.beds)
    latest_first = begun[::-1]  # of two words of one moment the one that was logged after the other counts
    firm = max((each for each in latest_first if not each.expected), key=speaks_from, default=None)
    due = max((each for each in latest_first if each.expected), key=speaks_from, default=None)
    if due is not None and (not due.beds or (firm is not None and speaks_from(firm) >= speaks_from(due))):
        due = None
    if due is not None and due.until_on is not None and due.until_on < today:
        due = None
    over = firm is not None and firm.until_on is not None and firm.until_on < today
    return Standing(None if over else firm, ahead, due)


def speaks_from(said: Saying) -> datetime:
    """From when a word counts: when it was said, or the day that it was said for."""
    if said.from_on is None:
        return said.said_at
    begins = datetime.combine(said.from_on, time(), london())
    return max(begins, said.said_at)


def turns(said: Iterable[Saying], today: date) -> list[date]:
    """The days to come on which something said of a home begins, or is over."""
    days = {each.from_on for each in said} | {
        each.until_on + timedelta(days=1) for each in said if each.until_on is not None
    }
    return sorted(each for each in days if each is not None and each > today)


def overlap(one: NewVacancy | Saying, other: Saying) -> bool:
    """True where two words are of the same days."""
    begins, ends = one.from_on or date.min, one.until_on or date.max
    return begins <= (other.until_on or date.max) and (other.from_on or date.min) <= ends


def check(new: NewVacancy, today: date) -> NewVacancy:
    """What was typed, where it can be: in days to come, between sensible ages. Raises Invalid."""
    if not 0 <= new.beds <= MOST_BEDS:
        raise Invalid("beds", f"{new.beds} beds cannot be free", mend=f"give 0 to {MOST_BEDS}")
    if new.from_on is not None and new.from_on < today:
        raise Invalid("from", f"{day_words(new.from_on, today)} is past", "a bed that is free now needs no day",
                      "leave `from` out, or give a day to come")  # fmt: skip
    if new.until_on is not None and new.until_on < (new.from_on or today):
        raise Invalid("until", "The bed would be gone before it is free", mend="correct the days")
    if new.expected and (new.from_on is None or new.from_on <= today):
        raise Invalid("expected", "From which day is it expected?", mend="say the day: 1 expected from mon")
    if new.age_min is not None and new.age_max is not None and new.age_min > new.age_max:
        raise Invalid("ages", f"{new.age_min} to {new.age_max} goes backwards", mend="the youngest first: 8-14")
    if new.from_on == today:
        return replace(new, from_on=None)
    return new


def lines_of(
    home: Candidate, said: Iterable[Any], leaving: Sequence[Leaving], left: Sequence[Left], today: date
) -> list[Vacant]:
    """What stands of one home, each on its line: the word for now, those for days to come, and what follows from our
    own placements where nobody spoke of it. `said` are rows of what was said; `home.free` is what is left of the word.
    """
    rows = list(said)
    word, coming, due = standing(rows, today)
    found = []
    if word is not None and home.free:
        found.append(_said(home, word, home.free))
    if due is not None:
        found.append(_said(home, due, due.beds))
    found += [_said(home, each, each.beds) for each in coming]
    spoken = {each.from_on for each in rows}
    latest = max((speaks_from(each) for each in rows if each.from_on is None or each.from_on <= today), default=None)
    for on, going in _by_day((each.on, each) for each in leaving):
        past = on <= today and latest is not None and latest.astimezone(london()).date() >= on
        if on not in spoken and not past:
            who = _names([each.initials for each in going])
            found.append(_follows(home, going[0].placement_id, len(going), on, f"{who} to leave"))
    recent = [each for each in left if (today - each.ended_on).days <= LEFT_DAYS]
    if word is None and recent:
        silent = [each for each in recent if latest is None or each.since(latest)]
        if silent:
            who = _names([each.initials for each in silent])
            found.append(_follows(home, silent[0].placement_id, len(silent), silent[0].ended_on, f"{who} left"))
    return found


def _said(home: Candidate, row: Any, left: int) -> Vacant:
    return Vacant(
        row.id, home.id, home.name, home.provider, home.kind, home.phone, row.beds, left, row.said_at, row.said_by,
        row.initials or "", row.age_min, row.age_max, row.sexes, row.from_on, row.until_on, row.expected, row.note,
    )  # fmt: skip


def _follows(home: Candidate, key: UUID, beds: int, on: date, why: str) -> Vacant:
    return Vacant(key, home.id, home.name, home.provider, home.kind, home.phone, beds, beds, None, "", "", from_on=on,
                  expected=True, why=why)  # fmt: skip


T = TypeVar("T")


def _by_day(pairs: Iterable[tuple[date, T]]) -> list[tuple[date, list[T]]]:
    grouped: dict[date, list[T]] = {}
    for on, each in pairs:
        grouped.setdefault(on, []).append(each)
    return sorted(grouped.items(), key=lambda pair: pair[0])


def _names(initials: Sequence[str]) -> str:
    return initials[0] if len(initials) == 1 else f"{', '.join(initials[:-1])} and {initials[-1]}"
