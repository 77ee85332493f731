"""Every change in the same transaction: who, when, what, what it replaces, chained by hash.

It hangs on the session: whatever a writing session flushes becomes operations, so that no service can forget it. A
session without a context refuses to flush a record at all.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import event, inspect
from sqlalchemy.orm import Session
from sqlmodel import SQLModel

from placement_tui.db.columns import columns_of, names_of, operation
from placement_tui.db.heads import CONTEXT, note_conflicts, unseen
from placement_tui.db.heads import Context as Context
from placement_tui.db.heads import context as context
from placement_tui.db.heads import load_heads as load_heads
from placement_tui.db.heads import ops_of as ops_of
from placement_tui.db.heads import plain as plain
from placement_tui.db.tables import RECORDS, Local, Operation, Record
from placement_tui.domain.identifiers import new_id
from placement_tui.domain.operations import GENESIS, chain_hash, content_digest, same
from placement_tui.errors import Refused

CHAIN = "chain"


def attach(session: Session, here: Context) -> None:
    """Make `session` journal what it flushes."""
    session.info[CONTEXT] = here
    event.listen(session, "before_flush", _before_flush)


def unplain(table: type[Record], name: str, value: Any) -> Any:
    """The column's value that `plain` made from it."""
    if value is None:
        return None
    kind = columns_of(table)[name].type.python_type
    if kind is UUID:
        return UUID(value)
    if kind is datetime:
        return datetime.fromisoformat(value)
    if kind is date:
        return date.fromisoformat(value)
    return value


def _before_flush(session: Session, _flush: object, _instances: object) -> None:
    if any(isinstance(row, Record | Operation) for row in session.deleted):
        raise Refused("Records are struck out, never deleted")
    changes: list[tuple[Record, dict[str, Any]]] = [
        (row, created(row)) for row in session.new if isinstance(row, Record)
    ]
    changes += [(row, fields) for row in session.dirty if isinstance(row, Record) and (fields := _changed(row))]
    if not changes:
        return
    here = context(session)
    made = {row.id for row in session.new if isinstance(row, Record)}
    with session.no_autoflush:
        load_heads(session, here, [row.id for row, _ in changes if row.id not in made])
        write(
            session, [(row.id, str(row.__tablename__), fields, here.clock(), here.officer) for row, fields in changes]
        )


def created(row: Record) -> dict[str, Any]:
    """What the first operation of a record says: its id, which marks it as the first, and every field not empty."""
    return first_fields({name: getattr(row, name) for name in names_of(type(row))})


def first_fields(values: Mapping[str, Any]) -> dict[str, Any]:
    """The fields of a first operation, of a record's columns by name."""
    return {name: plain(value) for name, value in values.items() if value or value is False or value == 0}


def unsaid(table: type[Record], name: str) -> Any:
    """What stands in a column of which no operation says anything: its own value, else an empty one of its kind.

    A first operation leaves empty fields out, those too that have no value of their own: a child without our own number.
    """
    field, column = table.model_fields[name], columns_of(table)[name]
    value = None if field.is_required() else field.get_default(call_default_factory=True)
    if value is not None or column.nullable:
        return value
    kind = column.type.python_type
    return "" if kind is object else kind()  # a text of the models says no kind


def _changed(row: Record) -> dict[str, Any]:
    state = inspect(row)
    fields = {}
    for attribute in state.attrs:
        history = attribute.history
        if history.has_changes() and (not history.deleted or history.deleted[0] != attribute.value):
            fields[attribute.key] = plain(attribute.value)
    return fields


