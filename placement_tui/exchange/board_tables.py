"""A table of the board pack as text and numbers, one way for the workbook and the page; and how its chart is laid out."""

from __future__ import annotations

from datetime import date

from placement_tui.domain.insight import Unit
from placement_tui.domain.insight_words import FEW, SUPPRESSED
from placement_tui.domain.report import SharedBlock, SharedRow, count_words, figure_words, interval_words

TITLES = ("", "At", "Figure", "95% interval", "Counted", "Of", "n", "Note")
FIGURE = 2
HEADINGS = ("Definition", "Source", "Unit")
UNITS: dict[Unit, str] = {
    "count": "a count", "share": "a share of the whole, in per cent", "rate": "a rate", "days": "days", "hours": "hours",
    "miles": "miles", "pence": "pounds", "score": "a score",
}  # fmt: skip


def kept(block: SharedBlock) -> list[int]:
    """The columns of `TITLES` that say anything in this block."""
    rows = [cells(row, block.unit) for row in block.rows]
    return [at for at in range(len(TITLES)) if at in (0, FIGURE, 6) or any(row[at] not in ("", "-") for row in rows)]


def cells(row: SharedRow, unit: Unit) -> tuple[str, ...]:
    """A row as text, in the order of `TITLES`."""
    shares = unit in ("share", "rate")
    part, whole = (row.numerator, row.denominator) if shares else (None, None)
    return (
        row.label,
        at_words(row.across),
        figure_words(row, unit),
        "" if row.hidden else interval_words(row, unit),
        (count_words(part, row) if part is not None or row.hidden else "") if shares else "",
        (count_words(whole, row) if whole is not None or row.hidden else "") if shares else "",
        count_words(row.n, row),
        note(row),
    )


def note(row: SharedRow) -> str:
    """Why a figure says little, or is not said."""
    if row.hidden:
        return "hidden"
    return f"fewer than {FEW}" if row.few else ""


def at_words(across: str) -> str:
    """The moment or column of a figure: a month or a day in words, days since a start as such."""
    try:
        day = date.fromisoformat(across)
    except ValueError:
        return f"day {across}" if across.isdigit() else across
    return f"{day:%B %Y}" if day.day == 1 else f"{day.day} {day:%b %Y}"


def summary(block: SharedBlock) -> str:
    """A chart in words, for whoever cannot see it: its extremes, and what is hidden."""
    rows = [row for row in block.rows if row.value is not None]
    hidden = f" {block.hidden} of {len(block.rows)} figures are hidden ({SUPPRESSED})." if block.hidden else ""
    if not rows:
        return f"{block.title}.{hidden}"
    most = max(rows, key=lambda row: row.value or 0.0)
    least = min(rows, key=lambda row: row.value or 0.0)
    words = f"{block.title}. {len(rows)} figures, the largest {_called(most)}, {figure_words(most, block.unit)}"
    if least is not most:
        words += f"; the smallest {_called(least)}, {figure_words(least, block.unit)}"
    return f"{words}.{hidden} The table beside it has them all."


def _called(row: SharedRow) -> str:
    return " ".join(part for part in (row.label, at_words(row.across)) if part)
