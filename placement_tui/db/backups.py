"""Copies of a store: made in one step, encrypted under the same key, verified by opening them; and copies put back.

A copy is written by VACUUM INTO, which sees one state while others write and leaves nothing of erased records in its
free pages. (Copying in steps never ends while others write.) It carries a mark, so that nobody works in it by mistake:
two stores that go on from one device would fork its chain.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Any
from uuid import UUID

from sqlalchemy import func, inspect, select, text

from placement_tui.db import slots
from placement_tui.db.columns import device, local, officer, operation
from placement_tui.db.engine import Session, Store
from placement_tui.db.journal import CHAIN
from placement_tui.db.tables import Device, Local
from placement_tui.db.told import told
from placement_tui.domain.backups import Contents, Last
from placement_tui.errors import PlacementError, Refused, StoreDamaged
from placement_tui.paths import keys_path, lock_path, server_of

MARK = "backup"
_OWN = frozenset({"draft", "local", "alembic_version", "slot_file"})  # written beside the journal, or not at all
_TRIES = 3


def make(store: Store, target: Path, *, hold: Callable[[Any], None] | None = None, lent: bool = False) -> Contents:
    """A verified copy of the store with its slot file beside it; gives what it holds.

    `hold` is given the connection that copies, so that another thread may interrupt it; `lent` takes one that was open
    already, for a file that was removed. Raises Refused where the place
    will not do, StoreDamaged where the copy does not verify; nothing is left of a copy that failed.
    """
    refuse_occupied(target)
    make_folder(store.path, target.parent)
    part = target.with_name(f"{target.name}.{os.getpid()}.part")
    try:
        for last in range(_TRIES, 0, -1):
            remove(part)
            before, key = _contents_of(store), store.data_key
            _copy(store, part, hold, lent)
            after = _contents_of(store)
            try:
                _copy_slots(store, part, key)
                break
            except PlacementError:  # the key was changed meanwhile, or its file is not this store's
                if last == 1:
                    raise
        found = _verified(store, part, before, after, hold)
        _settle(part)
        os.replace(keys_path(part), keys_path(target))
        os.replace(part, target)
        _sync(target.parent)
    except OSError as cause:
        raise _cannot(target, cause) from None
    finally:
        with suppress(OSError):
            remove(part)
    return found


def remove(path: Path) -> None:
    """Take a copy away, with all that lies beside it."""
    beside = ("-wal", "-shm", "-journal", ".lock", ".attempts")
    for each in (path, keys_path(path), *(path.with_name(path.name + end) for end in beside)):
        each.unlink(missing_ok=True)


def left_over(folder: Path, before: float) -> list[Path]:
    """Copies in a folder that were being made when their program was killed, and not touched since a time."""
    with suppress(OSError):
        return [path for path in folder.glob("*.part") if path.is_file() and path.stat().st_mtime < before]
    return []


def refuse_occupied(target: Path) -> None:
    """Raises Refused where anything lies at `target` already: nothing is ever written over."""
    for each in (target, keys_path(target), target.with_name(target.name + "-wal")):
        if each.exists() or each.is_symlink():
            raise Refused("There is a file there already: nothing is written over", str(each), "name another place")


def make_folder(store: Path, folder: Path) -> None:
    """Make a folder that only those who share the store's folder look into. Raises Refused."""
    try:
        if not folder.is_dir():
            shared = store.parent.stat().st_mode & 0o2000
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)  # a colleague's program may be quicker
            if shared:
                os.chmod(folder, 0o2770)  # noqa: S103 - as the store's own folder: its group works with it
    except OSError as cause:
        raise _cannot(folder, cause) from None


@contextmanager
def alone(path: Path) -> Iterator[bool]:
    """True for the first of several processes; the others go on without waiting."""
    try:
        import fcntl
    except ImportError:  # Windows: one officer, one process
        yield True
        return
    handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o660)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            yield False
        else:
            yield True
    finally:
        os.close(handle)


