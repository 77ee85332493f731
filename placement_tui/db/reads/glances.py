"""The duty board as it was last read, out of a store of which nothing else is loaded: by the driver alone.

It is shown to whoever opens the store, so it is given only where opening goes on: a copy that is a backup, a slot file
that is older than the store knows, or an officer whose access was ended, gives none, and opening says why.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from placement_tui.db import private, slots
from placement_tui.db.bare import connect
from placement_tui.db.ways import Way
from placement_tui.paths import on_network, server_of

NAME = "board"  # among the summaries
_ONE = "SELECT value FROM local WHERE name = ?"


class Look:
    """One look into a store. Its connection stays open until `close`: the last to be closed tidies the file, which takes
    a while, and the program opens it a moment later.
    """

    def __init__(self, path: Path, way: Way | None) -> None:
        """Raises PlacementError, or the driver's errors, where the store does not open."""
        self._connection: Any = None
        if server_of(path) is not None or on_network(path):
            return
        self._file = slots.read(path)
        private.check(path, demo=self._file.demo)
        self._officer = None if way is None else way.officer
        if self._file.open_key is not None:
            key = bytes.fromhex(self._file.open_key)
            self._file.check(key)
        elif way is not None:
            key = way.key(self._file)
        else:
            return
        self._connection = connect(path, key, query_only=True)

    def board(self) -> bytes | None:
        """What was kept of the board; None where nothing was, or where opening will not go on."""
        if self._connection is None or not self._goes_on():
            return None
        found = self._row("SELECT body FROM summary WHERE name = ?", NAME)
        return bytes(found[0]) if found else None

    def tables(self) -> str:
        """The version of the store's tables."""
        return str(self._row("SELECT version_num FROM alembic_version")[0])

    def close(self) -> None:
        """Let go of the file."""
        connection, self._connection = self._connection, None
        if connection is not None:
            connection.close()

    def _goes_on(self) -> bool:
        if self._row(_ONE, "backup") is not None:
            return False
        known = self._row(_ONE, "keys")
        if known is not None and self._file.generation < int(json.loads(known[0])["generation"]):
            return False
        if self._officer is None:
            return True
        works = "SELECT 1 FROM officer WHERE id = ? AND disabled_at IS NULL AND struck_at IS NULL"
        return self._row(works, self._officer.hex) is not None

    def _row(self, sql: str, *values: str) -> Any:
        return self._connection.execute(sql, values).fetchone()
