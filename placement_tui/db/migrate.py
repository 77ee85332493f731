"""Bring a store's tables to this version: numbered migrations, each run once, a verified copy made before.

Foreign keys are off while tables are rebuilt and checked before the commit: with them on, rebuilding a parent silently
deletes its children. Rebuilding also drops triggers, so they are made again after.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sqlalchemy import inspect, text

from placement_tui.db import backups
from placement_tui.db.engine import Store
from placement_tui.domain.backups import BEFORE, file_name
from placement_tui.errors import Refused, StoreDamaged
from placement_tui.paths import backups_dir

HEAD = "0006"
TRIGGERS = {
    "operation_stays": """CREATE TRIGGER operation_stays BEFORE UPDATE ON operation
        WHEN NOT (((NEW.fields IS NULL AND NEW.salt IN ('', 'withheld')) OR (OLD.fields IS NULL AND OLD.salt = 'withheld'))
                  AND NEW.id = OLD.id AND NEW.device = OLD.device
                  AND NEW.sequence = OLD.sequence AND NEW.hlc = OLD.hlc AND NEW.at = OLD.at AND NEW.command = OLD.command
                  AND NEW.officer_id IS OLD.officer_id AND NEW.intention = OLD.intention AND NEW.undoes IS OLD.undoes
                  AND NEW.noun = OLD.noun AND NEW.key = OLD.key AND NEW.base = OLD.base
                  AND NEW.digest = OLD.digest AND NEW.hash = OLD.hash)
        BEGIN SELECT RAISE(ABORT, 'the journal only grows'); END""",
    "operation_kept": """CREATE TRIGGER operation_kept BEFORE DELETE ON operation
        BEGIN SELECT RAISE(ABORT, 'the journal only grows'); END""",
    "operation_once": """CREATE TRIGGER operation_once BEFORE INSERT ON operation
        WHEN EXISTS (SELECT 1 FROM operation WHERE id = NEW.id)
        BEGIN SELECT RAISE(IGNORE); END""",
    "operation_unforked": """CREATE TRIGGER operation_unforked BEFORE INSERT ON operation
        WHEN EXISTS (SELECT 1 FROM operation WHERE device = NEW.device AND sequence = NEW.sequence AND id <> NEW.id)
        BEGIN SELECT RAISE(ABORT, 'forked device'); END""",
}


def version(store: Store) -> str | None:
    """The migration that the store stands at; None for an empty one. Reads one row."""
    with store.read() as session:
        if not inspect(session.connection()).has_table("alembic_version"):
            return None
        return session.execute(text("SELECT version_num FROM alembic_version")).scalar()


def migrate(store: Store, *, copy: bool = True) -> Path | None:
    """Bring the store to this version; gives the verified copy that was made before, among its backups, if there is one.

    A store that is a fresh copy itself needs none.

    Raises Refused where the store was written by a newer program, StoreDamaged where its references do not hold.
    """
    at = version(store)
    if at == HEAD:
        return None
    if at is not None and at > HEAD:
        raise Refused(
            "The store was written by a newer version of this program",
            f"it stands at {at}, this program at {HEAD}",
            "update the program: nothing was changed",
        )
    if store.server:  # its copies are the server's own; DDL is part of a transaction there as it is in a file
        with store.maintain() as connection, connection.begin():
            _upgrade(connection)
        return None
    made = None
    if at is not None and copy:
        made = backups_dir(store.path) / file_name(store.path.stem, store.clock(), f"{BEFORE} {HEAD}")
        if not made.exists():  # or a colleague's program made it this second
            backups.make(store, made)
    with store.maintain() as connection:
        bare = (
            connection.connection.driver_connection
        )  # inside a transaction, which a session begins, it changes nothing
        bare.execute("PRAGMA foreign_keys=OFF")
        try:
            with connection.begin():
                _upgrade(connection)
                for name, sql in TRIGGERS.items():
                    connection.exec_driver_sql(f"DROP TRIGGER IF EXISTS {name}")
                    connection.exec_driver_sql(sql)
                broken = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
                if broken:
                    raise StoreDamaged(
                        f"{len(broken)} references of the store do not hold",
                        f"first in table {broken[0][0]}",
                        "nothing was changed: restore a backup",
                    )
        finally:
            connection.rollback()
            bare.execute("PRAGMA foreign_keys=ON")
    return made


def _upgrade(connection: Any) -> None:
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
