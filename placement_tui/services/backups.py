"""Backups: made when asked for and by themselves, listed, compared with the store, put back into a new place."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

from placement_tui.db import backups, connecting, engine, migrate, moving, stores
from placement_tui.domain import settings as names
from placement_tui.domain.backups import (
    ASKED,
    AUTOMATIC,
    HOURS,
    RESCUED,
    BackupRow,
    Comparison,
    Keep,
    Made,
    compare,
    due,
    file_name,
    read_name,
    superfluous,
)
from placement_tui.errors import NotFound, PlacementError, Refused
from placement_tui.paths import backups_dir, keys_path, typed_path
from placement_tui.services.desk import Desk

UNFINISHED = timedelta(hours=1)  # a copy that was not touched for so long is nobody's any more


class Backups:
    """The copies of one store."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._stop = threading.Event()
        self._copying: Any = None

    # asked for

    def make(self, folder: Path | None = None, kind: str = ASKED) -> Made:
        """A verified copy in `folder`, else in the store's own, where those beyond the number kept are removed.

        Raises Refused where the place will not do, StoreDamaged where the copy does not verify.
        """
        store, started = self._desk.store, time.monotonic()
        where = folder or backups_dir(store.path)
        target = where / file_name(store.path.stem, self._desk.now, kind)
        found = backups.make(store, target, hold=self._hold)
        made = Made(
            target, sum(found.rows.values()), found.operations, target.stat().st_size, time.monotonic() - started
        )
        return made if folder else replace(made, removed=self._tidy())

    def move(self, target: Path) -> dict[str, int]:
        """Carry the store from a file to a server or back; gives the rows of each table, counted and compared by their hashes.

        Raises Refused for who may not or where the target will not do, StoreDamaged where it did not arrive as it was.
        """
        self._desk.require("officers")
        return {table: count for table, (count, _) in moving.move(self._desk.store, target).items()}

    def every(self) -> float:
        """Hours between two automatic backups; 0 for never."""
        value = self._desk.setting(names.BACKUP_HOURS)
        return float(value) if isinstance(value, int) else HOURS

    def keep(self) -> Keep:
        """How many copies are kept."""
        value = self._desk.setting(names.BACKUP_KEEP)
        return Keep(*(int(each) for each in value)) if isinstance(value, list) and len(value) == 3 else Keep()

    def list(self) -> list[BackupRow]:
        """The store's own copies, the latest first."""
        return listed(backups_dir(self._desk.store.path))

    # by themselves

    def stop(self) -> None:
        """Make no more; one that is being made is given up, and leaves nothing."""
        self._stop.set()
        self.give_up()

    def give_up(self) -> None:
        """Stop the copying of this moment, where there is one; what is due is made later."""
        copying = self._copying
        if copying is not None:
            with suppress(Exception):  # it may just have ended
                copying.interrupt()

    def make_due(self) -> Made | None:
        """An automatic backup, where the last is too old and no colleague's program makes one now."""
        if not self._due():
            return None
        folder = backups_dir(self._desk.store.path)
        backups.make_folder(self._desk.store.path, folder)
        with backups.alone(folder / ".lock") as mine:
            return self.make(kind=AUTOMATIC) if mine and self._due() else None

    def rescue(self) -> Path | None:
        """A copy of a store whose file was removed or replaced, from what is still open of it; None where none can be."""
        store = self._desk.store
        folder = backups_dir(store.path)
        try:
            backups.make_folder(store.path, folder)
            with backups.alone(folder / ".lock") as mine:
                recent = next((row for row in self.list() if row.kind == RESCUED), None)
                if recent is not None and self._desk.now - recent.made_at < timedelta(hours=1):
                    return recent.path  # a colleague's program was quicker
                if not mine:
                    return None
                target = folder / file_name(store.path.stem, self._desk.now, RESCUED)
                backups.make(store, target, hold=self._hold, lent=True)
                return target
        except (PlacementError, OSError):
            return None

    def _due(self) -> bool:
        copies = self.list()
        return due(copies[0].made_at if copies else None, self.every(), self._desk.now)

    def _hold(self, connection: Any) -> None:
        self._copying = connection
        if self._stop.is_set() and connection is not None:
            raise Refused("The program was left: the backup was given up")

    def _tidy(self) -> tuple[Path, ...]:
        removed = []
        for row in superfluous(self.list(), self.keep(), self._desk.now):
            with suppress(OSError):  # a colleague's program was quicker, or it is not ours to remove
                backups.remove(row.path)
                removed.append(row.path)
        folder = backups_dir(self._desk.store.path)
        for part in backups.left_over(folder, time.time() - UNFINISHED.total_seconds()):
            with suppress(OSError):
                backups.remove(part)
        return tuple(removed)


