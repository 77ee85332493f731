"""An officer's way into a store by their passphrase: tries that failed are noted beside it, and slowed down."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from placement_tui.db import attempts, ways
from placement_tui.db.slots import SlotFile
from placement_tui.db.ways import Way
from placement_tui.errors import Locked


def way_in(path: Path, file: SlotFile, name: str | None, passphrase: str | None, now: datetime) -> Way:
    """The way that a passphrase opens, of the officer of that name or of the only one. Raises Locked."""
    slot = file.slot(name)
    if passphrase is None:
        raise Locked("The store is locked", mend="give the passphrase: on a terminal, or with --passphrase-fd N")
    attempts.hold_back(path, slot.name, now)
    try:
        return ways.unlock(slot, passphrase)
    except Locked:
        attempts.note(path, slot.name, now)
        raise
