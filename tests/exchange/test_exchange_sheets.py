"""One reader for .csv, .xlsx and .ods: text and lines as a spreadsheet shows them, or a sentence about the file."""

from __future__ import annotations

import zipfile
from contextlib import suppress
from datetime import date, datetime, time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from placement_tui.errors import BadFile
from placement_tui.exchange import sheets, workbooks
from placement_tui.exchange.sheets import open_book
from tests.exchange.written_files import csv_bytes, raw_ods, raw_xlsx, write_csv, write_ods, write_xlsx

ROWS = [["Name", "Beds"], ["Ó Súilleabháin House", 3], ["Smith [/b]", 2]]


def cells(path: Path, sheet: int = 0) -> list[tuple[int, tuple[str, ...]]]:
    return [(row.line, row.cells) for row in open_book(path).sheets[sheet].rows()]


def read_all(path: Path) -> None:
    for sheet in open_book(path).sheets:
        sheet.rows()


def refusal(path: Path) -> BadFile:
    with pytest.raises(BadFile) as caught:
        read_all(path)
    error = caught.value
    assert str(path) in error.title
    assert error.mend.endswith(".")
    return error


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_a_csv_reads_the_same_in_each_encoding_that_spreadsheets_write(tmp_path: Path, encoding: str) -> None:
    path = write_csv(tmp_path / "a.csv", ROWS, encoding)
    assert cells(path) == [(1, ("Name", "Beds")), (2, ("Ó Súilleabháin House", "3")), (3, ("Smith [/b]", "2"))]


def test_the_same_table_reads_the_same_from_every_format(tmp_path: Path) -> None:
    table = cells(write_csv(tmp_path / "a.csv", ROWS))
    assert cells(write_xlsx(tmp_path / "a.xlsx", {"S": ROWS})) == table
    assert cells(write_ods(tmp_path / "a.ods", {"S": ROWS})) == table


def test_lines_are_those_that_a_spreadsheet_shows(tmp_path: Path) -> None:
    rows = [["a title\nof two lines"], [], ["", ""], ["x", "y\nz"], ["last"]]
    for path in (write_csv(tmp_path / "a.csv", rows), write_xlsx(tmp_path / "a.xlsx", {"S": rows})):
        assert [line for line, _ in cells(path)] == [1, 4, 5]


def test_dates_numbers_and_truth_of_a_workbook_become_plain_text(tmp_path: Path) -> None:
    row = [date(2025, 3, 31), datetime(2025, 3, 31, 9, 30), time(17, 15), 2590934.0, 0.5, True, "00123", None, 1e22]
    text = ("2025-03-31", "2025-03-31 09:30", "17:15", "2590934", "0.5", "TRUE", "00123", "", "1e+22")
    assert cells(write_xlsx(tmp_path / "a.xlsx", {"S": [row]})) == [(1, text)]
    assert cells(write_ods(tmp_path / "a.ods", {"S": [[date(2025, 3, 31), 7, "x"]]})) == [(1, ("2025-03-31", "7", "x"))]


def test_sheets_come_in_order_and_hidden_ones_are_told(tmp_path: Path) -> None:
    path = write_xlsx(tmp_path / "a.xlsx", {"One": ROWS, "Lists": ROWS, "Two": ROWS}, hidden=["Lists"])
    assert [(sheet.name, sheet.shown) for sheet in open_book(path).sheets] == [
        ("One", True),
        ("Lists", False),
        ("Two", True),
    ]


@pytest.mark.parametrize("delimiter", ["\t", ";", "|"])
def test_other_separators_are_told_by_the_first_lines(tmp_path: Path, delimiter: str) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(csv_bytes(ROWS, delimiter=delimiter))
    assert cells(path)[1] == (2, ("Ó Súilleabháin House", "3"))


def test_what_cannot_be_a_file_is_said_with_its_name(tmp_path: Path) -> None:
    assert "no file" in refusal(tmp_path / "none.csv").title
    assert "folder" in refusal(tmp_path).title
    empty = tmp_path / "empty.csv"
    empty.touch()
    assert "empty" in refusal(empty).title
    empty.write_bytes(b"\xef\xbb\xbf \r\n\r\n")
    assert "empty" in refusal(empty).title
    with pytest.raises(BadFile):
        open_book("a\0b.csv")
    with pytest.raises(BadFile):
        open_book("x" * 5000)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"%PDF-1.7 some text", "PDF"),
        (b"\x89PNG\r\n\x1a\n....", "picture"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1....", "old workbook"),
        (b"name,beds\r\nOak\x00House,3\r\n", "Line 2"),
        (b"name,beds\r\nOak \x81\xff\xfe House,3\r\n", "Line 2"),
        (b"<!DOCTYPE html><html><body>Sign in</body></html>", "web page"),
        (b'name,beds\r\n"Oak House,3\r\nElm,2\r\n', "quotation mark"),
        (b'name,beds\r\n"Oak" House,3\r\n', "Line 2"),
    ],
)
def test_a_csv_that_is_none_is_refused_with_what_it_is(tmp_path: Path, content: bytes, said: str) -> None:
    path = tmp_path / "homes.csv"
    path.write_bytes(content)
    assert said in str(refusal(path))


