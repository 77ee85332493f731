"""A newer postcode file of the user's own: OS Code-Point Open, or the ONS directories ONSPD and NSPL; .csv or .zip.

Sources: Code-Point Open (Ordnance Survey), ONS Postcode Directory and National Statistics Postcode Lookup (Office for
National Statistics), all Open Government Licence v3.0. They are read row by row, since the whole country is over 1 GB.
"""

from __future__ import annotations

import csv
import io
import os
import re
import zipfile
import zlib
from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import IO

from placement_tui.errors import BadFile
from placement_tui.exchange.cells import Progress, shorten
from placement_tui.exchange.postcode_letters import Letter, PostcodeRow, encode_letter, padded
from placement_tui.exchange.sheets import check_file

LARGEST = 4_000_000_000  # bytes; the ONS directory of 2025 unpacks to 1.4 GB
NO_POSITION = "90"  # Code-Point Open's positional quality of a postcode without a place
_COMPACT = re.compile(r"[A-Z][A-Z0-9]{1,3}[0-9][A-Z]{2}", re.ASCII)
_GSS = re.compile(r"[A-Z][0-9]{8}", re.ASCII)
_MONTH = re.compile(r"(?:19|20)[0-9]{2}(?:0[1-9]|1[0-2])", re.ASCII)
_EVERY = 20_000  # rows between two reports of progress
_ONS_COLUMNS = {
    "postcode": re.compile(r"pcds|pcd8|pcd7|pcd2?"),
    "ended": re.compile(r"doterm"),
    "district": re.compile(r"lad\d{2}cd|oslaua|laua"),
    "easting": re.compile(r"(?:os)?east1m"),
    "northing": re.compile(r"(?:os)?n(?:o)?rth1m"),
    "quality": re.compile(r"(?:os)?gr(?:i)?dind"),
}
_MEND = "Download it again from its publisher; nothing of it was kept."


def read_postcodes(path: Path | str, progress: Progress | None = None) -> Iterator[PostcodeRow]:
    """The rows of whichever of the three kinds of file it is. `progress(done, total)` counts bytes.

    Raises BadFile, while iterating, where the file is none of them, cannot be read, or holds an impossible row.
    """
    for name, lines in _texts(path, progress):
        reader = csv.reader(lines, strict=True)
        first = _next(reader, name)
        columns = _ons_columns(first or [])
        if columns is not None:
            yield from _onspd(name, reader, columns)
        elif first is not None and len(first) == 10 and _COMPACT.fullmatch(first[0].replace(" ", "").upper()):
            yield _code_point_row(name, 1, first)
            yield from _code_point(name, reader)
        elif first is not None and len(first) == 10 and first[0].casefold() in ("postcode", "pc"):
            yield from _code_point(name, reader)
        else:
            raise BadFile(
                f"{name} is not a postcode file",
                "Its first line is neither that of the ONS directories nor a row of Code-Point Open",
                "Use ONSPD or NSPL (the UK file), or Code-Point Open, as .csv or as the .zip that holds it.",
            )


def read_code_point(path: Path | str, progress: Progress | None = None) -> Iterator[PostcodeRow]:
    """Code-Point Open: Great Britain's postcodes in use, by area and without a header. Raises BadFile."""
    for name, lines in _texts(path, progress):
        yield from _code_point(name, csv.reader(lines, strict=True))


def read_onspd(path: Path | str, progress: Progress | None = None) -> Iterator[PostcodeRow]:
    """The ONS directories, whose columns change names by the year; with the month of withdrawal. Raises BadFile."""
    for name, lines in _texts(path, progress):
        reader = csv.reader(lines, strict=True)
        columns = _ons_columns(_next(reader, name) or [])
        if columns is None:
            wanted = "a postcode, doterm, the district and the grid reference"
            raise BadFile(f"{name} is not an ONS postcode directory", f"Its first line does not name {wanted}", _MEND)
        yield from _onspd(name, reader, columns)


def write_postcodes(rows: Iterable[PostcodeRow], folder: Path) -> int:
    """Keeps the rows in `folder`, one file a letter, as `Postcodes(folder=...)` reads them; how many there are.

    All or nothing: the files take their places only when every row was read. Letters without a row stay as they were.
    """
    by_letter: dict[str, Letter] = defaultdict(Letter)
    count = 0
    for row in rows:
        by_letter[row.key[0]].add(row)
        count += 1
    folder.mkdir(parents=True, exist_ok=True)
    written: list[tuple[Path, Path]] = []
    try:
        for letter in sorted(by_letter):
            target = folder / f"postcodes_{letter}.msgpack.br"
            draft = target.with_name(f"{target.name}.{os.getpid()}.new")
            written.append((draft, target))
            draft.write_bytes(encode_letter(by_letter.pop(letter)))
        for draft, target in written:
            draft.replace(target)
    finally:
        for draft, _ in written:
            draft.unlink(missing_ok=True)
    return count


def _code_point(name: str, reader: Iterator[list[str]]) -> Iterator[PostcodeRow]:
    line = 0
    while (cells := _next(reader, name)) is not None:
        line += 1
        if cells and not (line == 1 and cells[0].casefold() in ("postcode", "pc")):
            yield _code_point_row(name, getattr(reader, "line_num", line), cells)


def _code_point_row(name: str, line: int, cells: list[str]) -> PostcodeRow:
    if len(cells) != 10:
        raise _bad_row(name, line, ",".join(cells), f"it has {len(cells)} columns instead of 10")
    easting, northing = _metres(name, line, cells[2]), _metres(name, line, cells[3])
    nowhere = cells[1].strip() == NO_POSITION or (easting == 0 and northing == 0)
    district = _district(name, line, cells[8])
    key = _key(name, line, cells[0])
    return PostcodeRow(key, None if nowhere else easting, None if nowhere else northing, district, "")


