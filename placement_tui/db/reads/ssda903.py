"""What the store knows of the children of a return: themselves, their rows of returns, their records, all in bulk."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from typing import Any, cast
from uuid import UUID

from sqlalchemy import Table, select
from sqlalchemy.orm import Session

from placement_tui.db.columns import (
    care,
    child,
    deprivation,
    ending,
    held,
    home,
    legal_status,
    live,
    missing,
    placement,
    review,
)
from placement_tui.db.reads.referrals import chunks

Row = Mapping[str, Any]
_TABLES = {
    "care": care,
    "legal_status": legal_status,
    "placement": placement,
    "missing": missing,
    "review": review,
    "deprivation": deprivation,
}


def children(session: Session) -> list[Row]:
    """Every child by its columns, in the order in which they were made."""
    return _all(session, child)


def rows_held(session: Session) -> list[Row]:
    """Every row of a return that was kept as it came."""
    return _all(session, held)


def records(session: Session, of: Collection[UUID]) -> dict[UUID, dict[str, list[Row]]]:
    """By child, then by the word of their table, all that the returns speak of too: placements, statuses, reviews."""
    found: dict[UUID, dict[str, list[Row]]] = defaultdict(lambda: defaultdict(list))
    for noun, table in _TABLES.items():
        for chunk in chunks(sorted(of)):
            query = live(select(table).where(table.c.child_id.in_(chunk)), table).order_by(table.c.id)
            for row in session.execute(query):
                found[row.child_id][noun].append(cast(Row, row._mapping))
    return found


def endings(session: Session, of: Collection[UUID]) -> dict[UUID, Row]:
    """By child's placement, how it ended; `of` are the children."""
    found: dict[UUID, Row] = {}
    for chunk in chunks(sorted(of)):
        query = select(ending).join(placement, placement.c.id == ending.c.placement_id)
        for row in session.execute(live(query.where(placement.c.child_id.in_(chunk)), ending).order_by(ending.c.id)):
            found[row.placement_id] = cast(Row, row._mapping)
    return found


def homes(session: Session) -> list[Row]:
    """Every home by its columns, those too that are known from an old return only."""
    return _all(session, home)


def _all(session: Session, table: Table) -> list[Row]:
    return [cast(Row, row._mapping) for row in session.execute(live(select(table), table).order_by(table.c.id))]
