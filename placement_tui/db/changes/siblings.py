"""Write groups of brothers and sisters: link and unlink their referrals, say why they are parted."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from placement_tui.db.changes import rows
from placement_tui.db.tables import Referral, SiblingGroup
from placement_tui.domain.siblings import Parting


def add(session: Session, asked_together: int, officer: UUID | None) -> SiblingGroup:
    """A new group, of nobody yet."""
    row = SiblingGroup(asked_together=asked_together, officer_id=officer)
    session.add(row)
    session.flush()
    return row


def link(session: Session, referral_id: UUID, group_id: UUID | None) -> Referral:
    """Put a referral into a group, or out of its group with None. Raises NotFound."""
    return rows.change(session, Referral, referral_id, {"sibling_group_id": group_id})


def count(session: Session, group_id: UUID, children: int) -> SiblingGroup:
    """So many brothers and sisters are asked for together now. Raises NotFound."""
    return rows.change(session, SiblingGroup, group_id, {"asked_together": children})


def part(session: Session, group_id: UUID, parting: Parting | None, at: datetime, officer: UUID | None) -> SiblingGroup:
    """Say why they are parted; None takes it back: they are looked for together again. Raises NotFound."""
    return rows.change(session, SiblingGroup, group_id, {
        "parted_reason": parting.reason if parting else None, "parted_why": parting.why.strip() if parting else "",
        "parted_at": at if parting else None, "officer_id": officer,
    })  # fmt: skip


def strike(session: Session, group_id: UUID, at: datetime) -> None:
    """A group of nobody is no group. Raises NotFound."""
    rows.get(session, SiblingGroup, group_id).struck_at = at
