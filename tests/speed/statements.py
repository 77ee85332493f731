"""What work asks of a store: every statement with its plan, and the steps that the store's machine takes for it.

Counts, so that they are the same on every machine and may be held in tests.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Engine, event

from placement_tui.bootstrap import Services
from placement_tui.db.tables import RECORDS

STEPS = 10  # of the store's machine, between two counts
TABLES = frozenset(RECORDS) | {"operation", "draft", "local", "summary"}
_ALIAS = re.compile(r"\b(?:FROM|JOIN|,)\s+\"?(\w+)\"?\s+AS\s+\"?(\w+)\"?", re.I)
_READ = re.compile(r"^(SCAN|SEARCH) (\w+)(?: USING (.*))?$")


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


def scans(services: Services, statements: Sequence[tuple[str, Any]]) -> dict[str, list[str]]:
    """For every statement that reads a table from end to end: those tables, with how it does so.

    An index over the few rows that are open is small however much there is, and no such reading.
    """
    found: dict[str, list[str]] = {}
    raw = services.desk.store.raw()
    try:
        for statement, parameters in statements:
            if statement in found or not statement.lstrip("( ").startswith(
                ("SELECT", "WITH", "UPDATE", "DELETE", "INSERT")
            ):
                continue
            names = {alias: table for table, alias in _ALIAS.findall(statement)}
            first = parameters[0] if isinstance(parameters, list) else parameters
            plan = raw.execute(f"EXPLAIN QUERY PLAN {statement}", first).fetchall()
            found[statement] = [line for *_, line in plan if _whole(line, names)]
    finally:
        raw.close()
    return {statement: lines for statement, lines in found.items() if lines}


def _whole(line: str, names: dict[str, str]) -> bool:
    read = _READ.match(line)
    if read is None:
        return False
    how, table, using = read[1], names.get(read[2], read[2]), read[3] or ""
    if table not in TABLES:
        return False
    if "AUTOMATIC" in using:
        return True
    return how == "SCAN" and not re.search(r"INDEX \w+_open\b", using)
