"""The store's files and their folder are the officers' alone: what others could read or put in their place is refused."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from placement_tui.db.slots import next_path
from placement_tui.errors import Refused
from placement_tui.paths import attempts_path, head_path, keys_path, lock_path, server_of

READ_OR_WRITE = stat.S_IROTH | stat.S_IWOTH


def files_of(store: Path) -> tuple[Path, ...]:
    """The store's file and those that lie beside it, whether they are there or not."""
    beside = tuple(store.with_name(store.name + end) for end in ("-wal", "-shm"))
    return (
        store,
        *beside,
        keys_path(store),
        next_path(store),
        lock_path(store),
        attempts_path(store),
        head_path(store),
    )


def check(store: Path, *, demo: bool = False) -> None:
    """Refuse a store whose files or folder others than its officers can read, write or replace.

    A demonstration lies open anyhow; only its store's file is looked at. Raises Refused with the command that mends it.
    """
    if os.name != "posix":
        return
    closed = _closed_to(store.parent)
    for file in files_of(store):
        try:
            found = file.lstat()
        except FileNotFoundError:
            continue
        if stat.S_ISLNK(found.st_mode):
            raise Refused(
                f"{file.name} is a link, which may lead anywhere",
                str(file),
                f"put the file itself there: it is at {file.resolve()}",
            )
        if found.st_mode & closed and not (demo and file == keys_path(store)):
            what = "the store's file" if file == store else f"{file.name}, which belongs to the store"
            who = "o" if found.st_mode & 0o007 else "g"
            raise Refused(
                f"Others on this machine can read {what}", str(file), f"close it to them: chmod {who}= {file}"
            )
    if not demo:
        check_folder(store.parent)
        if server_of(store) is None:  # a server keeps the ways in itself
            _check_owner(keys_path(store))


def _closed_to(folder: Path) -> int:
    """The bits that a file there must not have: its group's too, where the folder is open to a group but not shared."""
    mode = folder.stat().st_mode
    shared = mode & stat.S_ISGID or not mode & stat.S_IXGRP
    return 0o007 if shared else 0o067


def check_folder(folder: Path) -> None:
    """Refuse a folder that others can look into or write to: they would learn when who works, or swap files. Raises Refused."""
    if os.name == "posix" and folder.stat().st_mode & READ_OR_WRITE:
        place = folder.absolute()
        raise Refused(
            "Others on this machine can look into the store's folder",
            str(place),
            f"close it to them: chmod o= {place}, or give the store a folder of its own",
        )


def _check_owner(keys: Path) -> None:
    """Whoever owns the key file can put another in its place: the officer, root, or a colleague of a shared folder."""
    folder = keys.parent.stat()
    owner = keys.stat().st_uid
    shared = folder.st_mode & stat.S_ISGID and keys.stat().st_gid == folder.st_gid
    if owner not in (os.geteuid(), 0, folder.st_uid) and os.geteuid() != 0 and not shared:
        raise Refused(
            f"The key file {keys.name} belongs to somebody else",
            _name(owner),
            f"take it back: sudo chown {_name(os.geteuid())} {keys}",
        )


def _name(user: int) -> str:
    import pwd

    try:
        return pwd.getpwuid(user).pw_name
    except KeyError:
        return str(user)
