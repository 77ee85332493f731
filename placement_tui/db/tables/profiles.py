"""What a provider is told of a child: the profile, its risks, and each time that something of it left the program."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from sqlmodel import Field

from placement_tui.db.tables.base import Record, json_column, must_time, text_column, time_column


class Profile(Record, table=True):
    """A child's profile: what was written under each heading of the council's template, and when it was last true."""

    child_id: UUID = Field(foreign_key="child.id", index=True)
    sections: dict[str, str] = json_column(dict)
    said_on: dict[str, str] = json_column(dict)
    changed_at: datetime = must_time()
    officer_id: UUID | None = Field(default=None, foreign_key="officer.id")


class Risk(Record, table=True):
    """One risk of a profile: when it was seen, in what context, what sets it off, what keeps everybody safe."""

    child_id: UUID = Field(foreign_key="child.id", index=True)
    what: str
    seen_on: date | None = None
    context: str = text_column()
    trigger: str = text_column()
    mitigation: str = text_column()
    position: int = 0


class Sent(Record, table=True):
    """That a profile left the program: in what form, anonymised or not, with which score, and who let a finding pass."""

    referral_id: UUID = Field(foreign_key="referral.id", index=True)
    wave_id: UUID | None = Field(default=None, foreign_key="wave.id")
    sent_at: datetime = must_time()
    officer_id: UUID | None = Field(default=None, foreign_key="officer.id")
    form: str
    anonymised: bool = True
    score: int | None = None
    passed: list[str] = json_column(list)
    passed_why: str = text_column()
    until_at: datetime | None = time_column()
