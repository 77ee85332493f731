"""A store that an earlier version made: brought to this one with every row, a verified copy before, or not touched."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import select, text
from sqlmodel import SQLModel

from placement_tui.bootstrap import Services, open_services
from placement_tui.db import journal, migrate, stores
from placement_tui.db.engine import Store
from placement_tui.db.tables import RECORDS
from placement_tui.domain.identifiers import new_id
from placement_tui.domain.offers import NewOffer
from placement_tui.errors import Refused, StoreDamaged
from placement_tui.paths import backups_dir, keys_path
from placement_tui.services import backups
from tests import builders

SCRIPTS = Path(migrate.__file__).parent / "migrations"


def config(connection: Any = None) -> Config:
    """What alembic runs by."""
    found = Config()
    found.set_main_option("script_location", str(SCRIPTS))
    found.attributes["connection"] = connection
    return found


EARLIER = sorted(each.revision for each in ScriptDirectory.from_config(config()).walk_revisions())[:-1]


@dataclass(frozen=True)
class Old:
    """A store of an earlier version, and what lies in it."""

    path: Path
    version: str
    rows: dict[str, list[tuple[Any, ...]]]
    columns: dict[str, list[str]]


def look(store: Store, columns: dict[str, list[str]]) -> dict[str, list[tuple[Any, ...]]]:
    """The rows of some columns of each table, as they lie there."""
    with store.read() as session:
        return {
            name: sorted(
                (tuple(row) for row in session.execute(text(f'SELECT {", ".join(names)} FROM "{name}"'))), key=repr
            )
            for name, names in columns.items()
        }


def made_at(services: Services, version: str, folder: Path) -> Old:
    """A store as that version made it: its tables, and in them and in its journal what a day's work left."""
    builders.referral(services, builders.child("TW", "W-2", name="Tess Wood"), note="an open one")
    builders.placed(services, builders.child("KJ", "W-1"))
    builders.offered(
        services, builders.referral(services, builders.child("AB", "W-3")), NewOffer(90_000, note="rings back")
    )
    key = services.desk.store.data_key
    path = folder / "team.db"
    stores.create(path, key)
    keys_path(path).write_bytes(keys_path(services.desk.store.path).read_bytes())
    keys_path(path).chmod(0o600)
    store = Store(path, key)
    with store.maintain() as connection, connection.begin():
        command.upgrade(config(connection), version)
        for sql in migrate.TRIGGERS.values():
            connection.exec_driver_sql(sql)
        names = connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'table'").scalars().all()
        columns = {
            name: [row[1] for row in connection.exec_driver_sql(f'PRAGMA table_info("{name}")')]
            for name in names if name not in ("alembic_version", "local") and not name.startswith("sqlite_")
        }  # fmt: skip
    with services.desk.read() as before, store.write(services.desk.officer.id, "make store") as session:
        journal.start_chain(session, UUID(before.execute(text("SELECT id FROM device")).scalar_one()))
        for table in SQLModel.metadata.sorted_tables:
            if table.name in columns and table.name in RECORDS:
                held = [table.c[name] for name in columns[table.name]]
                for row in before.execute(select(*held)):
                    values = dict(row._mapping)
                    bare = sa.table(table.name, *(sa.column(each.name, each.type) for each in held))
                    session.execute(bare.insert().values(values))  # no default of today's code fills a column of then
                    said = [
                        (
                            values["id"],
                            table.name,
                            journal.first_fields(values),
                            store.clock(),
                            services.desk.officer.id,
                        )
                    ]
                    journal.write(session, said)
        draft = {"id": new_id().hex, "officer": services.desk.officer.id.hex, "at": "2026-10-18 14:00:00.000000"}
        session.execute(
            text("INSERT INTO draft (id, officer_id, form, about, typed, saved_at) "
                 "VALUES (:id, :officer, 'referral', 'new', '{\"why_now\": \"half typed\"}', :at)"), draft,
        )  # fmt: skip
    found = Old(path, version, look(store, columns), columns)
    store.close()
    return found


@pytest.fixture(params=EARLIER)
def old(request: pytest.FixtureRequest, services: Services, tmp_path: Path) -> Old:
    """A store of each earlier version."""
    folder = tmp_path / "old"
    folder.mkdir(mode=0o700)
    return made_at(services, request.param, folder)


def standing(store: Store) -> tuple[str | None, set[str]]:
    """The version of a store and its triggers."""
    with store.read() as session:
        triggers = session.execute(text("SELECT name FROM sqlite_master WHERE type = 'trigger'")).scalars()
        return migrate.version(store), set(triggers)


