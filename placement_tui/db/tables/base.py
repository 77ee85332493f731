"""What every table shares: the journaled row, and the kinds of column."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, Connection, Index, Table, Text, event, false, text
from sqlmodel import Field, SQLModel

from placement_tui.db.types import UtcDateTime
from placement_tui.domain.identifiers import new_id

_ONLY = "only where"


def time_column(index: bool = False) -> Any:
    """A time that may be missing, in UTC."""
    return Field(default=None, sa_type=UtcDateTime, index=index)


def must_time() -> Any:
    """A time, in UTC."""
    return Field(sa_type=UtcDateTime)


def json_column(default: Any) -> Any:
    """A list or mapping, as JSON."""
    return Field(default_factory=default, sa_type=JSON)


def text_column() -> Any:
    """Text of any length, empty where nothing was said."""
    return Field(default="", sa_type=Text)


def zero() -> Any:
    """A flag that is off; the database says so for rows that were there before the column."""
    return Field(default=False, sa_column_kwargs={"server_default": false()})


def nothing() -> Any:
    """A short text that is empty; the database says so for rows that were there before the column."""
    return Field(default="", sa_column_kwargs={"server_default": text("''")})


def none_yet() -> Any:
    """A list that is empty; the database says so for rows that were there before the column."""
    return Field(default_factory=list, sa_type=JSON, sa_column_kwargs={"server_default": text("'[]'")})


def listed(table: str, *columns: str, where: str = "", called: str = "") -> Index:
    """An index over the rows that a screen lists; `where` narrows it to the few that are open.

    Where it holds all that is asked of a row its name would be too long for a server: it is `called` by what it is for.
    """
    name = "_".join(("ix", table, called or "_".join(columns) + ("_open" if where else "")))
    return Index(name, *columns, sqlite_where=text(where) if where else None, info={_ONLY: where})


@event.listens_for(Table, "before_create")
def _narrow(table: Table, connection: Connection, **_: Any) -> None:
    """Said to PostgreSQL only when a table is made there: naming its option loads its whole dialect at every start."""
    if connection.dialect.name == "postgresql":
        for index in table.indexes:
            if index.info.get(_ONLY):
                index.dialect_options["postgresql"]["where"] = text(index.info[_ONLY])


class Plain(SQLModel):
    """A table's class; what would check its values as they come in is made only where somebody asks for it."""

    model_config = {"defer_build": True}


class Record(Plain):
    """What every journaled row has: an identifier made offline, and the mark of a row struck out."""

    id: UUID = Field(default_factory=new_id, primary_key=True)
    struck_at: datetime | None = time_column()
