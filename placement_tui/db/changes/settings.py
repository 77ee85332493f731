"""Write settings, officers and the imported areas."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from placement_tui.db import journal
from placement_tui.db.tables import Device, Officer, Setting
from placement_tui.domain.officers import initials_of
from placement_tui.domain.settings import setting_id


def put(session: Session, name: str, value: Any) -> None:
    """Set one of the council's own choices."""
    row = session.get(Setting, setting_id(name))
    if row is None:
        session.add(Setting(id=setting_id(name), name=name, value=value))
    elif row.value != value or row.struck_at is not None:
        row.value = value
        row.struck_at = None


def add_officer(session: Session, key: UUID, name: str, role: str) -> Officer:
    """A new officer; the key is that of the slot that opens the store for them."""
    row = Officer(id=key, name=name, initials=initials_of(name), role=role)
    session.add(row)
    return row


def first_device(session: Session, name: str, letter: str = "") -> Device:
    """The store's own device and the start of its chain; the first thing that a new store writes."""
    row = Device(name=name, letter=letter)
    journal.start_chain(session, row.id)
    session.add(row)
    return row
