"""How far, as the Department counts it, and whose area."""

from __future__ import annotations

from math import hypot

import pytest
from hypothesis import given
from hypothesis import strategies as st

from placement_tui.domain.distance import (
    DISTANCE_BANDS,
    at_a_distance,
    distance_band,
    in_area,
    statutory_miles,
    within_20,
)
from placement_tui.domain.homes import Position

metres = st.integers(0, 1_300_000)
BIRKENHEAD = Position(332_525, 388_700, location="postcode", authority="E08000015")  # CH41 5AL
PRESTON = Position(353_809, 429_216, location="postcode", authority="E10000017")  # PR1 2AA
BOOTLE = Position(334_467, 394_739, location="postcode", authority="E08000014")  # L20 3AA
WALSALL = Position(401_365, 298_688, location="postcode", authority="E08000030")  # WS1 1AA


def at(easting: int, northing: int) -> Position:
    return Position(easting, northing, location="postcode")


@pytest.mark.parametrize(("a", "b", "miles"), [(BIRKENHEAD, PRESTON, 28.4), (BOOTLE, WALSALL, 72.7)])
def test_the_sector_validator_gives_the_same_miles(a: Position, b: Position, miles: float) -> None:
    assert statutory_miles(a, b) == miles
    assert statutory_miles(b, a) == miles


@given(metres, metres, metres, metres)
def test_planar_miles_of_1609_3_metres_to_one_decimal(e1: int, n1: int, e2: int, n2: int) -> None:
    miles = statutory_miles(at(e1, n1), at(e2, n2))
    assert miles is not None
    assert abs(miles - hypot(e1 - e2, n1 - n2) / 1609.3) <= 0.05 + 1e-9
    assert miles == round(miles, 1) >= 0
    assert miles == statutory_miles(at(e2, n2), at(e1, n1))


@pytest.mark.parametrize(
    "elsewhere",
    [
        Position(),
        Position(latitude=53.4, longitude=-3.0, location="given"),
        Position(latitude=53.4, longitude=-3.0, location="approximate"),
        Position(332_000, 388_000, location="approximate"),
        Position(332_000, None, location="postcode"),
    ],
)
def test_without_a_grid_reference_there_is_no_statutory_distance(elsewhere: Position) -> None:
    assert statutory_miles(BIRKENHEAD, elsewhere) is None
    assert statutory_miles(elsewhere, BIRKENHEAD) is None


def test_twenty_miles_counts_as_within() -> None:
    # 32,186 m are 19.9999 miles of the guidance, 32,266 m are 20.0497 and shown as 20.0, 32,267 m as 20.1.
    assert [statutory_miles(at(0, 0), at(0, north)) for north in (32_186, 32_266, 32_267)] == [20.0, 20.0, 20.1]
    assert [within_20(miles) for miles in (0.0, 19.9, 20.0, 20.1, None)] == [True, True, True, False, None]
    assert [distance_band(miles) for miles in (20.0, 20.1, None)] == list(DISTANCE_BANDS)
    assert DISTANCE_BANDS == ("20 miles or less", "Over 20 miles", "Not known or not recorded")


def test_in_the_area_is_said_only_where_both_are_known() -> None:
    assert in_area(BIRKENHEAD, "E08000015") is True
    assert in_area(BOOTLE, "E08000015") is False
    assert in_area(Position(), "E08000015") is None
    assert in_area(BIRKENHEAD, None) is None


def test_at_a_distance_is_outside_the_area_and_every_adjoining_one() -> None:
    adjoining = frozenset({"E08000014"})
    assert at_a_distance(BIRKENHEAD, "E08000015", adjoining) is False
    assert at_a_distance(BOOTLE, "E08000015", adjoining) is False
    assert at_a_distance(WALSALL, "E08000015", adjoining) is True
    assert at_a_distance(Position(), "E08000015", adjoining) is None
    # Where nobody has said who adjoins, an outside home may or may not be at a distance.
    assert at_a_distance(WALSALL, "E08000015", frozenset()) is None
    assert at_a_distance(BIRKENHEAD, "E08000015", frozenset()) is False
