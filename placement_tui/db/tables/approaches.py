"""What was asked of whom, and what they answered."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, Index
from sqlmodel import Field

from placement_tui.db.tables.base import Record, json_column, listed, must_time, nothing, text_column, time_column


class Wave(Record, table=True):
    """Approaches sent together."""

    __table_args__ = (listed("wave", "sent_at"),)

    referral_id: UUID = Field(foreign_key="referral.id", index=True)
    number: int
    sent_at: datetime = must_time()
    emergency: bool = False
    tier: int | None = None
    until_at: datetime | None = time_column()
    score: int | None = None
    off_framework_why: str = nothing()


class Approach(Record, table=True):
    """One referral put to one provider or home: the heart of everything.

    `reopens_id` is the answered approach that this one asks again; the first keeps its answer.
    """

    __table_args__ = (
        Index("ix_approach_home_asked", "home_id", "asked_at", "outcome", "struck_at"),  # covers the use of homes
        Index(
            "ix_approach_provider_asked", "provider_id", "asked_at", "outcome", "home_id", "struck_at"
        ),  # covers what a provider was asked and answered
        listed("approach", "answered_at"),
        listed("approach", "outcome", where="outcome = 'awaiting'"),
        listed("approach", "call_back_at", where="call_back_at is not null"),
    )

    referral_id: UUID = Field(foreign_key="referral.id", index=True)
    provider_id: UUID = Field(foreign_key="provider.id")
    home_id: UUID | None = Field(default=None, foreign_key="home.id")
    wave_id: UUID | None = Field(default=None, foreign_key="wave.id")
    officer_id: UUID | None = Field(default=None, foreign_key="officer.id")
    asked_at: datetime = must_time()
    channel: str = "phone"
    miles: float | None = None
    rank: int | None = None
    outcome: str = "awaiting"
    answered_at: datetime | None = time_column()
    answered_by: UUID | None = Field(default=None, foreign_key="officer.id")
    said_by: str = ""
    stage: str | None = None
    reason: str | None = None
    other_reasons: list[str] = json_column(list)
    would_change: list[str] = json_column(list)
    closing: str | None = None
    call_back_at: datetime | None = time_column()
    note: str = text_column()
    reopens_id: UUID | None = Field(default=None, foreign_key="approach.id")


class Offer(Record, table=True):
    """A home's yes: what it costs a week in pence, from when, and until when it stands."""

    __table_args__ = (
        listed("offer", "state", where="state = 'open'"),
        listed("offer", "decided_at"),
        CheckConstraint("care_pence >= 0 and education_pence >= 0 and health_pence >= 0", name="offer_pence"),
    )

    approach_id: UUID = Field(foreign_key="approach.id", index=True)
    offered_at: datetime = must_time()
    officer_id: UUID | None = Field(default=None, foreign_key="officer.id")
    care_pence: int = 0
    education_pence: int = 0
    health_pence: int = 0
    start_at: datetime | None = time_column()
    expires_at: datetime | None = time_column()
    conditions: str = text_column()
    state: str = "open"
    decided_at: datetime | None = time_column()
    decided_by: UUID | None = Field(default=None, foreign_key="officer.id")
    declined_reason: str | None = None
    note: str = text_column()


class Told(Record, table=True):
    """Somebody to tell about a placement or an answer, and when they were told."""

    referral_id: UUID = Field(foreign_key="referral.id", index=True)
    approach_id: UUID | None = Field(default=None, foreign_key="approach.id")
    who: str
    what: str = ""
    told_at: datetime | None = time_column()
    officer_id: UUID | None = Field(default=None, foreign_key="officer.id")
