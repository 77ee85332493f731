"""How long it takes to come back to a session that tmux kept: from the start of the client to the painted screen.

    python tests/speed/bench_return.py --store DEMO.db [--rounds 20]

Reach: 20 milliseconds. The store is one of `placement demo --build-only`.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))
from tests.journeys import keepers
from tests.journeys.terminals import board
from tests.ptydrive import Sample, summary


def coming_back(store: Path, rounds: int) -> list[Sample]:
    """Attach, see the duty board, drop the line, and again."""
    with tempfile.TemporaryDirectory(prefix="placement-return-") as folder, keepers.tmux(Path(folder), store) as keeper:
        samples = []
        for number in range(rounds + 1):
            with keeper.attached((120, 40)) as term:
                seconds = term.wait(board)
                term.quiet(0.3)
                if number:  # the first one starts the program
                    samples.append(Sample(seconds, tuple(term.chunks)))
        return samples


def main() -> None:
    """Measure, and print one line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--store", type=Path, required=True)
    parser.add_argument("--rounds", type=int, default=20)
    asked = parser.parse_args()
    found = summary(coming_back(asked.store, asked.rounds))
    sys.stdout.write(
        f"back in tmux, 120x40, {found['n']} times: {found['p50']} milliseconds in the middle, {found['min']} at best, "
        f"{found['p95']} in nineteen of twenty, {found['bytes']:,.0f} bytes\n"
    )


if __name__ == "__main__":
    main()
