"""Open an encrypted store: keys, PRAGMAs, reading and writing.

A `Store` hands out two kinds of session. `read()` cannot change anything. `write()` queues at a fair lock, begins with
BEGIN IMMEDIATE, and journals every change of a record in the same transaction (`placement_tui.db.journal`).
"""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import sqlcipher3.dbapi2 as sqlcipher
from sqlalchemy import Engine, create_engine, event, text
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.orm import Session as Session
from sqlalchemy.pool import QueuePool

from placement_tui.db import journal, slots
from placement_tui.errors import NotFound, PlacementError, Refused, StoreDamaged
from placement_tui.paths import keys_path, lock_path, on_network

SAFE_WAL = (3, 51, 3)  # before it, several processes on one WAL file can lose committed pages
PRAGMAS = (
    "PRAGMA synchronous=FULL",
    "PRAGMA busy_timeout=10000",
    "PRAGMA foreign_keys=ON",
    "PRAGMA recursive_triggers=ON",
    "PRAGMA temp_store=MEMORY",
    "PRAGMA trusted_schema=OFF",
)


class Store:
    """One open store. `demo` is true for a demonstration team, which every screen says."""

    def __init__(
        self, path: Path, key: bytes, *, demo: bool = False, clock: Callable[[], datetime] | None = None
    ) -> None:
        self.path, self.demo = path, demo
        self.clock = clock or _now
        self._key = key
        self._reader = self._engine("BEGIN", query_only=True)
        self._writer = self._engine("BEGIN IMMEDIATE", query_only=False)

    def __repr__(self) -> str:
        return f"Store({self.path.name!r})"

    @contextmanager
    def read(self) -> Iterator[Session]:
        """A session that sees one state of the store and cannot change it. Raises StoreDamaged."""
        with told(self.path), Session(self._reader, expire_on_commit=False) as session:
            yield session

    @contextmanager
    def write(self, officer: UUID | None, command: str, *, undoes: UUID | None = None) -> Iterator[Session]:
        """One transaction with its journal rows; committed when the block ends, or nothing of it stands.

        Raises Refused where the disk is full or read-only or another writer holds the store for ten seconds.
        """
        with told(self.path), _queue(self.path), Session(self._writer, expire_on_commit=False) as session:
            journal.attach(session, journal.Context(officer, command, self.clock, undoes))
            with session.begin():
                yield session

    @contextmanager
    def maintain(self) -> Iterator[Any]:
        """A bare connection under the writers' lock, for migrations and copies."""
        with told(self.path), _queue(self.path), self._writer.connect() as connection:
            yield connection

    def raw(self) -> Any:
        """A connection of the driver's own, reading only; the caller closes it."""
        return self._connect(query_only=True)

    def close(self) -> None:
        """Let go of the file. Safe to call twice."""
        self._reader.dispose()
        self._writer.dispose()

    def _connect(self, *, query_only: bool) -> Any:
        connection = sqlcipher.connect(str(self.path), isolation_level=None, check_same_thread=False, timeout=10)
        try:
            connection.execute("PRAGMA cipher_log_level=NONE")
            connection.execute(f"PRAGMA key=\"x'{self._key.hex()}'\"")
            connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
            for pragma in PRAGMAS:
                connection.execute(pragma)
            if query_only:
                connection.execute("PRAGMA query_only=ON")
        except BaseException:
            connection.close()
            raise
        return connection

    def _engine(self, begin: str, *, query_only: bool) -> Engine:
        engine = create_engine(
            "sqlite://",
            module=sqlcipher,
            creator=lambda: self._connect(query_only=query_only),
            poolclass=QueuePool,
            pool_size=3,
            max_overflow=8,
            hide_parameters=True,  # a child's data never stands in an error
        )
        event.listen(engine, "begin", lambda connection: connection.exec_driver_sql(begin))
        return engine


def create(path: Path, key: bytes) -> None:
    """Make the empty encrypted file, in WAL mode, private to its owner (and to the folder's group where that is shared).

    Raises Refused where a store or its keys are there already or the place will not do.
    """
    share = on_network(path.parent)
    if share:
        raise Refused(
            f"A store cannot lie on {share}", str(path.parent), "use a local disk: officers reach it over SSH"
        )
    if path.exists():
        raise Refused("There is a store already", str(path), "open it, or name another file with --store")
    if keys_path(path).exists():  # written over, it would lock the store that it belongs to for ever
        raise Refused(
            "The keys of another store lie there",
            str(keys_path(path)),
            "put its store back beside them, move them to where they belong, or name another file with --store",
        )
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        shared = bool(path.parent.stat().st_mode & 0o2000)
        os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
        os.chmod(path, 0o660 if shared else 0o600)
    except OSError as cause:
        raise Refused(
            f"The store cannot be made at {path}", cause.strerror or str(cause), "choose a folder that you may write to"
        ) from None
    connection = sqlcipher.connect(str(path), isolation_level=None)
    try:
        with told(path):
            connection.execute("PRAGMA cipher_log_level=NONE")
            connection.execute(f"PRAGMA key=\"x'{key.hex()}'\"")
            safe = tuple(int(part) for part in sqlcipher.sqlite_version.split(".")) >= SAFE_WAL
            connection.execute(f"PRAGMA journal_mode={'WAL' if safe else 'DELETE'}")
            connection.execute("CREATE TABLE made (at TEXT)")
            connection.execute("DROP TABLE made")
    except PlacementError:
        path.unlink(missing_ok=True)
        raise
    finally:
        connection.close()


