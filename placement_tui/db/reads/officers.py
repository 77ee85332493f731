"""Officers as rows, and the tries to open the store that failed."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import Row, select
from sqlalchemy.orm import Session

from placement_tui.db.columns import attempt, live, local, officer
from placement_tui.domain.officers import AttemptRow, OfficerRow

TOLD = "attempts told"


def everyone(session: Session) -> list[OfficerRow]:
    """The officers, in the order in which they were added; those whose access was ended among them."""
    query = live(select(officer), officer).order_by(officer.c.id)
    return [_row(row) for row in session.execute(query)]


def one(session: Session, key: UUID) -> OfficerRow | None:
    """An officer as they stand now, None where there is no such."""
    row = session.execute(live(select(officer), officer).where(officer.c.id == key)).first()
    return _row(row) if row else None


def initials(session: Session) -> dict[UUID, str]:
    """Each officer's initials by id."""
    return {row.id: row.initials for row in everyone(session)}


def attempts(session: Session, limit: int) -> list[AttemptRow]:
    """The tries to open the store that failed, the latest first."""
    query = live(select(attempt), attempt).order_by(attempt.c.tried_at.desc(), attempt.c.id.desc()).limit(limit)
    return [AttemptRow(row.name, row.tried_at, row.machine, row.account) for row in session.execute(query)]


def attempts_untold(session: Session, key: UUID, name: str) -> list[AttemptRow]:
    """An officer's failed tries of which they were not told yet, the earliest first."""
    told = session.execute(select(local.c.value).where(local.c.name == TOLD)).scalar() or {}
    query = live(select(attempt), attempt).where(attempt.c.name == name).order_by(attempt.c.tried_at)
    if key.hex in told:
        query = query.where(attempt.c.tried_at > datetime.fromisoformat(told[key.hex]))
    return [AttemptRow(row.name, row.tried_at, row.machine, row.account) for row in session.execute(query)]


def _row(row: Row[tuple[object, ...]]) -> OfficerRow:
    return OfficerRow(
        row.id, row.name, row.initials, row.role, row.disabled_at, row.disabled_why or "", row.passphrase_at
    )
