"""What leaves the team: figures of insight as they may be shared, and the pack of them for a board.

Counts below the council's threshold are hidden, and so many more that no difference of what is shown gives one away
(see `report_masking`). Nothing here has a child's name, initials, number or anybody's own words.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from placement_tui.domain.insight import Chart, Period, Unit
from placement_tui.domain.insight_words import FEW, NONE, SUPPRESSED, shown
from placement_tui.errors import Invalid

THRESHOLD = 6  # counts below it are hidden where the council says nothing else (a usual rule; no law names a number)
LEAST_THRESHOLD, MOST_THRESHOLD = 3, 50
PUBLISHED = (
    "Contains Ofsted and Department for Education data © Crown copyright, and Office for National Statistics and Ordnance "
    "Survey data © Crown copyright and database right, licensed under the Open Government Licence v3.0.",
    "Contains Royal Mail data © Royal Mail copyright and database right.",
)


@dataclass(frozen=True, slots=True)
class SharedRow:
    """One figure as it may be shared. `hidden` where it may not be: its value is then None, and so is `n` if that too."""

    label: str
    across: str = ""
    value: float | None = None
    low: float | None = None
    high: float | None = None
    numerator: int | None = None
    denominator: int | None = None
    n: int | None = None
    hidden: bool = False

    @property
    def few(self) -> bool:
        """True where it rests on so few records that it says little."""
        return self.n is not None and 0 < self.n < FEW and self.value != self.n


@dataclass(frozen=True, slots=True)
class SharedBlock:
    """A table, with its chart, as it may be shared."""

    name: str
    title: str
    definition: str
    rows: tuple[SharedRow, ...]
    unit: Unit = "count"
    chart: Chart = "bars"
    source: str = ""
    empty: str = ""
    left_out: int = 0  # points of a curve that would have told of single children

    @property
    def hidden(self) -> int:
        """How many of its figures are hidden."""
        return sum(row.hidden for row in self.rows)


@dataclass(frozen=True, slots=True)
class Section:
    """A question and its tables."""

    name: str
    title: str
    about: str
    blocks: tuple[SharedBlock, ...]


@dataclass(frozen=True, slots=True)
class Pack:
    """All of it, and whose it is: `refused` are the questions that could not be answered, with why."""

    council: str
    period: Period
    made_by: str
    made_at: datetime
    threshold: int
    sections: tuple[Section, ...]
    refused: tuple[tuple[str, str], ...] = ()

    @property
    def why_hidden(self) -> str:
        """What stands for a hidden figure, and why it is hidden."""
        return (
            f"{SUPPRESSED}: a count from 1 to {self.threshold - 1}, a figure that rests on one or leaves one over, or another "
            "that is hidden so that no such count can be worked out from what is shown. Zeros are shown."
        )


def check_threshold(said: object) -> int:
    """The least count that is shown. Raises Invalid."""
    text = str(said).strip()
    if not (text.isascii() and text.isdigit() and LEAST_THRESHOLD <= int(text) <= MOST_THRESHOLD):
        raise Invalid(
            "threshold",
            f"{text[:20]!r} is no threshold",
            "counts below it are hidden",
            f"a whole number from {LEAST_THRESHOLD} to {MOST_THRESHOLD}, usually {THRESHOLD}",
        )
    return int(text)


def figure_words(row: SharedRow, unit: Unit) -> str:
    """The figure for people: `c` where it is hidden."""
    return SUPPRESSED if row.hidden else shown(row.value, unit)


def interval_words(row: SharedRow, unit: Unit) -> str:
    """Its 95% interval, as `21% to 47%`."""
    if row.low is None or row.high is None:
        return ""
    return f"{shown(row.low, unit)} to {shown(row.high, unit)}"


def count_words(number: int | None, row: SharedRow) -> str:
    """A count that a figure rests on: `c` where it is hidden with it, a dash where it has none."""
    if number is None:
        return SUPPRESSED if row.hidden else NONE
    return f"{number:,}"


def day_text(day: date) -> str:
    """`14 October 2026`."""
    return f"{day.day} {day:%B %Y}"
