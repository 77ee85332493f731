"""Copies of a store: what they hold, that they open alone, and that a restored one is a device of its own."""

from __future__ import annotations

import os
import shutil
import subprocess
import threading
import time
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from placement_tui.bootstrap import Services, open_services
from placement_tui.db import backups as db_backups
from placement_tui.db.connecting import connect
from placement_tui.db.engine import Session, Store
from placement_tui.domain.backups import Contents, compare, read_name
from placement_tui.errors import Invalid, NotFound, PlacementError, Refused, StoreDamaged
from placement_tui.paths import backups_dir, keys_path
from placement_tui.services import backups as service
from placement_tui.services import watch
from tests import builders, engines


def restored(services: Services, copy: Path, target: Path) -> Services:
    """The copy, put back at `target` and opened."""
    restoring = service.open_backup(copy, None, builders.PASSPHRASE, services.desk.store.clock)
    restoring.into(target)
    restoring.close()
    return open_services(target, None, builders.PASSPHRASE, services.desk.store.clock)


def test_a_copy_opens_alone_in_another_place_and_holds_everything(services: Services, tmp_path: Path) -> None:
    referral = builders.referral(services)
    made = services.backups.make()
    assert made.path.parent == backups_dir(services.desk.store.path)
    away = tmp_path / "elsewhere"
    away.mkdir(mode=0o700)
    for each in (made.path, keys_path(made.path)):  # all that a stick carries
        shutil.copy(each, away / each.name)
    again = restored(services, away / made.path.name, tmp_path / "new" / "team.db")
    assert again.referrals.get(referral) == services.referrals.get(referral)
    assert again.homes.count() == services.homes.count()
    assert again.history.verify().faults == ()
    raw = again.desk.store.raw()
    assert raw.execute("PRAGMA journal_mode").fetchone()[0] == "wal"
    raw.close()
    again.close()


def test_a_stick_that_knows_no_permissions_is_as_good_and_the_restored_store_is_private(
    services: Services, tmp_path: Path
) -> None:
    stick = tmp_path / "stick"
    stick.mkdir(mode=0o755)
    made = services.backups.make(stick)
    assert {file.stat().st_mode & 0o777 for file in stick.iterdir()} == {0o600}
    for file in stick.iterdir():
        file.chmod(0o777)
    again = restored(services, made.path, tmp_path / "new" / "team.db")
    assert {file.stat().st_mode & 0o077 for file in (tmp_path / "new").iterdir()} == {0}
    assert again.history.verify().faults == ()
    again.close()


