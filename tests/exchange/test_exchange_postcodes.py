"""Postcodes looked up offline, the statutory distance between them, and newer files of the user's own."""

from __future__ import annotations

import zipfile
from datetime import date
from math import sqrt
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from placement_tui.domain.distance import statutory_miles
from placement_tui.errors import BadFile, Invalid
from placement_tui.exchange import postcode_letters, postcodes
from placement_tui.exchange.grid import to_degrees, to_degrees_many
from placement_tui.exchange.postcode_files import read_code_point, read_onspd, read_postcodes, write_postcodes
from placement_tui.exchange.postcode_letters import Letter, PostcodeRow, decode_letter, encode_letter, padded, spaced
from placement_tui.exchange.postcodes import Postcodes
from tests.exchange.written_files import REAL

ONSPD_2025 = (
    "pcd7,pcd8,pcds,dointr,doterm,cty25cd,ced25cd,lad25cd,wd25cd,east1m,north1m,gridind,ctry25cd,pcon24cd,lat,long"
)
ONSPD_2023 = "pcd,pcd2,pcds,dointr,doterm,oscty,ced,oslaua,osward,oseast1m,osnrth1m,osgrdind,ctry,pcon,lat,long"
LIVE = "ZE9 9AA,ZE9  9AA,ZE9 9AA,198001,,E10000001,,E07000123,E05000001,400001,300002,1,E92000001,E14000001,52,-2"
GONE = "ZE9 9AB,ZE9  9AB,ZE9 9AB,198001,201906,E10000001,,E07000123,E05000001,400101,300102,1,E92000001,E14000001,52,-2"
NOWHERE = "ZE9 9AD,ZE9  9AD,ZE9 9AD,198001,,,,,,,,9,,,99.999999,0"
CODE_POINT = '"ZE9 9AA",10,400001,300002,"E92000001","E19000001","E18000002","","E07000123","E05000001"'
CODE_POINT_NOWHERE = '"ZE99AB",90,0,0,"E92000001","E19000001","E18000002","","E07000123","E05000001"'


@pytest.fixture(scope="module")
def directory() -> Postcodes:
    return Postcodes({"E07000123": "E10000017"})


@pytest.mark.parametrize(
    ("home", "placement", "miles"),
    [("CH41 5AL", "PR1 2AA", 28.4), ("L20 3AA", "WS1 1AA", 72.7), ("CH41 5AL", "CH41 5AL", 0.0)],
)
def test_the_statutory_distance(directory: Postcodes, home: str, placement: str, miles: float) -> None:
    one, other = directory.look_up(home), directory.look_up(placement)
    east, north = (one.easting or 0) - (other.easting or 0), (one.northing or 0) - (other.northing or 0)
    # PL_DISTANCE of the SSDA903 guidance: square root of dE^2 + dN^2 in metres, / 1000 / 1.6093, to one decimal.
    assert round(sqrt(east**2 + north**2) / 1000 / 1.6093, 1) == miles
    assert statutory_miles(one.position, other.position) == miles


def test_a_place_knows_its_district_and_its_authority(directory: Postcodes) -> None:
    wirral, preston = directory.look_up("CH41 5AL"), directory.look_up("pr12aa")
    assert (wirral.district, wirral.authority) == ("E08000015", "E08000015")
    assert (preston.district, preston.authority) == ("E07000123", "E10000017")
    without_reference = Postcodes().look_up("PR1 2AA")
    assert (without_reference.district, without_reference.authority) == ("E07000123", None)
    assert preston.position.location == "postcode"
    assert preston.position.authority == "E10000017"


@pytest.mark.parametrize("text", ["CH41 5AL", "ch415al", " Ch41  5aL ", "ＣＨ４１ ５ＡＬ"])
def test_a_postcode_is_found_however_it_is_typed(directory: Postcodes, text: str) -> None:
    found = directory.find(text)
    assert found is not None
    assert found.postcode == "CH41 5AL"


@pytest.mark.parametrize(
    "text", ["L1 8JQ", "M1 1AE", "W1A 1AA", "SW1A 1AA", "EC1A 1BB", "B33 8TH", "DN55 1PT", "CR2 6XH"]
)
def test_every_shape_of_postcode_is_found(directory: Postcodes, text: str) -> None:
    found = directory.find(text)
    assert found is not None
    assert found.postcode == text
    assert found.on_grid


def test_a_postcode_that_does_not_exist_gets_a_sentence(directory: Postcodes) -> None:
    assert directory.find("CH41 9ZZ") is None
    with pytest.raises(Invalid, match="no postcode CH41 9ZZ") as caught:
        directory.look_up("ch419zz")
    assert caught.value.field == "postcode"
    assert "import postcodes" in caught.value.mend
    for wrong in ("", "CH41", "Q1 1AA", "not one", "CH4I 5AL", "x" * 10_000):
        assert directory.find(wrong) is None
        with pytest.raises(Invalid):
            directory.look_up(wrong)


