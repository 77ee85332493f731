"""The cells of a team's list: what is understood of what people write, and what is refused with which reason."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from placement_tui.exchange.providers import ProviderSheet, read_providers, recognise
from placement_tui.exchange.spreadsheets import read_headers
from tests.exchange.written_files import write_csv, write_xlsx


def read(path: Path, rows: Sequence[Sequence[Any]]) -> ProviderSheet:
    file = write_csv(path / "homes.csv", rows)
    return read_providers(file, recognise(read_headers(file)))


def one(path: Path, **values: Any) -> ProviderSheet:
    """A file of one children's home with these columns besides."""
    return read(path, [["Home", "Type", *values], ["Oak House", "children's home", *values.values()]])


@pytest.mark.parametrize(
    ("words", "provider", "kind"),
    [
        ("Own foster carer", "", "inhouse"),
        ("in-house", "", "inhouse"),
        ("Foster Carers", "", "inhouse"),
        ("Foster carer", "Bridgeview Fostering", "household"),
        ("Foster carer", "Wirral Council", "inhouse"),
        ("IFA", "Bridgeview Fostering", "agency"),
        ("IFA carer", "Bridgeview Fostering", "household"),
        ("Children's homes", "Fernside", "res"),
        ("Residential", "Fernside", "res"),
        ("16+", "Fernside", "sa"),
        ("Semi-independent", "Fernside", "sa"),
        ("Supported Accommodation", "Fernside", "sa"),
        ("Residential Special School", "Fernside", "school"),
        ("Mother & baby unit", "Fernside", "family_centre"),
        ("secure", "Fernside", "secure"),
    ],
)
def test_the_teams_words_for_kinds(tmp_path: Path, words: str, provider: str, kind: str) -> None:
    rows = read(tmp_path, [["Name", "Type", "Agency"], ["Oak House", words, provider]]).rows
    assert [row.kind for row in rows] == [kind]


@pytest.mark.parametrize(
    ("text", "ages"),
    [
        ("0-17", (0, 17)),
        ("11 to 17", (11, 17)),
        ("5 – 12 years", (5, 12)),
        ("ages 8-18", (8, 18)),
        ("5+", (5, 17)),
        ("16 plus", (16, 17)),
        ("up to 12", (0, 12)),
        ("under 5", (0, 4)),
        ("birth to 4", (0, 4)),
        ("6 months - 4", (0, 4)),
        ("Any", (0, 17)),
        ("", (None, None)),
        ("n/a", (None, None)),
    ],
)
def test_age_ranges(tmp_path: Path, text: str, ages: tuple[int | None, int | None]) -> None:
    (row,) = one(tmp_path, Ages=text).rows
    assert (row.age_min, row.age_max) == ages


@pytest.mark.parametrize(
    ("column", "value", "said"),
    [
        ("Ages", "17-11", "above the highest"),
        ("Ages", "0-99", "above 25"),
        ("Ages", "teenagers", "not an age range"),
        ("Beds", "-1", "below zero"),
        ("Beds", "2-3", "not a whole number"),
        ("Beds", "9999", "more than 500"),
        ("Weekly fee", "-100", "below zero"),
        ("Weekly fee", "£800 - £950", "not an amount"),
        ("Weekly fee", "4000 per month", "not by the week"),
        ("Postcode", "CH41", "first half"),
        ("Postcode", "CH4I 5AL", "Did you mean CH41 5AL?"),
        ("Phone", "ask Jane", "telephone number"),
        ("Email", "duty at example", "e-mail"),
        ("URN", "12", "not a URN"),
        ("Gender", "purple", "which sexes"),
        ("Tier", "top", "not a tier"),
        ("Ofsted grade", "Splendid", "not a grade"),
        ("Ofsted grade", "Inconsistent quality of service delivery", "not one for this kind"),
        ("Inspection date", "31/02/2025", "no such day"),
        ("Status", "Tuesday", "may be used"),
        ("Type of home", "castle", "kind is not known"),
    ],
)
def test_a_cell_that_is_no_value_refuses_its_line_with_the_reason(
    tmp_path: Path, column: str, value: str, said: str
) -> None:
    header, row = ["Home", "Type of home", "Town"], ["Oak House", "children's home", "Wallasey"]
    if column in header:
        row[header.index(column)] = value
    else:
        header, row = [*header, column], [*row, value]
    found = read(tmp_path, [header, row])
    assert found.rows == ()
    (refused,) = found.refused
    assert (refused.line, refused.column, refused.value) == (2, column, value)
    assert said in str(refused)


def test_an_age_range_that_a_spreadsheet_made_a_date_is_refused_as_that(tmp_path: Path) -> None:
    rows = [["Home", "Type", "Ages"], ["Oak House", "res", date(2025, 12, 5)], ["Elm House", "res", "11-17"]]
    file = write_xlsx(tmp_path / "a.xlsx", {"Homes": rows})
    found = read_providers(file, recognise(read_headers(file)))
    assert [row.name for row in found.rows] == ["Elm House"]
    assert "into a date" in found.refused[0].reason


@pytest.mark.parametrize(
    ("column", "value", "field", "result"),
    [
        ("Beds", "3 beds", "places", 3),
        ("Weekly fee", "4,150.50", "weekly_pence", 415050),
        ("Weekly fee", "£812 pw", "weekly_pence", 81200),
        ("Weekly fee", "812.333333", "weekly_pence", 81233),
        ("Weekly fee", "TBC", "weekly_pence", None),
        ("Gender", "Boys only", "sexes", "M"),
        ("Gender", "Female", "sexes", "F"),
        ("Gender", "M/F", "sexes", None),
        ("Tier", "Lot 2 Tier 1", "tier", 1),
        ("Contract", "LCR PPA", "route", "lcr_ppa"),
        ("Contract", "spot purchase", "route", "direct"),
        ("Contract", "Mersey Deal 2024", "route", "Mersey Deal 2024"),
        ("Ofsted", "Good (June 2024)", "grade", "good"),
        ("Ofsted", "RI", "grade", "requires_improvement"),
        ("Ofsted", "Awaiting first inspection", "grade", None),
        ("Status", "On hold since May: allegation", "suspended", "On hold since May: allegation"),
        ("Status", "Full", "suspended", None),
        ("Suspended", "yes", "suspended", "Suspended"),
        ("Suspended", "No", "suspended", None),
        ("Suspended", "damp", "suspended", "damp"),
        ("Phone", "1514960133", "phone", "01514960133"),
        ("Phone", "0151 496 0133 ext 204", "phone", "0151 496 0133 ext 204"),
        ("URN", "sc 900001", "urn", "SC900001"),
        ("Postcode", "ch415al", "postcode", "CH41 5AL"),
        ("Postcode", "REDACTED", "postcode", None),
    ],
)
def test_what_teams_write_is_understood(tmp_path: Path, column: str, value: str, field: str, result: object) -> None:
    (row,) = one(tmp_path, **{column: value}).rows
    assert getattr(row, field) == result


def test_a_telephone_cell_with_words_keeps_the_number_and_the_words(tmp_path: Path) -> None:
    (row,) = one(tmp_path, Phone="0151 496 0100 (Jane) / 0151 496 0101", Notes="Two cats").rows
    assert row.phone == "0151 496 0100"
    assert row.note == "Two cats\nPhone: 0151 496 0100 (Jane) / 0151 496 0101"
