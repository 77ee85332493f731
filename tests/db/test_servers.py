"""Stores on a real PostgreSQL server: made, guarded, shared by many, moved there and back."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest
from sqlalchemy.exc import DBAPIError

from placement_tui.bootstrap import Services, open_services
from placement_tui.db import moving, server_schema, servers, stores
from placement_tui.db.columns import arrival, operation
from placement_tui.domain.doctor import BAD
from placement_tui.errors import Invalid, NotFound, PlacementError, Refused, StoreDamaged
from placement_tui.paths import default_store, put_aside, server_of, typed_store, words
from placement_tui.services import watch
from placement_tui.services.doctor import outside
from tests import builders, engines, postgres


@pytest.fixture
def note(tmp_path: Path) -> Iterator[Path]:
    """The note of a database that nothing is in yet."""
    path = engines.note(tmp_path / "server.note")
    yield path
    engines.dropped(path)


@pytest.fixture
def team(note: Path) -> Iterator[Services]:
    """A team with homes on a server."""
    services = builders.team(note)
    builders.homes(services)
    yield services
    services.close()


def again(services: Services) -> Services:
    """A colleague's program at the same store."""
    return open_services(services.desk.store.path, None, builders.PASSPHRASE)


def run(path: Path, statement: str) -> None:
    """One statement by whoever may do anything there."""
    address = server_of(path)
    assert address is not None
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute(statement)


# addresses


def test_a_password_in_an_address_is_written_nowhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    for address in ("postgresql://moss:secret@localhost/wirral", "postgres://localhost/wirral?x=1&password=secret"):
        monkeypatch.setenv("PLACEMENT_STORE", address)
        with pytest.raises(Invalid, match="PGPASSFILE"):
            default_store()
    assert list(tmp_path.iterdir()) == []


def test_what_is_looked_at_from_outside_is_the_servers(team: Services) -> None:
    path = team.desk.store.path
    found = {check.name: check for check in outside(path, team.desk.now)}
    assert found["store"].said == words(path)
    assert " on 127.0.0.1:" in words(path)
    assert {name for name, check in found.items() if check.level == BAD} == set()
    assert "Karen Moss" in found["keys"].said


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("postgresql://moss:secret@localhost/wirral", "password in it is seen by everybody"),
        ("postgresql://localhost/wirral?password=secret", "password in it is seen by everybody"),
        ("postgresql://moss@localhost:post/wirral", "'post' is no port"),
        ("postgresql://moss@localhost", "names no database"),
        ("postgresql://moss@db.example.org/wirral?sslmode=require", "let somebody else stand in for the server"),
        ("postgresql://moss@db.example.org/wirral?sslmode=disable", "let somebody else stand in for the server"),
        ("postgresql://moss@localhost,db.example.org/wirral?sslmode=prefer", "let somebody else stand in"),
        ("postgresql://moss@localhost/wirral?nonsense=1", "no address of a server"),
    ],
)
def test_an_address_that_would_give_something_away_is_refused(address: str, said: str) -> None:
    with pytest.raises(Invalid, match=said):
        servers.settings(address)


@pytest.mark.parametrize(
    ("address", "mode"),
    [
        ("postgresql://moss@db.example.org/wirral", "verify-full"),
        ("postgresql://moss@192.0.2.7/wirral", "verify-full"),
        ("postgresql://moss@localhost/wirral", None),
        ("postgresql://moss@127.0.0.1/wirral", None),
        ("postgresql:///wirral?host=/var/run/postgresql", None),
    ],
)
def test_off_this_machine_tls_with_the_servers_name_is_demanded(address: str, mode: str | None) -> None:
    assert servers.settings(address).get("sslmode") == mode


def test_with_two_servers_the_one_that_can_be_written_is_asked_for() -> None:
    assert servers.settings("postgresql://moss@10.0.0.1,10.0.0.2/wirral")["target_session_attrs"] == "read-write"


def test_a_server_that_is_not_there_is_said_at_once_and_in_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    path = typed_store(f"postgresql://moss@127.0.0.1:{postgres.free_port()}/wirral")
    assert path.stat().st_mode & 0o077 == 0
    with pytest.raises(StoreDamaged, match="does not answer: wirral on 127"):
        open_services(path, None, builders.PASSPHRASE)


def test_a_database_without_a_store_is_no_store(note: Path) -> None:
    with pytest.raises(NotFound, match="There is no store in that database"):
        open_services(note, None, builders.PASSPHRASE)


def test_a_second_store_is_not_made_over_the_first(team: Services) -> None:
    with pytest.raises(Refused, match="There is a store already"):
        builders.team(team.desk.store.path)


