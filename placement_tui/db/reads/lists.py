"""Whom a change of homes' registration bears on: children who live there, offers that are open, calls that wait."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from placement_tui.db.columns import approach, child, home, live, offer, placement, referral
from placement_tui.db.reads.referrals import chunks


@dataclass
class Concerned:
    """Of one home: placements there (id, child, initials, referral), references with an open offer, and asked now."""

    placements: list[tuple[UUID, UUID, str, UUID | None]] = field(default_factory=list)
    offers: list[str] = field(default_factory=list)
    calls: list[str] = field(default_factory=list)


def concerned(session: Session, homes: Collection[UUID]) -> dict[UUID, Concerned]:
    """Whom some homes matter to, by home; homes that matter to nobody are left out."""
    found: dict[UUID, Concerned] = defaultdict(Concerned)
    for chunk in chunks(sorted(homes)):
        lives = (
            select(placement.c.home_id, placement.c.id, placement.c.child_id, child.c.initials, placement.c.referral_id)
            .join(child, child.c.id == placement.c.child_id)
            .where(placement.c.home_id.in_(chunk), placement.c.ended_on.is_(None))
            .order_by(placement.c.started_at, placement.c.id)
        )
        for row in session.execute(live(lives, placement)):
            found[row.home_id].placements.append((row.id, row.child_id, row.initials, row.referral_id))
        asked = (
            select(approach.c.home_id, referral.c.reference, approach.c.outcome, offer.c.state)
            .join(referral, referral.c.id == approach.c.referral_id)
            .outerjoin(offer, (offer.c.approach_id == approach.c.id) & offer.c.struck_at.is_(None))
            .where(approach.c.home_id.in_(chunk), referral.c.state == "open")
            .order_by(referral.c.reference)
        )
        for row in session.execute(live(asked, approach, referral)):
            if row.state in ("open", "accepted") and row.reference not in found[row.home_id].offers:
                found[row.home_id].offers.append(row.reference)
            elif row.outcome == "awaiting" and row.reference not in found[row.home_id].calls:
                found[row.home_id].calls.append(row.reference)
    return {key: each for key, each in found.items() if each.placements or each.offers or each.calls}


def under_urns(session: Session, urns: Collection[str]) -> dict[str, list[UUID]]:
    """The homes under some URNs: households under their agency's, settings under their provider's."""
    found: dict[str, list[UUID]] = defaultdict(list)
    wanted = sorted(urns)
    for start in range(0, len(wanted), 500):
        query = select(home.c.urn, home.c.id).where(home.c.urn.in_(wanted[start : start + 500]))
        for row in session.execute(live(query, home)):
            found[row.urn].append(row.id)
    return found
