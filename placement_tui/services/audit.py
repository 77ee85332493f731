"""The audit: that a child's record was opened is noted, and who saw and changed what can be read."""

from __future__ import annotations

import queue
import threading
import time
from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from placement_tui.db.changes import audit as changes
from placement_tui.db.reads import audit
from placement_tui.domain.audit import QUIET, AuditRow, Kind, Sight
from placement_tui.errors import PlacementError
from placement_tui.services.desk import Desk

SOON = 0.25  # seconds: what was just opened is painted first
HELD = 1000  # views kept while the store takes none


class Audit:
    """Who saw and changed what.

    Views are written by a thread of their own, a moment after the record was opened, and at the latest when the program
    ends. While the store cannot be written (the disk is full) they wait, and are lost only if the program is killed.
    """

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._coming: queue.SimpleQueue[Sight | None] = queue.SimpleQueue()
        self._thread: threading.Thread | None = None
        self._lately: dict[tuple[str, UUID, str], datetime] = {}
        self._lock = threading.Lock()
        self._held: list[Sight] = []

    def seen(self, noun: str, keys: UUID | Iterable[UUID], place: str) -> None:
        """Note that the officer opened records of a table in a place, such as "call list"; it returns at once.

        The children whom the records are about are looked up later, and each is noted once in a quarter of an hour.
        """
        now = self._desk.now
        wanted = (keys,) if isinstance(keys, UUID) else tuple(keys)
        fresh = tuple(key for key in wanted if now - self._lately.get((noun, key, place), now - QUIET) >= QUIET)
        if not fresh:
            return
        self._lately |= {(noun, key, place): now for key in fresh}
        self._coming.put(Sight(noun, fresh, place, now))
        with self._lock:
            if self._thread is None:
                self._thread = threading.Thread(target=self._write_all, name="audit", daemon=True)
                self._thread.start()

    def noted(self, noun: str, keys: UUID | Iterable[UUID], place: str) -> None:
        """The same, written before it returns, and every time: for what leaves the program. Raises Refused."""
        wanted = (keys,) if isinstance(keys, UUID) else tuple(keys)
        with self._desk.store.write(self._desk.officer.id, "view") as session:
            changes.note(session, [Sight(noun, wanted, place, self._desk.now)], always=True)

    def find(
        self,
        *,
        about: UUID | None = None,
        child: UUID | None = None,
        officer: UUID | None = None,
        since: datetime | None = None,
        until: datetime | None = None,
        kind: Kind | None = None,
        limit: int = 200,
    ) -> tuple[AuditRow, ...]:
        """Views and changes, the latest first: of all that belongs to a child, of a record, by an officer, in a time.

        Everyone may read what they did themselves. Raises Refused for the rest where the role may not.
        """
        if officer is None or officer != self._desk.officer.id:
            self._desk.require("audit")
        with self._desk.read() as session:
            return audit.find(
                session, about=about, child=child, officer_id=officer, since=since, until=until, kind=kind, limit=limit
            )

    def close(self) -> None:
        """Write what waits, and stop; what cannot be written now never will be. Safe to call twice."""
        with self._lock:
            thread, self._thread = self._thread, None
        if thread is not None:
            self._coming.put(None)
            thread.join(timeout=12)  # a writer waits at most ten seconds for the store

    def _write_all(self) -> None:
        ended = False
        while not ended:
            ended = self._gather()
            self._write()

    def _gather(self) -> bool:
        """Wait for a view, and for those of the moment after it, which go into the same transaction; true at the end."""
        sight = self._coming.get()
        until = time.monotonic() + SOON
        while sight is not None:
            self._held.append(sight)
            try:
                sight = self._coming.get(timeout=max(0.0, until - time.monotonic()))
            except queue.Empty:
                return False
        return True

    def _write(self) -> None:
        if not self._held:
            return
        try:
            with self._desk.store.write(self._desk.officer.id, "view") as session:
                changes.note(session, self._held)
            self._held.clear()
        except PlacementError:
            del self._held[:-HELD]
