"""A day of one store, simulated: officers who save, laptops that meet, a new data key; who waits for the writers' lock, how long.

    python -m tests.speed.simulate_scale

One writer at a time, first come first served, as the fair lock has it. Officers save at random moments of the working
day, three times as often in the last hour of a Friday; laptops come in the morning and before the evening, and bring
their changes in batches; each batch takes the lock anew. A change of the data key rewrites the whole file under the
lock. What each holds the lock for was measured (docs/performance.md, docs/reliability.md); `--disk` adds what a slower
disk takes to make a commit sure.
"""

from __future__ import annotations

import argparse
import heapq
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import count

BATCH = 200  # operations in one transaction of a meeting
PATIENCE = 10.0  # seconds after which a save is refused, with what was typed kept
OPENS, CLOSES, RUSH = 8.0, 18.0, 17.0  # hours; from RUSH on three times as much is saved
MORNING, EVENING = (8.5, 9.0), (16.5, 17.0)  # when laptops come


@dataclass(frozen=True, slots=True)
class Costs:
    """For how long the lock is held, in seconds."""

    save: float = 0.0054  # one answer on the call list, journal and conflicts included
    batch: float = 0.029  # 200 operations taken in by a store of 3.2 million
    pause: float = 0.011  # from one batch to the next: unpacking, checking the chain
    key_per_gb: float = 20.8  # a new data key
    disk: float = 0.0001  # making a commit sure; 0.001 to 0.01 on a laptop's disk


@dataclass(frozen=True, slots=True)
class Day:
    """What happens at one store in one day."""

    officers: int = 20
    saves: float = 12.0  # an officer's, in an hour
    laptops: int = 4
    changes: int = 400  # that a laptop brings each time
    gigabytes: float = 0.2
    new_key: bool = False  # somebody's access ends at eleven
    seed: int = 1


@dataclass(slots=True)
class Waits:
    """How long each waited for the lock, in seconds."""

    saves: list[float] = field(default_factory=list)
    batches: list[float] = field(default_factory=list)
    held: float = 0.0  # for how long the lock was held in all
    rush: float = 0.0  # and in the busiest hour

    @property
    def refused(self) -> int:
        """Saves that waited longer than anybody is let wait."""
        return sum(wait >= PATIENCE for wait in self.saves)

    def at(self, share: float) -> float:
        """The wait in milliseconds that this share of the saves did not exceed."""
        ordered = sorted(self.saves)
        return ordered[min(len(ordered) - 1, int(len(ordered) * share))] * 1000 if ordered else 0.0


def simulate(day: Day, costs: Costs | None = None) -> Waits:
    """Let a day go by."""
    cost, chance, waits = costs or Costs(), random.Random(day.seed), Waits()
    number = count()
    # (when it asks for the lock, order, for how long, what, batches that follow)
    coming = [(at, next(number), cost.save + cost.disk, "save", 0) for at in _saves(day, chance)]
    for hours in (MORNING, EVENING):
        for _ in range(day.laptops):
            at = chance.uniform(*hours) * 3600
            coming.append((at, next(number), cost.batch + cost.disk, "batch", -(-day.changes // BATCH) - 1))
    if day.new_key:
        coming.append((11 * 3600.0, next(number), cost.key_per_gb * day.gigabytes, "key", 0))
    heapq.heapify(coming)
    free = 0.0
    while coming:
        at, _, holds, what, more = heapq.heappop(coming)
        began = max(at, free)
        wait = began - at
        if what == "save":
            waits.saves.append(min(wait, PATIENCE))
        elif what == "batch":
            waits.batches.append(wait)
        if what == "save" and wait > PATIENCE:
            continue  # it is refused, and the form stays as it was
        free = began + holds
        waits.held += holds
        if RUSH * 3600 <= began < CLOSES * 3600:
            waits.rush += holds
        if more:
            heapq.heappush(coming, (free + cost.pause, next(number), holds, "batch", more - 1))
    return waits


def _saves(day: Day, chance: random.Random) -> Iterator[float]:
    """The moments, in seconds of the day, at which somebody saves; none of them knows of another."""
    rate = day.officers * day.saves / 3600
    at = OPENS * 3600
    while rate:
        at += chance.expovariate(rate * (3 if at >= RUSH * 3600 else 1))
        if at >= CLOSES * 3600:
            return
        yield at


ROWS: tuple[tuple[str, Day], ...] = (
    ("one council, 20 officers, 4 laptops", Day()),
    ("the same, a week offline: 5,000 changes a laptop", Day(changes=5_000)),
    ("the same, somebody's access ends at eleven", Day(new_key=True)),
    ("the largest council, 60 officers, 12 laptops", Day(officers=60, laptops=12, gigabytes=0.6)),
    ("ten councils in one store, 200 officers", Day(officers=200, laptops=40, gigabytes=2)),
    ("a region of 23 in one store, 460 officers", Day(officers=460, laptops=92, gigabytes=4.6)),
    ("the same, somebody's access ends at eleven", Day(officers=460, laptops=92, gigabytes=4.6, new_key=True)),
    ("England in one store, 3,000 officers", Day(officers=3_000, laptops=600, gigabytes=30)),
    ("where it breaks: 15,000 officers", Day(officers=15_000, laptops=0, gigabytes=30)),
)  # fmt: skip


def table(costs: Costs | None = None, rows: Sequence[tuple[str, Day]] = ROWS) -> list[str]:
    """The rows of docs/scale.md."""
    lines = [
        "| one store, one day | saves | wait p50 | p95 | p99.9 | most | refused | lock held in the rush hour |",
        "| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |",
    ]
    for name, day in rows:
        waits = simulate(day, costs)
        cells = [f"{waits.at(share):,.0f} ms" for share in (0.5, 0.95, 0.999, 1.0)]
        busy = f"{waits.rush / 3600:.1%}"
        lines.append(f"| {name} | {len(waits.saves):,} | {' | '.join(cells)} | {waits.refused:,} | {busy} |")
    return lines


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--disk", type=float, default=Costs().disk * 1000, help="milliseconds to make a commit sure")
    asked = parser.parse_args()
    print("\n".join(table(replace(Costs(), disk=asked.disk / 1000))))


if __name__ == "__main__":
    main()
