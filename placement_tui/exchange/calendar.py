"""Which days are worked in England, from a library that knows the bank holidays, substitute days and one-offs."""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import Any


def is_working(day: date) -> bool:
    """True for a working day in England: no weekend, no bank holiday (regulation 2 CPPCR 2010)."""
    return day.weekday() < 5 and day not in _england()


def holiday_name(day: date) -> str:
    """What a bank holiday is called; empty for any other day."""
    return str(_england().get(day, ""))


@cache
def _england() -> Any:
    import holidays  # here: it costs 40 ms, and only writing counts working days

    return holidays.country_holidays("GB", subdiv="ENG")
