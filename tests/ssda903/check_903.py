"""What the program exports, before the sector's own validator: teams of several years, each year's return.

`make check-903`; ARGS="--teams 5 --children 300" for more. Exit code 1 where the validator finds anything.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from placement_tui.bootstrap import Services
from tests import builders
from tests.ssda903 import kids, teams
from tests.ssda903.validator import BROKEN, Job, Judgement, judge, unexplained

YEARS = (2025, 2026, 2027)
FIRST_WITH_LETTERS = 2025
AFTER = datetime(2027, 4, 20, 9, tzinfo=UTC)


@contextmanager
def a_team(folder: Path, children: list[kids.Kid]) -> Iterator[Services]:
    """A store of a team with these children, on 20 April 2027."""
    services = builders.team(folder / "team.db", builders.Clock(AFTER))
    try:
        kids.save(services, children)
        yield services
    finally:
        services.close()


def exported(services: Services, folder: Path, years: tuple[int, ...] = YEARS) -> list[Job]:
    """The return of each year, with that of the year before, as jobs for the validator.

    2025 goes alone: SEX was 1 and 2 the year before, so that rule 202 would find every child.
    """
    before = () if years[0] == FIRST_WITH_LETTERS else (years[0] - 1,)
    files: dict[int, tuple[Path, ...]] = {}
    for year in (*before, *years):
        files[year] = services.returns.export(folder / f"return-{year}", year).files
    return [Job(year, files[year], files.get(year - 1, ())) for year in years]


def main() -> int:
    """Make, export, ask, and say what was found."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--teams", type=int, default=3)
    parser.add_argument("--children", type=int, default=120)
    options = parser.parse_args()
    jobs: list[tuple[str, Job, int]] = []
    with tempfile.TemporaryDirectory() as made:
        for seed in range(1, options.teams + 1):
            folder = Path(made) / str(seed)
            folder.mkdir(mode=0o700)
            with a_team(folder, teams.team(seed, options.children)) as services:
                for job in exported(services, folder):
                    jobs.append((f"team {seed}", job, len(services.returns.check(job.year))))
        began = time.monotonic()
        found = judge([job for _, job, _ in jobs])
        print(f"{len(jobs)} returns validated in {time.monotonic() - began:.1f} s")
        return max(_said(name, job, ours, each) for (name, job, ours), each in zip(jobs, found, strict=True))


def _said(name: str, job: Job, ours: int, found: Judgement) -> int:
    broken, issues = found.fails - BROKEN, unexplained(job, found)
    print(
        f"{name}, {job.year}: {len(found.derived)} episodes, {found.done} rules ran, {len(issues)} issues, "
        f"{ours} of ours, failing {', '.join(sorted(found.fails)) or 'none'}"
    )
    for issue in issues[:20]:
        print("   ", *issue)
    return 1 if issues or broken or ours else 0


if __name__ == "__main__":
    sys.exit(main())
