"""The moments of each referral, for the time that each stage takes."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from placement_tui.db.columns import approach, live, offer, referral, sign_off
from placement_tui.domain.delay import StageTimes
from placement_tui.domain.sign_offs import state_at


def times(session: Session, start: datetime, end: datetime, now: datetime) -> list[StageTimes]:
    """The referrals received from `start` until before `end`, in the order in which they were, with their moments."""
    within = (referral.c.received_at >= start, referral.c.received_at < end, referral.c.struck_at.is_(None))
    first_asked = live(
        select(approach.c.referral_id, func.min(approach.c.asked_at)).join(referral).where(*within), approach
    ).group_by(approach.c.referral_id)
    first_offered = live(
        select(approach.c.referral_id, func.min(offer.c.offered_at))
        .select_from(offer).join(approach).join(referral).where(*within),
        offer, approach,
    ).group_by(approach.c.referral_id)  # fmt: skip
    approached: dict[UUID, datetime] = {row[0]: row[1] for row in session.execute(first_asked)}
    offered: dict[UUID, datetime] = {row[0]: row[1] for row in session.execute(first_offered)}
    asked = _asked(session, within)
    found = []
    for row in session.execute(select(referral).where(*within).order_by(referral.c.received_at, referral.c.id)):
        requests = asked.get(row.id, [])
        placed = row.closed_at if row.state == "placed" else None
        decided = [each.decided_at for each in requests if each.decided_at and each.state in ("approved", "refused")]
        before = [at for at in decided if placed is None or at <= placed]
        lost = {
            each.offer_id: each.offer_state for each in requests
            if state_at(each.state, each.lapses_at, each.offer_state, each.offer_ended, row.closed_at, now)[0] == "lapsed"
        }  # fmt: skip
        found.append(StageTimes(
            row.id, row.reference, row.urgency, row.received_at, approached.get(row.id), offered.get(row.id),
            min((each.asked_at for each in requests), default=None), max(before, default=None), placed, len(lost),
            sum(state == "accepted" for state in lost.values()), sum(each.returned_at is not None for each in requests),
        ))  # fmt: skip
    return found


def _asked(session: Session, within: tuple[Any, ...]) -> dict[UUID, list[Any]]:
    query = (
        select(
            sign_off.c.referral_id, sign_off.c.offer_id, sign_off.c.state, sign_off.c.asked_at, sign_off.c.lapses_at,
            sign_off.c.returned_at, sign_off.c.decided_at, offer.c.state.label("offer_state"),
            offer.c.decided_at.label("offer_ended"),
        )
        .join(referral, referral.c.id == sign_off.c.referral_id)
        .outerjoin(offer, offer.c.id == sign_off.c.offer_id)
        .where(*within, sign_off.c.state != "withdrawn")
    )  # fmt: skip
    found: dict[UUID, list[Any]] = defaultdict(list)
    for row in session.execute(live(query, sign_off)):
        found[row.referral_id].append(row)
    return found