@pytest.mark.skipif(os.name != "posix", reason="modes are those of POSIX systems")
def test_a_copy_is_private_while_it_is_being_made(
    services: Services, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: set[int] = set()
    check = db_backups._check

    def looking(raw: Any, copy: Store, *further: Any) -> Any:
        seen.update(file.stat().st_mode & 0o777 for file in (copy.path, keys_path(copy.path)))
        return check(raw, copy, *further)

    monkeypatch.setattr(db_backups, "_check", looking)
    before = os.umask(0)
    try:
        services.backups.make(tmp_path)
    finally:
        os.umask(before)
    assert seen == {0o600}


def test_a_restored_store_goes_on_as_a_device_of_its_own(services: Services, tmp_path: Path) -> None:
    """With the old device it would give the same numbers to other operations: the journals could never be merged."""
    builders.referral(services)
    made = services.backups.make()
    again = restored(services, made.path, tmp_path / "new" / "team.db")
    builders.referral(services, builders.child("TW", "W-2"))
    builders.referral(again, builders.child("AB", "W-3"))
    ends = []
    for each in (services, again):
        with each.desk.read() as session:
            ends.append(
                session.execute(text("SELECT device, sequence FROM operation ORDER BY rowid DESC LIMIT 1")).one()
            )
        assert each.history.verify().faults == ()
    assert ends[0].device != ends[1].device
    commands = list(dict.fromkeys(op.command for op in again.history.latest(20)))
    assert commands[:2] == ["log referral", "restore backup"]
    again.close()


@pytest.mark.file_store
def test_nothing_is_ever_written_over(services: Services, tmp_path: Path) -> None:
    made = services.backups.make()
    restoring = service.open_backup(made.path, None, builders.PASSPHRASE)
    store = services.desk.store.path
    keys = keys_path(store).read_bytes()
    for target in (store, made.path):
        with pytest.raises(Refused, match="nothing is written over"):
            restoring.into(target)
    (tmp_path / "new.db.keys").write_text("another store's")
    with pytest.raises(Refused, match="nothing is written over"):
        restoring.into(tmp_path / "new.db")
    restoring.close()
    assert keys_path(store).read_bytes() == keys
    assert not list(tmp_path.glob("*.part*"))


def test_a_comparison_says_what_the_copy_lacks(services: Services, tmp_path: Path) -> None:
    builders.referral(services)
    made = services.backups.make()
    restoring = service.open_backup(made.path, None, builders.PASSPHRASE)
    store = services.desk.store.path
    assert restoring.compared(store, builders.PASSPHRASE, None).lacks == 0
    builders.referral(services, builders.child("TW", "W-2"))
    services.history.undo()
    found = restoring.compared(store, builders.PASSPHRASE, None)
    assert dict(found.missing).keys() == {"log referral", "undo log referral"}
    assert next(row for row in found.tables if row.table == "referral").lacks == 1
    assert found.store.last is not None
    assert (found.store.last.command, found.backup.last.command if found.backup.last else "") == (
        "undo log referral", "log referral",
    )  # fmt: skip
    assert found.forked == ()
    restoring.close()


@pytest.mark.file_store
def test_a_store_that_went_on_from_a_plain_copy_is_seen(services: Services, tmp_path: Path) -> None:
    """Two files of one device that both went on: the comparison says so, whichever is the backup."""
    made = services.backups.make()
    twin = tmp_path / "twin.db"
    engines.copied(services.desk.store.path, twin)
    other = open_services(twin, None, builders.PASSPHRASE)
    builders.referral(other)
    builders.referral(services, builders.child("TW", "W-2"))
    copy = other.backups.make().path
    other.close()
    restoring = service.open_backup(copy, None, builders.PASSPHRASE)
    assert len(restoring.compared(services.desk.store.path, builders.PASSPHRASE, None).forked) == 1
    restoring.close()
    assert made.path.exists()


def test_a_copy_that_is_harmed_is_no_copy(services: Services, tmp_path: Path) -> None:
    made = services.backups.make()
    raw = connect(made.path, services.desk.store.data_key, query_only=True)
    (page,) = raw.execute("SELECT rootpage FROM sqlite_master WHERE name = 'operation'").fetchone()
    raw.close()
    with made.path.open("r+b") as file:  # a page of a table: an index is made anew from its table
        file.seek((page - 1) * 4_096 + 64)
        file.write(os.urandom(64))
    restoring = service.open_backup(made.path, None, builders.PASSPHRASE)
    with pytest.raises((StoreDamaged, Refused)):
        restoring.into(tmp_path / "new.db")
    restoring.close()
    assert not (tmp_path / "new.db").exists()
    keys_path(made.path).unlink()
    with pytest.raises(NotFound, match="no key file"):
        service.open_backup(made.path, None, builders.PASSPHRASE)


def test_a_copy_that_does_not_verify_is_thrown_away(services: Services, monkeypatch: pytest.MonkeyPatch) -> None:
    """Here a home is lost on the way."""
    real, looks = db_backups.contents, []

    def less(session: Session) -> Contents:
        found = real(session)
        looks.append(found)
        if len(looks) == 3:  # the store before, the store after, the copy
            found.rows["home"] -= 1
        return found

    monkeypatch.setattr(db_backups, "contents", less)
    with pytest.raises(StoreDamaged, match="does not verify"):
        services.backups.make()
    assert [each.name for each in backups_dir(services.desk.store.path).iterdir()] == []


def test_copies_are_made_while_colleagues_write(services: Services) -> None:
    stop = threading.Event()
    done: list[int] = []

    def writes() -> None:
        while not stop.is_set():
            builders.referral(services, builders.child(identifier=""))
            done.append(1)

    writer = threading.Thread(target=writes)
    writer.start()
    try:
        sizes = [services.backups.make(backups_dir(services.desk.store.path) / str(n)).operations for n in range(5)]
    finally:
        stop.set()
        writer.join()
    assert sizes == sorted(sizes)
    assert sizes[0] < sizes[-1]
    assert done


def test_one_is_made_by_itself_when_it_is_due_and_the_old_ones_go(timed: Services, clock: builders.Clock) -> None:
    for _ in range(20):
        assert timed.backups.make_due() is not None
        assert timed.backups.make_due() is None
        clock.forward(hours=25)
    assert len(timed.backups.list()) <= 7 + 4 + 12
    assert len({row.made_at.date() for row in timed.backups.list()[:7]}) == 7
    timed.settings.change("backup_hours", "never")
    assert timed.backups.make_due() is None
    timed.settings.change("backup_hours", "1")
    timed.settings.change("backup_keep", "1/0/0")
    assert timed.backups.make_due() is not None
    assert len(timed.backups.list()) == 1


def test_what_a_killed_program_left_of_a_copy_goes_with_the_next(services: Services) -> None:
    folder = services.backups.make().path.parent
    now = time.time()
    old, fresh = folder / "team-1.db.4711.part", folder / "team-2.db.4712.part"
    for part, age in ((old, 2 * 3600), (fresh, 60)):
        for file in (part, keys_path(part), part.with_name(part.name + "-journal")):
            file.touch()
            os.utime(file, (now - age, now - age))
    time.sleep(1.1)  # the name of a copy is of its second
    services.backups.make()
    assert [file.name for file in folder.iterdir() if "-1.db" in file.name] == []
    assert len([file.name for file in folder.iterdir() if "-2.db" in file.name]) == 3


def test_two_programs_make_one_copy_between_them(timed: Services, clock: builders.Clock) -> None:
    other = open_services(timed.desk.store.path, None, builders.PASSPHRASE, clock)
    made: list[object] = []
    threads = [
        threading.Thread(target=lambda each=each: made.append(each.backups.make_due())) for each in (timed, other)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    other.close()
    assert len(timed.backups.list()) == 1
    assert made.count(None) == 1


@pytest.mark.file_store
def test_a_copy_that_is_being_made_is_given_up_when_the_program_is_left(
    services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(watch, "LOOK", 0.001)
    monkeypatch.setattr(watch, "LATER", 0.0)
    said: list[PlacementError] = []
    services.watch.start(said.append)
    folder = backups_dir(services.desk.store.path)
    while not folder.is_dir():
        time.sleep(0.001)
    services.watch.stop()
    left = {each.name for each in folder.iterdir()} - {".lock"}
    assert all(read_name(name.removesuffix(".keys")) for name in left)  # whole, or nothing
    assert said == []


@pytest.mark.file_store
def test_a_failure_is_told_once_in_a_sentence(services: Services, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watch, "LOOK", 0.001)
    monkeypatch.setattr(watch, "LATER", 0.0)
    monkeypatch.setattr(watch, "AGAIN", 0.0)
    backups_dir(services.desk.store.path).write_text("a file where the folder should be")
    said: list[PlacementError] = []
    told = threading.Event()
    services.watch.start(lambda error: (said.append(error), told.set()))
    assert told.wait(10)
    time.sleep(0.2)
    services.watch.stop()
    assert len(said) == 1
    assert str(said[0]).startswith("No backup could be made: No copy could be made at")


@pytest.mark.parametrize(
    ("name", "said"), [("backup_hours", "-1"), ("backup_hours", "745"), ("backup_hours", "soon"), ("backup_keep", "0/4/12"),
                       ("backup_keep", "7"), ("backup_keep", "7/4/12/1"), ("backup_keep", "9999/1/1")],
)  # fmt: skip
def test_how_often_and_how_many_have_bounds(services: Services, name: str, said: str) -> None:
    with pytest.raises(Invalid, match=name):
        services.settings.change(name, said)


@pytest.mark.skipif(os.name != "posix" or os.geteuid() != 0, reason="needs the right to mount a small file system")
def test_a_full_disk_leaves_no_half_copy(services: Services, tmp_path: Path) -> None:
    place = tmp_path / "small"
    place.mkdir()
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=200k", "tmpfs", str(place)], check=False, capture_output=True).returncode:  # fmt: skip
        pytest.skip("no right to mount a small file system here")
    try:
        with pytest.raises(Refused, match="disk is full"):
            services.backups.make(place)
        assert [each for each in place.iterdir() if each.name != "lost+found"] == []
    finally:
        subprocess.run(["umount", "-l", str(place)], check=False)
    assert services.history.verify().faults == ()


def test_tables_that_only_one_side_has_are_shown(services: Services) -> None:
    with services.desk.read() as session:
        whole = db_backups.contents(session)
    older = type(whole)({name: n for name, n in whole.rows.items() if name != "hold"}, whole.chains, whole.last)
    row = next(each for each in compare(older, whole, (), ()).tables if each.table == "hold")
    assert row.backup is None
    assert row.store == 0
