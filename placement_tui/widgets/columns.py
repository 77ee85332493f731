"""Columns of a table: how wide each is in a given width, and a row's cells laid into them. No widget here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rich.cells import cell_len, set_cell_size

from placement_tui.widgets.text import Line, Span, fit, plain, spans, width_of

_BETWEEN = 2
_GUTTER = 2
_NAMED = 18  # cells within which a row is usually named; the columns that begin in them are its name
_EDGES = 4  # cells for the cursor's sign, the mark, a space and the thumb


@dataclass(frozen=True, slots=True)
class Column:
    """A column: title, width in cells (None shares what is left), alignment and ink.

    `least` is the fewest cells a sharing column may have; when the table is too narrow, columns with the highest
    `drop` go first (0 never goes).
    """

    title: str
    width: int | None = None
    align: str = "left"
    ink: str = ""
    least: int = 8
    drop: int = 0


class Columns:
    """The columns of one table."""

    def __init__(self, columns: Sequence[Column]) -> None:
        self._columns = tuple(columns)
        self._for = -1
        self._widths: list[tuple[int, int]] = []

    def titles(self, width: int) -> list[Span]:
        """The line of titles."""
        return self.join([Span(column.title, "head") for column in self._columns], "  ", width)

    def lead(self, parts: Sequence[Span], width: int) -> int:
        """The cells of a joined row that name it: its first columns, up to the end of their text."""
        sizes = self.widths(width)
        end = _GUTTER + sizes[0][1] if sizes else width
        for _, size in sizes[1:]:
            if end >= _NAMED:
                break
            end += _BETWEEN + size
        text = set_cell_size("".join(span.text for span in parts), end).rstrip()
        return min(width, cell_len(text) + 1)

    def join(self, cells: Sequence[Line], gutter: str, width: int, ink: str = "key") -> list[Span]:
        """A row's cells side by side after its gutter."""
        parts = [Span(gutter, ink)]
        for n, (i, size) in enumerate(self.widths(width)):
            column = self._columns[i]
            if n:
                parts.append(Span(" " * _BETWEEN))
            parts.extend(cell_spans(cells[i], size, column.align, column.ink))
        return parts

    def widths(self, width: int) -> list[tuple[int, int]]:
        """(column index, cells) of the columns that show in a width."""
        if width != self._for:
            self._for, self._widths = width, self._share(width - _EDGES)
        return self._widths

    def _share(self, room: int) -> list[tuple[int, int]]:
        columns = self._columns
        shown = list(range(len(columns)))

        def least() -> int:
            return sum(columns[i].width or columns[i].least for i in shown) + _BETWEEN * (len(shown) - 1)

        while least() > room and any(columns[i].drop for i in shown):
            shown.remove(max(shown, key=lambda i: (columns[i].drop, i)))
        sharing = [i for i in shown if columns[i].width is None]
        spare = max(0, room - least())
        sizes = []
        for i in shown:
            size = columns[i].width
            if size is None:
                share = spare // len(sharing)
                rest = spare - share * len(sharing) if i == sharing[-1] else 0
                size = columns[i].least + share + rest
            sizes.append((i, size))
        return _narrowed(sizes, room)


def _narrowed(sizes: list[tuple[int, int]], room: int) -> list[tuple[int, int]]:
    """The sizes with the widest made narrower until the last column shows too; each keeps at least four cells."""
    over = sum(size for _, size in sizes) + _BETWEEN * (len(sizes) - 1) - room
    for _ in range(over):
        n = max(range(len(sizes)), key=lambda n: sizes[n][1])
        i, size = sizes[n]
        if size <= 4:
            break
        sizes[n] = (i, size - 1)
    return sizes


def cell_spans(cell: Line, width: int, align: str = "left", ink: str = "") -> list[Span]:
    """A cell's spans in exactly `width` cells."""
    if isinstance(cell, str):
        return [Span(fit(plain(cell), width, align), ink)]
    if isinstance(cell, Span):
        return [Span(fit(plain(cell.text), width, align), cell.ink or ink)]
    made: list[Span] = []
    left = width
    for span in spans(cell):
        size = width_of(span)
        if size > left:
            made.append(Span(fit(span.text, left), span.ink or ink))
            left = 0
            break
        made.append(Span(span.text, span.ink or ink))
        left -= size
    if left > 0:
        made.insert(0 if align == "right" else len(made), Span(" " * left))
    return made
