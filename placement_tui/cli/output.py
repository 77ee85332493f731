"""What a command prints: rows as a table, as JSON or as CSV on stdout; words and progress on stderr."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, fields, is_dataclass
from datetime import date, datetime
from itertools import islice
from math import isfinite
from typing import IO, Any, Generic, TypeVar
from uuid import UUID

from placement_tui.cli.tables import MEASURED, layout_of, words
from placement_tui.domain.typed_text import cell_text, drawn

T = TypeVar("T")
LONGEST = 1500  # characters of a line of words
_UNSAFE = re.compile("[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]")


@dataclass(frozen=True)
class Column(Generic[T]):
    """One value of a row: `key` in JSON and CSV, and in the table under `title`, where it has one.

    `value` gives the value, the attribute of that name where it is None; `shown` its words for the table. `key` may be
    empty for a column of the table alone.
    """

    key: str
    title: str = ""
    value: Callable[[T], Any] | None = None
    shown: Callable[[T], str] | None = None
    right: bool = False

    def of(self, row: T) -> Any:
        """The row's value."""
        return getattr(row, self.key) if self.value is None else self.value(row)

    def cell(self, row: T) -> str:
        """The row's words for the table, in full."""
        return drawn(self.shown(row) if self.shown else words(self.of(row)))


