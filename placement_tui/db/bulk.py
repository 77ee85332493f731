"""Bring in a history: many records and many changes at once, each at its own time, by its own officer.

The same journal as everywhere, without the unit of work: a million records cost minutes, and memory for one batch.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import cache
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import bindparam
from sqlalchemy.orm import Session
from sqlmodel import SQLModel

from placement_tui.db import journal
from placement_tui.db.tables import RECORDS


class Step(NamedTuple):
    """One operation to be: what happened when, by whom, to which record.

    `values` are the columns of a new record (`new`), those that have a default may be left out; or the columns that
    change. `command` and `intention` say of what larger thing it is a part.
    """

    at: datetime
    officer: UUID | None
    noun: str
    key: UUID
    values: dict[str, Any]
    new: bool
    command: str
    intention: UUID


def append(session: Session, steps: Sequence[Step]) -> None:
    """Insert and change records with one operation for each step, in the order given.

    A record must be new in this or an earlier step before it changes. Raises Refused where the session only reads or
    the store has no chain yet.
    """
    if not steps:
        return
    session.flush()
    here = journal.context(session)
    rows: dict[UUID, dict[str, Any]] = {}
    inserts: dict[str, list[dict[str, Any]]] = {}
    standing: dict[UUID, tuple[str, dict[str, Any]]] = {}  # what is left of a record's changes, the last value of each
    changes, marks = [], []
    for step in steps:
        if step.new:
            row = {**_defaults(step.noun), "id": step.key, **step.values}
            rows[step.key] = row
            inserts.setdefault(step.noun, []).append(row)
            fields = journal.first_fields(row)
        else:
            fields = {name: journal.plain(value) for name, value in step.values.items()}
            if step.key in rows:
                rows[step.key].update(step.values)
            else:
                standing.setdefault(step.key, (step.noun, {}))[1].update(step.values)
        changes.append((step.key, step.noun, fields, step.at, step.officer))
        marks.append((step.command, step.intention))
    journal.load_heads(session, here, standing)
    journal.insert_rows(session, inserts)
    later: dict[tuple[str, tuple[str, ...]], list[dict[str, Any]]] = {}
    for key, (noun, left) in standing.items():
        later.setdefault((noun, tuple(sorted(left))), []).append({_KEY: key, **left})
    for (noun, names), values in later.items():
        table = SQLModel.metadata.tables[noun]
        session.execute(
            table.update().where(table.c.id == bindparam(_KEY)).values({name: bindparam(name) for name in names}),
            values,
        )
    journal.write(session, changes, marks=marks)
    session.flush()


_KEY = "key_of_row"


@cache
def _defaults(noun: str) -> Mapping[str, Any]:
    fields = RECORDS[noun].model_fields
    return {
        name: field.get_default(call_default_factory=True) for name, field in fields.items() if not field.is_required()
    }
