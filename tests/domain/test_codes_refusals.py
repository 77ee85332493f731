"""Refusal reasons: none of the list is missing, and each can be keyed without looking."""

import re

import pytest

from placement_tui.domain.codes.declines import CLOSINGS, DECLINES, NOT_REFUSALS
from placement_tui.domain.codes.provision import HOME_KINDS
from placement_tui.domain.codes.refusals import (
    COMMONEST,
    FAMILIES,
    REFUSALS,
    SEVERITIES,
    STAGES,
    WOULD_CHANGE,
    change_of,
    commonest,
    family_of,
    in_family,
    pick,
    stage_of,
)

# The field guide's list, written out by hand: code, and a word that its label must hold.
GUIDE = {
    "V1": "vacancy", "V2": "held", "V3": "another", "V4": "closed", "V5": "hold",
    "M1": "already there", "M2": "age gap", "M3": "gender", "M4": "association", "M5": "own", "M6": "solo",
    "N0": "general", "N1": "violence", "N2": "missing", "N3": "sexual exploitation", "N4": "gangs", "N5": "self-harm",
    "N6": "fire", "N7": "sexual behaviour", "N8": "substance", "N9": "remand", "N10": "tier 4", "N11": "autism",
    "N12": "clinical", "N13": "restraint",
    "L1": "too far", "L2": "too close", "L3": "outside area",
    "A1": "age", "A2": "limit", "A3": "terms", "A4": "statement of purpose", "A5": "ofsted condition", "A6": "bedroom",
    "S1": "staffing", "S2": "ratio", "S3": "therapy",
    "C1": "fee", "C2": "framework", "C3": "too late",
    "T1": "notice", "T2": "planned",
    "I1": "not enough", "I2": "out of date", "I3": "negative", "I4": "social worker",
    "R1": "ofsted grade", "R2": "inspection",
    "K1": "carer said no", "K2": "faith", "K3": "family-time", "K4": "sibling",
    "X9": "note required",
}  # fmt: skip


def test_every_refusal_of_the_field_guide_is_there_in_its_order() -> None:
    assert [code.code for code in REFUSALS] == list(GUIDE)
    assert not [code for code, word in GUIDE.items() if word not in REFUSALS[code].label.lower()]


def test_each_family_has_a_letter_and_a_key_of_its_own() -> None:
    assert {family.letter: family.key for family in FAMILIES} == {
        "V": "v", "M": "m", "N": "n", "L": "l", "A": "a", "S": "s", "C": "p", "T": "t", "I": "i", "R": "r",
        "K": "h", "X": "x",
    }  # fmt: skip
    assert {code.family for code in REFUSALS} == {family.letter for family in FAMILIES}


def test_two_keys_pick_every_code_and_no_two_codes_share_them() -> None:
    picked = [pick(family.key, code.key) for family in FAMILIES for code in in_family(family.key)]
    assert [code.code for code in picked if code] == list(GUIDE)
    assert all(len(code.key) == 1 for code in REFUSALS)


@pytest.mark.parametrize(
    ("keys", "code"),
    [("m1", "M1"), ("n0", "N0"), ("n9", "N9"), ("na", "N10"), ("nd", "N13"), ("p1", "C1"), ("h4", "K4"), ("x9", "X9")],
)
def test_the_key_is_the_number_that_people_know(keys: str, code: str) -> None:
    found = pick(*keys)
    assert found is not None
    assert found.code == code


@pytest.mark.parametrize("keys", ["m7", "c1", "k1", "x1", "ne", "M1", "v0"])
def test_other_keys_pick_nothing(keys: str) -> None:
    assert pick(*keys) is None


def test_a_family_opens_by_its_key_only() -> None:
    family = family_of("p")
    assert family is not None
    assert family.letter == "C"
    assert family_of("c") is None
    assert in_family("c") == ()


def test_only_the_other_reason_asks_for_a_note() -> None:
    assert [code.code for code in REFUSALS if code.needs_note] == ["X9"]


def test_every_reason_fits_its_cell_and_has_its_severity() -> None:
    assert not [code.code for code in REFUSALS if not 0 < len(code.short) <= 22]
    assert len({code.short for code in REFUSALS}) == len(REFUSALS)
    assert not [code.code for code in REFUSALS if code.severity not in SEVERITIES]
    assert {code.changeable for code in REFUSALS} == {"yes", "no", "partly"}


def test_a_refusal_is_said_once() -> None:
    assert REFUSALS["M1"].said == "no matching"
    assert REFUSALS["V1"].said == "no bed"


def test_every_kind_of_home_has_nine_different_digits() -> None:
    assert set(COMMONEST) == {kind.code for kind in HOME_KINDS}
    for kind, nine in COMMONEST.items():
        assert len(nine) == 9, kind
        assert len({code.code for code in nine}) == 9, kind
        assert not any(code.needs_note for code in nine), kind
        assert all(REFUSALS[code.code] is code for code in nine), kind


def test_a_home_says_no_by_the_digits_of_the_call_list() -> None:
    assert [code.short for code in commonest("res")] == [
        "no bed", "matching", "violence", "missing", "staffing", "age", "too far", "fee", "information",
    ]  # fmt: skip


def test_carers_say_no_after_a_talk_and_one_two_seven_and_nine_never_move() -> None:
    assert commonest("inhouse")[4].code == "K1"
    for kind in ("inhouse", "household", "agency", "res", "other", "school", "boarding", "sa"):
        assert [commonest(kind)[at].code for at in (0, 1, 2, 6, 8)] == ["V1", "M1", "N1", "L1", "I1"], kind
    assert commonest("something new") == commonest("other")


def test_stages_and_changes_have_capitals_of_their_own() -> None:
    keys = [choice.key for choice in (*STAGES, *WOULD_CHANGE)]
    assert len(set(keys)) == len(keys)
    assert all(re.fullmatch("[A-Z]", key) for key in keys)
    assert not set(keys) & set("RGHJKUQN")
    assert [code.code for code in STAGES] == ["desk", "carer_asked", "after_matching", "offer_withdrawn"]
    assert len(WOULD_CHANGE) == 12
    assert "nothing" in WOULD_CHANGE
    fee, desk = change_of("F"), stage_of("D")
    assert fee is not None
    assert fee.code == "fee"
    assert desk is not None
    assert desk.code == "desk"
    assert change_of("D") is None
    assert stage_of("F") is None


def test_what_is_no_refusal_is_a_set_apart() -> None:
    assert [code.code for code in CLOSINGS] == ["PE", "CW", "OW"]
    assert {code.code for code in NOT_REFUSALS} == {"NR", "LD", "PE", "CW", "OW"}
    assert not {code.code for code in NOT_REFUSALS} & {code.code for code in REFUSALS}
    assert [code.code for code in DECLINES] == [
        "price", "match", "distance", "grade", "child_wish", "other_accepted", "too_late", "other",
    ]  # fmt: skip
