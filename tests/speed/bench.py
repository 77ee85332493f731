"""`make bench`: what a person waits for, measured in a real pseudo-terminal, written to docs/performance.md.

    python tests/speed/bench.py [--small STORE] [--large STORE] [--only start,keys,...] [--rounds 8] [--quick] [--out FILE]

A council's store (8,000 approaches, 50,000 homes) is made where none is given; the large one is measured where it is given
(`placement demo --dir DIR --scale 125 --build-only` takes a quarter of an hour). Both are copied and left as they are.
References take turns with the program in the same minutes: a bare Textual program; fzf, sqlite3, VisiData (`vd`), Toolong
(`tl`) and tmux where they are on the PATH. Machines differ and so do their days: compare within one table.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))
from tests.speed import commands, measuring, officers, page, plain, racing, sections, sections_more, starting, stores
from tests.speed.measuring import Results
from tests.speed.page import Section
from tests.speed.stores import HOMES, LARGE, SMALL, Measured

ROOT = Path(__file__).parents[2]
ORDER = (
    sections.START, sections.KEYS, sections.SEARCH, sections.WRITING, sections_more.COMMANDS, sections_more.PRICE,
    sections_more.KEYS, sections_more.GROWTH, sections_more.MEETING, sections_more.ENGINE,
)  # fmt: skip


def parts(results: Results, rounds: int, quick: bool, today: date) -> dict[str, Callable[[], Section | None]]:
    """What can be measured, by the name that --only knows it by."""
    base = results.stores[-1]
    several = max(10, rounds)

    def part(measure: Callable[[], None], section: Callable[[Results, date], Section]) -> Callable[[], Section]:
        def run() -> Section:
            measure()
            return section(results, today)

        return run

    return {
        "start": part(lambda: starting.starts(results, 1 if quick else several), sections.start),
        "keys": part(lambda: measuring.days(results, rounds), sections.keys),
        "search": part(lambda: racing.race(results, rounds), sections.search),
        "officers": part(lambda: officers.busy(results, rounds * 5, 2 if quick else officers.OFFICERS), sections.writing),
        "commands": part(lambda: commands.one_shots(results, 1 if quick else several), sections_more.command_line),
        "encryption": part(lambda: plain.compare(results, 2 if quick else rounds * 3), sections_more.encryption),
        "refusal": lambda: sections_more.refusal_keys(today),
        "growth": lambda: grown(results, today),
        "meeting": lambda: sections_more.script(
            sections_more.MEETING, "bench_meeting.py", ["--base", str(base.path), "--rows", "500" if quick else "100000"], today
        ),
        "engine": lambda: sections_more.script(sections_more.ENGINE, "bench_search.py", ["--homes", "2000" if quick else str(HOMES)], today),
    }  # fmt: skip


def grown(results: Results, today: date) -> Section | None:
    """What the same work takes in the larger store; None where there is none."""
    if len(results.stores) < 2:
        return None
    small, large = (str(store.path) for store in results.stores)
    return sections_more.script(
        sections_more.GROWTH, "bench_growth.py", ["--small", small, "--big", large, "--level"], today
    )


def gathered(folder: Path, small: Path | None, large: Path | None, quick: bool) -> Iterator[Measured]:
    """The stores: copies of those given, and a council's own where none is."""
    if small is not None:
        yield stores.copied(small, folder / SMALL, SMALL)
    else:
        yield stores.made(folder / SMALL, SMALL, 1, None if quick else HOMES)
    if large is not None:
        yield stores.copied(large, folder / LARGE, LARGE)


def main(words: list[str] | None = None) -> None:
    """Measure, and write the page."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--small", type=Path, help="a council's store, made before")
    parser.add_argument("--large", "--big", type=Path, help="one of a million approaches, made before")
    parser.add_argument(
        "--only", default="", help="parts, with commas between: start, keys, search, officers, commands, ..."
    )
    parser.add_argument("--rounds", type=int, default=8, help="how often the day is lived through")
    parser.add_argument(
        "--quick", action="store_true", help="everything once, on little: whether it works, not how fast it is"
    )
    parser.add_argument("--out", type=Path, default=ROOT / "docs/performance.md")
    asked = parser.parse_args(words)
    today = date.today()
    with tempfile.TemporaryDirectory(prefix="placement-bench-") as folder:
        say("the stores")
        results = Results(tuple(gathered(Path(folder), asked.small, asked.large, asked.quick)))
        every = parts(results, 1 if asked.quick else asked.rounds, asked.quick, today)
        wanted = asked.only.split(",") if asked.only else list(every)
        unknown = [name for name in wanted if name not in every]
        if unknown:
            parser.error(f"there is no {', '.join(unknown)}; there are {', '.join(every)}")
        for name in wanted:
            say(name)
            section = every[name]()
            if section is not None:
                page.written(asked.out, [section], ORDER)
    say(f"{asked.out} is written")


def say(words: str) -> None:
    """What is being done, to whoever waits."""
    print(words, file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
