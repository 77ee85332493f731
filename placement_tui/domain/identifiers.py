"""Identifiers made offline: UUID version 7 (RFC 9562, section 5.7)."""

from __future__ import annotations

import secrets
import threading
import time
from uuid import UUID

ANY = "record"  # in a sight: of whatever table the record is in
_lock = threading.Lock()
_last = 0


def new_id(milliseconds: int | None = None) -> UUID:
    """A UUIDv7: 48 bits of Unix milliseconds, then random bits; within one process always ascending.

    `milliseconds` sets the time part, for records made for a past moment; such ids are not ordered among themselves.
    """
    global _last
    random = secrets.randbits(74)
    if milliseconds is not None:
        return of_moment(milliseconds, random)
    with _lock:
        stamp = (time.time_ns() // 1_000_000) << 74 | random
        _last = max(stamp, _last + 1)
        return of_moment(_last >> 74, _last & ((1 << 74) - 1))


def of_moment(milliseconds: int, random: int) -> UUID:
    """The UUIDv7 of a Unix time in milliseconds and 74 random bits; the same for the same."""
    return UUID(
        int=(milliseconds & ((1 << 48) - 1)) << 80 | 7 << 76 | (random >> 62) << 64 | 2 << 62 | random & ((1 << 62) - 1)
    )


def as_id(said: str) -> UUID | None:
    """An identifier of a record, as JSON and SQL give it; None for other words."""
    bare = said.strip().replace("-", "")
    if len(bare) != 32:
        return None
    try:
        return UUID(bare)
    except ValueError:
        return None
