"""Write what only the regional census asks of a placement and its child."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from placement_tui.db.changes import rows
from placement_tui.db.tables import Child, Placement


def say(session: Session, placement_id: UUID, fields: dict[str, Any]) -> Placement:
    """Set some fields of a placement. Raises NotFound."""
    return rows.change(session, Placement, placement_id, fields)


def say_child(session: Session, child_id: UUID, fields: dict[str, Any]) -> Child:
    """Set some fields of a child. Raises NotFound."""
    return rows.change(session, Child, child_id, fields)
