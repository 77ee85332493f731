"""Statutory and working clocks: what is due, when, and the rule that it comes from."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlmodel import Field

from placement_tui.db.tables.base import Record, listed, must_time, text_column, time_column


class Task(Record, table=True):
    """Something due. Its id is derived from `source`, so that no store opens the same clock twice."""

    __table_args__ = (
        listed(
            *("task", "due_at", "rule", "law", "first_due_at", "struck_at"), where="state = 'open'", called="due_open"
        ),
        listed("task", "done_at"),
    )

    source: str = Field(index=True)
    rule: str
    law: str = ""
    title: str
    to_whom: str = ""
    made_at: datetime = must_time()
    due_at: datetime = must_time()
    first_due_at: datetime = must_time()
    officer_id: UUID | None = Field(default=None, foreign_key="officer.id")
    referral_id: UUID | None = Field(default=None, foreign_key="referral.id", index=True)
    placement_id: UUID | None = Field(default=None, foreign_key="placement.id", index=True)
    child_id: UUID | None = Field(default=None, foreign_key="child.id", index=True)
    offer_id: UUID | None = Field(default=None, foreign_key="offer.id")
    approach_id: UUID | None = Field(default=None, foreign_key="approach.id")
    home_id: UUID | None = Field(default=None, foreign_key="home.id")
    state: str = "open"
    done_at: datetime | None = time_column()
    done_by: UUID | None = Field(default=None, foreign_key="officer.id")
    moved_why: str = text_column()
    note: str = text_column()