def test_places_without_a_national_grid_reference_say_so(directory: Postcodes) -> None:
    guernsey, belfast = directory.look_up("GY1 1AA"), directory.look_up("BT1 5GS")
    assert not guernsey.on_grid
    assert guernsey.position.location is None
    assert "without a grid reference" in guernsey.caution
    assert guernsey.latitude is None
    assert not belfast.on_grid
    assert belfast.position.location == "given"
    assert belfast.latitude == pytest.approx(54.597, abs=0.01)
    assert belfast.longitude == pytest.approx(-5.930, abs=0.01)
    assert "Northern Ireland" in belfast.caution
    assert directory.look_up("CH41 5AL").caution == ""


def test_the_package_cannot_say_that_a_postcode_is_withdrawn(directory: Postcodes) -> None:
    found = directory.look_up("CH41 5AL")
    assert (found.ended, found.ended_known) == (None, False)


def test_many_are_looked_up_reading_each_letter_once(monkeypatch: pytest.MonkeyPatch) -> None:
    reads: list[str] = []
    plain = postcodes._load
    monkeypatch.setattr(postcodes, "_load", lambda file: reads.append(file.name) or plain(file))
    found = Postcodes().find_many(["CH41 5AL", "L20 3AA", "WS1 1AA", "CH45 4PL", "L1 8JQ", "nonsense"])
    assert [text for text, place in found.items() if place is None] == ["nonsense"]
    assert len(reads) == len(set(reads)) == 3


def test_letters_are_forgotten_so_that_memory_stays_small(directory: Postcodes) -> None:
    for text in ("CH41 5AL", "L20 3AA", "WS1 1AA", "M1 1AE", "B33 8TH"):
        directory.find(text)
    held = [len(letter.keys) for letter in directory._letters.values()]
    assert len(held) == 2
    assert sum(held) < 8_000_000


def test_grid_references_become_degrees() -> None:
    # Ordnance Survey's own worked example for the Caister water tower, in WGS84.
    assert to_degrees(651409.903, 313177.270) == pytest.approx((52.658008, 1.716074), abs=0.0001)
    latitudes, longitudes = to_degrees_many([651409.903, 332525], [313177.270, 388700])
    assert (latitudes[1], longitudes[1]) == to_degrees(332525, 388700)


def test_the_users_own_file_tells_what_is_withdrawn_and_goes_before_the_package(tmp_path: Path) -> None:
    (tmp_path / "onspd.csv").write_text("\n".join([ONSPD_2025, LIVE, GONE, NOWHERE]) + "\n", "utf-8")
    folder = tmp_path / "kept"
    assert write_postcodes(read_postcodes(tmp_path / "onspd.csv"), folder) == 3
    own = Postcodes(folder=folder)
    live, gone, nowhere = own.look_up("ZE9 9AA"), own.look_up("ZE9 9AB"), own.look_up("ZE9 9AD")
    assert (live.easting, live.northing, live.district, live.ended, live.ended_known) == (
        400001,
        300002,
        "E07000123",
        None,
        True,
    )
    assert gone.ended == date(2019, 6, 1)
    assert "withdrawn in June 2019" in gone.caution
    assert gone.on_grid
    assert not nowhere.on_grid
    assert own.look_up("CH41 5AL").postcode == "CH41 5AL"
    assert own.edition().startswith("your own file")
    assert Postcodes(folder=tmp_path / "nothing brought in").edition().startswith("issue")


@pytest.mark.parametrize("header", [ONSPD_2025, ONSPD_2023])
def test_the_onspd_is_read_in_its_layouts(tmp_path: Path, header: str) -> None:
    path = tmp_path / "ONSPD_UK.csv"
    path.write_text("\n".join([header, LIVE, GONE, NOWHERE]) + "\n", "utf-8-sig")
    rows = list(read_onspd(path))
    assert rows[0] == PostcodeRow("ZE9 9AA", 400001, 300002, "E07000123", "")
    assert rows[1].ended == "201906"
    assert (rows[2].easting, rows[2].district) == (None, None)
    assert list(read_postcodes(path)) == rows


def test_code_point_open_is_read_from_csv_and_zip(tmp_path: Path) -> None:
    path = tmp_path / "ze.csv"
    path.write_text(f"{CODE_POINT}\n{CODE_POINT_NOWHERE}\n", "utf-8")
    rows = list(read_code_point(path))
    assert rows == [
        PostcodeRow("ZE9 9AA", 400001, 300002, "E07000123", ""),
        PostcodeRow("ZE9 9AB", None, None, "E07000123", ""),
    ]
    packed = tmp_path / "codepo_gb.zip"
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("Doc/Code-Point_Open_Column_Headers.csv", "PC,PQ")
        archive.write(path, "Data/CSV/ze.csv")
        archive.write(path, "Data/CSV/ab.csv")
    assert list(read_postcodes(packed)) == rows * 2


