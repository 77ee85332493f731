"""Ofsted's register in each of its yearly layouts, from small fictional files, and everything that can be wrong in one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from placement_tui.errors import BadFile
from placement_tui.exchange.ofsted import Register, read_register
from tests.exchange.written_files import (
    HEADER_2015,
    HEADER_2019,
    HEADER_2023,
    HEADER_2025,
    HEADER_PREMISES,
    TITLES_2019,
    TITLES_2025,
    children_home,
    home_row,
    write_csv,
    write_ods,
    write_xlsx,
)

LAYOUTS = {
    2015: ([], HEADER_2015),
    2019: (TITLES_2019, HEADER_2019),
    2023: (TITLES_2025, HEADER_2023),
    2025: (TITLES_2025, HEADER_2025),
}


def register_2025(path: Path, rows: Sequence[Sequence[Any]]) -> Register:
    return read_register(write_csv(path / "provider_level.csv", [*TITLES_2025, HEADER_2025, *rows]))


@pytest.mark.parametrize("year", LAYOUTS)
@pytest.mark.parametrize("encoding", ["utf-8-sig", "cp1252"])
def test_every_layout_gives_the_same_home(tmp_path: Path, year: int, encoding: str) -> None:
    titles, header = LAYOUTS[year]
    graded = {2015: "Overall effectiveness"}.get(year, "Overall experiences and progress of children and young people")
    row = children_home(
        header, "SC900001", **{graded: "Requires improvement to be good", "inspection date": "14/01/2015"}
    )
    path = write_csv(tmp_path / f"provider_at_march_{year}.csv", [*titles, header, row, [], [""] * 3], encoding)
    register = read_register(path)
    assert register.refused == ()
    (home,) = register.homes
    assert (home.urn, home.kind, home.provision_type) == ("SC900001", "res", "Children's home")
    assert (home.name, home.address, home.town, home.postcode) == (None, (), None, None)
    assert (home.authority_name, home.sector, home.registered) == ("Wirral", "private", True)
    assert (home.grade_overall, home.inspected_on) == ("requires_improvement", date(2015, 1, 14))
    assert home.line == len(titles) + 2
    assert register.rows == 1


def test_a_whole_row_of_2025_is_read(tmp_path: Path) -> None:
    row = home_row(
        HEADER_2025,
        **{
            "URN": "9000002",
            "Provision type": "Independent Fostering Agency",
            "Registration date": "01/02/2010",
            "Registration status": "Suspended",
            "Name": "Bridgeview  Fostering",
            "Address 1": "1 Quay Street",
            "Address 2": "",
            "Town": "Birkenhead",
            "County": "Merseyside",
            "Postcode": "CH41 5AL",
            "Ofsted Region": "North West",
            "Government Office Region": "North West",
            "Local authority": "Wirral",
            "Parliamentary constituency": "Birkenhead",
            "Sector": "Voluntary",
            "Places": "120",
            "Organisation which owns the provider": "Bridgeview Trust",
            "latest full inspection date": "05/11/2024",
            "publication date": "14/01/2025",
            "overall experiences": "Outstanding",
            "helped and protected": "Good",
            "effectiveness of leaders": "Requires improvement to be good",
        },
    )
    (home,) = register_2025(tmp_path, [row]).homes
    assert home.kind == "agency"
    assert (home.name, home.owner, home.sector) == ("Bridgeview Fostering", "Bridgeview Trust", "voluntary")
    assert (home.address, home.town, home.county, home.postcode) == (
        ("1 Quay Street",),
        "Birkenhead",
        "Merseyside",
        "CH41 5AL",
    )
    assert (home.region, home.constituency, home.places) == ("North West", "Birkenhead", 120)
    assert (home.registered, home.registration_status, home.registered_on) == (True, "Suspended", date(2010, 2, 1))
    assert (home.grade_overall, home.grade_help, home.grade_leaders) == ("outstanding", "good", "requires_improvement")
    assert (home.inspected_on, home.published_on) == (date(2024, 11, 5), date(2025, 1, 14))
    assert not home.short_breaks_only


def test_supported_accommodation_is_graded_by_its_own_outcome(tmp_path: Path) -> None:
    rows = [
        children_home(
            HEADER_2025,
            f"900001{number}",
            **{"Provision type": "Supported Accommodation", "Supported Accommodation outcome": outcome},
        )
        for number, outcome in enumerate(
            ["Consistently strong service delivery", "Inconsistent quality of service delivery", ""]
        )
    ]
    register = register_2025(tmp_path, rows)
    assert [home.kind for home in register.homes] == ["sa"] * 3
    assert [home.grade_overall for home in register.homes] == ["consistently_strong", "inconsistent", None]


def test_the_grades_of_the_latest_inspection_are_taken_not_those_of_the_one_before(tmp_path: Path) -> None:
    header = ["URN", "Provision type", "Local authority"]
    for when in ("Previous", "Latest"):
        header += [
            f"{when} full inspection date",
            f"{when} full inspection overall experiences and progress of children and young people",
        ]
    row = ["9000001", "Children's home", "Wirral", "01/02/2022", "Inadequate", "01/02/2024", "Good"]
    (home,) = read_register(write_csv(tmp_path / "a.csv", [header, row])).homes
    assert (home.grade_overall, home.inspected_on) == ("good", date(2024, 2, 1))


@pytest.mark.parametrize(
    ("provision", "kind"),
    [
        ("Children's Home", "res"),
        ("Children\u2019s home", "res"),
        ("Residential special school (>295 days/year)", "res"),
        ("Residential special school (registered as a children's home)", "res"),
        ("Residential Special School", "school"),
        ("Secure children's home", "secure"),
        ("Independent Fostering agency", "agency"),
        ("Residential Family Centre", "family_centre"),
        ("Residential Holiday Scheme for Disabled Children", "holiday"),
        ("Voluntary Adoption Agency", "adoption"),
        ("Adoption Support Agency", "adoption"),
        ("Boarding School", "boarding"),
        ("Further Education College with Residential Accommodation", "boarding"),
        ("Secure Training Centre", "other"),
    ],
)
def test_every_provision_type_has_its_kind(tmp_path: Path, provision: str, kind: str) -> None:
    register = register_2025(tmp_path, [children_home(HEADER_2025, **{"Provision type": provision})])
    assert [home.kind for home in register.homes] == [kind]
    assert register.notes == ()


def test_a_new_provision_type_is_kept_as_other_with_a_note(tmp_path: Path) -> None:
    register = register_2025(tmp_path, [children_home(HEADER_2025, **{"Provision type": "Lunar Home"})])
    assert register.homes[0].kind == "other"
    assert register.homes[0].provision_type == "Lunar Home"
    assert "'Lunar Home'" in register.notes[0]


def test_everything_that_is_wrong_is_said_at_once_with_line_column_and_mend(tmp_path: Path) -> None:
    rows = [
        children_home(HEADER_2025, "SC900001"),
        children_home(HEADER_2025, "SC900001"),
        children_home(HEADER_2025, "SC12345"),
        children_home(HEADER_2025, "", Places="3"),
        children_home(HEADER_2025, "9000002", **{"latest full inspection date": "31/02/2025"}),
        children_home(HEADER_2025, "9000003", Places="-3", **{"Registration date": "soon"}),
        children_home(HEADER_2025, "9000004", Places="99999999"),
        children_home(HEADER_2025, "9000005", **{"overall experiences": "Splendid"}),
        children_home(HEADER_2025, "9000006", **{"Provision type": ""}),
        children_home(HEADER_2025, "9000007", **{"overall experiences": "Consistently strong service delivery"}),
    ]
    register = register_2025(tmp_path, rows)
    assert [home.urn for home in register.homes] == ["SC900001"]
    said = {(each.line, each.column): each for each in register.refused}
    assert {line for line, _ in said} == set(range(6, 15))
    assert "line 5 already" in said[6, "URN"].reason
    assert said[7, "URN"].value == "SC12345"
    assert "missing" in said[8, "URN"].reason
    assert "no such day" in said[9, "Latest full inspection date"].reason
    assert {(10, "Places"), (10, "Registration date")} <= said.keys()
    assert "20,000" in said[11, "Places"].reason
    assert said[12, "Overall experiences and progress of children and young people"].value == "Splendid"
    assert all(each.mend.endswith(".") for each in register.refused)


def test_the_workbook_is_read_at_its_provider_level_sheet_with_the_premises_beside(tmp_path: Path) -> None:
    header = [title for title in HEADER_2025 if title]
    in_year = [title.replace("Latest full inspection date", "Inspection date") for title in header]
    premises = HEADER_PREMISES
    rows = [
        children_home(
            header, 9000001, **{"latest full inspection date": date(2025, 1, 14), "overall": "Good", "Places": 4}
        ),
        children_home(header, "SC900002", **{"Provision type": "Supported Accommodation"}),
    ]
    place = home_row(
        premises, **{"URN": 9000002, "Service category": "Category 3", "Places": 7, "Premises Local Authority": "Wigan"}
    )
    sheets = {
        "Cover": [["Official statistics"], ["Published on:", date(2025, 7, 16)]],
        "Provider_level_in_year_2024-25": [["Provider level in year 2024-25"], [], [], in_year, rows[0], rows[0]],
        "Provider_level_at_31_Mar_2025": [*TITLES_2025, header, *rows],
        "SA_Premises_at_31_Mar_2025": [["Premises as at 31 March 2025"], [], [], premises, place, place],
    }
    for path in (write_ods(tmp_path / "social_care.ods", sheets), write_xlsx(tmp_path / "social_care.xlsx", sheets)):
        register = read_register(path)
        assert register.refused == ()
        assert register.as_at == date(2025, 3, 31)
        assert "Provider_level_at_31_Mar_2025" in register.source
        assert [home.urn for home in register.homes] == ["9000001", "SC900002"]
        assert (register.homes[0].places, register.homes[0].inspected_on) == (4, date(2025, 1, 14))
        assert [(each.urn, each.places, each.authority_name) for each in register.premises] == [
            ("9000002", 7, "Wigan")
        ] * 2


@pytest.mark.parametrize(
    ("title", "name", "day"),
    [
        ("Provider level as at 31 March 2025", "x", date(2025, 3, 31)),
        ("", "provider_at_march_2019", date(2019, 3, 31)),
        ("", "social_care_provider_level_at_31_Aug_2024", date(2024, 8, 31)),
        ("", "provider level February 2024", date(2024, 2, 29)),
        ("", "homes", None),
        ("as at 31 February 2025", "homes", None),
    ],
)
def test_the_day_comes_from_the_title_or_the_files_name(
    tmp_path: Path, title: str, name: str, day: date | None
) -> None:
    rows = [[title]] if title else []
    path = write_csv(tmp_path / f"{name}.csv", [*rows, HEADER_2025, children_home(HEADER_2025)])
    assert read_register(path).as_at == day


def test_a_remark_under_the_table_is_noted_not_refused(tmp_path: Path) -> None:
    register = register_2025(tmp_path, [children_home(HEADER_2025), ["Source: fictional"]])
    assert (len(register.homes), register.refused) == (1, ())
    assert "Line 6" in register.notes[0]


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([["Name", "Town"], ["Oak House", "Wallasey"]], "URN"),
        ([["URN", "Name"], ["9000001", "Oak House"]], "'provision type'"),
        ([[str(number)] for number in range(10)] + [HEADER_2025, children_home(HEADER_2025)], "first 10 rows"),
    ],
)
def test_another_table_is_no_register_and_the_sentence_says_why(
    tmp_path: Path, rows: list[list[Any]], said: str
) -> None:
    with pytest.raises(BadFile, match="not a provider register") as caught:
        read_register(write_csv(tmp_path / "a.csv", rows))
    assert said in str(caught.value)


def test_progress_ends_at_the_last_row(tmp_path: Path) -> None:
    seen: list[tuple[int, int]] = []
    rows = [children_home(HEADER_2025, str(9_000_000 + number)) for number in range(250)]
    path = write_csv(tmp_path / "a.csv", [HEADER_2025, *rows])
    read_register(path, lambda done, total: seen.append((done, total)))
    assert seen == [(100, 250), (200, 250), (250, 250)]


TEXT = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=30)


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=st.lists(st.lists(TEXT, min_size=8, max_size=32), max_size=6))
def test_any_text_in_the_cells_is_read_or_refused_line_by_line(tmp_path: Path, rows: list[list[str]]) -> None:
    path = tmp_path / "a.csv"
    try:
        register = read_register(write_csv(path, [HEADER_2025, *rows]))
    except BadFile:
        return  # control characters and the like: no text file
    footnotes = sum("remark" in note for note in register.notes)
    assert len(register.homes) + len({each.line for each in register.refused}) + footnotes == register.rows
