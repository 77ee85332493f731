"""docs/performance.md: sections that each take their own place, and the table of what is to be reached above them."""

from __future__ import annotations

import os
import platform
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

SUMMARY = "What it must reach"
HEAD = """# Performance

Written by `make bench`; run it on your own machine for your own figures. Times are milliseconds as a person at the terminal
has them: from the key's write to the read of the bytes that put the expected text on an emulated screen of 120x40 in 24-bit
colour. p50 is the middle of the samples, p95 is reached by one in twenty, p99 by one in a hundred (below a hundred samples
it is the worst). Programs that are compared run in the same minutes and take turns, key by key. *Reach* is what the design
asks for; it is a goal, not a claim: a figure that misses it stands here as it was measured, and is called **missed**. No test
holds a time; what can be counted is held by tests, which the last table names.
"""
# What the suite holds and nothing here measures, as the table says it; and what each count is held by.
HELD = (
    ("kill -9 at any moment", "no acknowledged change lost", "tests/reliability/test_kill_soak.py; the soak of 500 by its script"),
    ("hostile input", "a clear error, nothing half-written", "tests/fuzz, each importer's own tests"),
    ("the statutory return", "0 issues in the sector's validator", "tests/ssda903/test_validator.py, `make check-903`"),
    ("a laptop's changes, cut off anywhere", "resumed, the same in the end", "tests/services/test_meetings.py, tests/reliability/test_meet_soak.py"),
    ("bytes and pieces of a key, a dialog, a place; idle and mouse", "the reach above, where it is reached", "tests/speed/test_counts.py"),
    ("what the driver writes, and what a terminal shows of it", "cell for cell what the stock one shows", "tests/widgets/test_cells.py, tests/widgets/test_driver.py"),
    ("what is loaded before the first frame", "nothing heavy, no store", "tests/speed/test_counts.py"),
    ("keys typed before the first paint", "none lost, in their order", "tests/journeys/test_typed_early.py"),
    ("statements of each deed of an officer", "few, and no more on a fuller board", "tests/speed/test_plans.py"),
    ("plans of every place's statements", "no growing table read from end to end", "tests/speed/test_plans.py"),
    ("rows touched, with ten times as much", "the same steps of the store's machine", "tests/speed/test_growth.py"),
    ("statements of a view of insight", "no more for more records", "tests/speed/test_insight.py"),
    ("any terminal, any line", "no lost key, no wrong screen", "tests/journeys/test_any_terminal.py, tests/journeys/test_any_line.py"),
    ("back after a dropped line", "the program as it was left", "tests/journeys/test_instant_return.py"),
    ("keys of the five journeys", "one to eight, as promised", "tests/journeys/test_key_budgets.py"),
    ("what the search finds", "0.95 of planted mistakes", "tests/services/test_search.py"),
    ("this measurement itself", "every step of the day, once", "tests/speed/test_bench.py"),
)  # fmt: skip


@dataclass(frozen=True)
class Row:
    """A line of the table of what is to be reached."""

    what: str
    reach: str
    measured: str
    verdict: str


@dataclass
class Section:
    """A part of the page with its own heading, and the lines it gives to the table."""

    title: str
    text: str
    rows: list[Row] = field(default_factory=list)


def machine() -> str:
    """Cores, processor, system and Python, in words."""
    info = Path("/proc/cpuinfo")
    named = re.search(r"model name\s*:\s*(.+)", info.read_text()) if info.exists() else None
    processor = named[1] if named else platform.machine()
    return f"{os.cpu_count()} cores ({processor}), {platform.system()}, Python {platform.python_version()}"


def when(day: date) -> str:
    """The date and the machine, as each section begins."""
    return f"{day.day} {day:%B %Y}, {machine()}."


def table(titles: Sequence[str], rows: Iterable[Sequence[str]], right: int | None = None) -> str:
    """A Markdown table; all but the first column to the right, or so many after it."""
    last = len(titles) if right is None else right + 1
    marks = ["---" if number == 0 or number >= last else "---:" for number in range(len(titles))]
    return f"| {' | '.join(titles)} |\n|{'|'.join(marks)}|\n" + "".join(f"| {' | '.join(row)} |\n" for row in rows)


def number(value: float | None, unit: str = "") -> str:
    """Three figures; a dash for what was not measured."""
    if value is None:
        return "-"
    said = (
        f"{value:,.0f}"
        if abs(value) >= 100 or value == int(value)
        else f"{value:.1f}"
        if abs(value) >= 10
        else f"{value:.2f}"
    )
    return f"{said}{unit}"


def written(page: Path, sections: Sequence[Section], order: Sequence[str]) -> None:
    """Put sections into the page in place of those of the same title, and their rows into its first table."""
    text = page.read_text(encoding="utf-8") if page.is_file() else ""
    there = dict(re.findall(r"^## (.+)\n((?:(?!## ).*\n?)*)", text, re.M))
    rows = {row.what: row for row in kept(there.pop(SUMMARY, ""))} | {
        row.what: row for each in sections for row in each.rows
    }
    wanted = [*order, *(title for title in there if title not in order and title in STAYS)]
    fresh = {each.title: each.text for each in sections}
    parts = [
        HEAD,
        f"## {SUMMARY}\n\n{table(('what', 'reach', 'measured', ''), [(r.what, r.reach, r.measured, r.verdict) for r in rows.values()], 0)}",
    ]
    for title in wanted:
        body = fresh.get(title, there.get(title))
        if body is not None:
            parts.append(f"## {title}\n\n{body.strip()}\n")
    parts.append(f"## {TESTED}\n\n{table(('what', 'held to', 'by'), HELD, 0)}")
    page.write_text("\n".join(parts), encoding="utf-8")


TESTED = "What tests hold"
STAYS = ("Insight over a million approaches",)  # measured by a script of its own


def kept(text: str) -> list[Row]:
    """The rows of the first table as they stand."""
    found = []
    for line in text.splitlines()[2:]:
        cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
        if len(cells) == 4 and cells[0] and not cells[0].startswith("---") and cells[0] != "what":
            found.append(Row(*cells))
    return found
