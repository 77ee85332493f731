"""Take an intention back: every field as it was before it, every record that it made struck out."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from placement_tui.db import journal
from placement_tui.db.columns import columns_of, officer, operation
from placement_tui.db.tables import RECORDS, Record
from placement_tui.domain.history import OperationRow
from placement_tui.errors import Conflict, Refused

NOT_UNDONE = frozenset({"officer", "device", "setting"})
_NAMES = {"referral_child": "child of a referral", "told": "person told"}


def undo(session: Session, ops: Sequence[OperationRow], at: datetime) -> None:
    """Undo the operations of one intention, the last first.

    Raises Conflict where somebody changed one of its fields since, or where other records stand on one that it made.
    """
    made = {op.key for op in ops if _creates(op)}
    for noun in {op.noun for op in ops} & NOT_UNDONE:
        raise Refused(f"A change of {noun} is not undone by one key", mend="change it back by its own command")
    here = journal.context(session)
    journal.load_heads(session, here, {op.key for op in ops})
    for op in ops:
        if not _creates(op):
            _check_heads(session, here, op, {each.id.hex for each in ops})
    for op in ops:
        if _creates(op):
            _check_bound(session, op, made)
    with session.no_autoflush:
        _take_back(session, ops, at)
    session.flush()


def _take_back(session: Session, ops: Sequence[OperationRow], at: datetime) -> None:
    for op in reversed(ops):
        row = session.get_one(RECORDS[op.noun], op.key)
        if _creates(op):
            row.struck_at = at
        else:
            for name in op.fields or ():
                setattr(row, name, _before(session, RECORDS[op.noun], op, name))


def _creates(op: OperationRow) -> bool:
    return "id" in (op.fields or {})


def _check_heads(session: Session, here: journal.Context, op: OperationRow, own: set[str]) -> None:
    for name in op.fields or ():
        heads = here.heads[op.key].get(name, [])
        later = [head for head in heads if head not in own]
        if later:
            by = session.execute(
                select(officer.c.initials, operation.c.at)
                .outerjoin(officer, officer.c.id == operation.c.officer_id)
                .where(operation.c.id == UUID(later[-1]))
            ).first()
            said = f"by {by.initials or 'somebody'} at {by.at:%H:%M}" if by else "since"
            words = "struck out" if name == "struck_at" else f"{name.replace('_', ' ')} was changed"
            raise Conflict(
                f"It cannot be undone: {words} {said}", mend="change it by hand: both values are in the history"
            )


def _check_bound(session: Session, op: OperationRow, made: set[UUID]) -> None:
    table = op.noun
    for other in RECORDS.values():
        columns = columns_of(other)
        for column in columns:
            if any(key.column.table.name == table for key in column.foreign_keys):
                query = select(columns.id).where(column == op.key, columns.struck_at.is_(None))
                bound = [key for key in session.execute(query).scalars() if key not in made]
                if bound:
                    noun = str(other.__tablename__)
                    raise Conflict(
                        f"It cannot be undone: {len(bound)} {_NAMES.get(noun, noun)}{'s' if len(bound) > 1 else ''} stand on it",
                        mend="undo those first",
                    )


def _before(session: Session, table: type[Record], op: OperationRow, name: str) -> Any:
    bases = op.base.get(name, [])
    if bases:
        rows = session.execute(
            select(operation.c.fields).where(operation.c.id.in_([UUID(base) for base in bases]))
            .order_by(operation.c.hlc.desc(), operation.c.device.desc(), operation.c.id.desc())
        ).scalars()  # fmt: skip
        for fields in rows:
            if fields is not None and name in fields:
                return journal.unplain(table, name, fields[name])
    return _empty(table, name)


def _empty(table: type[Record], name: str) -> Any:
    if columns_of(table)[name].nullable:
        return None
    return table.model_fields[name].get_default(call_default_factory=True)
