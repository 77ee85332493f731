"""Workbooks (.xlsx, .ods): looked over for harm, then read by calamine.

calamine lays a sheet out as one full rectangle, so that two cells in far corners, or one repeated cell, would take
more memory than any machine has, and a failed allocation there ends the whole program. So the size of every rectangle,
and of the text in it, is counted from the XML before calamine sees it.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from datetime import date, datetime, time
from lzma import LZMAError
from typing import TYPE_CHECKING
from xml.parsers import expat

from placement_tui.errors import BadFile

if TYPE_CHECKING:
    from python_calamine import CalamineWorkbook

UNPACKED_BYTES = 400_000_000  # the largest official workbook unpacks to 76 MB
CELLS = 6_000_000  # in the rectangles of all sheets together; the largest official workbook has 0.8 million
_PIECE = 1 << 18  # bytes
TEXT = 500_000_000  # characters, where cells share or repeat a text

_ZIP_FAULTS = (
    zipfile.BadZipFile,
    zlib.error,
    LZMAError,
    EOFError,
    OSError,
    KeyError,
    ValueError,
    RuntimeError,  # encrypted members, and compressions that this machine lacks
    OverflowError,  # forged sizes
)
_XLSX_TAG = re.compile(rb"<(?:[\w.-]+:)?(row|c)\b([^>]*)>")
_XLSX_PLACE = re.compile(rb"\br\s*=\s*[\"']\s*([A-Za-z]*)(\d*)\s*[\"']")
_LAST_COLUMN, _LAST_ROW = 16_384, 1_048_576  # of a sheet; calamine takes a place beyond them at its word
_XLSX_STRING = re.compile(rb"<(?:[\w.-]+:)?si\b.*?</(?:[\w.-]+:)?si\s*>", re.DOTALL)
_XLSX_VALUE = re.compile(rb"<(?:[\w.-]+:)?v\b[^>]*>\s*(\d{1,9})\s*<")
_ODS_TAG = re.compile(
    rb"<(/table:table-row|table:(?:covered-)?table-cell|table:table-row|table:table)(?=[\s/>])([^>]*)>"
)
_ODS_SPACES = re.compile(rb"text:c\s*=\s*[\"']\s*(\d{1,18})")
_ODS_REPEAT = re.compile(rb"table:number-(?:rows|columns)-repeated\s*=\s*[\"']\s*(\d{1,18})")


def open_workbook(data: bytes, file: str) -> CalamineWorkbook:
    """The workbook in `data`, checked; `file` names it in messages. Raises BadFile for damage, other formats, bombs."""
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError

    _look_over(data, file)
    try:
        return CalamineWorkbook.from_filelike(io.BytesIO(data))
    except PasswordError:
        raise _locked(file)
    except (CalamineError, OSError, ValueError) as error:
        raise _damaged(file, str(error))
    except BaseException as error:
        raise _panic(error, file)


def sheet_names(book: CalamineWorkbook) -> tuple[tuple[str, bool], ...]:
    """Every worksheet's name, in order, and whether it is shown (a chart is no worksheet)."""
    from python_calamine import SheetTypeEnum, SheetVisibleEnum

    return tuple(
        (sheet.name, sheet.visible == SheetVisibleEnum.Visible)
        for sheet in book.sheets_metadata
        if sheet.typ == SheetTypeEnum.WorkSheet
    )


def read_sheet(book: CalamineWorkbook, name: str, file: str, rows: int | None = None) -> list[list[str]]:
    """The text of a sheet's cells, from its first row and column on, all of it or the first `rows`. Raises BadFile."""
    from python_calamine import CalamineError, WorksheetNotFound

    try:
        values = book.get_sheet_by_name(name).to_python(skip_empty_area=False, nrows=rows)
    except WorksheetNotFound:
        raise _damaged(file, f"sheet '{name}' is listed in it but not there")
    except (CalamineError, OSError, ValueError, OverflowError) as error:
        raise _damaged(file, f"sheet '{name}': {error}")
    except BaseException as error:
        raise _panic(error, file)
    return [[cell_text(value) for value in row] for row in values]


