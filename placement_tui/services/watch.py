"""What the program sees to by itself while it is open: that the store is there, its backups, and the clock.

A server's backups are its own: a copy on every officer's machine would be as many places to lose it.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta

from placement_tui.db.reads import doctor
from placement_tui.domain.doctor import clock_words
from placement_tui.errors import Locked, PlacementError, Refused, StoreDamaged
from placement_tui.services.backups import Backups
from placement_tui.services.desk import Desk

LOOK = 2.0  # seconds between two looks at the file: two system calls
LATER = 20.0  # seconds until the first backup: by then the officer has what they came for
LOG = 16 * 1024 * 1024  # bytes of the write-ahead log that are let be
AGAIN = 900.0  # seconds between two looks whether one is due; a duty desk stays open for days


class Watch:
    """One thread that looks after an open store, and tells the officer in a sentence what they must know, once."""

    def __init__(self, desk: Desk, backups: Backups) -> None:
        self._desk, self._backups = desk, backups
        self._stop = threading.Event()
        self._thread: threading.Thread | None = None
        self._said: set[str] = set()
        self._away = ""  # what was said of a server that did not answer
        self._tell: Callable[[PlacementError], object] = lambda _: None

    def start(self, tell: Callable[[PlacementError], object]) -> None:
        """Begin; `tell` is called from the thread."""
        if self._thread is None:
            self._tell = tell
            self._thread = threading.Thread(target=self._run, name="watch", daemon=True)
            self._thread.start()

    def stop(self) -> None:
        """Stop; a backup that is being made is given up, and leaves nothing."""
        self._stop.set()
        self._backups.stop()
        if self._thread is not None:
            self._thread.join(timeout=3)

    def _run(self) -> None:
        due, looked = time.monotonic() + LATER, False
        while not self._stop.wait(LOOK):
            if not self._each(self._file):
                continue
            if not looked:
                looked = True
                self._each(self._clock)
            self._log()
            if time.monotonic() >= due and not (self._desk.store.demo or self._desk.store.server):
                due = time.monotonic() + AGAIN
                self._each(self._backup)

    def _each(self, look: Callable[[], object]) -> bool:
        try:
            look()
        except Locked:  # its officer is away
            return False
        except PlacementError as error:
            if not self._stop.is_set() and error.title not in self._said:
                self._said.add(error.title)
                self._tell(error)
            return False
        return True

    def _file(self) -> None:
        try:
            self._desk.store.stands()
        except StoreDamaged as error:
            server = self._desk.store.server  # which comes back as it was: there is nothing to rescue
            made = None if server or error.title in self._said else self._backups.rescue()
            if made is None:
                self._away = error.title if server else ""
                raise
            raise StoreDamaged(
                error.title,
                error.detail,
                f"all that was saved was put into a copy: placement restore {made} --into PATH",
            ) from None
        self._said.discard(self._away)  # it answers again: the next time is told as well

    def _log(self) -> None:
        """Each write looks through all that the log holds, which one reader who stays makes long."""
        store = self._desk.store
        if not store.server:
            with suppress(PlacementError):  # what is wrong with the store, the next look says
                store.tidy(LOG)

    def _backup(self) -> None:
        try:
            self._backups.make_due()
        except Locked:
            raise
        except PlacementError as error:
            raise Refused(f"No backup could be made: {error.title}", error.detail, error.mend) from None

    def _clock(self) -> None:
        with self._desk.read() as session:
            last = doctor.last_time(session)
        words = clock_words(last, self._desk.now, timedelta(hours=24))
        if words:
            raise Refused(words, mend="set this machine's clock: what is logged now is dated by it")
