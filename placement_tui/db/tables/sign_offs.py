"""Sign-off: what was asked of whom, when it was decided and why; and blocks overridden by name."""

from __future__ import annotations

from datetime import datetime
from typing import Any, ClassVar
from uuid import UUID

from sqlmodel import Field

from placement_tui.db.tables.base import Record, json_column, listed, must_time, text_column, time_column


class SignOff(Record, table=True):
    """One request for approval of an offer: for what, of whom, returned for what, decided when, by whom, why."""

    __tablename__: ClassVar[Any] = "sign_off"
    __table_args__ = (listed("sign_off", "asked_at", where="state in ('asked', 'returned')"),)

    referral_id: UUID = Field(foreign_key="referral.id", index=True)
    offer_id: UUID | None = Field(default=None, foreign_key="offer.id", index=True)
    home_id: UUID | None = Field(default=None, foreign_key="home.id")
    kinds: list[str] = json_column(list)
    words: str = text_column()
    asked_at: datetime = must_time()
    asked_by: UUID | None = Field(default=None, foreign_key="officer.id")
    asked_of: UUID | None = Field(default=None, foreign_key="officer.id")
    asked_of_name: str = ""
    approver: str = ""
    lapses_at: datetime | None = time_column()
    state: str = "asked"
    returned_at: datetime | None = time_column()
    returned_for: str = text_column()
    decided_at: datetime | None = time_column()
    decided_by: UUID | None = Field(default=None, foreign_key="officer.id")
    decided_by_name: str = ""
    why: str = text_column()


class Override(Record, table=True):
    """A block that somebody with the right to set aside did, by name, with a reason, and on a legal ground for a law."""

    referral_id: UUID = Field(foreign_key="referral.id", index=True)
    home_id: UUID | None = Field(default=None, foreign_key="home.id", index=True)
    offer_id: UUID | None = Field(default=None, foreign_key="offer.id")
    sign_off_id: UUID | None = Field(default=None, foreign_key="sign_off.id")
    rule: str
    law: str = ""
    words: str = text_column()
    ground: str = ""
    why: str = text_column()
    overridden_at: datetime = must_time()
    officer_id: UUID = Field(foreign_key="officer.id")
