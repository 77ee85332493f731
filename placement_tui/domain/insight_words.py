"""The figures of insight as words: one way to write a share, an amount or a span, wherever it is shown."""

from __future__ import annotations

import re

from placement_tui.domain.insight import Period, Row, Unit

_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
NONE = "-"
FEW = 10  # what rests on fewer says so in words
SUPPRESSED = "c"  # as the Department's own tables write a figure that is too small to tell


def shown(value: float | None, unit: Unit) -> str:
    """A value in its unit, short: `34.3%`, `1,204`, `12.5 days`, `£4,120`; a dash where there is none."""
    if value is None:
        return NONE
    if unit == "share":
        return f"{value * 100:.1f}%"
    if unit == "count":
        return f"{value:,.0f}"
    if unit == "pence":
        pounds = f"{abs(value) / 100:,.0f}"
        return f"{'-' if value < 0 and pounds != '0' else ''}£{pounds}"
    if unit == "rate":
        return f"{value:,.2f}"
    number = f"{value:,.1f}".removesuffix(".0")
    return number if unit == "score" else f"{number} {_word(unit, number)}"


def interval(row: Row, unit: Unit) -> str:
    """A row's 95% interval, as `21-47%`; nothing where it has none."""
    if row.low is None or row.high is None:
        return ""
    if unit == "share":
        return f"{row.low * 100:.0f}-{row.high * 100:.0f}%"
    low, high = shown(row.low, unit), shown(row.high, unit)
    return f"{low.split()[0]}-{high}"


def rests_on(row: Row) -> str:
    """What a figure rests on: `12 of 35`, or `n 35`; `n 7, few` where that is little to compare by."""
    if row.numerator is not None and row.denominator is not None:
        said = f"{row.numerator:,.0f} of {row.denominator:,.0f}"
    else:
        said = f"n {row.n:,}"
    return f"{said}, few" if few(row) else said


def few(row: Row) -> bool:
    """True where a figure, which is not itself a count, rests on so few that it says little."""
    return 0 < row.n < FEW and row.value != row.n


def period_words(period: Period) -> str:
    """`14 Oct 2025 to 13 Oct 2026`; a single day alone."""
    first, last = period.first, period.last
    if first == last:
        return f"{last.day} {last:%b %Y}"
    return f"{first.day} {first:%b %Y} to {last.day} {last:%b %Y}"


_WAYS = {
    "changeable": "whether we can change it", "change": "what would change it", "filled": "whether that was said",
    "asked": "first asked, or asked again", "score": "the profile's score", "type": "kind of home", "month": "month",
}  # fmt: skip


def way_words(way: str) -> str:
    """A way to set figures apart, for people; nothing sets none apart."""
    return _WAYS.get(way, way.replace("_", " ")) if way else "all together"


def moment(row: Row) -> float | None:
    """The day since the start that a row of a survival curve is of: the number in `across`, else in its label."""
    found = _NUMBER.search(row.across) or _NUMBER.search(row.label)
    return float(found.group()) if found else None


def _word(unit: Unit, number: str) -> str:
    words = {"days": "days", "hours": "h", "miles": "mi"}
    return "day" if unit == "days" and number == "1" else words[unit]
