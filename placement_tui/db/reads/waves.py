"""Waves as rows, with how their approaches were answered."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sqlalchemy import Select, and_, case, func, select
from sqlalchemy.orm import Session

from placement_tui.db.columns import approach, live, referral, wave
from placement_tui.domain.waves import WaveRow

_WAITING = ("awaiting", "no_reply")


def of_referral(session: Session, referral_id: UUID) -> list[WaveRow]:
    """The waves of a referral, the first first."""
    return _rows(session, _query().where(wave.c.referral_id == referral_id))


def latest_open(session: Session) -> list[WaveRow]:
    """The latest wave of each open referral."""
    query = _query().join(referral, referral.c.id == wave.c.referral_id).where(referral.c.state == "open")
    latest = {row.referral_id: row for row in _rows(session, live(query, referral))}
    return list(latest.values())


def _query() -> Select[Any]:
    def count(*outcomes: str) -> Any:
        return func.sum(case((approach.c.outcome.in_(outcomes), 1), else_=0))

    return live(
        select(
            wave, func.count(approach.c.id).label("asked"), count(*_WAITING).label("waiting"),
            count("offer").label("offers"), func.max(approach.c.answered_at).label("last_at"),
        )
        # By the referral as well, which both are of: approaches are found by it, and not by their wave.
        .join(approach, and_(approach.c.wave_id == wave.c.id, approach.c.referral_id == wave.c.referral_id))
        .group_by(wave.c.id)
        .order_by(wave.c.number, wave.c.id),
        wave, approach,
    )  # fmt: skip


def _rows(session: Session, query: Select[Any]) -> list[WaveRow]:
    return [
        WaveRow(row.id, row.referral_id, row.number, row.sent_at, row.emergency, row.tier, row.until_at,
                row.off_framework_why, row.asked, row.waiting, row.offers, row.last_at)
        for row in session.execute(query)
    ]  # fmt: skip
