"""What work asks of a store: every statement with its plan, and the steps that the store's machine takes for it.

Counts, so that they are the same on every machine and may be held in tests.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from sqlalchemy import Engine, event

from placement_tui.bootstrap import Services
from placement_tui.db.tables import RECORDS

STEPS = 10  # of the store's machine, between two counts
TABLES = frozenset(RECORDS) | {"operation", "draft", "local", "summary"}
_ALIAS = re.compile(r"\b(?:FROM|JOIN|,)\s+\"?(\w+)\"?\s+AS\s+\"?(\w+)\"?", re.I)
_STEP = re.compile(r"^(SCAN|SEARCH) (\w+)(?: USING (.*))?$")
_RECORDS = ("SELECT", "WITH", "INSERT", "UPDATE", "DELETE", "(SELECT")


@dataclass(slots=True)
class Asked:
    """What was asked: the statements in their order with what was put into them, and the steps that they took."""

    statements: list[tuple[str, Any]] = field(default_factory=list)
    ticks: int = 0

    @property
    def steps(self) -> int:
        """The steps of the store's machine, about."""
        return self.ticks * STEPS

    @property
    def said(self) -> list[str]:
        """The statements that read or write records; not those that begin and end a transaction."""
        begun = ("BEGIN", "SELECT 1 FROM sqlite_master", "PRAGMA")
        return [each for each, _ in self.statements if not each.startswith(begun)]


@contextmanager
def watched(steps: bool = False) -> Iterator[Asked]:
    """Note what is asked of every store while the block runs; with `steps` count those too."""
    asked = Asked()
    counted: list[Any] = []

    def tick() -> int:
        asked.ticks += 1
        return 0

    def heard(connection: Any, _cursor: Any, statement: str, parameters: Any, *_more: Any) -> None:
        asked.statements.append((" ".join(statement.split()), parameters))
        raw = connection.connection.driver_connection
        if steps and not any(raw is each for each in counted):
            raw.set_progress_handler(tick, STEPS)
            counted.append(raw)

    event.listen(Engine, "before_cursor_execute", heard)
    try:
        yield asked
    finally:
        event.remove(Engine, "before_cursor_execute", heard)
        for raw in counted:
            raw.set_progress_handler(None, 0)


def steps_of(work: Callable[[], object]) -> int:
    """The steps of some work."""
    with watched(steps=True) as asked:
        work()
    return asked.steps


class Reading(NamedTuple):
    """A table that a statement reads from end to end."""

    table: str
    statement: str


def whole(services: Services, statements: Sequence[tuple[str, Any]]) -> list[Reading]:
    """The tables that statements read from end to end, whatever is in them.

    Two ways to go through an index are no such reading: one over the few rows that are open, and one in the order of the
    answer that ends after its first rows.
    """
    found: dict[Reading, None] = {}
    raw = services.desk.store.raw()
    try:
        for statement, parameters in {each[0]: each for each in statements}.values():
            if not statement.startswith(_RECORDS):
                continue
            names = {alias: table for table, alias in _ALIAS.findall(statement)}
            first = parameters[0] if isinstance(parameters, list) else parameters
            plan = [line for *_, line in raw.execute(f"EXPLAIN QUERY PLAN {statement}", first)]
            ends = " LIMIT " in statement and not any("TEMP B-TREE FOR ORDER BY" in line for line in plan)
            found |= {Reading(table, statement): None for line in plan if (table := _read(line, names, ends))}
    finally:
        raw.close()
    return list(found)


def _read(line: str, names: dict[str, str], ends: bool) -> str:
    """The table that a line of a plan reads whole; empty where it reads none so."""
    said = _STEP.match(line)
    table = names.get(said[2], said[2]) if said else ""
    if said is None or table not in TABLES:
        return ""
    using = said[3] or ""
    if "AUTOMATIC" in using:  # an index made for this one answer, from the whole table
        return table
    few = re.search(r"INDEX \w+_open\b", using) or (ends and "INDEX" in using)
    return table if said[1] == "SCAN" and not few else ""
