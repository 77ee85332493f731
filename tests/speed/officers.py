"""What a refusal takes while twenty officers write: their programs at a lively pace, and then one of them without a pause.

    python -m tests.speed.officers STORE OFFICER NUMBER OF PACE

is one of the twenty: it logs refusals (its own share of those that are there, said again with another reason) through the
services, one every PACE seconds, until its standard input is closed; then it says what each took.
"""

from __future__ import annotations

import json
import os
import random
import select
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import cycle

from tests.speed.measuring import Results
from tests.speed.steps import ENV, ROOT, Desk
from tests.speed.stores import Measured

OFFICERS = 20
PACE = 5.0  # seconds between two answers of one officer: a busy hour has one every half a minute
OTHERS = ("Kate Mercer", "Adam Doyle", "Helen Rowe")  # of every demonstration; the desk that is measured is Priya Lal's
ALONE, TWENTY, FLAT_OUT = "alone", f"{OFFICERS} officers writing", f"{OFFICERS} writing, and one more without a pause"
SERVICE = "through the services, "


def busy(results: Results, count: int, officers: int = OFFICERS) -> None:
    """Refusals at a desk in a terminal: alone, among the twenty, and with one more without a pause."""
    for store in results.stores:
        with Desk(store.path) as desk:
            desk.board()
            refused(results, store, desk, ALONE, count)
            with writing(results, store, officers, PACE, TWENTY):
                refused(results, store, desk, TWENTY, count)
                with writing(results, store, 1, 0.0, FLAT_OUT):
                    refused(results, store, desk, FLAT_OUT, count)


def refused(results: Results, store: Measured, desk: Desk, name: str, count: int) -> None:
    """So many refusals, each undone."""
    for start in range(0, count, 10):
        saved, _ = desk.refusals(min(10, count - start), 3)
        results.add(store.name, name, *saved)


@contextmanager
def writing(results: Results, store: Measured, officers: int, pace: float, name: str) -> Iterator[None]:
    """Other officers at work while the block runs, each a program of its own; what their writes took is kept."""
    command = [sys.executable, "-m", "tests.speed.officers", str(store.path)]
    started = []
    for number in range(officers):
        who = OTHERS[number % len(OTHERS)]
        words = [*command, who, str(number), str(officers + 1), str(pace)]
        started.append(
            subprocess.Popen(
                words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT, env={**os.environ, **ENV}
            )
        )
    try:
        for each in started:
            assert each.stdout is not None
            if each.stdout.readline() != "ready\n":
                raise RuntimeError("an officer did not come to work")
        yield
    finally:
        for each in started:
            said, _ = each.communicate("")
            results.time(store.name, SERVICE + name, *json.loads(said or "[]"))


def main() -> None:
    """One of the officers."""
    from pathlib import Path

    from placement_tui.bootstrap import open_services
    from placement_tui.domain.approaches import Refusal

    place, who, number, of, pace = sys.argv[1:]
    services = open_services(Path(place), who)
    refusals = [
        row.id
        for referral in services.referrals.board().rows
        for row in services.approaches.calls(referral.id).rows
        if row.outcome == "refusal"
    ][int(number) :: int(of)]
    print("ready", flush=True)
    chance, taken = random.Random(number), []
    for each, reason in zip(cycle(refusals), cycle(("V1", "M1", "A1")), strict=False):
        if select.select([sys.stdin], [], [], chance.uniform(0.5, 1.5) * float(pace))[0]:
            break
        begun = time.perf_counter()
        services.approaches.refuse(each, Refusal((reason,)))
        taken.append(time.perf_counter() - begun)
    services.close()
    print(json.dumps(taken), flush=True)


if __name__ == "__main__":
    main()
