"""A heat map: a number in every cell and a shade beside it, so that it reads without any colour."""

from __future__ import annotations

from collections.abc import Sequence

from rich.cells import cell_len

from placement_tui.domain.insight import Block, Row
from placement_tui.domain.insight_words import shown
from placement_tui.terminal import ascii_only
from placement_tui.widgets.charts_bars import fitting, more
from placement_tui.widgets.text import Line, Span, fit, plain, wrap

_SHADES = {False: " ░▒▓█", True: " .:*#"}
_LEAST, _MOST, _HEADS = 7, 16, 3


def heat(block: Block, width: int, height: int) -> list[Line]:
    """Labels down, `across` over the top, in the order in which the rows bring them; what does not fit is said."""
    labels = list(dict.fromkeys(row.label for row in block.rows))
    columns = list(dict.fromkeys(row.across for row in block.rows))
    cells = {(row.label, row.across): row for row in block.rows}
    words = {key: _words(row, block) for key, row in cells.items()}
    least = max([_LEAST, *(len(word) + 4 for word in words.values())])
    label = min(max(cell_len(plain(name)) for name in labels), max(10, width // 3))
    kept = columns[: max(1, (width - label - 2) // least)]
    cell = max(least, min(_MOST, (width - label - 2) // len(kept)))
    heads = [_head(plain(name), cell - 1) for name in kept]
    deep = max(len(head) for head in heads)
    most = max((abs(row.value) for row in block.rows if row.value is not None), default=0.0)
    lines: list[Line] = []
    for at in range(deep):
        pads = [head[at - (deep - len(head))] if at >= deep - len(head) else "" for head in heads]
        lines.append(Span(" " * (label + 2) + "".join(fit(pad, cell - 1, "right") + " " for pad in pads), "head"))
    left = len(columns) - len(kept)
    shown_labels, below = _fitting(labels, max(1, height - deep - bool(left)))
    for name in shown_labels:
        parts = [Span(f" {fit(plain(name), label)} ")]
        for column in kept:
            parts += _cell(cells.get((name, column)), words.get((name, column), ""), most, cell)
        lines.append(parts)
    lines += more(below)
    if left:
        lines.append(Span(f" and {left:,} more columns in the table", "muted"))
    return lines


def _head(name: str, width: int) -> tuple[str, ...]:
    return wrap(" ".join(fit(word, width).rstrip() for word in name.split()), width)[:_HEADS]


def _fitting(labels: Sequence[str], height: int) -> tuple[Sequence[str], int]:
    rows, left = fitting([Row(name, None, 0) for name in labels], height)
    return [row.label for row in rows], left


def _words(row: Row, block: Block) -> str:
    word = row.note if row.value is None and len(row.note) == 1 else shown(row.value, block.unit)
    return word if block.unit == "count" else f"{word} n{row.n:,}"


def _cell(row: Row | None, words: str, most: float, cell: int) -> list[Span]:
    value = row.value if row is not None and row.value is not None else 0.0
    step = 0 if not value or not most else max(1, min(4, round(abs(value) / most * 4)))
    shade = _SHADES[ascii_only()][step] * 2
    ink = ("muted", "muted", "", "accent", "accent")[step]
    return [Span(fit(words, cell - 4, "right"), ink if row else "muted"), Span(f" {shade} ", ink)]
