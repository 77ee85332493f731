"""Beds that are paid for, and the homes that the bed board is about."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from placement_tui.db.columns import block_bed, hold, home, live, placement, provider, vacancy
from placement_tui.domain.beds import BlockRow


def blocks(session: Session, only: UUID | None = None, on: date | None = None) -> list[BlockRow]:
    """Block beds (of one home; those that stand on a day), by home and first day."""
    name = func.coalesce(func.nullif(home.c.name, ""), provider.c.name).label("home_name")
    query = (
        select(block_bed, name)
        .join(home, home.c.id == block_bed.c.home_id)
        .join(provider, provider.c.id == home.c.provider_id)
        .order_by(name, block_bed.c.from_on, block_bed.c.id)
    )
    if only is not None:
        query = query.where(block_bed.c.home_id == only)
    if on is not None:
        query = query.where(block_bed.c.from_on <= on, or_(block_bed.c.until_on.is_(None), block_bed.c.until_on >= on))
    return [
        BlockRow(
            row.id, row.home_id, row.home_name, row.beds, row.weekly_pence, row.from_on, row.until_on, row.contract
        )
        for row in session.execute(live(query, block_bed))
    ]


def in_use(session: Session, now: datetime, since: datetime, on: date) -> set[UUID]:
    """The homes of the board: where a child of ours lives, a bed is held or paid for, beds or others' children were
    spoken of, and the council's own carers.
    """
    queries = (
        live(select(placement.c.home_id).where(placement.c.ended_on.is_(None)), placement),
        live(
            select(hold.c.home_id).where(
                hold.c.released_at.is_(None), or_(hold.c.until_at.is_(None), hold.c.until_at > now)
            ),
            hold,
        ),
        live(select(vacancy.c.home_id).where(vacancy.c.said_at >= since), vacancy),
        live(
            select(block_bed.c.home_id).where(
                block_bed.c.from_on <= on, or_(block_bed.c.until_on.is_(None), block_bed.c.until_on >= on)
            ),
            block_bed,
        ),
        live(select(home.c.id).where(home.c.kind == "inhouse"), home),
        live(select(home.c.id).where(home.c.others_children.is_not(None)), home),
    )
    return {key for query in queries for key in session.execute(query).scalars()}
