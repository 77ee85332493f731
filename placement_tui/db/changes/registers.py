"""Write the registers: orders that deprive of liberty, unregistered homes, supported accommodation, kinship."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from placement_tui.db.changes import rows
from placement_tui.db.tables import Deprivation, Kinship, Placement, Unregistered

Entry = Deprivation | Unregistered | Kinship
TABLES: dict[str, type[Entry]] = {"dol": Deprivation, "unregistered": Unregistered, "kinship": Kinship}
_OVER = {"dol": "ended_at", "unregistered": "closed_at", "kinship": "closed_at"}


def add(session: Session, register: str, columns: Mapping[str, Any]) -> Entry:
    """A new entry of a register."""
    row = TABLES[register](**columns)
    session.add(row)
    session.flush()
    return row


def get(session: Session, register: str, entry_id: UUID) -> Entry:
    """The entry to change. Raises NotFound."""
    return rows.get(session, TABLES[register], entry_id)


def change(session: Session, register: str, entry_id: UUID, fields: Mapping[str, Any]) -> Entry:
    """Set some fields of an entry; those that are as they were are left alone. Raises NotFound."""
    return rows.change(session, TABLES[register], entry_id, fields)


def close(session: Session, register: str, entry_id: UUID, at: datetime) -> Entry:
    """An entry is over: kept, and off the open list. Raises NotFound."""
    return change(session, register, entry_id, {_OVER[register]: at})


def change_supported(session: Session, placement_id: UUID, fields: Mapping[str, Any]) -> Placement:
    """Set the category and the checks of a placement in supported accommodation. Raises NotFound."""
    return rows.change(session, Placement, placement_id, fields)
