"""Given a child and a home, when it is to be confirmed, then what the law on the home says (L15 to L18, L21)."""

from __future__ import annotations

from typing import Any

import pytest

from placement_tui.domain.codes.grades import FOUR_POINT, SUPPORTED
from placement_tui.domain.homes import Policy
from placement_tui.domain.rules.provision import SUPPORTED_CATEGORIES, supported_category
from tests.domain.rule_tables import NOTHING, Case, case, decision, said, then

A = ("block", "L15", "Reg 27A CPPCR 2010")
C = ("block", "L16", "Reg 27C CPPCR 2010")
S11 = ("block", "L18", "s11 Care Standards Act 2000")
F27 = ("block", "approval", "Reg 27 Fostering Services 2011")
SA23 = ("warn", "L17", "Supported Accommodation Regs 2023")
POLICY = ("block", "L21", "council policy")

# Regulation 27A: under 16, other arrangements only where they are listed. Regulation 27C: 16 and 17, registered.
OTHER_ARRANGEMENTS = [
    case("a child of 15", "supported accommodation is to be confirmed", A, ages=(15,), kind="sa"),
    case("a child of 16 on that day", "supported accommodation is to be confirmed", NOTHING, ages=(16,), kind="sa"),
    case("a child of 17", "supported accommodation is to be confirmed", NOTHING, ages=(17,), kind="sa"),
    case(
        "a young person of 18",
        "supported accommodation is to be confirmed",
        ("warn", "L16", C[2]),
        ages=(18,),
        kind="sa",
    ),
    case("two, of 16 and 15", "supported accommodation is to be confirmed", A, ages=(16, 15), kind="sa"),
    case("a child of 15", "the kind of home is not known", A, ages=(15,), kind="other"),
    case("a child of 16", "the kind of home is not known", NOTHING, ages=(16,), kind="other"),
    case("a child of 15", "a residential school is to be confirmed", NOTHING, ages=(15,), kind="school"),
    case("a child of 15", "a boarding school is to be confirmed", NOTHING, ages=(15,), kind="boarding"),
    case("a child of 2", "a residential family centre is to be confirmed", NOTHING, ages=(2,), kind="family_centre"),
    case("a child of 9", "a holiday scheme for disabled children", NOTHING, ages=(9,), kind="holiday"),
    case("a child of 15", "a children's home is to be confirmed", NOTHING, ages=(15,), kind="res"),
    case("a child of 15", "a foster home is to be confirmed", NOTHING, ages=(15,), kind="household"),
]
REGISTERED = [
    case(
        "a child of 16",
        "the supported accommodation is not registered",
        C,
        ages=(16,),
        kind="sa",
        home_registered=False,
    ),
    case("a child of 17", "the supported accommodation is registered", NOTHING, ages=(17,), kind="sa"),
    case("a child of 9", "the children's home is not registered", S11, home_registered=False),
    case("a child of 17", "the children's home is not registered", S11, ages=(17,), home_registered=False),
    case("a child of 9", "the children's home is registered", NOTHING),
    case("a child of 9", "the secure home is not registered", S11, kind="secure", home_registered=False),
    case("a child of 9", "the agency is not registered", S11, kind="agency", home_registered=False),
    case("a child of 9", "the household's approval has ended", F27, kind="household", home_registered=False),
    case("a child of 9", "our own carer's approval has ended", F27, kind="inhouse", home_registered=False),
    case("a child of 9", "our own carer is approved", NOTHING, kind="inhouse"),
]
# What a grade is judged on: homes and agencies on four points, supported accommodation on three outcomes of its own.
GRADES = [
    case("a child of 9", f"the children's home is {code}", NOTHING if code in ("outstanding", "good", "not_judged") else POLICY,
         home_grade=code)
    for code in (each.code for each in FOUR_POINT)
] + [
    case("a child of 16", f"the supported accommodation is {code}", POLICY if code == "serious_weaknesses" else NOTHING,
         ages=(16,), kind="sa", home_grade=code)
    for code in (each.code for each in SUPPORTED)
] + [
    case("a child of 9", f"the agency is {code}", NOTHING if good else POLICY, kind="agency", home_grade=code)
    for code, good in (("good", True), ("requires_improvement", False), ("inadequate", False))
] + [
    case("a child of 9", "the home was never inspected", NOTHING, home_grade=None),
    case("a child of 9", "a manager signed the grade off", NOTHING, home_grade="inadequate", approved=frozenset({"grade"})),
    case("a child of 9", "another thing was signed off", POLICY, home_grade="inadequate", approved=frozenset({"budget"})),
]  # fmt: skip
CATEGORIES = [
    case("a child of 16", "it is self-contained", NOTHING, category="sa_1"),
    case("a child of 16", "it is shared and ring-fenced", NOTHING, category="sa_2"),
    case("a child of 16", "it is shared and not ring-fenced", SA23, category="sa_3"),
    case("a child of 16", "it is a private residence", NOTHING, category="sa_4"),
    case("a child of 16", "nobody said which category", SA23, category=""),
    case("a child of 16", "the register says only that it is supported", SA23, category="Supported accommodation"),
    case("a child of 16", "its grade is one of a children's home", SA23, category="sa_1", home_grade="good"),
    case("a child of 16", "its outcome is its own", NOTHING, category="sa_1", home_grade="inconsistent"),
    case("a child of 16", "it was never inspected", NOTHING, category="sa_1", home_grade=None),
]


