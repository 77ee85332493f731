"""Tries to open a store that failed: noted beside it, since the store itself cannot be written, and slowed down.

Whoever has the files can guess without this program; what this slows and shows is guessing at the program itself. A
delay holds for one officer's name tried by one account of the machine, and ends within half a minute, so that nobody
can keep a colleague out by failing on purpose.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from placement_tui.domain.officers import LONGEST_WAIT, WITHIN, AttemptRow, wait_after
from placement_tui.errors import Locked
from placement_tui.paths import attempts_path

MOST = 500  # lines: the latest are kept
LONGEST = 1024 * 1024  # bytes that are read of a file that something else wrote


def hold_back(store: Path, name: str, now: datetime) -> None:
    """Refuse a try that comes too soon after failed ones of the same account. Raises Locked, saying how long to wait."""
    mine = [row.tried_at for row in _read(store) if (row.name, row.account) == (name, account())]
    recent = sorted(at for at in mine if timedelta() <= now - at < WITHIN)
    if not recent:
        return
    left = (recent[-1] + wait_after(len(recent)) - now).total_seconds()
    if left > 0:
        seconds = max(1, round(min(left, LONGEST_WAIT.total_seconds()) + 0.49))
        raise Locked(
            f"{len(recent)} tries to open the store for {name} failed",
            "the next has to wait, whoever makes it",
            f"try again in {seconds} second{'' if seconds == 1 else 's'}",
        )


def note(store: Path, name: str, now: datetime) -> None:
    """Note a try that failed; where that cannot be written the refusal of the try is all there is."""
    try:
        with _held(store) as lines:
            lines.append({"name": name, "at": now.isoformat(), "machine": machine(), "account": account()})
    except OSError:
        return


def take(store: Path, now: datetime, name: str) -> list[AttemptRow]:
    """The tries not taken before, to be kept in the store, which was just opened as `name`.

    Those that still slow the next stay noted, but for those of the same name and account, which have ended well.
    """
    if not _read(store):
        return []
    found: list[AttemptRow] = []
    with _held(store) as lines:
        left = []
        for line in lines:
            row = _row(line)
            if row is None:
                continue
            if not line.get("taken"):
                found.append(row)
            if timedelta() <= now - row.tried_at < WITHIN and (row.name, row.account) != (name, account()):
                left.append(line | {"taken": True})
        lines[:] = left
    return found


def machine() -> str:
    """Where a try is made: over SSH the address that it comes from."""
    import socket

    here = socket.gethostname()
    remote = os.environ.get("SSH_CONNECTION", "").split(" ")[0]
    return (f"{here} from {remote}" if remote else here)[:100]


def account() -> str:
    """The account of the machine that a try is made by, as the system knows it."""
    if os.name == "posix":
        import pwd

        try:
            return pwd.getpwuid(os.geteuid()).pw_name
        except KeyError:
            return str(os.geteuid())
    import getpass

    return getpass.getuser()


def _read(store: Path) -> list[AttemptRow]:
    path = attempts_path(store)
    try:
        if not path.stat().st_size:
            return []
        with path.open("rb") as file:
            lines = _lines(file.read(LONGEST))
    except OSError:
        return []
    return [row for line in lines if (row := _row(line))]


@contextmanager
def _held(store: Path) -> Iterator[list[dict[str, Any]]]:
    """The lines, to be changed by nobody else meanwhile; what is left of them is written. Raises OSError."""
    flags = os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0)
    descriptor = os.open(attempts_path(store), flags, store.stat().st_mode & 0o660)
    with os.fdopen(descriptor, "r+b") as file:
        try:
            import fcntl

            fcntl.flock(file, fcntl.LOCK_EX)
        except ImportError:  # Windows: one officer, one process
            pass
        before = file.read(LONGEST)
        lines = _lines(before)
        yield lines
        after = b"".join(json.dumps(line, ensure_ascii=False).encode() + b"\n" for line in lines[-MOST:])
        if after != before:
            file.seek(0)
            file.write(after)
            file.truncate()


def _lines(text: bytes) -> list[dict[str, Any]]:
    found = []
    for line in text.split(b"\n"):
        try:
            data = json.loads(line)
        except (ValueError, RecursionError):
            continue
        if isinstance(data, dict):
            found.append(data)
    return found


def _row(line: dict[str, Any]) -> AttemptRow | None:
    try:
        at = datetime.fromisoformat(line["at"]).astimezone(UTC)
        name, machine, account = (str(line[part])[:100] for part in ("name", "machine", "account"))
        return AttemptRow(name, at, machine, account)
    except (KeyError, TypeError, ValueError, OverflowError):
        return None