def write(
    session: Session,
    changes: Sequence[tuple[UUID, str, dict[str, Any], datetime, UUID | None]],
    *,
    marks: Sequence[tuple[str, UUID]] | None = None,
) -> None:
    """Append one operation for each change (key, noun, fields, time, officer) to this device's chain.

    `marks` gives each change its own command and intention, where a history is brought in.
    """
    here = context(session)
    chain = session.get(Local, CHAIN)
    if chain is None:
        raise Refused("This store has no device of its own yet")
    device, sequence, previous, hlc = (
        UUID(chain.value["device"]),
        chain.value["sequence"],
        chain.value["hash"],
        chain.value["hlc"],
    )
    rows = []
    command, intention = here.command, here.intention
    for number, (key, noun, fields, at, officer) in enumerate(changes):
        if marks is not None:
            command, intention = marks[number]
        op = new_id()
        sequence += 1
        hlc = max(hlc + 1, int(at.timestamp() * 1000) << 16)
        heads = here.heads.setdefault(key, {})
        base, after = {}, {}
        for name in fields:
            later = unseen(here, key, name)
            known = [head for head in heads.get(name, ()) if head not in later]
            if later and name in here.was[key]:
                known = list(dict.fromkeys([*here.was[key][name].heads, *known]))
            if known:
                base[name] = known
            after[name] = [*later, op.hex]
            if later and not same(fields[name], here.shown[key].get(name)):
                here.clashes.add(key)
                here.split[key] = noun
        heads.update(after)
        here.own.add(op.hex)
        if key in here.shown:
            here.shown[key].update(fields)
        if key in here.split:
            here.split[key] = noun
        salt = secrets.token_hex(16)
        digest = content_digest(fields, salt)
        row = {
            "id": op,
            "device": device,
            "sequence": sequence,
            "hlc": hlc,
            "at": at,
            "officer_id": officer,
            "command": command,
            "intention": intention,
            "undoes": here.undoes,
            "noun": noun,
            "key": key,
            "fields": fields,
            "base": base,
            "salt": salt,
            "digest": digest,
        }
        previous = row["hash"] = chain_hash(previous, header(row), digest)
        rows.append(row)
        here.touched.setdefault(noun, set()).add(key)
    session.execute(operation.insert(), rows)
    if here.split:
        note_conflicts(session, here)
    chain.value = {"device": device.hex, "sequence": sequence, "hash": previous, "hlc": hlc}


def header(row: dict[str, Any]) -> list[Any]:
    """What the chain binds of an operation besides its values."""
    return [
        plain(row[name])
        for name in (
            "id",
            "device",
            "sequence",
            "hlc",
            "at",
            "officer_id",
            "command",
            "intention",
            "undoes",
            "noun",
            "key",
            "base",
        )
    ]


def add_all(
    session: Session, rows: Sequence[Record], *, whens: Sequence[tuple[datetime, UUID | None]] | None = None
) -> None:
    """Insert many new records and their operations at once; the same journal, without the unit of work.

    `whens` gives each row its own time and officer, where a history is brought in.
    """
    if not rows:
        return
    session.flush()
    here = context(session)
    now = here.clock()
    by_table: dict[type[Record], list[dict[str, Any]]] = {}
    changes = []
    for number, row in enumerate(rows):
        table = type(row)
        columns = columns_of(table).keys()
        by_table.setdefault(table, []).append({name: getattr(row, name) for name in columns})
        at, officer = whens[number] if whens else (now, here.officer)
        changes.append((row.id, str(table.__tablename__), created(row), at, officer))
    insert_rows(session, {str(table.__tablename__): values for table, values in by_table.items()})
    write(session, changes)
    session.flush()


def insert_rows(session: Session, by_noun: Mapping[str, Sequence[Mapping[str, Any]]]) -> None:
    """Insert whole rows without their operations, those first that others refer to; only beside `write`."""
    for table in SQLModel.metadata.sorted_tables:
        if rows := by_noun.get(table.name):
            session.execute(table.insert(), rows)


def start_chain(session: Session, device: UUID) -> None:
    """Give the store its device and an empty chain; the first thing that a new store writes."""
    session.add(Local(name=CHAIN, value={"device": device.hex, "sequence": 0, "hash": GENESIS, "hlc": 0}))
    session.flush()


def table_of(noun: str) -> type[Record]:
    """The table that carries a noun."""
    return RECORDS[noun]
