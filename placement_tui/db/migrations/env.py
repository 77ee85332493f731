"""What alembic runs: on the open, encrypted connection that it is handed, never on an address of its own."""

from __future__ import annotations

from alembic import context
from sqlmodel import SQLModel

from placement_tui.db import tables

assert tables.RECORDS, "the tables must be known before they are compared"
context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=SQLModel.metadata,
    render_as_batch=True,
    compare_type=True,
    transaction_per_migration=False,
)
with context.begin_transaction():
    context.run_migrations()