def test_a_csv_that_stops_within_a_line_is_cut_off(tmp_path: Path) -> None:
    """Read as it is, its last line would put nothing in place of what is known of that home."""
    whole = csv_bytes([["Name", "Beds", "Town"], ["Ash", 3, "Ely"], ["Elm", 2, "Rhyl"]])
    path = tmp_path / "cut.csv"
    path.write_bytes(whole.removesuffix(b",Rhyl\r\n"))
    assert refusal(path).detail == "Line 3, the last, has 2 of 3 cells and no end"
    for complete in (whole, whole.rstrip(), b"Name,Beds,Town\r\nAsh,3,Ely\r\nElm,2\r\n"):
        path.write_bytes(complete)
        assert len(cells(path)) == 3


def test_a_csv_that_says_it_is_utf8_is_never_read_as_windows_text(tmp_path: Path) -> None:
    path = tmp_path / "harmed.csv"
    path.write_bytes(csv_bytes(ROWS, "utf-8-sig") + b"Ros\xe9 House,2\r\n")
    assert refusal(path).detail == "Line 4 holds bytes that are no UTF-8"


def test_a_file_is_named_in_the_sentence_as_it_was_typed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("my homes.csv").touch()
    with pytest.raises(BadFile) as caught:
        open_book("my homes.csv")
    assert str(caught.value) == "my homes.csv is empty. It has no bytes at all. Download or copy it again."


