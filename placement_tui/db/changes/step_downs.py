"""Write steps down."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from placement_tui.db.changes import rows
from placement_tui.db.tables import StepDown


def add(session: Session, columns: Mapping[str, Any]) -> StepDown:
    """A new step down."""
    row = StepDown(**columns)
    session.add(row)
    session.flush()
    return row


def change(session: Session, step_down_id: UUID, fields: Mapping[str, Any]) -> StepDown:
    """Set some fields of a step down. Raises NotFound."""
    return rows.change(session, StepDown, step_down_id, fields)
