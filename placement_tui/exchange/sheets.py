"""One way to read tables, whatever the file (.csv, .xlsx, .ods): sheets of rows of text, with a spreadsheet's lines."""

from __future__ import annotations

import csv
import io
import re
import stat
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from placement_tui.errors import BadFile
from placement_tui.exchange import workbooks

LARGEST = 200_000_000  # bytes
TEXT_ENDINGS = (".csv", ".txt", ".tsv", ".tab")
_ZIP = b"PK"
_FORMATS = (
    (b"%PDF", "a PDF document"),
    (b"\x89PNG", "a picture (PNG)"),
    (b"\xff\xd8\xff", "a picture (JPEG)"),
    (b"GIF8", "a picture (GIF)"),
    (b"\x1f\x8b", "a compressed file (gzip)"),
    (b"7z\xbc\xaf", "a compressed file (7z)"),
    (b"Rar!", "a compressed file (rar)"),
    (b"{\\rtf", "a text document (RTF)"),
    (b"SQLite format 3", "a database"),
    (b"MZ", "a program"),
    (b"\x7fELF", "a program"),
)
_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f]")
_SAVE_AS = "Open it in a spreadsheet program and save it as .xlsx, .ods or .csv."


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its line as a spreadsheet numbers it (from 1), and its cells' text, trimmed."""

    line: int
    cells: tuple[str, ...]

    def cell(self, index: int | None) -> str:
        """The text of a cell, "" beyond the row's end or where the column is not there (None)."""
        return self.cells[index] if index is not None and index < len(self.cells) else ""

    @property
    def filled(self) -> int:
        """How many cells hold something."""
        return sum(1 for cell in self.cells if cell)


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet, read when asked: `name` is "" for a text file; `shown` is False for a hidden sheet."""

    name: str
    shown: bool
    _load: Callable[[int | None], list[list[str]]] = field(repr=False, compare=False)

    def head(self, rows: int) -> tuple[Row, ...]:
        """The filled rows among the first `rows` lines."""
        return _filled(self._load(rows))

    def rows(self) -> tuple[Row, ...]:
        """Every filled row; empty ones are left out but counted in the lines. Raises BadFile."""
        return _filled(self._load(None))


@dataclass(frozen=True, slots=True)
class Book:
    """A file of tables: its name for messages and its sheets in order."""

    file: str
    sheets: tuple[Sheet, ...]


def open_book(path: Path | str) -> Book:
    """The tables of a .csv (UTF-8, UTF-16 or Windows-1252), .xlsx or .ods file; what it is is told by its content.

    Raises BadFile where there is no such file, it is a folder, empty, too large, of another kind, harmed, or no text.
    """
    file = str(path)
    data = read_bytes(path)
    ending = Path(path).suffix.casefold()
    if data.startswith(_ZIP):
        return _open_workbook(data, file)
    if data.startswith(_OLD_OFFICE):
        raise BadFile(f"{file} cannot be read", "It is an old workbook (.xls) or one with a password", _SAVE_AS)
    for start, what in _FORMATS:
        if data.startswith(start):
            raise BadFile(f"{file} is {what}, not a table", "", _SAVE_AS)
    if ending not in TEXT_ENDINGS and ending in (".xlsx", ".xlsm", ".ods", ".xls", ".xlsb"):
        raise BadFile(
            f"{file} is not a workbook",
            "It is named as one, but its content is something else or is cut off at the start",
            "Download or copy it again; if it is really text with commas, name it .csv.",
        )
    return book_of(data, file)


def book_of(data: bytes, file: str) -> Book:
    """The table of a text file's content. Raises BadFile."""
    table = _read_text(data, file)
    return Book(file, (Sheet("", True, lambda rows: table[:rows]),))


def read_bytes(path: Path | str, largest: int = LARGEST) -> bytes:
    """The whole content of an ordinary file that is neither empty nor larger than `largest` bytes. Raises BadFile."""
    file = str(path)
    check_file(path, largest)
    try:
        return Path(path).read_bytes()
    except OSError as error:
        raise _unreachable(file, error)


def check_file(path: Path | str, largest: int) -> int:
    """The size in bytes of an ordinary, filled file. Raises BadFile: missing, a folder, empty, too large."""
    file = str(path)
    try:
        found = Path(path).stat()
    except FileNotFoundError:
        raise BadFile(f"There is no file {file}", "", "Check the name and the folder.")
    except (OSError, ValueError) as error:
        raise _unreachable(file, error)
    if stat.S_ISDIR(found.st_mode):
        raise BadFile(f"{file} is a folder, not a file", "", "Name the file inside it.")
    if not stat.S_ISREG(found.st_mode):
        raise BadFile(f"{file} is not an ordinary file", "", "Name a .csv, .xlsx or .ods file.")
    if found.st_size == 0:
        raise BadFile(f"{file} is empty", "It has no bytes at all", "Download or copy it again.")
    if found.st_size > largest:
        size = f"It has {found.st_size / 1e6:,.0f} MB; at most {largest / 1e6:,.0f} MB are read"
        raise BadFile(f"{file} is too large", size, "Copy the rows that matter into a new file, and read that.")
    return found.st_size


