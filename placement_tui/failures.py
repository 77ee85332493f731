"""Failures that nobody foresaw: one sentence for the person, and for the log what kind and where, never a value.

A traceback shows values: of local variables, and in the words of many exceptions. So none is shown or written anywhere.
"""

from __future__ import annotations

import os
import secrets
import sys
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Any

LOG = "placement.log"
LARGEST = 256 * 1024  # bytes of the log; then it begins anew, and the one before is kept
_FRAMES = 40  # of a stack, the innermost


def log_path() -> Path:
    """Where failures are noted: `placement paths` names it."""
    from placement_tui.paths import state_dir

    return state_dir() / LOG


def note(error: BaseException | None, where: str = "") -> str:
    """Note a failure, and give the reference that finds it in the log.

    Noted are the time, the kinds of the exception and of what caused it, and the modules and lines that it came through.
    """
    reference = "F-" + secrets.token_hex(3).upper()
    parts = [datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"), reference]
    if where:
        parts.append(where)
    seen: set[int] = set()
    while error is not None and id(error) not in seen and len(seen) < 5:
        seen.add(id(error))
        parts.append(f"{kind(error)} at {' < '.join(places(error.__traceback__)) or 'no line'}")
        error = error.__cause__ or error.__context__
    _write(" | ".join(parts))
    return reference


def kind(error: BaseException) -> str:
    """The kind of an exception: module and name of its class."""
    made = type(error)
    return made.__qualname__ if made.__module__ == "builtins" else f"{made.__module__}.{made.__qualname__}"


def places(trace: TracebackType | None) -> list[str]:
    """The modules and lines of a traceback, the innermost first."""
    found = []
    while trace is not None:
        found.append(f"{trace.tb_frame.f_globals.get('__name__', '?')}:{trace.tb_lineno}")
        trace = trace.tb_next
    return found[: -_FRAMES - 1 : -1]


def sentence(reference: str) -> str:
    """What a person is told of a failure."""
    return (
        f"placement met something it was not made for and stopped (reference {reference}). What was saved is saved, and "
        f"half-typed forms are kept. Tell whoever looks after it: {log_path()} says what kind of failure it was and "
        "where, and nothing of any record."
    )


def watch() -> None:
    """Take over what Python says of failures that nobody caught, on every thread, and of warnings."""
    import threading

    sys.excepthook = _uncaught
    threading.excepthook = _on_thread
    sys.unraisablehook = _unraisable
    if not sys.warnoptions:
        import warnings

        warnings.showwarning = _warned


def quiet_logging() -> None:
    """Packages that log do so without their words: the level, the logger's name, and a failure's kind and place."""
    import logging

    class Reduced(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            info = record.exc_info
            error = info[1] if isinstance(info, tuple) else None
            note(error, f"{record.levelname} of {record.name}, line {record.lineno}")

    reduced = Reduced(logging.WARNING)
    logging.lastResort = reduced
    root = logging.getLogger()
    if not root.handlers:
        root.addHandler(reduced)


def _uncaught(made: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:  # noqa: ARG001 - as Python calls it
    if issubclass(made, KeyboardInterrupt):
        _tell("Stopped: nothing half-done was saved.")
        return
    _tell(sentence(note(error)))


def _on_thread(failed: Any) -> None:
    if failed.exc_value is not None:
        note(failed.exc_value, "on a thread")


def _unraisable(failed: Any) -> None:
    if failed.exc_value is not None:
        note(failed.exc_value, "while something was thrown away")


def _warned(*said: Any, **_: Any) -> None:
    """Message, category, file, line, as `warnings.showwarning` is called; the message may hold values."""
    category, filename, line = said[1], said[2], said[3]
    _write(f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ} | {category.__name__} at {Path(filename).name}:{line}")


def _tell(words: str) -> None:
    try:
        sys.stderr.write(words + "\n")
    except (OSError, ValueError, AttributeError):
        return


def _write(line: str) -> None:
    """One line into the log, which only its owner can read; a log that cannot be written is done without."""
    try:
        path = log_path()
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        if path.exists() and path.stat().st_size > LARGEST:
            os.replace(path, path.with_suffix(".log.1"))
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND | getattr(os, "O_NOFOLLOW", 0), 0o600)
        with os.fdopen(descriptor, "a", encoding="utf-8") as out:
            if os.name == "posix":
                os.fchmod(out.fileno(), 0o600)
            out.write(line + "\n")
    except OSError:
        return
