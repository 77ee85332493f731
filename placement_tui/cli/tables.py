"""Tables of plain text: how wide each column is, and cells cut to it. Fits a terminal; a pipe gets the words whole."""

from __future__ import annotations

import shutil
import sys
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from placement_tui.domain.typed_dates import day_words
from placement_tui.domain.typed_times import london

MEASURED = 500  # rows that decide the widths; a longer table streams
LONGEST = 200  # cells of one column where there is no terminal to fit; JSON and CSV give all of it
LEAST = 6
BETWEEN = "  "


@dataclass(frozen=True, slots=True)
class Layout:
    """The columns' widths in cells, and which stand to the right."""

    widths: tuple[int, ...]
    right: tuple[bool, ...]

    def line(self, cells: Sequence[str]) -> str:
        """One line of the table with its line break; spaces at the end are left out."""
        parts = []
        for cell, width, right in zip(cells, self.widths, self.right, strict=True):
            text = clip(cell, width)
            room = " " * (width - width_of(text))
            parts.append(room + text if right else text + room)
        return BETWEEN.join(parts).rstrip() + "\n"


def layout_of(titles: Sequence[str], right: Sequence[bool], rows: Sequence[Sequence[str]]) -> Layout:
    """The layout of a table: as wide as its words, or on a terminal no wider than that; the widest columns give way."""
    widths = [max(width_of(title), *(width_of(row[at]) for row in rows)) for at, title in enumerate(titles)]
    widths = [min(width, LONGEST) for width in widths]
    room = terminal_width()
    if room is not None:
        room -= len(BETWEEN) * (len(widths) - 1)
        while sum(widths) > room:
            widest = max(range(len(widths)), key=lambda at: (not right[at], widths[at]))
            if widths[widest] <= LEAST:
                break
            widths[widest] -= 1
    return Layout(tuple(widths), tuple(right))


def terminal_width() -> int | None:
    """The columns of the terminal that data is shown on; None where it goes elsewhere."""
    return shutil.get_terminal_size().columns if sys.stdout.isatty() else None


def width_of(text: str) -> int:
    """How many cells a text takes."""
    if text.isascii():
        return len(text)
    return sum(_cells(letter) for letter in text)


def _cells(letter: str) -> int:
    if unicodedata.combining(letter) or unicodedata.category(letter) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(letter) in "WF" else 1


def clip(text: str, width: int) -> str:
    """The text in at most that many cells, with an ellipsis where it is cut."""
    if width_of(text) <= width:
        return text
    kept, taken = "", 0
    for letter in text:
        taken += _cells(letter)
        if taken > width - 1:
            break
        kept += letter
    return kept.rstrip() + "…"


def words(value: Any) -> str:
    """A value for people: times in London, days as `Tue 14 Oct`, yes and no, lists joined by commas."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime):
        return moment(value)
    if isinstance(value, date):
        return day_words(value, datetime.now(UTC).astimezone(london()).date())
    if isinstance(value, float):
        return f"{value:.1f}"
    if isinstance(value, list | tuple):
        return ", ".join(words(each) for each in value)
    return str(value)


def moment(value: datetime) -> str:
    """A time on the clock in London: `today 16:45`, `Tue 14 Oct 16:45`."""
    local = value.astimezone(london())
    return f"{day_words(local.date(), datetime.now(UTC).astimezone(london()).date())} {local:%H:%M}"
