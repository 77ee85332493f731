"""Officers as rows."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from placement_tui.db.columns import live, officer
from placement_tui.domain.officers import OfficerRow


def everyone(session: Session) -> list[OfficerRow]:
    """The officers, in the order in which they were added."""
    query = live(select(officer), officer).order_by(officer.c.id)
    return [OfficerRow(row.id, row.name, row.initials, row.role) for row in session.execute(query)]


def initials(session: Session) -> dict[UUID, str]:
    """Each officer's initials by id."""
    return {row.id: row.initials for row in everyone(session)}
