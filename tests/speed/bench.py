"""`make bench`: what a person waits for, measured in a real pseudo-terminal, written to docs/performance.md.

    python tests/speed/bench.py [--scale 20] [--rounds 20] [--homes 50000] [--out FILE]

References run in between, in the same minutes: a bare Textual program, and fzf where it is installed. Machines differ and
so do their days: compare within one table.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from datetime import date
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))
from tests.speed import bench_insight, measuring, page

ROOT = Path(__file__).parents[2]


def main() -> None:
    """Measure, and write the page."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--scale", type=int, action="append", default=[], help="a larger store as well; again for more")
    parser.add_argument("--rounds", type=int, default=20, help="how often each step is taken")
    parser.add_argument("--homes", type=int, default=50_000, help="homes of the search that is measured by itself")
    parser.add_argument("--out", type=Path, default=ROOT / "docs/performance.md")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="placement-bench-") as folder:
        stores = []
        for scale in [1, *asked.scale]:
            say(f"a demonstration at scale {scale}")
            stores.append(measuring.store(Path(folder) / str(scale), scale))
        results = []
        for store in stores:
            say(f"starts, steps and one-shot reads at scale {store.scale}")
            results.append(measuring.results(store, asked.rounds))
    say(f"the search by itself, {asked.homes:,} homes")
    command = [sys.executable, str(Path(__file__).with_name("bench_search.py")), "--homes", str(asked.homes)]
    search = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    insight = bench_insight.standing(asked.out)  # measured by itself, over a store that takes long to make
    asked.out.write_text(page.written(results, search, date.today()), encoding="utf-8")
    if insight:
        bench_insight.put(asked.out, insight)
    say(f"{asked.out} is written")


def say(words: str) -> None:
    """What is being done, to whoever waits."""
    print(words, file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
