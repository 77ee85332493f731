"""A team's own spreadsheet: columns found by name, shown, corrected and remembered; rows read or refused with the reason."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from placement_tui.errors import BadFile, WrongUse
from placement_tui.exchange.providers import ProviderSheet, read_providers, recognise
from placement_tui.exchange.spreadsheets import Mapped, read_headers
from tests.exchange.written_files import write_csv, write_ods, write_xlsx

HEADER = [
    "Carer Ref",
    "Name(s)",
    "Type of carer",
    "Agency",
    "Town",
    "Post Code",
    "Tel No.",
    "OOH",
    "Approved ages",
    "Places",
]
HEADER += ["Gender", "Framework Tier", "Weekly cost", "Comments", "Status"]
CARER = ["FC-01", "Mary & Tom Okafor", "Own foster carer", "", "Wallasey", "ch45 4pl", "0151 496 0101", "0151 496 0102"]
CARER += ["0 - 12 yrs", "2", "Any", "", "£450.00", "No dogs", "Active"]


def read(path: Path, rows: Sequence[Sequence[Any]], **corrections: str) -> ProviderSheet:
    file = write_csv(path / "homes.csv", rows)
    return read_providers(file, recognise(read_headers(file), corrections=corrections))


def taken(mapped: Mapped) -> dict[str, str | None]:
    return {column.title: column.field for column in mapped.sheets[0].columns}


def test_a_foster_carer_of_our_own_is_read_whole(tmp_path: Path) -> None:
    (row,) = read(tmp_path, [HEADER, CARER]).rows
    assert (row.reference, row.name, row.kind, row.provider, row.sector) == (
        "FC-01",
        "Mary & Tom Okafor",
        "inhouse",
        "",
        "own",
    )
    assert (row.town, row.postcode) == ("Wallasey", "CH45 4PL")
    assert (row.phone, row.out_of_hours_phone) == ("0151 496 0101", "0151 496 0102")
    assert (row.age_min, row.age_max, row.places, row.sexes) == (0, 12, 2, None)
    assert (row.weekly_pence, row.note, row.suspended, row.tier) == (45000, "No dogs", None, None)
    assert row.line == 2


def test_the_columns_are_recognised_by_name_and_say_how(tmp_path: Path) -> None:
    file = write_csv(tmp_path / "a.csv", [[*HEADER, "Favourite colour", "Telefone numbr"], [*CARER, "blue", ""]])
    sheet = recognise(read_headers(file)).sheets[0]
    by_title = {column.title: column for column in sheet.columns}
    assert by_title["Post Code"].field == "postcode"
    assert by_title["Tel No."].how == "name"
    assert by_title["Name(s)"].field == "name"
    assert by_title["Favourite colour"].field is None
    assert by_title["Favourite colour"].how == "ignored"
    assert by_title["Favourite colour"].samples == ("blue",)
    assert by_title["Carer Ref"].letter == "A"
    assert sheet.missing == ()


def test_a_misspelt_header_is_taken_with_less_confidence(tmp_path: Path) -> None:
    file = write_csv(
        tmp_path / "a.csv", [["Name", "Type", "Postocde", "Telephon number"], ["Elm", "IFA", "L20 3AA", ""]]
    )
    columns = {column.title: column for column in recognise(read_headers(file)).sheets[0].columns}
    assert (columns["Postocde"].field, columns["Postocde"].how) == ("postcode", "near")
    assert columns["Telephon number"].field == "phone"
    assert 84 <= columns["Postocde"].confidence < 100


def test_columns_about_the_child_or_the_worker_are_not_taken_for_the_home(tmp_path: Path) -> None:
    header = ["Name", "Type", "Name of social worker", "Number of children placed", "Social worker telephone number"]
    mapped = recognise(
        read_headers(write_csv(tmp_path / "a.csv", [header, ["Elm", "IFA", "KM", "1", "0151 496 0100"]]))
    )
    assert [taken(mapped)[title] for title in header[2:]] == [None, None, None]


def test_titles_above_blank_columns_and_several_sheets_of_a_workbook(tmp_path: Path) -> None:
    agencies = [
        ["North Team placements"],
        [],
        ["", "Agency", "", "Referral line", "Email", "Postcode"],
        ["", "Bridgeview Fostering", "", "0151 496 0110", "duty@bridgeview.example", "L20 3AA"],
    ]
    homes = [
        ["Children's homes, June"],
        ["", "", "Ages", "", ""],
        ["Home", "Company", "Min", "Max", "Beds"],
        ["Oak House", "Fernside Care", 11, 17, 3],
    ]
    sheets = {"IFA contacts": agencies, "Children's homes": homes, "Codes": [["x"], ["y"]]}
    for file in (
        write_xlsx(tmp_path / "a.xlsx", sheets, merged=["A1:F1"]),
        write_ods(tmp_path / "a.ods", sheets),
    ):
        mapped = recognise(read_headers(file))
        assert [(sheet.sheet, sheet.header_line) for sheet in mapped.sheets] == [
            ("IFA contacts", 3),
            ("Children's homes", 3),
        ]
        assert [name for name, _ in mapped.aside] == ["Codes"]
        found = read_providers(file, mapped)
        assert found.refused == ()
        agency, home = found.rows
        assert (agency.kind, agency.name, agency.provider) == ("agency", "Bridgeview Fostering", "Bridgeview Fostering")
        assert (agency.phone, agency.email, agency.line) == ("0151 496 0110", "duty@bridgeview.example", 4)
        assert (home.kind, home.name, home.provider) == ("res", "Oak House", "Fernside Care")
        assert (home.age_min, home.age_max, home.places, home.sheet) == (11, 17, 3, "Children's homes")


def test_a_correction_wins_and_what_was_taken_is_remembered(tmp_path: Path) -> None:
    header = ["Carer", "Kind", "Line 1", "Ring", "Contact number"]
    file = write_csv(tmp_path / "a.csv", [header, ["Mary Okafor", "in-house", "x", "0151 496 0101", "0151 496 0102"]])
    headers = read_headers(file)
    assert taken(recognise(headers))["Contact number"] == "phone"
    by_title = recognise(headers, corrections={"phone": "Ring", "ignore": "Line 1"})
    by_letter = recognise(headers, corrections={"phone": "D"})
    assert taken(by_title)["Ring"] == taken(by_letter)["Ring"] == "phone"
    assert taken(by_title)["Contact number"] is None
    assert read_providers(file, by_title).rows[0].phone == "0151 496 0101"
    again = recognise(headers, remembered=by_title.remembered())
    assert taken(again) == taken(by_title)
    assert {column.title: column.how for column in again.sheets[0].columns}["Ring"] == "remembered"


def test_a_correction_of_no_field_or_no_column_is_wrong_use(tmp_path: Path) -> None:
    headers = read_headers(write_csv(tmp_path / "a.csv", [HEADER, CARER]))
    with pytest.raises(WrongUse, match="not a field"):
        recognise(headers, corrections={"telephone": "Tel No."})
    with pytest.raises(WrongUse, match="No column") as caught:
        recognise(headers, corrections={"phone": "Mobile"})
    assert "Tel No." in caught.value.detail


def test_a_needed_field_without_a_column_is_named(tmp_path: Path) -> None:
    file = write_csv(tmp_path / "a.csv", [["Home", "Town"], ["Oak House", "Wallasey"]])
    mapped = recognise(read_headers(file))
    assert mapped.missing == ("kind",)
    (refused,) = read_providers(file, mapped).refused
    assert "kind of home" in refused.reason
    assert read_providers(file, mapped, kind="res").rows[0].kind == "res"
    with pytest.raises(WrongUse):
        read_providers(file, mapped, kind="castle")


def test_a_file_without_a_header_is_refused_with_how_it_begins(tmp_path: Path) -> None:
    with pytest.raises(BadFile, match="no table") as caught:
        recognise(read_headers(write_csv(tmp_path / "a.csv", [["Monday", "Tuesday"], ["1", "2"]])))
    assert "Monday, Tuesday" in caught.value.detail


def test_a_file_that_changed_after_it_was_recognised_is_not_read_by_the_old_columns(tmp_path: Path) -> None:
    file = write_csv(tmp_path / "a.csv", [HEADER, CARER])
    mapped = recognise(read_headers(file))
    write_csv(file, [HEADER[::-1], CARER[::-1]])
    with pytest.raises(BadFile, match="changed"):
        read_providers(file, mapped)


def test_names_are_kept_as_they_are_spelt_whatever_they_hold(tmp_path: Path) -> None:
    rows = [["Name", "Type"], ["Smith [/b]", "res"], ["Ó Súilleabháin", "in-house"], ["=cmd|' /C calc'!A0", "res"]]
    assert [row.name for row in read(tmp_path, rows).rows] == ["Smith [/b]", "Ó Súilleabháin", "=cmd|' /C calc'!A0"]


def test_ten_thousand_characters_in_a_name_are_refused_not_cut(tmp_path: Path) -> None:
    (refused,) = read(tmp_path, [["Name", "Type"], ["x" * 10_000, "res"]]).refused
    assert "10,000 characters" in refused.reason


def test_doubles_are_refused_and_name_the_first_line(tmp_path: Path) -> None:
    header = ["Ref", "Name", "Type", "Agency", "URN"]
    rows = [
        ["1", "Oak House", "res", "Fernside", "9000001"],
        ["1", "Elm House", "res", "Fernside", "9000002"],
        ["2", "Ash House", "res", "Fernside", "9000001"],
        ["", "Yew House", "res", "Fernside", ""],
        ["", "yew house", "res", "Fernside", ""],
        ["3", "Pat Lee", "IFA carer", "Bridgeview", "9000009"],
        ["4", "Sam Ray", "IFA carer", "Bridgeview", "9000009"],
    ]
    found = read(tmp_path, [header, *rows])
    assert [row.name for row in found.rows] == ["Oak House", "Yew House", "Pat Lee", "Sam Ray"]
    assert [(each.line, each.column) for each in found.refused] == [(3, "Ref"), (4, "URN"), (6, "Name")]
    assert all("line 2" in each.reason or "line 5" in each.reason for each in found.refused)


def test_headings_and_repeated_headers_among_the_rows_are_no_homes(tmp_path: Path) -> None:
    header = ["Name", "Type", "Town"]
    found = read(
        tmp_path, [header, ["NORTH TEAM", "", ""], ["Oak", "res", "Hoylake"], header, ["Elm", "res", "Hoylake"]]
    )
    assert [row.name for row in found.rows] == ["Oak", "Elm"]
    assert found.refused == ()
    assert "NORTH TEAM" in found.notes[0]


def test_a_sheet_without_kinds_beside_one_with_them_is_left_aside(tmp_path: Path) -> None:
    sheets = {
        "Provider information": [
            ["URN", "Provider name", "Provider type"],
            ["9000001", "Oak House", "Children's home"],
        ],
        "Registration conditions": [["URN", "Provider name", "Conditions"], ["9000001", "Oak House", "One child"]],
    }
    file = write_xlsx(tmp_path / "a.xlsx", sheets)
    found = read_providers(file, recognise(read_headers(file)))
    assert [row.name for row in found.rows] == ["Oak House"]
    assert found.refused == ()
    assert "Registration conditions" in found.notes[0]


def test_ofsteds_restricted_list_is_read_by_its_own_headers(tmp_path: Path) -> None:
    header = [
        "Local authority",
        "URN",
        "Provider type",
        "Sector",
        "Provider name",
        "Registration status",
        "Provider address line 1",
        "Provider address line 2",
        "Provider town",
        "Provider county",
        "Provider postcode",
        "Provider telephone number",
        "Provider email address",
        "Owner name",
        "Owner address line 1",
        "Owner town",
        "Owner postcode",
        "Overall effectiveness",
        "Date of last full inspection",
        "Number of registered places",
        "Conditions",
        "Linked school URN",
    ]
    values = [
        "Wirral",
        "9000001",
        "Children's home",
        "Private",
        "Oak House",
        "Active",
        "1 Quay Street",
        "Seacombe",
        "Wallasey",
        "Merseyside",
        "CH44 1AA",
        "0151 496 0100",
        "oak@fernside.example",
        "Fernside Care Ltd",
        "2 High Street",
        "London",
        "SW1A 1AA",
        "Good",
        "05/11/2024",
        "4",
        "One child",
        "9000002",
    ]
    (row,) = read(tmp_path, [header, values]).rows
    assert (row.name, row.provider, row.kind, row.urn, row.sector) == (
        "Oak House",
        "Fernside Care Ltd",
        "res",
        "9000001",
        "private",
    )
    assert (row.address, row.town, row.postcode, row.area) == (
        "1 Quay Street, Seacombe",
        "Wallasey",
        "CH44 1AA",
        "Wirral",
    )
    assert (row.grade, row.graded_on, row.places, row.note) == ("good", date(2024, 11, 5), 4, "One child")
    assert row.suspended is None


CELL = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=25)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=st.lists(st.lists(CELL, min_size=15, max_size=15), max_size=5))
def test_any_text_in_the_cells_is_read_refused_or_noted(tmp_path: Path, rows: list[list[str]]) -> None:
    try:
        found = read(tmp_path, [HEADER, *rows])
    except BadFile:
        return
    lines = {row.line for row in found.rows} | {each.line for each in found.refused}
    assert len(lines) <= len(rows)
    assert not {row.line for row in found.rows} & {each.line for each in found.refused}


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(header=st.lists(CELL, min_size=1, max_size=8), row=st.lists(CELL, min_size=1, max_size=8))
def test_any_header_is_recognised_or_refused(tmp_path: Path, header: list[str], row: list[str]) -> None:
    try:
        read(tmp_path, [header, row])
    except BadFile:
        return
