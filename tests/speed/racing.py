"""Letters in the search, beside `fzf` on the same names and `sqlite3` on the same question, in one run."""

from __future__ import annotations

import re
import shutil
import sqlite3
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

from tests.ptydrive import Sample, Terminal
from tests.speed.measuring import Results, last
from tests.speed.steps import ENV, QUIET, Desk, shown
from tests.speed.stores import Measured, asked, names

# Typed letter by letter: a name as it is written, as it is misheard, and words with filters and a distance.
LINES = {"a name": "oakbrook", "misspelt": "brdgv", "words, filters, distance": "oak ifa good+ 20mi"}
ECHO, DONE, QUICK = "to its echo", "to the last change", "quick fingers, to the echo"
FILTERED = "words, filters, distance"
SQL = "SELECT name FROM home WHERE name LIKE '%oak%' AND kind = 'agency' AND grade IN ('good', 'outstanding') AND (easting - 332500) * (easting - 332500) + (northing - 389000) * (northing - 389000) < 32187 * 32187 ORDER BY name LIMIT 40;"
FINGERS = 0.08  # seconds between the keys of quick fingers


def race(results: Results, rounds: int) -> None:
    """Every line typed in every program, in turns."""
    with ExitStack() as stack:
        desks = {store.name: stack.enter_context(Desk(store.path)) for store in results.stores}
        for desk in desks.values():
            desk.board()
            desk.open_query()
        racers = {"fzf": results.stores[0]} if shutil.which("fzf") else {}
        others = {name: stack.enter_context(finder(names(store))) for name, store in racers.items()}
        for _ in range(rounds):
            for what, line in LINES.items():
                typed = {name: letters(desk, "^ Search +", line) for name, desk in desks.items()}
                if what != FILTERED:  # its own words for filters
                    typed |= {name: letters(term, "^> ", line) for name, term in others.items()}
                for found in in_turns(typed):
                    for name, sample in found.items():
                        results.add(name, f"{what}, {ECHO}", sample)
                        results.time(name, f"{what}, {DONE}", last(sample))
                for term in (*desks.values(), *others.values()):
                    cleared(term, line)
            for name, term in {**desks, **others}.items():
                results.time(name, QUICK, *quick(term, "oakbrook", "^> " if name in others else "^ Search +"))
                cleared(term, "oakbrook")
    asked_in_sqlite(results, rounds)


def finder(file: Path) -> Terminal:
    """fzf on the names, ready for its first letter."""
    term = Terminal(["sh", "-c", f"fzf < {file}"], env=ENV)
    term.wait(shown(r"^> *$"))
    term.quiet(0.5)
    return term


def letters(term: Terminal, before: str, line: str) -> Iterator[Sample]:
    """The letters of a line one by one, each until it stands behind what begins the query line; a blank shows nothing."""
    for end in range(1, len(line) + 1):
        if line[end - 1] == " ":
            term.press(" ")
            term.quiet(QUIET)
        else:
            yield term.measure(line[end - 1], shown(before + re.escape(line[:end]) + r"(?!\w)"), QUIET)


def in_turns(of: dict[str, Iterator[Sample]]) -> Iterator[dict[str, Sample]]:
    """One letter of each in turn."""
    while found := {name: sample for name, each in of.items() if (sample := next(each, None)) is not None}:
        yield found


def cleared(term: Terminal, line: str) -> None:
    """The line taken out again."""
    term.press(*["backspace"] * len(line))
    term.quiet(0.2)


def quick(term: Terminal, line: str, before: str) -> list[float]:
    """Seconds to the echo of each letter, typed at the pace of quick fingers while the list still changes."""
    taken = []
    for end in range(1, len(line) + 1):
        term.press(line[end - 1])
        taken.append(term.wait(shown(before + line[:end])))
        while (left := FINGERS - (time.perf_counter() - term.mark)) > 0:
            term.quiet(left)
    return taken


def asked_in_sqlite(results: Results, rounds: int) -> None:
    """The third line as a question to `sqlite3` over the same homes, in a terminal: from Enter to its rows."""
    if shutil.which("sqlite3") is None:
        return
    path = plain(results.stores[0])
    with Terminal(["sqlite3", str(path)], env=ENV) as term:
        term.wait("sqlite>")
        for number in range(rounds * 4):
            term.press(SQL[:-1] + f" -- {number}")
            term.quiet(0.1)
            term.press("enter")
            term.quiet(0.1)
            sample = term.measure(";\r", shown(r"^sqlite> *$") if number == 0 else prompted, QUIET)
            results.add("sqlite3", f"{FILTERED}, {DONE}", sample)
            term.press("ctrl+l")
            term.quiet(0.1)


def prompted(screen: object) -> bool:
    """True once the prompt waits again at the cursor."""
    return screen.display[screen.cursor.y].startswith("sqlite>") and screen.cursor.x == 8  # type: ignore[attr-defined]  # pyte's


def plain(store: Measured) -> Path:
    """The homes of a store in a file that is not encrypted, with what the question asks of them."""
    path = store.path.with_name("plain.db")
    columns = ("name", "kind", "grade", "easting", "northing")
    of = "CASE h.name WHEN '' THEN p.name ELSE h.name END AS name, h.kind, h.grade, h.easting, h.northing"
    rows = asked(store.path, f"SELECT {of} FROM home h JOIN provider p ON p.id = h.provider_id")
    with sqlite3.connect(path) as connection:
        connection.execute(
            "CREATE TABLE IF NOT EXISTS home (name TEXT, kind TEXT, grade TEXT, easting INTEGER, northing INTEGER)"
        )
        connection.executemany(
            "INSERT INTO home VALUES (?, ?, ?, ?, ?)", [[row[name] for name in columns] for row in rows]
        )
    return path
