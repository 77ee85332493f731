"""Settle a field with more than one value: one operation that names them all, with the value that stands."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from placement_tui.db import journal
from placement_tui.db.changes import rows


def settle(session: Session, noun: str, key: UUID, values: Mapping[str, Any]) -> None:
    """Let these values (as the journal keeps them) stand, also where one is what shows already. Raises NotFound."""
    here = journal.context(session)
    table = journal.table_of(noun)
    row = rows.get(session, table, key)
    journal.load_heads(session, here, [key])
    shown = {name: value for name, value in values.items() if journal.plain(getattr(row, name)) == value}
    for name, value in values.items():
        if name not in shown:
            setattr(row, name, journal.unplain(table, name, value))
    session.flush()
    if shown:
        journal.write(session, [(key, noun, shown, here.clock(), here.officer)])
