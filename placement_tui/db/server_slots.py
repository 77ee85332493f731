"""The slot file of a store on a server: a row of a table that stands beside the store's own."""

from __future__ import annotations

from placement_tui.db import servers

TABLE = "slot_file"
CREATE = f"CREATE TABLE IF NOT EXISTS {TABLE} (name text PRIMARY KEY, body text NOT NULL)"
_NAME = "keys"


def fetch(address: str) -> str | None:
    """The text of the slot file, None where there is none yet. Raises PlacementError."""
    import psycopg

    with servers.connect(address) as connection:
        try:
            row = connection.execute(f"SELECT body FROM {TABLE} WHERE name = %s", (_NAME,)).fetchone()  # noqa: S608 - a name of ours
        except psycopg.errors.UndefinedTable:
            return None
        except psycopg.Error as cause:
            raise servers.sentence(address, cause) from None
    return str(row[0]) if row else None


def put(address: str, body: str) -> None:
    """Write it, whole or not at all. Raises PlacementError."""
    import psycopg

    with servers.connect(address) as connection:
        try:
            connection.execute(CREATE)
            connection.execute(
                f"INSERT INTO {TABLE} (name, body) VALUES (%s, %s) ON CONFLICT (name) DO UPDATE SET body = excluded.body",  # noqa: S608 - a name of ours
                (_NAME, body),
            )
        except psycopg.Error as cause:
            raise servers.sentence(address, cause) from None
