"""Offers: a home's yes, what it costs, until when it stands, and how two of them compare."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

OFFER_STATES = ("open", "accepted", "declined", "withdrawn", "lapsed")


@dataclass(frozen=True, slots=True)
class NewOffer:
    """An offer as heard. Money in pence a week, split between social care, education and health."""

    care_pence: int
    education_pence: int = 0
    health_pence: int = 0
    start_at: datetime | None = None
    expires_at: datetime | None = None
    conditions: str = ""
    said_by: str = ""
    note: str = ""

    @property
    def total_pence(self) -> int:
        """The weekly total."""
        return self.care_pence + self.education_pence + self.health_pence


@dataclass(frozen=True, slots=True)
class OfferRow:
    """One offer beside others. `wish` is where its type stands in what was wanted (0 first), None where it was not."""

    id: UUID
    approach_id: UUID
    referral_id: UUID
    reference: str
    home_id: UUID | None
    name: str
    provider: str
    kind: str
    phone: str
    offered_at: datetime
    care_pence: int
    education_pence: int
    health_pence: int
    start_at: datetime | None
    expires_at: datetime | None
    conditions: str
    state: str
    declined_reason: str | None
    miles: float | None
    approximate: bool
    in_area: bool | None
    grade: str | None
    graded_on: date | None
    type_obtained: str
    wish: int | None
    route: str | None
    year_end_pence: int | None  # what it costs from its start to the next 31 March
    note: str = ""

    @property
    def total_pence(self) -> int:
        """The weekly total."""
        return self.care_pence + self.education_pence + self.health_pence

    def lapsed(self, now: datetime) -> bool:
        """True where an open offer's time has run out."""
        return self.state == "open" and self.expires_at is not None and self.expires_at <= now


def year_end_cost(weekly_pence: int, start: date) -> int:
    """Pence from `start` to the next 31 March, both days counted, a day at a seventh of a week."""
    end = date(start.year + (start > date(start.year, 3, 31)), 3, 31)
    return round(weekly_pence * ((end - start).days + 1) / 7)
