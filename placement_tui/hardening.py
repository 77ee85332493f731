"""What keeps a child's data inside this process: no core dump, no reading of its memory, no swap where that can be had.

What cannot be had is said by `protection()`, which doctor shows: an unprivileged process may lock only a few megabytes
of memory, so that swap is kept out by the machine (encrypted swap, or none), not by the program.
"""

from __future__ import annotations

import sys
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

_SET_DUMPABLE, _GET_DUMPABLE = 4, 3  # prctl(2)
_LOCK = 1 | 2 | 4  # mlockall(2): what is there, what comes, each page when it is first touched


@dataclass(frozen=True, slots=True)
class Protection:
    """What is in force for this process; None where this system has no such thing."""

    core_dumps: bool | None  # True: none is written
    memory_closed: bool | None  # True: no other process of the same account can read it
    swap: bool | None  # True: nothing of it is swapped out


_ours = False
_locked: bool | None = None


def begin() -> None:
    """This process is the program itself, not one that uses its parts. Core dumps are forbidden first of all."""
    global _ours
    _ours = True
    _no_core_dumps()


def _no_core_dumps() -> None:
    try:
        import resource
    except ImportError:  # Windows
        return
    with suppress(OSError, ValueError):
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def harden() -> None:
    """Forbid core dumps and the reading of this process's memory, and lock it in memory where that is allowed.

    A system that has none of it changes nothing, and nothing is refused. Done before a store is opened.
    """
    global _locked
    if not _ours:
        return
    _no_core_dumps()
    if sys.platform != "linux":
        return
    import resource

    calls = _calls()
    if calls is None:
        return
    calls.prctl(_SET_DUMPABLE, 0, 0, 0, 0)
    soft, _ = resource.getrlimit(resource.RLIMIT_MEMLOCK)
    # With a limit, memory asked for later would be refused instead of swapped: the program would end for want of it.
    _locked = soft == resource.RLIM_INFINITY and calls.mlockall(_LOCK) == 0


def protection() -> Protection:
    """What is in force now."""
    try:
        import resource
    except ImportError:
        return Protection(None, None, None)
    core = resource.getrlimit(resource.RLIMIT_CORE) == (0, 0)
    calls = _calls() if sys.platform == "linux" else None
    closed = None if calls is None else calls.prctl(_GET_DUMPABLE, 0, 0, 0, 0) == 0
    return Protection(core, closed, _locked if calls is not None else None)


def _calls() -> Any:
    try:
        import ctypes

        return ctypes.CDLL(None)
    except (ImportError, OSError):
        return None
