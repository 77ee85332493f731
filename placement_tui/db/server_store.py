"""An open store on a PostgreSQL server: the same sessions, the same journal, many machines.

A writing session locks the row of the chain's end before anything else, so that operations are chained and arrive one
after another; there is no advisory lock and no sequence. A unit of work that the server gives back is raised as Again
and tried anew as a whole (`placement_tui.retrying`). Where the line breaks at the commit, the journal itself tells
whether the work stands: its intention is there or it is not.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from threading import Event
from typing import Any
from uuid import UUID

import psycopg
from sqlalchemy import Engine, create_engine, select, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import QueuePool

from placement_tui.db import journal, servers, slots
from placement_tui.db.backups import MARK
from placement_tui.db.columns import local, operation
from placement_tui.db.engine import Session, Store
from placement_tui.db.listening import Listener
from placement_tui.db.ways import Way
from placement_tui.errors import Again, PlacementError, Refused

CHANNEL = "placement"
PATIENCE = 30.0  # seconds in which another server may take over
AGAIN = 0.25  # seconds between two tries to reach one
SILENCE = 3.0  # seconds without a notice after which the journal itself is asked


class ServerStore(Store):
    """One open store on a server; `path` is this machine's note of its address."""

    server = True

    def __init__(
        self,
        path: Path,
        address: str,
        key: bytes,
        *,
        clock: Callable[[], datetime] | None = None,
        way: Way | None = None,
    ) -> None:
        """`key` is the data key of the slot file, which here guards the ways in; the server keeps the rows."""
        self.address = address
        self._patience = 0.0  # until the first answer: a server that is not there is said at once
        super().__init__(path, key, clock=clock, way=way)

    @contextmanager
    def read(self) -> Iterator[Session]:
        """A session that sees one state of the store and cannot change it. Raises StoreDamaged, Again."""
        with self._told():
            session = self._begun("_reader")
            try:
                yield session
            finally:
                _end(session)

    @contextmanager
    def write(self, officer: UUID | None, command: str, *, undoes: UUID | None = None) -> Iterator[Session]:
        """One transaction with its journal rows; committed when the block ends, or nothing of it stands.

        Raises Again where the server gave it back, StoreDamaged where none answers.
        """
        with self._told():
            session = self._begun("_writer")
            here = journal.Context(officer, command, self.clock, undoes)
            try:
                marks = select(local.c.name, local.c.value).where(local.c.name.in_((journal.CHAIN, MARK)))
                found = {row.name: row.value for row in session.execute(marks.order_by(local.c.name).with_for_update())}
                if "moved to" in found.get(MARK, ()):
                    raise Refused("The store was moved: nothing was saved", self.where, "open it at its new place")
                journal.attach(session, here)
                yield session
                session.flush()
                if here.touched:
                    session.execute(text(f"SELECT pg_notify('{CHANNEL}', '')"))
                self._commit(session, here)
            finally:
                _end(session)

    @contextmanager
    def maintain(self) -> Iterator[Any]:
        """A bare connection, for what is done to the whole store."""
        with self._told(), self._writer.connect() as connection:
            yield connection

    @contextmanager
    def lend(self) -> Iterator[Any]:
        """Nothing: a server's store is never removed from under an open program. Raises Refused."""
        raise Refused("The store is on a server, which has a file of its own", self.where)
        yield  # a context manager has one

    def raw(self, *, query_only: bool = True) -> psycopg.Connection[Any]:
        """A connection of the driver's own; the caller closes it."""
        connection = servers.connect(self.address)
        connection.read_only = query_only
        return connection

    @property
    def where(self) -> str:
        """The database and its server, for people."""
        return servers.words(self.address)

    def listener(self) -> Listener:
        """What hears that others committed."""
        return ServerListener(self)

    def checkpoint(self, seconds: float = 1) -> bool:  # noqa: ARG002 - as a store in a file takes it
        """The server sees to its own log."""
        return True

    def stands(self) -> None:
        """Raises StoreDamaged where no server answers now; reading and writing wait a while for one."""
        try:
            with self._reader.connect() as connection:
                connection.exec_driver_sql("SELECT 1")
        except (DBAPIError, psycopg.Error) as cause:
            raise servers.sentence(self.address, _driver(cause) or cause) from None

    def sure(self) -> None:
        """Take up the data key of now, where a rotation put another in its place. Raises Locked where the way is gone."""
        file = slots.read(self.path)
        if self.way is not None and not slots.belongs(file, self._key):
            self._key = self.way.key(file)

    def renew(self, failed: bytes) -> bool:  # noqa: ARG002 - as a store in a file takes it
        """The data key encrypts nothing here that could fail."""
        return False

    def _begun(self, engine: str) -> Session:
        deadline = time.monotonic() + self._patience
        while True:
            session = Session(getattr(self, engine), expire_on_commit=False)
            try:
                session.connection().exec_driver_sql("SELECT 1")
                self._patience = PATIENCE
                return session
            except (DBAPIError, psycopg.Error, PlacementError) as cause:
                _end(session)
                driver = _driver(cause)
                gone = driver is not None and servers.went_away(driver)
                if not gone or time.monotonic() > deadline:
                    raise
                time.sleep(AGAIN)

    def _commit(self, session: Session, here: journal.Context) -> None:
        try:
            session.commit()
        except DBAPIError as cause:
            driver = _driver(cause)
            if driver is None or not servers.went_away(driver) or not here.touched:
                raise
            _end(session)
            with self.read() as reading:  # of whoever answers now
                stands = reading.execute(select(operation.c.id).where(operation.c.intention == here.intention).limit(1))
                if stands.first() is None:
                    raise

    @contextmanager
    def _told(self) -> Iterator[None]:
        try:
            yield
        except (DBAPIError, psycopg.Error) as cause:
            driver = _driver(cause)
            if driver is not None and servers.went_away(driver) and self._patience and not _is_reading(driver):
                raise Again(
                    "The server went away in the middle: nothing was saved", self.where, "do it again"
                ) from None
            raise servers.sentence(self.address, driver or cause) from None

    def _engine(self, begin: str, *, query_only: bool) -> Engine:  # noqa: ARG002 - the server begins by itself
        engine = create_engine(
            "postgresql+psycopg://",
            creator=lambda: psycopg.connect(**servers.settings(self.address)),
            poolclass=QueuePool,
            pool_size=3,
            max_overflow=8,
            pool_pre_ping=True,
            hide_parameters=True,  # a child's data never stands in an error
            isolation_level="REPEATABLE READ" if query_only else "READ COMMITTED",
        )
        return engine.execution_options(postgresql_readonly=True) if query_only else engine


