"""What a merge of two providers reads: both as they are, everything that names the double, homes that both have."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from placement_tui.db.columns import columns_of, home, live, provider
from placement_tui.db.tables import RECORDS


def columns(session: Session, keys: Sequence[UUID]) -> dict[UUID, dict[str, Any]]:
    """Some providers by their columns, struck out or not."""
    return {row.id: dict(row._mapping) for row in session.execute(select(provider).where(provider.c.id.in_(keys)))}


def belonging(session: Session, provider_id: UUID) -> dict[str, list[UUID]]:
    """The records that name a provider as theirs, by table, struck out ones too: an undo must not bring an old name back."""
    found = {}
    for noun, table in RECORDS.items():
        column = columns_of(table).get("provider_id")
        if column is not None:
            query = select(columns_of(table).id).where(column == provider_id).order_by(columns_of(table).id)
            found[noun] = list(session.execute(query).scalars())
    return found


def same_homes(session: Session, one: UUID, other: UUID) -> list[str]:
    """The names of homes that two providers both have."""
    theirs = select(func.lower(home.c.name)).where(home.c.provider_id == other, home.c.struck_at.is_(None))
    query = select(home.c.name).where(home.c.provider_id == one, home.c.name != "", func.lower(home.c.name).in_(theirs))
    return list(session.execute(live(query, home).order_by(home.c.name)).scalars())
