"""The store: encrypted from its first byte, opened by its slots, writing in one transaction or not at all."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy import select, text

from placement_tui.bootstrap import Services, make_store, open_services
from placement_tui.db import engine
from placement_tui.db.tables import Home, Operation, Provider
from placement_tui.errors import Invalid, Locked, NotFound, Refused, StoreDamaged
from placement_tui.paths import keys_path
from tests import builders

MARKER = "Zqxwvu-Marker-Lane"


def files_of(path: Path) -> list[Path]:
    return [each for each in path.parent.iterdir() if each.name.startswith(path.name)]


def test_no_word_of_a_record_stands_in_any_file(store_path: Path) -> None:
    services = open_services(store_path, None, builders.PASSPHRASE)
    builders.referral(services, builders.child(name=MARKER), why_now=MARKER)
    services.drafts.save("referral", "new", {"why": MARKER})
    found = [each.name for each in files_of(store_path) if MARKER.encode() in each.read_bytes()]
    services.close()
    assert found == []
    assert not store_path.read_bytes().startswith(b"SQLite format 3")
    assert all(MARKER.encode() not in each.read_bytes() for each in files_of(store_path))


def test_a_wrong_passphrase_and_a_missing_one_stay_outside(store_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    before = store_path.read_bytes()
    with pytest.raises(Locked, match="does not open this store"):
        open_services(store_path, None, "wrong horse battery staple")
    with pytest.raises(Locked, match="store is locked"):
        open_services(store_path)
    assert store_path.read_bytes() == before
    assert capfd.readouterr().err == ""  # the cipher library would write over the screen


def test_an_officer_without_a_slot_is_named(store_path: Path) -> None:
    with pytest.raises(Locked, match="No officer called 'Nobody Here'"):
        open_services(store_path, "Nobody Here", builders.PASSPHRASE)
    opened = open_services(store_path, "km", builders.PASSPHRASE)  # by initials
    opened.close()


@pytest.mark.parametrize(
    ("passphrase", "why"), [("short", "at least 12"), ("aaaaaaaaaaaaaa", "repeats"), ("", "at least 12")]
)
def test_a_weak_passphrase_makes_no_store(tmp_path: Path, passphrase: str, why: str) -> None:
    with pytest.raises(Invalid, match=why):
        make_store(tmp_path / "s.db", builders.WIRRAL, "Karen Moss", passphrase)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("authority", ["Wirral", "E0800001", "X08000015", ""])
def test_an_authority_is_a_code(tmp_path: Path, authority: str) -> None:
    with pytest.raises(Invalid, match="authority's code"):
        make_store(tmp_path / "s.db", authority, "Karen Moss", builders.PASSPHRASE)
    assert list(tmp_path.iterdir()) == []


def test_a_store_is_never_written_over(store_path: Path) -> None:
    with pytest.raises(Refused, match="store already"):
        make_store(store_path, builders.WIRRAL, "Karen Moss", builders.PASSPHRASE)
    open_services(store_path, None, builders.PASSPHRASE).close()


def test_the_keys_of_another_store_are_never_written_over(store_path: Path, tmp_path: Path) -> None:
    """A store on a disk that is not mounted at the moment is lost for good with its key file."""
    away = store_path.rename(tmp_path / "away.db")
    with pytest.raises(Refused, match="keys of another store"):
        make_store(store_path, builders.WIRRAL, "Karen Moss", builders.PASSPHRASE)
    away.rename(store_path)
    open_services(store_path, None, builders.PASSPHRASE).close()


def test_a_name_of_an_officer_has_an_end(tmp_path: Path) -> None:
    with pytest.raises(Invalid, match="101 characters"):
        make_store(tmp_path / "team.db", builders.WIRRAL, "y" * 101, builders.PASSPHRASE)
    assert list(tmp_path.iterdir()) == []


def test_a_store_cut_off_to_nothing_is_not_filled_anew(store_path: Path) -> None:
    os.truncate(store_path, 0)
    with pytest.raises(StoreDamaged, match="empty"):
        open_services(store_path, None, builders.PASSPHRASE)
    assert store_path.stat().st_size == 0


def test_a_page_changed_behind_the_cipher_is_found(store_path: Path) -> None:
    """Also where nothing that is read lies on it: on an index, or among the pages that are free."""
    opened = open_services(store_path, None, builders.PASSPHRASE)
    assert opened.history.verify().faults == ()
    with opened.desk.read() as session:
        index = "SELECT max(rootpage) FROM sqlite_master WHERE type = 'index' AND tbl_name = 'lesson'"
        page = session.execute(text(index)).scalar_one()
    opened.close()
    with store_path.open("r+b") as file:
        file.seek((page - 1) * 4096 + 100)
        file.write(b"x" * 8)
    opened = open_services(store_path, None, builders.PASSPHRASE)
    (fault,) = opened.history.verify().faults
    opened.close()
    assert f"page {page}" in fault.what


def test_a_slot_changed_by_hand_is_refused(store_path: Path) -> None:
    file = keys_path(store_path)
    data = json.loads(file.read_text())
    for change in ({"memory_kib": 8}, {"name": "Somebody Else"}):
        altered = data | {"slots": [data["slots"][0] | change]}
        file.write_text(json.dumps(altered))
        with pytest.raises(Locked):
            open_services(store_path, None, builders.PASSPHRASE)


@pytest.mark.parametrize(
    "content", ["", "not json", "[]", '{"store": "x"}', '{"slots": 3, "store": "", "generation": 1, "mac": ""}', "\xff"]
)
def test_a_key_file_that_is_none_says_so(store_path: Path, content: str) -> None:
    keys_path(store_path).write_text(content, encoding="latin-1")
    with pytest.raises(StoreDamaged, match="key file"):
        open_services(store_path, None, builders.PASSPHRASE)


def test_without_its_key_file_a_store_says_what_is_missing(store_path: Path) -> None:
    keys_path(store_path).unlink()
    with pytest.raises(NotFound, match="no key file"):
        open_services(store_path, None, builders.PASSPHRASE)


def test_a_file_that_is_no_store(store_path: Path) -> None:
    store_path.write_bytes(os.urandom(8192))
    with pytest.raises(StoreDamaged, match="not a store"):
        open_services(store_path, None, builders.PASSPHRASE)


def test_a_store_that_others_can_read_is_refused(store_path: Path) -> None:
    store_path.chmod(0o644)
    with pytest.raises(Refused, match="Others on this machine"):
        open_services(store_path, None, builders.PASSPHRASE)


def test_files_are_private_and_shared_only_in_a_shared_folder(tmp_path: Path) -> None:
    alone = make_store(tmp_path / "a" / "s.db", builders.WIRRAL, "Karen Moss", builders.PASSPHRASE)
    alone.close()
    assert {each.stat().st_mode & 0o777 for each in files_of(tmp_path / "a" / "s.db") if each.suffix != ".lock"} == {
        0o600
    }
    shared = tmp_path / "team"
    shared.mkdir()
    shared.chmod(0o2770)
    make_store(shared / "s.db", builders.WIRRAL, "Karen Moss", builders.PASSPHRASE).close()
    assert (shared / "s.db").stat().st_mode & 0o777 == 0o660
    assert keys_path(shared / "s.db").stat().st_mode & 0o777 == 0o660


def test_reading_cannot_write(services: Services) -> None:
    with pytest.raises(Refused), services.desk.read() as session:
        session.execute(text("UPDATE home SET name = 'x'"))


def test_a_record_is_never_written_without_its_operation(services: Services) -> None:
    store = services.desk.store
    with pytest.raises(Refused, match="nothing was saved"), store.read() as session:
        session.add(Provider(name="x"))
        session.flush()
    with store.write(services.desk.officer.id, "test") as session:
        session.add(Provider(name="Fir"))
    with store.read() as session:
        last = session.execute(text("SELECT noun, command FROM operation ORDER BY sequence DESC LIMIT 1")).one()
    assert tuple(last) == ("provider", "test")


def test_a_failure_half_way_leaves_nothing(services: Services) -> None:
    def counts() -> tuple[int, int]:
        with services.desk.read() as session:
            return tuple(
                session.execute(text("SELECT (SELECT count(*) FROM provider), (SELECT count(*) FROM operation)")).one()
            )

    before = counts()
    with pytest.raises(RuntimeError), services.desk.write("test") as session:
        session.add(Provider(name="Half"))
        session.flush()
        raise RuntimeError
    assert counts() == before
    assert services.history.verify().faults == ()


def test_the_journal_only_grows(services: Services) -> None:
    for statement in (
        "DELETE FROM operation",
        "UPDATE operation SET command = 'forged' WHERE sequence = 1",
        "UPDATE operation SET fields = '{}' WHERE sequence = 1",
        "INSERT INTO operation SELECT * FROM (SELECT hex(randomblob(16)) AS id, device, sequence, hlc, at, officer_id, command, "
        "intention, undoes, noun, key, fields, base, salt, digest, hash FROM operation WHERE sequence = 1)",
    ):
        with pytest.raises((Refused, StoreDamaged)), services.desk.write("forge") as session:
            session.execute(text(statement))
    with services.desk.write("forge") as session:  # walks through a UNIQUE key, but not through the trigger
        session.execute(text("INSERT OR REPLACE INTO operation SELECT * FROM operation WHERE sequence = 1"))
    assert services.history.verify().faults == ()


def test_records_are_struck_out_never_deleted(services: Services) -> None:
    with pytest.raises(Refused, match="never deleted"), services.desk.write("delete") as session:
        session.delete(session.scalars(select(Home).limit(1)).one())
        session.flush()


def test_a_naive_time_is_refused_and_an_aware_one_comes_back_in_utc(services: Services) -> None:
    with services.desk.read() as session:
        at = session.scalars(select(Operation).limit(1)).one().at
    assert at.utcoffset() is not None
    with pytest.raises(Exception, match="zone"), services.desk.write("naive") as session:
        provider = Provider(name="x")
        provider.struck_at = datetime(2026, 1, 1)
        session.add(provider)


def test_foreign_keys_hold(services: Services) -> None:
    from placement_tui.domain.identifiers import new_id

    with pytest.raises((Refused, StoreDamaged)), services.desk.write("orphan") as session:
        session.add(Home(provider_id=new_id(), kind="res"))


def test_an_sqlite_that_may_lose_commits_of_several_programs_is_refused(
    store_path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine.sqlcipher, "sqlite_version", "3.51.2")
    with pytest.raises(Refused, match=r"too old: 3\.51\.2"):
        open_services(store_path, None, builders.PASSPHRASE)
    with pytest.raises(Refused, match=r"too old: 3\.51\.2"):
        builders.team(tmp_path / "new" / "team.db")
    assert not (tmp_path / "new").exists()


def test_what_was_acknowledged_survives_a_power_cut_by_its_settings(services: Services) -> None:
    raw = services.desk.store.raw()
    mode = raw.execute("PRAGMA journal_mode").fetchone()[0]
    full = raw.execute("PRAGMA synchronous").fetchone()[0]
    raw.close()
    assert mode == "wal"
    assert full == 2  # FULL: what was acknowledged survives a power cut


def test_a_newer_store_is_left_alone(store_path: Path) -> None:
    opened = open_services(store_path, None, builders.PASSPHRASE)
    with opened.desk.store.maintain() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
        connection.commit()
    opened.close()
    with pytest.raises(Refused, match="newer version"):
        open_services(store_path, None, builders.PASSPHRASE)


def test_a_backup_is_encrypted_verified_and_opens(services: Services, tmp_path: Path) -> None:
    made = services.backups.make(tmp_path / "copies")
    assert not made.path.read_bytes().startswith(b"SQLite format 3")
    assert made.path.stat().st_mode & 0o777 == keys_path(made.path).stat().st_mode & 0o777 == 0o600
    with pytest.raises(Refused, match="That is a backup"):
        open_services(made.path, None, builders.PASSPHRASE)  # working in it would fork its device


@pytest.mark.skipif(os.name != "posix" or os.geteuid() != 0, reason="needs the right to mount a small file system")
def test_a_full_disk_loses_nothing(made_team: Path, tmp_path: Path) -> None:
    place = tmp_path / "small"
    place.mkdir()
    if subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=3m,mode=700", "tmpfs", str(place)], check=False, capture_output=True
    ).returncode:
        pytest.skip("no right to mount a small file system here")
    try:
        for name in (made_team.name, made_team.name + ".keys"):
            shutil.copy(made_team.parent / name, place / name)
        path = place / made_team.name
        path.chmod(0o600)
        opened = open_services(path, None, builders.PASSPHRASE)
        with pytest.raises(Refused, match="disk is full"):
            for _ in range(200):
                builders.referral(opened, builders.child(identifier=""), note="x" * 19_000)
        board = opened.referrals.board()
        assert opened.history.verify().faults == ()
        opened.close()
        again = open_services(path, None, builders.PASSPHRASE)
        assert len(again.referrals.board().rows) == len(board.rows)
        again.close()
    finally:
        subprocess.run(["umount", "-l", str(place)], check=False)


@pytest.mark.skipif(os.name != "posix" or os.geteuid() != 0, reason="needs the right to mount a read-only file system")
def test_a_read_only_disk_says_so(store_path: Path, tmp_path: Path) -> None:
    place = tmp_path / "ro"
    place.mkdir()
    if subprocess.run(
        ["mount", "--bind", str(store_path.parent), str(place)], check=False, capture_output=True
    ).returncode:
        pytest.skip("no right to mount a read-only file system here")
    try:
        if subprocess.run(["mount", "-o", "remount,ro,bind", str(place)], check=False, capture_output=True).returncode:
            pytest.skip("no right to mount a read-only file system here")
        with pytest.raises((Refused, StoreDamaged), match="may not be written") as caught:
            opened = open_services(place / store_path.name, None, builders.PASSPHRASE)
            try:
                builders.referral(opened)
            finally:
                opened.close()
        assert "read-only disk" in caught.value.mend
    finally:
        subprocess.run(["umount", "-l", str(place)], check=False)


def test_an_error_of_the_program_shows_no_value(services: Services) -> None:
    code = (
        "import sys; from pathlib import Path; from placement_tui.bootstrap import open_services\n"
        "s = open_services(Path(sys.argv[1]), None, sys.argv[2])\n"
        "from placement_tui.db.tables import Child\n"
        "with s.desk.write('x') as db: db.add(Child(identifier=sys.argv[3], initials=object()))\n"
    )
    done = subprocess.run([sys.executable, "-c", code, str(services.desk.store.path), builders.PASSPHRASE, MARKER],
                          capture_output=True, text=True, check=False)  # fmt: skip
    assert done.returncode != 0
    assert MARKER not in done.stderr.replace("sys.argv", "")
