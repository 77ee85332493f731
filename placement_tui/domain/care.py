"""A child's time in care as the statutory return knows it: periods, legal statuses, missing episodes, reviews.

Code sets: `domain.codes.ssda903`. Days are days in England; an open period has no last day.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID


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
