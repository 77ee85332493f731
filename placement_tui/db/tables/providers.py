"""A provider's other side: people to ring, visits, concerns, what children said, beds that are paid for."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, ClassVar
from uuid import UUID

from sqlalchemy import CheckConstraint
from sqlmodel import Field

from placement_tui.db.tables.base import Record, listed, must_time, text_column, time_column


class Contact(Record, table=True):
    """Somebody at a provider or a home: what they do, and their numbers."""

    provider_id: UUID = Field(foreign_key="provider.id", index=True)
    home_id: UUID | None = Field(default=None, foreign_key="home.id", index=True)
    name: str
    part: str = ""
    phone: str = ""
    out_of_hours_phone: str = ""
    email: str = ""
    note: str = text_column()


class Visit(Record, table=True):
    """A visit to a home by the council: when it is due, when it was made, what was found."""

    __table_args__ = (listed("visit", "due_on", where="visited_on is null"),)

    home_id: UUID = Field(foreign_key="home.id", index=True)
    due_on: date | None = None
    visited_on: date | None = None
    visitor: str = ""
    found: str = text_column()
    officer_id: UUID | None = Field(default=None, foreign_key="officer.id")


class Concern(Record, table=True):
    """A concern about a home: what it is, who raised it, how it was settled."""

    __table_args__ = (listed("concern", "raised_on", where="settled_on is null"),)

    home_id: UUID = Field(foreign_key="home.id", index=True)
    raised_on: date
    raised_by: str = ""
    what: str = text_column()
    settled_on: date | None = None
    settled: str = text_column()
    officer_id: UUID | None = Field(default=None, foreign_key="officer.id")


class Voice(Record, table=True):
    """What a child said about living in a home, in the child's own words."""

    home_id: UUID = Field(foreign_key="home.id", index=True)
    child_id: UUID | None = Field(default=None, foreign_key="child.id", index=True)
    said_on: date
    words: str = text_column()
    heard_by: str = ""
    logged_at: datetime = must_time()
    officer_id: UUID | None = Field(default=None, foreign_key="officer.id")


class Suspension(Record, table=True):
    """That a home was not to be used: why, since when, and why it may be used again.

    `home.suspended` says whether it is so now; a home that a list of the team's says is not used has no row here.
    """

    home_id: UUID = Field(foreign_key="home.id", index=True)
    why: str = text_column()
    from_at: datetime | None = time_column()
    officer_id: UUID | None = Field(default=None, foreign_key="officer.id")
    lifted_at: datetime | None = time_column()
    lifted_why: str = text_column()
    lifted_by: UUID | None = Field(default=None, foreign_key="officer.id")


class BlockBed(Record, table=True):
    """Beds of a home that the council pays for whether they are used or not."""

    __tablename__: ClassVar[Any] = "block_bed"
    __table_args__ = (CheckConstraint("beds > 0 and weekly_pence >= 0", name="block_bed_numbers"),)

    home_id: UUID = Field(foreign_key="home.id", index=True)
    beds: int
    weekly_pence: int = 0
    from_on: date
    until_on: date | None = None
    contract: str = ""
    note: str = text_column()
