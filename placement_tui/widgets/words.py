"""Rows in words: how a wish, an urgency, an answer, a distance or a fee reads in a cell. No widget here."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING

from placement_tui.domain.spoken import clock_words as clock_words
from placement_tui.domain.spoken import wanted_words as wanted_words
from placement_tui.domain.typed import age_words, day_words
from placement_tui.domain.typed_numbers import money_words
from placement_tui.domain.typed_times import london
from placement_tui.widgets.text import Span

if TYPE_CHECKING:
    from placement_tui.domain.approaches import CallRow

OUTCOME_INK = {"awaiting": "accent", "offer": "good", "refusal": "", "no_reply": "warn", "withdrawn": "muted"}
_GRADE_SHORT = {
    "requires_improvement": "Req. impr.", "consistently_strong": "Strong", "inconsistent": "Inconsistent",
    "serious_weaknesses": "Weaknesses", "not_judged": "Not judged",
}  # fmt: skip


def by_words(urgency: str, needed_by: datetime | None, now: datetime) -> Span:
    """`NOW`, `TONIGHT`, `Wed 15`: when a home is needed."""
    if urgency == "now":
        return Span("NOW", "bad")
    if urgency == "today":
        if needed_by is None:
            return Span("TONIGHT", "warn")
        return Span(f"BY {needed_by.astimezone(london()):%H:%M}", "bad" if needed_by <= now else "warn")
    if needed_by is None:
        return Span("no date", "muted")
    today = now.astimezone(london()).date()
    day = needed_by.astimezone(london()).date()
    ink = "bad" if needed_by <= now else "warn" if day <= today else ""
    return Span(("past " if day < today else "") + day_words(day, today), ink)


def ago_words(then: datetime, now: datetime) -> str:
    """`2m`, `3h`, `4d`."""
    return age_words(max(now - then, now - now))


def miles_words(miles: float | None, approximate: bool = False) -> str:
    """`6.1`, `~14`, or `?`."""
    if miles is None:
        return "?"
    return f"~{miles:.0f}" if approximate else f"{miles:.1f}"


def grade_words(grade: str | None) -> str:
    """A grade in at most twelve letters."""
    from placement_tui.domain.codes.grades import grade_label

    return _GRADE_SHORT.get(grade or "", grade_label(grade) if grade else "-")


def grade_dated(grade: str | None, on: date | None) -> str:
    """`Good Mar 25`."""
    return grade_words(grade) + (f" {on:%b %y}" if grade and on else "")


def answer_words(row: CallRow, now: datetime) -> Span:
    """What came of an approach, for its cell: `no matching 2m`, `back 16:45`, `waiting 14m`."""
    from placement_tui.domain.codes.declines import CLOSINGS
    from placement_tui.domain.codes.refusals import REFUSALS

    if row.outcome == "refusal":
        said = REFUSALS[row.reason].said if row.reason and row.reason in REFUSALS else "no"
        more = f" +{len(row.other_reasons)}" if row.other_reasons else ""
        return Span(f"{said}{more} {_since(row, now)}", "")
    if row.call_back_at is not None and row.open:
        return Span(f"back {clock_words(row.call_back_at, now)}", "warn" if row.call_back_at <= now else "accent")
    if row.outcome == "awaiting":
        return Span(f"waiting {ago_words(row.asked_at, now)}", "accent")
    if row.outcome == "no_reply":
        return Span(f"no reply {_since(row, now)}", "warn")
    if row.outcome == "offer":
        return Span(f"OFFER {_since(row, now)}", "good")
    return Span(CLOSINGS.label(row.closing).lower() if row.closing else "withdrawn", "muted")


def _since(row: CallRow, now: datetime) -> str:
    return ago_words(row.answered_at, now) if row.answered_at else ""


def change_words(codes: Sequence[str]) -> str:
    """What would change an answer, in words."""
    from placement_tui.domain.codes.refusals import WOULD_CHANGE

    return ", ".join(WOULD_CHANGE.label(code).lower() for code in codes)


def fee_line(care: int, education: int, health: int) -> str:
    """`£4,150 (care 3,600 edu 550)`."""
    parts = [(name, pence) for name, pence in (("care", care), ("edu", education), ("health", health)) if pence]
    total = money_words(care + education + health)
    if len(parts) <= 1:
        return total
    return f"{total} ({' '.join(f'{name} {money_words(pence)[1:]}' for name, pence in parts)})"