def listed(folder: Path) -> list[BackupRow]:
    """The copies in a folder, the latest first; other files are not looked at."""
    found = []
    with suppress(OSError):
        for path in folder.iterdir():
            known = read_name(path.name)
            if known is not None and path.is_file():
                at, kind = known
                found.append(BackupRow(path, at, kind, path.stat().st_size, keys_path(path).is_file()))
    return sorted(found, key=lambda row: (row.made_at, row.path.name), reverse=True)


def resolve(store: Path, said: str) -> Path:
    """The copy that is meant: `latest`, the name of one of the store's own, or a path. Raises NotFound."""
    own = listed(backups_dir(store))
    if said == "latest" and own:
        return own[0].path
    for row in own:
        if said == row.path.name:
            return row.path
    path = typed_path(said)
    if path.is_file():
        return path
    raise NotFound(f"There is no backup {said!r}", mend="`placement backup --list` names those beside the store")


class Restoring:
    """One backup, opened by whoever has a slot in it, beside the store that it may take the place of."""

    def __init__(self, store: engine.Store, officer: UUID | None) -> None:
        self._backup, self._officer = store, officer

    def compared(self, path: Path, passphrase: str | None, name: str | None) -> Comparison:
        """The backup beside the present store. Raises PlacementError where the present store does not open."""
        with self._present(path, passphrase, name) as store:
            with self._backup.read() as session:
                there = backups.contents(session)
            with store.read() as session:
                here = backups.contents(session)
                lacks, forked = backups.missing(session, there)
        return compare(there, here, lacks, forked)

    def into(self, target: Path) -> Comparison:
        """Put the backup into a new place, as a device of its own; gives it beside the backup. Raises Refused."""
        store = backups.put_back(self._backup, target, self._officer)
        try:
            migrate.migrate(store, copy=False)
            with store.read() as session, self._backup.read() as before:
                return compare(backups.contents(before), backups.contents(session), (), ())
        finally:
            store.close()

    @property
    def owner(self) -> UUID | None:
        """Who opened it; nobody where it is a demonstration's."""
        return self._officer

    def clock(self) -> datetime:
        """The time."""
        return self._backup.clock()

    def put(self, target: Path, become: Callable[[engine.Session], object]) -> engine.Store:
        """A store to work in, of it, as the device that `become` says; gives it open. Raises Refused, StoreDamaged."""
        store = backups.put_back(self._backup, target, self._officer, become)
        store.way = self._backup.way
        return store

    def close(self) -> None:
        """Let go of the backup."""
        self._backup.close()

    @contextmanager
    def _present(self, path: Path, passphrase: str | None, name: str | None) -> Iterator[engine.Store]:
        if not path.is_file():
            raise NotFound(f"There is no store at {path}", mend="nothing to compare the backup with")
        if connecting.opens(path, self._backup.data_key):
            store = stores.at(path, self._backup.data_key, clock=self._backup.clock)
        else:  # its key was changed since
            store, _ = stores.open_store(path, name, passphrase, self._backup.clock)
        try:
            yield store
        finally:
            store.close()


def open_backup(
    path: Path, name: str | None, passphrase: str | None, clock: Callable[[], datetime] | None = None
) -> Restoring:
    """Unlock a backup by its own slot file. Raises NotFound, Locked, Refused, StoreDamaged."""
    if not keys_path(path).is_file():
        raise NotFound(
            f"There is no key file {keys_path(path).name} beside it", str(path.absolute().parent),
            "both files are copied together: put it there under this name",
        )  # fmt: skip
    return Restoring(*stores.open_store(path, name, passphrase, clock, kept=True))
