"""The statutory lists: who may use which code on which day, and what a wrong one is told."""

from datetime import date

import pytest

from placement_tui.domain.codes import Code, CodeSet
from placement_tui.domain.codes.legal import legal_words, parse_legal
from placement_tui.domain.codes.ssda903 import (
    CIN,
    ETHNICITY,
    LEGAL_STATUS,
    PLACE,
    PLACE_PROVIDER,
    REASON_PLACE_CHANGE,
    REC,
    RNE,
    SEX,
)
from placement_tui.errors import Invalid

# Rule 146 of the sector's validator for the collection year 2025-26.
PLACES_2025_26 = "A3 A4 A5 A6 K1 K2 K3 P1 P3 R1 R2 R3 R5 S1 T0 T1 T2 T3 T4 U1 U2 U3 U4 U5 U6 Z11 Z12 Z13 Z14"


def test_the_placement_types_of_2025_26_are_29() -> None:
    first, last = date(2025, 4, 1), date(2026, 3, 31)
    assert [code.code for code in PLACE.on(first)] == PLACES_2025_26.split()
    assert [code.code for code in PLACE.on(last)] == PLACES_2025_26.split()
    assert len(PLACES_2025_26.split()) == 29


@pytest.mark.parametrize("retired", ["H5", "P2", "Z1"])
def test_retired_placement_types_end_with_march_2025(retired: str) -> None:
    assert retired in PLACE
    assert PLACE.valid(retired, date(2025, 3, 31))
    assert not PLACE.valid(retired, date(2025, 4, 1))
    assert not PLACE.valid(retired, date(2026, 3, 31))


def test_new_placement_types_are_not_valid_before_their_year() -> None:
    assert not PLACE.valid("Z12", date(2025, 3, 31))
    assert not PLACE.valid("K3", date(2023, 3, 31))
    assert PLACE.valid("K3", date(2025, 3, 31))
    assert "inferred" in PLACE["K3"].note.lower()


@pytest.mark.parametrize(
    ("codeset", "codes"),
    [
        (PLACE_PROVIDER, "PR0 PR1 PR2 PR3 PR4 PR5"),
        (REASON_PLACE_CHANGE, "CARPL CLOSE ALLEG STAND APPRR CREQB CREQO CHILD LAREQ PLACE CUSTOD OTHER"),
        (RNE, "S L P T B U"),
        (LEGAL_STATUS, "C1 C2 D1 E1 V2 V3 V4 L1 L2 L3 J1 J2 J3"),
        (CIN, "N1 N2 N3 N4 N5 N6 N7 N8"),
        (REC, "X1 E11 E12 E2 E3 E4A E4B E13 E41 E45 E46 E47 E48 E5 E6 E7 E8 E9 E14 E15 E16 E17"),
        (
            ETHNICITY,
            "WBRI WIRI WIRT WROM WOTH MWBC MWBA MWAS MOTH AIND APKN ABAN AOTH BCRB BAFR BOTH CHNE OOTH REFU NOBT",
        ),
        (SEX, "M F U"),
    ],
    ids=lambda value: value.name if isinstance(value, CodeSet) else "",
)
def test_the_codes_that_may_be_used_in_2026(codeset: CodeSet[Code], codes: str) -> None:
    assert [code.code for code in codeset.on(date(2026, 3, 31))] == codes.split()


def test_sex_was_a_figure_until_2024() -> None:
    assert [code.code for code in SEX.on(date(2023, 4, 1))] == ["1", "2"]


def test_an_unknown_code_is_refused_with_its_set_and_the_nearest() -> None:
    with pytest.raises(Invalid) as refusal:
        PLACE["K4"]
    said = str(refusal.value)
    assert "K4" in said
    assert "placement type (PLACE)" in said
    assert "K1" in said or "K2" in said or "K3" in said


def test_what_was_typed_is_found_whatever_its_case_but_looked_up_strictly() -> None:
    assert PLACE.find("k2") is PLACE["K2"]
    assert PLACE.find("children's home") is PLACE["K2"]
    assert PLACE.find("nowhere") is None
    assert "k2" not in PLACE


def test_a_code_of_a_newer_machine_is_shown_as_itself() -> None:
    assert PLACE.label("Q9") == "Q9"
    assert PLACE.spoken("Q9") == "Q9"
    assert PLACE.label("K1") == "Secure children's homes"


def test_a_code_is_valid_on_its_first_and_its_last_day() -> None:
    code = Code("A", "A", date(2025, 4, 1), date(2026, 3, 31))
    assert [code.valid(day) for day in (date(2025, 3, 31), date(2025, 4, 1), date(2026, 3, 31), date(2026, 4, 1))] == [
        False,
        True,
        True,
        False,
    ]


def test_a_set_holds_each_code_once() -> None:
    with pytest.raises(ValueError, match="twice"):
        CodeSet("pair", "test", (Code("A", "first"), Code("A", "second")))


@pytest.mark.parametrize(
    ("typed", "code", "unaccompanied"),
    [
        ("s20", "V2", False),
        ("S.20", "V2", False),
        ("section 20", "V2", False),
        ("ICO", "C1", False),
        ("full care order", "C2", False),
        ("police protection", "L1", False),
        ("remand", "J1", False),
        ("EPO", "L2", False),
        ("uasc s20", "V2", True),
        ("UASC", "V2", True),
        ("c2", "C2", False),
    ],
)
def test_legal_status_as_people_say_it(typed: str, code: str, unaccompanied: bool) -> None:
    assert parse_legal(typed) == (code, unaccompanied)


def test_legal_status_in_words() -> None:
    assert legal_words("V2") == "s20"
    assert legal_words("V2", unaccompanied=True) == "UASC s20"
    assert legal_words("C1") == "ICO"
    with pytest.raises(Invalid) as refusal:
        parse_legal("wardship")
    assert refusal.value.field == "legal_status"


def test_every_legal_status_can_be_said_in_a_table_cell() -> None:
    assert all(code.short and len(code.short) <= 20 for code in LEGAL_STATUS)
