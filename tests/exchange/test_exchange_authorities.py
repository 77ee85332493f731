"""Authorities, districts and constituencies from their reference files, and names that are spelt in several ways."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from placement_tui.errors import BadFile
from placement_tui.exchange.authorities import (
    Atlas,
    Authority,
    AuthorityNames,
    Constituency,
    District,
    plain_name,
    read_reference,
)
from tests.exchange.written_files import REAL, write_csv, write_xlsx

LAS = [
    "la_gss",
    "gss_other",
    "la3",
    "la_name",
    "type",
    "region_code",
    "region",
    "lat",
    "lon",
    "n_live_postcodes",
    "neighbours",
    "stat_neighbours",
]
WIRRAL = [
    "E08000015",
    "",
    "344",
    "Wirral",
    "MD",
    "E12000002",
    "North West",
    "53.38",
    "-3.08",
    "9000",
    "896|341",
    "342|340",
]
BARNSLEY = ["E08000038", "E08000016", "370", "Barnsley", "MD", "E1", "Yorkshire", "53.5", "-1.5", "8000", "", ""]
LANCASHIRE = ["E10000017", "", "888", "Lancashire", "CC", "E12000002", "North West", "53.9", "-2.6", "30000", "", ""]
LADS = ["lad25cd", "la_gss", "lad_name", "la3"]
PRESTON = ["E07000123", "E10000017", "Preston", "888"]
SEATS = [
    "pcon24",
    "name",
    "easting",
    "northing",
    "lat",
    "lon",
    "la_names",
    "new_la_codes",
    "old_la_codes_2024",
    "region_name",
]
BIRKENHEAD = [
    "E14001100",
    "Birkenhead",
    "331000",
    "388500",
    "53.39",
    "-3.04",
    "Wirral",
    "E08000015",
    "344",
    "North West",
]
SHARED = [
    "E14001101",
    "Two Towns",
    "350000",
    "400000",
    "53.5",
    "-2.75",
    "Wigan / St. Helens",
    "E08000010 / E08000013",
    "",
    "",
]


def authority(name: str, gss: str, dfe: str = "999", other: str | None = None) -> Authority:
    return Authority(gss, other, dfe, name, "UA", "", 53.0, -2.0, (), ())


def test_each_file_is_told_by_its_columns(tmp_path: Path) -> None:
    las = read_reference(write_csv(tmp_path / "1.csv", [LAS, WIRRAL, BARNSLEY]))
    lads = read_reference(write_xlsx(tmp_path / "2.xlsx", {"lookup": [LADS, PRESTON]}))
    seats = read_reference(write_csv(tmp_path / "3.csv", [SEATS, BIRKENHEAD, SHARED]))
    assert (las.kind, lads.kind, seats.kind) == ("authorities", "districts", "constituencies")
    assert las.records[0] == Authority(
        "E08000015", None, "344", "Wirral", "MD", "North West", 53.38, -3.08, ("896", "341"), ("342", "340")
    )
    assert lads.records == (District("E07000123", "Preston", "E10000017", "888"),)
    assert seats.records[0] == Constituency(
        "E14001100", "Birkenhead", 331000, 388500, 53.39, -3.04, ("Wirral",), ("E08000015",)
    )
    assert isinstance(seats.records[1], Constituency)
    assert seats.records[1].authority_codes == ("E08000010", "E08000013")


def test_another_table_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadFile, match="not a reference file"):
        read_reference(write_csv(tmp_path / "a.csv", [["Name", "Beds"], ["Oak", "3"]]))


def test_what_is_wrong_in_a_file_is_said_by_line(tmp_path: Path) -> None:
    rows = [
        WIRRAL,
        WIRRAL,
        ["E0", *WIRRAL[1:]],
        ["E08000001", "", "1", *WIRRAL[3:]],
        [*WIRRAL[:7], "north", *WIRRAL[8:]],
    ]
    found = read_reference(write_csv(tmp_path / "a.csv", [LAS, *rows]))
    assert len(found.records) == 1
    assert [(each.line, each.column) for each in found.refused] == [
        (3, "la_gss"),
        (4, "la_gss"),
        (5, "la3"),
        (6, "lat"),
    ]


@pytest.mark.parametrize(
    ("ofsted", "ons"),
    [
        ("St Helens", "St. Helens"),
        ("Bristol", "Bristol, City of"),
        ("Durham", "County Durham"),
        ("Herefordshire", "Herefordshire, County of"),
        ("Kingston upon Hull", "Kingston upon Hull, City of"),
        ("Hull", "Kingston upon Hull, City of"),
        ("Southend on Sea", "Southend-on-Sea"),
        ("Bournemouth, Christchurch & Poole", "Bournemouth, Christchurch and Poole"),
        ("Poole", "Bournemouth, Christchurch and Poole"),
        ("Wirral Metropolitan Borough Council", "Wirral"),
        ("London Borough of Camden", "Camden"),
        ("The Royal Borough of Kensington & Chelsea", "Kensington and Chelsea"),
        ("City of York Council", "York"),
        ("Bristol City Council", "Bristol, City of"),
        ("City of London", "City of London"),
    ],
)
def test_names_meet_however_they_are_spelt(ofsted: str, ons: str) -> None:
    assert AuthorityNames([authority(ons, "E06000001")]).find(ofsted) == "E06000001"


def test_names_that_are_others_do_not_meet() -> None:
    names = AuthorityNames([authority("City of London", "E09000001"), authority("Derby", "E06000015")])
    assert names.find("London") is None
    assert names.find("Derbyshire") is None
    assert names.find("Cardiff") is None
    assert names.find("") is None


def test_old_codes_dfe_numbers_and_districts_lead_to_the_authority_of_today() -> None:
    names = AuthorityNames(
        [authority("Barnsley", "E08000038", "370", "E08000016"), authority("Lancashire", "E10000017", "888")],
        [District("E07000123", "Preston", "E10000017", "888")],
    )
    assert names.find("E08000016") == names.find("370") == names.find("Barnsley") == "E08000038"
    assert names.find("Preston") == names.find("E07000123") == "E10000017"
    assert names.upper_tiers() == {
        "E08000038": "E08000038",
        "E08000016": "E08000038",
        "E10000017": "E10000017",
        "E07000123": "E10000017",
    }


def test_a_home_known_by_its_constituency_is_put_at_the_centroid_and_marked() -> None:
    seat = Constituency("E14001100", "Birkenhead", 331000, 388500, 53.39, -3.04, ("Wirral",), ("E08000015",))
    atlas = Atlas([authority("Wirral", "E08000015")], [seat])
    exact = atlas.approximate("BIRKENHEAD", "Wirral")
    assert (exact.easting, exact.northing, exact.location, exact.authority) == (
        331000,
        388500,
        "approximate",
        "E08000015",
    )
    assert not exact.on_grid
    older = atlas.approximate("Wirral South", "Wirral")
    assert (older.easting, older.latitude, older.location, older.authority) == (None, 53.0, "approximate", "E08000015")
    assert Atlas([], [seat]).approximate("Birkenhead", "Wirral").authority == "E08000015"
    nowhere = Atlas().approximate("Birkenhead", "Wirral")
    assert (nowhere.location, nowhere.latitude, nowhere.authority) == (None, None, None)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(cells=st.lists(st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=15), max_size=12))
def test_any_text_is_read_or_refused(tmp_path: Path, cells: list[str]) -> None:
    for header in (LAS, LADS, SEATS):
        try:
            found = read_reference(write_csv(tmp_path / "a.csv", [header, cells]))
        except BadFile:
            continue
        assert len(found.records) + len(found.refused) <= 1


@given(st.text(max_size=40))
def test_a_plain_name_is_plain(name: str) -> None:
    assert plain_name(plain_name(name)) == plain_name(plain_name(plain_name(name)))


@pytest.mark.skipif(not REAL.is_dir(), reason="the real reference files are not beside this checkout")
def test_the_real_files_are_read_whole() -> None:
    las, lads, seats = (
        read_reference(REAL / "la" / name)
        for name in ("england_las.csv", "lad_to_la_2025.csv", "pcon24_centroids_uk.csv")
    )
    assert [(each.kind, len(each.records), each.refused) for each in (las, lads, seats)] == [
        ("authorities", 153, ()),
        ("districts", 296, ()),
        ("constituencies", 650, ()),
    ]
    authorities = [each for each in las.records if isinstance(each, Authority)]
    districts = [each for each in lads.records if isinstance(each, District)]
    names = AuthorityNames(authorities, districts)
    assert all(names.find(each.name) == each.gss for each in authorities)
    assert names.upper_tiers()["E07000123"] == names.find("Lancashire")
