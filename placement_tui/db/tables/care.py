"""A child's time in care: its periods, legal statuses, missing episodes and reviews, and rows of returns kept as they came."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar
from uuid import UUID

from sqlmodel import Field

from placement_tui.db.tables.base import Record, json_column, listed, nothing, text_column


class Care(Record, table=True):
    """One unbroken period of being looked after: why it began (CIN) and how it ended (REC), in the return's codes.

    `home_postcode` is where the child lived when it began (HOME_POST); `source` names the return that it came from.
    """

    child_id: UUID = Field(foreign_key="child.id", index=True)
    began_on: date
    ended_on: date | None = None
    cin: str | None = None
    rec: str | None = None
    home_postcode: str | None = None
    source: str = nothing()
    note: str = text_column()


class LegalStatus(Record, table=True):
    """The legal status (LS) under which a child is looked after, from one day until another."""

    __tablename__: ClassVar[Any] = "legal_status"

    child_id: UUID = Field(foreign_key="child.id", index=True)
    code: str
    from_on: date
    until_on: date | None = None
    source: str = nothing()


class Missing(Record, table=True):
    """A time at which a child was missing (M) or away from the placement without authorisation (A)."""

    child_id: UUID = Field(foreign_key="child.id", index=True)
    kind: str = "M"
    from_on: date
    until_on: date | None = None
    source: str = nothing()
    note: str = text_column()


class Review(Record, table=True):
    """A review of a child's case, and how the child took part in it (REVIEW_CODE)."""

    child_id: UUID = Field(foreign_key="child.id", index=True)
    held_on: date
    code: str
    source: str = nothing()


class Held(Record, table=True):
    """One row of a part of the return that this program does not derive, kept as it came: AD1, OC2, OC3 and the like."""

    __table_args__ = (listed("held", "year", "part"),)

    child_id: UUID = Field(foreign_key="child.id", index=True)
    year: int
    part: str
    fields: dict[str, str] = json_column(dict)
