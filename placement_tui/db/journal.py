"""Every change in the same transaction: who, when, what, what it replaces, chained by hash.

It hangs on the session: whatever a writing session flushes becomes operations, so that no service can forget it. A
session without a context refuses to flush a record at all.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import event, inspect, select
from sqlalchemy.orm import Session
from sqlmodel import SQLModel

from placement_tui.db.columns import columns_of, names_of, operation
from placement_tui.db.tables import RECORDS, Local, Operation, Record
from placement_tui.domain.identifiers import new_id
from placement_tui.domain.operations import GENESIS, Op, chain_hash, content_digest, fold
from placement_tui.errors import Refused

CHAIN = "chain"
_AS_IT_IS = frozenset({str, int, float, bool, list, dict, type(None)})
_KEY = "journal"
_CHUNK = 500


@dataclass(slots=True)
class Context:
    """Who changes something, by what command, at what time; one for each transaction."""

    officer: UUID | None
    command: str
    clock: Callable[[], datetime]
    undoes: UUID | None = None
    intention: UUID = field(default_factory=new_id)
    heads: dict[UUID, dict[str, list[str]]] = field(default_factory=dict)
    touched: dict[str, set[UUID]] = field(default_factory=dict)


def attach(session: Session, context: Context) -> None:
    """Make `session` journal what it flushes."""
    session.info[_KEY] = context
    event.listen(session, "before_flush", _before_flush)


def context(session: Session) -> Context:
    """The context of a writing session. Raises Refused for a session that may not write."""
    found = session.info.get(_KEY)
    if not isinstance(found, Context):
        raise Refused("This only reads", mend="changes go through a writing session")
    return found


def plain(value: Any) -> Any:
    """A column's value as JSON keeps it: ids as hex, times as UTC text, dates as text."""
    if type(value) in _AS_IT_IS:
        return value
    if isinstance(value, UUID):
        return value.hex
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    if isinstance(value, date):
        return value.isoformat()
    return value


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


def _changed(row: Record) -> dict[str, Any]:
    state = inspect(row)
    fields = {}
    for attribute in state.attrs:
        history = attribute.history
        if history.has_changes() and (not history.deleted or history.deleted[0] != attribute.value):
            fields[attribute.key] = plain(attribute.value)
    return fields


def load_heads(session: Session, here: Context, keys: Iterable[UUID]) -> None:
    """Learn what the operations so far of these records leave standing, to name what a change replaces."""
    missing = [key for key in dict.fromkeys(keys) if key not in here.heads]
    for start in range(0, len(missing), _CHUNK):
        chunk = missing[start : start + _CHUNK]
        found: dict[UUID, list[Op]] = {key: [] for key in chunk}
        for key, op in ops_of(session, chunk):
            found[key].append(op)
        for key, ops in found.items():
            here.heads[key] = {name: list(state.heads) for name, state in fold(ops).items()}


def ops_of(session: Session, keys: Sequence[UUID]) -> list[tuple[UUID, Op]]:
    """The operations of some records, as the fold takes them."""
    c = operation.c
    rows = session.execute(select(c.key, c.id, c.device, c.hlc, c.fields, c.base).where(c.key.in_(keys)))
    return [(key, Op(op.hex, device.hex, hlc, fields, base)) for key, op, device, hlc, fields, base in rows]


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
        base = {name: heads[name] for name in fields if heads.get(name)}
        heads.update({name: [op.hex] for name in fields})
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
