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
from placement_tui.db.reads.referrals import chunks
from placement_tui.db.tables import RECORDS, Record
from placement_tui.domain import policy
from placement_tui.domain import settings as names
from placement_tui.domain.history import OperationRow
from placement_tui.domain.typed_times import london
from placement_tui.errors import Conflict, Refused

NOT_UNDONE = frozenset({"officer", "device", "setting", "attempt"})
# What an import remembers goes with it, and what a council chooses is chosen again by the same key.
TAKEN_BACK = frozenset(names.setting_id(name) for name in (names.PROVIDER_COLUMNS, names.OFSTED_LISTS, *policy.STORED))
_NAMES = {"referral_child": "child of a referral", "told": "person told"}


def undo(session: Session, ops: Sequence[OperationRow], at: datetime) -> None:
    """Undo the operations of one intention, the last first; an import's thousands in a few statements.

    Raises Conflict where somebody changed one of its fields since, or where other records stand on one that it made;
    Refused for an erasure, for what was erased since, and for officers and settings, which have commands of their own.
    """
    if any(op.noun == "erasure" for op in ops):
        raise Refused("What was erased cannot be brought back", "its values are nowhere any more")
    if any(op.away for op in ops):
        raise Refused(
            "It cannot be undone here: its referral was closed since",
            "what it changed is kept at the council",
            "undo it there",
        )
    if any(op.fields is None for op in ops):
        raise Refused("It cannot be undone: what it changed was erased since")
    for noun in {op.noun for op in ops if op.key not in TAKEN_BACK} & NOT_UNDONE:
        raise Refused(f"A change of {noun} is not undone by one key", mend="change it back by its own command")
    here = journal.context(session)
    journal.load_heads(session, here, {op.key for op in ops})
    own = {op.id.hex for op in ops}
    for op in ops:
        _check_heads(session, here, op, own)
    with session.no_autoflush:
        _take_back(session, ops, at)
    session.flush()
    _check_bound(
        session, ops
    )  # after it: what the intention had only turned to its new records stands on the old again


def _take_back(session: Session, ops: Sequence[OperationRow], at: datetime) -> None:
    here, own = journal.context(session), {op.id.hex for op in ops}
    rows = _rows(session, ops)
    replaced = _replaced(session, ops)
    for op in reversed(ops):
        row = rows[op.key]
        if _creates(op):
            row.struck_at = at
        else:
            for name in op.fields or ():
                beside = here.beside(op.key, name, own)
                before = _before(replaced, RECORDS[op.noun], op, name)
                setattr(row, name, journal.unplain(RECORDS[op.noun], name, beside[0]) if beside else before)


def _creates(op: OperationRow) -> bool:
    return "id" in (op.fields or {})


def _rows(session: Session, ops: Sequence[OperationRow]) -> dict[UUID, Record]:
    by_noun: dict[str, set[UUID]] = {}
    for op in ops:
        by_noun.setdefault(op.noun, set()).add(op.key)
    rows: dict[UUID, Record] = {}
    for noun, keys in by_noun.items():
        table = RECORDS[noun]
        for chunk in chunks(sorted(keys)):
            rows |= {row.id: row for row in session.scalars(select(table).where(columns_of(table).id.in_(chunk)))}
    return rows


def _check_heads(session: Session, here: journal.Context, op: OperationRow, own: set[str]) -> None:
    """Refuse where a field says something else since; of a record that the operation made, where any field does."""
    known: dict[str, Any] = {}
    for name in here.heads[op.key] if _creates(op) else op.fields or ():
        heads = here.heads[op.key].get(name, [])
        if op.id.hex in heads:  # nobody built on it: another head is what a colleague said without having read it
            continue
        later = [head for head in heads if head not in own]
        if later and not known:
            c = operation.c
            found = session.execute(select(c.id, c.intention, c.undoes, c.fields, c.base).where(c.key == op.key))
            known = {row.id.hex: row for row in found}
        later = [head for head in later if not _puts_back(known, head, name, own, _creates(op))]
        if later:
            raise _since(session, here, later[-1], name, _creates(op))


