"""Whole lists as rows, closed ones too, and records by what people say of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from placement_tui.db.columns import (
    approach,
    child,
    ending,
    home,
    lesson,
    live,
    offer,
    placement,
    provider,
    referral,
    referral_child,
)
from placement_tui.db.reads.referrals import children_of
from placement_tui.domain.queries import ReferralLine


def referrals(session: Session, today: date, limit: int) -> list[ReferralLine]:
    """Referrals of every state, the latest received first."""
    query = live(select(referral), referral).order_by(referral.c.received_at.desc(), referral.c.id).limit(limit)
    rows = session.execute(query).all()
    ids = [row.id for row in rows]
    children = children_of(session, ids, today)
    counts = _outcomes(session, ids)
    found = []
    for row in rows:
        first, count = children.get(row.id, ()), counts.get(row.id, {})
        label = (first[0].words + (f" +{len(first) - 1}" if len(first) > 1 else "")) if first else "?"
        found.append(ReferralLine(
            row.id, row.reference, row.state, label, tuple(row.wanted), row.urgency, row.needed_by, row.received_at,
            row.closed_at, row.closed_reason, sum(count.values()), count.get("awaiting", 0), count.get("refusal", 0),
            count.get("no_reply", 0), count.get("offer", 0),
        ))  # fmt: skip
    return found


def latest_referrals(session: Session, said: str) -> list[tuple[UUID, str, UUID]]:
    """The latest referral, of any state, of each child with that identifier or those initials: id, reference, child."""
    query = (
        select(child.c.id, referral.c.id.label("referral_id"), referral.c.reference)
        .join(referral_child, referral_child.c.child_id == child.c.id)
        .join(referral, referral.c.id == referral_child.c.referral_id)
        .where(or_(child.c.identifier == said, child.c.initials == said.upper()))
        .order_by(referral.c.received_at)
    )
    latest: dict[UUID, tuple[UUID, str, UUID]] = {}
    for row in session.execute(live(query, child, referral, referral_child)):
        latest[row.id] = (row.referral_id, row.reference, row.id)
    return list(latest.values())


def placements(session: Session, *, child_said: str | None = None, limit: int = 1000) -> list[UUID]:
    """Placements, ended ones too, the latest started first; of children with that identifier or those initials."""
    query = select(placement.c.id).join(child, child.c.id == placement.c.child_id)
    if child_said is not None:
        query = query.where(or_(child.c.identifier == child_said, child.c.initials == child_said.upper()))
    query = live(query, placement).order_by(placement.c.started_at.desc(), placement.c.id).limit(limit)
    return list(session.execute(query).scalars())


def homes_named(session: Session, words: Sequence[str], limit: int) -> list[UUID]:
    """Homes with all of those words somewhere in their name (the provider's, where they have none of their own)."""
    name = func.coalesce(func.nullif(home.c.name, ""), provider.c.name)
    query = select(home.c.id).join(provider, provider.c.id == home.c.provider_id)
    for word in words:
        query = query.where(name.contains(word, autoescape=True))
    query = query.where(home.c.past.is_(False))
    return list(session.execute(live(query, home).limit(limit)).scalars())


def belonging(session: Session, referral_id: UUID) -> list[UUID]:
    """Every record that tells a referral's story: itself, its children, approaches, offers, placements and endings."""
    keys = [referral_id]
    for column, of in (
        (referral_child.c.child_id, referral_child.c.referral_id),
        (approach.c.id, approach.c.referral_id),
        (placement.c.id, placement.c.referral_id),
    ):
        keys += session.execute(select(column).where(of == referral_id)).scalars()
    offers = select(offer.c.id).join(approach, approach.c.id == offer.c.approach_id)
    keys += session.execute(offers.where(approach.c.referral_id == referral_id)).scalars()
    endings = select(ending.c.id, lesson.c.id.label("lesson_id")).join(
        placement, placement.c.id == ending.c.placement_id
    )
    endings = endings.outerjoin(lesson, lesson.c.ending_id == ending.c.id).where(placement.c.referral_id == referral_id)
    keys += [key for row in session.execute(endings) for key in row if key is not None]
    return keys


def _outcomes(session: Session, ids: Sequence[UUID]) -> dict[UUID, dict[str, int]]:
    counts: dict[UUID, dict[str, int]] = defaultdict(dict)
    for start in range(0, len(ids), 500):
        query = select(approach.c.referral_id, approach.c.outcome, func.count().label("n")).where(
            approach.c.referral_id.in_(ids[start : start + 500])
        )
        for row in session.execute(live(query, approach).group_by(approach.c.referral_id, approach.c.outcome)):
            counts[row.referral_id][row.outcome] = row.n
    return counts
