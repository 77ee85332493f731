"""Erase or anonymise records: the rows, and the values of their operations; the hashes stay, so that the chain holds.

Each record gets one more operation that says all that is left of it; the values of those before it are taken out, with
their salt, without which a digest cannot be guessed at. So a record is still the fold of its operations.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, null, select
from sqlalchemy.orm import Session
from sqlmodel import SQLModel

from placement_tui.db import journal
from placement_tui.db.changes import facts
from placement_tui.db.columns import columns_of, draft, operation
from placement_tui.db.reads.audit import SETS_SOMETHING
from placement_tui.db.reads.belonging import Belongings
from placement_tui.db.reads.referrals import chunks
from placement_tui.db.tables import RECORDS, Erasure, Local
from placement_tui.domain.retention import Way, anonymous


@dataclass(slots=True)
class Taken:
    """How much was taken out."""

    records: int = 0
    operations: int = 0
    keys: set[UUID] = field(default_factory=set)


def take(session: Session, found: Belongings, way: Way, now: datetime, shift: timedelta = timedelta()) -> Taken:
    """Take the values out of some records, by table, and out of their operations."""
    taken = Taken()
    for noun, keys in found.items():
        columns = columns_of(RECORDS[noun])
        for chunk in chunks(sorted(keys)):
            rows = [dict(row._mapping) for row in session.execute(select(*columns).where(columns.id.in_(chunk)))]
            left = {row["id"]: _left(noun, row, way, now, shift) for row in rows}
            restate(session, noun, left, taken)
    return taken


def restate(
    session: Session,
    noun: str,
    rows: Mapping[UUID, Mapping[str, Any]],
    taken: Taken,
    only: Collection[UUID] | None = None,
) -> None:
    """Let these be the whole of some records from now on, and take out the values of the operations before.

    `only` names the operations to take out, where others may stay.
    """
    here = journal.context(session)
    table = SQLModel.metadata.tables[noun]
    journal.load_heads(session, here, rows)
    for key, values in rows.items():
        session.execute(table.update().where(table.c.id == key).values(**values))
    before = select(operation.c.id).where(
        operation.c.key.in_(list(rows)), SETS_SOMETHING, operation.c.fields.is_not(None)
    )
    known = set(session.execute(before).scalars())
    whens = here.clock()
    changes = [
        (key, noun, {name: journal.plain(value) for name, value in values.items()}, whens, here.officer)
        for key, values in rows.items()
    ]
    journal.write(session, changes)
    goes = known if only is None else known & set(only)
    for chunk in chunks(sorted(goes)):
        session.execute(operation.update().where(operation.c.id.in_(chunk)).values(fields=null(), salt=""))
    taken.records += len(rows)
    taken.operations += len(goes)
    taken.keys |= set(rows)


def note(session: Session, kind: str, way: Way, why: str, subject: UUID | None, taken: Taken, now: datetime) -> None:
    """That it was done: how much and why, and nothing of what it was; figures that were worked out before go too."""
    facts.forget(session)
    session.add(
        Erasure(
            erased_at=now,
            officer_id=journal.context(session).officer,
            kind=kind,
            way=way,
            why=why,
            subject=subject,
            records=taken.records,
            operations=taken.operations,
        )
    )
    settled = session.get(Local, "conflicts")
    if settled is not None and any(UUID(key) in taken.keys for key in settled.value):
        settled.value = {key: noun for key, noun in settled.value.items() if UUID(key) not in taken.keys}
    session.flush()


def drop_drafts(session: Session, keys: Sequence[UUID]) -> None:
    """Forget half-typed forms."""
    for chunk in chunks(list(keys)):
        session.execute(draft.delete().where(draft.c.id.in_(chunk)))


def _left(noun: str, row: Mapping[str, Any], way: Way, now: datetime, shift: timedelta) -> dict[str, Any]:
    """Every column but the id, as it is from now on."""
    columns = columns_of(RECORDS[noun])
    left: dict[str, Any] = {}
    for name, value in row.items():
        if name == "id":
            continue
        column = columns[name]
        kept: Any = ...
        if way == "anonymise":
            kept = anonymous(noun, name, value, shift)
        elif column.foreign_keys and not column.nullable:
            kept = value
        if kept is ...:
            kept = _blank(column, name, noun, now)
        left[name] = kept
    if way == "erase":
        left["struck_at"] = now
    return left


def _blank(column: Any, name: str, noun: str, now: datetime) -> Any:
    """What stands where nothing may: None where the column takes it, else an empty value of its kind."""
    if column.nullable:
        return None
    default = RECORDS[noun].model_fields[name]
    kind = column.type.python_type
    if kind in (dict, list):
        return default.get_default(call_default_factory=True)
    if kind is datetime:
        return now
    if kind is date:
        return now.date()
    if kind in (int, float, bool):
        return 1 if _above_zero(column) else kind()
    return ""


def _above_zero(column: Any) -> bool:
    """True for a number that the table itself keeps above zero."""
    checks = [str(each.sqltext) for each in column.table.constraints if isinstance(each, CheckConstraint)]
    return any(f"{column.name} > 0" in check for check in checks)
