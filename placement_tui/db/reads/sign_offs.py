"""Sign-offs as rows."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Select, bindparam, func, or_, select
from sqlalchemy.orm import Session

from placement_tui.db.columns import home, live, offer, provider, referral, sign_off
from placement_tui.db.reads import officers
from placement_tui.db.reads.referrals import children_of
from placement_tui.domain.sign_offs import WAITING, SignOffRow, state_at


def approved(session: Session, offer_id: UUID) -> frozenset[str]:
    """The kinds of sign-off that were given for an offer: what the rules take as settled."""
    query = select(sign_off.c.kinds).where(sign_off.c.offer_id == offer_id, sign_off.c.state == "approved")
    return frozenset(kind for kinds in session.execute(live(query, sign_off)).scalars() for kind in kinds)


def get(session: Session, key: UUID, now: datetime, today: date) -> SignOffRow | None:
    """One request, or None."""
    found = _rows(session, _query().where(sign_off.c.id == key), now, today)
    return found[0] if found else None


def of_offer(session: Session, offer_id: UUID, now: datetime, today: date) -> list[SignOffRow]:
    """What was asked for an offer, in the order in which it was asked."""
    return _rows(session, _query().where(sign_off.c.offer_id == offer_id), now, today)


def of_referral(session: Session, referral_id: UUID, now: datetime, today: date) -> list[SignOffRow]:
    """What was asked for a referral, in the order in which it was asked."""
    return _rows(session, _query().where(sign_off.c.referral_id == referral_id), now, today)


def undecided(session: Session, now: datetime, today: date, since: datetime) -> list[SignOffRow]:
    """Requests that nobody decided, with those that lapsed after `since`; the soonest to lapse first."""
    query = _query().where(
        _waits(),
        or_(sign_off.c.lapses_at.is_(None), sign_off.c.lapses_at > since),
        or_(offer.c.id.is_(None), offer.c.state.in_(("open", "accepted")), offer.c.decided_at > since),
    )
    rows = _rows(session, query, now, today)
    return sorted(rows, key=lambda row: (row.lapses_at is None, row.lapses_at or row.asked_at, row.asked_at))


def count_waiting(session: Session, now: datetime) -> tuple[int, int]:
    """How many requests wait for a decision, and how many were returned and wait for an answer to that."""
    query = (
        live(select(sign_off.c.state, func.count().label("n")), sign_off)
        .join(referral, referral.c.id == sign_off.c.referral_id)
        .outerjoin(offer, offer.c.id == sign_off.c.offer_id)
        .where(
            _waits(),
            or_(sign_off.c.lapses_at.is_(None), sign_off.c.lapses_at > now),
            or_(offer.c.id.is_(None), offer.c.state.in_(("open", "accepted"))),
            referral.c.state == "open",
        )
        .group_by(sign_off.c.state)
    )
    counts: dict[str, int] = {row.state: row.n for row in session.execute(query)}
    return counts.get("asked", 0), counts.get("returned", 0)


def _waits() -> Any:
    """Nobody decided it. As words of the statement itself: only then the index over those that wait is known to do."""
    return sign_off.c.state.in_(bindparam("waiting", WAITING, expanding=True, literal_execute=True))


def _query() -> Select[Any]:
    return live(
        select(
            sign_off, referral.c.reference, referral.c.closed_at,
            func.coalesce(func.nullif(home.c.name, ""), provider.c.name, "").label("home_name"),
            offer.c.state.label("offer_state"), offer.c.decided_at.label("offer_ended"),
        )
        .join(referral, referral.c.id == sign_off.c.referral_id)
        .outerjoin(offer, offer.c.id == sign_off.c.offer_id)
        .outerjoin(home, home.c.id == sign_off.c.home_id)
        .outerjoin(provider, provider.c.id == home.c.provider_id)
        .order_by(sign_off.c.asked_at, sign_off.c.id),
        sign_off,
    )  # fmt: skip


def _rows(session: Session, query: Select[Any], now: datetime, today: date) -> list[SignOffRow]:
    found = session.execute(query).all()
    if not found:
        return []
    people = {each.id: each for each in officers.everyone(session)}
    children = children_of(session, list({row.referral_id for row in found}), today)
    rows = []
    for row in found:
        state, lapsed_at = state_at(row.state, row.lapses_at, row.offer_state, row.offer_ended, row.closed_at, now)
        of = people.get(row.asked_of)
        by, decided = people.get(row.asked_by), people.get(row.decided_by)
        group = children.get(row.referral_id, ())
        child = (group[0].words + (f" +{len(group) - 1}" if len(group) > 1 else "")) if group else "?"
        rows.append(SignOffRow(
            row.id, row.referral_id, row.offer_id, row.home_id, row.reference, child, row.home_name, tuple(row.kinds),
            row.words, row.asked_at, by.initials if by else "", row.asked_by, of.name if of else row.asked_of_name,
            row.asked_of, row.lapses_at, state, row.returned_at, row.returned_for, row.decided_at,
            decided.initials if decided else "", row.decided_by_name, row.why, row.offer_state, lapsed_at,
        ))  # fmt: skip
    return rows
