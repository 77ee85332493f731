"""Whole lists, closed ones too, and the answer of a SELECT: the rows that the command line shows beside the screens'."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID


@dataclass(frozen=True, slots=True)
class ReferralLine:
    """One referral of any state. Counts are approaches; `offered` counts those answered with an offer."""

    id: UUID
    reference: str
    state: str
    child: str
    wanted: tuple[str, ...]
    urgency: str
    needed_by: datetime | None
    received_at: datetime
    closed_at: datetime | None
    closed_reason: str | None
    asked: int
    awaiting: int
    refused: int
    no_reply: int
    offered: int


@dataclass(frozen=True, slots=True)
class SqlAnswer:
    """The columns of a SELECT's answer, and its rows as they come; the store is read while they are taken."""

    columns: Sequence[str]
    rows: Iterator[Sequence[Any]]
    tables: frozenset[str] = frozenset()  # of which something is read
