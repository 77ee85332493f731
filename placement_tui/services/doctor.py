"""What is wrong with a store and its place, and what to do about it: outside of it while it is locked, then inside."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

from placement_tui.db import private, slots
from placement_tui.db.reads import conflicts
from placement_tui.db.reads import doctor as reads
from placement_tui.db.stores import SAFE_WAL
from placement_tui.domain.backups import due
from placement_tui.domain.doctor import BAD, OK, WARN, Check, age_words, clock_words, size_words
from placement_tui.errors import PlacementError
from placement_tui.paths import backups_dir, keys_path, on_network, server_of, words
from placement_tui.services.backups import Backups, listed
from placement_tui.services.desk import Desk
from placement_tui.services.history import History

ROOM = 200_000_000  # bytes that should be free besides those of one more copy
LONG_LOG = 64_000_000  # bytes of a write-ahead log that somebody holds up
OLD_DRAFT = timedelta(days=14)


def outside(path: Path, now: datetime) -> Iterator[Check]:
    """What can be looked at without a passphrase."""
    yield _library()
    if not path.is_file():
        yield Check("store", BAD, f"there is none at {path}", "make one with `placement init`, name another with --store, or restore a backup", True)  # fmt: skip
        copies = listed(backups_dir(path))
        if copies:
            yield Check(
                "backups", OK, f"{len(copies)}, the last {age_words(now - copies[0].made_at)}, in {backups_dir(path)}"
            )
        return
    yield _file(path)
    share = on_network(path)
    if share:
        yield Check("disk", BAD, f"the store lies on {share}", "move it to a local disk: officers reach it over SSH")
    yield _keys(path)
    yield _private(path)
    yield _writable(path)
    yield _room(path)
    yield from _backups(path, now, None)


def inside(desk: Desk, *, full: bool) -> Iterator[Check]:
    """What is looked at in the open store; `full` reads every page, every row and the whole journal."""
    now = desk.now
    yield Check("officer", OK, f"{desk.officer.name}, {desk.officer.role}, of {desk.authority_name}")
    yield from _whole(desk, full)
    with desk.read() as session:
        last, later = reads.last_time(session), reads.ahead(session, now + timedelta(hours=24)) if full else 0
        kept, old = reads.drafts(session, now - OLD_DRAFT)
        waiting = len(conflicts.noted(session))
    words = clock_words(last, now)
    if words:
        yield Check("clock", BAD, words, "set this machine's clock: what is logged now is dated by it")
    elif later:
        yield Check("clock", WARN, f"{later} operations are dated more than a day ahead: a clock stood wrong", "nothing is lost: their order is right, their dates are not")  # fmt: skip
    else:
        yield Check("clock", OK, f"the last change was logged {age_words(max(now - last, timedelta()))}" if last else "nothing was logged yet")  # fmt: skip
    if waiting:
        yield Check("conflicts", WARN, f"{waiting} records have two values of a field", "settle them: `placement conflicts`, or ! on the duty board")  # fmt: skip
    if old:
        yield Check("drafts", WARN, f"{kept} half-typed forms are kept, {old} for more than {OLD_DRAFT.days} days", "their officers finish them, or throw them away with Ctrl+X")  # fmt: skip
    else:
        yield Check("drafts", OK, f"{kept} half-typed forms are kept" if kept else "none")
    if not (desk.store.demo or desk.store.server):
        yield from _backups(desk.store.path, now, Backups(desk).every())


def _whole(desk: Desk, full: bool) -> Iterator[Check]:
    restore = "stop working in it, and restore a backup: placement restore latest --into PATH"
    with desk.read() as session:
        wrong = reads.pages(session, full=full)
        lost = reads.references(session)
        walked, broken = reads.chain_end(session)
    yield _said("pages", wrong[:1], f"{'every page and index is' if full else 'the pages are'} sound", restore)
    yield _said(
        "references", [f"rows of {', '.join(lost)} refer to what is not there"] if lost else [], "all hold", restore
    )
    if full:
        found = History(desk).verify()
        faults = [f"{len(found.faults)} faults, the first: {found.faults[0].what}"] if found.faults else []
        yield _said("journal", faults, f"all {found.operations:,} operations follow each other", "`placement verify` names each fault; keep the file as it is, and compare it with a backup")  # fmt: skip
    else:
        yield _said("journal", [broken] if broken else [], f"its last {walked:,} operations follow each other", "`placement verify` names each fault; keep the file as it is, and compare it with a backup")  # fmt: skip


def _said(name: str, wrong: list[str], right: str, mend: str) -> Check:
    return Check(name, BAD, wrong[0], mend, True) if wrong else Check(name, OK, right)


def _library() -> Check:
    cipher, sqlite = reads.library()
    if sqlite < SAFE_WAL:
        version, needed = (".".join(map(str, each)) for each in (sqlite, SAFE_WAL))
        return Check("library", BAD, f"SQLite {version} may lose what several programs write at once", f"update the package sqlcipher3, so that it brings SQLite {needed} or newer")  # fmt: skip
    return Check("library", OK, f"SQLCipher {cipher}, SQLite {'.'.join(map(str, sqlite))}")


def _file(path: Path) -> Check:
    if server_of(path) is not None:
        return Check("store", OK, words(path))
    size = path.stat().st_size
    log = path.with_name(path.name + "-wal")
    if not size:
        return Check("store", BAD, f"{path} is empty: it was cut off", "restore a backup: placement restore latest --into PATH", True)  # fmt: skip
    held = log.stat().st_size if log.is_file() else 0
    if held > LONG_LOG:
        return Check("store", WARN, f"{path}, {size_words(size)}, and {size_words(held)} not yet brought into it", "close the programs that have it open: one of them holds a reading")  # fmt: skip
    return Check("store", OK, f"{path}, {size_words(size)}")


def _keys(path: Path) -> Check:
    try:
        file = slots.read(path)
    except PlacementError as error:
        return Check("keys", BAD, error.title, error.mend, True)
    if file.demo:
        return Check("keys", WARN, "a demonstration: anyone can open it", "keep no real child's data in it")
    if slots.next_path(path).exists():
        return Check("keys", WARN, "a change of the data key did not end", "open the store once with `placement officers`: it is ended then")  # fmt: skip
    return Check("keys", OK, f"{len(file.slots)} {'slot' if len(file.slots) == 1 else 'slots'}: {', '.join(slot.name for slot in file.slots)}")  # fmt: skip


def _private(path: Path) -> Check:
    try:
        private.check(path, demo=slots.read(path).demo)
    except PlacementError as error:
        return Check("privacy", BAD, f"{error.title}: {error.detail}", error.mend)
    return Check("privacy", OK, "nobody else on this machine can look into it")


def _writable(path: Path) -> Check:
    for each, what in ((path, "file"), (path.parent, "folder")):
        if not os.access(each, os.W_OK):
            return Check("writing", BAD, f"the store's {what} may not be written: {each}", "it is on a read-only disk, or not yours to write")  # fmt: skip
    return Check("writing", OK, "allowed")


def _room(path: Path) -> Check:
    free, size = shutil.disk_usage(path.parent).free, path.stat().st_size
    said = f"{size_words(free)} free"
    if free < size + 10_000_000:
        return Check("disk", BAD, f"{said}: less than one copy of the store needs", "free some space, or move the backups elsewhere")  # fmt: skip
    return Check("disk", WARN if free < ROOM + 3 * size else OK, said, "free some space soon" if free < ROOM + 3 * size else "")  # fmt: skip


def _backups(path: Path, now: datetime, hours: float | None) -> Iterator[Check]:
    """`hours` is the interval where the store is open and says it; without it the last copy's age is only told."""
    copies = listed(backups_dir(path))
    make = "make one now: placement backup"
    if hours is None:
        if copies:
            yield Check(
                "backups", OK, f"{len(copies)}, the last {age_words(now - copies[0].made_at)}, in {backups_dir(path)}"
            )
        else:
            yield Check("backups", WARN, f"none in {backups_dir(path)}", make)
        bare = [row.path.name for row in copies if not row.keys]
        if bare:
            yield Check("backups", WARN, f"{len(bare)} lack their key file, the last {bare[0]}", f"nobody opens them without {keys_path(Path(bare[0])).name}")  # fmt: skip
        return
    if hours and due(copies[0].made_at if copies else None, 3 * hours, now):
        yield Check(
            "backups", WARN, f"none was made for {3 * hours:.0f} hours, though one is due every {hours:.0f}", make
        )
    elif not hours:
        yield Check("backups", WARN, "none is made by itself, by choice", "placement settings backup_hours 24")
