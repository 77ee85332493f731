"""Open an encrypted store: keys, PRAGMAs, reading and writing.

A `Store` hands out two kinds of session. `read()` cannot change anything. `write()` queues at a fair lock, begins with
BEGIN IMMEDIATE, and journals every change of a record in the same transaction (`placement_tui.db.journal`).
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from threading import Lock
from typing import Any
from uuid import UUID

import sqlcipher3.dbapi2 as sqlcipher
from sqlalchemy import Engine, create_engine, event, text
from sqlalchemy.orm import Session as Session
from sqlalchemy.pool import QueuePool

from placement_tui.db import attempts, journal, private, slots, ways
from placement_tui.db.connecting import connect, working_key
from placement_tui.db.queue import queue
from placement_tui.db.standing import Identity, identity, refuse_gone
from placement_tui.db.told import other_key, told
from placement_tui.db.ways import Way
from placement_tui.errors import Locked, NotFound, PlacementError, Refused, StoreDamaged
from placement_tui.paths import keys_path, on_network

SAFE_WAL = (3, 51, 3)  # before it, several processes on one WAL file can lose committed pages


class Store:
    """One open store. `demo` is true for a demonstration team, which every screen says."""

    _file: Identity | None = None

    def __init__(
        self,
        path: Path,
        key: bytes,
        *,
        demo: bool = False,
        clock: Callable[[], datetime] | None = None,
        way: Way | None = None,
    ) -> None:
        """`way` is the officer's own, by which the store takes up a new data key while it is open."""
        self.path, self.demo, self.way = path, demo, way
        self.clock = clock or _now
        self._key = key
        self._renewing = Lock()
        self._file = identity(path)
        self._reader = self._engine("BEGIN", query_only=True)
        self._writer = self._engine("BEGIN IMMEDIATE", query_only=False)

    def __repr__(self) -> str:
        return f"Store({self.path.name!r})"

    @contextmanager
    def read(self) -> Iterator[Session]:
        """A session that sees one state of the store and cannot change it. Raises StoreDamaged, Locked."""
        with told(self.path), self._begun("_reader") as session:
            yield session

    @contextmanager
    def write(self, officer: UUID | None, command: str, *, undoes: UUID | None = None) -> Iterator[Session]:
        """One transaction with its journal rows; committed when the block ends, or nothing of it stands.

        Raises Refused where the disk is full or read-only or another writer holds the store for ten seconds, Locked
        where the officer's slot was taken away.
        """
        self.stands()
        with told(self.path), queue(self.path), self._begun("_writer") as session:
            self.stands()
            journal.attach(session, journal.Context(officer, command, self.clock, undoes))
            try:
                yield session
                session.commit()
            except BaseException:
                session.rollback()
                raise

    @contextmanager
    def maintain(self) -> Iterator[Any]:
        """A bare connection under the writers' lock, for migrations and copies."""
        with told(self.path), queue(self.path):
            self.stands()
            self.sure()
            with self._writer.connect() as connection:
                yield connection

    def stands(self) -> None:
        """Raises StoreDamaged where the store's file was removed or replaced since it was opened."""
        refuse_gone(self.path, self._file)

    @contextmanager
    def lend(self) -> Iterator[Any]:
        """A connection of the driver's own that was open already: it still reads a file that was removed."""
        with told(self.path), self._reader.connect() as connection:
            yield connection.connection.driver_connection

    def raw(self, *, query_only: bool = True) -> Any:
        """A connection of the driver's own; the caller closes it. Only a rotation takes one that may write."""
        return self._connect(query_only=query_only)

    @property
    def data_key(self) -> bytes:
        """The data key, for what makes another file of the store's: a copy, a slot."""
        return self._key

    def checkpoint(self, seconds: float = 1) -> bool:
        """Bring what the write-ahead log holds into the store's file and empty it; False where a reader holds it up."""
        with told(self.path):
            raw = self._connect(query_only=False)
            try:
                raw.execute(f"PRAGMA busy_timeout={int(seconds * 1000)}")
                return not raw.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
            finally:
                raw.close()

    def sure(self) -> None:
        """See that the data key is the one of now; under the writers' queue it stays so. Raises the driver's errors."""
        self._begun("_reader").close()

    def renew(self, failed: bytes) -> bool:
        """Take up the data key that a rotation put in place of the one that failed; False where there is none such.

        Raises Locked where the officer's way in was taken away.
        """
        with self._renewing:
            if self._key != failed:
                return True
            if self.way is None:
                return False
            found = working_key(self.path, self.way)
            if found is None or found == failed:
                return False
            self.use_key(found)
            return True

    def use_key(self, key: bytes) -> None:
        """Go on with another data key; what is being read at this moment is read to its end."""
        self._key = key
        self._reader.dispose()
        self._writer.dispose()

    def _begun(self, engine: str) -> Session:
        """A session whose transaction has begun, so that nothing that comes later can change its key."""
        while True:
            key = self._key
            session = Session(getattr(self, engine), expire_on_commit=False)
            try:
                session.connection().exec_driver_sql("SELECT 1 FROM sqlite_master LIMIT 1")
                return session
            except BaseException as cause:
                session.close()
                if not other_key(cause) or not self.renew(key):
                    raise

    def close(self) -> None:
        """Let go of the file. Safe to call twice."""
        self._reader.dispose()
        self._writer.dispose()

    def _connect(self, *, query_only: bool) -> Any:
        while True:
            key = self._key
            try:
                return connect(self.path, key, query_only=query_only)
            except sqlcipher.Error as cause:
                if not other_key(cause) or not self.renew(key):
                    raise

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
    refuse_old_library(sqlcipher.sqlite_version)
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
            connection.execute("PRAGMA journal_mode=WAL")
            connection.execute("CREATE TABLE made (at TEXT)")
            connection.execute("DROP TABLE made")
    except PlacementError:
        path.unlink(missing_ok=True)
        raise
    finally:
        connection.close()


