"""An open encrypted store: keys, PRAGMAs, reading and writing.

A `Store` hands out two kinds of session. `read()` cannot change anything. `write()` queues at a fair lock, begins with
BEGIN IMMEDIATE, and journals every change of a record in the same transaction (`placement_tui.db.journal`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from threading import Event, Lock
from typing import Any
from uuid import UUID

import sqlcipher3.dbapi2 as sqlcipher
from sqlalchemy import Engine, create_engine, event
from sqlalchemy.orm import Session as Session
from sqlalchemy.pool import QueuePool

from placement_tui.db import journal
from placement_tui.db.connecting import connect, working_key
from placement_tui.db.listening import Listener
from placement_tui.db.queue import queue
from placement_tui.db.standing import Identity, identity, refuse_gone
from placement_tui.db.told import FAILURES, other_key, told
from placement_tui.db.ways import Way
from placement_tui.errors import PlacementError, Refused


class Store:
    """One open store. `demo` is true for a demonstration team, which every screen says."""

    server = False
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
    def where(self) -> str:
        """Where it stands, for people."""
        return str(self.path)

    def listener(self) -> Listener:
        """What hears that others committed."""
        return FileListener(self)

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

    def tidy(self, most: int) -> bool:
        """Empty a write-ahead log of more than so many bytes; False where a reader or a writer needs it yet.

        Nobody waits for it: what is long is done beside them, and the moment that is not only where no writer stands in
        line.
        """
        log = self.path.with_name(f"{self.path.name}-wal")
        if not log.exists() or log.stat().st_size <= most:
            return False
        self.sure()
        with told(self.path):
            raw = self._connect(query_only=False)
            try:
                raw.execute("PRAGMA busy_timeout=0")
                _, pages, done = raw.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchone()
            finally:
                raw.close()
        if pages != done:
            return False
        try:
            with queue(self.path, seconds=0):
                return self.checkpoint(seconds=0)
        except Refused:
            return False

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


class FileListener(Listener):
    """Asks the file, which tells another connection's commits by a number: two microseconds a time."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._raw: Any = None
        self._seen: int | None = None

    def changed(self, stop: Event, seconds: float) -> bool:
        """Raises the driver's errors and PlacementError where the file cannot be asked."""
        try:
            if self._raw is None:
                self._raw, self._seen = self._store.raw(), None
            elif stop.wait(seconds):
                return False
            version: int = self._raw.execute("PRAGMA data_version").fetchone()[0]
        except (PlacementError, *FAILURES):
            self.close()
            stop.wait(seconds)
            raise
        before, self._seen = self._seen, version
        return version != before

    def close(self) -> None:
        """Hear no more."""
        if self._raw is not None:
            with suppress(*FAILURES):
                self._raw.close()
        self._raw = None


def _now() -> datetime:
    return datetime.now(UTC)
