"""What the places that are open all day cost at a million approaches, beside ten thousand: the same deeds, in turns.

    python tests/speed/bench_growth.py --small STORE --big STORE [--rounds 7] [--all] [--insight] [--level]

Both are demonstrations (`placement demo --dir DIR --build-only`, and with `--scale 125`); give copies, for referrals are
logged in them. The processor's own time is taken, through the services, and the steps of the store's machine; the reach
is 1.3 times. Growth is of what was: with --level the bigger store's open referrals are closed down to as many as the
smaller one has, since a duty desk does not work on more of them for having worked longer.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import time
from pathlib import Path
from typing import NamedTuple

sys.path.insert(0, str(Path(__file__).parents[2]))
from placement_tui.bootstrap import Services, open_services
from tests.speed.deeds import Day, Deed
from tests.speed.statements import watched

HELD = ("board", "call list", "search opened", "search", "waves", "referral", "offers",
        "referral received", "wave sent", "refusal", "undone", "no reply", "call back", "free bed said", "offer", "placed",
        "sign of trouble")  # fmt: skip


class Cost(NamedTuple):
    """One deed in one store: milliseconds of the processor, statements, steps."""

    took: float
    said: int
    steps: int


def once(deed: Deed, *, counted: bool = False) -> Cost:
    """Do it; counting takes time itself, so that what is counted is not timed."""
    if counted:
        with watched(steps=True) as asked:
            deed()
        return Cost(0, len(asked.said), asked.steps)
    begun = time.process_time()
    deed()
    return Cost((time.process_time() - begun) * 1000, 0, 0)


def measured(small: Day, big: Day, rounds: int, which: str) -> dict[str, tuple[Cost, Cost]]:
    """Each deed in both stores in turns, the middle of the rounds."""
    found: dict[str, tuple[list[Cost], list[Cost]]] = {}
    for number in range(rounds + 2):  # the first warms, the last counts
        deeds = [getattr(day, which)() for day in (small, big)]
        for name in deeds[0]:
            costs = [once(each[name], counted=number > rounds) for each in deeds]
            for into, cost in zip(found.setdefault(name, ([], [])), costs, strict=True):
                into.append(cost)
    return {
        name: tuple(Cost(statistics.median(each.took for each in costs[1:-1]), costs[-1].said, costs[-1].steps) for costs in both)
        for name, both in found.items()
    }  # type: ignore[return-value]  # fmt: skip


def level(small: Services, big: Services) -> None:
    """Close the bigger store's oldest referrals until it has as many open as the smaller one."""
    rows = sorted(big.referrals.board().rows, key=lambda row: row.received_at)
    for row in rows[: max(0, len(rows) - len(small.referrals.board().rows))]:
        big.referrals.close(row.id, "for the measurement")


def table(found: dict[str, tuple[Cost, Cost]]) -> str:
    """The figures as lines."""
    lines = [f"{'':26}{'small ms':>10}{'big ms':>10}{'ratio':>7}{'statements':>14}{'steps':>22}"]
    for name, (few, many) in found.items():
        ratio = many.took / few.took if few.took else 1.0
        said = f"{few.said}" if few.said == many.said else f"{few.said} {many.said}"
        lines.append(
            f"{name:26}{few.took:10.2f}{many.took:10.2f}{ratio:7.2f}{said:>14}{f'{few.steps:,} {many.steps:,}':>22}"
        )
    return "\n".join(lines)


def main() -> None:
    """Measure, and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--small", type=Path, required=True)
    parser.add_argument("--big", type=Path, required=True)
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--all", action="store_true", help="every place, not only those that are held")
    parser.add_argument("--insight", action="store_true", help="insight's views too")
    parser.add_argument("--level", action="store_true")
    asked = parser.parse_args()
    stores = [open_services(path) for path in (asked.small, asked.big)]
    try:
        if asked.level:
            level(*stores)
        small, big = (Day(services) for services in stores)
        found = measured(small, big, asked.rounds, "reads") | measured(small, big, asked.rounds, "writes")
        print(table({name: costs for name, costs in found.items() if asked.all or name in HELD}))
        if asked.insight:
            print(table(measured(small, big, max(1, asked.rounds // 3), "views")))
    finally:
        for services in stores:
            services.close()


if __name__ == "__main__":
    main()
