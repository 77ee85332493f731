"""The numbered migrations and what alembic runs."""
