"""A store that the migrations made has exactly the tables that the code describes."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlmodel import SQLModel

from placement_tui.bootstrap import Services
from placement_tui.db import migrate, tables

VERSIONS = Path(migrate.__file__).parent / "migrations"


def test_the_migrations_make_what_the_tables_describe(services: Services) -> None:
    assert tables.RECORDS
    with services.desk.store.maintain() as connection:
        context = MigrationContext.configure(
            connection, opts={"compare_type": True, "compare_server_default": True, "include_object": _ours}
        )
        assert compare_metadata(context, SQLModel.metadata) == []


def test_the_last_migration_is_the_one_that_a_store_is_brought_to(services: Services) -> None:
    assert ScriptDirectory(str(VERSIONS)).get_heads() == [migrate.HEAD]
    assert migrate.version(services.desk.store) == migrate.HEAD


def _ours(_item: Any, name: str | None, kind: str, *_: Any) -> bool:
    return kind != "table" or name != "alembic_version"
