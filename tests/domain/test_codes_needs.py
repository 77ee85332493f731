"""Needs: the statutory factors and our flags, typed as words, and what a refusal says of them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from placement_tui.domain.codes import fold
from placement_tui.domain.codes.endings import FACTORS
from placement_tui.domain.codes.needs import NEEDS, RELATED, find_need, parse_needs, related_needs
from placement_tui.domain.codes.refusals import REFUSALS
from placement_tui.errors import Invalid

# The assessment factors of the children in need census as the placement-cost return quotes them.
STATUTORY = (
    "1A 1B 1C 2A 2B 2C 3A 3B 3C 4A 4B 4C 5A 5B 5C 6A 6B 6C 7A 8B 8C 8D 8E 8F 9A 10A 11A 12A 13A 14A 15A 16A 17A "
    "18B 18C 19B 19C 20 21 22A 23A 24A"
)


def test_every_assessment_factor_is_there() -> None:
    assert [need.code for need in NEEDS if need.group == "factor"] == STATUTORY.split()


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("violence", "VIOLENCE"),
        ("missing", "10A"),
        ("cse", "11A"),
        ("cce", "24A"),
        ("Self-Harm", "15A"),
        ("self harm", "15A"),
        ("fire", "FIRE"),
        ("uasc", "9A"),
        ("alcohol", "1A"),
        ("drugs", "2A"),
        ("autism", "AUTISM"),
        ("solo", "SOLO"),
        ("dols", "DOL"),
        ("10a", "10A"),
        ("gangs", "13A"),
    ],
)
def test_a_need_is_typed_as_a_word(typed: str, code: str) -> None:
    found = find_need(typed)
    assert found is not None
    assert found.code == code


def test_no_word_means_two_needs() -> None:
    words = [fold(word) for need in NEEDS for word in {need.word, *need.also}]
    assert sorted(words) == sorted(set(words))
    for need in NEEDS:
        assert find_need(need.word) is need
        assert find_need(need.code) is need, "a word must not hide a code"
    assert len({need.short for need in NEEDS}) == len(NEEDS)
    assert all(0 < len(need.short) <= 20 for need in NEEDS)


def test_the_needs_of_parents_are_told_from_the_child_s() -> None:
    assert NEEDS["4A"].of == "child"
    assert NEEDS["4B"].of == "parent"
    assert NEEDS["4C"].of == "household"
    assert NEEDS["18B"].of == "child"


def test_several_needs_in_one_field_keep_their_order_and_stand_once() -> None:
    assert [need.code for need in parse_needs("missing, violence; cse missing")] == ["10A", "VIOLENCE", "11A"]
    assert [need.code for need in parse_needs("mental health, self harm")] == ["4A", "15A"]
    assert parse_needs("  ") == ()


def test_a_word_that_is_no_need_gets_the_nearest() -> None:
    with pytest.raises(Invalid) as refusal:
        parse_needs("violance")
    assert refusal.value.field == "needs"
    assert "violence" in refusal.value.mend


@given(st.text(max_size=80))
def test_any_text_is_needs_or_refused(text: str) -> None:
    try:
        found = parse_needs(text)
    except Invalid:
        return
    assert all(need in NEEDS.codes for need in found)


def test_refusals_and_factors_speak_of_known_needs() -> None:
    assert set(RELATED) <= {code.code for code in (*REFUSALS, *FACTORS)}
    assert all(need in NEEDS for needs in RELATED.values() for need in needs)
    assert "VIOLENCE" in related_needs("N1")
    assert "10A" in related_needs("N2")
    assert "10A" in related_needs("CH3")
    assert related_needs("V1") == ()
    without = [code.code for code in REFUSALS if code.family == "N" and not related_needs(code.code)]
    assert without == ["N0"]
