"""Write early warnings."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from placement_tui.db.changes import rows
from placement_tui.db.tables import EarlyWarning


def add(session: Session, columns: Mapping[str, Any]) -> EarlyWarning:
    """A new warning."""
    row = EarlyWarning(**columns)
    session.add(row)
    session.flush()
    return row


def change(session: Session, warning_id: UUID, fields: Mapping[str, Any]) -> EarlyWarning:
    """Set some fields of a warning; those that are as they were are left alone. Raises NotFound."""
    return rows.change(session, EarlyWarning, warning_id, fields)
