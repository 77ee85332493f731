"""The row to change, and changing it: what every noun's writes share."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy.orm import Session

from placement_tui.db import heads
from placement_tui.db.tables import Record
from placement_tui.errors import NotFound

R = TypeVar("R", bound=Record)


def get(session: Session, table: type[R], key: UUID) -> R:
    """The row to change. Raises NotFound where there is none, or it was struck out."""
    row = session.get(table, key)
    if row is None or row.struck_at is not None:
        noun = str(table.__tablename__).replace("_", " ")
        raise NotFound(f"There is no such {noun}", mend="it may have been undone")
    return row


def change(session: Session, table: type[R], key: UUID, fields: Mapping[str, Any]) -> R:
    """Set some fields of a row; those that are as they were are left alone, and so is what a colleague changed in a
    field that the officer did not touch since they read it. Raises NotFound.
    """
    row = get(session, table, key)
    theirs = heads.left_alone(session, key, fields)
    for name, value in fields.items():
        if name not in theirs and getattr(row, name) != value:
            setattr(row, name, value)
    return row
