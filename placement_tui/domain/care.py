"""A child's time in care as the statutory return knows it: periods, legal statuses, missing episodes, reviews.

Code sets: `domain.codes.ssda903`. Days are days in England; an open period has no last day.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from placement_tui.errors import NotFound


@dataclass(frozen=True, slots=True)
class CarePeriod:
    """One unbroken period of being looked after: category of need (CIN), reason it ceased (REC), HOME_POST."""

    id: UUID
    child_id: UUID
    began_on: date
    ended_on: date | None
    cin: str | None
    rec: str | None
    home_postcode: str | None
    source: str = ""


@dataclass(frozen=True, slots=True)
class Status:
    """A legal status (LS) from one day until another."""

    id: UUID
    child_id: UUID
    code: str
    from_on: date
    until_on: date | None
    source: str = ""


@dataclass(frozen=True, slots=True)
class MissingRow:
    """A time missing (M) or away without authorisation (A)."""

    id: UUID
    child_id: UUID
    kind: str
    from_on: date
    until_on: date | None
    source: str = ""


@dataclass(frozen=True, slots=True)
class ReviewRow:
    """A review and how the child took part (REVIEW_CODE)."""

    id: UUID
    child_id: UUID
    held_on: date
    code: str
    source: str = ""


@dataclass(frozen=True, slots=True)
class Liberty:
    """A time under an order that permits depriving the child of liberty (DoLO)."""

    id: UUID
    child_id: UUID
    from_on: date
    until_on: date | None


@dataclass(frozen=True, slots=True)
class Stay:
    """One placement as the return sees it: where, of what type, whose, from when to when, why it ended.

    `urn` and `postcode` are those to be returned: the placement's own where it has them, otherwise its home's (an agency's
    for foster care). `place` is PLACE, `place_provider` PLACE_PROVIDER, `reason` REASON_PLACE_CHANGE. `same_carer` says
    that the carer did not change since the stay before; None leaves it to the home and the reason.
    """

    id: UUID
    child_id: UUID
    home_id: UUID
    home: str
    from_on: date
    until_on: date | None
    place: str | None
    place_provider: str | None
    reason: str | None
    postcode: str | None
    urn: str | None
    same_carer: bool | None
    miles: float | None = None
    in_area: bool | None = None
    source: str = ""


@dataclass(frozen=True, slots=True)
class CareHistory:
    """Everything about one child that the return asks for; each list in order of its days."""

    child_id: UUID
    identifier: str
    initials: str
    sex: str
    born_on: date | None
    ethnicity: str | None
    upn: str | None
    mother: bool | None
    mother_since: date | None
    uasc: bool
    uasc_ceased_on: date | None
    home_postcode: str | None
    periods: tuple[CarePeriod, ...] = ()
    statuses: tuple[Status, ...] = ()
    stays: tuple[Stay, ...] = ()
    missing: tuple[MissingRow, ...] = ()
    reviews: tuple[ReviewRow, ...] = ()
    liberty: tuple[Liberty, ...] = ()


@dataclass(frozen=True, slots=True)
class NewPeriod:
    """A period of care as typed. `status` is the legal status (LS) of its first day, taken where the period is new.

    Its last day and the reason (REC) are both said or neither (rule 148). An empty home postcode means the child's own.
    """

    began_on: date
    cin: str | None = None
    status: str | None = None
    home_postcode: str | None = None
    ended_on: date | None = None
    rec: str | None = None


@dataclass(frozen=True, slots=True)
class NewStatus:
    """A legal status as typed; the one before ends on the day from which it holds."""

    code: str
    from_on: date
    until_on: date | None = None


@dataclass(frozen=True, slots=True)
class NewMissing:
    """A time missing or away as typed; the last day stays out while the child is not back."""

    from_on: date
    until_on: date | None = None
    kind: str = "M"
    note: str = ""


@dataclass(frozen=True, slots=True)
class NewReview:
    """A review as typed."""

    held_on: date
    code: str


@dataclass(frozen=True, slots=True)
class Particulars:
    """What the return's header says of a child: ethnicity, pupil number, motherhood, asylum."""

    ethnicity: str | None = None
    upn: str | None = None
    mother: bool | None = None
    mother_since: date | None = None
    uasc: bool = False
    uasc_ceased_on: date | None = None


New = NewPeriod | NewStatus | NewMissing | NewReview
Row = CarePeriod | Status | MissingRow | ReviewRow


def open_period(history: CareHistory) -> CarePeriod | None:
    """The period of care that goes on, or None."""
    return next((each for each in reversed(history.periods) if each.ended_on is None), None)


def period_on(history: CareHistory, day: date) -> CarePeriod | None:
    """The period of care in which a day lies; its last day too, where no other begins on it."""
    found = (
        each
        for each in reversed(history.periods)
        if each.began_on <= day and (each.ended_on is None or day <= each.ended_on)
    )
    return next(found, None)


def status_on(history: CareHistory, day: date) -> Status | None:
    """The legal status that holds on a day, or None; on the day of a change the later one."""
    found = [e for e in history.statuses if e.from_on <= day and (e.until_on is None or day < e.until_on)]
    return found[-1] if found else None


def return_misses(history: CareHistory, today: date) -> tuple[str, ...]:
    """What the return would not know of a child who is placed or in care today, in words; the weightiest first."""
    period = open_period(history)
    placed = next((stay for stay in history.stays if stay.from_on <= today and stay.until_on is None), None)
    if period is None:
        if placed is None:
            return ()
        ceased = max((each.ended_on for each in history.periods if each.ended_on), default=None)
        if ceased is not None and placed.from_on < ceased:
            return (f"care ceased on {ceased:%d/%m/%Y}, the placement goes on: end it, or correct the day",)
        return (f"no period of care since {placed.from_on:%d/%m/%Y}: the return would miss it",)
    found = []
    if status_on(history, today) is None:
        since = max((each.until_on for each in history.statuses if each.until_on), default=period.began_on)
        found.append(f"no legal status since {max(since, period.began_on):%d/%m/%Y}")
    if period.cin is None:
        found.append("no category of need")
    if placed is None:
        ends = [stay.until_on for stay in history.stays if stay.until_on and stay.until_on >= period.began_on]
        found.append(f"no placement since {max(ends, default=period.began_on):%d/%m/%Y}")
    if not (period.home_postcode or history.home_postcode or history.uasc):
        found.append("no home postcode")
    found += [
        words
        for words, value in (("date of birth", history.born_on), ("ethnicity", history.ethnicity), ("UPN", history.upn))
        if value is None
    ]
    if history.sex == "F" and history.mother is None:
        found.append("whether a mother")
    return tuple(found)


def found_in(history: CareHistory, key: UUID) -> Row:
    """The period, status, time missing or review of that id. Raises NotFound."""
    rows: list[Row] = [*history.periods, *history.statuses, *history.missing, *history.reviews]
    for row in rows:
        if row.id == key:
            return row
    raise NotFound("There is no such entry", mend="it may have been undone")
