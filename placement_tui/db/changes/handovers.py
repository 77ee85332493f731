"""Write hand-overs and the rota."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from placement_tui.db.changes import rows
from placement_tui.db.tables import HandOver, Home, Rota
from placement_tui.domain.handovers import NewRota


def add(session: Session, kind: str, at: datetime, officer: UUID, anonymised: bool, said: str) -> HandOver:
    """Note that a hand-over was made."""
    row = HandOver(kind=kind, made_at=at, officer_id=officer, anonymised=anonymised, said=said)
    session.add(row)
    return row


def add_rota(session: Session, new: NewRota) -> Rota:
    """Somebody on call for a night."""
    row = Rota(night_on=new.night_on, role=new.role, name=new.name, phone=new.phone, note=new.note)
    session.add(row)
    return row


def strike_rota(session: Session, key: UUID, at: datetime) -> Rota:
    """They are not on call after all."""
    return rows.change(session, Rota, key, {"struck_at": at})


def home_on_rota(session: Session, home_id: UUID, on: bool) -> Home:
    """A home stands on the rota of every night, or does not. Raises NotFound."""
    return rows.change(session, Home, home_id, {"on_rota": on})