def test_a_database_that_sorts_its_own_way_is_refused(note: Path) -> None:
    address = server_of(note)
    assert address is not None
    name = address.rpartition("/")[2]
    postgres.cluster().run(f'DROP DATABASE "{name}"')
    postgres.cluster().run(f'CREATE DATABASE "{name}" TEMPLATE template0 ENCODING LATIN1 LOCALE "C"')
    with pytest.raises(Refused, match="sort names in another order"):
        builders.team(note)


# the journal's guard


@pytest.mark.parametrize(
    "forgery",
    [
        "UPDATE operation SET command = 'nothing' WHERE sequence = 3",
        "UPDATE operation SET fields = '{}' WHERE sequence = 3",
        "DELETE FROM operation WHERE sequence = 5",
        "TRUNCATE operation",
    ],
)
def test_the_server_itself_refuses_to_change_the_journal(team: Services, forgery: str) -> None:
    with pytest.raises(psycopg.errors.RaiseException, match="the journal only grows"):
        run(team.desk.store.path, forgery)


@pytest.mark.parametrize(
    ("forgery", "said"),
    [
        ("UPDATE operation SET fields = jsonb_set(fields::jsonb, '{initials}', '\"XX\"')::json WHERE noun = 'officer'", "its values were changed"),
        ("UPDATE operation SET command = 'nothing' WHERE sequence = 3", "its header or its place was changed"),
        ("DELETE FROM operation WHERE sequence = 5", "before it are missing"),
        ("UPDATE home SET name = 'Another'", "name is not what the journal says"),
    ],
)  # fmt: skip
def test_whoever_gets_past_the_guard_is_found(team: Services, forgery: str, said: str) -> None:
    path = team.desk.store.path
    run(path, "ALTER TABLE operation DISABLE TRIGGER operation_stays")
    run(path, forgery)
    run(path, "ALTER TABLE operation ENABLE TRIGGER operation_stays")
    faults = team.history.verify().faults
    assert faults
    assert any(said in fault.what for fault in faults)


@pytest.mark.parametrize(
    ("planted", "said"),
    [
        ("DROP TRIGGER operation_kept ON operation", "gone or altered (operation_kept)"),
        ("ALTER TABLE operation DISABLE TRIGGER operation_stays", "gone or altered (operation_stays)"),
        ("CREATE OR REPLACE FUNCTION operation_stays() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$",
         "gone or altered (operation_stays)"),
        ("CREATE VIEW everyone AS SELECT * FROM child", "did not make the view everyone"),
        ("CREATE TABLE aside (name text)", "did not make the table aside"),
    ],
)  # fmt: skip
def test_what_guards_the_journal_stands_and_nothing_strange_beside_it(team: Services, planted: str, said: str) -> None:
    assert team.history.verify().faults == ()
    run(team.desk.store.path, planted)
    assert any(said in fault.what for fault in team.history.verify().faults)


# many at once


def test_what_many_write_at_once_is_one_chain_in_the_order_of_its_arrival(team: Services) -> None:
    others = [again(team) for _ in range(6)]

    def work(services: Services) -> None:
        for _ in range(5):
            builders.referral(services)

    threads = [threading.Thread(target=work, args=(each,)) for each in others]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with team.desk.read() as session:
        rows = session.execute(
            operation.select().with_only_columns(arrival, operation.c.sequence).order_by(arrival)
        ).all()
    assert [row[0] for row in rows] == list(range(1, len(rows) + 1))
    assert [row[1] for row in rows] == list(range(1, len(rows) + 1))
    assert len(team.referrals.board().rows) == 30
    assert team.history.verify().faults == ()
    for each in others:
        each.close()


def test_a_colleagues_change_is_heard(team: Services) -> None:
    heard = threading.Event()
    team.feed.start()
    team.desk.listen(lambda changed: heard.set() if "referral" in changed.nouns else None)
    colleague = again(team)
    builders.referral(colleague)
    assert heard.wait(30)
    colleague.close()


def test_a_server_that_stops_is_told_and_told_again_the_next_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(watch, "LOOK", 0.05)
    own = postgres.Cluster().make()
    note = tmp_path / "own.note"
    note.write_text(own.database("team") + "\n", encoding="utf-8")
    note.chmod(0o600)
    services = builders.team(note)
    said: list[str] = []
    services.watch.start(lambda error: said.append(error.title))
    for times in (1, 2):
        own.stop("immediate")
        deadline = time.monotonic() + 90
        while len(said) < times and time.monotonic() < deadline:
            time.sleep(0.05)
        assert said == ["The server does not answer: team on 127.0.0.1"] * times
        own.start()
        deadline = time.monotonic() + 90
        while services.watch._said and time.monotonic() < deadline:
            time.sleep(0.05)
        builders.referral(services, builders.child("KJ", f"W-{times}"))
    assert len(services.referrals.board().rows) == 2
    assert not services.backups.list()  # a server's copies are its own
    services.close()
    own.remove()


