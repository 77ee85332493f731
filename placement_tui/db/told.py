"""The driver's errors as sentences for people."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import sqlcipher3.dbapi2 as sqlcipher
from sqlalchemy.exc import DBAPIError, OperationalError

from placement_tui.errors import PlacementError, Refused, StoreDamaged

FAILURES = (DBAPIError, sqlcipher.Error, sqlite3.Error)


@contextmanager
def told(path: Path) -> Iterator[None]:
    """Turn the driver's errors into sentences; no value of a record is ever in them."""
    try:
        yield
    except FAILURES as cause:
        raise _sentence(path, str(getattr(cause, "orig", cause)), isinstance(cause, OperationalError)) from None


def _sentence(path: Path, cause: str, operational: bool) -> PlacementError:
    known: tuple[tuple[str, PlacementError], ...] = (
        (
            "disk is full",
            Refused("The disk is full: nothing was saved", str(path), "free some space, then do it again"),
        ),
        (
            "disk I/O",
            StoreDamaged("The disk does not answer: nothing was saved", str(path), "check the disk, then do it again"),
        ),
        (
            "readonly",
            Refused(
                "The store may not be written: nothing was saved",
                str(path),
                "it is on a read-only disk, or not yours to write",
            ),
        ),
        ("attempt to write", Refused("This only reads: nothing was changed", mend="use a command that logs")),
        (
            "locked",
            Refused("Another writer holds the store: nothing was saved", str(path), "wait a moment, then do it again"),
        ),
        (
            "not a database",
            StoreDamaged("The file is not a store, or not with this key", str(path), "restore it from a backup"),
        ),
        ("malformed", StoreDamaged("The store is damaged", str(path), "stop using it and restore a backup")),
        (
            "unable to open",
            StoreDamaged(
                "The store cannot be opened", str(path), "check that the file and its folder are there and yours"
            ),
        ),
        (
            "no such table",
            StoreDamaged("The store lacks a table of this version", str(path), "restore it from a backup"),
        ),
    )
    if "unable to open" in cause and path.exists() and not os.access(path.parent, os.W_OK):
        return StoreDamaged(
            "The store's folder may not be written, which even reading needs",
            str(path.parent),
            "it is on a read-only disk, or not yours to write: copy the store and its key file to a disk of your own",
        )
    for words, error in known:
        if words in cause:
            return error
    if "interrupted" in cause:
        return Refused("The query took too long and was stopped")
    return (Refused if operational else StoreDamaged)(
        "The store refused", cause.split("\n", 1)[0][:200], "nothing was saved"
    )


def other_key(cause: BaseException) -> bool:
    """True where the driver says that the file cannot be read with this key (or is no store at all)."""
    return isinstance(cause, FAILURES) and "not a database" in str(getattr(cause, "orig", cause))