def _unreachable(file: str, error: Exception) -> BadFile:
    why = (error.strerror if isinstance(error, OSError) else None) or str(error) or type(error).__name__
    return BadFile(
        f"{file} cannot be opened", why, "Check the name and the rights, and close the file in other programs."
    )


def _open_workbook(data: bytes, file: str) -> Book:
    book = workbooks.open_workbook(data, file)

    def loader(name: str) -> Callable[[int | None], list[list[str]]]:
        return lambda rows: workbooks.read_sheet(book, name, file, rows)

    sheets = tuple(Sheet(name, shown, loader(name)) for name, shown in workbooks.sheet_names(book))
    if not sheets:
        raise BadFile(f"{file} has no sheets", "The workbook holds no table", _SAVE_AS)
    return Book(file, sheets)


def _filled(table: list[list[str]]) -> tuple[Row, ...]:
    rows = (Row(line, tuple(cell.strip() for cell in cells)) for line, cells in enumerate(table, start=1))
    return tuple(row for row in rows if any(row.cells))


def _read_text(data: bytes, file: str) -> list[list[str]]:
    text = decode(data, file)
    if found := _CONTROL.search(text):
        line = text.count("\n", 0, found.start()) + 1
        raise BadFile(f"{file} is not a text file", f"Line {line} holds bytes that no text has", _SAVE_AS)
    if text.lstrip()[:9].casefold().startswith(("<!doctype", "<html", "<?xml")):
        raise BadFile(
            f"{file} is a web page, not a table", "It was perhaps saved from a browser", "Download the file itself."
        )
    if not text.strip():
        raise BadFile(f"{file} is empty", "It holds no text", "Download or copy it again.")
    records = list(_records(text, _delimiter(text), file))
    _refuse_cut_off(text, records, file)
    return records


def _refuse_cut_off(text: str, records: list[list[str]], file: str) -> None:
    """Refuse a file that stops within a line: what is missing there would be read as empty, and put in place of what is known."""
    if text.endswith(("\n", "\r")) or len(records) < 3:
        return
    got, usual = len(records[-1]), len(records[-2])
    if got < usual == len(records[-3]):
        raise BadFile(
            f"{file} stops in the middle of a line",
            f"Line {len(records)}, the last, has {got} of {usual} cells and no end",
            "Download or copy it again; if nothing is missing, open it in a spreadsheet program and save it anew.",
        )


def decode(data: bytes, file: str) -> str:
    """The text of a file as spreadsheets write it: UTF-8, UTF-16 with its mark, else Windows-1252. Raises BadFile."""
    try:
        if data.startswith((b"\xff\xfe", b"\xfe\xff")):
            return data.decode("utf-16").rstrip("\x1a")
        return data.decode("utf-8-sig").rstrip("\x1a")
    except UnicodeDecodeError as error:
        if data.startswith(b"\xef\xbb\xbf"):  # it says that it is UTF-8: as Windows text every accent would be wrong
            line = data.count(b"\n", 0, error.start) + 1
            raise BadFile(f"{file} is damaged", f"Line {line} holds bytes that are no UTF-8", _SAVE_AS)
    try:
        return data.decode("cp1252").rstrip("\x1a")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise BadFile(f"{file} is not a text file", f"Line {line} is neither UTF-8 nor Windows text", _SAVE_AS)


def _delimiter(text: str) -> str:
    # Commas, unless the first lines have none at all and agree on another sign.
    lines = [line for line in islice(io.StringIO(text), 20) if line.strip()]
    if any("," in line for line in lines[:5]) and not any("\t" in line for line in lines[:1]):
        return ","
    counts = {sign: sum(line.count(sign) for line in lines) for sign in ("\t", ";", "|")}
    best = max(counts, key=lambda sign: counts[sign])
    return best if counts[best] else ","


def _records(text: str, delimiter: str, file: str) -> Iterator[list[str]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    record = 0
    while True:
        record += 1
        try:
            yield next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise BadFile(
                f"{file} is not a well-formed table",
                f"Line {record} (line {reader.line_num} of the text) cannot be split into cells: {error}",
                "Look for a quotation mark that is opened there and not closed, or save the file anew.",
            )
