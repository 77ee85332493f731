"""A child's time in care as cells and lines of a screen. No widget here."""

from __future__ import annotations

from datetime import date

from placement_tui.domain.care import CareHistory, return_misses
from placement_tui.domain.care_lines import CareLine, care_lines
from placement_tui.domain.codes.ssda903 import ETHNICITY
from placement_tui.domain.story import lasted
from placement_tui.widgets.text import Line, Span
from placement_tui.widgets.typed_fields import day_text

HOW_TO_BEGIN = "Nothing is logged of this child's care yet: b says since when, and under which legal status"
_INKS = {"care": "strong", "missing": "warn", "placement": "muted"}


def rows_of(history: CareHistory, today: date) -> list[CareLine]:
    """Every row, the latest first, with the placements between them."""
    lived = [
        CareLine(stay.id, "placement", stay.from_on, stay.until_on, stay.place or "", stay.home,
                 lasted(stay.from_on, stay.until_on or today), stay.until_on is None)
        for stay in history.stays
    ]  # fmt: skip
    return sorted([*care_lines(history, today), *lived], key=lambda line: -line.on.toordinal())


def cells(line: CareLine) -> list[Line]:
    """One row of the list."""
    ink = _INKS.get(line.kind, "")
    until = day_text(line.until) if line.until else "goes on" if line.open else ""
    title = "Placement" if line.kind == "placement" else line.title
    return [Span(title, ink), day_text(line.on), until, line.lasted, line.code, Span(line.words, ink)]


def header_words(history: CareHistory) -> str:
    """What the return's first table says of the child."""
    born = f"born {history.born_on:%d/%m/%Y}" if history.born_on else ""
    ethnicity = ETHNICITY.label(history.ethnicity) if history.ethnicity else ""
    mother = "mother" if history.mother else ""
    alone = "unaccompanied" if history.uasc and history.uasc_ceased_on is None else ""
    return " · ".join(part for part in (born, ethnicity, history.upn or "", mother, alone) if part)


def misses_line(history: CareHistory, today: date) -> Line:
    """What the return would miss, or that it has all."""
    missed = return_misses(history, today)
    if not missed:
        return Span("The return has what it asks for today", "good") if history.periods else ""
    return Span(f"The return would miss: {'; '.join(missed)}", "warn")
