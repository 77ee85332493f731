"""The hand-over to the night team and back, and who is on call."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, ClassVar
from uuid import UUID

from sqlmodel import Field

from placement_tui.db.tables.base import Record, listed, must_time, text_column


class HandOver(Record, table=True):
    """That a hand-over was made or read: at what time, by whom, with what said beside the facts."""

    __tablename__: ClassVar[Any] = "hand_over"
    __table_args__ = (listed("hand_over", "kind", "made_at"),)

    made_at: datetime = must_time()
    officer_id: UUID | None = Field(default=None, foreign_key="officer.id")
    kind: str = "evening"
    anonymised: bool = False
    said: str = text_column()


class Rota(Record, table=True):
    """Somebody on call for a night: an approver, a night worker, or a carer who takes a child in an emergency."""

    night_on: date = Field(index=True)
    role: str
    name: str
    phone: str = ""
    home_id: UUID | None = Field(default=None, foreign_key="home.id")
    note: str = text_column()
