"""The journal, and what belongs to this store alone."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, BigInteger, Column, Index, LargeBinary, UniqueConstraint
from sqlmodel import Field

from placement_tui.db.tables.base import Plain, json_column, must_time
from placement_tui.domain.identifiers import new_id


class Operation(Plain, table=True):
    """One change of one record: append-only, chained by hash per device, naming for each field what it replaces."""

    __table_args__ = (
        UniqueConstraint("device", "sequence", name="operation_device_sequence"),
        Index("ix_operation_officer_hlc", "officer_id", "hlc"),
        Index("ix_operation_hlc", "hlc"),
    )

    id: UUID = Field(primary_key=True)
    device: UUID
    sequence: int
    hlc: int = Field(sa_type=BigInteger)
    at: datetime = must_time()
    officer_id: UUID | None = None
    command: str
    intention: UUID = Field(index=True)
    undoes: UUID | None = None
    noun: str
    key: UUID = Field(index=True)
    fields: dict[str, Any] | None = Field(default=None, sa_column=Column(JSON))
    base: dict[str, list[str]] = json_column(dict)
    salt: str = ""
    digest: str
    hash: str


class Draft(Plain, table=True):
    """A half-typed form, as typed; it belongs to this store and one officer, and goes when the form is saved."""

    id: UUID = Field(default_factory=new_id, primary_key=True)
    officer_id: UUID = Field(index=True)
    form: str
    about: str = ""
    typed: dict[str, Any] = json_column(dict)
    saved_at: datetime = must_time()


class Local(Plain, table=True):
    """What this store alone knows: its device, the end of its chain."""

    name: str = Field(primary_key=True)
    value: Any = Field(default=None, sa_column=Column(JSON))


class Summary(Plain, table=True):
    """Figures worked out before, as far as the journal went then; this store can throw them away and make them again."""

    name: str = Field(primary_key=True)
    through: int = Field(default=0, sa_type=BigInteger)
    made_at: datetime = must_time()
    body: bytes = Field(default=b"", sa_type=LargeBinary)
