"""Ofsted's restricted lists: every layout is read alike, and what is wrong is told by sheet, line and column."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook

from placement_tui.errors import BadFile
from placement_tui.exchange.lists import is_list, read_list
from tests.exchange import written_lists as lists
from tests.exchange.written_files import HEADER_2025, children_home, write_csv, write_xlsx

FAKES = sorted(lists.FAKES.glob("*.xlsx"))


def of_2025(folder: Path) -> Path:
    return lists.combined(folder, lists.home())


def with_conditions(folder: Path) -> Path:
    sheets = {
        "Provider information": [lists.INFORMATION, lists.home(lists.INFORMATION)],
        "Registration Conditions": [lists.CONDITIONS, lists.home(lists.CONDITIONS)],
    }
    return write_xlsx(folder / "CH list 31 October 2025.xlsx", sheets)


def with_address_details(folder: Path) -> Path:
    sheets = {
        "Settings and Inspection Info": [lists.SETTINGS_AND_INSPECTION, lists.home(lists.SETTINGS_AND_INSPECTION)],
        "Address Details": [lists.ADDRESS_DETAILS, lists.home(lists.ADDRESS_DETAILS)],
        "Registration Conditions": [lists.CONDITIONS, lists.home(lists.CONDITIONS)],
    }
    return write_xlsx(folder / "CH list 31 October 2025.xlsx", sheets)


@pytest.mark.parametrize("written", [of_2025, with_conditions, with_address_details])
def test_a_home_is_the_same_in_every_layout(tmp_path: Path, written: object) -> None:
    found = read_list(written(tmp_path))  # type: ignore[operator]  # one of the three above
    assert found.refused == ()
    assert found.as_at == date(2025, 10, 31)
    (home,) = found.homes
    assert (home.urn, home.kind, home.name, home.owner) == ("SC900101", "res", "Larch House", "Larch Care Ltd")
    assert (home.address, home.town, home.postcode) == (("12 Marker Street",), "Markerton", "CH41 5AL")
    assert (home.place, home.place_provider, home.places) == ("K2", "PR4", 4)
    assert (home.registered, home.grade_overall, home.inspected_on) == (True, "good", date(2025, 3, 4))
    assert home.conditions == "No more than four children"
    assert home.needs == ("emotional and behavioural difficulties", "learning difficulty")


def test_agencies_and_those_closed_in_a_year(tmp_path: Path) -> None:
    agency = {
        "type": "Local Authority Fostering Agency",
        "place": "U4,U5,U6",
        "provider": "PR1/PR2",
        "grade": "",
        "on": "",
    }
    sheets = {
        "Current providers": [lists.CURRENT, lists.home(lists.CURRENT, urn="SC900201", **agency)],
        "Providers closed in 2024-25": [
            lists.CLOSED,
            lists.home(lists.CLOSED, urn="SC900202", **agency, status="Resigned", closed_on=date(2025, 1, 31)),
        ],
    }
    current, closed = read_list(write_xlsx(tmp_path / "SCP list.xlsx", sheets)).homes
    assert (current.kind, current.place, current.place_provider) == ("agency", None, None)  # only a placement can say
    assert current.registered
    assert (closed.registered, closed.registration_status, closed.deregistered_on) == (
        False,
        "Resigned",
        date(2025, 1, 31),
    )


def test_each_setting_of_supported_accommodation_is_a_home_of_its_own(tmp_path: Path) -> None:
    settings = [
        lists.row(lists.SETTINGS_2025, urn="2900001", name="Mooring Living", street=street, postcode=postcode, places=3,
                  status="Active", setting_status=status, category="Category 2", authority="Wirral", place="K3")
        for street, postcode, status in (("1 Quay", "CH41 5AL", "Open"), ("2 Quay", "CH41 5AN", "Closed"))
    ]  # fmt: skip
    open_one, closed_one = read_list(lists.combined(tmp_path, settings=settings)).homes
    assert (open_one.kind, open_one.setting, open_one.urn, open_one.place) == ("sa", True, "2900001", "K3")
    assert open_one.registered
    assert not closed_one.registered


def test_headers_in_any_case_order_and_with_the_misprint(tmp_path: Path) -> None:
    header = [each.upper().replace("PRESENT ALCOHOL PROBLEMS", "Present impairment") for each in lists.PROVIDERS_2025]
    values = [
        "Yes" if title == "Present impairment" else value
        for title, value in zip(header, lists.home(alcohol=""), strict=True)
    ]
    path = write_xlsx(tmp_path / "x.xlsx", {"Providers": [header[::-1], values[::-1]]})
    (home,) = read_list(path).homes
    assert home.needs is not None
    assert "alcohol problems" in home.needs


def test_what_is_wrong_is_told_by_sheet_line_and_column_all_at_once(tmp_path: Path) -> None:
    bad = [
        lists.home(urn="ARN00001"),
        lists.home(urn="SC900102", grade="Troublingly evil"),
        lists.home(urn="SC900103", closed_on="31/02/2025"),
        lists.home(urn="SC900104", places="Lots"),
        lists.home(urn="SC900105", status="Yep"),
        lists.home(urn="SC900106"),
        lists.home(urn="SC900106"),
    ]
    found = read_list(lists.combined(tmp_path, *bad))
    assert [(line.sheet, line.line, line.column) for line in found.refused] == [
        ("Providers", 2, "URN"),
        ("Providers", 3, "Overall effectiveness"),
        ("Providers", 4, "Deregistration date"),
        ("Providers", 5, "Number of registered places"),
        ("Providers", 6, "Registration status"),
        ("Providers", 8, "URN"),
    ]
    assert [home.urn for home in found.homes] == ["SC900106"]


def test_a_workbook_without_its_sheet_says_which(tmp_path: Path) -> None:
    only = write_xlsx(
        tmp_path / "x.xlsx", {"Registration Conditions": [lists.CONDITIONS, lists.home(lists.CONDITIONS)]}
    )
    with pytest.raises(BadFile, match="lacks the sheet with the homes"):
        read_list(only)
    sheets = {
        "Settings and Inspection Info": [lists.SETTINGS_AND_INSPECTION, lists.home(lists.SETTINGS_AND_INSPECTION)]
    }
    notes = " ".join(read_list(write_xlsx(tmp_path / "y.xlsx", sheets)).notes)
    assert "Address Details" in notes
    assert "Registration Conditions" in notes
    assert "SA Providers" in " ".join(
        read_list(write_xlsx(tmp_path / "z.xlsx", {"Providers": [lists.PROVIDERS_2025]})).notes
    )


def test_its_day_is_in_its_name_or_the_latest_in_it(tmp_path: Path) -> None:
    for name, day in (
        ("list 2025-10-31.xlsx", date(2025, 10, 31)),
        ("20251031 SCP.xlsx", date(2025, 10, 31)),
        ("CH list October 2025.xlsx", date(2025, 10, 31)),
        ("list.xlsx", date(2025, 3, 4)),
    ):
        found = read_list(lists.combined(tmp_path, lists.home(), name=name))
        assert (found.as_at, found.said) == (day, name != "list.xlsx")


def test_the_public_register_is_no_such_list(tmp_path: Path) -> None:
    assert not is_list(write_csv(tmp_path / "r.csv", [HEADER_2025, children_home(HEADER_2025, "SC900101")]))


@pytest.mark.parametrize("path", FAKES, ids=lambda path: path.stem)
def test_the_sector_s_own_fakes_are_recognised_whole_and_their_made_up_urns_are_told(path: Path) -> None:
    found = read_list(path)
    assert found.rows
    assert {line.column for line in found.refused} >= {"URN"}
    assert is_list(path)


@pytest.mark.parametrize("path", FAKES, ids=lambda path: path.stem)
def test_with_true_urns_each_fake_says_where_its_homes_are(path: Path, tmp_path: Path) -> None:
    book, number = load_workbook(path), 9000000
    changed: dict[str, str] = {}
    for sheet in book.worksheets:
        titles = [str(cell.value or "").casefold() for cell in sheet[1]]
        for cells in sheet.iter_rows(min_row=2):
            if cells[titles.index("urn")].value is None:
                continue
            urn = str(cells[titles.index("urn")].value)
            if urn not in changed:
                number += 1
                changed[urn] = str(number)
            cells[titles.index("urn")].value = changed[urn]
            for title, value in (("capacity", 3), ("registration status", "Active"), ("setting status", "Open")):
                if title in titles:
                    cells[titles.index(title)].value = value
            for at, title in enumerate(titles):
                if "effectiveness" in title or title == "date of last full inspection":
                    cells[at].value = None
    book.save(tmp_path / "true.xlsx")
    found = read_list(tmp_path / "true.xlsx")
    assert found.refused == ()
    assert len(found.homes) == found.rows
    assert all(home.address and home.name and home.owner for home in found.homes)


@pytest.mark.skipif(bool(FAKES), reason="the fakes are here and were read")
def test_the_fakes_are_missing() -> None:
    pytest.skip("no folder of shared data beside the project: the sector's fake lists were not read")