def test_a_workbook_cut_short_is_damaged_wherever_it_was_cut(tmp_path: Path) -> None:
    for whole in (write_xlsx(tmp_path / "a.xlsx", {"S": ROWS}), write_ods(tmp_path / "a.ods", {"S": ROWS})):
        data = whole.read_bytes()
        cut = tmp_path / f"cut{whole.suffix}"
        for length in (1, 3, 30, len(data) // 2, len(data) - 1):
            cut.write_bytes(data[:length])
            assert "cop" in str(refusal(cut))


def test_a_flipped_byte_in_a_workbook_is_found_by_its_checksum(tmp_path: Path) -> None:
    path = write_xlsx(tmp_path / "a.xlsx", {"S": ROWS * 50})
    data = bytearray(path.read_bytes())
    with zipfile.ZipFile(path) as archive:
        member = archive.getinfo("xl/worksheets/sheet1.xml")
    data[member.header_offset + 80] ^= 0xFF
    path.write_bytes(data)
    assert "damaged" in refusal(path).title


def test_other_archives_and_a_mere_name_are_no_workbook(tmp_path: Path) -> None:
    document = tmp_path / "a.xlsx"
    with zipfile.ZipFile(document, "w") as archive:
        archive.writestr("word/document.xml", "<w/>")
    assert "Word document" in str(refusal(document))
    named = write_csv(tmp_path / "b.xlsx", ROWS)
    assert "not a workbook" in refusal(named).title


def test_a_workbook_under_the_name_of_a_csv_is_read_as_what_it_is(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(write_xlsx(tmp_path / "a.xlsx", {"S": ROWS}).read_bytes())
    assert cells(path)[2] == (3, ("Smith [/b]", "2"))


def test_a_file_over_the_limit_is_not_even_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheets, "LARGEST", 100)
    path = write_csv(tmp_path / "a.csv", ROWS * 20)
    with pytest.raises(BadFile, match="too large"):
        sheets.read_bytes(path, sheets.LARGEST)
    sparse = tmp_path / "huge.csv"
    with sparse.open("wb") as file:
        file.truncate(201_000_000)
    assert "201 MB" in str(refusal(sparse))


def test_a_bomb_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
        with archive.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as member:
            for _ in range(workbooks.UNPACKED_BYTES // 2**20 + 2):
                member.write(bytes(2**20))
    assert path.stat().st_size < 2_000_000
    assert "too large to read safely" in refusal(path).title


CELL = '<table:table-cell office:value-type="string"{}><text:p>{}</text:p></table:table-cell>'


@pytest.mark.parametrize(
    ("strings", "data"),
    [
        ("", '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>2</v></c></row>'),
        ("", "<row r='1048576'><c><v>2</v></c><c r='XFD1048576'><v>2</v></c></row>"),
        ("<si><t>" + "x" * 1_000_000 + "</t></si>", '<row r="1">' + '<c t="s"><v>0</v></c>' * 2000 + "</row>"),
    ],
)
def test_a_small_workbook_that_would_fill_the_memory_is_refused(tmp_path: Path, strings: str, data: str) -> None:
    assert "too large to read safely" in refusal(raw_xlsx(tmp_path / "a.xlsx", data, strings)).title


@pytest.mark.parametrize(
    "body",
    [
        '<table:table-row table:number-rows-repeated="1048576">'
        + CELL.format(' table:number-columns-repeated="16384"', "x")
        + "</table:table-row>",
        "<table:table-row>" + CELL.format("", "x") + "</table:table-row>"
        '<table:table-row table:number-rows-repeated="1000000"><table:table-cell/></table:table-row>'
        '<table:table-row><table:table-cell table:number-columns-repeated="16000"/>'
        + CELL.format("", "x")
        + "</table:table-row>",
        '<table:table-row table:number-rows-repeated="1000">'
        + CELL.format(' table:number-columns-repeated="100"', "x" * 10_000)
        + "</table:table-row>",
        "<table:table-row>" + CELL.format("", '<text:s text:c="4000000000"/>') + "</table:table-row>",
        '<table:table-row><table:table-cell x=">" table:number-columns-repeated="99999999" '
        'office:value-type="float" office:value="1"/></table:table-row>',
    ],
)
def test_a_small_ods_that_would_fill_the_memory_is_refused(tmp_path: Path, body: str) -> None:
    path = raw_ods(tmp_path / "a.ods", f'<table:table table:name="T">{body}</table:table>')
    assert "too large to read safely" in refusal(path).title or "checked" in str(refusal(path))


@pytest.mark.parametrize(
    "body",
    [
        '<table:table table:name="T"><table:table-row>',  # the reader would wait for its end for ever
        '<table:table table:name="T"><table:table-row></table:table>',
        '<table:table table:name="T">&undefined;</table:table>',
    ],
)
def test_a_table_without_an_end_is_damaged(tmp_path: Path, body: str) -> None:
    assert "damaged" in refusal(raw_ods(tmp_path / "a.ods", body)).title


@pytest.mark.parametrize(
    "start",
    [
        b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "bbbb">]>',
        b'<?xml version="1.0" encoding="UTF-16"?>',
        b"\xff\xfe<\0",
    ],
)
def test_xml_that_no_spreadsheet_program_writes_is_refused(tmp_path: Path, start: bytes) -> None:
    path = tmp_path / "a.ods"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("content.xml", start + b"<a/>")
    assert "no spreadsheet program" in str(refusal(path))


def test_empty_cells_repeated_to_the_end_of_the_sheet_are_no_bomb(tmp_path: Path) -> None:
    body = (
        '<table:table table:name="T"><table:table-row>'
        + CELL.format("", "x")
        + '<table:table-cell table:number-columns-repeated="16383"/></table:table-row>'
        '<table:table-row table:number-rows-repeated="1048575"><table:table-cell table:number-columns-repeated="16384"/>'
        "</table:table-row></table:table>"
    )
    assert cells(raw_ods(tmp_path / "a.ods", body)) == [(1, ("x",))]
    styled = (
        '<row r="1"><c r="A1" t="inlineStr"><is><t>x</t></is></c></row><row r="1048576"><c r="XFD1048576" s="1"/></row>'
    )
    assert cells(raw_xlsx(tmp_path / "a.xlsx", styled)) == [(1, ("x",))]


FUZZ = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@FUZZ
@given(data=st.binary(max_size=400), ending=st.sampled_from([".csv", ".xlsx", ".ods", ".txt", ""]))
def test_any_bytes_are_a_table_or_a_bad_file(tmp_path: Path, data: bytes, ending: str) -> None:
    path = tmp_path / f"any{ending}"
    path.write_bytes(data)
    with suppress(BadFile):
        read_all(path)


@FUZZ
@given(place=st.floats(0, 1), flips=st.binary(min_size=1, max_size=6), ending=st.sampled_from([".xlsx", ".ods"]))
def test_a_harmed_workbook_is_a_table_or_a_bad_file(tmp_path: Path, place: float, flips: bytes, ending: str) -> None:
    source = tmp_path / f"whole{ending}"
    if not source.exists():
        (write_xlsx if ending == ".xlsx" else write_ods)(source, {"S": ROWS})
    data = bytearray(source.read_bytes())
    start = int(place * (len(data) - len(flips)))
    data[start : start + len(flips)] = flips
    path = tmp_path / f"harmed{ending}"
    path.write_bytes(data)
    with suppress(BadFile):
        read_all(path)


@FUZZ
@given(body=st.text(alphabet="<>/='\" :0123456789abcrstvxTableowcellnumberA1" + "\n", max_size=300))
def test_any_xml_in_a_workbook_is_a_table_or_a_bad_file(tmp_path: Path, body: str) -> None:
    for path in (
        raw_xlsx(tmp_path / "x.xlsx", body),
        raw_ods(tmp_path / "x.ods", f"<table:table>{body}</table:table>"),
    ):
        with suppress(BadFile):
            read_all(path)
