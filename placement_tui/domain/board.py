"""The duty board as rows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

if TYPE_CHECKING:
    from placement_tui.domain.tasks import TaskRow


@dataclass(frozen=True, slots=True)
class BoardRow:
    """One line of the duty board. Counts are approaches; `offered` counts those answered with an offer."""

    id: UUID
    reference: str
    child: str
    wanted: tuple[str, ...]
    urgency: str
    needed_by: datetime | None
    received_at: datetime
    asked: int
    awaiting: int
    refused: int
    no_reply: int
    offered: int
    last_at: datetime
    last_by: str
    why_now: str
    tonight: str
    home_postcode: str | None
    due: tuple[TaskRow, ...] = ()  # the earliest first
    waiting: tuple[str, ...] = ()  # who is waited for, at most three names


@dataclass(frozen=True, slots=True)
class Board:
    """The duty board: open referrals, most urgent first; how much is due until midnight, and how much of it is late.

    `sign_offs` wait for a decision, of any referral.
    """

    rows: tuple[BoardRow, ...]
    tonight: int
    due: int
    overdue: int
    offers: int
    sign_offs: int = 0
