"""Brothers and sisters: who belongs together, by shared referral and by linked referrals."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from placement_tui.db.columns import approach, live, offer, placement, referral, referral_child, sibling_group
from placement_tui.db.reads.referrals import children_of
from placement_tui.domain.referrals import ChildRow
from placement_tui.domain.siblings import GroupRow


def family(session: Session, children: Collection[UUID]) -> frozenset[UUID]:
    """Those children and all their brothers and sisters that the store knows of: named together in a referral, or in
    referrals that are linked as a group, however many steps apart.
    """
    found, fresh = set(children), set(children)
    while fresh:
        referrals = set(
            session.execute(
                live(select(referral_child.c.referral_id).where(referral_child.c.child_id.in_(fresh)), referral_child)
            ).scalars()
        )
        groups = set(
            session.execute(
                live(
                    select(referral.c.sibling_group_id).where(
                        referral.c.id.in_(referrals), referral.c.sibling_group_id.is_not(None)
                    ),
                    referral,
                )
            ).scalars()
        )
        theirs = live(
            select(referral_child.c.child_id)
            .join(referral, referral.c.id == referral_child.c.referral_id)
            .where(or_(referral.c.id.in_(referrals), referral.c.sibling_group_id.in_(groups))),
            referral_child,
            referral,
        )
        fresh = set(session.execute(theirs).scalars()) - found
        found |= fresh
    return frozenset(found)


def group_of(session: Session, referral_id: UUID, today: date) -> GroupRow | None:
    """The group that a referral is linked to, with every referral of it and their children; or None."""
    query = live(
        select(sibling_group)
        .join(referral, referral.c.sibling_group_id == sibling_group.c.id)
        .where(referral.c.id == referral_id),
        sibling_group,
        referral,
    )
    row = session.execute(query).first()
    return _group(session, row, today) if row is not None else None


def groups(session: Session, today: date, limit: int = 200) -> list[GroupRow]:
    """Every group with a referral that is open, the latest first."""
    query = (
        select(sibling_group)
        .where(sibling_group.c.id.in_(
            live(select(referral.c.sibling_group_id).where(referral.c.state == "open"), referral)
        ))
        .order_by(sibling_group.c.id.desc())
        .limit(limit)
    )  # fmt: skip
    return [_group(session, row, today) for row in session.execute(live(query, sibling_group)).all()]


def linked(session: Session, referral_id: UUID, today: date) -> tuple[ChildRow, ...]:
    """The children of the other open referrals of its group, where they are to live together and were not parted."""
    group = group_of(session, referral_id, today)
    if group is None or group.wish != "together" or group.parted_reason is not None:
        return ()
    query = live(
        select(referral.c.id).where(referral.c.sibling_group_id == group.id, referral.c.state == "open"), referral
    )
    others = [key for key in session.execute(query.order_by(referral.c.id)).scalars() if key != referral_id]
    children = children_of(session, others, today)
    return tuple(child for key in others for child in children.get(key, ()))


def _group(session: Session, row: Any, today: date) -> GroupRow:
    query = live(
        select(referral.c.id, referral.c.reference).where(referral.c.sibling_group_id == row.id), referral
    ).order_by(referral.c.reference)
    referrals = tuple((each.id, each.reference) for each in session.execute(query))
    children = children_of(session, [key for key, _ in referrals], today)
    return GroupRow(
        row.id, referrals, tuple(child for key, _ in referrals for child in children.get(key, ())), row.wish,
        row.asked_together, row.parted_reason, row.parted_why, row.parted_at,
    )  # fmt: skip


def with_them(session: Session, group_id: UUID | None, referral_id: UUID, home_id: UUID) -> set[UUID]:
    """Children of a group who live in a home, or whose own referral has an offer of it that stands."""
    living = live(
        select(placement.c.child_id).where(placement.c.home_id == home_id, placement.c.ended_on.is_(None)), placement
    )
    offered = live(
        select(referral_child.c.child_id)
        .join(referral, referral.c.id == referral_child.c.referral_id)
        .join(approach, approach.c.referral_id == referral.c.id)
        .join(offer, offer.c.approach_id == approach.c.id)
        .where(approach.c.home_id == home_id, offer.c.state.in_(("open", "accepted")), referral.c.state == "open")
        .where(referral.c.sibling_group_id == group_id, referral.c.id != referral_id),
        referral_child, offer,
    )  # fmt: skip
    found = set(session.execute(living).scalars())
    return found if group_id is None else found | set(session.execute(offered).scalars())
