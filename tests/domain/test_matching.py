"""The order of a search: a sum of stated parts."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from placement_tui.domain.homes import Candidate, Policy, Wanted
from placement_tui.domain.matching import Weights, ago, distance_points, order_parts, order_score, own_use_points

NOW = datetime(2026, 3, 4, 16, 30, tzinfo=UTC)


def home(kind: str = "res", **known: Any) -> Candidate:
    return Candidate(
        id=UUID(int=1), provider_id=UUID(int=2), name="Bridgeview", provider="Harbour Care", kind=kind, **known
    )


def parts(candidate: Candidate, miles: float | None = None, **wanted: Any) -> dict[str, float]:
    found = order_parts(candidate, miles, Wanted(**wanted), Policy(), Weights(), NOW)
    return {part.label: part.points for part in found}


def test_of_a_home_of_which_nothing_is_known_nothing_is_said() -> None:
    assert parts(home()) == {}
    assert order_score(()) == 0


def test_every_part_is_stated_with_its_number() -> None:
    known = home(
        grade="good", free=2, free_said_at=NOW - timedelta(hours=3), asked=9, offered=4, tier=2, lessons=1
    )  # fmt: skip
    said = parts(known, 10.0, kinds=("foster", "residential"))
    assert said == {
        "10.0 miles": 20.0,
        "wish 2": 10.0,
        "2 free, said 3h ago": 15.0,
        "4 offers of 9 asked": pytest.approx(20 * (5 / 13 - 0.25)),
        "good": pytest.approx(5.6),
        "tier 2": 4.0,
        "1 lesson": -2.0,
    }
    found = order_parts(known, 10.0, Wanted(kinds=("foster", "residential")), Policy(), Weights(), NOW)
    assert order_score(found) == pytest.approx(sum(said.values()))


@given(st.floats(0, 800), st.floats(0.05, 800))
def test_nearer_is_always_ahead(miles: float, further: float) -> None:
    assert distance_points(miles, Weights()) > distance_points(miles + further, Weights()) > 0


def test_a_home_that_was_never_asked_stands_between_one_that_offers_and_one_that_never_does() -> None:
    assert own_use_points(0, 0, Weights()) == 0
    assert own_use_points(20, 0, Weights()) < own_use_points(2, 0, Weights()) < 0 < own_use_points(2, 1, Weights())
    # One offer of one asked says less than nine of ten: n counts.
    assert own_use_points(1, 1, Weights()) < own_use_points(10, 9, Weights())


@pytest.mark.parametrize(
    ("free", "hours", "label", "points"),
    [
        (1, 0, "1 free, said now", 15.0),
        (1, 48, "1 free, said 2d ago", 15.0),
        (1, 49, "1 free, said 2d ago: check", 3.75),
        (0, 1, "full, said 1h ago", -15.0),
        (0, 100, "full, said 4d ago: check", 0.0),
        (1, None, "1 free: check", 3.75),
    ],
)
def test_a_vacancy_counts_while_it_is_fresh(free: int, hours: int | None, label: str, points: float) -> None:
    said_at = None if hours is None else NOW - timedelta(hours=hours)
    assert parts(home(free=free, free_said_at=said_at)) == {label: points}


def test_a_bed_is_no_vacancy_for_three_together() -> None:
    one = home(free=1, free_said_at=NOW)
    assert parts(one, ages=(3, 5, 8)) == {"1 free, said now": 0.0}
    assert parts(home(free=3, free_said_at=NOW), ages=(3, 5, 8)) == {"3 free, said now": 15.0}


def test_the_first_wish_leads() -> None:
    wishes = ("foster", "residential", "supported")
    assert [parts(home(kind), kinds=wishes) for kind in ("inhouse", "res", "sa", "secure")] == [
        {"first wish": 20.0},
        {"wish 2": 10.0},
        {"wish 3": pytest.approx(20 / 3)},
        {},
    ]


def test_better_grades_never_stand_behind_worse_ones() -> None:
    for scale in (
        ("outstanding", "good", "requires_improvement", "inadequate"),
        ("consistently_strong", "inconsistent", "serious_weaknesses"),
    ):
        points = [
            order_score(order_parts(home(grade=grade), None, Wanted(), Policy(), Weights(), NOW)) for grade in scale
        ]
        assert points == sorted(points, reverse=True)
        assert len(set(points)) == len(points)


def test_three_lessons_weigh_as_many() -> None:
    assert parts(home(lessons=3))["3 lessons"] == parts(home(lessons=30))["30 lessons"] == -6


def test_an_approximate_distance_says_so() -> None:
    found = order_parts(home(), 12.04, Wanted(), Policy(), Weights(), NOW, approximate=True)
    assert [part.label for part in found] == ["about 12.0 miles"]


@pytest.mark.parametrize(
    ("minutes", "said"),
    [(0, "now"), (1, "1m"), (59, "59m"), (60, "1h"), (47 * 60 + 59, "47h"), (48 * 60, "2d"), (-5, "now")],
)
def test_ages_in_one_unit(minutes: int, said: str) -> None:
    assert ago(NOW - timedelta(minutes=minutes), NOW) == said
