"""Bars: a row each, the longest the largest, its 95% interval, and what it rests on."""

from __future__ import annotations

from collections.abc import Sequence

from rich.cells import cell_len

from placement_tui.domain.insight import Block, Row
from placement_tui.domain.insight_words import interval, rests_on, shown
from placement_tui.terminal import ascii_only
from placement_tui.widgets.text import Line, Span, fit, plain

_LEAST_BAR = 8
_EIGHTHS = " ▏▎▍▌▋▊▉█"


def bars(block: Block, width: int, height: int) -> list[Line]:
    """The rows of a block as bars, in the order of the block."""
    rows, left = fitting(block.rows, height)
    values = [shown(row.value, block.unit) for row in rows]
    spans = [interval(row, block.unit) for row in rows]
    counts = [rests_on(row) for row in rows]
    if all(row.value is not None and row.value == row.n and not spans[at] for at, row in enumerate(rows)):
        counts = ["" for _ in rows]  # a count is its own n
    widest = [max((cell_len(word) for word in words), default=0) for words in (values, spans, counts)]
    numbers = sum(size + 2 for size in widest if size)
    names = [plain(f"{row.label} {row.across}".strip()) for row in rows]
    longest = max((cell_len(name) for name in names), default=0)
    label = max(8, min(longest, width - numbers - 3 - max(_LEAST_BAR, width // 6)))
    room = max(1, width - numbers - label - 3)
    most = max((abs(row.value) for row in rows if row.value is not None), default=0.0)
    lines: list[Line] = []
    for at, row in enumerate(rows):
        share = abs(row.value) / most if row.value is not None and most else 0.0
        below = (row.value or 0) < 0
        bar = fit(_BELOW[ascii_only()] * max(1, round(share * room)) if below else bar_of(share, room), room)
        parts = [Span(f" {fit(names[at], label)} "), Span(bar, "bad" if below else "accent")]
        for words, size, ink in zip((values, spans, counts), widest, ("strong", "muted", "muted"), strict=True):
            if size:
                parts.append(Span("  " + fit(words[at], size, "right"), ink))
        lines.append(parts)
    return [*lines, *more(left)]


_BELOW = ("▒", "-")  # less than nothing is told by more than its colour; the second where the terminal has ASCII alone


def bar_of(share: float, room: int) -> str:
    """A bar of `share` of the room; whatever is not nothing is seen."""
    if share <= 0:
        return ""
    if ascii_only():
        return "#" * max(1, round(share * room))
    eighths = max(1, round(share * room * 8))
    return "█" * (eighths // 8) + (_EIGHTHS[eighths % 8] if eighths % 8 else "")


def fitting(rows: Sequence[Row], height: int) -> tuple[Sequence[Row], int]:
    """The rows that fit in so many lines, and how many are left."""
    if len(rows) <= height:
        return rows, 0
    kept = max(1, height - 1)
    return rows[:kept], len(rows) - kept


def more(left: int) -> list[Line]:
    """A line that says what is left to the table."""
    return [Span(f" and {left:,} more in the table", "muted")] if left else []
