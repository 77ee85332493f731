"""How far, for one home and for the whole register."""

from __future__ import annotations

import pytest
from geopy.distance import geodesic, great_circle
from hypothesis import given

from placement_tui.domain.homes import Position, Wanted
from placement_tui.services.search import SearchIndex, miles_between
from tests.services.search_cases import BIRKENHEAD, home, names, positions
from tests.speed.search_corpus import NOW, homes


@given(positions, positions)
def test_miles_are_statutory_or_geodesic_and_the_same_both_ways(a: Position, b: Position) -> None:
    miles, approximate = miles_between(a, b)
    assert (miles, approximate) == miles_between(b, a)
    if a.on_grid and b.on_grid:
        assert a.easting is not None
        assert b.easting is not None
        assert miles is not None
        assert a.northing is not None
        assert b.northing is not None
        straight = ((a.easting - b.easting) ** 2 + (a.northing - b.northing) ** 2) ** 0.5 / 1609.3
        assert abs(miles - straight) <= 0.0501
        assert not approximate
    elif None not in (a.latitude, a.longitude, b.latitude, b.longitude):
        ends = (a.latitude, a.longitude), (b.latitude, b.longitude)
        assert miles == round(geodesic(*ends).miles, 1)
        around = great_circle(*ends).miles
        assert abs(miles - around) <= 0.0056 * around + 0.051  # a sphere is out by half a percent at most
        assert approximate == ("approximate" in (a.location, b.location))


def test_a_grid_reference_alone_is_turned_into_degrees_where_the_other_end_has_none() -> None:
    bare = Position(332_525, 388_700, location="postcode")
    miles, approximate = miles_between(bare, Position(latitude=53.3907, longitude=-3.0160, location="given"))
    assert miles == 0.0
    assert not approximate
    far = Position(latitude=51.5034, longitude=-0.1276, location="approximate")
    assert miles_between(bare, far) == (pytest.approx(178, abs=1), True)


@pytest.mark.parametrize(
    "odd", [Position(latitude=91.0, longitude=0.0), Position(latitude=0.0, longitude=999.0), Position()]
)
def test_no_place_no_distance(odd: Position) -> None:
    assert miles_between(BIRKENHEAD, odd) == (None, False)
    index = SearchIndex.build([home(1, position=odd), home(2, "Elm", position=BIRKENHEAD)])
    assert [match.miles for match in index.search("near", Wanted(origin=BIRKENHEAD)).matches] == [0.0, None]
    assert names(index.search("100mi", Wanted(origin=BIRKENHEAD))) == ["Elm"]


def test_the_whole_register_is_measured_to_the_shown_digit() -> None:
    some = list(homes(1500, seed=2))
    index = SearchIndex.build(some)
    given_point = Position(latitude=53.4, longitude=-3.01, location="given")
    for origin in (BIRKENHEAD, given_point):
        found = index.search("all near", Wanted(origin=origin), now=NOW, limit=1500)
        assert len(found.matches) == 1500
        for match in found.matches:
            assert (match.miles, match.approximate) == miles_between(origin, match.candidate.position)
        for limit in (19.9, 20.0, 57.3):
            near = index.search(f"all {limit}mi", Wanted(origin=origin), now=NOW, limit=1500)
            shown = [miles_between(origin, one.position)[0] for one in some]
            assert len(near.matches) == sum(miles is not None and miles <= limit for miles in shown)


def test_twenty_miles_as_shown_are_within_twenty_miles() -> None:
    edge = Position(332_525, 388_700 + 32_266, location="postcode")  # 20.0497 miles: shown as 20.0
    index = SearchIndex.build([home(1, position=edge)])
    assert index.search("20mi", Wanted(origin=BIRKENHEAD)).total == 1
    assert index.search("19.9mi", Wanted(origin=BIRKENHEAD)).total == 0
