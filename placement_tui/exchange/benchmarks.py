"""The Department's tables on looked-after children, as its users download them: told by their columns, read as text.

Three layouts: explore education statistics (a row a category, the columns of filters and values named differently in 2024
and 2025), one row a figure (year, level, la3, indicator, value) and one row an area (a column a figure; the year stands in
the file's name). A file may be compressed (.gz).
"""

from __future__ import annotations

import gzip
import io
import re
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from placement_tui.domain.benchmarks import (
    AUTHORITY,
    ENGLAND,
    LEVELS,
    MARKS,
    NAMES,
    REGION,
    TOTALS,
    Area,
    Published,
    category,
    number,
    plain,
)
from placement_tui.errors import BadFile
from placement_tui.exchange.cells import CellError, Progress, RefusedLine, collapse
from placement_tui.exchange.sheets import LARGEST, Book, Row, book_of, open_book, read_bytes

_GZIP = b"\x1f\x8b"
_HEAD = 10
_YEAR = re.compile(r"(?<!\d)20\d\d(?!\d)")
_CODE = re.compile(r"\d{3}", re.ASCII)
_COUNTS = ("children_count", "number", "count", "pop_count", "headcount", "number_of_children")
_PERCENTS = ("children_percent", "percentage", "percent", "pct", "percentage_of_children")
_OTHERS = ("population_estimate", "rate_per_10000", "rate_per_10000_children", "children_rate")
_PLACES = (
    "time_period", "time_identifier", "geographic_level", "country_code", "country_name", "region_code", "region_name",
    "old_la_code", "la_name", "new_la_code",
)  # fmt: skip
_AGAIN = "Download the file again."


@dataclass(frozen=True, slots=True)
class Tables:
    """A file as read: its figures that an indicator has beside it, refused lines, and how many lines are of nothing here."""

    source: str
    read: int
    figures: tuple[Published, ...]
    refused: tuple[RefusedLine, ...]
    others: int


def read_tables(path: Path | str, progress: Progress | None = None) -> Tables:
    """The figures of one of the Department's files. Raises BadFile where its columns are those of none."""
    book = _open(path)
    for sheet in book.sheets:
        for header in sheet.head(_HEAD):
            names = {collapse(cell).casefold(): at for at, cell in reversed(list(enumerate(header.cells)))}
            rows = [row for row in sheet.rows() if row.line > header.line]
            table = Path(book.file).name.partition(".")[0]
            if {"time_period", "geographic_level", "old_la_code"} <= names.keys():
                return _Reader(book.file, names, progress).categories(rows, table)
            if {"year", "level", "la3", "indicator", "value"} <= names.keys():
                return _Reader(book.file, names, progress).figures(rows, table)
            if {"level", "la3"} <= names.keys() and names.keys() & NAMES:
                return _Reader(book.file, names, progress).areas(rows, table)
    raise BadFile(
        f"{book.file} is none of the Department's tables",
        "Its columns are neither those of explore education statistics (time_period, geographic_level, old_la_code) nor of "
        "a list of figures (year, level, la3, indicator, value)",
        "Download the table about looked-after children by authority as CSV.",
    )


def _open(path: Path | str) -> Book:
    if Path(path).suffix.casefold() != ".gz":
        return open_book(path)
    data = read_bytes(path)
    if not data.startswith(_GZIP):
        raise BadFile(f"{path} is not compressed", "It is named as if it were", "Name it .csv.")
    try:
        with gzip.GzipFile(fileobj=io.BytesIO(data)) as packed:
            text = packed.read(LARGEST + 1)
    except (OSError, EOFError, zlib.error):
        raise BadFile(f"{path} is cut off or harmed", "It cannot be unpacked", _AGAIN)
    if len(text) > LARGEST:
        raise BadFile(f"{path} is too large", f"It unpacks to more than {LARGEST // 1_000_000} MB", "Choose one table.")
    return book_of(text, str(path))


