"""Make a store and open one: an encrypted file of this machine, or a database on a server."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

import sqlcipher3.dbapi2 as sqlcipher
from sqlalchemy import text

from placement_tui.db import private, slots
from placement_tui.db.connecting import working_key
from placement_tui.db.engine import Store
from placement_tui.db.entering import way_in
from placement_tui.db.told import told
from placement_tui.db.ways import Way
from placement_tui.errors import NotFound, PlacementError, Refused, StoreDamaged
from placement_tui.paths import keys_path, on_network, put_aside, server_of

SAFE_WAL = (3, 51, 3)  # before it, several processes on one WAL file can lose committed pages


def at(
    path: Path,
    key: bytes,
    *,
    demo: bool = False,
    clock: Callable[[], datetime] | None = None,
    way: Way | None = None,
) -> Store:
    """The store at a path under its data key: a file, or the database that the path is the note of."""
    address = server_of(path)
    if address is None:
        return Store(path, key, demo=demo, clock=clock, way=way)
    from placement_tui.db.server_store import ServerStore

    return ServerStore(path, address, key, clock=clock, way=way)


def is_made(path: Path) -> bool:
    """True where there is a store already. Raises PlacementError where a server cannot be asked."""
    address = server_of(path)
    if address is None:
        return path.exists()
    from placement_tui.db import server_slots

    return server_slots.fetch(address) is not None


def create(path: Path, key: bytes) -> None:
    """Make the empty store: an encrypted file in WAL mode, private to its owner (and to the folder's group where that is
    shared), or the tables in an empty database of a server.

    Raises Refused where a store or its keys are there already or the place will not do.
    """
    if server_of(path) is not None:
        _create_on_server(path, key)
        return
    refuse_old_library(sqlcipher.sqlite_version)
    share = on_network(path.parent)
    if share:
        raise Refused(
            f"A store cannot lie on {share}", str(path.parent), "use a local disk: officers reach it over SSH"
        )
    if path.exists():
        raise Refused("There is a store already", str(path), "open it, or name another file with --store")
    if keys_path(path).exists():  # written over, it would lock the store that it belongs to for ever
        raise Refused(
            "The keys of another store lie there",
            str(keys_path(path)),
            "put its store back beside them, move them to where they belong, or name another file with --store",
        )
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        shared = bool(path.parent.stat().st_mode & 0o2000)
        os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
        os.chmod(path, 0o660 if shared else 0o600)
    except OSError as cause:
        raise Refused(
            f"The store cannot be made at {path}", cause.strerror or str(cause), "choose a folder that you may write to"
        ) from None
    connection = sqlcipher.connect(str(path), isolation_level=None)
    try:
        with told(path):
            connection.execute("PRAGMA cipher_log_level=NONE")
            connection.execute(f"PRAGMA key=\"x'{key.hex()}'\"")
            connection.execute("PRAGMA journal_mode=WAL")
            connection.execute("CREATE TABLE made (at TEXT)")
            connection.execute("DROP TABLE made")
    except PlacementError:
        path.unlink(missing_ok=True)
        raise
    finally:
        connection.close()


def _create_on_server(path: Path, key: bytes) -> None:
    from placement_tui.db import migrate, server_schema

    made = at(path, key)
    try:
        with made.maintain() as connection, connection.begin():
            if server_schema.has_store(connection):
                raise Refused("There is a store already", made.where, "open it, or name another database")
            server_schema.create(connection, migrate.HEAD)
    finally:
        made.close()


def discard(path: Path) -> None:
    """Take away what `create` made, where nothing of it may stay. Raises PlacementError, OSError."""
    if server_of(path) is None:
        for each in (path, keys_path(path)):
            each.unlink(missing_ok=True)
        return
    from placement_tui.db import server_schema

    made = at(path, b"")
    try:
        with made.maintain() as connection, connection.begin():
            server_schema.drop(connection)
    finally:
        made.close()


def refuse_old_library(version: str) -> None:
    """Raises Refused for an SQLite that may lose what several programs save at once."""
    if tuple(int(part) for part in version.split(".")) < SAFE_WAL:
        raise Refused(
            f"The SQLite of the SQLCipher that is installed is too old: {version}",
            "with it, what several programs save at once may be lost",
            f"install a sqlcipher3 that has SQLite {'.'.join(map(str, SAFE_WAL))} or newer",
        )


def open_store(
    path: Path,
    name: str | None,
    passphrase: str | None,
    clock: Callable[[], datetime] | None = None,
    *,
    kept: bool = False,
) -> tuple[Store, UUID | None]:
    """Unlock and open the store at `path`; gives it with the officer whose slot opened it (None for a demonstration).

    `kept` is a backup, which may lie on a stick that knows no permissions. Raises NotFound, Locked, Refused, StoreDamaged.
    """

    def unlock(file: slots.SlotFile) -> Way:
        return way_in(path, file, name, passphrase, (clock or _now)())

    store = open_by(path, unlock, clock, kept=kept)
    return store, store.way.officer if store.way else None


def open_by(
    path: Path,
    unlock: Callable[[slots.SlotFile], Way],
    clock: Callable[[], datetime] | None = None,
    *,
    kept: bool = False,
) -> Store:
    """Open the store at `path` by the way in that `unlock` finds in its slot file (a demonstration needs none).

    A `kept` one is a backup: what nobody works in may lie where others see it, for it is encrypted. Raises NotFound, Locked, Refused, StoreDamaged.
    """
    if not path.is_file():
        if put_aside(path).is_file():
            raise NotFound(
                "The store was moved to a server", f"{put_aside(path)} is the old one",
                "name the address: --store postgresql://USER@HOST/DATABASE",
            )  # fmt: skip
        raise NotFound(f"There is no store at {path}", mend="make one with: placement --store PATH init")
    if server_of(path) is not None:
        return _open_on_server(path, unlock, clock)
    refuse_old_library(sqlcipher.sqlite_version)
    share = on_network(path)
    if share:
        raise Refused(f"The store lies on {share}", str(path), "move it to a local disk: officers reach it over SSH")
    file = slots.read(path)
    if not kept:
        private.check(path, demo=file.demo)
    way = None
    if file.open_key is not None:
        key = bytes.fromhex(file.open_key)
        file.check(key)
    else:
        way = unlock(file)
        found = working_key(path, way)
        if found is None:
            raise StoreDamaged(
                "The file is not a store, or not with this key file",
                str(path),
                "one of the two is an older copy: restore both from the same backup",
            )
        key = found
    store = Store(path, key, demo=file.demo, clock=clock, way=way)
    try:
        with store.read() as session:
            if not session.execute(text("SELECT count(*) FROM sqlite_master")).scalar():
                raise StoreDamaged("The store is empty: it was cut off", str(path), "restore it from a backup")
    except BaseException:
        store.close()
        raise
    return store


def _open_on_server(path: Path, unlock: Callable[[slots.SlotFile], Way], clock: Callable[[], datetime] | None) -> Store:
    private.check_folder(path.parent)
    way = unlock(slots.read(path))
    key = working_key(path, way)
    assert key is not None
    return at(path, key, clock=clock, way=way)


def _now() -> datetime:
    return datetime.now(UTC)
