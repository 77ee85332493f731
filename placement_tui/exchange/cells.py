"""What every reader of files shares: refused lines, and the plain readings of one cell's text."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from placement_tui.domain.typed_text import clean

Progress = Callable[[int, int], None]  # (done, total), in rows or bytes; called often, from the reading thread

REDACTED = "redacted"
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[ T]\d{1,2}:\d{2}.*)?")
_BRITISH = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4}|\d{2})(?: \d{1,2}:\d{2}.*)?")
_WORDED = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?[ -]([a-z]{3,9})\.?,?[ -](\d{4}|\d{2})")


@dataclass(frozen=True, slots=True)
class RefusedLine:
    """One thing wrong in a file: where, what, why (no full stop) and the mend (a sentence).

    `line` counts from 1 as a spreadsheet shows it, `sheet` is "" in a text file, `column` is its header's text.
    """

    line: int
    column: str
    value: str
    reason: str
    mend: str
    sheet: str = ""

    def __str__(self) -> str:
        place = f"{self.sheet}, line {self.line}" if self.sheet else f"line {self.line}"
        said = f" '{shorten(self.value)}'" if self.value else ""
        return f"{place}, {self.column}{said}: {self.reason}. {self.mend}"


class CellError(Exception):
    """A cell's text is not what its column holds: `reason` and `mend`, without a full stop and with one."""

    def __init__(self, reason: str, mend: str) -> None:
        super().__init__(reason)
        self.reason, self.mend = reason, mend


def collapse(text: str) -> str:
    """The text on one line: runs of white space become one space, the ends are trimmed, what is no text is left out."""
    line = " ".join(text.split())
    return line if line.isascii() and line.isprintable() else clean(line)


def shorten(text: str, limit: int = 60) -> str:
    """The text on one line, cut to `limit` characters for a message."""
    line = collapse(text)
    return line if len(line) <= limit else line[: limit - 1] + "\u2026"


def known(text: str) -> str | None:
    """The text on one line, or None where the cell is empty or says REDACTED (which is no name and no address)."""
    line = collapse(text)
    return line if line and line.casefold() != REDACTED else None


def read_date(text: str) -> date | None:
    """A date from `31/03/2025`, `2025-03-31` (with or without a time) or `31 March 2025`; None for an empty cell.

    Raises CellError for anything else, for a day that the calendar lacks, and for years outside 1900 to 2100.
    """
    line = collapse(text)
    if not line:
        return None
    parts = _date_parts(line)
    if parts is None:
        raise CellError("this is not a date", "Write it as day/month/year, such as 31/03/2025.")
    year, month, day = parts
    try:
        found = date(year, month, day)
    except ValueError:
        raise CellError("the calendar has no such day", "Correct the date in the file.")
    if not 1900 <= found.year <= 2100:
        raise CellError("the year is not one between 1900 and 2100", "Correct the date in the file.")
    return found


def _date_parts(line: str) -> tuple[int, int, int] | None:
    if match := _ISO.fullmatch(line):
        return int(match[1]), int(match[2]), int(match[3])
    if match := _BRITISH.fullmatch(line):
        return _century(match[3]), int(match[2]), int(match[1])
    if match := _WORDED.fullmatch(line.casefold()):
        month = month_number(match[2])
        return (_century(match[3]), month, int(match[1])) if month else None
    return None


def _century(digits: str) -> int:
    # Two-digit years pivot as spreadsheets do: 00 to 29 are this century.
    year = int(digits)
    return year if len(digits) == 4 else year + (2000 if year < 30 else 1900)


def month_number(word: str) -> int | None:
    """1 to 12 for an English month in full or by its first three letters."""
    start = word[:3].casefold()
    return _MONTHS.index(start) + 1 if start in _MONTHS else None


def read_count(text: str, most: int) -> int | None:
    """A whole number from 0 to `most`; None for an empty cell. Raises CellError."""
    line = collapse(text).replace(",", "")
    if not line:
        return None
    if not re.fullmatch(r"[+-]?\d{1,12}(?:\.0+)?", line, re.ASCII):
        raise CellError("this is not a whole number", "Write a number in digits, or leave the cell empty.")
    number = int(line.split(".")[0])
    if number < 0:
        raise CellError("a number below zero cannot be", "Correct it, or leave the cell empty.")
    if number > most:
        raise CellError(f"more than {most:,} cannot be right", "Correct it, or leave the cell empty.")
    return number
