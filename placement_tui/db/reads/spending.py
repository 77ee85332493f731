"""Placements and their weekly fees."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from placement_tui.db.columns import child, home, live, placement, provider, referral
from placement_tui.db.reads.referrals import chunks
from placement_tui.domain.clocks_days import london_day
from placement_tui.domain.insight import Behind
from placement_tui.domain.spending import Cost


def costs(session: Session, first: date) -> list[Cost]:
    """The placements that stood on a day or began after it; holidays and other temporary stays (T0-T4) are none."""
    query = (
        select(
            placement.c.id, placement.c.child_id, placement.c.type_obtained, placement.c.route, provider.c.name,
            provider.c.sector, home.c.kind, placement.c.started_at, placement.c.ended_on, placement.c.planned_end_on,
            placement.c.care_pence, placement.c.education_pence, placement.c.health_pence,
        )
        .join(home, home.c.id == placement.c.home_id)
        .join(provider, provider.c.id == home.c.provider_id)
        .where(or_(placement.c.ended_on.is_(None), placement.c.ended_on >= first))
        .where(or_(placement.c.place.is_(None), placement.c.place.not_like("T%")))
        .order_by(placement.c.started_at, placement.c.id)
    )  # fmt: skip
    return [
        Cost(row.id, row.child_id, row.type_obtained, row.route or "", row.name, row.kind == "inhouse" or row.sector == "own",
             london_day(row.started_at), row.ended_on, row.planned_end_on, row.care_pence, row.education_pence, row.health_pence)
        for row in session.execute(live(query, placement))
    ]  # fmt: skip


def placements(session: Session, ids: Collection[UUID], limit: int) -> list[Behind]:
    """Some placements, each on one line, the latest first."""
    found: list[Any] = []
    for chunk in chunks(sorted(ids)):
        query = (
            select(
                placement.c.id, placement.c.started_at, placement.c.ended_on, placement.c.type_wanted, placement.c.type_obtained,
                child.c.initials, child.c.identifier, home.c.name, provider.c.name.label("owner"), referral.c.reference,
            )
            .join(child, child.c.id == placement.c.child_id)
            .join(home, home.c.id == placement.c.home_id)
            .join(provider, provider.c.id == home.c.provider_id)
            .outerjoin(referral, referral.c.id == placement.c.referral_id)
            .where(placement.c.id.in_(chunk))
        )  # fmt: skip
        found += session.execute(live(query, placement)).all()
    found.sort(key=lambda row: (row.started_at, row.id), reverse=True)
    return [
        Behind("placement", str(row.id), london_day(row.started_at), row.reference or "", f"{row.initials} {row.identifier}".strip(),
               f"{row.name or row.owner}" + (f", until {row.ended_on:%d/%m/%Y}" if row.ended_on else ""))
        for row in found[:limit]
    ]  # fmt: skip
