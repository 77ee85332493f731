"""What the hand-over is made of: who is on call, whom a night number reaches, what happened since a moment."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from placement_tui.db.columns import (
    approach,
    child,
    ending,
    hand_over,
    home,
    live,
    officer,
    placement,
    provider,
    referral,
    rota,
)
from placement_tui.db.reads.referrals import chunks
from placement_tui.domain.handovers import EVENING, RotaRow

_name = func.coalesce(func.nullif(home.c.name, ""), provider.c.name).label("name")
_phone = func.coalesce(func.nullif(home.c.phone, ""), provider.c.phone).label("phone")
_night = func.coalesce(func.nullif(home.c.out_of_hours_phone, ""), provider.c.out_of_hours_phone).label("night")


def last_made(session: Session, before: datetime) -> Any:
    """The last evening hand-over made before a moment (its made_at and said), or None."""
    query = select(hand_over.c.made_at, hand_over.c.said).where(
        hand_over.c.kind == EVENING, hand_over.c.made_at < before
    )
    return session.execute(live(query, hand_over).order_by(hand_over.c.made_at.desc()).limit(1)).first()


def on_call(session: Session, night: date) -> list[RotaRow]:
    """Who is on call for the night that begins on a day, in the order in which they were entered."""
    return _rota(session, select(rota).where(rota.c.night_on == night))


def rota_from(session: Session, first: date) -> list[RotaRow]:
    """Everyone on call from a night on, the first night first."""
    return _rota(session, select(rota).where(rota.c.night_on >= first))


def night_phones(session: Session, homes: Collection[UUID]) -> dict[UUID, tuple[str, str]]:
    """By home: the number for the night ("" where there is none) and the number of the day."""
    found: dict[UUID, tuple[str, str]] = {}
    for chunk in chunks(list(homes)):
        query = (
            select(home.c.id, _phone, _night)
            .join(provider, provider.c.id == home.c.provider_id)
            .where(home.c.id.in_(chunk))
        )
        for row in session.execute(live(query, home)):
            found[row.id] = (row.night or "", row.phone or "")
    return found


def carers(session: Session) -> list[Any]:
    """The carers and homes that stand on the rota: name, numbers, terms, note."""
    query = (
        select(home.c.id, _name, _phone, _night, home.c.age_min, home.c.age_max, home.c.sexes, home.c.note)
        .join(provider, provider.c.id == home.c.provider_id)
        .where(home.c.on_rota, home.c.suspended.is_(None))
        .order_by("name")
    )
    return list(session.execute(live(query, home)))


def answers(session: Session, since: datetime, until: datetime) -> list[Any]:
    """Approaches answered between two moments, the earliest first, with who was asked for and who logged it."""
    query = (
        select(
            approach.c.id, approach.c.referral_id, approach.c.outcome, approach.c.reason, approach.c.note,
            approach.c.answered_at.label("at"), officer.c.initials, referral.c.reference, _name,
        )
        .join(referral, referral.c.id == approach.c.referral_id)
        .join(provider, provider.c.id == approach.c.provider_id)
        .outerjoin(home, home.c.id == approach.c.home_id)
        .outerjoin(officer, officer.c.id == approach.c.answered_by)
        .where(approach.c.answered_at > since, approach.c.answered_at <= until)
        .where(approach.c.outcome.in_(("offer", "refusal", "no_reply")))
        .order_by(approach.c.answered_at)
    )  # fmt: skip
    return list(session.execute(live(query, approach)))


def received(session: Session, since: datetime, until: datetime) -> list[Any]:
    """Referrals received between two moments, the earliest first."""
    query = (
        select(referral.c.id, referral.c.reference, referral.c.received_at.label("at"), referral.c.wanted,
               referral.c.urgency, referral.c.state, officer.c.initials)
        .outerjoin(officer, officer.c.id == referral.c.officer_id)
        .where(referral.c.received_at > since, referral.c.received_at <= until)
        .order_by(referral.c.received_at)
    )  # fmt: skip
    return list(session.execute(live(query, referral)))


def closed(session: Session, since: datetime, until: datetime) -> list[Any]:
    """Referrals closed without a placement between two moments."""
    query = select(
        referral.c.id, referral.c.reference, referral.c.closed_at.label("at"), referral.c.closed_reason
    ).where(referral.c.state == "closed", referral.c.closed_at > since, referral.c.closed_at <= until)
    return list(session.execute(live(query, referral)))


def placements(session: Session, since: datetime, until: datetime) -> list[Any]:
    """Placements that started or ended between two moments; `ended` is None for one that goes on."""
    started = select(placement.c.id).where(_between(placement.c.started_at, since, until))
    over = select(ending.c.placement_id).where(_between(ending.c.logged_at, since, until))
    keys = set(session.execute(live(started, placement)).scalars()) | set(session.execute(live(over, ending)).scalars())
    found = [row for chunk in chunks(sorted(keys)) for row in _placements(session, chunk)]
    return sorted(found, key=lambda row: row.started_at)


def _placements(session: Session, keys: Sequence[UUID]) -> Iterable[Any]:
    query = (
        select(
            placement.c.id, placement.c.referral_id, placement.c.started_at, placement.c.emergency,
            placement.c.emergency_until, child.c.initials.label("child"), officer.c.initials, ending.c.reason,
            ending.c.logged_at, _name, _phone, _night, child.c.id.label("child_id"),
        )
        .join(child, child.c.id == placement.c.child_id)
        .join(home, home.c.id == placement.c.home_id)
        .join(provider, provider.c.id == home.c.provider_id)
        .outerjoin(officer, officer.c.id == placement.c.officer_id)
        .outerjoin(ending, (ending.c.placement_id == placement.c.id) & ending.c.struck_at.is_(None))
        .where(placement.c.id.in_(keys))
        .order_by(placement.c.id)
    )  # fmt: skip
    return session.execute(live(query, placement))


def _between(column: Any, since: datetime, until: datetime) -> Any:
    return (column > since) & (column <= until)


def _rota(session: Session, query: Select[Any]) -> list[RotaRow]:
    rows: Iterable[Any] = session.execute(live(query, rota).order_by(rota.c.night_on, rota.c.id))
    return [RotaRow(row.id, row.night_on, row.role, row.name, row.phone, row.note) for row in rows]
