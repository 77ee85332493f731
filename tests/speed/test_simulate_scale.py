"""The simulated day is a queue as the books have it, and docs/scale.md says what it says."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.speed.simulate_scale import BATCH, ROWS, Costs, Day, simulate, table

PAGE = Path(__file__).parents[2] / "docs" / "scale.md"


def test_the_page_quotes_what_the_program_prints() -> None:
    page = PAGE.read_text(encoding="utf-8")
    quick = {name for name, day in ROWS if day.officers < 1_000}
    printed = table(rows=[row for row in ROWS if row[0] in quick])
    assert [line for line in printed if line not in page] == []


@pytest.mark.parametrize("busy", [0.3, 0.6])
def test_a_wait_is_what_the_theory_of_queues_says(busy: float) -> None:
    """Pollaczek and Khinchine: one server, random arrivals, each served for as long."""
    held = 0.1
    day = Day(officers=100, saves=busy / held * 36, laptops=0, seed=3)
    waits = simulate(day, Costs(save=held, disk=0.0))
    before_the_rush = waits.saves[: int(len(waits.saves) * 0.7)]
    theory = busy * held / (2 * (1 - busy))
    assert sum(before_the_rush) / len(before_the_rush) == pytest.approx(theory, rel=0.15)


def test_a_laptop_takes_the_lock_once_for_each_batch_and_lets_others_in_between() -> None:
    waits = simulate(Day(officers=0, laptops=1, changes=1_001))
    assert len(waits.batches) == 2 * 6
    assert waits.held == pytest.approx(12 * (Costs().batch + Costs().disk))
    assert BATCH * 6 > 1_001
    crowded = simulate(Day(officers=60, laptops=12, changes=100_000))
    assert crowded.at(1.0) < 12 * 1000 * (Costs().batch + Costs().disk) + 100


def test_who_waits_longer_than_ten_seconds_is_refused_and_takes_no_lock() -> None:
    day = Day(officers=460, laptops=0, gigabytes=4.6, new_key=True)
    waits = simulate(day)
    assert waits.refused > 0
    assert waits.at(1.0) == 10_000
    served = len(waits.saves) - waits.refused
    assert waits.held == pytest.approx(served * (Costs().save + Costs().disk) + 4.6 * Costs().key_per_gb)


def test_a_day_is_the_same_each_time() -> None:
    assert simulate(Day()) == simulate(Day())
    assert simulate(Day()) != simulate(Day(seed=2))