@pytest.mark.parametrize("each", OTHER_ARRANGEMENTS, ids=str)
def test_other_arrangements_by_age(each: Case) -> None:
    assert then(said(decision(**each.facts), ("L15", "L16"))) == each.then


@pytest.mark.parametrize("each", REGISTERED, ids=str)
def test_only_registered_or_approved_homes(each: Case) -> None:
    assert then(said(decision(**each.facts), ("L16", "L18", "approval"))) == each.then


@pytest.mark.parametrize("each", GRADES, ids=str)
def test_the_councils_policy_on_grades(each: Case) -> None:
    assert then(said(decision(**each.facts), ("L21",))) == each.then


@pytest.mark.parametrize("each", CATEGORIES, ids=str)
def test_supported_accommodation_has_categories_and_outcomes_of_its_own(each: Case) -> None:
    assert then(said(decision((16,), "sa", **each.facts), ("L17",))) == each.then


@pytest.mark.parametrize(
    ("kind", "grade", "policy", "blocks"),
    [
        ("res", "good", {"home_grades": ("outstanding",)}, True),
        ("agency", "good", {"home_grades": ("outstanding",)}, False),
        ("household", "good", {"agency_grades": ("outstanding",)}, True),
        ("sa", "inconsistent", {"home_grades": ("outstanding",)}, False),
        ("sa", "inconsistent", {"supported_grades": ("consistently_strong",)}, True),
        ("school", "requires_improvement", {"home_grades": ("good", "requires_improvement")}, False),
        ("res", None, {"ungraded_allowed": False}, True),
        ("household", None, {"ungraded_allowed": False}, False),
        ("sa", None, {"ungraded_allowed": False}, True),
    ],
)
def test_each_kind_of_provision_has_a_policy_of_its_own(
    kind: str, grade: str | None, policy: dict[str, Any], blocks: bool
) -> None:
    found = said(decision((16,), kind, home_grade=grade), ("L21",), Policy(**policy))
    assert [finding.level for finding in found] == (["block"] if blocks else [])


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("Self-contained accommodation", "sa_1"),
        ("Single occupancy", "sa_1"),
        ("Shared, ring-fenced", "sa_2"),
        ("Shared, not ring-fenced", "sa_3"),
        ("shared (non ring fenced)", "sa_3"),
        ("Private residence", "sa_4"),
        ("Supported lodgings", "sa_4"),
        ("sa_3", "sa_3"),
        ("Children's Home", None),
        ("", None),
    ],
)
def test_a_category_is_known_by_its_words(words: str, code: str | None) -> None:
    assert supported_category(words) == code
    assert code is None or code in SUPPORTED_CATEGORIES
