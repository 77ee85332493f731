"""A connection of the driver's own to an encrypted store in a file, and nothing else of what reading needs."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2 as sqlcipher

PRAGMAS = (
    "PRAGMA synchronous=FULL",
    "PRAGMA busy_timeout=10000",
    "PRAGMA foreign_keys=ON",
    "PRAGMA recursive_triggers=ON",
    "PRAGMA temp_store=MEMORY",
    "PRAGMA trusted_schema=OFF",
)


def connect(path: Path, key: bytes, *, query_only: bool) -> Any:
    """A connection of the driver's own with everything set; a file that is not there is not made. Raises the driver's
    errors.
    """
    place = path.absolute().as_uri() + "?mode=rw"
    connection = sqlcipher.connect(place, isolation_level=None, check_same_thread=False, timeout=10, uri=True)
    try:
        connection.execute("PRAGMA cipher_log_level=NONE")
        connection.execute(f"PRAGMA key=\"x'{key.hex()}'\"")
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
        for pragma in PRAGMAS:
            connection.execute(pragma)
        if query_only:
            connection.execute("PRAGMA query_only=ON")
    except BaseException:
        connection.close()
        raise
    return connection
