"""Every row of a store carried to another engine, and the proof that all of them arrived as they were.

The rows of each table are counted, and a sum is made of the hashes of their values, on the side that gives and, read
again, on the side that took.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from threading import get_ident
from typing import Any

from sqlalchemy import JSON, Connection, Table, bindparam, column, insert, select
from sqlmodel import SQLModel

from placement_tui.db import backups, private, slots, tables
from placement_tui.db.columns import local
from placement_tui.db.connecting import connect
from placement_tui.db.engine import Session, Store
from placement_tui.db.journal import CHAIN, plain
from placement_tui.errors import Refused, StoreDamaged
from placement_tui.paths import keys_path, lock_path, put_aside, server_of

ROWS = 1_000  # at a time
Sums = dict[str, tuple[int, str]]  # of each table: how many rows, the sum of their hashes
_ALL = 1 << 256


def to_file(store: Store, part: Path) -> Sums:
    """A new encrypted file with everything that a store on a server holds, under the same key. Raises StoreDamaged."""
    from placement_tui.db import migrate, stores

    keys_path(part).unlink(missing_ok=True)
    stores.create(part, store.data_key)
    os.close(os.open(keys_path(part), os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    made = Store(part, store.data_key, clock=store.clock)
    try:
        migrate.migrate(made, copy=False)
        with made.maintain() as connection:
            bare = connection.connection.driver_connection
            bare.execute("PRAGMA foreign_keys=OFF")
            with connection.begin(), store.read() as session:
                sums = carry(session, connection)
        with made.read() as session:
            refuse_other(sums, sums_of(session))
    finally:
        made.close()
    raw = connect(part, store.data_key, query_only=False)
    try:
        raw.execute("PRAGMA journal_mode=DELETE")  # a copy is read where nothing can be written
    finally:
        raw.close()
    lock_path(part).unlink(missing_ok=True)
    return sums


def move(store: Store, target: Path) -> Sums:
    """Carry a store to another engine under the same key and device, and put the old one aside: it is worked in no more.

    Nobody writes meanwhile. Raises Refused where the target is of the same engine or taken, StoreDamaged where it did
    not arrive as it was; the old store then stands as it stood.
    """
    to_server = server_of(target) is not None
    if to_server == store.server:
        raise Refused(
            "A move is from a file to a server, or back", f"{store.where} and {target} are of one kind",
            "a copy of the same kind is made by: placement backup, placement restore",
        )  # fmt: skip
    return _to_server(store, target) if to_server else _off_server(store, target)


def onto_server(store: Store, target: Path) -> Store:
    """Everything that a store in a file holds in an empty database of a server, compared; gives it open.

    Raises Refused where the database holds a store already, StoreDamaged where a table did not arrive as it was; then
    nothing of it stays.
    """
    made, _ = _carried(store, target)
    return made


def _carried(store: Store, target: Path) -> tuple[Store, Sums]:
    from placement_tui.db import stores

    stores.create(target, store.data_key)
    made = stores.at(target, store.data_key, clock=store.clock, way=store.way)
    try:
        with store.read() as session, made.maintain() as connection, connection.begin():
            connection.exec_driver_sql("SET CONSTRAINTS ALL DEFERRED")
            sums = carry(session, connection)
            refuse_other(sums, sums_of(connection))
        slots.save(target, slots.read(store.path), keys_path(target))
    except BaseException:
        made.close()
        stores.discard(target)
        raise
    return made, sums


def _to_server(store: Store, target: Path) -> Sums:
    with store.maintain() as queued:
        made, sums = _carried(store, target)
        made.close()
        queued.execute(local.insert(), _moved(made))
        queued.commit()
        store.checkpoint()  # else the file that is put aside lacks what is only in the log, the note that it moved too
        for end in (".keys", "-wal", "-shm", ""):
            with suppress(FileNotFoundError):
                store.path.with_name(store.path.name + end).rename(put_aside(store.path, end))
    store.close()
    return sums


def _off_server(store: Store, target: Path) -> Sums:
    backups.refuse_occupied(target)
    private.check_folder(target.parent)
    part = target.with_name(f"{target.name}.{os.getpid()}.part")
    try:
        with store.maintain() as queued, queued.begin():
            queued.execute(select(local.c.value).where(local.c.name == CHAIN).with_for_update())
            sums = to_file(store, part)
            slots.copy(store.path, part)
            raw = connect(part, store.data_key, query_only=False)
            try:
                raw.execute("PRAGMA journal_mode=WAL")
            finally:
                raw.close()
            os.replace(keys_path(part), keys_path(target))
            os.replace(part, target)
            queued.execute(local.insert(), _moved(Store(target, store.data_key)))
    finally:
        backups.remove(part)
    return sums


def _moved(to: Store) -> dict[str, Any]:
    return {"name": backups.MARK, "value": {"moved to": to.where if to.server else str(to.path.absolute())}}


def opened_copy(store: Store) -> Any:
    """A connection of the file's driver to a fresh copy of a store on a server, which is gone when it is closed."""
    part = store.path.with_name(f"copy.{os.getpid()}.{get_ident()}.part")
    try:
        to_file(store, part)
        return connect(part, store.data_key, query_only=True)
    finally:
        for each in (part, keys_path(part), lock_path(part)):
            with suppress(
                OSError
            ):  # where an open file cannot be removed, it goes with the next copies that were left over
                each.unlink(missing_ok=True)


