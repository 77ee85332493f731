"""The tables of a store on a server, and what guards its journal there.

The same tables as in a file, made at this version at once. The journal has one column more: `rowid`, the order in which
operations arrived, which a file has by nature. A trigger counts it up; writers hold the row of the chain's end while they
write, so that it grows in the order of their commits, without a sequence. References are checked at the commit where a
meeting brings in rows before those that they refer to.
"""

from __future__ import annotations

from sqlalchemy import Connection, inspect, text
from sqlmodel import SQLModel

from placement_tui.db import tables
from placement_tui.db.server_slots import TABLE
from placement_tui.errors import Refused

COLLATIONS = ("C", "POSIX", "C.UTF-8", "C.utf8")
_VERSION = "alembic_version"
_FUNCTIONS = {
    "operation_arrives": """ BEGIN
        IF EXISTS (SELECT 1 FROM operation WHERE id = NEW.id) THEN RETURN NULL; END IF;
        IF EXISTS (SELECT 1 FROM operation WHERE device = NEW.device AND sequence = NEW.sequence) THEN
            RAISE EXCEPTION 'forked device'; END IF;
        IF NEW.rowid IS NULL THEN NEW.rowid := (SELECT coalesce(max(rowid), 0) + 1 FROM operation); END IF;
        RETURN NEW; END """,
    "operation_stays": """ BEGIN
        IF TG_OP = 'UPDATE' THEN
            IF ((NEW.fields IS NULL AND NEW.salt IN ('', 'withheld')) OR (OLD.fields IS NULL AND OLD.salt = 'withheld'))
               AND (to_jsonb(NEW) - 'fields' - 'salt') = (to_jsonb(OLD) - 'fields' - 'salt') THEN RETURN NEW; END IF;
        END IF;
        RAISE EXCEPTION 'the journal only grows'; END """,
}
TRIGGERS = {
    "operation_arrives": ("BEFORE INSERT", "ROW", "operation_arrives"),
    "operation_stays": ("BEFORE UPDATE OR DELETE", "ROW", "operation_stays"),
    "operation_kept": ("BEFORE TRUNCATE", "STATEMENT", "operation_stays"),
}
_KIND = {"r": "table", "v": "view", "m": "view", "f": "table", "p": "table"}


def has_store(connection: Connection) -> bool:
    """True where the database holds a store already."""
    return inspect(connection).has_table(_VERSION)


def create(connection: Connection, version: str) -> None:
    """Make every table at this version. Raises Refused where the database would sort or spell names its own way."""
    refuse_own_ways(connection)
    assert tables.RECORDS, "the tables must be known before they are made"
    SQLModel.metadata.create_all(connection)
    connection.exec_driver_sql("ALTER TABLE operation ADD COLUMN rowid bigint")
    connection.exec_driver_sql("CREATE UNIQUE INDEX ix_operation_rowid ON operation (rowid)")
    for name, body in _FUNCTIONS.items():
        connection.exec_driver_sql(f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $${body}$$")
    for name in TRIGGERS:
        connection.exec_driver_sql(trigger(name))
    for table, name in connection.execute(_REFERENCES).all():
        connection.exec_driver_sql(f'ALTER TABLE "{table}" ALTER CONSTRAINT "{name}" DEFERRABLE INITIALLY IMMEDIATE')
    connection.exec_driver_sql(f"CREATE TABLE {_VERSION} (version_num varchar(32) PRIMARY KEY)")
    connection.execute(text(f"INSERT INTO {_VERSION} VALUES (:version)"), {"version": version})  # noqa: S608 - a name of ours


def trigger(name: str) -> str:
    """The statement that makes one of the journal's guards."""
    when, each, function = TRIGGERS[name]
    return f"CREATE TRIGGER {name} {when} ON operation FOR EACH {each} EXECUTE FUNCTION {function}()"


def drop(connection: Connection) -> None:
    """Take away everything that `create` made."""
    SQLModel.metadata.drop_all(connection)
    for name in (_VERSION, TABLE):
        connection.exec_driver_sql(f"DROP TABLE IF EXISTS {name}")
    for name in _FUNCTIONS:
        connection.exec_driver_sql(f"DROP FUNCTION IF EXISTS {name}()")


def faults(connection: Connection) -> list[str]:
    """What guards the journal and is gone or changed, and what no version of this program makes, in words."""
    standing = {
        name: (source, state, name in TRIGGERS and _spelt(definition) == _spelt(trigger(name)))
        for name, source, state, definition in connection.execute(_GUARDS).all()
    }
    said = []
    for name, (_, _, function) in TRIGGERS.items():
        if standing.pop(name, None) != (_FUNCTIONS[function], "O", True):
            said.append(f"what keeps the journal from being changed is gone or altered ({name})")
    known = {*SQLModel.metadata.tables, _VERSION, TABLE}
    strange = [(_KIND[kind], name) for kind, name in connection.execute(_RELATIONS).all() if name not in known]
    strange += [("trigger", name) for name in standing]
    return said + [f"this program did not make the {kind} {name[:80]} in the store" for kind, name in sorted(strange)]


def _spelt(definition: str) -> tuple[str, frozenset[str]]:
    """A trigger's statement as the server and as we write it: it names its schema, and its events in an order of its own."""
    event, rest = definition.split(" ON ", 1)
    return rest.replace("public.", ""), frozenset(event.split(" "))


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


_REFERENCES = text(
    "SELECT r.relname, c.conname FROM pg_constraint c JOIN pg_class r ON r.oid = c.conrelid"
    " JOIN pg_namespace n ON n.oid = r.relnamespace WHERE c.contype = 'f' AND n.nspname = current_schema()"
)
_GUARDS = text(
    "SELECT t.tgname, p.prosrc, t.tgenabled::text, pg_get_triggerdef(t.oid) FROM pg_trigger t"
    " JOIN pg_proc p ON p.oid = t.tgfoid JOIN pg_class r ON r.oid = t.tgrelid"
    " JOIN pg_namespace n ON n.oid = r.relnamespace WHERE NOT t.tgisinternal AND n.nspname = current_schema()"
)
_RELATIONS = text(
    "SELECT r.relkind::text, r.relname FROM pg_class r JOIN pg_namespace n ON n.oid = r.relnamespace"
    " WHERE r.relkind IN ('r', 'v', 'm', 'f', 'p') AND n.nspname = current_schema()"
)
