"""Others' changes, within a second: one thread asks the store whether anything was committed."""

from __future__ import annotations

import threading

from placement_tui.db.reads import operations
from placement_tui.errors import PlacementError
from placement_tui.services.desk import Desk

EVERY = 0.3  # seconds; asking costs two microseconds


class ChangeFeed:
    """Watches the store and tells the desk's listeners what colleagues changed."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._stop = threading.Event()
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        """Begin to watch."""
        with self._desk.read() as session:
            arrived = operations.latest(session)
        self._thread = threading.Thread(target=self._watch, args=(arrived,), name="change feed", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Stop watching; waits for the thread."""
        self._stop.set()
        if self._thread is not None:
            self._thread.join(timeout=2)

    def _watch(self, arrived: int) -> None:
        raw = self._desk.store.raw()
        try:
            seen = raw.execute("PRAGMA data_version").fetchone()[0]
            while not self._stop.wait(EVERY):
                version = raw.execute("PRAGMA data_version").fetchone()[0]
                if version == seen:
                    continue
                seen = version
                try:
                    with self._desk.read() as session:
                        arrived, changed = operations.since(session, arrived)
                except PlacementError:
                    continue  # a busy or missing store is told to whoever reads next
                if changed.nouns:
                    self._desk.tell(changed)
        finally:
            raw.close()
