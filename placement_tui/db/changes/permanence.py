"""Write permanence plans and their steps."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from placement_tui.db.changes import rows
from placement_tui.db.tables import PermanencePlan, PermanenceStep


def add(session: Session, columns: Mapping[str, Any]) -> PermanencePlan:
    """A new plan."""
    row = PermanencePlan(**columns)
    session.add(row)
    session.flush()
    return row


def change(session: Session, plan_id: UUID, fields: Mapping[str, Any]) -> PermanencePlan:
    """Set some fields of a plan. Raises NotFound."""
    return rows.change(session, PermanencePlan, plan_id, fields)


def add_step(session: Session, columns: Mapping[str, Any]) -> PermanenceStep:
    """A new step of a plan."""
    row = PermanenceStep(**columns)
    session.add(row)
    session.flush()
    return row


def change_step(session: Session, step_id: UUID, fields: Mapping[str, Any]) -> PermanenceStep:
    """Set some fields of a step. Raises NotFound."""
    return rows.change(session, PermanenceStep, step_id, fields)


def strike_step(session: Session, step_id: UUID, at: datetime) -> PermanenceStep:
    """A step that is not to be taken after all is struck out. Raises NotFound."""
    row = rows.get(session, PermanenceStep, step_id)
    row.struck_at = at
    return row
