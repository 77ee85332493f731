"""Write offers."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from placement_tui.db.changes import rows
from placement_tui.db.columns import approach, live, offer
from placement_tui.db.tables import Offer
from placement_tui.domain.offers import NewOffer


def add(session: Session, approach_id: UUID, new: NewOffer, at: datetime, officer: UUID | None) -> Offer:
    """A new offer on an approach."""
    row = Offer(
        approach_id=approach_id, offered_at=at, officer_id=officer, care_pence=new.care_pence,
        education_pence=new.education_pence, health_pence=new.health_pence, start_at=new.start_at,
        expires_at=new.expires_at, conditions=new.conditions, note=new.note,
    )  # fmt: skip
    session.add(row)
    session.flush()
    return row


def change(session: Session, offer_id: UUID, fields: dict[str, Any]) -> Offer:
    """Set some fields of an offer. Raises NotFound."""
    return rows.change(session, Offer, offer_id, fields)


def decide(
    session: Session,
    offer_id: UUID,
    state: str,
    at: datetime,
    officer: UUID | None,
    reason: str | None = None,
    note: str = "",
) -> Offer:
    """Accept, decline or withdraw an offer."""
    fields: dict[str, Any] = {"state": state, "decided_at": at, "decided_by": officer, "declined_reason": reason}
    return change(session, offer_id, fields | ({"note": note} if note else {}))


def others_open(session: Session, referral_id: UUID, keep: UUID | None) -> list[UUID]:
    """The open or accepted offers of a referral besides one."""
    query = (
        select(offer.c.id)
        .join(approach, approach.c.id == offer.c.approach_id)
        .where(approach.c.referral_id == referral_id, offer.c.state.in_(("open", "accepted")), offer.c.id != keep)
    )
    return list(session.execute(live(query, offer)).scalars())
