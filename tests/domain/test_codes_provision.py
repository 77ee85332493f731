"""Kinds of provision and of home, the regional census's own words, and the statutory code of a home."""

from datetime import date

import pytest

from placement_tui.domain.codes.provision import (
    DISTANCE_REASONS,
    DISTANCE_REASONS_2022,
    HOME_KINDS,
    KINDS,
    ROUTES,
    TYPES_OF_PROVISION,
    coded,
    home_kinds_for,
    parse_home_kind,
    parse_kind,
    parse_kinds,
    serves,
)
from placement_tui.domain.codes.ssda903 import PLACE, PLACE_PROVIDER
from placement_tui.errors import Invalid


def test_the_kinds_that_the_store_knows() -> None:
    assert [kind.code for kind in KINDS] == [
        "foster", "residential", "supported", "parent_and_child", "short_breaks", "secure", "other",
    ]  # fmt: skip
    assert {kind.code for kind in HOME_KINDS} == {
        "inhouse", "household", "agency", "res", "sa", "school", "family_centre", "secure", "holiday", "adoption",
        "boarding", "other",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("typed", "kind"),
    [
        ("foster", "foster"),
        ("Fostering", "foster"),
        ("res", "residential"),
        ("16+", "supported"),
        ("supported", "supported"),
        ("parent and child", "parent_and_child"),
        ("p&c", "parent_and_child"),
        ("short breaks", "short_breaks"),
        ("respite", "short_breaks"),
        ("secure", "secure"),
    ],
)
def test_a_kind_is_typed_as_people_say_it(typed: str, kind: str) -> None:
    assert parse_kind(typed).code == kind


def test_kinds_in_order_of_wish() -> None:
    assert [kind.code for kind in parse_kinds("foster, res, foster")] == ["foster", "residential"]
    assert [kind.code for kind in parse_kinds("foster then res/16+")] == ["foster", "residential", "supported"]


def test_a_kind_that_is_none_gets_the_nearest() -> None:
    with pytest.raises(Invalid) as refusal:
        parse_kind("fostr")
    assert refusal.value.field == "kind"
    assert "foster" in refusal.value.mend


def test_no_word_means_two_kinds() -> None:
    for kinds, parse in ((KINDS, parse_kind), (HOME_KINDS, parse_home_kind)):
        for kind in kinds:
            for word in (kind.code, kind.short, kind.label, *kind.words):
                assert parse(word) is kind, word


def test_supported_accommodation_serves_nothing_else() -> None:
    assert serves("sa") == ("supported",)
    assert home_kinds_for("supported") == ("sa",)


@pytest.mark.parametrize("home", ["inhouse", "household", "agency"])
def test_carers_foster_and_take_parents_and_short_breaks(home: str) -> None:
    assert serves(home) == ("foster", "parent_and_child", "short_breaks")


def test_the_other_homes() -> None:
    assert serves("res") == ("residential", "short_breaks")
    assert serves("secure") == ("secure",)
    assert "parent_and_child" in serves("family_centre")
    assert serves("no such kind") == ()
    for home in HOME_KINDS:
        assert all(kind in KINDS for kind in home.serves)
    assert all(home_kinds_for(kind.code) for kind in KINDS), "every kind that may be wanted can be found"


@pytest.mark.parametrize(
    ("home", "sector", "place", "provider"),
    [
        ("inhouse", "own", "U6", "PR1"),
        ("agency", "private", "U6", "PR4"),
        ("agency", "voluntary", "U6", "PR5"),
        ("household", "local_authority", "U6", "PR2"),
        ("res", "private", "K2", "PR4"),
        ("res", "own", "K2", "PR1"),
        ("sa", "voluntary", "K3", "PR5"),
        ("secure", "local_authority", "K1", "PR2"),
        ("school", "private", "S1", "PR4"),
        ("family_centre", "private", "R3", "PR4"),
        ("res", "unknown", "K2", None),
        ("holiday", "private", None, None),
    ],
)
def test_the_statutory_code_of_a_home(home: str, sector: str, place: str | None, provider: str | None) -> None:
    assert coded(home, sector) == (place, provider)


def test_every_coding_is_on_the_list_of_2026_and_keeps_rule_529() -> None:
    for home in HOME_KINDS:
        for sector in ("own", "local_authority", "private", "voluntary", "health", "unknown"):
            place, provider = coded(home.code, sector)
            assert place is None or PLACE.valid(place, date(2026, 3, 31))
            assert provider is None or provider in PLACE_PROVIDER
            assert not (provider == "PR3" and place in {"K1", "K2", "U6"})


def test_the_census_is_quoted_word_for_word() -> None:
    routes = [route.label for route in ROUTES]
    assert len(routes) == 13
    assert "Sub Regional Contract - LCR PPA" in routes
    assert "NW Contract - Residential FPS or previous" in routes
    provision = [each.label for each in TYPES_OF_PROVISION]
    assert len(provision) == 19
    assert "Supported Accommodation - Category 4: Supported Lodgings" in provision
    assert "Unregistered (where it should be registered)" in provision
    assert [reason.label for reason in DISTANCE_REASONS] == [
        "CYP/Parental preference",
        "Safeguarding requirement",
        "Provision within distance exists but is not available",
        "Provision within distance does not exist",
        "Carer moving out of area",
        "Legal reasons",
        "Not applicable",
    ]
    assert "Placement available locally but provider refused due to matching" in [
        reason.label for reason in DISTANCE_REASONS_2022
    ]
