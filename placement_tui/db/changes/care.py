"""Write a child's time in care: periods, legal statuses, times missing, reviews, and what the return's header says."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from placement_tui.db.changes import rows
from placement_tui.db.tables import Care, Child, LegalStatus, Missing, Review

Entry = Care | LegalStatus | Missing | Review
TABLES: dict[str, type[Entry]] = {"care": Care, "legal_status": LegalStatus, "missing": Missing, "review": Review}


def add(session: Session, noun: str, columns: Mapping[str, Any]) -> Entry:
    """A new row of one of the four tables."""
    row = TABLES[noun](**columns)
    session.add(row)
    session.flush()
    return row


def change(session: Session, noun: str, key: UUID, fields: Mapping[str, Any]) -> Entry:
    """Set some fields of a row; those that are as they were are left alone. Raises NotFound."""
    return rows.change(session, TABLES[noun], key, fields)


def strike(session: Session, noun: str, key: UUID, at: datetime) -> None:
    """A row that was never so: kept, and counted nowhere. Raises NotFound."""
    rows.get(session, TABLES[noun], key).struck_at = at


def change_child(session: Session, child_id: UUID, fields: Mapping[str, Any]) -> Child:
    """What the return's header says of a child. Raises NotFound."""
    return rows.change(session, Child, child_id, fields)
