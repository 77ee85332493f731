"""Children, and the requests for a home for them."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, ClassVar
from uuid import UUID

from sqlmodel import Field

from placement_tui.db.tables.base import Record, json_column, listed, must_time, text_column, time_column, zero


class Child(Record, table=True):
    """A child; the name is optional and never on a list."""

    identifier: str = Field(index=True)
    initials: str
    name: str = ""
    born_on: date | None = None
    age_said: int | None = None
    age_said_on: date | None = None
    sex: str = "U"
    home_postcode: str | None = None
    easting: int | None = None
    northing: int | None = None
    latitude: float | None = None
    longitude: float | None = None
    location: str | None = None
    authority: str | None = None
    ethnicity: str | None = None
    upn: str | None = None
    mother: bool | None = None
    mother_since: date | None = None
    uasc: bool = zero()
    uasc_ceased_on: date | None = None


class Referral(Record, table=True):
    """A request for a home for one child or a sibling group."""

    __table_args__ = (
        listed("referral", "state", where="state = 'open'"),
        listed("referral", "received_at"),
        listed("referral", "closed_at"),
    )

    reference: str = Field(index=True)
    received_at: datetime = must_time()
    officer_id: UUID | None = Field(default=None, foreign_key="officer.id")
    state: str = "open"
    closed_at: datetime | None = time_column()
    closed_reason: str | None = None
    wanted: list[str] = json_column(list)
    urgency: str = "today"
    needed_by: datetime | None = time_column()
    why_now: str = text_column()
    tonight: str = text_column()
    legal_status: str | None = None
    together: bool = True
    must_have: str = text_column()
    nice_to_have: str = text_column()
    avoid: str = text_column()
    max_miles: float | None = None
    social_worker: str = ""
    social_worker_phone: str = ""
    note: str = text_column()
    sibling_group_id: UUID | None = Field(default=None, foreign_key="sibling_group.id", index=True)
    kin_explored: str | None = None


class ReferralChild(Record, table=True):
    """One child of a referral; `position` keeps the order in which they were named."""

    __tablename__: ClassVar[Any] = "referral_child"

    referral_id: UUID = Field(foreign_key="referral.id", index=True)
    child_id: UUID = Field(foreign_key="child.id", index=True)
    position: int = 0


class Need(Record, table=True):
    """One need of the children of a referral, in the statutory vocabulary."""

    referral_id: UUID = Field(foreign_key="referral.id", index=True)
    child_id: UUID | None = Field(default=None, foreign_key="child.id", index=True)
    code: str
    note: str = text_column()


class SiblingGroup(Record, table=True):
    """Brothers and sisters whose referrals are looked at together; why they were parted, where they were."""

    __tablename__: ClassVar[Any] = "sibling_group"

    name: str = ""
    wish: str = "together"
    asked_together: int | None = None
    parted_reason: str | None = None
    parted_why: str = text_column()
    parted_at: datetime | None = time_column()
    officer_id: UUID | None = Field(default=None, foreign_key="officer.id")