def cut_everybody_off(path: Path) -> None:
    """What an administrator, a restart or a failing line does to every open connection."""
    run(path, "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND datname = current_database()")  # fmt: skip


def test_work_goes_on_after_every_connection_was_cut(team: Services) -> None:
    referral = builders.referral(team)
    cut_everybody_off(team.desk.store.path)
    team.referrals.amend(referral, {"tonight": "At the office"})
    cut_everybody_off(team.desk.store.path)
    assert team.referrals.get(referral).tonight == "At the office"


def test_a_unit_of_work_that_is_cut_in_the_middle_is_done_once(team: Services, monkeypatch: pytest.MonkeyPatch) -> None:
    cuts = iter((True, False))
    flushed = type(team.desk.store)._commit

    def cut_once(store: object, session: object, here: object) -> None:
        if next(cuts, False):
            cut_everybody_off(team.desk.store.path)
        flushed(store, session, here)  # type: ignore[arg-type]  # the store's own method

    monkeypatch.setattr(type(team.desk.store), "_commit", cut_once)
    builders.referral(team)
    assert len(team.referrals.board().rows) == 1
    assert team.history.verify().faults == ()


def test_a_session_that_reads_changes_nothing(team: Services) -> None:
    with pytest.raises((PlacementError, DBAPIError)), team.desk.read() as session:
        session.execute(operation.delete())


# there and back


def test_a_store_moves_to_a_server_and_back_with_every_row_as_it_was(
    services: Services, note: Path, tmp_path: Path
) -> None:
    for _ in range(3):
        builders.referral(services)
    with services.desk.read() as session:
        before = moving.sums_of(session)
    path = services.desk.store.path
    colleague = again(services)
    services.backups.move(note)
    assert not path.exists()
    with pytest.raises(NotFound, match="was moved to a server"):
        open_services(path, None, builders.PASSPHRASE)
    with pytest.raises(Refused, match="moved"):  # what was put aside is whole: the note that it moved is in it
        open_services(put_aside(path), None, builders.PASSPHRASE)
    for each in (services, colleague):
        with pytest.raises(StoreDamaged, match=r"removed while it was open|cannot be opened"):
            builders.referral(each)
        each.close()
    there = open_services(note, None, builders.PASSPHRASE)
    with there.desk.read() as session:
        assert moving.sums_of(session) == before
    assert there.history.verify().faults == ()
    builders.referral(there)
    (tmp_path / "open").mkdir(mode=0o755)
    with pytest.raises(Refused, match="Others on this machine can look into"):
        there.backups.move(tmp_path / "open" / "back.db")
    back = tmp_path / "back.db"
    there.backups.move(back)
    with pytest.raises(Refused, match="The store was moved"):
        builders.referral(there)
    there.close()
    with pytest.raises(Refused, match=r"moved, and is worked in no more here"):
        open_services(note, None, builders.PASSPHRASE)
    home = open_services(back, None, builders.PASSPHRASE)
    assert len(home.referrals.board().rows) == 4
    assert home.history.verify().faults == ()
    home.close()


def test_a_move_that_does_not_arrive_whole_leaves_the_old_store_as_it_was(
    services: Services, note: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    builders.referral(services)
    carried: Callable[..., moving.Sums] = moving.carry

    def loses_a_row(session: object, target: object) -> moving.Sums:
        found = carried(session, target)
        target.exec_driver_sql("DELETE FROM vacancy WHERE id = (SELECT id FROM vacancy LIMIT 1)")  # type: ignore[attr-defined]  # a connection
        return found

    monkeypatch.setattr(moving, "carry", loses_a_row)
    with pytest.raises(StoreDamaged, match="The table vacancy did not arrive as it was"):
        services.backups.move(note)
    assert not stores.is_made(note)
    builders.referral(services)
    assert services.history.verify().faults == ()


def test_a_backup_is_put_back_onto_a_server_as_a_device_of_its_own(
    services: Services, note: Path, tmp_path: Path
) -> None:
    from placement_tui.services.backups import open_backup

    builders.referral(services)
    made = services.backups.make(tmp_path / "kept")
    backup = open_backup(made.path, None, builders.PASSPHRASE)
    backup.into(note)
    backup.close()
    there = open_services(note, None, builders.PASSPHRASE)
    builders.referral(there)
    assert len(there.referrals.board().rows) == 2
    assert there.history.verify().faults == ()
    again_in_a_file = there.backups.make(tmp_path / "of the server")
    assert again_in_a_file.rows > 100
    there.close()


def test_everything_that_guards_is_taken_away_with_the_store(note: Path) -> None:
    builders.team(note).close()
    stores.discard(note)
    assert not stores.is_made(note)
    store = stores.at(note, b"")
    with store.maintain() as connection:
        assert not server_schema.has_store(connection)
    store.close()
    builders.team(note).close()
