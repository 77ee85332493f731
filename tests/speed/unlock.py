"""How long an officer waits for the store to open, what a guess costs, and how long a new data key takes.

python -m tests.speed.unlock
"""

from __future__ import annotations

import argparse
import os
import statistics
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from placement_tui.bootstrap import open_services
from placement_tui.db import rotation, slots, ways
from placement_tui.db.engine import Store
from tests import builders

MEGABYTES = (1, 10, 50, 100)
PIECE = 256 * 1024  # bytes of one row that fills a store


@dataclass(frozen=True, slots=True)
class Cost:
    """One opening: by the clock on the wall, and of all cores together."""

    wall: float
    cpu: float


def measured(times: int, work: Callable[[], object]) -> list[Cost]:
    """The same work so many times."""
    found = []
    for _ in range(times):
        wall, cpu = time.perf_counter(), time.process_time()
        work()
        found.append(Cost(time.perf_counter() - wall, time.process_time() - cpu))
    return found


def made(folder: Path) -> Path:
    """A team's store, closed."""
    path = folder / "team.db"
    services = builders.team(path)
    builders.homes(services)
    services.close()
    return path


def openings(path: Path, times: int) -> list[Cost]:
    """Openings as the program makes them: the passphrase, the tables' version, the settings, the services."""
    return measured(times, lambda: open_services(path, None, builders.PASSPHRASE).close())


def guesses(path: Path, times: int) -> list[Cost]:
    """What each guess at a copied key file costs whoever has it."""
    (slot,) = slots.read(path).slots
    return measured(times, lambda: ways.open_slot(slot, "incorrect horse battery staple"))


def filled(store: Store, megabytes: int) -> float:
    """The store with pages that nobody reads, up to about so many megabytes; gives how many there are."""
    raw = store.raw(query_only=False)
    try:
        raw.execute("CREATE TABLE IF NOT EXISTS filling (bytes BLOB)")
        while store.path.stat().st_size < megabytes * 1_000_000:
            raw.executemany("INSERT INTO filling VALUES (?)", [(os.urandom(PIECE),) for _ in range(4)])
            raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    finally:
        raw.close()
    return store.path.stat().st_size / 1_000_000


def rotations(path: Path, sizes: tuple[int, ...], times: int) -> list[tuple[float, float]]:
    """Megabytes of a store, and the median of the seconds that a new data key takes it."""
    services = open_services(path, None, builders.PASSPHRASE)
    store = services.desk.store
    found = []
    for size in sizes:
        megabytes = filled(store, size)
        found.append(
            (megabytes, statistics.median(each.wall for each in measured(times, lambda: rotation.rotate(store))))
        )
    services.close()
    return found


def median(costs: list[Cost]) -> Cost:
    """The middle of them, by either clock."""
    return Cost(statistics.median(each.wall for each in costs), statistics.median(each.cpu for each in costs))


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--times", type=int, default=10)
    times = parser.parse_args().times
    print(
        f"Argon2id, {slots.MEMORY_KIB // 1024} MiB, {slots.PASSES} passes, {slots.LANES} lanes; {os.cpu_count()} cores"
    )
    with tempfile.TemporaryDirectory(prefix="placement-unlock-") as folder:
        path = made(Path(folder))
        for words, costs in (("opening", openings(path, times)), ("a wrong guess", guesses(path, times))):
            middle, worst = median(costs), max(each.wall for each in costs)
            print(
                f"{words}: median of {times} {middle.wall * 1000:.0f} ms, {middle.cpu * 1000:.0f} ms of all cores;"
                f" the slowest {worst * 1000:.0f} ms"
            )
        for megabytes, seconds in rotations(path, MEGABYTES, 3):
            print(f"new data key: {megabytes:.0f} MB {seconds * 1000:.0f} ms, {seconds * 1000 / megabytes:.1f} ms a MB")


if __name__ == "__main__":
    main()
