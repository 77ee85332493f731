"""Brothers and sisters: who belongs together, by shared referral and by linked referrals."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from placement_tui.db.columns import live, referral, referral_child


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
