"""Write overrides."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from placement_tui.db.changes import rows
from placement_tui.db.tables import Override


def add(session: Session, columns: dict[str, Any]) -> Override:
    """A block that was set aside."""
    row = Override(**columns)
    session.add(row)
    session.flush()
    return row


def take_back(session: Session, override_id: UUID, at: datetime) -> Override:
    """The rule holds again. Raises NotFound."""
    return rows.change(session, Override, override_id, {"struck_at": at})
