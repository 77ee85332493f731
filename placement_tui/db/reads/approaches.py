"""Approaches as rows: a referral's call list, who is waited for, what a home answered before."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from placement_tui.db.columns import approach, home, live, offer, officer, provider, referral, wave
from placement_tui.db.reads import restricted
from placement_tui.db.reads.referrals import children_of
from placement_tui.domain.approaches import Answer, CallList, CallRow

_asker, _answerer = officer.alias("asker"), officer.alias("answerer")
_ORDER = {"awaiting": 0, "no_reply": 1, "offer": 2, "refusal": 3, "withdrawn": 4}


def calls(session: Session, referral_id: UUID, today: date) -> CallList | None:
    """A referral's approaches in the order in which they were sent, or None where there is no such referral."""
    row = session.execute(live(select(referral).where(referral.c.id == referral_id), referral)).first()
    if row is None:
        return None
    label = _labels(session, [referral_id], today).get(referral_id, "?")
    rows = _rows(session, _query().where(approach.c.referral_id == referral_id), {referral_id: label})
    return CallList(row.id, row.reference, label, tuple(row.wanted), row.urgency, row.needed_by, tuple(rows))


def get(session: Session, approach_id: UUID, today: date) -> CallRow | None:
    """One approach, or None."""
    found = session.execute(live(select(approach.c.referral_id).where(approach.c.id == approach_id), approach)).scalar()
    if found is None:
        return None
    rows = _rows(session, _query().where(approach.c.id == approach_id), _labels(session, [found], today))
    return rows[0] if rows else None


def unanswered(session: Session, today: date) -> list[CallRow]:
    """Every approach of an open referral that a provider may ring back about: waited for or not reached, newest first."""
    query = _query().where(approach.c.outcome.in_(("awaiting", "no_reply")), referral.c.state == "open")
    referrals = list(session.execute(live(select(referral.c.id).where(referral.c.state == "open"), referral)).scalars())
    return list(reversed(_rows(session, query, _labels(session, referrals, today))))


def answers(session: Session, home_id: UUID, today: date, limit: int = 3) -> list[Answer]:
    """A home's last answers to us, newest first."""
    query = (
        select(approach, referral.c.reference)
        .join(referral, referral.c.id == approach.c.referral_id)
        .where(approach.c.home_id == home_id, approach.c.outcome.in_(("offer", "refusal", "no_reply")))
        .order_by(approach.c.answered_at.desc())
        .limit(limit)
    )
    rows = session.execute(live(query, approach)).all()
    labels = _labels(session, [row.referral_id for row in rows], today)
    return [
        Answer(row.answered_at or row.asked_at, row.reference, labels.get(row.referral_id, "?"), row.outcome, row.reason,
               tuple(row.would_change), row.note)
        for row in rows
    ]  # fmt: skip


def asked_homes(session: Session, referral_id: UUID) -> dict[UUID, Any]:
    """The homes asked for a referral already, by the latest time: home -> (asked_at, asked by, outcome, reason)."""
    query = (
        select(approach.c.home_id, approach.c.asked_at, approach.c.outcome, approach.c.reason, _asker.c.initials)
        .outerjoin(_asker, _asker.c.id == approach.c.officer_id)
        .where(approach.c.referral_id == referral_id, approach.c.home_id.is_not(None))
        .order_by(approach.c.asked_at, approach.c.id)
    )
    return {row.home_id: row for row in session.execute(live(query, approach))}


def next_wave(session: Session, referral_id: UUID) -> int:
    """The number that the next wave of a referral gets, from 1."""
    return 1 + (
        session.execute(live(select(func.max(wave.c.number)).where(wave.c.referral_id == referral_id), wave)).scalar()
        or 0
    )


def live_offer(session: Session, approach_id: UUID) -> UUID | None:
    """The open or accepted offer of an approach, if there is one."""
    query = select(offer.c.id).where(offer.c.approach_id == approach_id, offer.c.state.in_(("open", "accepted")))
    return session.execute(live(query, offer).limit(1)).scalar()


def _query() -> Select[Any]:
    return live(
        select(
            approach,
            referral.c.reference,
            home.c.name.label("home_name"), home.c.kind, home.c.grade, home.c.location, home.c.restricted,
            func.coalesce(home.c.tier, provider.c.tier).label("tier"),
            func.coalesce(func.nullif(home.c.phone, ""), provider.c.phone).label("phone"),
            provider.c.name.label("provider_name"),
            _asker.c.initials.label("asked_by"), _answerer.c.initials.label("answered_initials"),
            wave.c.number.label("wave_number"),
        )
        .join(referral, referral.c.id == approach.c.referral_id)
        .join(provider, provider.c.id == approach.c.provider_id)
        .outerjoin(home, home.c.id == approach.c.home_id)
        .outerjoin(wave, wave.c.id == approach.c.wave_id)
        .outerjoin(_asker, _asker.c.id == approach.c.officer_id)
        .outerjoin(_answerer, _answerer.c.id == approach.c.answered_by)
        .order_by(approach.c.asked_at, approach.c.rank, approach.c.id),
        approach,
    )  # fmt: skip


def _rows(session: Session, query: Select[Any], labels: dict[UUID, str]) -> list[CallRow]:
    rows = session.execute(query).all()
    offers = _offers(session, [row.id for row in rows if row.outcome == "offer"])
    return [
        CallRow(
            row.id, row.referral_id, row.reference, labels.get(row.referral_id, "?"), row.home_id, row.provider_id,
            row.home_name or row.provider_name, row.provider_name, row.kind or "other", row.tier,
            restricted.miles(session, row.miles, row.restricted),
            row.location == "approximate", row.grade, row.phone or "", row.outcome, row.asked_at, row.asked_by or "",
            row.answered_at, row.answered_initials or "", row.reason, tuple(row.other_reasons), tuple(row.would_change),
            row.stage, row.closing, row.call_back_at, row.note, offers.get(row.id), row.wave_number,
            row.reopens_id,
        )
        for row in rows
    ]  # fmt: skip


def _offers(session: Session, ids: Sequence[UUID]) -> dict[UUID, UUID]:
    query = select(offer.c.approach_id, offer.c.id).where(offer.c.approach_id.in_(ids)).order_by(offer.c.offered_at)
    return {row.approach_id: row.id for row in session.execute(live(query, offer))} if ids else {}


def _labels(session: Session, referrals: Sequence[UUID], today: date) -> dict[UUID, str]:
    children = children_of(session, list(dict.fromkeys(referrals)), today)
    return {
        key: rows[0].words + (f" +{len(rows) - 1}" if len(rows) > 1 else "") for key, rows in children.items() if rows
    }
