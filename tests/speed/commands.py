"""Whole runs of the command line, beside an interpreter that does nothing."""

from __future__ import annotations

import os
import subprocess
import time

from tests.speed.measuring import Results
from tests.speed.steps import ENV, PROGRAM

NOTHING, HELP = "python -c pass", "placement --help"
READS = (
    ("placement referrals", ["referrals"]),
    ("placement homes", ["homes"]),
    ('placement find "brdgv ifa 20mi"', ["find", "brdgv ifa 20mi"]),
    ('placement sql "SELECT count(*) FROM approach"', ["sql", "SELECT count(*) FROM approach"]),
)


def one_shots(results: Results, rounds: int) -> None:
    """Every command on every store, in turns."""
    for _ in range(rounds):
        results.time("bare", NOTHING, run([PROGRAM[0], "-c", "pass"]))
        results.time("bare", HELP, run([*PROGRAM, "--help"]))
        for title, words in READS:
            for store in results.stores:
                results.time(store.name, title, run([*PROGRAM, "--store", str(store.path), *words]))


def run(command: list[str]) -> float:
    """Seconds from the start of a command to its end."""
    begun = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env={**os.environ, **ENV})
    return time.perf_counter() - begun
