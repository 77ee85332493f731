"""One SELECT of a person's own, over a connection that can only read and only for so long."""

from __future__ import annotations

import re
import sqlite3
import time
from collections.abc import Collection, Iterator, Sequence
from typing import Any

import sqlcipher3.dbapi2 as sqlcipher

from placement_tui.db import moving
from placement_tui.db.engine import Store
from placement_tui.db.reads import restricted
from placement_tui.db.told import told
from placement_tui.domain.queries import SqlAnswer
from placement_tui.domain.typed_text import clean
from placement_tui.errors import PlacementError, Refused, WrongUse

_READING = {sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ, sqlite3.SQLITE_RECURSIVE}
# Functions that reach outside the store or change how it works.
_CLOSED = {"load_extension", "sqlcipher_export", "fts3_tokenizer", "readfile", "writefile", "edit"}
_TELLING = {"table_info", "table_xinfo", "table_list", "index_list", "index_info", "index_xinfo", "foreign_key_list"}
_STEPS = 10_000  # instructions between two looks at the clock, some tenths of a millisecond
_FETCHED = 500
_SYNTAX = re.compile(r'near "([^"]*)": syntax error|incomplete input|unrecognized token')
_CHANGING = (
    "not authorized",
    "authorization denied",
    "prohibited",
    "attempt to write",
    "a view",
    "DROP VIEW",
    "views may not",
)
_MISSING = re.compile(r"no such (table|column|function): (.*)")


def select(store: Store, sql: str, seconds: float, closed: Collection[str] = ()) -> SqlAnswer:
    """The answer of one SELECT (or WITH, VALUES, EXPLAIN, PRAGMA table_info), its rows as they come.

    Raises WrongUse where it is no such statement, Refused where it would write, reads one of the `closed` tables or
    takes longer than `seconds`.
    """
    if not clean(sql):
        raise WrongUse("There is no query", mend='for example: placement sql "SELECT name FROM home LIMIT 5"')
    raw = moving.opened_copy(store) if store.server else store.raw()  # a server has no gate at every column
    limit = _Limit(seconds)
    gate = _Gate(closed)
    try:
        with told(store.path):
            restricted.cover(raw)
        raw.set_authorizer(gate)
        raw.set_progress_handler(limit, _STEPS)
        with told(store.path):
            try:
                cursor = raw.execute(sql)
            except (sqlcipher.Error, sqlcipher.Warning, ValueError) as cause:
                if gate.shut:
                    raise Refused(f"The table {gate.shut} is not open to you", "nothing was read") from None
                raise _sentence(str(cause), limit) from None
        if cursor.description is None:
            raise WrongUse("That is no query that gives rows", mend="begin it with SELECT")
    except BaseException:
        raw.close()
        raise
    names = [str(each[0]) for each in cursor.description]
    return SqlAnswer(names, _rows(raw, cursor, store, limit), frozenset(gate.read))


class _Limit:
    """Stops a query whose time is over; asked by the engine every few thousand steps."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self.over = False
        self._until = time.monotonic() + seconds

    def __call__(self) -> int:
        self.over = time.monotonic() > self._until
        return int(self.over)


def _rows(raw: Any, cursor: Any, store: Store, limit: _Limit) -> Iterator[Sequence[Any]]:
    try:
        while True:
            with told(store.path):
                try:
                    rows = cursor.fetchmany(_FETCHED)
                except (sqlcipher.Error, ValueError) as cause:
                    raise _sentence(str(cause), limit) from None
            if not rows:
                return
            for row in rows:
                yield [value.hex() if isinstance(value, bytes) else value for value in row]
    finally:
        raw.close()


class _Gate:
    """Asked by the engine of each thing that a statement would do; remembers what it reads."""

    def __init__(self, closed: Collection[str]) -> None:
        self._closed = closed
        self.read: set[str] = set()
        self.shut = ""

    def __call__(
        self, action: int, first: str | None, second: str | None, database: str | None, within: str | None
    ) -> int:
        if action == sqlite3.SQLITE_READ and first:
            if first.lower() in self._closed:
                self.shut = first.lower()
                return sqlite3.SQLITE_DENY
            self.read.add(first.lower())
            return restricted.answer(first.lower(), (second or "").lower(), database, within)
        return _may(action, first, second)


def _may(action: int, first: str | None, second: str | None) -> int:
    if action in _READING:
        return sqlite3.SQLITE_OK
    if action == sqlite3.SQLITE_FUNCTION:
        return sqlite3.SQLITE_DENY if (second or "").lower() in _CLOSED else sqlite3.SQLITE_OK
    if action == sqlite3.SQLITE_PRAGMA and (first or "").lower() in _TELLING:
        return sqlite3.SQLITE_OK
    return sqlite3.SQLITE_DENY


def _sentence(cause: str, limit: _Limit) -> PlacementError:
    if limit.over:
        return Refused(
            f"The query took longer than {limit.seconds:g} seconds and was stopped",
            "",
            "narrow it, or give it more time with --seconds",
        )
    if any(said in cause for said in _CHANGING):
        return Refused("Only reading is allowed here", "nothing was changed", "begin the query with SELECT")
    if "one statement" in cause:
        return WrongUse("There is more than one statement", "one is run at a time", "leave out what follows the ;")
    if found := _MISSING.search(cause):
        more = "`placement sql \"SELECT name FROM sqlite_master WHERE type = 'table'\"` lists the tables"
        return WrongUse(f"There is no {found[1]} {clean(found[2])[:80]!r}", mend=more)
    if found := _SYNTAX.search(cause):
        place = f"it goes wrong near {clean(found[1])[:80]!r}" if found[1] else "it ends too early or has a stray sign"
        return WrongUse("That is no SQL that the store understands", place, "try a part of it")
    return WrongUse("The store cannot run that query", clean(cause)[:200])
