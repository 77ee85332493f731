"""The figures of delay as lines: a bar to the median, a thinner one to where nine in ten were done, and the definition."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import groupby

from placement_tui.domain.delay import COUNTS, STEPS, Figure
from placement_tui.domain.sign_offs import waited
from placement_tui.terminal import ascii_only
from placement_tui.widgets.text import Line, Span, wrap

_LABEL, _NUMBERS = 31, 25
_URGENCIES = {"now": "needed now", "today": "needed today", "date": "needed by a date"}
_WHOLE = STEPS[-1].code


def delay_page(figures: Sequence[Figure], width: int) -> list[Line]:
    """Each group's figures, one line a step, the steps of a group in one measure; then what each counts."""
    lines: list[Line] = []
    for group, rows in groupby(figures, key=lambda row: row.group):
        lines += [*_group(group, list(rows), width), ""]
    if not lines:
        return [Span(" No referral was received in that time", "muted")]
    lines.append(Span(" What each counts", "head"))
    words = [(step.label, step.definition) for step in STEPS] + list(COUNTS.values())
    for label, definition in words:
        first, *rest = wrap(definition, max(20, width - _LABEL - 3))
        lines.append([Span(f" {label:<{_LABEL}} "), Span(first, "muted")])
        lines += [Span(" " * (_LABEL + 2) + line, "muted") for line in rest]
    rank = "median: half took no longer. 9 in 10: the nearest rank. A bar ends at the median, its thin part at 9 in 10"
    return [*lines, *[Span(" " + line, "muted") for line in wrap(rank, max(20, width - 2))]]


def _group(group: str, rows: Sequence[Figure], width: int) -> list[Line]:
    counts = {row.code: row.n for row in rows}
    title = _title(group)
    lost, taken = counts.get("lost", 0), counts.get("taken", 0)
    head: list[Span] = [Span(f" {title}", "head"), Span(f"  {counts.get('referrals', 0)} received", "muted")]
    lines: list[Line] = [
        [*head, Span(f"{'n':>{max(1, width - _NUMBERS - _len(head) + 4)}}{'median':>9}{'9 in 10':>10}", "head")]
    ]
    steps = [row for row in rows if row.code not in COUNTS]
    most = max((row.p90_minutes or 0 for row in steps if row.code != _WHOLE), default=0)
    for row in steps:
        lines.append(_step(row, most, width))
    beds = "bed" if lost == 1 else "beds"
    again = f", {taken} of them offered again and taken" if taken else ""
    line = [Span(f" {lost} {beds} lost while waiting for sign-off{again}", "bad" if lost else "muted")]
    if counts.get("returned"):
        one = counts["returned"] == 1
        line.append(Span(f"   {counts['returned']} sign-off{'' if one else 's'} returned", "muted"))
    return [*lines, line]


def _step(row: Figure, most: float, width: int) -> Line:
    whole = row.code == _WHOLE
    room = max(0, width - _LABEL - _NUMBERS - 3)
    full = thin = 0
    if most and not whole and row.median_minutes is not None and row.p90_minutes is not None:
        full = max(1, round(room * min(1.0, row.median_minutes / most)))
        thin = max(0, round(room * min(1.0, row.p90_minutes / most)) - full)
    solid, light = ("#", "-") if ascii_only() else ("█", "─")
    ink = "warn" if row.code == "deciding" else "accent"
    bar = [Span(solid * full, ink), Span(light * thin, ink), Span(" " * (room - full - thin))]
    numbers = f"{row.n or '-':>6}{_span(row.median_minutes):>9}{_span(row.p90_minutes):>10}"
    return [Span(f" {row.label:<{_LABEL}} ", "strong" if whole else ""), *bar, Span(numbers, "strong" if whole else "")]


def _title(group: str) -> str:
    if group in _URGENCIES:
        return _URGENCIES[group]
    return f"{date.fromisoformat(f'{group}-01'):%B %Y}" if group else "all referrals"


def _span(minutes: float | None) -> str:
    return "-" if minutes is None else waited(timedelta(minutes=minutes))


def _len(parts: Sequence[Span]) -> int:
    return sum(len(part.text) for part in parts)


def span_words(first: date, last: date) -> str:
    """`14 Oct 2025 to 13 Oct 2026`."""
    return f"{first.day} {first:%b %Y} to {last.day} {last:%b %Y}"