def contents(session: Session) -> Contents:
    """What a store holds."""
    rows = {}
    for name in sorted(inspect(session.connection()).get_table_names()):
        if name not in _OWN:
            rows[name] = session.execute(text(f'SELECT count(*) FROM "{name}"')).scalar_one()  # noqa: S608 - a name that the store itself gives
    c = operation.c
    ends = select(c.device, func.max(c.sequence).label("last")).group_by(c.device).subquery()
    query = select(c.device, c.sequence, c.hash).join(ends, (c.device == ends.c.device) & (c.sequence == ends.c.last))
    chains = {row.device.hex: (row.sequence, row.hash) for row in session.execute(query)}
    latest = select(c.at, c.command, officer.c.initials).outerjoin(officer, officer.c.id == c.officer_id)
    last = session.execute(latest.order_by(c.hlc.desc()).limit(1)).first()
    return Contents(rows, chains, Last(last.at, last.initials or "", last.command) if last else None)


def missing(store: Session, backup: Contents) -> tuple[list[tuple[str, int]], list[str]]:
    """The operations of a store that a backup lacks, by command, and the devices whose history differs in both."""
    c = operation.c
    lacks: dict[str, int] = {}
    forked = []
    for name in store.execute(select(c.device).distinct()).scalars():
        last, hash_ = backup.chains.get(name.hex, (0, ""))
        if last:
            here = store.execute(select(c.hash).where(c.device == name, c.sequence == last)).scalar()
            if here is not None and here != hash_:
                forked.append(name.hex)
        query = select(c.command, func.count()).where(c.device == name, c.sequence > last).group_by(c.command)
        for command, count in store.execute(query):
            lacks[command] = lacks.get(command, 0) + count
    return sorted(lacks.items(), key=lambda each: (-each[1], each[0])), forked


def refuse_backup(store: Store) -> None:
    """Refuse to work in a copy that was made to be kept, or in what was moved to another place. Raises Refused."""
    with store.read() as session:
        mark = session.get(Local, MARK) if inspect(session.connection()).has_table("local") else None
        moved = mark.value.get("moved to") if mark is not None else None
    if moved:
        raise Refused("The store was moved, and is worked in no more here", f"it is at {moved}", "open it there")
    if mark is not None:
        raise Refused(
            "That is a backup: worked in, it would go on as a second store of the same device", str(store.path),
            f"make a store of it: placement restore {store.path} --into PATH",
        )  # fmt: skip


def put_back(
    backup: Store, target: Path, officer_id: UUID | None, become: Callable[[Session], object] | None = None
) -> Store:
    """A store to work in, made of a backup in a new place, under the same key; gives it open.

    It is a device of its own from now on, or the one that `become` makes it: if the store that the backup was made of
    still lives, both may go on, and their journals can be merged. Raises Refused where the place is taken or will not do, StoreDamaged.
    """
    if server_of(target) is not None:
        from placement_tui.db import moving

        store = moving.onto_server(backup, target)
        _work_in(store, officer_id, become)
        return store
    refuse_occupied(target)
    make_folder(backup.path, target.parent)
    part = target.with_name(f"{target.name}.{os.getpid()}.part")
    try:
        remove(part)
        expected = _contents_of(backup)
        _copy(backup, part, None)
        slots.copy(backup.path, part)
        _settle(part)
        copy = Store(part, backup.data_key, demo=backup.demo, clock=backup.clock)
        try:
            with _held(copy, None) as raw:
                _check(raw, copy, expected, expected)
            _work_in(copy, officer_id, become)
        finally:
            copy.close()
            lock_path(part).unlink(missing_ok=True)
        os.replace(keys_path(part), keys_path(target))
        os.replace(part, target)
        _sync(target.parent)
    except OSError as cause:
        raise _cannot(target, cause) from None
    finally:
        with suppress(OSError):
            remove(part)
    return Store(target, backup.data_key, demo=backup.demo, clock=backup.clock)


def _work_in(store: Store, officer_id: UUID | None, become: Callable[[Session], object] | None) -> None:
    """Take the mark off, give it a device of its own, and make it a file that several write in."""
    with store.write(officer_id, "restore backup") as session:
        mark = session.get(Local, MARK)
        if mark is not None:
            session.delete(mark)
        (become or _as_another)(session)
    if store.server:
        return
    raw = store.raw()
    try:
        raw.execute("PRAGMA query_only=OFF")
        raw.execute("PRAGMA journal_mode=WAL")
    finally:
        raw.close()


