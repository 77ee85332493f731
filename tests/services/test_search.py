"""What a search finds, in which order, and that its arrays say the same as the rules one home at a time."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from random import Random
from threading import Thread
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from placement_tui.domain.distance import in_area
from placement_tui.domain.homes import Candidate, Found, Policy, Position, Wanted
from placement_tui.domain.matching import is_fresh
from placement_tui.domain.query import Query, parse
from placement_tui.domain.rules import findings
from placement_tui.services.search import SearchIndex, miles_between

sys.path.append(str(Path(__file__).parents[1] / "speed"))
from search_corpus import NOW, homes, letters_swapped, letters_wrong, vowels_dropped, words

OWN, NEXT, FAR = "E08000015", "E08000014", "E08000030"
BIRKENHEAD = Position(332_525, 388_700, 53.3907, -3.0160, "postcode", OWN)
FIELDS = words(
    """kind position registered grade places age_min age_max sexes tier weekly_pence free free_said_at
free_said_by asked offered refused lessons suspended urn phone town area provider name route graded_on"""
)

positions = st.one_of(
    st.builds(
        Position,
        easting=st.integers(300_000, 420_000),
        northing=st.integers(350_000, 430_000),
        latitude=st.none() | st.floats(53, 54),
        longitude=st.none() | st.floats(-4, -2),
        location=st.sampled_from(["postcode", "approximate", None]),
        authority=st.sampled_from([OWN, NEXT, FAR, None]),
    ),
    st.builds(
        Position,
        latitude=st.floats(50, 58),
        longitude=st.floats(-5, 1),
        location=st.sampled_from(["given", "approximate"]),
        authority=st.sampled_from([OWN, NEXT, FAR, None]),
    ),
    st.just(Position()),
)
small = st.integers(0, 4)
candidates = st.builds(
    Candidate,
    id=st.uuids(),
    provider_id=st.uuids(),
    name=st.sampled_from(
        ["Bridgeview", "Bridge View House", "Fir Lane School", "Ó Súilleabháin", "Free", "10 Elm Rd", ""]
    )
    | st.text(max_size=12),
    provider=st.sampled_from(["Harbour Care", "National Fostering Agency", ""]),
    kind=st.sampled_from(["inhouse", "household", "agency", "res", "sa", "school", "family_centre", "adoption", "odd"]),
    position=positions,
    town=st.sampled_from(["Wallasey", "Birkenhead", ""]),
    area=st.sampled_from(["Wirral", ""]),
    urn=st.none() | st.integers(9_000_000, 9_999_999).map(str),
    phone=st.sampled_from(["", "0151 496 0123"]),
    registered=st.sampled_from([True, True, True, False]),
    grade=st.sampled_from(
        [
            None,
            "not_judged",
            "outstanding",
            "good",
            "requires_improvement",
            "inadequate",
            "inconsistent",
            "serious_weaknesses",
        ]
    ),
    graded_on=st.none() | st.dates(),
    places=st.none() | small,
    age_min=st.none() | st.integers(0, 18),
    age_max=st.none() | st.integers(0, 18),
    sexes=st.sampled_from([None, "M", "F"]),
    tier=st.none() | small,
    route=st.sampled_from([None, "framework"]),
    weekly_pence=st.none() | st.integers(0, 3).map(lambda hundreds: hundreds * 40_000),
    free=st.none() | small,
    free_said_at=st.none() | st.integers(0, 6000).map(lambda minutes: NOW - timedelta(minutes=minutes)),
    free_said_by=st.sampled_from(["", "KM"]),
    asked=small,
    offered=small,
    refused=small,
    lessons=small,
    suspended=st.sampled_from([None, None, None, "", "enquiry"]),
)
registers = st.lists(candidates, max_size=12, unique_by=lambda one: one.id)
policies = st.builds(
    Policy,
    grades=st.sampled_from([Policy().grades, ("outstanding",), ("good", "requires_improvement"), ()]),
    ungraded_allowed=st.booleans(),
    stale_hours=st.integers(0, 96),
)
tokens = st.lists(
    st.sampled_from(
        words(
            """ifa res inhouse sa school foster pc 10mi 40mi 150mi good+ outstanding ri+ graded free 14m f9 16f sib3 in adj
        t1 t2 new asked £900 <450 anywhere anytype near"""
        )
    ),
    max_size=4,
).map(" ".join)


@st.composite
def wants(draw: st.DrawFn, register: list[Candidate]) -> Wanted:
    """What may be wanted of a register: some of its homes asked already, some to be avoided."""
    known = [one.id for one in register]
    some = st.frozensets(st.sampled_from(known), max_size=2) if known else st.just(frozenset[UUID]())
    return Wanted(
        kinds=tuple(draw(st.lists(st.sampled_from(["foster", "residential", "supported", "secure"]), max_size=2))),
        ages=tuple(draw(st.lists(st.integers(0, 18), max_size=3))),
        sexes=tuple(draw(st.lists(st.sampled_from(["M", "F", "U"]), max_size=2))),
        origin=draw(
            st.sampled_from([BIRKENHEAD, Position(latitude=53.39, longitude=-3.0, location="given"), Position()])
        ),
        authority=draw(st.sampled_from([OWN, None])),
        adjoining=draw(st.sampled_from([frozenset(), frozenset({NEXT})])),
        max_miles=draw(st.sampled_from([None, None, 20.0])),
        asked=draw(some) | {UUID(int=5)},
        avoid_homes=draw(some),
        together=draw(st.sampled_from([0, 0, 2])),
    )


@st.composite
def searches(draw: st.DrawFn) -> tuple[list[Candidate], Wanted, Policy, str]:
    register = draw(registers)
    return register, draw(wants(register)), draw(policies), draw(tokens)


def passes(one: Candidate, query: Query, wanted: Wanted, policy: Policy) -> bool:
    """The filters of the query line, one home at a time, as the reader of the help would apply them."""
    miles, _ = miles_between(wanted.origin, one.position)
    fresh = is_fresh(one.free_said_at, NOW, policy)
    areas = {"in": {wanted.authority}, "adj": set(wanted.adjoining)}
    allowed = {code for area in query.areas for code in areas[area] if code}
    return (
        (not query.kinds or one.kind in query.home_kinds)
        and (wanted.max_miles is None or (miles is not None and miles <= wanted.max_miles))
        and (not query.areas or one.position.authority in allowed)
        and (query.grade is None or one.grade in query.grades)
        and (not query.free or (one.free is not None and one.free >= wanted.children and fresh))
        and (not query.tiers or one.tier in query.tiers)
        and (query.asked is None or (one.id in wanted.asked) == query.asked)
        and (query.weekly_pence is None or (one.weekly_pence is not None and one.weekly_pence <= query.weekly_pence))
    )


def names(found: Found) -> list[str]:
    return [match.candidate.name for match in found.matches]


def home(number: int, name: str = "Bridgeview", **known: Any) -> Candidate:
    given_ = {"provider": "Harbour Care", "kind": "res", **known}
    return Candidate(id=UUID(int=number), provider_id=UUID(int=2), name=name, **given_)


def named(*all_names: str) -> SearchIndex:
    return SearchIndex.build(home(number, name) for number, name in enumerate(all_names, 1))


# What the arrays say and what the rules say


@given(registers)
def test_candidates_come_back_as_they_were_given(register: list[Candidate]) -> None:
    found = SearchIndex.build(register).search("all", now=NOW)
    assert {match.candidate.id: match.candidate for match in found.matches} == {one.id: one for one in register}
    assert found.considered == len(register)


@settings(max_examples=300)
@given(searches())
def test_a_home_may_be_asked_exactly_where_no_rule_blocks_and_every_filter_passes(
    search: tuple[list[Candidate], Wanted, Policy, str],
) -> None:
    register, wanted, policy, line = search
    found = SearchIndex.build(register).search(f"{line} all", wanted, policy, now=NOW)
    query = parse(line)
    effective = query.applied_to(wanted)
    passing = [one for one in register if passes(one, query, effective, policy)]
    blocked: dict[UUID, list[str]] = {}
    for one in passing:
        why = [said.about for said in findings(one, effective, policy) if said.level == "block"]
        if why and not (query.asked and why == ["asked"]):
            blocked[one.id] = why
    assert {match.candidate.id for match in found.matches[: found.total]} == {
        one.id for one in passing if one.id not in blocked
    }
    assert {match.candidate.id for match in found.matches[found.total :]} == set(blocked)
    assert dict(found.blocked) == Counter(
        next(about for about in why if not (query.asked and about == "asked")) for why in blocked.values()
    )
    hidden = SearchIndex.build(register).search(line, wanted, policy, now=NOW)
    assert (list(hidden.matches), hidden.blocked) == (list(found.matches[: found.total]), found.blocked)


@given(searches())
def test_the_order_is_the_sum_of_the_stated_parts(search: tuple[list[Candidate], Wanted, Policy, str]) -> None:
    register, wanted, policy, line = search
    found = SearchIndex.build(register).search(line, wanted, policy, now=NOW)
    far = float("inf")
    keys = [
        (far if match.miles is None else match.miles) if "near" in line.split() else -match.score
        for match in found.matches
    ]
    assert keys == pytest.approx(sorted(keys))
    effective = parse(line).applied_to(wanted)
    for match in found.matches:
        assert match.score == pytest.approx(sum(part.points for part in match.parts))
        assert (match.miles, match.approximate) == miles_between(wanted.origin, match.candidate.position)
        assert match.in_area == in_area(match.candidate.position, wanted.authority)
        assert match.findings == findings(match.candidate, effective, policy)
        assert match.asked_already == (match.candidate.id in wanted.asked)


@settings(max_examples=60)
@given(searches(), st.sampled_from(["", "brdgvw", "fls", "osul", "free", "care"]))
def test_a_relaxation_brings_what_it_says(search: tuple[list[Candidate], Wanted, Policy, str], word: str) -> None:
    register, wanted, policy, line = search
    index = SearchIndex.build(register)
    query = parse(f'{line} "{word}"')
    have = index.search(query, wanted, policy, now=NOW).total
    brought = {one.name: one.more for one in index.relaxations(query, wanted, policy, now=NOW)}
    for name in query.active(wanted):
        relaxed = index.search(query.relaxed(name), wanted, policy, now=NOW)
        assert brought.get(name, 0) == max(0, relaxed.total - have)


@settings(max_examples=60)
@given(registers, registers, st.data())
def test_changes_are_found_as_if_all_were_built_anew(
    before: list[Candidate], after: list[Candidate], data: st.DataObject
) -> None:
    known = [one.id for one in before]
    changed = [
        replace(one, id=data.draw(st.sampled_from(known))) if known and at % 2 else one for at, one in enumerate(after)
    ]
    gone = data.draw(st.sets(st.sampled_from(known), max_size=2)) if known else set()
    index = SearchIndex.build(before).with_changes(changed[:3]).with_changes(changed[3:], gone)
    now_there = {one.id: one for one in [*before, *changed]}
    anew = SearchIndex.build(one for one in now_there.values() if one.id not in gone)
    wanted = Wanted(kinds=("foster",), ages=(9,), origin=BIRKENHEAD, authority=OWN)
    for line in ("", "all", "bridgeview", "brdgvw all", "fls", "osul", "wallasey 40mi", "0151", "free all", "\\free"):
        # Of homes that stand equal in everything, either may come first.
        one, other = index.search(line, wanted, now=NOW), anew.search(line, wanted, now=NOW)
        assert Counter(names(one)) == Counter(names(other))
        assert {match.candidate.id: match for match in one.matches} == {
            match.candidate.id: match for match in other.matches
        }
        assert (one.total, one.considered, one.blocked) == (other.total, other.considered, other.blocked)
        assert [match.score for match in one.matches] == pytest.approx([match.score for match in other.matches])


def test_many_changes_build_everything_again() -> None:
    index = named(*(f"Home {number}" for number in range(2500)))
    moved = [home(number, f"Moved {number}", kind="res") for number in range(1, 2202)]
    changed = index.with_changes(moved)
    assert (len(index), len(changed)) == (2500, 2500)
    assert index.search("moved").total == 0
    assert changed.search("moved").total == 2201
    assert changed.with_changes((), [UUID(int=1)]).search("moved").total == 2200


# Names


@pytest.fixture(scope="module")
def register() -> list[Candidate]:
    return list(homes())


@pytest.fixture(scope="module")
def index(register: list[Candidate]) -> SearchIndex:
    return SearchIndex.build(register)


@pytest.fixture(scope="module")
def planted(register: list[Candidate]) -> list[Candidate]:
    """240 homes whose name no other home of the 50,000 has, and that may be asked."""
    often = Counter(one.name for one in register)
    lone = [one for one in register if often[one.name] == 1 and not findings(one, Wanted(), Policy())]
    return Random(11).sample(lone, 240)


def share_in_first_ten(index: SearchIndex, typed: list[tuple[str, Candidate]]) -> float:
    found = 0
    for line, one in typed:
        matches = index.search(f'"{line}"', now=NOW).matches[:10]
        found += one.id in {match.candidate.id for match in matches}
    return found / len(typed)


@pytest.mark.parametrize("wrong", ["vowels dropped", "letters swapped", "letters wrong"])
def test_misspelt_names_are_among_the_first_ten(index: SearchIndex, planted: list[Candidate], wrong: str) -> None:
    random = Random(3)
    misspell = {
        "vowels dropped": vowels_dropped,
        "letters swapped": lambda name: letters_swapped(name, random),
        "letters wrong": lambda name: letters_wrong(name, random),
    }[wrong]
    part = ["vowels dropped", "letters swapped", "letters wrong"].index(wrong)
    typed = [(misspell(one.name).lower(), one) for one in planted[part * 80 : part * 80 + 80]]
    assert share_in_first_ten(index, typed) >= 0.95


def test_a_misspelt_first_word_is_enough_where_few_homes_share_it(
    index: SearchIndex, register: list[Candidate]
) -> None:
    askable = [one for one in register if not findings(one, Wanted(), Policy())]
    often = Counter(one.name.split()[0] for one in askable)
    lone = [one for one in askable if often[one.name.split()[0]] <= 4 and len(one.name.split()[0]) > 7]
    random = Random(5)
    typed = [(letters_swapped(one.name.split()[0], random).lower(), one) for one in random.sample(lone, 80)]
    assert share_in_first_ten(index, typed) >= 0.95


def test_initials_and_beginnings_find_the_home(index: SearchIndex, planted: list[Candidate]) -> None:
    for one in planted[:80]:
        begun = " ".join(word[:4] for word in one.name.split())
        found = index.search_exact(f'"{begun}"', now=NOW, limit=1000)
        assert one.id in {match.candidate.id for match in found.matches}
    three = [one for one in planted if len(one.name.split()) == 3]
    assert len(three) > 30
    for one in three:
        short = "".join(word[0] for word in one.name.split())
        found = index.search_exact(f'"{short}"', now=NOW, limit=2000)
        assert one.id in {match.candidate.id for match in found.matches}
        assert one.id in {match.candidate.id for match in index.search_exact(f'"{one.name}"', now=NOW).matches[:1]}


def test_the_short_hands_of_the_phone() -> None:
    index = named(
        "Bridgeview", "Fir Lane School", "Ó Súilleabháin", "Smith [/b]", "St. Mary's", "Old Orchard", "Free Spirit"
    )
    for typed, name in (
        ("brdgvew", "Bridgeview"),
        ("BRDGVW", "Bridgeview"),
        ("brigdeview", "Bridgeview"),
        ("bridge view", "Bridgeview"),
        ("ridgeview", "Bridgeview"),
        ("fls", "Fir Lane School"),
        ("firlane", "Fir Lane School"),
        ("scho fir", "Fir Lane School"),
        ("o suill", "Ó Súilleabháin"),
        ("osull", "Ó Súilleabháin"),
        ("smith", "Smith [/b]"),
        ("smiht [/b]", "Smith [/b]"),
        ("st marys", "St. Mary's"),
        ("st mary’s", "St. Mary's"),
        ("oldorchrd", "Old Orchard"),
        ('"free"', "Free Spirit"),
        ("\\free", "Free Spirit"),
        ("spirt", "Free Spirit"),
    ):
        assert names(index.search(typed))[:1] == [name], typed


def test_provider_town_area_urn_and_phone_are_words_too() -> None:
    index = SearchIndex.build(
        [
            home(
                1, "Alpha", provider="National Fostering Agency", town="Wallasey", urn="9000001", phone="0151 496 0123"
            ),
            home(2, "Beta", provider="Harbour Care", area="Sefton", urn="9000002", phone="01632 960001"),
        ]
    )
    for typed in ("national", "nfa", "wallasey", "9000001", "0151 496 0123", "0151496", "walasey", "alpha nfa"):
        assert names(index.search(typed)) == ["Alpha"], typed
    assert names(index.search("sefton")) == ["Beta"]


def test_how_well_the_name_is_met_leads_over_every_point() -> None:
    index = SearchIndex.build(
        [
            home(1, "Brook House", tier=1, grade="outstanding", asked=9, offered=9),
            home(2, "Brook"),
            home(3, "The Old Brook", tier=1, asked=5, offered=5),
            home(4, "Elm", provider="Brook Care", tier=1, grade="outstanding", asked=9, offered=9),
            home(5, "Brock", tier=1, grade="outstanding", asked=9, offered=9),
        ]
    )
    assert names(index.search("brook")) == ["Brook", "Brook House", "The Old Brook", "Elm", "Brock"]
    # Among names that are met alike, the order of points, then the shorter name.
    alike = named("Brook House", "Brook Cottage", "Brook Barn")
    assert names(alike.search("brook")) == ["Brook Barn", "Brook House", "Brook Cottage"]


def test_what_the_first_frame_shows_stays_at_the_head(index: SearchIndex) -> None:
    for line in ("b", "bri", "bridgefi", "bridgefold hou", "ohg", "brdgfld", "willow 30mi", "", "£900 res"):
        wanted = Wanted(origin=BIRKENHEAD)
        exact, whole = index.search_exact(line, wanted, now=NOW), index.search(line, wanted, now=NOW)
        assert list(whole.matches[: exact.total]) == list(exact.matches)
        assert whole.total >= exact.total


def test_a_token_half_typed_empties_nothing() -> None:
    index = SearchIndex.build([home(1, "Bridgeview"), home(2, "Number 10"), home(3, "Elm")])
    assert names(index.search("bridge 1")) == names(index.search("bridge 14")) == ["Bridgeview"]
    assert index.search("3").total == 3
    assert names(index.search("10")) == ["Number 10"]
    assert names(index.search("number 10")) == ["Number 10"]


def test_a_name_that_the_filter_hides_is_not_guessed_at_but_counted() -> None:
    index = SearchIndex.build([home(1, "Bridgeview", kind="sa"), home(2, "Ridgeview")])
    found = index.search("bridgeview res")
    assert names(found) == []
    assert [(one.name, one.words, one.more) for one in found.relaxations] == [
        ("words", "any name", 1),
        ("type", "any type", 2),
    ] or [(one.name, one.more) for one in found.relaxations] == [("type", 2), ("words", 1)]
    younger = index.search("bridgeview 14m")
    assert (names(younger), younger.blocked_in_words()) == ([], "1 more may not be asked: under 16 1")


@given(st.text(max_size=60))
def test_any_line_is_answered(line: str) -> None:
    for index in (ODD, NOBODY):
        found = index.search(line, Wanted(origin=BIRKENHEAD, ages=(14,)), now=NOW)
        assert found.total + sum(count for _, count in found.blocked) <= found.considered == len(index)
        assert len(found.matches) <= found.considered


def test_long_lines_are_answered() -> None:
    for line in ("x" * 10_000, "xy " * 3333, "\\" * 10_000, '"' * 10_000, "brook " * 2000, "14m " * 2500, "\0\ud800"):
        assert ODD.search(line, now=NOW).considered == len(ODD)


ODD = SearchIndex.build(
    [home(1, "Ó Súilleabháin"), home(2, ""), home(3, "…"), home(4, "日本 \ud800\0"), home(5, "x" * 999)]
)
NOBODY = SearchIndex.build([])


# Distance


@given(positions, positions)
def test_miles_are_statutory_or_geodesic_and_the_same_both_ways(a: Position, b: Position) -> None:
    from geopy.distance import geodesic, great_circle

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


def test_the_whole_register_is_measured_to_the_shown_digit(register: list[Candidate]) -> None:
    some = Random(2).sample(register, 1500)
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


# The answer


def test_the_referrals_distance_holds_until_the_line_says_otherwise() -> None:
    north = Position(332_525, 388_700 + 48_000, location="postcode")  # 29.8 miles
    index = SearchIndex.build([home(1, position=north)])
    wanted = Wanted(origin=BIRKENHEAD, max_miles=20, place="CH41")
    found = index.search("", wanted)
    assert (found.total, found.words) == (0, "within 20 miles of CH41")
    assert [(one.name, one.words, one.more) for one in found.relaxations] == [("miles", "any distance", 1)]
    relaxed = parse("").relaxed(found.relaxations[0].name)
    assert (relaxed.to_text(), index.search(relaxed, wanted).total) == ("anywhere", 1)
    assert index.search("30mi", wanted).total == 1


def test_blocked_homes_are_counted_and_shown_last_with_all() -> None:
    index = SearchIndex.build(
        [
            home(1, "Elm", grade="inadequate", tier=1),
            home(2, "Fir", age_max=10),
            home(3, "Oak"),
            home(4, "Ash", grade="inadequate"),
        ]
    )
    wanted = Wanted(ages=(14,))
    found = index.search("", wanted)
    assert (names(found), found.total, found.considered) == (["Oak"], 1, 4)
    assert found.blocked_in_words() == "3 more may not be asked: policy 2, age 1"
    shown = index.search("all", wanted)
    assert names(shown)[0] == "Oak"
    assert [match.may_be_asked for match in shown.matches] == [True, False, False, False]
    assert [one.text for one in shown.matches[-1].findings]


def test_what_was_asked_is_left_out_and_can_be_looked_at() -> None:
    index = SearchIndex.build([home(1, "Elm"), home(2, "Fir")])
    wanted = Wanted(asked=frozenset({UUID(int=1)}))
    assert names(index.search("", wanted)) == names(index.search("new", wanted)) == ["Fir"]
    asked = index.search("asked", wanted)
    assert [(match.candidate.name, match.asked_already, match.may_be_asked) for match in asked.matches] == [
        ("Elm", True, False)
    ]


def test_the_matches_are_a_sequence_and_no_more_than_asked_for(index: SearchIndex) -> None:
    found = index.search("", limit=7, now=NOW)
    assert len(found.matches) == 7
    assert found.total > 20_000
    assert found.considered == len(index) == 50_000
    assert found.matches[-1] == list(found.matches)[-1]
    assert list(found.matches[2:4]) == list(found.matches)[2:4]
    assert found.matches[0] is found.matches[0]
    with pytest.raises(IndexError):
        found.matches[7]
    assert list(index.search("", limit=0, now=NOW).matches) == []


def test_several_threads_search_one_index(index: SearchIndex) -> None:
    lines = ["bridge", "brdgfld", "willow 50mi", "", "oak good+", "res free"]
    alone = {line: [match.candidate.id for match in index.search(line, now=NOW).matches[:20]] for line in lines}
    wrong: list[str] = []

    def work() -> None:
        for line in lines * 3:
            if [match.candidate.id for match in index.search(line, now=NOW).matches[:20]] != alone[line]:
                wrong.append(line)

    threads = [Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not wrong


def test_importing_the_search_loads_nothing_heavy() -> None:
    code = "import sys, placement_tui.services.search; print([m for m in ('numpy', 'rapidfuzz', 'geopy', 'pyproj') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_the_index_of_50_000_homes_is_small(index: SearchIndex) -> None:
    text = index._index._names._base.nbytes
    columns = [column.array.nbytes for column in vars(index._index._register).values() if hasattr(column, "array")]
    assert text + sum(columns) < 18 * 2**20


@pytest.mark.parametrize("field", FIELDS)
def test_a_change_of_any_field_reaches_the_search(field: str) -> None:
    first, *others = homes(60)
    other = {"free_said_by": "PJ", "refused": 3, "suspended": "enquiry", "route": "framework"}
    values = [other[field]] if field in other else [getattr(one, field) for one in others]
    changed = replace(first, **{field: next(value for value in values if value != getattr(first, field))})
    index = SearchIndex.build([first]).with_changes([changed])
    assert [match.candidate for match in index.search("all", now=NOW).matches] == [changed]