def carry(session: Session, target: Connection) -> Sums:
    """Every row of the store that is read into the empty tables of the target; what was read, counted and summed."""
    assert tables.RECORDS, "the tables must be known before they are carried"
    found: Sums = {}
    for table in SQLModel.metadata.sorted_tables:
        count, total, into = 0, 0, _insert(table)
        batch: list[dict[str, Any]] = []
        for row in _rows(session, table):
            count, total = count + 1, (total + _hash(row)) % _ALL
            batch.append(row)
            if len(batch) >= ROWS:
                target.execute(into, batch)
                batch = []
        if batch:
            target.execute(into, batch)
        found[table.name] = (count, f"{total:064x}")
    return found


def sums_of(session: Session | Connection) -> Sums:
    """The rows of every table, counted and summed."""
    found: Sums = {}
    for table in SQLModel.metadata.sorted_tables:
        count, total = 0, 0
        for row in _rows(session, table):
            count, total = count + 1, (total + _hash(row)) % _ALL
        found[table.name] = (count, f"{total:064x}")
    return found


def refuse_other(given: Sums, taken: Sums) -> None:
    """Raises StoreDamaged where a table did not arrive as it was."""
    for name, (count, total) in given.items():
        there = taken.get(name, (0, ""))
        if there != (count, total):
            what = f"{there[0]:,} of {count:,} rows" if there[0] != count else "rows of other values"
            raise StoreDamaged(f"The table {name} did not arrive as it was", what, "nothing was changed: try again")


def _insert(table: Table) -> Any:
    """Puts rows in; what an erased operation said is nothing at all, not the JSON word for it."""
    nothing = {each.name: bindparam(each.name, type_=JSON(none_as_null=True)) for each in table.columns
               if isinstance(each.type, JSON) and each.nullable}  # fmt: skip
    return insert(table).values({each.name: bindparam(each.name, type_=each.type) for each in table.columns} | nothing)


def _rows(session: Session | Connection, table: Table) -> Iterator[dict[str, Any]]:
    """A table's rows, the journal's in the order in which they arrived."""
    query = select(table).order_by(column("rowid")) if table.name == "operation" else select(table)
    for row in session.execute(query.execution_options(yield_per=ROWS)):
        yield dict(row._mapping)


def _hash(row: dict[str, Any]) -> int:
    values = [(name, value.hex() if isinstance(value, bytes) else plain(value)) for name, value in sorted(row.items())]
    return int.from_bytes(sha256(json.dumps(values, sort_keys=True).encode()).digest())
