"""Given a decision to place, when it is confirmed, then what it has to show for itself (L1, L2, L9, L25)."""

from __future__ import annotations

import pytest

from placement_tui.domain.homes import Policy
from placement_tui.domain.rules import RULES, at_confirm
from placement_tui.domain.rules.decision import CONSIDERED
from tests.domain.rule_tables import ALL, NOTHING, Case, case, decision, said, then

KIN = ("warn", "L1", "s22C Children Act 1989")
TICKS = ("warn", "L2", "s22C(7)-(9) Children Act 1989")
SCHOOL = ("warn", "L9", "Reg 10 CPPCR 2010")
WHO, REMIND = ("block", "L25", "council policy"), ("warn", "L25", "council policy")

# Section 22C(2) to (7): parents, then kin, then the most appropriate home.
FAMILY = [
    case("nobody said whether kin were explored", "it is confirmed", KIN, kin_explored=None),
    case("kin were not explored yet", "it is confirmed", KIN, kin_explored="not_yet"),
    case("kin were explored and nobody can", "it is confirmed", NOTHING, kin_explored="nobody"),
    case("kin were explored and somebody may", "it is confirmed", NOTHING, kin_explored="somebody"),
    case("kin would not be safe", "it is confirmed", NOTHING, kin_explored="unsafe"),
]
# Section 22C(8) and (9): near home, education, brothers and sisters, disability, area.
TICKED = [
    case("all five were considered", "it is confirmed", NOTHING, considered=ALL),
    case("none was", "it is confirmed", TICKS, considered=frozenset()),
] + [case(f"all but {code.spoken}", "it is confirmed", TICKS, considered=ALL - {code.code}) for code in CONSIDERED]
# Regulation 10: a pupil in the fourth key stage, whose school changes; not in an emergency.
KEY_STAGE_4 = [
    case("a child of 13 whose school changes", "it is confirmed", NOTHING, ages=(13,), school_changes=True),
    case("a child of 14 whose school changes", "it is confirmed", SCHOOL, ages=(14,), school_changes=True),
    case("a child of 15 whose school changes", "it is confirmed", SCHOOL, ages=(15,), school_changes=True),
    case("a child of 16 whose school changes", "it is confirmed", SCHOOL, ages=(16,), school_changes=True),
    case("a child of 17 whose school changes", "it is confirmed", NOTHING, ages=(17,), school_changes=True),
    case("a child of 15 whose school stays", "it is confirmed", NOTHING, ages=(15,), school_changes=False),
    case("a child of 15", "nobody said whether the school changes", SCHOOL, ages=(15,), school_changes=None),
    case("a child of 9", "nobody said whether the school changes", NOTHING, ages=(9,), school_changes=None),
    case("a child of 15 whose school changes", "the nominated officer approved", NOTHING, ages=(15,), school_changes=True,
         approved=frozenset({"education"})),
    case("brother of 8 and sister of 15", "the school changes", SCHOOL, ages=(8, 15), school_changes=True),
]  # fmt: skip
# Councils' own procedures: an emergency is agreed by a named manager.
EMERGENCY = [
    case("an emergency", "nobody is named", WHO, emergency=True),
    case("an emergency", "a blank is named", WHO, emergency=True, approved_by="  "),
    case("an emergency", "the duty manager is named", NOTHING, emergency=True, approved_by="Peter Lunt"),
    case("an emergency", "it was signed off as one", NOTHING, emergency=True, approved=frozenset({"emergency"})),
    case("it starts at once", "nobody said that it is an emergency", REMIND, emergency=None),
    case("it is planned", "nobody is named", NOTHING, emergency=False),
]


@pytest.mark.parametrize("each", FAMILY, ids=str)
def test_family_and_friends_first(each: Case) -> None:
    assert then(said(decision(**each.facts), ("L1",))) == each.then


@pytest.mark.parametrize("each", TICKED, ids=str)
def test_the_five_considerations(each: Case) -> None:
    assert then(said(decision(**each.facts), ("L2",))) == each.then


@pytest.mark.parametrize("each", KEY_STAGE_4, ids=str)
def test_schooling_of_the_fourth_key_stage(each: Case) -> None:
    assert then(said(decision(**each.facts), ("L9",))) == each.then


@pytest.mark.parametrize("each", EMERGENCY, ids=str)
def test_who_agreed_an_emergency_is_named(each: Case) -> None:
    assert then(said(decision(**each.facts), ("L25",), Policy(emergencies_agreed=True))) == each.then


def test_where_the_council_names_nobody_who_agrees_emergencies_it_is_a_reminder() -> None:
    assert then(said(decision(emergency=True), ("L25",))) == REMIND
    assert then(said(decision(emergency=False), ("L25",))) == NOTHING


def test_what_was_not_considered_is_named() -> None:
    found = said(decision(considered=ALL - {"near", "disability"}), ("L2",))
    assert [each.text for each in found] == ["not yet considered: near home and disability"]


def test_in_an_emergency_schooling_is_arranged_after_it() -> None:
    usual = said(decision((15,), school_changes=True), ("L9",))
    hurried = said(decision((15,), school_changes=True, emergency=True, approved_by="PL"), ("L9",))
    assert [each.text for each in (*usual, *hurried)] == [
        "school changes in year 10 or 11: nominated officer", "GCSE years: arrange schooling as soon as possible",
    ]  # fmt: skip


def test_a_decision_in_which_everything_is_as_it_should_be_meets_nothing() -> None:
    assert at_confirm(decision(), Policy()) == ()


# What stands can be answered: by an approval, by regulation 23, by an override; and by nothing else.
@pytest.mark.parametrize(
    ("when", "facts", "level"),
    [
        ("the child is older than the terms say", {}, "block"),
        ("it is an emergency with an approved carer, outside the terms", {"emergency": True, "approved_by": "PL", "outside_terms": True}, "warn"),
        ("outside the terms, and no emergency", {"outside_terms": True}, "block"),
        ("an emergency, and nobody said outside the terms", {"emergency": True, "approved_by": "PL"}, "block"),
        ("a manager set it aside", {"set_aside": {"age": "PL, variation: letter of Monday"}}, "warn"),
        ("a manager set another rule aside", {"set_aside": {"sex": "PL: x"}}, "block"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)  # fmt: skip
def test_outside_the_terms_of_approval(when: str, facts: dict[str, object], level: str) -> None:
    found = said(decision((12,), "household", home_age_max=11, **facts), ("age",))
    assert [each.level for each in found] == [level]


def test_regulation_23_is_no_way_into_a_childrens_home() -> None:
    made = decision((12,), "res", home_age_max=11, emergency=True, approved_by="PL", outside_terms=True)
    assert [each.level for each in said(made, ("age",))] == ["block"]


def test_an_override_says_who_and_why() -> None:
    found = said(decision(home_grade="inadequate", set_aside={"L21": "PL: action plan seen"}), ("L21",))
    assert [(each.level, each.text) for each in found] == [
        ("warn", "policy: good or better (set aside by PL: action plan seen)")
    ]


def test_blocks_come_first_and_every_one_has_its_way_out() -> None:
    made = decision(
        (15, 13), "sa", home_registered=False, home_grade="serious_weaknesses", emergency=True, considered=frozenset()
    )
    found = at_confirm(made, Policy())
    assert [each.level for each in found] == sorted((each.level for each in found), key=lambda level: level != "block")
    assert all(RULES[each.rule].mend for each in found if each.level == "block")
