"""Registers, wants and policies for the tests of the search, and the filters read one home at a time."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

from hypothesis import strategies as st

from placement_tui.domain.homes import Candidate, Found, Policy, Position, Wanted
from placement_tui.domain.matching import is_fresh
from placement_tui.domain.query import Query
from placement_tui.services.search import SearchIndex, miles_between
from tests.speed.search_corpus import NOW, words

OWN, NEXT, FAR = "E08000015", "E08000014", "E08000030"
BIRKENHEAD = Position(332_525, 388_700, 53.3907, -3.0160, "postcode", OWN)

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
        authority=st.sampled_from([OWN, NEXT, FAR, "S12000033", "W06000023", None]),
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
    free_age_min=st.none() | st.integers(0, 18),
    free_age_max=st.none() | st.integers(0, 18),
    free_sexes=st.sampled_from([None, "M", "F"]),
    asked=small,
    offered=small,
    refused=small,
    lessons=small,
    suspended=st.sampled_from([None, None, None, "", "enquiry"]),
    ours=small,
    others=st.none() | small,
    held=small,
)
registers = st.lists(candidates, max_size=12, unique_by=lambda one: one.id)
policies = st.builds(
    Policy,
    home_grades=st.sampled_from([Policy().home_grades, ("outstanding",), ("good", "requires_improvement"), ()]),
    agency_grades=st.sampled_from([Policy().agency_grades, ("outstanding",), ()]),
    supported_grades=st.sampled_from([Policy().supported_grades, ("consistently_strong",), ()]),
    ungraded_allowed=st.booleans(),
    stale_hours=st.integers(0, 96),
    fostering_limit=st.sampled_from(["household", "carer"]),
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
        held=frozenset((home, draw(st.integers(1, 3))) for home in draw(some)),
        siblings=frozenset((home, draw(st.integers(1, 3))) for home in draw(some)),
        exempt=draw(some),
        set_aside=frozenset(
            (home, draw(st.sampled_from(["L16", "L21", "age", "places", "L13"]))) for home in draw(some)
        ),
    )


@st.composite
def searches(draw: st.DrawFn) -> tuple[list[Candidate], Wanted, Policy, str]:
    register = draw(registers)
    return register, draw(wants(register)), draw(policies), draw(tokens)


def passes(one: Candidate, query: Query, wanted: Wanted, policy: Policy) -> bool:
    """The filters of the query line, one home at a time, as the reader of the help would apply them."""
    miles, _ = miles_between(wanted.origin, one.position)
    kept = dict(wanted.held).get(one.id, 0)
    fresh = is_fresh(one.free_said_at, NOW, policy) or kept >= wanted.children
    known = one.free is not None or kept > 0
    low, high = one.free_age_min or 0, 99 if one.free_age_max is None else one.free_age_max
    theirs = all(low <= age <= high for age in wanted.ages)
    theirs = theirs and (one.free_sexes is None or all(sex in ("U", one.free_sexes) for sex in wanted.sexes))
    free = (one.free or 0) if theirs else 0
    areas = {"in": {wanted.authority}, "adj": set(wanted.adjoining)}
    allowed = {code for area in query.areas for code in areas[area] if code}
    return (
        (not query.kinds or one.kind in query.home_kinds)
        and (wanted.max_miles is None or (miles is not None and miles <= wanted.max_miles))
        and (not query.areas or one.position.authority in allowed)
        and (query.grade is None or one.grade in query.grades)
        and (not query.free or (known and free + kept >= wanted.children and fresh))
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
