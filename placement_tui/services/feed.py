"""Others' changes, within a second: one thread asks the store whether anything was committed."""

from __future__ import annotations

import threading
from collections.abc import Callable

from placement_tui import locks
from placement_tui.db.reads import operations
from placement_tui.db.told import FAILURES
from placement_tui.errors import Locked, PlacementError
from placement_tui.services.desk import Desk

EVERY = 0.3  # seconds between two looks, for the store that has to be asked and for what is asked of this session


class ChangeFeed:
    """Watches the store and tells the desk's listeners what colleagues changed, and whoever locks that it is to."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._stop = threading.Event()
        self._thread: threading.Thread | None = None
        self._locks: list[Callable[[str], None]] = []

    def when_locked(self, hears: Callable[[str], None]) -> None:
        """Call `hears` with the reason, from the thread that watches, when this session is to lock itself."""
        self._locks.append(hears)

    def start(self, arrived: int | None = None) -> None:
        """Begin to watch, or begin again: what comes from now on, or what came since the journal went so far."""
        self._stop.clear()
        if arrived is None:
            with self._desk.read() as session:
                arrived = operations.latest(session)
        self._sign = locks.sign_of(self._desk.store.path)
        self._asked = locks.asked(self._sign)
        self._thread = threading.Thread(target=self._watch, args=(arrived,), name="change feed", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Stop watching; waits for the thread."""
        self._stop.set()
        if self._thread is not None:
            self._thread.join(timeout=2)

    def _watch(self, arrived: int) -> None:
        ear = self._desk.store.listener()
        ended, failed = False, True  # what came between `arrived` and the first look is told too
        try:
            while not self._stop.is_set():
                self._look_for_lock()
                try:
                    if ear.changed(self._stop, EVERY) or failed:
                        arrived = self._tell_since(arrived)
                    failed = False
                except Locked as refusal:  # the officer's access was ended: there is nothing more to watch
                    if not ended:
                        self._lock(str(refusal))
                    ended = failed = True
                except (PlacementError, *FAILURES):  # busy, missing, or under a new key: whoever reads next is told
                    failed = True
        finally:
            ear.close()

    def _tell_since(self, arrived: int) -> int:
        with self._desk.read() as session:
            arrived, changed = operations.since(session, arrived)
        if changed.nouns:
            self._desk.tell(changed)
        return arrived

    def _look_for_lock(self) -> None:
        asked = locks.asked(self._sign)
        if asked != self._asked:
            self._asked = asked
            self._lock("You asked for it with: placement lock")

    def _lock(self, why: str) -> None:
        for hears in tuple(self._locks):
            hears(why)
