"""Which data key opens an encrypted store now."""

from __future__ import annotations

import time
from pathlib import Path

import sqlcipher3.dbapi2 as sqlcipher

from placement_tui.db import slots
from placement_tui.db.bare import connect as connect
from placement_tui.db.told import other_key, told
from placement_tui.db.ways import Way
from placement_tui.errors import Locked, NotFound
from placement_tui.paths import keys_path, server_of

TRIES = 5


def working_key(path: Path, way: Way) -> bytes | None:
    """The data key that opens the store at `path` now, by an officer's way in; None where none of theirs does.

    While a rotation is under way, or after one that was killed, the next slot file may hold it already. Raises Locked
    where the officer's slot was taken away, NotFound and StoreDamaged for a slot file that cannot be read.
    """
    if server_of(path) is not None:
        return way.key(slots.read(path))
    for _ in range(TRIES):
        refusal: Locked | None = None
        for target in (keys_path(path), slots.next_path(path)):
            try:
                key = way.key(slots.read_at(target))
            except NotFound:
                if target == keys_path(path):
                    raise
                continue
            except Locked as error:
                refusal = refusal or error
                continue
            if opens(path, key):
                return key
        if refusal:
            raise refusal
        time.sleep(0.02)  # a rotation ended between the two looks
    return None


def opens(path: Path, key: bytes) -> bool:
    """True where a data key opens the store. Raises StoreDamaged, Refused where it cannot be tried."""
    if server_of(path) is not None:
        return slots.belongs(slots.read(path), key)
    with told(path):
        try:
            connect(path, key, query_only=True).close()
        except sqlcipher.Error as cause:
            if other_key(cause):
                return False
            raise
    return True