def test_every_row_and_the_journal_come_along_and_the_copy_before_opens(old: Old, tmp_path: Path) -> None:
    assert min(len(old.rows[name]) for name in ("home", "referral", "approach", "offer", "placement", "operation")) > 0
    services = open_services(old.path, None, builders.PASSPHRASE)
    store = services.desk.store
    assert standing(store) == (migrate.HEAD, set(migrate.TRIGGERS))
    now = look(store, old.columns)
    for name, rows in old.rows.items():
        left = [row for row in rows if row not in now[name]]
        assert left == [], name
        assert len(now[name]) >= len(rows)
    assert services.history.verify().faults == ()
    with pytest.raises((Refused, StoreDamaged)), services.desk.write("forge") as session:
        session.execute(text("DELETE FROM operation"))
    assert services.drafts.load("referral", "new") is not None
    builders.referral(services, builders.child("ZZ", "W-9"))
    assert len(services.referrals.board().rows) == 3
    services.close()
    (copy,) = backups.listed(backups_dir(old.path))
    assert copy.kind == f"before {migrate.HEAD}"
    restoring = backups.open_backup(copy.path, None, builders.PASSPHRASE)
    with restoring._backup.read():
        assert standing(restoring._backup)[0] == old.version
    restoring.into(tmp_path / "again.db")
    restoring.close()
    again = open_services(tmp_path / "again.db", None, builders.PASSPHRASE)
    assert len(again.referrals.board().rows) == 2
    assert again.history.verify().faults == ()
    again.close()


def test_a_migration_that_fails_half_way_leaves_the_store_as_it_was(old: Old, monkeypatch: pytest.MonkeyPatch) -> None:
    real = migrate._upgrade

    def half(connection: Any) -> None:
        real(connection)
        connection.exec_driver_sql("DELETE FROM need")
        raise RuntimeError("the power of this test failed")

    with monkeypatch.context() as patched:
        patched.setattr(migrate, "_upgrade", half)
        with pytest.raises(RuntimeError, match="power"):
            open_services(old.path, None, builders.PASSPHRASE)
    key = stores.open_store(old.path, None, builders.PASSPHRASE)[0]
    assert standing(key) == (old.version, set(migrate.TRIGGERS))
    assert look(key, old.columns) == old.rows
    key.close()
    open_services(old.path, None, builders.PASSPHRASE).close()  # the next one brings it along


def test_references_that_do_not_hold_stop_a_migration(old: Old) -> None:
    """With foreign keys on, a table rebuilt by a migration would take its children along without a word."""
    store = stores.open_store(old.path, None, builders.PASSPHRASE)[0]
    raw = store.raw(query_only=False)
    raw.execute("PRAGMA foreign_keys=OFF")
    raw.execute("DELETE FROM child")
    raw.close()
    store.close()
    with pytest.raises(StoreDamaged, match="references of the store do not hold"):
        open_services(old.path, None, builders.PASSPHRASE)
    store = stores.open_store(old.path, None, builders.PASSPHRASE)[0]
    assert standing(store)[0] == old.version
    store.close()


def test_a_migration_that_is_killed_leaves_the_store_as_it_was(old: Old) -> None:
    code = """
import os, signal, sys
from pathlib import Path
from placement_tui.bootstrap import open_services
from placement_tui.db import migrate
from tests import builders
real = migrate._upgrade
def killed(connection):
    real(connection)
    os.kill(os.getpid(), signal.SIGKILL)
migrate._upgrade = killed
open_services(Path(sys.argv[1]), None, builders.PASSPHRASE)
"""
    done = subprocess.run([sys.executable, "-c", code, str(old.path)], check=False, cwd=SCRIPTS.parents[2], timeout=60)
    assert done.returncode == -9
    store = stores.open_store(old.path, None, builders.PASSPHRASE)[0]
    assert look(store, old.columns) == old.rows
    store.close()
    open_services(old.path, None, builders.PASSPHRASE).close()


def test_a_store_of_a_newer_program_is_refused_and_not_copied(store_path: Path) -> None:
    opened = open_services(store_path, None, builders.PASSPHRASE)
    with opened.desk.store.maintain() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
        connection.commit()
    opened.close()
    before = store_path.read_bytes()
    with pytest.raises(Refused, match=r"newer version"):
        open_services(store_path, None, builders.PASSPHRASE)
    assert store_path.read_bytes() == before
    assert not backups_dir(store_path).exists()


def test_a_store_of_this_version_is_not_copied(store_path: Path) -> None:
    open_services(store_path, None, builders.PASSPHRASE).close()
    assert not backups_dir(store_path).exists()
