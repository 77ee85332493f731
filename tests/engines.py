"""On which engine the suite's stores stand: a file each, or with PLACEMENT_TEST_ENGINE=postgresql a database each."""

from __future__ import annotations

import os
import shutil
from itertools import count
from pathlib import Path

from placement_tui.paths import server_of
from tests import postgres

_numbers = count(1)


def on_server() -> bool:
    """True where this run puts its stores on a server."""
    return os.environ.get("PLACEMENT_TEST_ENGINE") == "postgresql"


def note(path: Path, template: str = "template0") -> Path:
    """A note of a new database at a path, as the program keeps one of an address."""
    address = postgres.cluster().database(f"store_{os.getpid()}_{next(_numbers)}", template)
    path.write_text(address + "\n", encoding="utf-8")
    path.chmod(0o600)
    return path


def copied(source: Path, target: Path) -> Path:
    """A copy of a store, in which nobody writes: its two files, or a database made of the other."""
    if server_of(source) is not None:
        postgres.cluster().cut_off(_database(source))  # a database that somebody is connected to is no template
        return note(target, _database(source))
    for end in ("", ".keys"):
        shutil.copy(f"{source}{end}", f"{target}{end}")
    target.chmod(0o600)
    return target


def dropped(path: Path) -> None:
    """Take the database away that a path is the note of."""
    if server_of(path) is not None:
        postgres.cluster().run(f'DROP DATABASE IF EXISTS "{_database(path)}" WITH (FORCE)')


def _database(path: Path) -> str:
    address = server_of(path)
    assert address is not None
    return address.rpartition("/")[2]
