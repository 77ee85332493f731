"""Which rows a session hands out whole: the one place where reading knows of restricted addresses.

A session that reads for somebody who may not see them is marked once, where it begins (`services.desk.Desk.read`); every
read that tells where a home is passes its rows through here.
"""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from typing import TYPE_CHECKING, Any, TypeVar

from sqlalchemy.orm import Session

from placement_tui.db.columns import columns_of
from placement_tui.db.tables import RECORDS

if TYPE_CHECKING:
    from placement_tui.domain.care import Stay

T = TypeVar("T")

_HIDDEN = "restricted addresses are hidden"


def _rules() -> Any:
    """What is hidden from whom; it knows every kind of row, and few who open the store are viewers."""
    from placement_tui.domain import restricted

    return restricted


def hide(session: Session) -> None:
    """From here on this session hands out no restricted address."""
    session.info[_HIDDEN] = True


def hidden(session: Session) -> bool:
    """True where it hands out none."""
    return bool(session.info.get(_HIDDEN))


def shown(session: Session, row: T) -> T:
    """The row as whoever reads may see it."""
    return _rules().for_viewer(row) if hidden(session) else row


def miles(session: Session, said: float | None, is_restricted: bool | None) -> float | None:
    """A distance as whoever reads may see it."""
    return _rules().rounded(said, True) if is_restricted and hidden(session) else said


def stay(session: Session, said: Stay, is_restricted: bool) -> Stay:
    """A child's stay as whoever reads may see it: a viewer learns of no postcode that the return alone is told."""
    if not (is_restricted and hidden(session)):
        return said
    return replace(said, postcode=None, miles=_rules().rounded(said.miles, True))


# A SELECT of somebody's own ends in a file as often as not: it sees these tables through views that leave the addresses out.
_WHERE = {"home": "restricted", "placement": "home_id IN (SELECT id FROM main.home WHERE restricted)"}


def cover(raw: Any) -> None:
    """Put views without restricted addresses in front of the tables that hold them, on a connection of the driver's own."""
    raw.execute(
        "PRAGMA query_only=OFF"
    )  # a view of this connection alone is no change of the store, and is refused as one
    for noun, hidden in _rules().ADDRESS.items():
        shown = (
            f"CASE WHEN {_WHERE[noun]} THEN NULL ELSE {column.name} END AS {column.name}"
            if column.name in hidden
            else column.name
            for column in columns_of(RECORDS[noun])
        )
        raw.execute(f"CREATE TEMP VIEW {noun} AS SELECT {', '.join(shown)} FROM main.{noun}")  # noqa: S608  # names of our own columns
    paths = {noun: ", ".join(f"'$.{name}'" for name in hidden) for noun, hidden in _rules().ADDRESS.items()}
    cases = " ".join(f"WHEN '{noun}' THEN json_remove(fields, {each})" for noun, each in paths.items())
    others = ", ".join(row[1] for row in raw.execute("PRAGMA main.table_info(operation)") if row[1] != "fields")
    fields = f"CASE noun {cases} ELSE fields END AS fields"
    raw.execute(f"CREATE TEMP VIEW operation AS SELECT {others}, {fields} FROM main.operation")  # noqa: S608  # as above
    raw.execute("PRAGMA query_only=ON")


def answer(table: str, column: str, database: str | None, within: str | None) -> int:
    """What the engine is told that wants to read a column: past the view it finds nothing there."""
    past = database == "main" and within != table
    covered = column in _rules().ADDRESS.get(table, ()) or (table, column) == ("operation", "fields")
    return sqlite3.SQLITE_IGNORE if past and covered else sqlite3.SQLITE_OK