class _Reader:
    """One table being read: its columns by name, what was refused."""

    def __init__(self, file: str, columns: Mapping[str, int], progress: Progress | None) -> None:
        self._file, self._columns, self._progress = file, columns, progress
        self._refused: list[RefusedLine] = []
        self._others = 0

    def categories(self, rows: Sequence[Row], table: str) -> Tables:
        """Explore education statistics: a row for each category of a group."""
        known = {*_PLACES, *_COUNTS, *_PERCENTS, *_OTHERS}
        filters = [name for name in self._columns if name not in known]
        filters.sort(key=lambda name: self._columns[name])
        count, share = self._first(_COUNTS), self._first(_PERCENTS)
        if not count and not share:
            raise BadFile(
                f"{self._file} has no column of figures",
                f"None is called {', '.join((*_COUNTS[:2], *_PERCENTS[:2]))}",
                _AGAIN,
            )
        found: list[tuple[Published, tuple[object, ...]]] = []
        totals: dict[tuple[object, ...], float | None] = {}
        for row in self._each(rows):
            said = [self._text(row, name) for name in filters]
            group = plain(said[0]) if len(said) > 1 else ""
            one = category(said, table)
            is_total = (group, plain(said[-1]) if said else "") in TOTALS
            if one is None and not is_total:
                self._others += 1
                continue
            try:
                area, year = (
                    self._area(row, "geographic_level", "old_la_code", "region_name"),
                    self._year(row, "time_period"),
                )
                counted = self._figure(row, count)
                key = (area.level, area.code, year, group)
                if is_total:
                    totals[key] = number(counted)
                if one is None:
                    self._others += 1
                    continue
                shown = counted if one.counts else self._figure(row, share)
            except CellError as error:
                self._refuse(row, error)
                continue
            value = number(counted) if not one.counts else None
            found.append((Published(one.name, year, area, shown, number(shown), value, None, table), key))
        figures = [one if one.numerator is None else one._replace(denominator=totals.get(key)) for one, key in found]
        return self._tables(rows, figures)

    def figures(self, rows: Sequence[Row], table: str) -> Tables:
        """A row for each figure."""
        found = []
        for row in self._each(rows):
            name = self._text(row, "indicator")
            if name not in NAMES:
                self._others += 1
                continue
            try:
                area, year = self._area(row, "level", "la3", "region"), self._year(row, "year")
                shown = self._figure(row, "value")
            except CellError as error:
                self._refuse(row, error)
                continue
            found.append(
                Published(name, year, area, shown, number(shown), source=self._text(row, "source_table") or table)
            )
        return self._tables(rows, found)

    def areas(self, rows: Sequence[Row], table: str) -> Tables:
        """A row for each area, a column for each figure; the year is in the file's name."""
        years = _YEAR.findall(Path(self._file).name)
        if len(years) != 1:
            raise BadFile(
                f"{self._file} does not say of which year it is",
                "Its columns have no year",
                "Name it with the year: figures-2025.csv.",
            )
        found = []
        for row in self._each(rows):
            try:
                area = self._area(row, "level", "la3", "region")
                for name in sorted(self._columns.keys() & NAMES):
                    shown = self._figure(row, name)
                    found.append(Published(name, years[0], area, shown, number(shown), source=table))
            except CellError as error:
                self._refuse(row, error)
        return self._tables(rows, found)

    def _tables(self, rows: Sequence[Row], figures: Sequence[Published]) -> Tables:
        return Tables(self._file, len(rows), tuple(figures), tuple(self._refused), self._others)

    def _each(self, rows: Sequence[Row]) -> Iterator[Row]:
        for done, row in enumerate(rows, start=1):
            yield row
            if self._progress and (done % 500 == 0 or done == len(rows)):
                self._progress(done, len(rows))

    def _first(self, names: Sequence[str]) -> str:
        return next((name for name in names if name in self._columns), "")

    def _text(self, row: Row, column: str) -> str:
        return collapse(row.cell(self._columns.get(column)))

    def _area(self, row: Row, level: str, code: str, region: str) -> Area:
        said = self._text(row, level)
        found = LEVELS.get(said.casefold())
        if found is None:
            raise _At(level, said, f"this is none of {', '.join(LEVELS)}")
        if found == ENGLAND:
            return Area(ENGLAND, "England", "England")
        if found == REGION:
            name = self._text(row, region)
            if not name:
                raise _At(region, "", "the region has no name")
            return Area(REGION, name, name)
        number_of = self._text(row, code)
        if not _CODE.fullmatch(number_of):
            raise _At(code, number_of, "this is not a DfE number of three digits")
        return Area(AUTHORITY, number_of, self._text(row, "la_name"))

    def _year(self, row: Row, column: str) -> str:
        said = self._text(row, column)
        if not re.fullmatch(r"20\d\d(\d\d)?", said, re.ASCII):
            raise _At(column, said, "this is no year")
        return said

    def _figure(self, row: Row, column: str) -> str:
        said = self._text(row, column)
        if number(said) is None and said.casefold() not in MARKS:
            raise _At(
                column,
                said,
                f"this is neither a number nor one of the Department's marks {', '.join(mark for mark in MARKS if mark)}",
            )
        return said

    def _refuse(self, row: Row, error: CellError) -> None:
        column, value = (error.column, error.value) if isinstance(error, _At) else ("", "")
        self._refused.append(RefusedLine(row.line, column, value, error.reason, error.mend))


class _At(CellError):
    """A cell's text is not what its column holds."""

    def __init__(self, column: str, value: str, reason: str) -> None:
        super().__init__(reason, _AGAIN)
        self.column, self.value = column, value
