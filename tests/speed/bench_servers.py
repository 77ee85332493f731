"""What a store on a server costs beside one in a file: the same work through the same services, in turns.

`python -m tests.speed.bench_servers [--rounds N]` prints a table. Both make every commit sure before it is acknowledged; the
server is on this machine, so that a network's round trips come on top.
"""

from __future__ import annotations

import argparse
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median, quantiles
from uuid import UUID

from placement_tui.bootstrap import Services, open_services
from tests import builders
from tests.postgres import Cluster

WRITERS = 8
DURABLE = ("shared_buffers=256MB", "max_connections=120")


def asked(services: Services, number: int) -> list[UUID]:
    """A referral for which the nearest homes were asked; the approaches that wait."""
    referral = builders.referral(services, builders.child("KJ", f"W-{number}"))
    services.approaches.ask(referral, services.homes.nearest(referral))
    return [row.id for row in services.approaches.calls(referral).rows]


def timed(work: Callable[[], object]) -> float:
    """Milliseconds that it takes."""
    began = time.perf_counter()
    work()
    return (time.perf_counter() - began) * 1000


def deeds(services: Services, number: int) -> dict[str, list[float]]:
    """Each deed of one referral, timed."""
    found: dict[str, list[float]] = {"referral, its homes asked": []}
    calls: list[UUID] = []
    found["referral, its homes asked"].append(timed(lambda: calls.extend(asked(services, number))))
    found["no reply"] = [timed(lambda: services.approaches.no_reply(calls[0]))]
    found["board"] = [timed(services.referrals.board)]
    found["call list"] = [timed(lambda: services.approaches.calls(services.referrals.board().rows[0].id))]
    found["undo"] = [timed(services.history.undo)]
    return found


def crowd(path: Path, rounds: int) -> list[float]:
    """Milliseconds of each save of several officers' programs that write without a pause."""
    desks = [open_services(path, None, builders.PASSPHRASE) for _ in range(WRITERS)]
    calls = [asked(services, 10_000 + number) for number, services in enumerate(desks)]
    found: list[float] = []

    def write(services: Services, key: UUID) -> None:
        for _ in range(rounds):
            found.append(timed(lambda: services.approaches.no_reply(key)))

    threads = [threading.Thread(target=write, args=(each, keys[0])) for each, keys in zip(desks, calls, strict=True)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for services in desks:
        services.close()
    return found


def main() -> None:
    """Measure, and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=30)
    rounds = parser.parse_args().rounds
    folder = Path(tempfile.mkdtemp(prefix="placement-servers-"))
    cluster = Cluster(DURABLE).make()
    note = folder / "server.note"
    note.write_text(cluster.database("bench") + "\n", encoding="utf-8")
    note.chmod(0o600)
    teams = {"file": builders.team(folder / "team.db"), "server": builders.team(note)}
    samples: dict[str, dict[str, list[float]]] = {}
    for services in teams.values():
        builders.homes(services)
    for number in range(rounds):
        for engine, services in teams.items():
            for name, took in deeds(services, number).items():
                samples.setdefault(name, {}).setdefault(engine, []).extend(took)
    for engine, services in teams.items():
        samples.setdefault(f"no reply, {WRITERS} programs at once", {})[engine] = crowd(
            services.desk.store.path, rounds
        )
        services.close()
    print("| ms, p50 / p95 | file | server | server to file |\n|---|---:|---:|---:|")
    for name, by in samples.items():
        cells = [f"{median(by[each]):.1f} / {quantiles(by[each], n=20)[-1]:.1f}" for each in ("file", "server")]
        print(f"| {name} | {cells[0]} | {cells[1]} | {median(by['server']) / median(by['file']):.2f}x |")
    cluster.remove()


if __name__ == "__main__":
    main()
