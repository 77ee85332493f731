"""The real registers, where they lie beside the project: every row is read or refused, in every year's layout."""

from __future__ import annotations

import csv
import time
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from placement_tui.exchange.authorities import Atlas, Authority, Constituency, read_reference
from placement_tui.exchange.ofsted import read_register
from tests.exchange.written_files import REAL

FOLDER = REAL / "ofsted"
YEARS = (2015, 2019, 2023, 2025)
pytestmark = pytest.mark.skipif(not FOLDER.is_dir(), reason="the real registers are not beside this checkout")


def plainly_counted(path: Path) -> tuple[list[str], Counter[str]]:
    """URNs in order and provision types, counted without any code of the program."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        try:
            rows = list(csv.reader(file))
        except UnicodeDecodeError:
            rows = list(csv.reader(path.read_text("cp1252").splitlines(keepends=True)))
    header = next(index for index, row in enumerate(rows) if "URN" in row)
    urn, kind = rows[header].index("URN"), rows[header].index("Provision type")
    body = [row for row in rows[header + 1 :] if any(cell.strip() for cell in row)]
    return [row[urn] for row in body], Counter(row[kind].casefold() for row in body)


@pytest.mark.parametrize("year", YEARS)
def test_every_row_of_a_year_is_read_and_none_refused(year: int) -> None:
    path = FOLDER / f"provider_at_march_{year}.csv"
    urns, types = plainly_counted(path)
    start = time.perf_counter()
    register = read_register(path)
    print(f"{year}: {register.rows:,} rows in {time.perf_counter() - start:.2f} s")
    assert register.refused == ()
    assert [home.urn for home in register.homes] == urns
    assert register.rows == len(urns)
    assert Counter(home.provision_type.casefold() for home in register.homes) == types
    assert register.as_at == date(year, 3, 31)
    assert not [note for note in register.notes if "provision type" in note]
    assert all(home.name is None and home.postcode is None for home in register.homes if home.kind in ("res", "secure"))
    assert all(home.grade_overall for home in register.homes if home.inspected_on and year < 2025)


def test_the_official_workbook_of_2025_says_what_the_csv_says() -> None:
    start = time.perf_counter()
    workbook = read_register(FOLDER / "provider_at_march_2025.ods")
    print(f"2025 workbook: {workbook.rows:,} rows in {time.perf_counter() - start:.2f} s")
    table = read_register(FOLDER / "provider_at_march_2025.csv")
    assert workbook.refused == ()
    assert {home.urn: home for home in workbook.homes} == {home.urn: home for home in table.homes}
    assert workbook.as_at == date(2025, 3, 31)
    supported = {home.urn for home in table.homes if home.kind == "sa"}
    assert len(workbook.premises) > 8000
    assert {each.urn for each in workbook.premises} <= supported


def test_the_grades_of_2025_are_those_that_were_published() -> None:
    homes = read_register(FOLDER / "provider_at_march_2025.csv").homes
    graded = Counter(home.grade_overall for home in homes)
    # Table 8a of the same publication, and the outcomes of supported accommodation.
    assert [graded[grade] for grade in ("outstanding", "good", "requires_improvement", "inadequate")] == [
        658,
        3059,
        522,
        54,
    ]
    assert sum(graded[grade] for grade in ("consistently_strong", "inconsistent", "serious_weaknesses")) == 50


def test_every_home_of_2025_has_at_least_an_approximate_place() -> None:
    places = REAL / "la"
    authorities = read_reference(places / "england_las.csv").records
    seats = read_reference(places / "pcon24_centroids_uk.csv").records
    atlas = Atlas(
        [each for each in authorities if isinstance(each, Authority)],
        [each for each in seats if isinstance(each, Constituency)],
    )
    for home in read_register(FOLDER / "provider_at_march_2025.csv").homes:
        position = atlas.approximate(home.constituency, home.authority_name)
        assert position.location == "approximate"
        assert not position.on_grid
        assert position.authority is not None
