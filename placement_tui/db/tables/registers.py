"""Registers that the law wants kept: deprivation of liberty, unregistered homes, kinship carers."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from sqlmodel import Field

from placement_tui.db.tables.base import Record, json_column, listed, must_time, text_column, time_column


class Deprivation(Record, table=True):
    """An order of the High Court that a child may be deprived of liberty, and what Ofsted was told of it."""

    __table_args__ = (listed("deprivation", "ends_on", where="ended_at is null"),)

    child_id: UUID = Field(foreign_key="child.id", index=True)
    referral_id: UUID | None = Field(default=None, foreign_key="referral.id", index=True)
    placement_id: UUID | None = Field(default=None, foreign_key="placement.id", index=True)
    order_on: date | None = None
    ends_on: date | None = None
    review_on: date | None = None
    case_number: str = ""
    terms: str = text_column()
    ofsted_told_at: datetime | None = time_column()
    judgment_sent_at: datetime | None = time_column()
    ended_at: datetime | None = time_column()
    logged_at: datetime = must_time()
    officer_id: UUID | None = Field(default=None, foreign_key="officer.id")
    note: str = text_column()


class Unregistered(Record, table=True):
    """A child living where the law wants a registration that is not there: why, who agreed, how it ends."""

    __table_args__ = (listed("unregistered", "end_by", where="closed_at is null"),)

    placement_id: UUID = Field(foreign_key="placement.id", index=True)
    why: str = text_column()
    agreed_by: str = ""
    end_plan: str = text_column()
    end_by: date | None = None
    applied_on: date | None = None
    registration: str = ""
    ofsted_told_at: datetime | None = time_column()
    checks: list[str] = json_column(list)
    closed_at: datetime | None = time_column()
    logged_at: datetime = must_time()
    officer_id: UUID | None = Field(default=None, foreign_key="officer.id")
    note: str = text_column()


class Kinship(Record, table=True):
    """A connected person's temporary approval (regs 24 and 25 CPPCR 2010): sixteen weeks, one extension of eight."""

    __table_args__ = (
        listed("kinship", "approved_until"),
        listed("kinship", "closed_at", where="closed_at is null"),
    )

    placement_id: UUID = Field(foreign_key="placement.id", index=True)
    approved_on: date
    approved_until: date
    extended_until: date | None = None
    panel_on: date | None = None
    iro_told_at: datetime | None = time_column()
    nominated_officer: str = ""
    checks: list[str] = json_column(list)
    approved_fully_on: date | None = None
    closed_at: datetime | None = time_column()
    logged_at: datetime = must_time()
    officer_id: UUID | None = Field(default=None, foreign_key="officer.id")
    note: str = text_column()
