"""What the rules ask of the store besides the offer: orders, earlier short stays, and every placement as it stands."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from placement_tui.db.columns import child, deprivation, home, kinship, live, override, placement, provider, sign_off
from placement_tui.db.reads.children import age_of
from placement_tui.db.reads.referrals import chunks
from placement_tui.domain.rules.returns import SHORT_BREAKS, Span
from placement_tui.domain.typed_times import london


def deprived(session: Session, on: date, children: Collection[UUID] | None = None) -> frozenset[UUID]:
    """The children (of those, or all) for whom an order that deprives of liberty runs on a day."""
    query = select(deprivation.c.child_id, deprivation.c.order_on, deprivation.c.ends_on).where(
        deprivation.c.ended_at.is_(None)
    )
    if children is not None:
        query = query.where(deprivation.c.child_id.in_(children))
    return frozenset(
        row.child_id
        for row in session.execute(live(query, deprivation))
        if (row.order_on is None or row.order_on <= on) and (row.ends_on is None or on <= row.ends_on)
    )


def short_stays(
    session: Session, today: date, children: Collection[UUID]
) -> tuple[dict[UUID, dict[UUID, Span]], dict[UUID, dict[UUID, date]]]:
    """By child and placement: the short breaks (V3, V4), first and last day, and when carers' holidays (T3) started."""
    breaks: dict[UUID, dict[UUID, Span]] = defaultdict(dict)
    holidays: dict[UUID, dict[UUID, date]] = defaultdict(dict)
    if not children:
        return breaks, holidays
    query = select(
        placement.c.id, placement.c.child_id, placement.c.place, placement.c.legal_status, placement.c.started_at,
        placement.c.ended_on,
    ).where(placement.c.child_id.in_(children))  # fmt: skip
    for row in session.execute(live(query, placement)):
        start = row.started_at.astimezone(london()).date()
        if row.legal_status in SHORT_BREAKS:
            breaks[row.child_id][row.id] = (start, max(start, row.ended_on or today))
        if row.place == "T3":
            holidays[row.child_id][row.id] = start
    return breaks, holidays


def registered_as(session: Session, homes: Collection[UUID]) -> dict[UUID, tuple[str, str]]:
    """What some homes are registered as, and the sector of their providers."""
    query = select(home.c.id, home.c.provision_type, provider.c.sector).join(
        provider, provider.c.id == home.c.provider_id
    )
    return {row.id: (row.provision_type, row.sector) for row in session.execute(query.where(home.c.id.in_(homes)))}


def approved(session: Session, offers: Collection[UUID]) -> dict[UUID, frozenset[str]]:
    """The kinds of sign-off that were given, by offer."""
    query = select(sign_off.c.offer_id, sign_off.c.kinds).where(
        sign_off.c.offer_id.in_(offers), sign_off.c.state == "approved"
    )
    found: dict[UUID, frozenset[str]] = defaultdict(frozenset)
    for row in session.execute(live(query, sign_off)):
        found[row.offer_id] |= frozenset(row.kinds)
    return found


def standing(session: Session, today: date, only: UUID | None = None) -> list[Any]:
    """Every open placement (or one) with the child's ages and the home's registered type: one statement for all.

    Each row gives (placement, home, child, referral, offer, started at, first day, age now, age then, legal status,
    place, category).
    """
    query = select(
        placement.c.id, placement.c.home_id, placement.c.child_id, placement.c.referral_id, placement.c.offer_id,
        placement.c.started_at, placement.c.legal_status, placement.c.place, placement.c.provision,
        child.c.born_on, child.c.age_said, child.c.age_said_on, home.c.provision_type,
    ).join(child, child.c.id == placement.c.child_id).join(home, home.c.id == placement.c.home_id)  # fmt: skip
    query = query.where(placement.c.ended_on.is_(None) if only is None else placement.c.id == only)
    found = []
    for row in session.execute(live(query, placement)):
        start = row.started_at.astimezone(london()).date()
        category = row.provision if (row.provision or "").startswith("sa_") else row.provision_type
        found.append((
            row.id, row.home_id, row.child_id, row.referral_id, row.offer_id, row.started_at, start, age_of(row, today),
            age_of(row, start), row.legal_status, row.place, category or "",
        ))  # fmt: skip
    return found


def temporary(session: Session, placements: Collection[UUID]) -> dict[UUID, date]:
    """The last day of the temporary approval of the carers of some placements, who were not approved fully since."""
    query = select(kinship.c.placement_id, kinship.c.extended_until, kinship.c.approved_until).where(
        kinship.c.approved_fully_on.is_(None), kinship.c.closed_at.is_(None)
    )
    found: dict[UUID, date] = {}
    for chunk in chunks(sorted(placements)):
        rows = session.execute(live(query.where(kinship.c.placement_id.in_(chunk)), kinship))
        found |= {row.placement_id: row.extended_until or row.approved_until for row in rows}
    return found


def aside(session: Session, referrals: Collection[UUID]) -> dict[tuple[UUID, UUID], set[str]]:
    """The rules that were set aside, by referral and home."""
    found: dict[tuple[UUID, UUID], set[str]] = defaultdict(set)
    for chunk in chunks(sorted(referrals)):
        query = select(override.c.referral_id, override.c.home_id, override.c.rule).where(
            override.c.referral_id.in_(chunk), override.c.home_id.is_not(None)
        )
        for row in session.execute(live(query, override)):
            found[row.referral_id, row.home_id].add(row.rule)
    return found
