"""Given where a home lies, when it is to be confirmed, then who has to approve it (L3 to L5), and who fosters how many (L13)."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest

from placement_tui.domain.capacity import Capacity, ExemptionRow, fostering_limit
from placement_tui.domain.distance import NOTHING_ADJOINS
from placement_tui.domain.homes import Policy, Position, Wanted
from placement_tui.domain.rules import findings
from placement_tui.domain.rules.fostering import CARERS
from tests.domain.rule_tables import (
    CARDIFF,
    EDINBURGH,
    HOME,
    NOTHING,
    SEFTON,
    STARTS,
    WALSALL,
    WIRRAL,
    Case,
    case,
    decision,
    home,
    said,
    then,
)

R11A, R11B = "Reg 11(1)(a) CPPCR 2010", "Reg 11(1)(b) CPPCR 2010"
OUT, FAR = ("block", "L3", R11A), ("block", "L4", R11B)
ABROAD = ("block", "L5", "Reg 12 CPPCR 2010")


def at(authority: str | None, **more: Any) -> dict[str, Any]:
    return {"home_position": Position(authority=authority), **more}


def given(*kinds: str) -> frozenset[str]:
    return frozenset(kinds)


# Regulation 11(1)(a), (1)(b), (5): the nominated officer; at a distance the Director; adjoining areas are not at one.
AREA = [
    case("the council's own area", "nothing was approved", NOTHING, **at(WIRRAL)),
    case("an area that is not known", "nothing was approved", NOTHING, **at(None)),
    case("an adjoining area", "nothing was approved", OUT, **at(SEFTON)),
    case("an adjoining area", "the nominated officer approved", NOTHING, **at(SEFTON, approved=given("out_of_area"))),
    case("an adjoining area", "the Director approved", NOTHING, **at(SEFTON, approved=given("at_distance"))),
    case("an adjoining area", "something else was approved", OUT, **at(SEFTON, approved=given("budget", "grade"))),
    case("an area beyond", "nothing was approved", FAR, **at(WALSALL)),
    case(
        "an area beyond",
        "the nominated officer approved, not the Director",
        FAR,
        **at(WALSALL, approved=given("out_of_area")),
    ),
    case("an area beyond", "the Director approved", NOTHING, **at(WALSALL, approved=given("at_distance"))),
    case("an area beyond", "it is an emergency", FAR, **at(WALSALL, emergency=True, approved_by="Duty manager")),
    case("an area beyond", "nobody said which areas adjoin", OUT, **at(WALSALL, adjoining=frozenset())),
    case("an area beyond", "nothing adjoins the council's own", FAR, **at(WALSALL, adjoining=NOTHING_ADJOINS)),
    case("the council's own area", "nothing adjoins it", NOTHING, **at(WIRRAL, adjoining=NOTHING_ADJOINS)),
    case("Wales", "nothing was approved", FAR, **at(CARDIFF)),
    case("our own carer beyond", "nothing was approved", ("warn", "L3", R11A), kind="inhouse", **at(WALSALL)),
    case("an agency's carer beyond", "nothing was approved", FAR, kind="household", **at(WALSALL)),
]
# Regulation 12: outside England and Wales.
COUNTRY = [
    case("Scotland", "the Director approved the distance", ABROAD, **at(EDINBURGH, approved=given("at_distance"))),
    case("Northern Ireland", "nothing was approved", ABROAD, **at("N09000003")),
    case("a code of the return (SCO)", "nothing was approved", ABROAD, **at("SCO")),
    case("Wales", "nothing was approved", NOTHING, **at(CARDIFF)),
    case("England", "nothing was approved", NOTHING, **at(WALSALL)),
    case("Scotland", "set aside on the court's approval", ("warn", "L5", "Reg 12 CPPCR 2010"),
         **at(EDINBURGH, set_aside={"L5": "PL, court approval: order of Tuesday"})),
]  # fmt: skip


@pytest.mark.parametrize("each", AREA, ids=str)
def test_out_of_area_waits_for_who_approves_it(each: Case) -> None:
    assert then(said(decision(**each.facts), ("L3", "L4"))) == each.then


@pytest.mark.parametrize("each", COUNTRY, ids=str)
def test_outside_england_and_wales_the_court_approves(each: Case) -> None:
    assert then(said(decision(**each.facts), ("L5",))) == each.then


def test_in_a_search_out_of_area_warns_and_abroad_blocks() -> None:
    wanted = Wanted(ages=(9,), authority=WIRRAL, adjoining=frozenset({SEFTON}))
    levels = {
        code: [(each.level, each.rule) for each in findings(home(position=Position(authority=code)), wanted, Policy())]
        for code in (WIRRAL, SEFTON, WALSALL, EDINBURGH)
    }
    assert levels == {
        WIRRAL: [], SEFTON: [("warn", "L3")], WALSALL: [("warn", "L4")], EDINBURGH: [("block", "L5"), ("warn", "L4")],
    }  # fmt: skip


# Schedule 7 Children Act 1989: three; brothers and sisters in any number; an exemption that names each child.
S7 = "Sch 7 Children Act 1989"
OVER, MIND, SIBLINGS = ("block", "L13", S7), ("warn", "L14", S7), ("warn", "L13", S7)
LIMIT = [
    # living there of ours, others', coming, of one family, exempted, reading
    ("nobody there", "the third child of another family comes", 2, 0, 1, "", "", "household", NOTHING),
    ("three of ours there", "a fourth of another family comes", 3, 0, 1, "", "", "household", OVER),
    ("two of ours and one of another council", "a fourth comes", 2, 1, 1, "", "", "household", OVER),
    ("two of ours there", "a third comes", 2, 0, 1, "", "", "household", NOTHING),
    ("nobody there", "four brothers and sisters come", 0, 0, 4, "all", "", "household", SIBLINGS),
    ("three brothers and sisters there", "the fourth comes", 3, 0, 1, "all", "", "household", SIBLINGS),
    (
        "three siblings, and a child of another council",
        "the fourth sibling comes",
        3,
        1,
        1,
        "all",
        "",
        "household",
        OVER,
    ),
    ("three of ours there", "a fourth comes, all named in exemptions", 3, 0, 1, "", "all", "household", SIBLINGS),
    ("three of ours there", "a fourth comes, the new one not named", 3, 0, 1, "", "there", "household", OVER),
    ("three of ours there", "a fourth comes, only the new one named", 3, 0, 1, "", "coming", "household", OVER),
    ("three of ours there", "a fourth comes, the limit read for each carer", 3, 0, 1, "", "", "carer", MIND),
    ("five of ours there", "a sixth comes, the limit read for each carer", 5, 0, 1, "", "", "carer", MIND),
    ("six of ours there", "a seventh comes, the limit read for each carer", 6, 0, 1, "", "", "carer", OVER),
]


@pytest.mark.parametrize(
    ("there", "when", "ours", "others", "coming", "family", "named", "reading", "expected"),
    LIMIT,
    ids=[f"{line[0]}, {line[1]}: {line[-1][0] or 'nothing'}" for line in LIMIT],
)
def test_the_usual_fostering_limit(
    there: str, when: str, ours: int, others: int, coming: int, family: str, named: str, reading: str, expected: Any
) -> None:
    living = tuple(UUID(int=200 + number) for number in range(ours))
    new = tuple(UUID(int=300 + number) for number in range(coming))
    exempt = {"all": (*living, *new), "there": living, "coming": new, "": ()}[named]
    rows = tuple(ExemptionRow(UUID(int=400), HOME, child, "", "Wirral", STARTS) for child in exempt)
    here = Capacity(6, ours, others, 0, 6, living, rows)
    kin = (*living, *new) if family == "all" else new
    limit = fostering_limit(here, new, kin, STARTS, reading=reading, carers=CARERS)
    made = decision(tuple(9 for _ in new), "household", limit=limit, home_ours=ours, home_others=others, home_places=9)
    assert then(said(made, ("L13", "L14"), Policy(fostering_limit=reading))) == expected


SEARCH_LIMIT = [
    # kind, ours, others, wanted, siblings there, exempt, reading, level
    ("household", 0, None, 3, 0, False, "household", None),
    ("household", 0, None, 4, 0, False, "household", "warn"),
    ("household", 2, 0, 1, 0, False, "household", None),
    ("household", 3, 0, 1, 0, False, "household", "block"),
    ("inhouse", 2, 1, 1, 0, False, "household", "block"),
    ("household", 3, 0, 1, 3, False, "household", "warn"),
    ("household", 3, 1, 1, 3, False, "household", "block"),
    ("household", 3, 0, 1, 0, True, "household", "warn"),
    ("household", 3, 0, 1, 0, False, "carer", "warn"),
    ("household", 6, 0, 1, 0, False, "carer", "block"),
    ("agency", 9, 0, 1, 0, False, "household", None),
    ("agency", 0, 0, 4, 0, False, "household", "warn"),
    ("res", 3, 0, 1, 0, False, "household", None),
]


@pytest.mark.parametrize(("kind", "ours", "others", "wanted", "siblings", "exempt", "reading", "level"), SEARCH_LIMIT)
def test_the_limit_in_a_search(
    kind: str, ours: int, others: int | None, wanted: int, siblings: int, exempt: bool, reading: str, level: str | None
) -> None:
    asked = Wanted(
        together=wanted,
        siblings=frozenset({(HOME, siblings)} if siblings else ()),
        exempt=frozenset({HOME} if exempt else ()),
    )
    found = findings(home(kind, ours=ours, others=others), asked, Policy(fostering_limit=reading))
    assert [each.level for each in found if each.about == "limit"] == ([level] if level else [])


@pytest.mark.parametrize(
    ("places", "ours", "others", "held", "ours_held", "free", "wanted", "level"),
    [
        (2, 0, None, 0, 0, None, 2, None),
        (2, 0, None, 0, 0, None, 3, "block"),
        (2, 1, None, 0, 0, None, 1, None),
        (2, 2, None, 0, 0, None, 1, "block"),
        (2, 1, 1, 0, 0, None, 1, "block"),
        (2, 1, None, 1, 0, None, 1, "block"),
        (2, 1, None, 1, 1, None, 1, None),
        (2, 2, None, 0, 0, 1, 1, "warn"),
        (2, 2, None, 0, 0, 0, 1, "block"),
        (None, 5, None, 0, 0, None, 1, None),
    ],
)
def test_places_taken_held_and_said_free(
    places: int | None,
    ours: int,
    others: int | None,
    held: int,
    ours_held: int,
    free: int | None,
    wanted: int,
    level: str | None,
) -> None:
    asked = Wanted(together=wanted, held=frozenset({(HOME, ours_held)} if ours_held else ()))
    found = findings(home(places=places, ours=ours, others=others, held=held, free=free), asked, Policy())
    assert [each.level for each in found if each.rule == "places"] == ([level] if level else [])
