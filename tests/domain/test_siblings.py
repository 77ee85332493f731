"""Together if it can be, else the least bad split; held against every split there is, tried one by one."""

from __future__ import annotations

from collections import defaultdict
from itertools import combinations, product
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from placement_tui.domain.siblings import MOST_CHILDREN, Room, Split, Weights, room_for, splits

Apart = dict[tuple[int, int], float | None]


def home(number: int, room: int, miles: float | None = 5.0, fits: frozenset[int] = frozenset(range(8))) -> Room:
    return Room(UUID(int=number + 1), f"Home {number}", room, fits, miles)


def in_line(*homes: Room) -> Apart:
    """Homes in one line outwards from where the children lived."""
    return {
        (a, b): round(abs((homes[a].miles or 0) - (homes[b].miles or 0)), 1)
        for a, b in product(range(len(homes)), repeat=2)
    }


def of(children: int, homes: list[Room], apart: Apart | None = None, each: int = 3) -> list[Split]:
    known = in_line(*homes) if apart is None else apart
    return splits(children, homes, lambda a, b: known[a, b], each=each)


def every_split(children: int, homes: list[Room], apart: Apart, weights: Weights) -> dict[tuple[int, ...], list[float]]:
    """By shape the sums of all ways to house them, cheapest first: one for each choice of homes and numbers."""
    found: dict[tuple[int, ...], dict[frozenset[tuple[int, int]], float]] = defaultdict(dict)
    for where in product(range(len(homes)), repeat=children):
        groups = {at: [child for child in range(children) if where[child] == at] for at in set(where)}
        if any(len(group) > homes[at].room or not homes[at].fits.issuperset(group) for at, group in groups.items()):
            continue

        def miles(distance: float | None) -> float:
            return weights.unknown if distance is None else distance

        far = max((miles(apart[a, b]) for a, b in combinations(sorted(groups), 2)), default=0.0)
        near = sum(miles(homes[at].miles) for at in where) / children
        cost = weights.home * (len(groups) - 1) + weights.between * far + weights.from_home * near
        shape = tuple(sorted((len(group) for group in groups.values()), reverse=True))
        key = frozenset((at, len(group)) for at, group in groups.items())
        found[shape][key] = min(cost, found[shape].get(key, cost))
    return {shape: sorted(costs.values()) for shape, costs in found.items()}


rooms = st.lists(
    st.tuples(
        st.integers(0, 4),
        st.none() | st.integers(0, 400).map(lambda tenths: tenths / 10),
        st.frozensets(st.integers(0, 3)),
    ),
    max_size=5,
)


@settings(max_examples=150)
@given(st.integers(1, 4), rooms, st.randoms(use_true_random=False), st.integers(1, 3))
def test_no_split_is_better_than_those_that_are_found(
    children: int, drawn: list[tuple[int, float | None, frozenset[int]]], chance: object, each: int
) -> None:
    homes = [home(number, room, miles, fits) for number, (room, miles, fits) in enumerate(drawn)]
    apart: Apart = {}
    for a, b in combinations(range(len(homes)), 2):
        apart[a, b] = apart[b, a] = chance.choice([None, 0.0, 1.5, 12.0, 33.3])  # type: ignore[attr-defined]  # a Random
    found = of(children, homes, apart, each)
    expected = every_split(children, homes, apart, Weights())
    by_shape: dict[tuple[int, ...], list[float]] = defaultdict(list)
    for split in found:
        by_shape[split.shape].append(split.cost)
        placed = [child for room, group in split.groups for child in group]
        assert sorted(placed) == list(range(children))
        assert all(len(group) <= room.room and room.fits.issuperset(group) for room, group in split.groups)
    assert set(by_shape) == set(expected)
    for shape, costs in by_shape.items():
        assert costs == pytest.approx(expected[shape][:each])
    assert [split.cost for split in found] == sorted(split.cost for split in found)


def test_all_together_comes_before_two_nearer_homes() -> None:
    found = of(4, [home(0, 2, 1.0), home(1, 2, 1.5), home(2, 4, 20.0)])
    assert found[0].shape_words == "all together"
    assert [room.name for room, _ in found[0].groups] == ["Home 2"]
    assert [part.label for part in found[0].parts] == ["from home"]
    assert (found[0].furthest, found[0].between) == (0.0, ())


def test_two_homes_round_the_corner_come_before_two_far_apart() -> None:
    found = of(4, [home(0, 3, 2.0), home(1, 2, 2.4), home(2, 1, 40.0)])
    assert found[0].shape_words == "3+1"  # the two near homes: three here, one round the corner
    best = found[0]
    assert best.furthest == pytest.approx(0.4)
    assert {room.name: len(group) for room, group in best.groups} == {"Home 0": 3, "Home 1": 1}
    assert [(part.label, round(part.points, 2)) for part in best.parts] == [
        ("2 homes", 30.0), ("furthest apart", 0.4), ("from home", 1.05)
    ]  # fmt: skip
    assert best.cost == pytest.approx(31.45)
    assert {split.shape for split in found} == {(3, 1), (2, 2), (2, 1, 1)}


def test_who_may_live_nowhere_leaves_no_split() -> None:
    girls_only = frozenset({0, 1})
    assert of(3, [home(0, 4, fits=girls_only), home(1, 4, fits=girls_only)]) == []
    alone = of(3, [home(0, 4, fits=girls_only), home(1, 1, fits=frozenset({2}))])
    assert [[group for _, group in split.groups] for split in alone] == [[(0, 1), (2,)]]


def test_the_last_one_goes_apart_where_it_makes_no_difference() -> None:
    (best, *_) = of(3, [home(0, 2), home(1, 1)])
    assert [group for _, group in best.groups] == [(0, 1), (2,)]


def test_a_distance_that_nobody_knows_is_said_to_be_unknown_and_counts_as_far() -> None:
    found = of(2, [home(0, 1, 1.0), home(1, 1, 1.0), home(2, 1, None)], {
        (0, 1): 30.0, (1, 0): 30.0, (0, 2): None, (2, 0): None, (1, 2): None, (2, 1): None,
    }, each=9)  # fmt: skip
    assert found[0].furthest == 30.0
    assert found[-1].furthest is None


def test_nobody_and_a_crowd_are_not_split() -> None:
    assert of(0, [home(0, 4)]) == []
    assert of(MOST_CHILDREN + 1, [home(0, 20)]) == []
    assert of(MOST_CHILDREN, [home(0, 8)])[0].shape == (8,)


@pytest.mark.parametrize(
    ("room", "places", "living", "siblings", "more"),
    [
        (4, 4, 0, 0, {"foster": True}),  # all of them are siblings: paragraph 3
        (2, 4, 1, 0, {"foster": True}),  # the usual limit, with a stranger there
        (3, 4, 1, 1, {"foster": True}),  # with their brother, who lives there
        (3, 4, 1, 0, {"foster": True, "exempt": True}),
        (3, 6, 1, 0, {"kept": 2}),
        (5, 6, 1, 0, {"kept": 2, "ours_kept": 2}),
        (0, 2, 3, 0, {}),
        (1, None, 0, 0, {"foster": True}),
    ],
)
def test_room_for_siblings(room: int, places: int | None, living: int, siblings: int, more: dict[str, int]) -> None:
    given: dict[str, Any] = {"kept": 0, "ours_kept": 0, "foster": False, "exempt": False, **more}
    assert room_for(places, living, given.pop("kept"), given.pop("ours_kept"), siblings, **given) == room
