"""The tables of a store on a server, and what guards its journal there.

The same tables as in a file, made at this version at once. The journal has one column more: `rowid`, the order in which
operations arrived, which a file has by nature. A trigger counts it up; writers hold the row of the chain's end while they
write, so that it grows in the order of their commits, without a sequence. References are checked at the commit where a
meeting brings in rows before those that they refer to.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, inspect, text
from sqlmodel import SQLModel

from placement_tui.db import tables
from placement_tui.db.server_slots import TABLE
from placement_tui.errors import Refused

COLLATIONS = ("C", "POSIX", "C.UTF-8", "C.utf8")
_VERSION = "alembic_version"
_JOURNAL = (
    "ALTER TABLE operation ADD COLUMN rowid bigint",
    "CREATE UNIQUE INDEX ix_operation_rowid ON operation (rowid)",
    """CREATE FUNCTION operation_arrives() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
        IF EXISTS (SELECT 1 FROM operation WHERE id = NEW.id) THEN RETURN NULL; END IF;
        IF EXISTS (SELECT 1 FROM operation WHERE device = NEW.device AND sequence = NEW.sequence) THEN
            RAISE EXCEPTION 'forked device'; END IF;
        IF NEW.rowid IS NULL THEN NEW.rowid := (SELECT coalesce(max(rowid), 0) + 1 FROM operation); END IF;
        RETURN NEW; END $$""",
    "CREATE TRIGGER operation_arrives BEFORE INSERT ON operation FOR EACH ROW EXECUTE FUNCTION operation_arrives()",
    """CREATE FUNCTION operation_stays() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
        IF TG_OP = 'UPDATE' THEN
            IF ((NEW.fields IS NULL AND NEW.salt IN ('', 'withheld')) OR (OLD.fields IS NULL AND OLD.salt = 'withheld')) AND
               (to_jsonb(NEW) - 'fields' - 'salt') = (to_jsonb(OLD) - 'fields' - 'salt') THEN RETURN NEW; END IF;
        END IF;
        RAISE EXCEPTION 'the journal only grows'; END $$""",
    "CREATE TRIGGER operation_stays BEFORE UPDATE OR DELETE ON operation FOR EACH ROW EXECUTE FUNCTION operation_stays()",
    "CREATE TRIGGER operation_kept BEFORE TRUNCATE ON operation FOR EACH STATEMENT EXECUTE FUNCTION operation_stays()",
)


def has_store(connection: Connection) -> bool:
    """True where the database holds a store already."""
    return inspect(connection).has_table(_VERSION)


def create(connection: Connection, version: str) -> None:
    """Make every table at this version. Raises Refused where the database would sort or spell names its own way."""
    refuse_own_ways(connection)
    assert tables.RECORDS, "the tables must be known before they are made"
    SQLModel.metadata.create_all(connection)
    for statement in _JOURNAL:
        connection.exec_driver_sql(statement)
    for table, name in connection.execute(_references()).all():
        connection.exec_driver_sql(f'ALTER TABLE "{table}" ALTER CONSTRAINT "{name}" DEFERRABLE INITIALLY IMMEDIATE')
    connection.exec_driver_sql(f"CREATE TABLE {_VERSION} (version_num varchar(32) PRIMARY KEY)")
    connection.execute(text(f"INSERT INTO {_VERSION} VALUES (:version)"), {"version": version})  # noqa: S608 - a name of ours


def drop(connection: Connection) -> None:
    """Take away everything that `create` made."""
    connection.exec_driver_sql("SET CONSTRAINTS ALL DEFERRED")
    SQLModel.metadata.drop_all(connection)
    for name in (_VERSION, TABLE):
        connection.exec_driver_sql(f"DROP TABLE IF EXISTS {name}")
    for name in ("operation_arrives", "operation_stays"):
        connection.exec_driver_sql(f"DROP FUNCTION IF EXISTS {name}()")


def refuse_own_ways(connection: Connection) -> None:
    """Raises Refused for a database whose texts are not in UTF-8 or not in the order of their letters' numbers."""
    encoding, collation, name = connection.exec_driver_sql(
        "SELECT pg_encoding_to_char(encoding), datcollate, datname FROM pg_database WHERE datname = current_database()"
    ).one()
    if encoding != "UTF8" or collation not in COLLATIONS:
        raise Refused(
            "The database would sort names in another order than a laptop does",
            f"it has the encoding {encoding} and the order {collation}",
            f"make it anew: createdb --template=template0 --encoding=UTF8 --locale=C.UTF-8 {name}",
        )


def _references() -> Any:
    return text(
        "SELECT r.relname, c.conname FROM pg_constraint c JOIN pg_class r ON r.oid = c.conrelid"
        " JOIN pg_namespace n ON n.oid = r.relnamespace WHERE c.contype = 'f' AND n.nspname = current_schema()"
    )
