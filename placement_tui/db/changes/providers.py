"""Write a provider's side: contacts, visits, concerns, voices, notes, suspensions; and the merge of a double."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from placement_tui.db.changes import rows
from placement_tui.db.tables import Concern, Contact, Home, Provider, Record, Suspension, Visit, Voice


def add(session: Session, row: Record) -> UUID:
    """A new record; its id."""
    session.add(row)
    session.flush()
    return row.id


def add_contact(session: Session, provider_id: UUID, columns: dict[str, Any]) -> UUID:
    """Somebody to ring."""
    return add(session, Contact(provider_id=provider_id, **columns))


def add_visit(session: Session, columns: dict[str, Any], officer: UUID | None) -> UUID:
    """A visit, due or made."""
    return add(session, Visit(**columns, officer_id=officer))


def made_visit(
    session: Session, visit_id: UUID, on: date, visitor: str, found: str, officer: UUID | None
) -> None:  # fmt: skip
    """A visit that was due was made."""
    fields = {"visited_on": on, "visitor": visitor, "found": found, "officer_id": officer}
    rows.change(session, Visit, visit_id, fields)


def add_concern(session: Session, columns: dict[str, Any], officer: UUID | None) -> UUID:
    """A concern about a home."""
    return add(session, Concern(**columns, officer_id=officer))


def concern(session: Session, concern_id: UUID) -> Concern:
    """The concern to settle. Raises NotFound."""
    return rows.get(session, Concern, concern_id)


def add_voice(session: Session, columns: dict[str, Any], at: datetime, officer: UUID | None) -> UUID:
    """What a child said."""
    return add(session, Voice(**columns, logged_at=at, officer_id=officer))


def strike_contact(session: Session, contact_id: UUID, at: datetime) -> Contact:
    """Somebody is no longer to be rung. Raises NotFound."""
    return rows.change(session, Contact, contact_id, {"struck_at": at})


def get(session: Session, provider_id: UUID) -> Provider:
    """The provider to change. Raises NotFound."""
    return rows.get(session, Provider, provider_id)


def change(session: Session, provider_id: UUID, fields: dict[str, Any]) -> Provider:
    """Set some fields of a provider. Raises NotFound."""
    return rows.change(session, Provider, provider_id, fields)


def suspend(session: Session, homes: Sequence[UUID], why: str, at: datetime, officer: UUID | None) -> None:
    """Homes are not to be used, and why."""
    for key in homes:
        rows.change(session, Home, key, {"suspended": why})
        session.add(Suspension(home_id=key, why=why, from_at=at, officer_id=officer))
    session.flush()


def lift(
    session: Session, home_id: UUID, suspension_id: UUID | None, why: str, at: datetime, officer: UUID | None
) -> None:
    """A home may be used again, and why; where a list had said that it was not used, that is kept too."""
    home = rows.get(session, Home, home_id)
    if suspension_id is None:
        suspension_id = add(session, Suspension(home_id=home_id, why=home.suspended or ""))
    rows.change(session, Suspension, suspension_id, {"lifted_at": at, "lifted_why": why, "lifted_by": officer})
    rows.change(session, Home, home_id, {"suspended": None})
    session.flush()