def test_the_onspd_zip_is_read_at_its_uk_table(tmp_path: Path) -> None:
    packed = tmp_path / "onspd.zip"
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("Documents/LAD names.csv", "a,b")
        archive.writestr("Data/multi_csv/ONSPD_NOV_2025_UK_ZE.csv", f"{ONSPD_2025}\n{LIVE}\n")
        archive.writestr("Data/ONSPD_NOV_2025_UK.csv", f"{ONSPD_2025}\n{LIVE}\n{GONE}\n")
    assert [row.key for row in read_postcodes(packed)] == ["ZE9 9AA", "ZE9 9AB"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Name,Beds\nOak,3\n", "not a postcode file"),
        (f"{ONSPD_2025}\n{LIVE}\n{LIVE.replace('400001', 'east')}\n", "Line 3"),
        (f"{ONSPD_2025}\n{LIVE.replace(',,E10', ',someday,E10', 1)}\n", "Line 2"),
        (f"{ONSPD_2025}\n{LIVE}\nZE9 9AB,ZE9\n", "Line 3"),
        (f"{CODE_POINT}\n{CODE_POINT.replace('E07000123', 'Preston')}\n", "Line 2"),
        (f"{CODE_POINT}\n{CODE_POINT.replace('ZE9 9AA', 'ZE9')}\n", "Line 2"),
        (f'{CODE_POINT}\n"ZE9 9AA', "Line 2"),
    ],
)
def test_a_wrong_postcode_file_leaves_the_kept_one_as_it_was(tmp_path: Path, text: str, said: str) -> None:
    folder = tmp_path / "kept"
    write_postcodes([PostcodeRow("ZE9 9AA", 1, 2, None, "")], folder)
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    path = tmp_path / "a.csv"
    path.write_text(text, "utf-8")
    with pytest.raises(BadFile) as caught:
        write_postcodes(read_postcodes(path), folder)
    assert said in str(caught.value)
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


@settings(max_examples=100, deadline=None)
@given(
    data=st.binary(max_size=300),
    start=st.sampled_from([b"", b"PK\x03\x04", f"{ONSPD_2025}\n".encode(), f"{CODE_POINT}\n".encode()]),
)
def test_any_bytes_are_postcodes_or_a_bad_file(
    tmp_path_factory: pytest.TempPathFactory, data: bytes, start: bytes
) -> None:
    path = tmp_path_factory.mktemp("any") / "a.csv"
    path.write_bytes(start + data)
    try:
        list(read_postcodes(path))
    except BadFile:
        return


@settings(max_examples=100, deadline=None)
@given(data=st.binary(max_size=200))
def test_a_damaged_directory_is_a_bad_file(data: bytes) -> None:
    import brotli

    for content in (data, brotli.compress(data)):
        try:
            decode_letter(content)
        except BadFile:
            continue


KEY = st.from_regex(r"[A-Z]{1,2}[0-9][0-9A-Z]?[0-9][A-Z]{2}", fullmatch=True).map(padded)
ROW = st.builds(
    PostcodeRow,
    KEY,
    st.none() | st.integers(0, 700_000),
    st.none() | st.integers(0, 1_300_000),
    st.none() | st.sampled_from(["E07000123", "E08000015", "W06000015"]),
    st.sampled_from(["", "201906", "199912"]),
)


@settings(max_examples=60, deadline=None)
@given(rows=st.lists(ROW, max_size=40))
def test_what_is_kept_is_found_again_and_the_last_of_two_counts(rows: list[PostcodeRow]) -> None:
    letter = Letter()
    for row in rows:
        letter.add(row)
    kept = decode_letter(encode_letter(letter))
    wanted = {row.key: row for row in rows}
    assert {key: kept.find(key) for key in wanted} == wanted
    assert len(kept) == len(wanted)
    assert kept.find("ZZ9 9ZZ") == wanted.get("ZZ9 9ZZ")


def test_a_file_out_of_order_is_put_into_order() -> None:
    import brotli
    import msgpack

    columns = {
        "pcd": ["ZE9 9AB", "ZE9 9AA"],
        "laua": [float("nan"), "E07000123"],
        "oseast1m": [1.0, 2.0],
        "osnrth1m": [3, 4],
    }
    letter = decode_letter(brotli.compress(msgpack.packb({"columns": list(columns), "data": columns})))
    assert letter.find("ZE9 9AA") == PostcodeRow("ZE9 9AA", 2, 4, "E07000123", None)
    assert letter.find("ZE9 9AB") == PostcodeRow("ZE9 9AB", 1, 3, None, None)
    assert [spaced(padded(text)) for text in ("L18JQ", "CH415AL")] == ["L1 8JQ", "CH41 5AL"]
    assert postcode_letters.WIDTH == 7


@pytest.mark.skipif(not REAL.is_dir(), reason="the real postcode file is not beside this checkout")
def test_the_real_code_point_file_agrees_with_the_package(directory: Postcodes) -> None:
    path = REAL / "code_point_open/ch.csv"
    rows = list(read_code_point(path))
    assert len(rows) == len(path.read_text("utf-8").splitlines())
    places = [directory.find(spaced(row.key)) for row in rows]
    near = sum(
        place is not None and row.easting is not None and abs((place.easting or 0) - row.easting) < 100
        for row, place in zip(rows, places, strict=True)
    )
    assert near > 0.98 * len(rows)