class ServerListener(Listener):
    """Hears the server's notices. Where none came for a while it takes it that one was missed: a database without LISTEN
    is asked now and then, and so is one whose line broke.
    """

    def __init__(self, store: ServerStore) -> None:
        self._store = store
        self._connection: psycopg.Connection[Any] | None = None
        self._looked = 0.0

    def changed(self, stop: Event, seconds: float) -> bool:
        """Wait that long at most. Raises PlacementError where no server answers; the next call tries anew."""
        try:
            if self._connection is None:
                self._connection = servers.connect(self._store.address)
                self._connection.execute(f"LISTEN {CHANNEL}")
                return self._look()
            for _ in self._connection.notifies(timeout=seconds, stop_after=1):
                return self._look()
        except psycopg.Error as cause:
            self.close()
            stop.wait(seconds)
            if servers.went_away(cause):
                raise servers.sentence(self._store.address, cause) from None
        return time.monotonic() - self._looked > SILENCE and self._look()

    def _look(self) -> bool:
        self._looked = time.monotonic()
        return True

    def close(self) -> None:
        """Hear no more."""
        if self._connection is not None:
            with suppress(psycopg.Error):
                self._connection.close()
        self._connection = None


def _driver(cause: BaseException) -> BaseException | None:
    found = getattr(cause, "orig", cause)
    return found if isinstance(found, psycopg.Error) else None


def _is_reading(cause: BaseException) -> bool:
    return getattr(cause, "sqlstate", None) == "25006"


def _end(session: Session) -> None:
    """What was read stays usable, as after a file's session; what was not committed is gone."""
    with suppress(DBAPIError, psycopg.Error):
        session.close()
