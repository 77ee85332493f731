"""Overrides as rows: of a referral, of everything, and how often each rule was set aside."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from placement_tui.db.columns import home, live, officer, override, provider, referral
from placement_tui.db.reads.referrals import children_of
from placement_tui.domain.overrides import OverrideCount, OverrideRow
from placement_tui.domain.rules.catalogue import RULES


def of_referral(session: Session, referral_id: UUID, today: date) -> list[OverrideRow]:
    """What was set aside for a referral, the first first."""
    return _rows(
        session, _query().where(override.c.referral_id == referral_id).order_by(override.c.overridden_at), today
    )


def get(session: Session, override_id: UUID, today: date) -> OverrideRow | None:
    """One, or None."""
    found = _rows(session, _query().where(override.c.id == override_id), today)
    return found[0] if found else None


def latest(session: Session, today: date, limit: int = 500) -> list[OverrideRow]:
    """What was set aside, the latest first."""
    return _rows(session, _query().order_by(override.c.overridden_at.desc(), override.c.id.desc()).limit(limit), today)


def counts(session: Session) -> list[OverrideCount]:
    """How often each rule was set aside, the commonest first."""
    number = func.count().label("number")
    query = select(
        override.c.rule, number, func.count(override.c.referral_id.distinct()).label("referrals"),
        func.max(override.c.overridden_at).label("last_at"), func.max(override.c.law).label("law"),
    ).group_by(override.c.rule).order_by(number.desc(), override.c.rule)  # fmt: skip
    return [
        OverrideCount(row.rule, row.law, RULES[row.rule].title if row.rule in RULES else row.rule, row.number,
                      row.referrals, row.last_at)
        for row in session.execute(live(query, override))
    ]  # fmt: skip


def aside(session: Session, referral_id: UUID) -> frozenset[tuple[UUID, str]]:
    """The rules that were set aside for a referral, by home: what a search needs of them."""
    query = select(override.c.home_id, override.c.rule).where(
        override.c.referral_id == referral_id, override.c.home_id.is_not(None)
    )
    return frozenset((row.home_id, row.rule) for row in session.execute(live(query, override)))


def _query() -> Select[Any]:
    return live(
        select(
            override, referral.c.reference, officer.c.initials, officer.c.name.label("officer_name"),
            func.coalesce(func.nullif(home.c.name, ""), provider.c.name).label("home_name"),
        )
        .join(referral, referral.c.id == override.c.referral_id)
        .outerjoin(officer, officer.c.id == override.c.officer_id)
        .outerjoin(home, home.c.id == override.c.home_id)
        .outerjoin(provider, provider.c.id == home.c.provider_id),
        override,
    )  # fmt: skip


def _rows(session: Session, query: Select[Any], today: date) -> list[OverrideRow]:
    rows = session.execute(query).all()
    children = children_of(session, list({row.referral_id for row in rows}), today)
    found = []
    for row in rows:
        first = children.get(row.referral_id, ())
        label = (first[0].words + (f" +{len(first) - 1}" if len(first) > 1 else "")) if first else "?"
        found.append(OverrideRow(
            row.id, row.referral_id, row.reference, label, row.home_id, row.home_name or "", row.rule, row.law, row.words,
            row.ground, row.why, row.overridden_at, row.initials or "", row.officer_name or "", row.offer_id,
        ))  # fmt: skip
    return found
