"""Tables of plain text: how wide each column is, and cells cut to it. Fits a terminal; a pipe gets the words whole."""

from __future__ import annotations

import shutil
import sys
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from placement_tui.domain.typed_dates import day_words
from placement_tui.domain.typed_times import london

MEASURED = 500  # rows that decide the widths; a longer table streams
LONGEST = 200  # cells of one column where there is no terminal to fit; JSON and CSV give all of it
LEAST = 16  # a column is not cut shorter than a date and a number are long: the last ones are left out instead
BETWEEN = "  "


@dataclass(frozen=True, slots=True)
class Layout:
    """The columns' widths in cells, and which stand to the right. Cells beyond the last width are left out."""

    widths: tuple[int, ...]
    right: tuple[bool, ...]
    left_out: int = 0  # columns at the end that the terminal has no room for

    def line(self, cells: Sequence[str]) -> str:
        """One line of the table with its line break; spaces at the end are left out."""
        parts = []
        for cell, width, right in zip(cells, self.widths, self.right, strict=False):
            text = clip(cell, width)
            room = " " * (width - width_of(text))
            parts.append(room + text if right else text + room)
        return BETWEEN.join(parts).rstrip() + "\n"


def layout_of(titles: Sequence[str], right: Sequence[bool], rows: Sequence[Sequence[str]]) -> Layout:
    """The layout of a table: as wide as its words, or on a terminal no wider than that.

    The widest columns of words give way first; where that is not enough the last columns are left out.
    """
    natural = [max(width_of(title), *(width_of(row[at]) for row in rows)) for at, title in enumerate(titles)]
    natural = [min(width, LONGEST) for width in natural]
    room = terminal_width()
    if room is None:
        return Layout(tuple(natural), tuple(right))
    least = [width if right[at] else min(width, LEAST) for at, width in enumerate(natural)]
    shown = len(natural)
    while shown > 1 and _in_all(least[:shown]) > room:
        shown -= 1
    widths = natural[:shown]
    while _in_all(widths) > room:
        yielding = [at for at in range(shown) if widths[at] > least[at]]
        if not yielding:
            break
        widths[max(yielding, key=widths.__getitem__)] -= 1
    return Layout(tuple(widths), tuple(right[:shown]), len(titles) - shown)


def _in_all(widths: Sequence[int]) -> int:
    return sum(widths) + len(BETWEEN) * (len(widths) - 1)


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
        return day_words(value, _today())
    if isinstance(value, float):
        return f"{value:.1f}"
    if isinstance(value, list | tuple):
        return ", ".join(words(each) for each in value)
    return str(value)


def moment(value: datetime) -> str:
    """A time on the clock in London: `today 16:45`, `Tue 14 Oct 16:45`."""
    local = value.astimezone(london())
    return f"{day_words(local.date(), _today())} {local:%H:%M}"


def use_clock(clock: Callable[[], datetime] | None) -> None:
    """Take the time of day from that clock, from the system's where it is None."""
    global _clock
    _clock = clock or _system


def _system() -> datetime:
    return datetime.now(UTC)


_clock: Callable[[], datetime] = _system


def _today() -> date:
    return _clock().astimezone(london()).date()
