"""Whether the file that was opened is still the one at its place: one that was removed or replaced is written no more.

A program that holds a removed file open goes on reading it, and would go on saving into nothing.
"""

from __future__ import annotations

from pathlib import Path

from placement_tui.errors import StoreDamaged

Identity = tuple[int, int]


def identity(path: Path) -> Identity | None:
    """What tells one file from every other on this machine; None where there is none."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


def refuse_gone(path: Path, opened: Identity | None) -> None:
    """Raises StoreDamaged where the file at `path` is not the one that was opened."""
    if opened is None:
        return
    now = identity(path)
    if now is None:
        raise StoreDamaged(
            "The store's file was removed while it was open: nothing was saved", str(path),
            "leave this program open, since it can still read it, and put the file back or restore a backup",
        )  # fmt: skip
    if now != opened:
        raise StoreDamaged(
            "Another file was put in the place of the store while it was open: nothing was saved", str(path),
            "note what you typed, then open the program again: it works on the file that lies there now",
        )  # fmt: skip