def refuse_old_library(version: str) -> None:
    """Raises Refused for an SQLite that may lose what several programs save at once."""
    if tuple(int(part) for part in version.split(".")) < SAFE_WAL:
        raise Refused(
            f"The SQLite of the SQLCipher that is installed is too old: {version}",
            "with it, what several programs save at once may be lost",
            f"install a sqlcipher3 that has SQLite {'.'.join(map(str, SAFE_WAL))} or newer",
        )


def open_store(
    path: Path,
    name: str | None,
    passphrase: str | None,
    clock: Callable[[], datetime] | None = None,
    *,
    kept: bool = False,
) -> tuple[Store, UUID | None]:
    """Unlock and open the store at `path`; gives it with the officer whose slot opened it (None for a demonstration).

    `kept` is a backup, which may lie on a stick that knows no permissions. Raises NotFound, Locked, Refused, StoreDamaged.
    """

    def unlock(file: slots.SlotFile) -> Way:
        slot = file.slot(name)
        if passphrase is None:
            raise Locked("The store is locked", mend="give the passphrase: on a terminal, or with --passphrase-fd N")
        now = (clock or _now)()
        attempts.hold_back(path, slot.name, now)
        try:
            return ways.unlock(slot, passphrase)
        except Locked:
            attempts.note(path, slot.name, now)
            raise

    store = open_by(path, unlock, clock, kept=kept)
    return store, store.way.officer if store.way else None


def open_by(
    path: Path,
    unlock: Callable[[slots.SlotFile], Way],
    clock: Callable[[], datetime] | None = None,
    *,
    kept: bool = False,
) -> Store:
    """Open the store at `path` by the way in that `unlock` finds in its slot file (a demonstration needs none).

    A `kept` one is a backup: what nobody works in may lie where others see it, for it is encrypted. Raises NotFound, Locked, Refused, StoreDamaged.
    """
    if not path.is_file():
        raise NotFound(f"There is no store at {path}", mend="make one with: placement --store PATH init")
    refuse_old_library(sqlcipher.sqlite_version)
    share = on_network(path)
    if share:
        raise Refused(f"The store lies on {share}", str(path), "move it to a local disk: officers reach it over SSH")
    file = slots.read(path)
    if not kept:
        private.check(path, demo=file.demo)
    way = None
    if file.open_key is not None:
        key = bytes.fromhex(file.open_key)
        file.check(key)
    else:
        way = unlock(file)
        found = working_key(path, way)
        if found is None:
            raise StoreDamaged(
                "The file is not a store, or not with this key file",
                str(path),
                "one of the two is an older copy: restore both from the same backup",
            )
        key = found
    store = Store(path, key, demo=file.demo, clock=clock, way=way)
    try:
        with store.read() as session:
            if not session.execute(text("SELECT count(*) FROM sqlite_master")).scalar():
                raise StoreDamaged("The store is empty: it was cut off", str(path), "restore it from a backup")
    except BaseException:
        store.close()
        raise
    return store


def _now() -> datetime:
    return datetime.now(UTC)
