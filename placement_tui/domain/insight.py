"""Insight: what the team's own records say, as figures that carry their count, their definition and their source.

A `Report` is a page of `Block`s, a block is a chart or a table of `Row`s. Every share carries numerator and denominator;
where somebody would compare, an interval. Nothing here knows a screen, a file or the store.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from math import sqrt
from typing import Literal

from placement_tui.domain.maps import AreaMap

Unit = Literal["count", "share", "rate", "days", "hours", "miles", "pence", "score"]
Chart = Literal["bars", "trend", "survival", "heat", "map", "none"]
_Z = 1.959963984540054  # of a 95% interval


@dataclass(frozen=True, slots=True)
class Period:
    """Some days, both ends counted, as days are in England."""

    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Cut:
    """One dimension at one value: what leads from a figure to the records behind it, as `reason = M1`."""

    dimension: str
    value: str


@dataclass(frozen=True, slots=True)
class Row:
    """One figure. `value` is a share from 0 to 1, or in the block's unit; None where there is nothing to divide by.

    `n` is how many records it rests on; `low` and `high` are a 95% interval; `across` names the column of a heat map or
    the moment of a trend (an ISO date); `cuts` lead to the records behind it. What may not be shared is `hidden`, and has no value.
    """

    label: str
    value: float | None
    n: int
    numerator: float | None = None
    denominator: float | None = None
    low: float | None = None
    high: float | None = None
    across: str = ""
    note: str = ""
    cuts: tuple[Cut, ...] = ()
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class Block:
    """Figures of one kind under one title, with what exactly they count and whose question it is."""

    name: str
    title: str
    definition: str
    rows: tuple[Row, ...]
    unit: Unit = "count"
    chart: Chart = "bars"
    source: str = ""
    empty: str = "Nothing was logged in that time."
    area: AreaMap | None = None  # what a map draws; it stays on the screen


@dataclass(frozen=True, slots=True)
class Report:
    """A view of insight: its blocks, for a period or at its last day."""

    name: str
    title: str
    period: Period
    blocks: tuple[Block, ...]
    by: str = ""


@dataclass(frozen=True, slots=True)
class Behind:
    """One record behind a figure: what it is, on one line. `noun` and `key` are what a screen opens."""

    noun: str
    key: str
    when: date | None
    reference: str
    child: str
    what: str


@dataclass(frozen=True, slots=True)
class Asked:
    """Which records are wanted: those behind one figure of a view, in its time. `words` name the figure."""

    view: str
    period: Period
    cuts: tuple[Cut, ...]
    words: str


def wilson(successes: float, n: float) -> tuple[float, float] | None:
    """The 95% interval of a share by Wilson's score method (1927), from 0 to 1; None where n is 0."""
    if n <= 0:
        return None
    share, z2 = successes / n, _Z * _Z
    middle = (share + z2 / (2 * n)) / (1 + z2 / n)
    half = _Z / (1 + z2 / n) * sqrt(share * (1 - share) / n + z2 / (4 * n * n))
    return max(0.0, middle - half), min(1.0, middle + half)


def share(label: str, numerator: float, denominator: float, **more: object) -> Row:
    """A share with its interval; no value where there is nothing to divide by."""
    interval = wilson(numerator, denominator)
    low, high = interval or (None, None)
    value = numerator / denominator if denominator else None
    return Row(label, value, int(denominator), numerator, denominator, low, high, **more)  # type: ignore[arg-type]  # across, note, cuts
