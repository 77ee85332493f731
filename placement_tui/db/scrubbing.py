"""Leave nothing of erased values in the store's files: free pages, the write-ahead log, copies that it reaches."""

from __future__ import annotations

import time
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from placement_tui.db import backups
from placement_tui.db.connecting import opens
from placement_tui.db.engine import Store
from placement_tui.db.queue import queue
from placement_tui.db.told import told
from placement_tui.domain.backups import read_name
from placement_tui.paths import backups_dir

SMALLEST = 4096  # bytes of a store of one page
PATIENCE = 10.0  # seconds for colleagues' programs to end what they are reading


def scrub(store: Store) -> bool:
    """Write the file anew without its free pages, and empty its log; False where somebody reads all the while."""
    with told(store.path), queue(store.path):
        store.sure()
        raw = store.raw(query_only=False)
        try:
            if not store.server:
                raw.execute("PRAGMA secure_delete=ON")
            raw.execute("VACUUM FULL" if store.server else "VACUUM")
        finally:
            raw.close()
    until = time.monotonic() + PATIENCE
    while not store.checkpoint():
        if time.monotonic() > until:
            return False
        time.sleep(0.1)
    return True


def copies(store: Path, key: bytes) -> list[Path]:
    """Every copy that is reached: in the backups' folder by its name or by its key, and beside the store by its name."""
    found = [path for path in store.parent.glob(f"{store.name}.before-*") if path.is_file()]
    with suppress(OSError):
        for path in sorted(backups_dir(store).iterdir()):
            named = read_name(path.name) is not None or path.name.endswith(".part")
            if path.is_file() and (named or (path.stat().st_size >= SMALLEST and opens(path, key))):
                found.append(path)
    return found


def remove(paths: Iterable[Path]) -> tuple[list[Path], list[Path]]:
    """Remove copies with what lies beside them; gives those that are gone, and those that could not be removed."""
    gone: list[Path] = []
    stay: list[Path] = []
    for path in paths:
        try:
            backups.remove(path)
            gone.append(path)
        except OSError:
            stay.append(path)
    return gone, stay
