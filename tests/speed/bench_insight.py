"""How long each view of insight takes over a large store, and whether its figures are those of another way of counting.

    python tests/speed/bench_insight.py STORE [--rounds 5] [--views refusals,offers] [--check] [--out docs/performance.md]

STORE is a demonstration (`placement demo --dir DIR --scale 125 --build-only` makes one of a million approaches); blocks of
facts are kept in it. Every view is asked for all its time, in each of its ways. With --check the figures of refusals and
offers are compared with pandas over the plain rows. With --out its section of the page is written anew.
"""

from __future__ import annotations

import argparse
import re
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import NamedTuple

sys.path.insert(0, str(Path(__file__).parents[2]))
from placement_tui.bootstrap import Services, open_services
from placement_tui.domain.insight import Cut
from placement_tui.services.facts import keeping
from tests.speed.page import machine

TITLE = "## Insight over a million approaches"
EVER = date(2000, 1, 1)
PLAN = """Facts of approaches are kept as columns of small numbers, in blocks of {block:,} rows in a table that is not journaled, as far as
the journal went when they were kept; what arrived since is read anew record by record, and kept again once it is much
({much:,} records). They are made anew where a code set or the layout differs, the journal is another, or something was
erased. The first asking of a store that has none makes them ({made:.0f} s of the processor here, {rows:,} approaches); every one after it
reads {size:.0f} MB of blocks and counts arrays. Views of endings, the market and the indicators read their own, far fewer, rows.
"""


class Figure(NamedTuple):
    """One view: the middle of its ways, and the way that took longest; processor time too, for machines are shared."""

    view: str
    ways: int
    middle: float
    slowest_way: str
    slowest: float
    processor: float
    rows: int


def took(work: Callable[[], object], rounds: int) -> tuple[float, float]:
    """The middle of some rounds, in seconds that passed and in seconds of the processor."""
    times, used = [], []
    for _ in range(rounds):
        begun, busy = time.perf_counter(), time.process_time()
        work()
        times.append(time.perf_counter() - begun)
        used.append(time.process_time() - busy)
    return statistics.median(times), statistics.median(used)


def figures(services: Services, rounds: int, views: frozenset[str] = frozenset()) -> list[Figure]:
    """Every view, or some, in each of its ways; and the records behind a figure."""
    made = []
    for view in services.insight.views():
        if views and view.name not in views:
            continue
        found: dict[str, tuple[float, float, int]] = {}
        for by in ("", *view.by):
            report = services.insight.report(view.name, EVER, by=by)
            rows = sum(len(block.rows) for block in report.blocks)
            found[by] = (*took(lambda view=view, by=by: services.insight.report(view.name, EVER, by=by), rounds), rows)  # type: ignore[misc]  # bound in the round
        worst = max(found, key=lambda way: found[way][0])
        middle = statistics.median(each[0] for each in found.values())
        made.append(Figure(view.name, len(found), middle, worst or "all together", *found[worst]))
    cuts = [Cut("outcome", "refusal"), Cut("need", "VIOLENCE")]
    seconds, used = took(lambda: services.insight.behind("refusals", cuts, EVER), rounds)
    made.append(Figure("the 500 latest behind a figure", 1, seconds, "refusals for violence", seconds, used, 500))
    return made


def one_shot(store: Path, rounds: int) -> tuple[float, float]:
    """The command line from its start to its end: a list of settings, and a view of a year."""
    command = [sys.executable, "-m", "placement_tui", "--store", str(store), "--format", "json"]

    def run(*words: str) -> None:
        subprocess.run([*command, *words], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    return took(lambda: run("settings"), rounds)[0], took(lambda: run("insight", "refusals", "--by", "need"), rounds)[0]


def check(services: Services) -> int:
    """Compare every share of refusals and offers with pandas over the plain rows; how many were compared."""
    from tests.services.test_facts import agreed

    raw = services.desk.store.raw()
    try:
        return agreed(services, raw, EVER, services.desk.today)
    finally:
        raw.close()


def section(found: list[Figure], shot: tuple[float, float], made: float, rows: int, size: float, compared: int) -> str:
    """The section of the page."""
    plan = PLAN.format(block=keeping.BLOCK, much=keeping.MUCH, made=made, rows=rows, size=size)
    lines = [
        TITLE,
        "",
        f"{date.today():%-d %B %Y}, {machine()}. `python tests/speed/bench_insight.py STORE`. Reach: 1 s.",
        "",
        plan,
    ]
    lines += [
        "| view | ways | p50 of its ways, s | slowest way | p50 of that, s | figures |",
        "|---|---:|---:|---|---:|---:|",
    ]
    lines += [
        f"| {each.view} | {each.ways} | {each.middle:.2f} | {each.slowest_way} | {each.slowest:.2f} | {each.processor:.2f} | {each.rows:,} |"
        for each in found
    ]
    lines += [
        "",
        f"One-shot from the command line: `insight refusals --by need` {shot[1]:.2f} s, `settings` (the start alone) {shot[0]:.2f} s.",
    ]
    if compared:
        lines += [
            "",
            f"{compared:,} figures of refusals and offers were those that pandas counted over the plain rows.",
        ]
    return "\n".join(lines) + "\n"


def standing(page: Path) -> str:
    """The section as it stands in the page; empty where there is none."""
    found = _found(page.read_text(encoding="utf-8")) if page.is_file() else None
    return found[0] if found else ""


def _found(text: str) -> re.Match[str] | None:
    return re.search(rf"{re.escape(TITLE)}\n.*?(?=\n## |\Z)", text, re.S)


def put(page: Path, words: str) -> None:
    """Put the section into the page, in place of the one that was there."""
    text = page.read_text(encoding="utf-8")
    found = _found(text)
    text = text[: found.start()] + words + text[found.end() :] if found else f"{text.rstrip()}\n\n{words}"
    page.write_text(text, encoding="utf-8")


def main() -> None:
    """Measure, compare, write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("store", type=Path)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--views", default="", help="only these, with commas between")
    parser.add_argument("--check", action="store_true")
    parser.add_argument("--out", type=Path)
    asked = parser.parse_args()
    services = open_services(asked.store, None, None)
    try:
        begun = time.process_time()
        with services.desk.read() as session:
            whole = keeping.whole(session)
        made = time.process_time() - begun
        rows = len(whole.tables["approach"]["day"])
        size = (
            sum(
                column.nbytes for name, table in whole.tables.items() if "keys" not in name for column in table.values()
            )
            / 1e6
        )
        keeping.up_to_date(services.desk)
        found = figures(services, asked.rounds, frozenset(filter(None, asked.views.split(","))))
        compared = check(services) if asked.check else 0
    finally:
        services.close()
    words = section(found, one_shot(asked.store, asked.rounds), made, rows, size, compared)
    print(words)
    if asked.out:
        put(asked.out, words)


if __name__ == "__main__":
    main()