class Output:
    """Where a command's data and words go."""

    def __init__(self, shape: str) -> None:
        self.shape = shape

    @property
    def data(self) -> IO[str]:
        """The stream of data."""
        return sys.stdout

    def line(self, text: str = "") -> None:
        """One line of data as it stands, without control characters."""
        self.data.write(drawn(text, lines=True) + "\n")

    def say(self, text: str) -> None:
        """Words for a person, beside the data."""
        self.data.flush()
        sys.stderr.write(sentences(text) + "\n")

    def rows(self, columns: Sequence[Column[T]], rows: Iterable[T], empty: str = "", *, whole: bool = False) -> None:
        """Rows in the format that was asked for; `empty` is said where there are none. Rows may be a stream.

        A table leaves out columns that are empty in every row, unless it is to be `whole`.
        """
        keyed = [column for column in columns if column.key]
        if self.shape != "table":
            from placement_tui.domain.restricted import for_file

            rows = map(for_file, rows)
        if self.shape == "json":
            self._json({column.key: plain(column.of(row)) for column in keyed} for row in rows)
        elif self.shape == "csv":
            self._csv([column.key for column in keyed], ([column.of(row) for column in keyed] for row in rows))
        else:
            titled = [column for column in columns if column.title]
            self._table(titled, rows, empty, whole)

    def _table(self, columns: Sequence[Column[T]], rows: Iterable[T], empty: str, whole: bool) -> None:
        """Lines of aligned cells. The first few hundred are measured; the rest stream in the same widths."""
        stream = ([column.cell(row) for column in columns] for row in rows)
        first = list(islice(stream, MEASURED))
        if not first:
            if empty:
                self.say(empty)
            return
        whole = whole or len(first) == MEASURED  # of a long table nobody knows yet what is empty
        kept = [at for at in range(len(columns)) if whole or any(row[at] for row in first)]
        first = [[row[at] for at in kept] for row in first]
        titles = [columns[at].title for at in kept]
        layout = layout_of(titles, [columns[at].right for at in kept], first)
        self.data.write(layout.line(titles))
        for row in first:
            self.data.write(layout.line(row))
        for row in stream:
            self.data.write(layout.line([row[at] for at in kept]))
        if layout.left_out:
            more = "1 more column" if layout.left_out == 1 else f"{layout.left_out} more columns"
            self.say(f"({more} in a wider terminal, or with --format csv)")

    def fields(self, columns: Sequence[Column[T]], row: T) -> None:
        """One record: its fields below each other, or a list of one object."""
        if self.shape != "table":
            self.rows(columns, [row])
            return
        shown = [(column.title, column.cell(row)) for column in columns if column.title]
        width = max((len(title) for title, cell in shown if cell), default=0)
        for title, cell in shown:
            if cell:
                self.data.write(f"{title:{width}}  {cell}\n")

    def section(self, title: str, columns: Sequence[Column[T]], rows: Sequence[T]) -> None:
        """A titled table under a record; nothing where it has no rows. For the table format only."""
        if rows:
            self.data.write(f"\n{title}\n")
            self.rows(columns, rows)

    def saved(self, said: str, data: Mapping[str, Any], line: str = "") -> None:
        """What was saved: words for a person; ids and references for a script, in the table format `line` alone."""
        self.say(said)
        if self.shape == "table":
            if line:
                self.line(line)
            return
        self.rows([_item(key) for key in data], [data])

    def _json(self, rows: Iterable[Mapping[str, Any]]) -> None:
        write, before = self.data.write, "[\n"
        for row in rows:
            write(before + " " + _UNSAFE.sub(_escaped, json.dumps(row, ensure_ascii=False, default=str)))
            before = ",\n"
        write("[]\n" if before == "[\n" else "\n]\n")

    def _csv(self, keys: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
        import csv

        writer = csv.writer(self.data, lineterminator="\n")
        writer.writerow(keys)
        writer.writerows([in_cell(value) for value in row] for row in rows)

    @contextmanager
    def progress(self, what: str) -> Iterator[Callable[[int, int], None]]:
        """A bar on stderr while something long runs, on a terminal only; call it with done and total."""
        bar = _Bar(what)
        try:
            yield bar
        finally:
            bar.end()


class _Bar:
    def __init__(self, what: str) -> None:
        self._what, self._shown, self._live = drawn(what), -1, sys.stderr.isatty()

    def __call__(self, done: int, total: int) -> None:
        hundredth = 100 * done // total if total > 0 else 0
        if self._live and hundredth != self._shown:
            self._shown = hundredth
            full = min(hundredth, 100) * 24 // 100
            sys.stderr.write(f"\r{self._what} [{'#' * full}{'.' * (24 - full)}] {hundredth:3}% {done:,} of {total:,} ")
            sys.stderr.flush()

    def end(self) -> None:
        if self._shown >= 0:
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()


def sentences(text: str) -> str:
    """Words for a person, without control characters; what was typed may be a pasted page, so a long line is cut."""
    lines = drawn(text, lines=True).split("\n")
    return "\n".join(line if len(line) <= LONGEST else line[: LONGEST - 1] + "…" for line in lines)


def plain(value: Any) -> Any:
    """A value as JSON carries it: ISO times and dates, ids as text, records as objects."""
    if isinstance(value, float) and not isfinite(value):
        return str(value)  # JSON has no word for it
    if value is None or isinstance(value, str | int | float | bool):
        return value
    if isinstance(value, UUID):
        return str(value)
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {str(key): plain(each) for key, each in value.items()}
    if is_dataclass(value) and not isinstance(value, type):
        return {each.name: plain(getattr(value, each.name)) for each in fields(value)}
    if isinstance(value, Iterable):
        return [plain(each) for each in value]
    return str(value)


def in_cell(value: Any) -> Any:
    """A value as CSV carries it: lists joined by `; `, records as JSON.

    Text that a spreadsheet would run as a formula gets an apostrophe before it, which makes it text there too.
    """
    value = plain(value)
    if isinstance(value, list):
        if any(isinstance(each, dict | list) for each in value):
            value = json.dumps(value, ensure_ascii=False)
        else:
            value = "; ".join("" if each is None else str(each) for each in value)
    elif isinstance(value, dict):
        value = json.dumps(value, ensure_ascii=False)
    elif isinstance(value, bool):
        value = "true" if value else "false"
    if isinstance(value, str):
        return cell_text(value)
    return value


def _item(key: str) -> Column[Mapping[str, Any]]:
    return Column(key, value=lambda row: row[key])


def _escaped(match: re.Match[str]) -> str:
    return f"\\u{ord(match[0]):04x}"
