"""Locking from outside: `placement lock` asks the sessions of this account at a store to lock themselves.

No passphrase is needed to lock. The sign is a file among the account's own, whose time each session looks at.
"""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

from placement_tui.errors import Refused
from placement_tui.paths import state_dir


def ask(store: Path) -> None:
    """Ask every session of this account at the store to lock itself. Raises Refused where the sign cannot be left."""
    sign = sign_of(store)
    try:
        sign.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        sign.unlink(missing_ok=True)
        sign.touch(mode=0o600)
    except OSError as cause:
        raise Refused("Your sessions cannot be told to lock", cause.strerror or "", f"check {sign.parent}") from None


def asked(sign: Path) -> int:
    """When that was asked last by a sign, in nanoseconds; 0 for never."""
    try:
        return sign.stat().st_mtime_ns
    except OSError:
        return 0


def sign_of(store: Path) -> Path:
    """The sign for the sessions of this account at a store."""
    return state_dir() / f"lock-{sha256(str(store.resolve()).encode('utf-8', 'surrogateescape')).hexdigest()[:20]}"
