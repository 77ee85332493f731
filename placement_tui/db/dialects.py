"""The few things that the two engines are told in words of their own."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Float, String, Uuid, text
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.orm import Session
from sqlalchemy.sql.functions import FunctionElement

from placement_tui.db.types import UtcDateTime


def in_file(session: Session) -> bool:
    """True for a store in a file, False for one on a server."""
    return session.get_bind().dialect.name == "sqlite"


def defer_references(session: Session) -> None:
    """Let rows come before those that they refer to, until the commit."""
    session.execute(text("PRAGMA defer_foreign_keys=ON" if in_file(session) else "SET CONSTRAINTS ALL DEFERRED"))


class days(FunctionElement[float]):  # noqa: N801 - reads as an SQL function
    """A time as days and parts of a day since a day long ago, to be subtracted from another."""

    type = Float()
    inherit_cache = True


class greater(FunctionElement[float]):  # noqa: N801 - reads as an SQL function
    """The greater of some numbers of one row; nothing where one of them is nothing."""

    type = Float()
    inherit_cache = True


class stored(FunctionElement[str]):  # noqa: N801 - reads as an SQL function
    """A value as it lies in a file: an identifier as hex, a time or a day as text; making objects of many takes long."""

    type = String()
    inherit_cache = True


@compiles(stored, "sqlite")
def _stored_in_file(element: stored, compiler: Any, **kw: Any) -> str:
    return str(compiler.process(element.clauses, **kw))


@compiles(stored, "postgresql")
def _stored_on_server(element: stored, compiler: Any, **kw: Any) -> str:
    (value,) = element.clauses
    said = compiler.process(element.clauses, **kw)
    if isinstance(value.type, Uuid):
        return f"replace(({said})::text, '-', '')"
    if isinstance(value.type, UtcDateTime):
        return f"to_char(({said}) AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS.US')"
    return f"({said})::text"


@compiles(days, "sqlite")
def _days_in_file(element: days, compiler: Any, **kw: Any) -> str:
    return f"julianday({compiler.process(element.clauses, **kw)})"


@compiles(days, "postgresql")
def _days_on_server(element: days, compiler: Any, **kw: Any) -> str:
    return f"(extract(epoch from ({compiler.process(element.clauses, **kw)})) / 86400.0)::float8"


@compiles(greater, "sqlite")
def _greater_in_file(element: greater, compiler: Any, **kw: Any) -> str:
    return f"max({compiler.process(element.clauses, **kw)})"


@compiles(greater, "postgresql")
def _greater_on_server(element: greater, compiler: Any, **kw: Any) -> str:
    parts = [compiler.process(each, **kw) for each in element.clauses]
    return f"CASE WHEN {' OR '.join(f'({each}) IS NULL' for each in parts)} THEN NULL ELSE greatest({', '.join(parts)}) END"
