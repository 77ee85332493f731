"""What a council may choose: what is typed, what is kept, how it is said, and what is refused."""

from __future__ import annotations

from typing import Any

import pytest

from placement_tui.domain.policy import SETTINGS, STORED, Around, policy_of, setting_kind
from placement_tui.errors import Invalid

AREAS = {"E06000006": "Halton", "E06000049": "Cheshire East", "E06000050": "Cheshire West and Chester", "E08000014": "Sefton",
         "E08000015": "Wirral"}  # fmt: skip
HELD = {"authority": "E08000015", "adjoining": ["E06000050", "E08000014"], "approvers": {"director": "Ruth Cole"}}


def read(name: str, said: str, held: dict[str, Any] = HELD) -> Any:
    kind = SETTINGS[name]
    return kind.read(kind, said, Around(held, AREAS))


@pytest.mark.parametrize(
    ("name", "said", "kept"),
    [
        ("grades_home", "good+", ["outstanding", "good"]),
        ("grades_home", "outstanding", ["outstanding"]),
        ("grades_home", "ri or better", ["outstanding", "good", "requires_improvement"]),
        ("grades_home", "good, outstanding", ["outstanding", "good"]),
        ("grades_agency", "any", ["outstanding", "good", "requires_improvement", "inadequate"]),
        ("grades_supported", "inconsistent+", ["consistently_strong", "inconsistent"]),
        ("grades_supported", "strong", ["consistently_strong"]),
        ("ungraded", "No", False),
        ("fostering_limit", "per carer", "carer"),
        ("fostering_limit", "Household", "household"),
        ("stale_hours", "24h", 24),
        ("stale_hours", "1", 1),
        ("stale_hours", "720 hours", 720),
        ("adjoining", "Halton, Sefton", ["E06000006", "E08000014"]),
        ("adjoining", "+halton, -Sefton", ["E06000006", "E06000050"]),
        ("adjoining", "+E06000006", ["E06000006", "E06000050", "E08000014"]),
        ("adjoining", "none", []),
        ("nominated_officer", "  Anne   Vale ", "Anne Vale"),
        ("budget_limit_pence", "£5,000", 500_000),
        ("own_sign_off", "yes", True),
        ("tiers", "framework, purchasing system, spot", ["framework", "purchasing system", "spot"]),
        ("target_hours", "24", 24),
    ],
)
def test_what_is_typed_is_kept_as_it_is_meant(name: str, said: str, kept: Any) -> None:
    assert read(name, said) == kept


@pytest.mark.parametrize(
    ("name", "said", "words"),
    [
        ("grades_home", "strong", "grades are outstanding, good, requires imp"),
        ("grades_supported", "good+", "strong, inconsistent, weaknesses"),
        ("grades_home", "not judged", "Grades are"),
        ("ungraded", "perhaps", "yes or no"),
        ("fostering_limit", "bedroom", "household or carer"),
        ("stale_hours", "0", "1 to 720"),
        ("stale_hours", "721", "1 to 720"),
        ("stale_hours", "-3", "1 to 720"),
        ("stale_hours", "soon", "1 to 720"),
        ("adjoining", "+Narnia", "no authority answers"),
        ("adjoining", "+Cheshire", "Cheshire East, Cheshire West and Chester"),
        ("adjoining", "+Wirral", "does not adjoin itself"),
        ("adjoining", "-Halton", "not on the list"),
        ("adjoining", "Halton", "+ before a name adds it"),
        ("adjoining", "+Halton, Sefton", "either a whole list"),
        ("adjoining", "", "name at least one"),
        ("director", " ", "1 to 100 letters"),
        ("director", "x" * 101, "1 to 100 letters"),
        ("budget_limit_pence", "0", "more than nothing"),
        ("tiers", "spot, spot", "different names"),
        ("tiers", "", "different names"),
    ],
)
def test_what_cannot_be_is_refused_with_the_sentence_that_mends_it(name: str, said: str, words: str) -> None:
    with pytest.raises(Invalid) as refused:
        read(name, said)
    assert words.casefold() in str(refused.value).casefold()
    if name != "budget_limit_pence" or "type it like" in str(refused.value):
        assert SETTINGS[name].example in str(refused.value)


@pytest.mark.parametrize("name", SETTINGS)
def test_the_example_of_each_setting_is_one(name: str) -> None:
    value = read(name, SETTINGS[name].example, {**HELD, "adjoining": ["E06000049", "E08000014"]})
    assert SETTINGS[name].say(value, Around(HELD, AREAS))
    assert SETTINGS[name].say(SETTINGS[name].default, Around()) or SETTINGS[name].default == ()


def test_the_policy_of_a_council_is_what_it_chose_and_the_programs_own_where_it_did_not() -> None:
    assert policy_of({}) == policy_of({"stale_hours": None, "fostering_limit": "bedroom"})
    chosen = policy_of(
        {"grades_home": ["outstanding"], "ungraded": False, "fostering_limit": "carer", "stale_hours": 12}
    )
    assert (chosen.accepted("res"), chosen.accepted("household"), chosen.accepted("sa")) == (
        ("outstanding",), ("outstanding", "good"), ("consistently_strong", "inconsistent"),
    )  # fmt: skip
    assert (chosen.ungraded_allowed, chosen.fostering_limit, chosen.stale_hours) == (False, "carer", 12)
    assert policy_of({"grades_home": []}).accepted("res") == ()  # nobody is accepted: a choice too


def test_a_part_of_a_mapping_is_a_setting_by_itself() -> None:
    assert SETTINGS["director"].value(HELD) == "Ruth Cole"
    assert SETTINGS["director"].chosen(HELD)
    assert not SETTINGS["budget_holder"].chosen(HELD)
    assert "approvers" in STORED
    assert "director" not in STORED


@pytest.mark.parametrize(
    ("said", "name"), [("stale-hours", "stale_hours"), ("Nominated", "nominated_officer"), ("tier", "tiers")]
)
def test_a_setting_is_known_by_a_part_of_its_name(said: str, name: str) -> None:
    assert setting_kind(said).name == name


def test_no_such_setting_names_those_that_there_are() -> None:
    with pytest.raises(Invalid, match="grades_home, grades_agency, grades_supported"):
        setting_kind("grades")
    with pytest.raises(Invalid, match="is no setting"):
        setting_kind("colour")
