"""The hard facts between a home and a referral, at their boundaries."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from placement_tui.domain.homes import Candidate, Policy, Position, Wanted
from placement_tui.domain.rules import BLOCKS, RULES, findings

HOME = UUID(int=1)
ANYTHING, POLICY = Wanted(), Policy()
WIRRAL, SEFTON, WALSALL = "E08000015", "E08000014", "E08000030"


def home(kind: str = "res", **known: Any) -> Candidate:
    return Candidate(id=HOME, provider_id=UUID(int=2), name="Bridgeview", provider="Harbour Care", kind=kind, **known)


def blocks(candidate: Candidate, wanted: Wanted = ANYTHING, policy: Policy = POLICY) -> list[tuple[str, str, str]]:
    return [(one.about, one.law, one.text) for one in findings(candidate, wanted, policy) if one.level == "block"]


def abouts(candidate: Candidate, wanted: Wanted = ANYTHING, policy: Policy = POLICY) -> list[str]:
    return [about for about, _, _ in blocks(candidate, wanted, policy)]


def test_nothing_is_said_of_a_home_that_fits() -> None:
    fits = home(grade="good", places=3, age_min=8, age_max=17, position=Position(authority=WIRRAL))
    wanted = Wanted(kinds=("residential",), ages=(8, 17), sexes=("M", "F"), authority=WIRRAL)
    assert findings(fits, wanted, Policy()) == ()


@pytest.mark.parametrize(
    ("kind", "law", "text"),
    [
        ("res", "s11 Care Standards Act 2000", "not registered with Ofsted"),
        ("sa", "Reg 27C CPPCR 2010", "this supported accommodation is not registered"),
        ("household", "Reg 27 Fostering Services 2011", "not approved as a foster home now"),
        ("inhouse", "Reg 27 Fostering Services 2011", "not approved as a foster home now"),
    ],
)
def test_an_unregistered_home_blocks(kind: str, law: str, text: str) -> None:
    assert blocks(home(kind, registered=False)) == [("registration", law, text)]


@pytest.mark.parametrize(
    ("ages", "blocked"), [((15,), True), ((16,), False), ((17,), False), ((17, 15), True), ((), False)]
)
def test_supported_accommodation_is_for_16_and_over(ages: tuple[int, ...], blocked: bool) -> None:
    expected = [("under 16", "Reg 27A CPPCR 2010", "under 16: not in supported accommodation")] if blocked else []
    assert blocks(home("sa"), Wanted(ages=ages)) == expected
    assert blocks(home("res"), Wanted(ages=ages)) == []


def test_16_and_17_only_in_registered_supported_accommodation() -> None:
    assert abouts(home("sa", registered=False), Wanted(ages=(16,))) == ["registration"]
    assert abouts(home("sa", registered=True), Wanted(ages=(17,))) == []


@pytest.mark.parametrize(
    ("low", "high", "age", "text"),
    [
        (5, 11, 4, "takes 5 to 11; this child is 4"),
        (5, 11, 5, None),
        (5, 11, 11, None),
        (5, 11, 12, "takes 5 to 11; this child is 12"),
        (None, 11, 0, None),
        (None, 11, 12, "takes up to 11; this child is 12"),
        (16, None, 15, "takes from 16; this child is 15"),
        (16, None, 99, None),
        (None, None, 99, None),
    ],
)
def test_every_childs_age_is_within_the_registration(
    low: int | None, high: int | None, age: int, text: str | None
) -> None:
    found = blocks(home(age_min=low, age_max=high), Wanted(ages=(age,)))
    assert found == ([("age", "registration", text)] if text else [])


def test_of_siblings_the_one_outside_the_terms_is_named() -> None:
    found = blocks(home("household", age_min=0, age_max=10), Wanted(ages=(3, 11)))
    assert found == [("age", "terms of approval", "takes 0 to 10; one child is 11")]


@pytest.mark.parametrize(
    ("takes", "sexes", "text"),
    [
        ("M", ("F",), "takes boys only"),
        ("F", ("M",), "takes girls only"),
        ("M", ("M",), None),
        ("M", ("M", "F"), "takes boys only"),
        ("F", ("U",), None),
        (None, ("M", "F"), None),
        ("M", (), None),
    ],
)
def test_a_home_for_one_sex(takes: str | None, sexes: tuple[str, ...], text: str | None) -> None:
    assert [said for _, _, said in blocks(home(sexes=takes), Wanted(sexes=sexes))] == ([text] if text else [])


def test_places_for_all_of_them_together() -> None:
    three = Wanted(ages=(4, 6, 9))
    assert blocks(home(places=2), three) == [("places", "registration", "2 places; 3 wanted together")]
    assert blocks(home(places=1), Wanted(together=2))[0][2] == "1 place; 2 wanted together"
    assert abouts(home(places=3), three) == abouts(home(places=None), three) == []
    assert abouts(home(places=0)) == ["places"]
    assert abouts(home("agency", places=1), three) == []  # an agency's number is not one household's


def test_over_three_with_one_carer_is_a_warning_only() -> None:
    four = Wanted(ages=(1, 2, 3, 4))
    said = findings(home("household", places=4), four, Policy())
    assert [(one.level, one.law, one.text) for one in said] == [
        ("warn", "Sch 7 Children Act 1989", "4 siblings: lawful while no other child is there")
    ]
    assert findings(home("household", places=3), Wanted(ages=(1, 2, 3)), Policy()) == ()
    assert findings(home("res", places=4), four, Policy()) == ()


@pytest.mark.parametrize(
    ("kind", "grade", "text"),
    [
        ("res", "outstanding", None),
        ("res", "good", None),
        ("res", "requires_improvement", "policy: good or better (manager)"),
        ("res", "inadequate", "policy: good or better (manager)"),
        ("res", "not_judged", None),
        ("res", None, None),
        ("sa", "consistently_strong", None),
        ("sa", "inconsistent", None),
        ("sa", "serious_weaknesses", "policy: inconsistent or better (manager)"),
    ],
)
def test_the_policy_on_grades(kind: str, grade: str | None, text: str | None) -> None:
    found = blocks(home(kind, grade=grade))
    assert found == ([("policy", "council policy", text)] if text else [])


def test_a_stricter_policy_names_what_it_accepts() -> None:
    strict = Policy(("outstanding",), ("outstanding",), ("consistently_strong",), ungraded_allowed=False)
    assert [blocks(home(grade=grade), policy=strict)[0][2] for grade in ("good", None, "not_judged")] == [
        "policy: outstanding only (manager)",
        "policy: inspected homes only (manager)",
        "policy: inspected homes only (manager)",
    ]
    assert blocks(home("sa", grade="inconsistent"), policy=strict)[0][2] == "policy: consistently strong only (manager)"
    # Carers are approved, not inspected: the policy cannot ask for their grade.
    assert abouts(home("household"), policy=strict) == abouts(home("inhouse"), policy=strict) == []
    mild = Policy(home_grades=("outstanding", "good", "requires_improvement"))
    assert blocks(home(grade="inadequate"), policy=mild)[0][2] == "policy: requires improvement or better (manager)"


def test_suspended_avoided_and_asked_homes_block() -> None:
    assert blocks(home(suspended="safeguarding enquiry"))[0][2] == "not used for now: safeguarding enquiry"
    assert blocks(home(suspended=""))[0][2] == "not used for now"
    assert abouts(home(), Wanted(avoid_homes=frozenset({HOME}))) == ["avoid"]
    assert blocks(home(), Wanted(asked=frozenset({HOME}))) == [("asked", "the referral", "asked already")]


def test_the_type_that_is_wanted() -> None:
    assert abouts(home("res"), Wanted(kinds=("foster", "residential"))) == []
    assert blocks(home("res"), Wanted(kinds=("foster",)))[0][2] == "another type; fostering is wanted"
    assert (
        blocks(home("sa"), Wanted(kinds=("foster", "residential")))[0][2]
        == "another type; fostering or other is wanted"
    )
    assert abouts(home("adoption"), Wanted(kinds=("foster",))) == ["type"]
    assert abouts(home("a kind from another version"), Wanted(kinds=("foster",))) == ["type"]


@pytest.mark.parametrize(
    ("authority", "law", "text"),
    [
        (WIRRAL, None, None),
        (None, None, None),
        (SEFTON, "Reg 11(1)(a) CPPCR 2010", "out of area: the nominated officer approves"),
        (WALSALL, "Reg 11(1)(b) CPPCR 2010", "at a distance: the Director approves"),
    ],
)
def test_out_of_area_and_at_a_distance_warn(authority: str | None, law: str | None, text: str | None) -> None:
    wanted = Wanted(authority=WIRRAL, adjoining=frozenset({SEFTON}))
    said = findings(home(position=Position(authority=authority)), wanted, Policy())
    assert [(one.level, one.law, one.text) for one in said] == ([("warn", law, text)] if law else [])


def test_blocks_come_first_and_each_under_its_own_word() -> None:
    wrong = home(
        "sa", registered=False, age_min=16, sexes="M", places=1, grade="serious_weaknesses", suspended="x",
        position=Position(authority="S12000036"),
    )  # fmt: skip
    wanted = Wanted(
        kinds=("foster",), ages=(14, 15), sexes=("F",), authority=WIRRAL, asked=frozenset({HOME}),
        avoid_homes=frozenset({HOME}),
    )  # fmt: skip
    said = findings(wrong, wanted, Policy())
    assert [one.about for one in said] == [*(about for about in BLOCKS if about != "limit"), "area"]
    assert all(one.rule in RULES and (RULES[one.rule].level == "block" or one.level == "warn") for one in said)


@given(st.text(), st.integers(), st.integers(), st.integers())
def test_every_text_fits_a_line(reason: str, low: int, high: int, age: int) -> None:
    bounded = [max(-999, min(999, number)) for number in (low, high, age)]
    odd = home(suspended=reason, age_min=bounded[0], age_max=bounded[1], places=0, grade="inadequate")
    wanted = Wanted(kinds=("a kind that has a long name nobody foresaw", "x"), ages=(bounded[2], 3))
    assert all(len(one.text) <= 60 and one.law for one in findings(odd, wanted, Policy()))