def open_store(
    path: Path, name: str | None, passphrase: str | None, clock: Callable[[], datetime] | None = None
) -> tuple[Store, UUID | None]:
    """Unlock and open the store at `path`; gives it with the officer whose slot opened it (None for a demonstration).

    Raises NotFound, Locked, Refused, StoreDamaged.
    """
    if not path.is_file():
        raise NotFound(f"There is no store at {path}", mend="make one with: placement --store PATH init")
    share = on_network(path)
    if share:
        raise Refused(f"The store lies on {share}", str(path), "move it to a local disk: officers reach it over SSH")
    if os.name == "posix" and path.stat().st_mode & 0o007:
        raise Refused(
            "Others on this machine can read the store's file", str(path), f"close it to them: chmod o= {path}"
        )
    file = slots.read(path)
    key, officer = slots.unlock(file, name, passphrase)
    store = Store(path, key, demo=file.demo, clock=clock)
    try:
        with store.read() as session:
            if not session.execute(text("SELECT count(*) FROM sqlite_master")).scalar():
                raise StoreDamaged("The store is empty: it was cut off", str(path), "restore it from a backup")
    except BaseException:
        store.close()
        raise
    return store, officer


@contextmanager
def told(path: Path) -> Iterator[None]:
    """Turn the driver's errors into sentences; no value of a record is ever in them."""
    try:
        yield
    except (DBAPIError, sqlcipher.Error, sqlite3.Error) as cause:
        raise _sentence(path, str(getattr(cause, "orig", cause)), isinstance(cause, OperationalError)) from None


def _sentence(path: Path, cause: str, operational: bool) -> PlacementError:
    known: tuple[tuple[str, PlacementError], ...] = (
        (
            "disk is full",
            Refused("The disk is full: nothing was saved", str(path), "free some space, then do it again"),
        ),
        (
            "disk I/O",
            StoreDamaged("The disk does not answer: nothing was saved", str(path), "check the disk, then do it again"),
        ),
        (
            "readonly",
            Refused(
                "The store may not be written: nothing was saved",
                str(path),
                "it is on a read-only disk, or not yours to write",
            ),
        ),
        ("attempt to write", Refused("This only reads: nothing was changed", mend="use a command that logs")),
        (
            "locked",
            Refused("Another writer holds the store: nothing was saved", str(path), "wait a moment, then do it again"),
        ),
        (
            "not a database",
            StoreDamaged("The file is not a store, or not with this key", str(path), "restore it from a backup"),
        ),
        ("malformed", StoreDamaged("The store is damaged", str(path), "stop using it and restore a backup")),
        (
            "unable to open",
            StoreDamaged(
                "The store cannot be opened", str(path), "check that the file and its folder are there and yours"
            ),
        ),
        (
            "no such table",
            StoreDamaged("The store lacks a table of this version", str(path), "restore it from a backup"),
        ),
    )
    if "unable to open" in cause and path.exists() and not os.access(path.parent, os.W_OK):
        return StoreDamaged(
            "The store's folder may not be written, which even reading needs",
            str(path.parent),
            "it is on a read-only disk, or not yours to write: copy the store and its key file to a disk of your own",
        )
    for words, error in known:
        if words in cause:
            return error
    if "interrupted" in cause:
        return Refused("The query took too long and was stopped")
    return (Refused if operational else StoreDamaged)(
        "The store refused", cause.split("\n", 1)[0][:200], "nothing was saved"
    )


@contextmanager
def _queue(path: Path) -> Iterator[None]:
    """Writers of several processes wait in line at an advisory lock, which is fair where SQLite's own is not."""
    try:
        import fcntl
    except ImportError:  # Windows: one officer, one process
        yield
        return
    try:
        mode = path.stat().st_mode & 0o660
        descriptor = os.open(lock_path(path), os.O_RDWR | os.O_CREAT, mode)
    except OSError as cause:
        raise Refused(
            "The store may not be written: nothing was saved",
            cause.strerror or "",
            "it is gone, on a read-only disk, or not yours to write",
        ) from None
    try:
        deadline = time.monotonic() + 10
        while True:
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except OSError:
                if time.monotonic() > deadline:
                    raise Refused(
                        "Another writer holds the store: nothing was saved",
                        str(path),
                        "wait a moment, then do it again",
                    ) from None
                time.sleep(0.002)
        yield
    finally:
        os.close(descriptor)


def _now() -> datetime:
    return datetime.now(UTC)
