"""Where children live, how that ended, and what was learned."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import Column, Text
from sqlmodel import Field

from placement_tui.db.tables.base import (
    Record,
    json_column,
    listed,
    must_time,
    none_yet,
    nothing,
    text_column,
    time_column,
    zero,
)


class Placement(Record, table=True):
    """A child living in a home: what was wanted against what was got, from when to when, at whose cost.

    `postcode` and `urn` are what the statutory return says of this placement, where that is not what the home says today;
    `same_carer` tells of a change that moved nobody to another carer; `source` names the return that it came from.
    """

    __table_args__ = (
        listed("placement", "started_at", where="ended_on is null"),
        listed("placement", "planned_end_on", where="ended_on is null"),
        listed(
            *("placement", "emergency", "planned_end_on", "emergency_until", "struck_at"),
            where="ended_on is null",
            called="emergency_open",
        ),
        listed("placement", "started_at"),
        listed("placement", "ended_on", "id", where="ended_on is not null", called="ended"),
    )

    child_id: UUID = Field(foreign_key="child.id", index=True)
    home_id: UUID = Field(foreign_key="home.id", index=True)
    referral_id: UUID | None = Field(default=None, foreign_key="referral.id", index=True)
    offer_id: UUID | None = Field(default=None, foreign_key="offer.id")
    officer_id: UUID | None = Field(default=None, foreign_key="officer.id")
    started_at: datetime = must_time()
    planned_end_on: date | None = None
    ended_on: date | None = None
    type_wanted: str | None = None
    type_obtained: str = "other"
    provision: str | None = None
    place: str | None = None
    place_provider: str | None = None
    legal_status: str | None = None
    route: str | None = None
    care_pence: int = 0
    education_pence: int = 0
    health_pence: int = 0
    miles: float | None = None
    in_area: bool | None = None
    grade_at_start: str | None = None
    note: str = text_column()
    emergency: bool = zero()
    emergency_until: datetime | None = time_column()
    outside_terms: bool = zero()
    school_changes: bool | None = None
    considered: str = nothing()
    approved_by: str = nothing()
    checks: list[str] = none_yet()
    postcode: str | None = None
    urn: str | None = None
    same_carer: bool | None = None
    distance_reason: str | None = None
    package: bool | None = None
    solo_required: bool | None = None
    solo: bool | None = None
    school: str = nothing()
    source: str = nothing()


class Ending(Record, table=True):
    """How a placement ended: one statutory reason, its class, notice, warnings, what would have kept it going."""

    __table_args__ = (listed("ending", "logged_at"), listed("ending", "ended_on"))

    placement_id: UUID = Field(foreign_key="placement.id", index=True)
    ended_on: date
    logged_at: datetime = must_time()
    officer_id: UUID | None = Field(default=None, foreign_key="officer.id")
    reason: str
    reason_class: str
    notice_days: int | None = None
    warned: bool | None = None
    warnings: str = text_column()
    stability_meeting: bool | None = None
    kept_going: str = text_column()
    note: str = text_column()


class Factor(Record, table=True):
    """One thing that contributed to an ending, and who says so."""

    ending_id: UUID = Field(foreign_key="ending.id", index=True)
    code: str
    said_by: str = "officer"
    main: bool = False


class Lesson(Record, table=True):
    """What the next home should know or have; it shows in the child's and the home's next search."""

    __table_args__ = (listed("lesson", "learned_on", "id"),)

    ending_id: UUID | None = Field(default=None, foreign_key="ending.id", index=True)
    child_id: UUID = Field(foreign_key="child.id", index=True)
    home_id: UUID = Field(foreign_key="home.id", index=True)
    learned_on: date
    lesson: str = Field(sa_column=Column(Text, nullable=False))
    needs: list[str] = json_column(list)
