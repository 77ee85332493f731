"""How long it takes from a free bed to those whom it fits, and from a referral to its beds, over a large register.

python tests/speed/bench_vacancies.py [--homes 50000] [--said 2000] [--referrals 60] [--rounds 20]
"""

from __future__ import annotations

import argparse
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))
from placement_tui.bootstrap import Services
from placement_tui.db.tables import Vacancy
from placement_tui.domain.vacancies import NewVacancy
from tests import builders


def filled(path: Path, homes: int, said: int, referrals: int) -> Services:
    """A store with that many homes, words of free beds, and open referrals."""
    services = builders.team(path)
    ids = builders.homes(services, tuple(f"Home {number}" for number in range(homes)), ("agency", "res", "sa", "res"))
    with services.desk.write("log vacancies") as session:
        for number, key in enumerate(ids[:: max(1, homes // said)]):
            at = services.desk.now - timedelta(hours=number % 60)
            session.add(Vacancy(home_id=key, beds=1 + number % 2, said_at=at, officer_id=services.desk.officer.id))
    for number in range(referrals):
        sex, age = "MF"[number % 2], 2 + number % 15
        builders.referral(services, builders.child(f"A{chr(65 + number % 26)}", f"W-{number}", sex=sex, age=age))
    services.homes.ready()
    return services


def measured(rounds: int, work: Callable[[], object]) -> tuple[float, float]:
    """Median and slowest, in milliseconds."""
    took = []
    for _ in range(rounds):
        begun = time.perf_counter()
        work()
        took.append((time.perf_counter() - begun) * 1000)
    return statistics.median(took), max(took)


def figures(services: Services, rounds: int) -> dict[str, tuple[float, float]]:
    """What is waited for, by its words."""
    home = services.homes.nearest(services.referrals.board().rows[0].id, 1)[0]
    saved = services.vacancies.log(home, NewVacancy(1))
    referral = services.referrals.board().rows[0].id
    return {
        "a bed is logged": measured(rounds, lambda: services.vacancies.log(home, NewVacancy(1))),
        "whom a new bed fits": measured(rounds, lambda: services.vacancies.news(saved.ids[:1])),
        "the list of free beds": measured(rounds, services.vacancies.standing),
        "the beds for a referral": measured(rounds, lambda: services.vacancies.for_referral(referral)),
        "the next tier": measured(rounds, lambda: services.waves.next_tier(referral)),
        "the bed board": measured(max(1, rounds // 4), services.beds.board),
    }


def main() -> None:
    """Measure, and print a line for each."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--homes", type=int, default=50_000)
    parser.add_argument("--said", type=int, default=2_000, help="homes that spoke of their beds of late")
    parser.add_argument("--referrals", type=int, default=60)
    parser.add_argument("--rounds", type=int, default=20)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="placement-bench-") as folder:
        services = filled(Path(folder) / "store.db", asked.homes, asked.said, asked.referrals)
        print(
            f"{asked.homes:,} homes, {asked.said:,} words of beds, {asked.referrals} open referrals; median and slowest"
        )
        for words, (middle, slowest) in figures(services, asked.rounds).items():
            print(f"{words:26} {middle:8.1f} ms {slowest:8.1f} ms")
        services.close()


if __name__ == "__main__":
    main()
