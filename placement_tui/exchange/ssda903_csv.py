"""One table of the SSDA903 return in a file or a sheet: which part it is, told by its columns; its rows."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from placement_tui.domain.codes.ssda903_tables import DATES, TABLES
from placement_tui.domain.ssda903_rows import day_of
from placement_tui.errors import BadFile
from placement_tui.exchange.cells import CellError, read_date, shorten
from placement_tui.exchange.sheets import LARGEST, Row, Sheet, open_book, read_bytes

ALIASES = {"CHILDID": "CHILD", "CHILD_ID": "CHILD", "PL": "PLACE"}
"""What the return's own XML, and the files that systems make of it, call two of the columns."""

_HEADER_WITHIN = 10  # lines
# Without these a table is not that part; the others may be missing, as URN and REASON_PLACE_CHANGE are in old files.
_NEEDED = {
    "Header": ("DOB", "ETHNIC"),
    "Episodes": ("DECOM", "RNE", "LS", "PLACE", "DEC"),
    "Reviews": ("REVIEW",),
    "UASC": ("DUC",),
    "OC2": ("HEALTH_CHECK", "IMMUNISATIONS"),
    "OC3": ("IN_TOUCH", "ACCOM"),
    "AD1": ("DATE_INT",),
    "PlacedAdoption": ("DATE_PLACED",),
    "PrevPerm": ("PREV_PERM",),
    "Missing": ("MISSING", "MIS_START"),
    "SWEpisodes": ("SW_DECOM",),
    "DoLo": ("DOLO_START",),
}


@dataclass(frozen=True, slots=True)
class Table:
    """One part of the return as a file has it: where, its rows by column with their lines, and what was odd."""

    part: str
    file: str
    rows: tuple[tuple[int, dict[str, str]], ...]
    notes: tuple[str, ...] = ()


def column_of(title: str) -> str:
    """A title as the return writes it: `Date of...` stays what it is, `decom ` is DECOM, `CHILDID` is CHILD."""
    name = re.sub(r"[^A-Z0-9]+", "_", title.upper()).strip("_")
    return ALIASES.get(name, name)


def part_of(columns: Sequence[str]) -> tuple[str | None, tuple[str, ...]]:
    """Which part has these columns, and the parts between which that cannot be told; None for no part of the return."""
    there = set(columns)
    if "CHILD" not in there:
        return None, ()
    could = [part for part, needed in _NEEDED.items() if there.issuperset(needed)]
    exact = [part for part in could if there == set(TABLES[part])]
    if len(exact) == 1 or len(could) <= 1:
        return next(iter((*exact, *could)), None), ()
    met = {part: len(there.intersection(TABLES[part])) for part in could}
    best = [part for part in could if met[part] == max(met.values())]
    # Columns of another part beside those of the best: which of the two the rows are, nobody can say.
    foreign = [part for part in could if part not in best and not set(_NEEDED[part]) <= set(TABLES[best[0]])]
    return (None, tuple(could)) if len(best) > 1 or foreign else (best[0], ())


def read_tables(path: Path | str, name: str) -> tuple[list[Table], list[str]]:
    """The tables of a .csv, .xlsx or .ods file, and why others in it are left aside. Raises BadFile.

    `name` is the file for people.
    """
    book = open_book(path)
    tables: list[Table] = []
    aside: list[str] = []
    notes = _encoding(path, name)
    for sheet in book.sheets:
        where = f"{name}, sheet {sheet.name}" if sheet.name else name
        found = _table(sheet, where, aside)
        if found is not None:
            tables.append(found)
    if tables and notes:
        first = tables[0]
        tables[0] = Table(first.part, first.file, first.rows, (*notes, *first.notes))
    return tables, aside


def _table(sheet: Sheet, where: str, aside: list[str]) -> Table | None:
    rows = sheet.rows()
    for at, row in enumerate(rows[:_HEADER_WITHIN]):
        titles = [column_of(cell) for cell in row.cells]
        part, between = part_of(titles)
        if between:
            aside.append(f"{where}: its columns are those of {' and of '.join(between)}, so it is left aside.")
            return None
        if part is not None:
            return _read(part, where, titles, rows[at + 1 :], row)
    first = shorten(", ".join(cell for cell in rows[0].cells if cell)) if rows else "nothing"
    aside.append(f"{where}: no table of the return has its columns ({first}), so it is left aside.")
    return None


def _read(part: str, where: str, titles: list[str], rows: Sequence[Row], head: Row) -> Table:
    columns = TABLES[part]
    index: dict[str, int] = {}
    for at, title in enumerate(titles):
        if title in columns:
            index.setdefault(title, at)
    twice = {title for title in index if titles.count(title) > 1}
    if twice:
        raise BadFile(
            f"{where} has a column twice: {', '.join(sorted(twice))}",
            f"Line {head.line} is its header",
            "Take one out.",
        )
    read = tuple(
        (row.line, {name: _value(name, row.cell(index[name])) if name in index else "" for name in columns})
        for row in rows
    )
    return Table(part, where, read, tuple(_notes(part, where, titles, head)))


def _value(column: str, text: str) -> str:
    said = " ".join(text.split()).upper()
    return day_text(said) if said and column in DATES else said


def day_text(said: str) -> str:
    """A day as the return writes it, whatever way it was written; what is no day stays what it is."""
    if day_of(said) is not None:
        return said
    try:
        found = read_date(said)
    except CellError:
        return said[:60]
    return f"{found:%d/%m/%Y}" if found else ""


def _notes(part: str, where: str, titles: list[str], head: Row) -> list[str]:
    columns = TABLES[part]
    notes = []
    if missing := [name for name in columns if name not in titles]:
        notes.append(f"{where}: it has no column {', '.join(missing)}, which is read as empty.")
    if extra := [
        shorten(cell, 30) for cell, title in zip(head.cells, titles, strict=True) if cell and title not in columns
    ]:
        notes.append(f"{where}: {', '.join(extra[:8])} is no column of {part}, and is left aside.")
    known = [title for title in titles if title in columns]
    if known != [name for name in columns if name in known]:
        notes.append(f"{where}: its columns stand in another order.")
    return notes


def _encoding(path: Path | str, name: str) -> list[str]:
    if Path(path).suffix.casefold() not in (".csv", ".txt"):
        return []
    data = read_bytes(path, LARGEST)
    try:
        data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return [f"{name}: it is written as Windows text and not as UTF-8."]
    return []
