"""What an indicator is: its exact name, its definition in words, whose it is, and the function that counts it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from math import ceil
from statistics import fmean, median
from typing import Any, NamedTuple

from placement_tui.domain.indicators.facts import Ceased, End, Facts, Living, Start
from placement_tui.domain.insight import Unit

_FLOW = ("starts", "ends", "ceased")


class Measured(NamedTuple):
    """A figure: a share from 0 to 1 or an amount, its two counts where it is a share, and on how many records it rests."""

    value: float | None
    n: int
    numerator: int | None = None
    denominator: int | None = None


@dataclass(frozen=True, slots=True)
class Theirs:
    """The Department's figure that is the same, by its name here (`domain.benchmarks`); `differs` where it is not quite."""

    name: str
    differs: str = ""


@dataclass(frozen=True, slots=True)
class Indicator:
    """One indicator. `up` says whether more is better, None where that depends.

    `of` names the facts that it counts, `counts` which of them are in the numerator, out of those `among` which it is.
    Where `of` is empty, `figure` makes it of the facts as a whole.
    """

    code: str
    name: str
    theme: str
    numerator: str
    denominator: str
    source: str
    unit: Unit = "share"
    up: bool | None = None
    of: str = ""
    counts: Callable[[Any], bool] | None = None
    among: Callable[[Any], bool] | None = None
    figure: Callable[[Facts], Measured] | None = None
    theirs: Theirs | None = None
    note: str = ""

    @property
    def definition(self) -> str:
        """What is divided by what, or counted, and when."""
        over = f" / {self.denominator}" if self.denominator else ""
        return f"{self.numerator}{over}{'; ' + self.note if self.note else ''}"

    @property
    def setting(self) -> str:
        """The name of the setting that holds the council's own target."""
        return f"target_{self.code}"

    @property
    def of_period(self) -> bool:
        """True where it counts what happened in a time, False where it is how things stand on a day."""
        return self.of in _FLOW or self.note.startswith("in the period")


def measure(indicator: Indicator, facts: Facts) -> Measured:
    """The figure of some facts; no value where there is nothing to divide by."""
    if indicator.figure is not None:
        return indicator.figure(facts)
    among, counts = indicator.among or _every, indicator.counts or _every
    rows: Mapping[Any, int] = getattr(facts, indicator.of)
    if indicator.unit == "count":
        number = sum(times for row, times in rows.items() if among(row) and counts(row))
        return Measured(number, number)
    numerator = denominator = 0
    for row, times in rows.items():
        if among(row):
            denominator += times
            if counts(row):
                numerator += times
    return share(numerator, denominator)


def share(numerator: int, denominator: int) -> Measured:
    """A share of its two counts."""
    return Measured(numerator / denominator if denominator else None, denominator, numerator, denominator)


def share_of(values: Iterable[bool]) -> Measured:
    """The share of those that are true."""
    every = list(values)
    return share(sum(every), len(every))


def middle(values: Iterable[float]) -> Measured:
    """The median."""
    every = list(values)
    return Measured(median(every) if every else None, len(every))


def mean(values: Iterable[float]) -> Measured:
    """The arithmetic mean."""
    every = list(values)
    return Measured(fmean(every) if every else None, len(every))


def nine_in_ten(values: Iterable[float]) -> Measured:
    """The 90th percentile by the nearest rank: nine in ten are no more."""
    every = sorted(values)
    return Measured(every[ceil(0.9 * len(every)) - 1] if every else None, len(every))


def _every(_: Any) -> bool:
    return True


Counts = Callable[[Living], bool]
CountsStart = Callable[[Start], bool]
CountsEnd = Callable[[End], bool]
CountsCeased = Callable[[Ceased], bool]