def _since(session: Session, here: journal.Context, head: str, name: str, made: bool) -> Conflict:
    """The refusal, with what was done since, by whom and when."""
    by = session.execute(
        select(officer.c.initials, operation.c.at, operation.c.command)
        .outerjoin(officer, officer.c.id == operation.c.officer_id)
        .where(operation.c.id == UUID(head))
    ).first()
    if by is None:
        return Conflict(f"It cannot be undone: {name.replace('_', ' ')} was changed since")
    at = by.at.astimezone(london())
    on = "" if at.date() == here.clock().astimezone(london()).date() else f" on {at:%d/%m/%Y}"
    who = f"by {by.initials or 'somebody'} at {at:%H:%M}{on}"
    if made and name != "struck_at":
        return Conflict(
            f"It cannot be undone: “{by.command}” came after it, {who}", mend="that is undone first, by who did it"
        )
    words = "struck out" if name == "struck_at" else f"{name.replace('_', ' ')} was changed"
    return Conflict(f"It cannot be undone: {words} {who}", mend="change it by hand: both values are in the history")


def _puts_back(known: dict[str, Any], head: str, name: str, own: set[str], made: bool) -> bool:
    """True where an operation only took back what came after `own`, so that what `own` said stands again.

    Where `own` made the record, that may be nothing: a field set later and emptied again.
    """
    while head not in own:
        row = known.get(head)
        if row is None or row.undoes is None:
            return False
        undone = [each for each in known.values() if each.intention == row.undoes and name in (each.fields or {})]
        taken, stood = {each.id.hex for each in undone}, row.base.get(name, ())
        beside = [base for base in stood if base not in taken] if taken & set(stood) else []  # a colleague's value
        bases = beside or [base for each in undone for base in each.base.get(name, ())]
        if made and undone and not bases:
            return True
        if len(bases) != 1 or bases[0] == head:
            return False
        head = bases[0]
    return True


def _check_bound(session: Session, ops: Sequence[OperationRow]) -> None:
    made: dict[str, list[UUID]] = {}
    turned: set[tuple[str, str, UUID]] = set()  # what the intention turned to its new records turns back with it
    for op in ops:
        if _creates(op):
            made.setdefault(op.noun, []).append(op.key)
        else:
            turned |= {(op.noun, name, op.key) for name in op.fields or ()}
    own = {key for keys in made.values() for key in keys}
    for noun, keys in made.items():
        for standing, column in _referring(noun):
            bound = 0
            for chunk in chunks(keys):
                columns = column.table.c
                query = select(columns.id).where(column.in_(chunk), columns.struck_at.is_(None))
                bound += sum(
                    1
                    for key in session.execute(query).scalars()
                    if key not in own and (standing, column.name, key) not in turned
                )
            if bound:
                raise Conflict(
                    f"It cannot be undone: {bound} {_NAMES.get(standing, standing)}{'s stand' if bound > 1 else ' stands'} on it",
                    mend="undo those first",
                )


def _referring(noun: str) -> list[tuple[str, Any]]:
    """The columns that refer to a table, each with the name of its own."""
    return [
        (name, column)
        for name, other in RECORDS.items()
        for column in columns_of(other)
        if any(key.column.table.name == noun for key in column.foreign_keys)
    ]


def _replaced(session: Session, ops: Sequence[OperationRow]) -> dict[str, tuple[tuple[int, str, str], dict[str, Any]]]:
    """The operations that those of `ops` replace: each its place in the order, and its fields."""
    keys = {UUID(base) for op in ops if not _creates(op) for bases in op.base.values() for base in bases}
    c = operation.c
    found: dict[str, tuple[tuple[int, str, str], dict[str, Any]]] = {}
    for chunk in chunks(sorted(keys)):
        for row in session.execute(select(c.id, c.device, c.hlc, c.fields).where(c.id.in_(chunk))):
            found[row.id.hex] = ((row.hlc, row.device.hex, row.id.hex), row.fields or {})
    return found


def _before(
    replaced: dict[str, tuple[tuple[int, str, str], dict[str, Any]]], table: type[Record], op: OperationRow, name: str
) -> Any:
    said = [replaced[base] for base in op.base.get(name, ()) if base in replaced and name in replaced[base][1]]
    if len(said) > 1:  # it settled two values: the other one comes back
        said = [each for each in said if each[1][name] != (op.fields or {}).get(name)] or said
    if said:
        return journal.unplain(table, name, max(said, key=lambda each: each[0])[1][name])
    return _empty(table, name)


def _empty(table: type[Record], name: str) -> Any:
    if columns_of(table)[name].nullable:
        return None
    return journal.unsaid(table, name)
