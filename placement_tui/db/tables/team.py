"""Who works with the store, on what device, by which settings."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, Column
from sqlmodel import Field

from placement_tui.db.tables.base import Record, must_time, nothing, text_column, time_column


class Setting(Record, table=True):
    """One of the council's own choices; its id is derived from its name, so that two stores agree on it."""

    name: str = Field(unique=True)
    value: Any = Field(default=None, sa_column=Column(JSON))


class Officer(Record, table=True):
    """Someone who works with the store; their key slot carries the same id."""

    name: str
    initials: str
    role: str = "officer"
    disabled_at: datetime | None = time_column()
    disabled_why: str = nothing()
    passphrase_at: datetime | None = time_column()


class Device(Record, table=True):
    """A store that writes: its letter marks the references that it gives out."""

    letter: str = ""
    name: str = ""


class Attempt(Record, table=True):
    """One try to open the store that failed, as noted beside it and taken in at the next that succeeded."""

    name: str = ""
    tried_at: datetime = must_time()
    machine: str = ""
    account: str = ""


class Erasure(Record, table=True):
    """That something was erased or made anonymous: what kind, why, by whom, how much; never what it was."""

    erased_at: datetime = must_time()
    officer_id: UUID | None = Field(default=None, foreign_key="officer.id")
    kind: str
    way: str = "erase"
    why: str = text_column()
    subject: UUID | None = Field(default=None, index=True)
    records: int = 0
    operations: int = 0
