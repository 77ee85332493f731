"""What the coded placement says against itself: deprivation of liberty, ages, longest times, short breaks (L20, L22, L23).

The numbers are those of the sector's validation rules for the SSDA903 return; their boundaries are kept to the day.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta

from placement_tui.domain.homes import Finding
from placement_tui.domain.rules.words import REG_48, S46, SOURCE_903, warn

AGE_FLOORS = {"K3": (16, "371"), "R5": (10, "372"), "S1": (4, "373"), "P3": (14, "374")}
LONGEST = {"T1": (42, "375", "6 weeks"), "T3": (21, "376", "3 weeks"), "T4": (7, "379", "7 days")}
CARERS_HOLIDAYS = 2  # T3 in any twelve months: rule 377
POLICE_PROTECTION = timedelta(hours=72)
SHORT_BREAKS = ("V3", "V4")
SHORT_BREAK_DAYS = 17
SHORT_BREAK_YEAR = 75
DEPRIVED_EXPECTED = ("K2", "Z12", "Z13")
DEPRIVED_NEVER = ("K1", "P1", "R5", "K3")

Span = tuple[date, date]  # first day, and the day it ended


def age_floor(place: str | None, ages: Iterable[int]) -> Finding | None:
    """L23: K3 from 16 (rule 371), R5 from 10 (372), S1 from 4 (373), P3 from 14 (374), on the day it starts."""
    floor, number = AGE_FLOORS.get(place or "", (0, ""))
    youngest = min(ages, default=floor)
    if youngest >= floor:
        return None
    return warn("L23", f"{SOURCE_903} {number}", f"{place} is from {floor} years; this child is {youngest}", "place")


def with_parents(place: str | None, legal_status: str | None) -> Finding | None:
    """L23: a child accommodated under section 20 (V2) is not placed with its own parents (P1): rule 378."""
    if place != "P1" or legal_status != "V2":
        return None
    return warn("L23", f"{SOURCE_903} 378", "with parents (P1), yet accommodated under s20 (V2)", "place")


def too_long(place: str | None, start: date, until: date) -> Finding | None:
    """L23: T1 lasts 6 weeks at most (rule 375), T3 three (376), T4 seven days (379)."""
    if place not in LONGEST:
        return None
    most, number, words = LONGEST[place]
    days = (until - start).days
    if days <= most:
        return None
    return warn("L23", f"{SOURCE_903} {number}", f"{place} lasts {words} at most; this is {days} days", "time")


def carers_holidays(place: str | None, start: date, earlier: Iterable[date]) -> Finding | None:
    """L23: two stays while the carers are on holiday (T3) in any twelve months: rule 377. `earlier` are their starts."""
    if place != "T3":
        return None
    count = 1 + sum(year_before(start) < day <= start for day in earlier)
    if count <= CARERS_HOLIDAYS:
        return None
    return warn("L23", f"{SOURCE_903} 377", f"T3 for the {_ordinal(count)} time in 12 months; 2 are allowed", "time")


def police_protection(legal_status: str | None, start: datetime, until: datetime) -> Finding | None:
    """L23: police protection (L1) ends after 72 hours. Section 46(6) Children Act 1989; rule 361."""
    if legal_status != "L1" or until - start <= POLICE_PROTECTION:
        return None
    return warn("L23", f"{S46}, {SOURCE_903} 361", "72 hours of police protection (L1) are over", "time")


def deprived(is_deprived: bool, place: str | None) -> Finding | None:
    """L20: with an order that deprives of liberty the return expects K2, Z12 or Z13 (rule 709), never K1, P1, R5 or K3

    (rule 710): secure homes have an order of their own, and supported accommodation and parents cannot keep one to it.
    """
    if not is_deprived or place is None or place in DEPRIVED_EXPECTED:
        return None
    if place in DEPRIVED_NEVER:
        return warn("L20", f"{SOURCE_903} 710", f"an order deprives of liberty: never with {place}", "place")
    return warn("L20", f"{SOURCE_903} 709", f"an order deprives of liberty: {place} is unexpected", "place")


def short_break(legal_status: str | None, start: date, until: date | None) -> Finding | None:
    """L22: no single short break (V3, V4) is longer than 17 days. Regulation 48(2)(c) CPPCR; rule 365."""
    if legal_status not in SHORT_BREAKS or until is None:
        return None
    days = (until - start).days
    if days <= SHORT_BREAK_DAYS:
        return None
    return warn("L22", REG_48, f"a short break of {days} days: 17 at most", "short breaks")


def short_breaks(legal_status: str | None, spans: Sequence[Span]) -> Finding | None:
    """L22: short breaks are 75 days at most in any twelve months. Regulation 48(2)(c) CPPCR; rule 367.

    `spans` are all of them, this one too; the twelve months that hold the most of their days count.
    """
    if legal_status not in SHORT_BREAKS:
        return None
    most = max((days_within(spans, end) for _, end in spans), default=0)
    if most <= SHORT_BREAK_YEAR:
        return None
    return warn("L22", REG_48, f"{most} days of short breaks in 12 months: 75 at most", "short breaks")


def days_within(spans: Iterable[Span], end: date) -> int:
    """The days of some stays that lie in the twelve months up to `end`."""
    first = year_before(end)
    return sum(max(0, (min(until, end) - max(start, first)).days) for start, until in spans)


def year_before(day: date) -> date:
    """The same day a year earlier; 28 February for 29 February."""
    try:
        return day.replace(year=day.year - 1)
    except ValueError:
        return day.replace(year=day.year - 1, day=28)


def _ordinal(count: int) -> str:
    return {3: "third", 4: "fourth", 5: "fifth"}.get(count, f"{count}th")
