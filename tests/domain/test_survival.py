"""Survival and rates, held against an independent implementation on random data."""

from __future__ import annotations

import random
import warnings
from math import isnan

import pytest

from placement_tui.domain.rates import poisson, rate
from placement_tui.domain.survival import at, followed_on, kaplan_meier, median, thinned

stats = pytest.importorskip("scipy.stats")


@pytest.mark.parametrize("seed", range(12))
def test_the_curve_and_its_interval_are_those_of_scipy_at_every_time(seed: int) -> None:
    chance = random.Random(seed)
    followed = [(chance.randint(0, 400), chance.random() < 0.1 * (seed % 9 + 1)) for _ in range(chance.randint(5, 900))]
    followed.append((chance.randint(0, 400), True))
    ended = [day for day, event in followed if event]
    lost = [day for day, event in followed if not event]
    theirs = stats.ecdf(stats.CensoredData(uncensored=ended, right=lost)).sf
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)  # where nothing has ended yet there is no interval: both say so
        between = theirs.confidence_interval(0.95, method="log-log")
    steps = kaplan_meier(followed)
    assert [step.day for step in steps] == list(theirs.quantiles)
    for number, step in enumerate(steps):
        assert step.share == pytest.approx(theirs.probabilities[number], abs=1e-9)
        low, high = between.low.probabilities[number], between.high.probabilities[number]
        if step.low is None or step.high is None:
            assert isnan(low) or step.share in (0.0, pytest.approx(1.0))
        else:
            assert step.low == pytest.approx(low, abs=1e-9)
            assert step.high == pytest.approx(high, abs=1e-9)


def test_a_curve_worked_by_hand() -> None:
    steps = kaplan_meier([(2, True), (3, False), (5, True), (5, False), (9, False)])
    assert [(step.day, step.at_risk, step.events, step.lost) for step in steps] == [
        (2, 5, 1, 0), (3, 4, 0, 1), (5, 3, 1, 1), (9, 1, 0, 1),
    ]  # fmt: skip
    assert [round(step.share, 6) for step in steps] == [0.8, 0.8, 0.533333, 0.533333]  # 4/5, then times 2/3
    assert median(steps) is None
    assert at(steps, 1) is None
    assert at(steps, 4) is steps[1]
    assert at(steps, 10) is None
    assert [followed_on(steps, day) for day in (0, 4, 9, 10)] == [5, 3, 1, 0]
    assert median(kaplan_meier([(4, True), (6, True)])) == 4


def test_a_thinned_curve_keeps_its_first_falls_and_its_end() -> None:
    steps = kaplan_meier((day, day % 2 == 0) for day in range(1, 1_000))
    kept = thinned(steps, 50)
    assert len(kept) <= 52
    assert kept[-1] is steps[-1]
    assert {step.day for step in kept} <= {step.day for step in steps}


def test_the_interval_of_a_rate_is_exact() -> None:
    for events in (*range(60), 137, 999, 25_000):
        low, high = poisson(events)
        exact_low = stats.chi2.ppf(0.025, 2 * events) / 2 if events else 0.0
        assert low == pytest.approx(exact_low, rel=1e-9, abs=1e-12)
        assert high == pytest.approx(stats.chi2.ppf(0.975, 2 * events + 2) / 2, rel=1e-9)


def test_a_rate_of_no_days_has_no_value() -> None:
    row = rate("nothing", 0, 0, 0)
    assert (row.value, row.low, row.high) == (None, None, None)
    row = rate("all", 3, 1_500, 9)
    assert row.value == 2.0
    assert row.low is not None
    assert row.high is not None
    assert row.low < 2.0 < row.high
