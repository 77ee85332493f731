"""Write sign-offs."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from placement_tui.db.changes import rows
from placement_tui.db.columns import live, sign_off
from placement_tui.db.tables import SignOff
from placement_tui.domain.sign_offs import WAITING


def add(session: Session, columns: dict[str, Any]) -> SignOff:
    """A new request."""
    row = SignOff(**columns)
    session.add(row)
    session.flush()
    return row


def change(session: Session, key: UUID, fields: dict[str, Any]) -> SignOff:
    """Set some fields of a request. Raises NotFound."""
    return rows.change(session, SignOff, key, fields)


def stands_until(
    session: Session, offer_id: UUID, before: datetime | None, until: datetime | None, now: datetime
) -> None:
    """An offer stands until another time: what is asked for it and has not lapsed lapses then too."""
    if before == until:
        return
    query = select(sign_off.c.id, sign_off.c.lapses_at).where(
        sign_off.c.offer_id == offer_id, sign_off.c.state.in_(WAITING)
    )
    for row in session.execute(live(query, sign_off)).all():
        if row.lapses_at == before and (before is None or before > now):
            change(session, row.id, {"lapses_at": until})
