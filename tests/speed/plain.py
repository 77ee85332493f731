"""What the encryption costs: the same services over the store and over a plain SQLite copy of it; and `sqlite3` alone.

The third way runs only the statements, with the standard library's own driver: no services, no rows made into objects. It
is what the question costs at the least.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2 as sqlcipher

from placement_tui.bootstrap import Services, open_services, services_at
from placement_tui.db.bare import PRAGMAS
from placement_tui.db.engine import Store
from placement_tui.domain.approaches import Refusal
from tests.speed.measuring import Results
from tests.speed.statements import watched
from tests.speed.stores import LARGE, SMALL, Measured

PLAIN, ALONE = "plain SQLite", "sqlite3 alone"
READS = ("the board", "a call list", "a referral", "a home's page", "what is due")
LOG = "a refusal logged"


class Unlocked(Store):
    """A store whose file is not encrypted: for this measurement alone."""

    def _connect(self, *, query_only: bool) -> Any:
        connection = sqlcipher.connect(str(self.path), isolation_level=None, check_same_thread=False, timeout=10)
        for pragma in PRAGMAS:
            connection.execute(pragma)
        if query_only:
            connection.execute("PRAGMA query_only=ON")
        return connection


def unlocked(store: Store, path: Path) -> None:
    """A plain copy of a store's file."""
    path.unlink(missing_ok=True)
    raw = store.raw(query_only=False)
    try:
        raw.execute("PRAGMA query_only=OFF")
        raw.execute("ATTACH DATABASE ? AS plain KEY ''", (str(path),))
        raw.execute("SELECT sqlcipher_export('plain')")
        for name in ("user_version", "application_id"):
            raw.execute(f"PRAGMA plain.{name} = {raw.execute(f'PRAGMA {name}').fetchone()[0]}")
        raw.execute("PRAGMA plain.journal_mode = WAL")
        raw.execute("DETACH DATABASE plain")
    finally:
        raw.close()


def works(services: Services) -> dict[str, Callable[[], object]]:
    """What is asked of a store all day, by its name."""
    board = services.referrals.board()
    key = max(board.rows, key=lambda row: row.asked).id
    call = next(row for row in services.approaches.calls(key).rows if row.outcome == "refusal" and row.home_id)
    reasons = ["V1", "M1"]

    def log() -> object:
        reasons.reverse()
        return services.approaches.refuse(call.id, Refusal((reasons[0],)))

    return {
        "the board": services.referrals.board,
        "a call list": lambda: services.approaches.calls(key),
        "a referral": lambda: services.referrals.get(key),
        "a home's page": lambda: services.homes.page(call.home_id),
        "what is due": services.tasks.due,
        LOG: log,
    }


def compare(results: Results, rounds: int) -> None:
    """Every work on every store, and on the smaller one's plain copy, in turns."""
    opened: dict[str, Services] = {}
    alone: sqlite3.Connection | None = None
    try:
        for store in results.stores:
            opened[store.name] = open_services(store.path)
        copy = copied(opened[SMALL], results.stores[0])
        opened[PLAIN] = services_at(copy, opened[SMALL].desk.officer.id)
        ways = {name: works(services) for name, services in opened.items()}
        statements = {work: said(run) for work, run in ways[PLAIN].items() if work in READS}
        alone = sqlite3.connect(copy.path)
        for _ in range(rounds):
            for work in (*READS, LOG):
                for name, way in ways.items():
                    results.time(name, work, took(way[work]))
                if work in READS:
                    results.time(ALONE, work, took(lambda work=work: asked(alone, statements[work])))  # type: ignore[misc]  # bound in the round
    finally:
        if alone is not None:
            alone.close()
        for services in opened.values():
            services.close()


def copied(services: Services, store: Measured) -> Unlocked:
    """The plain copy, open."""
    path = store.path.with_name("unlocked.db")
    unlocked(services.desk.store, path)
    return Unlocked(path, b"", demo=True)


def said(work: Callable[[], object]) -> list[tuple[str, Any]]:
    """The statements that some work reads by."""
    with watched() as heard:
        work()
    return [
        (words, values)
        for words, values in heard.statements
        if words.startswith(("SELECT", "WITH")) and "sqlite_master" not in words
    ]


def asked(connection: sqlite3.Connection, statements: list[tuple[str, Any]]) -> None:
    """Every row of every statement."""
    for words, values in statements:
        connection.execute(words, values).fetchall()


def took(work: Callable[[], object]) -> float:
    """Seconds."""
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def price(results: Results) -> float | None:
    """How many times as long the work of a day takes for the encryption: the medians together."""
    ours = [results.p(SMALL, work) for work in (*READS, LOG)]
    plain = [results.p(PLAIN, work) for work in (*READS, LOG)]
    return None if None in ours or None in plain else sum(filter(None, ours)) / sum(filter(None, plain))


def growth(results: Results, work: str) -> float | None:
    """How many times as long it takes in the larger store."""
    small, large = results.p(SMALL, work), results.p(LARGE, work)
    return large / small if small and large else None
