"""The sector's validator as the tests ask it: one process for a list of returns."""

from __future__ import annotations

import csv
import json
import os
import subprocess
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests import builders, needs

ROOT = Path(__file__).parents[2]
PYTHON = ROOT / ".venv-903" / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
BROKEN = frozenset({"231", "233", "706", "709", "710"})
"""Rules that fail in the validator itself: 231 and 233 ask for columns that no file has, 709 and 710 for PLACEMENT
instead of PLACE, 706 for last year's DoLo table where there was none."""


@dataclass(frozen=True)
class Job:
    """One return to validate: its files, and last year's where there are any."""

    year: int
    this: tuple[Path, ...]
    last: tuple[Path, ...] = ()
    authority: str = builders.WIRRAL
    alone: bool = False  # each rule on data of its own: in a whole run some leave their own days in DEC to others


@dataclass(frozen=True)
class Judgement:
    """What the validator said."""

    issues: tuple[tuple[str, str, str, str], ...]
    fails: frozenset[str]
    done: int
    derived: tuple[tuple[Any, ...], ...]

    @property
    def by_child(self) -> dict[str, set[str]]:
        """The numbers of the rules that each child breaks."""
        found: dict[str, set[str]] = defaultdict(set)
        for child, _, _, rule in self.issues:
            found[child].add(rule)
        return dict(found)


def judge(jobs: Sequence[Job]) -> list[Judgement]:
    """Ask the validator of each return. Skips the test where its environment is not there; fails it in CI."""
    asked = [
        {
            "year": job.year,
            "authority": job.authority,
            "this": [str(path) for path in job.this],
            "last": [str(path) for path in job.last],
            "alone": job.alone,
        }
        for job in jobs
    ]
    return [
        Judgement(
            tuple(tuple(issue) for issue in found["issues"]),
            frozenset(found["fails"]),
            found["done"],
            tuple(tuple(row) for row in found["derived"]),
        )
        for found in _asked(asked)
    ]


def unexplained(job: Job, found: Judgement) -> list[tuple[str, str, str, str]]:
    """The issues but one kind: the validator's list of 2024-25 lacks K3, which the Department's has (146)."""
    (episodes,) = (path for path in job.this if path.name == "episodes.csv")
    with episodes.open(encoding="utf-8", newline="") as file:
        places = [row["PLACE"] for row in csv.DictReader(file)]
    return [
        issue
        for issue in found.issues
        if (job.year, issue[1], issue[3]) != (2025, "Episodes", "146") or places[int(issue[2])] != "K3"
    ]


def code_lists(year: int) -> dict[str, set[str]]:
    """The codes that each rule with a list of them allows."""
    return {rule: set(found) for rule, found in _asked(year).items()}


def _asked(question: Any) -> Any:
    if not PYTHON.exists():
        needs.missing("The validator's environment is not there (make setup-903)")
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "VIRTUAL_ENV"))}
    done = subprocess.run(
        [str(PYTHON), str(Path(__file__).with_name("judge.py"))],
        input=json.dumps(question), capture_output=True, text=True, env=clean, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-3000:]
    return json.loads(done.stdout)
