"""Indicators as pages of insight: by theme in one table, or each by itself with how it was at earlier times."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta

from placement_tui.domain.indicators import THEMES, Facts, Indicator, by_theme, measure
from placement_tui.domain.indicators.histories import months_before
from placement_tui.domain.indicators.kinds import Measured
from placement_tui.domain.insight import Block, Cut, Period, Row, wilson
from placement_tui.domain.targets import said_of

YEARS, MONTHS = 4, 11
_A_YEAR = (
    300  # days: a period from so many on is compared with those of earlier years, a shorter one with earlier months
)
_EACH = "each by its own definition: placement insight indicators --by {theme}"
_UNITS: dict[str, str] = {"share": "", "count": ": counts", "days": ": days", "hours": ": hours"}


def overview(facts: Facts, targets: Mapping[str, float]) -> tuple[Block, ...]:
    """Every indicator, a table for each theme and unit."""
    found = []
    for theme, title in THEMES.items():
        for unit in dict.fromkeys(each.unit for each in by_theme(theme)):
            rows = tuple(row_of(each, facts, targets, name=True) for each in by_theme(theme) if each.unit == unit)
            found.append(Block(f"{theme}{_UNITS[unit].replace(': ', '-')}", title + _UNITS[unit], _EACH.format(theme=theme), rows, unit,
                               "bars", _sources(each for each in by_theme(theme) if each.unit == unit)))  # fmt: skip
    return tuple(found)


def of_theme(theme: str, every: Sequence[Facts], targets: Mapping[str, float]) -> tuple[Block, ...]:
    """Each indicator of a theme by itself: the oldest facts first, its definition and its source with it."""
    return tuple(
        Block(each.code, f"{each.code} {each.name}", each.definition,
              tuple(row_of(each, facts, targets if facts is every[-1] else {}) for facts in every), each.unit, "trend", each.source)
        for each in by_theme(theme)
    )  # fmt: skip


def row_of(each: Indicator, facts: Facts, targets: Mapping[str, float], *, name: bool = False) -> Row:
    """One figure with what it rests on, its target, and the cut that leads to the records behind it."""
    known = measure(each, facts)
    low, high = (
        wilson(known.numerator or 0, known.denominator or 0) or (None, None) if _interval(each, known) else (None, None)
    )
    notes = [said_of(each, targets.get(each.code), known.value)]
    if each.code == "C-1":
        alone = sum(times for row, times in facts.living.items() if not row.by_care)
        notes.append(f"{alone:,} by an open placement alone: no period of care was logged" if alone else "")
    day = facts.period.last.isoformat()
    return Row(
        f"{each.code} {each.name}" if name else each.code, known.value, known.n, known.numerator, known.denominator, low, high,
        "" if name else day, "; ".join(note for note in notes if note), (Cut("indicator", each.code), Cut("day", day)),
    )  # fmt: skip


def earlier(period: Period) -> list[Period]:
    """The periods to compare with, the oldest first and the period itself last: of earlier years, or of earlier months."""
    if (period.last - period.first).days >= _A_YEAR:
        return [Period(_years(period.first, back), _years(period.last, back)) for back in range(YEARS, -1, -1)]
    return [Period(months_before(period.first, back), _month_end(period.last, back)) for back in range(MONTHS, -1, -1)]


def _interval(each: Indicator, known: Measured) -> bool:
    return each.unit == "share" and bool(known.denominator) and (known.numerator or 0) >= 0


def _sources(every: Iterable[Indicator]) -> str:
    named: dict[str, None] = {}
    for each in every:
        named |= dict.fromkeys(each.source.split("; "))
    return "; ".join(named)


def _years(day: date, back: int) -> date:
    return months_before(day, 12 * back)


def _month_end(day: date, back: int) -> date:
    """The same day of an earlier month; the last of the month of the last."""
    found = months_before(day, back)
    ends = (day + timedelta(days=1)).day == 1
    return date(found.year + found.month // 12, found.month % 12 + 1, 1) - timedelta(days=1) if ends else found
