"""Endings: the statutory class decides what counts as a breakdown; every factor of the field guide is there."""

import pytest

from placement_tui.domain.codes.endings import (
    CLASSES,
    FACTOR_FAMILIES,
    FACTORS,
    NEEDS_NOTE,
    REASON_CLASS,
    WHO_SAYS,
    class_of,
    counts_as_disruption,
    likely_factors,
)
from placement_tui.domain.codes.ssda903 import REASON_PLACE_CHANGE
from placement_tui.errors import Invalid

# The field guide's families and how many factors each has.
GUIDE = {"CH": 8, "CA": 8, "MA": 7, "IN": 4, "SU": 5, "ED": 4, "FT": 4, "SG": 4, "SY": 5}


@pytest.mark.parametrize(
    ("name", "reasons"),
    [
        ("planned", {"CARPL", "CLOSE"}),
        ("disrupted", {"CREQB", "CREQO", "CHILD", "LAREQ"}),
        ("protective", {"ALLEG", "STAND", "APPRR"}),
        ("other", {"CUSTOD", "OTHER"}),
        ("not_a_move", {"PLACE"}),
    ],
)
def test_the_class_of_each_statutory_reason(name: str, reasons: set[str]) -> None:
    assert {reason for reason in REASON_CLASS if class_of(reason) == name} == reasons
    assert name in CLASSES


def test_every_statutory_reason_has_a_class() -> None:
    assert set(REASON_CLASS) == {code.code for code in REASON_PLACE_CHANGE}


def test_only_disrupted_endings_count_as_breakdowns() -> None:
    counted = {code.code for code in REASON_PLACE_CHANGE if counts_as_disruption(code.code)}
    assert counted == {"CREQB", "CREQO", "CHILD", "LAREQ"}


@pytest.mark.parametrize("place", ["T0", "T1", "T2", "T3", "T4"])
def test_a_temporary_move_is_no_move_whatever_its_reason(place: str) -> None:
    assert class_of("CREQB", place) == "not_a_move"
    assert not counts_as_disruption("CREQB", place)
    assert counts_as_disruption("CREQB", "U6")


def test_a_reason_that_is_none_is_refused() -> None:
    with pytest.raises(Invalid) as refusal:
        class_of("CREQ")
    assert "CREQB" in str(refusal.value)


def test_other_says_why() -> None:
    assert {"OTHER"} == NEEDS_NOTE


def test_every_factor_of_the_field_guide_is_there_in_its_order() -> None:
    expected = [f"{family}{number}" for family, most in GUIDE.items() for number in range(1, most + 1)]
    assert [factor.code for factor in FACTORS] == expected
    assert [family.code for family in FACTOR_FAMILIES] == list(GUIDE)
    assert all(factor.code.startswith(factor.family) for factor in FACTORS)
    assert not [factor.code for factor in FACTORS if not 0 < len(factor.short) <= 24]


@pytest.mark.parametrize(
    ("code", "word"),
    [("CH3", "missing"), ("CA3", "burn-out"), ("MA2", "forced choice"), ("IN2", "risks not shared"), ("SU1", "camhs"),
     ("ED2", "no school"), ("FT4", "home"), ("SG3", "standards"), ("SY5", "drift")],
)  # fmt: skip
def test_factors_say_what_the_field_guide_says(code: str, word: str) -> None:
    assert word in FACTORS[code].label.lower()


def test_the_families_stand_beside_statutory_reasons() -> None:
    assert {reason for family in FACTOR_FAMILIES for reason in family.beside} <= set(REASON_CLASS)


def test_likely_factors_come_first_and_none_is_lost() -> None:
    after_allegation = [factor.family for factor in likely_factors("ALLEG")]
    assert after_allegation[:4] == ["SG"] * 4
    assert len(after_allegation) == len(FACTORS)
    assert [factor.code for factor in likely_factors("CUSTOD")] == [factor.code for factor in FACTORS]


def test_who_says_so() -> None:
    assert [who.code for who in WHO_SAYS] == ["child", "carer", "social_worker", "iro", "officer", "family"]