def _ons_columns(header: list[str]) -> dict[str, int] | None:
    names = [cell.strip().casefold().lstrip("\ufeff") for cell in header]
    found: dict[str, int] = {}
    for column, pattern in _ONS_COLUMNS.items():
        for index, name in enumerate(names):
            if pattern.fullmatch(name):
                found.setdefault(column, index)
    return found if len(found) == len(_ONS_COLUMNS) else None


def _onspd(name: str, reader: Iterator[list[str]], columns: dict[str, int]) -> Iterator[PostcodeRow]:
    needed = max(columns.values()) + 1
    while (cells := _next(reader, name)) is not None:
        line = getattr(reader, "line_num", 0)
        if not cells:
            continue
        if len(cells) < needed:
            raise _bad_row(name, line, ",".join(cells), f"it has {len(cells)} columns, fewer than the first line names")
        ended = cells[columns["ended"]].strip()
        if ended and not _MONTH.fullmatch(ended):
            raise _bad_row(name, line, ended, "this is not a year and a month")
        easting = _metres(name, line, cells[columns["easting"]])
        northing = _metres(name, line, cells[columns["northing"]])
        if cells[columns["quality"]].strip() == "9" or easting is None or northing is None:
            easting = northing = None
        district = _district(name, line, cells[columns["district"]])
        yield PostcodeRow(_key(name, line, cells[columns["postcode"]]), easting, northing, district, ended)


def _key(name: str, line: int, text: str) -> str:
    compact = text.replace(" ", "").upper()
    if not _COMPACT.fullmatch(compact):
        raise _bad_row(name, line, text, "this is not a postcode")
    return padded(compact)


def _metres(name: str, line: int, text: str) -> int | None:
    plain = text.strip()
    if not plain:
        return None
    if not re.fullmatch(r"\d{1,7}", plain, re.ASCII):
        raise _bad_row(name, line, text, "this is not a grid reference in metres")
    return int(plain)


def _district(name: str, line: int, text: str) -> str | None:
    plain = text.strip()
    if plain and not _GSS.fullmatch(plain):
        raise _bad_row(name, line, text, "this is not a district's code")
    return plain or None


def _bad_row(name: str, line: int, value: str, reason: str) -> BadFile:
    return BadFile(f"{name} cannot be read", f"Line {line}, '{shorten(value)}': {reason}", _MEND)


def _next(reader: Iterator[list[str]], name: str) -> list[str] | None:
    try:
        return next(reader, None)
    except csv.Error as error:
        raise BadFile(f"{name} is not a well-formed table", f"Line {getattr(reader, 'line_num', 0)}: {error}", _MEND)
    except UnicodeDecodeError:
        raise BadFile(
            f"{name} is not a text file", f"After line {getattr(reader, 'line_num', 0)} comes no UTF-8", _MEND
        )
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError) as error:
        raise BadFile(f"{name} is damaged or was not copied completely", str(error), _MEND)


def _texts(path: Path | str, progress: Progress | None) -> Iterator[tuple[str, Iterator[str]]]:
    # A .zip holds its table(s) under Data/; everything else in it is documentation and other cuts of the same rows.
    file = str(path)
    total = check_file(path, LARGEST)
    with ExitStack() as stack:
        try:
            raw = stack.enter_context(Path(path).open("rb"))
            if raw.peek(2)[:2] != b"PK":
                yield file, _lines(raw, raw, total, progress)
                return
            archive = stack.enter_context(zipfile.ZipFile(raw))
        except (zipfile.BadZipFile, OSError, ValueError) as error:
            raise BadFile(f"{file} cannot be read", str(error), _MEND)
        for member in _tables(archive, file):
            try:
                stream = stack.enter_context(archive.open(member))
            except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError) as error:
                raise BadFile(f"{file} cannot be read", f"{member.filename}: {error}", _MEND)
            yield f"{file}, {member.filename}", _lines(stream, raw, total, progress)


def _tables(archive: zipfile.ZipFile, file: str) -> list[zipfile.ZipInfo]:
    members = [each for each in archive.infolist() if each.filename.casefold().endswith(".csv")]
    if sum(each.file_size for each in members) > LARGEST:
        raise BadFile(f"{file} is too large", f"It unpacks to more than {LARGEST // 10**9} GB", _MEND)
    whole = [each for each in members if re.search(r"(?:^|/)(?:onspd|nspl)\w*_uk\.csv$", each.filename, re.IGNORECASE)]
    areas = [each for each in members if re.search(r"(?:^|/)data/csv/[a-z]{1,2}\.csv$", each.filename, re.IGNORECASE)]
    found = whole[:1] or areas
    if not found:
        where = "Data/ONSPD_..._UK.csv or Data/CSV/ (the areas of Code-Point Open)"
        raise BadFile(f"{file} holds no postcode table", f"There is no {where} in it", _MEND)
    return found


def _lines(stream: IO[bytes], raw: IO[bytes], total: int, progress: Progress | None) -> Iterator[str]:
    with io.TextIOWrapper(stream, encoding="utf-8-sig", newline="") as text:
        for count, line in enumerate(text):
            if progress and count % _EVERY == 0:
                progress(min(raw.tell(), total), total)
            yield line
        if progress:
            progress(min(raw.tell(), total), total)