def _as_another(session: Session) -> None:
    """A device that nobody knows yet, under the name and letter of the one before."""
    chain = session.get(Local, CHAIN)
    if chain is None:
        raise StoreDamaged("The backup has no device", mend="restore an older one")
    before = session.execute(
        select(device.c.name, device.c.letter).where(device.c.id == UUID(chain.value["device"]))
    ).first()
    row = Device(name=before.name if before else "restored", letter=before.letter if before else "")
    chain.value = {"device": row.id.hex, "sequence": 0, "hash": "0" * 64, "hlc": chain.value["hlc"]}
    session.add(row)


def _contents_of(store: Store) -> Contents:
    with store.read() as session:
        return contents(session)


def _copy(store: Store, part: Path, hold: Callable[[Any], None] | None, lent: bool = False) -> None:
    if store.server:
        from placement_tui.db import moving

        moving.to_file(store, part)
        return
    for each in (part, keys_path(part)):  # private from the first byte on, whatever the umask
        os.close(os.open(each, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    with told(store.path), _held(store, hold, lent) as raw:
        raw.execute("PRAGMA query_only=OFF")
        try:
            raw.execute("VACUUM INTO ?", (str(part),))
        finally:
            raw.execute("PRAGMA query_only=ON")


@contextmanager
def _held(store: Store, hold: Callable[[Any], None] | None, lent: bool = False) -> Iterator[Any]:
    with store.lend() if lent else closing(store.raw()) as raw:
        try:
            if hold is not None:
                hold(raw)
            yield raw
        finally:
            if hold is not None:
                hold(None)


def _copy_slots(store: Store, part: Path, key: bytes) -> None:
    """The slot file beside the copy. Raises PlacementError where it does not open it."""
    slots.copy(store.path, part).check(key)


def _verified(
    store: Store, part: Path, before: Contents, after: Contents, hold: Callable[[Any], None] | None
) -> Contents:
    copied = Store(part, store.data_key)
    try:
        with _held(copied, hold) as raw:
            found = _check(raw, copied, before, after)
        with copied.maintain() as connection:
            connection.execute(local.insert(), {"name": MARK, "value": {"of": str(store.path.name)}})
            connection.commit()
    finally:
        copied.close()
        lock_path(part).unlink(missing_ok=True)
    return found


def _check(raw: Any, copy: Store, before: Contents, after: Contents) -> Contents:
    """Raises StoreDamaged where a copy is not whole, or holds other than the store held before or after it."""
    with told(copy.path):
        said = raw.execute("PRAGMA integrity_check").fetchone()[0]
    with copy.read() as session:
        found = contents(session)
        chain = session.execute(select(local.c.value).where(local.c.name == CHAIN)).scalar()
    wrong = ""
    if said != "ok":
        wrong = str(said).split("\n", 1)[0]
    for table in before.rows:
        counts = sorted((before.rows[table], after.rows.get(table, 0)))
        if not counts[0] <= found.rows.get(table, -1) <= counts[1]:
            wrong = wrong or f"table {table} has {found.rows.get(table, 0)} rows, the store {counts[1]}"
    ends = dict(found.chains)
    if chain and chain["sequence"] and ends.get(chain["device"]) != (chain["sequence"], chain["hash"]):
        wrong = wrong or "its journal does not end where it should"
    for name, (count, hash_) in before.chains.items():
        there = ends.get(name, (0, ""))
        if there[0] < count or (there[0] == count and there[1] != hash_):
            wrong = wrong or "its journal is not the store's"
    if wrong:
        raise StoreDamaged("The copy does not verify", wrong, "it was thrown away: run `placement doctor`")
    return found


def _settle(part: Path) -> None:
    """The copy's bytes on the disk, private to its owner, or to the group of a folder that passes its group on."""
    mode = 0o660 if part.parent.stat().st_mode & stat.S_ISGID else 0o600
    for each in (part, keys_path(part)):
        each.chmod(mode)
        with each.open("rb+") as file:
            os.fsync(file.fileno())


def _sync(folder: Path) -> None:
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _cannot(target: Path, cause: OSError) -> PlacementError:
    return Refused(f"No copy could be made at {target}", cause.strerror or str(cause), "choose a place that you may write to, with room")  # fmt: skip