def cell_text(value: object) -> str:
    """A cell as text: dates as ISO, times as HH:MM, whole numbers without `.0`, truth as TRUE or FALSE."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ", "minutes")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, time):
        return value.isoformat("minutes")
    return str(value)


def _look_over(data: bytes, file: str) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = archive.infolist()
            names = {member.filename.replace("\\", "/").casefold() for member in members}
            if sum(member.file_size for member in members) > UNPACKED_BYTES:
                raise _too_big(file, f"it unpacks to more than {UNPACKED_BYTES // 1_000_000} MB")
            if "xl/workbook.xml" in names:
                _look_over_xlsx(archive, file)
            elif "content.xml" in names:
                _look_over_ods(archive, file)
            else:
                raise BadFile(
                    f"{file} is not a spreadsheet",
                    _what_else(names),
                    "Open it in a spreadsheet program and save it as .xlsx, .ods or .csv.",
                )
    except _ZIP_FAULTS as error:
        raise _damaged(file, str(error))


def _what_else(names: set[str]) -> str:
    if any(name.startswith("word/") for name in names):
        return "It is a Word document"
    if any(name.startswith("ppt/") for name in names):
        return "It is a presentation"
    if "xl/workbook.bin" in names:
        return "It is a binary workbook (.xlsb)"
    return "It is an archive without a workbook in it"


def _members(archive: zipfile.ZipFile, file: str) -> Iterator[tuple[str, bytes]]:
    # Reading each member to its end also proves its checksum, which finds a truncated or harmed file.
    for member in archive.infolist():
        data = archive.read(member)
        if member.filename.casefold().endswith((".xml", ".rels")):
            _well_formed(data, file)
        yield member.filename.casefold(), data


def _well_formed(xml: bytes, file: str) -> None:
    # calamine waits for ever for the end of a table that never ends.
    parser = expat.ParserCreate()

    def document_type(*_: object) -> None:
        raise _damaged(file, "it declares a document type, which no spreadsheet program writes")

    def declaration(_version: str, encoding: str | None, _alone: int) -> None:
        if encoding and encoding.casefold() not in ("utf-8", "us-ascii", "ascii"):
            raise _damaged(file, f"it is written in {encoding}, which no spreadsheet program does")

    parser.StartDoctypeDeclHandler = document_type
    parser.XmlDeclHandler = declaration
    if xml.startswith((b"\xff\xfe", b"\xfe\xff")):
        declaration("", "UTF-16", 0)
    try:
        # In pieces, so that other threads have their turn.
        for start in range(0, len(xml), _PIECE):
            parser.Parse(xml[start : start + _PIECE], False)
        parser.Parse(b"", True)
    except (expat.ExpatError, LookupError, ValueError) as error:
        raise _damaged(file, str(error))


def _look_over_xlsx(archive: zipfile.ZipFile, file: str) -> None:
    cells = 0
    strings: list[int] = []
    sheets: list[bytes] = []
    for _, xml in _members(archive, file):
        if b"sheetData" in xml:
            cells += _xlsx_rectangle(xml, file)
            sheets.append(xml)
        if b"sst" in xml[:2000]:
            strings.extend(len(found) for found in _XLSX_STRING.findall(xml))
    if cells > CELLS:
        raise _too_big(file, f"its cells reach over a rectangle of {cells:,}")
    if max(strings, default=0) * cells > TEXT:
        shared = sum(
            strings[int(index)] for xml in sheets for index in _XLSX_VALUE.findall(xml) if int(index) < len(strings)
        )
        if shared > TEXT:
            raise _too_big(file, f"its cells hold {shared:,} characters")


def _xlsx_rectangle(xml: bytes, file: str) -> int:
    row = column = height = width = 0
    for match in _XLSX_TAG.finditer(xml):
        tag, attributes = match.groups()
        _plain(attributes, file)
        place = _XLSX_PLACE.search(attributes)
        if place is None and re.search(rb"\br\s*=", attributes):
            raise _too_big(file, "a cell stands at no place of a sheet")
        if tag == b"row":
            row = _row_number(place[2], file) if place and place[2] else row + 1
            column = 0
            continue
        if place and place[1]:
            row, column = _row_number(place[2], file), _column_number(place[1])
            if column > _LAST_COLUMN:
                raise _too_big(file, "a cell stands beyond the last column of a sheet")
        else:
            column += 1
        if not attributes.endswith(b"/"):
            height, width = max(height, row), max(width, column)
    return height * width


def _row_number(figures: bytes, file: str) -> int:
    if len(figures) > 7 or int(figures or b"0") > _LAST_ROW:
        raise _too_big(file, "a cell stands beyond the last row of a sheet")
    return int(figures or b"0")


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters.upper()[:4]:  # four are beyond the last column already
        number = number * 26 + letter - 64
    return number


def _look_over_ods(archive: zipfile.ZipFile, file: str) -> None:
    content = b""
    for name, xml in _members(archive, file):
        content = xml if name == "content.xml" else content
    cells, text = _ods_rectangles(content, file)
    text += sum(int(count) for count in _ODS_SPACES.findall(content))
    if cells > CELLS:
        raise _too_big(file, f"its cells reach over a rectangle of {cells:,}")
    if text > TEXT:
        raise _too_big(file, f"its cells hold {text:,} characters")


def _ods_rectangles(xml: bytes, file: str) -> tuple[int, int]:
    cells = text = 0  # of all tables
    top = height = width = 0  # of this table: rows passed, and the furthest row and column that hold something
    repeat = across = reach = row_text = 0  # of this row
    for match in _ODS_TAG.finditer(xml):
        tag, attributes = match.groups()
        if tag.endswith(b"cell"):
            times = _repeats(attributes, file)
            across += times
            if not attributes.endswith(b"/") or b"office:" in attributes:
                reach = across
                if times > 1 or repeat > 1:
                    row_text += (xml.find(b"</table:", match.end()) - match.start()) * times
        elif tag == b"table:table-row" and not attributes.endswith(b"/"):
            repeat = _repeats(attributes, file)
        elif tag == b"table:table":
            cells += height * width
            top = height = width = 0
        else:
            top += repeat if tag.startswith(b"/") else _repeats(attributes, file)
            if reach:
                height, width = top, max(width, reach)
            text += row_text * repeat
            across = reach = row_text = 0
    return cells + height * width, text


def _repeats(attributes: bytes, file: str) -> int:
    if b"repeated" not in attributes and b"'" not in attributes and not attributes.count(b'"') % 2:
        return 1
    _plain(attributes, file)
    found = _ODS_REPEAT.search(attributes)
    return int(found[1]) if found else 1


def _plain(attributes: bytes, file: str) -> None:
    # A ">" inside a quoted attribute is lawful XML, but no spreadsheet program writes it here; it would hide a cell.
    if attributes.count(b'"') % 2 or (b"'" in attributes and attributes.count(b"'") % 2 and b'"' not in attributes):
        raise _damaged(file, "its cells are written in a way that cannot be checked")


def _too_big(file: str, why: str) -> BadFile:
    return BadFile(
        f"{file} is too large to read safely",
        why[0].upper() + why[1:],
        "Copy the rows that matter into a new workbook, and read that.",
    )


def _damaged(file: str, why: str) -> BadFile:
    reason = " ".join(why.split())[:200]
    return BadFile(
        f"{file} is damaged or was not copied completely",
        f"The workbook inside cannot be read ({reason})" if reason else "The workbook inside cannot be read",
        "Download or copy it again; if it still fails, open it in a spreadsheet program and save it anew.",
    )


def _locked(file: str) -> BadFile:
    return BadFile(
        f"{file} is protected by a password",
        "Its cells are encrypted",
        "Open it, save a copy without the password, and read the copy.",
    )


def _panic(error: BaseException, file: str) -> BaseException:
    # A fault inside calamine arrives as PanicException, which is no Exception; anything else (Ctrl+C, say) goes on.
    return _damaged(file, "the reader gave up on it") if type(error).__name__ == "PanicException" else error
