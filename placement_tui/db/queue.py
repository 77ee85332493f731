"""The line that writers of several processes wait in."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from placement_tui.errors import Refused
from placement_tui.paths import lock_path

WAIT = 10.0  # seconds


@contextmanager
def queue(path: Path, seconds: float | None = None) -> Iterator[None]:
    """Writers of several processes wait in line at an advisory lock, which is fair where SQLite's own is not.

    Raises Refused where it was not their turn within `seconds`, or as long as anybody waits; with 0 where somebody else is there.
    """
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
        deadline = time.monotonic() + (WAIT if seconds is None else seconds)
        while True:
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except OSError:
                if time.monotonic() >= deadline:
                    raise Refused(
                        "Another writer holds the store: nothing was saved",
                        str(path),
                        "wait a moment, then do it again",
                    ) from None
                time.sleep(0.002)
        yield
    finally:
        os.close(descriptor)
