"""A canvas of cells that plotext draws on: strokes in inks in, lines out; nothing of one drawing stays for the next.

plotext keeps one figure for the whole program, so a drawing takes it alone and leaves it empty. Its import is heavy:
`ready` brings it in on a thread, before the first chart.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import groupby
from threading import Lock

from placement_tui.terminal import ascii_only
from placement_tui.widgets.inks import INKS
from placement_tui.widgets.text import Line, Span, plain

_ALONE = Lock()
_SGR = re.compile(r"\x1b\[([0-9;]*)m")
_ASCII = str.maketrans("┌┐└┘├┤┬┴┼─│", "+++++|+++-|")
_LINE_MARK = {False: "braille", True: "."}

Cell = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Stroke:
    """Points, joined by a line or alone, in one ink; `mark` is one letter, or nothing for the finest line there is."""

    x: Sequence[float]
    y: Sequence[float]
    ink: str = ""
    mark: str = ""
    joined: bool = True


@dataclass(frozen=True, slots=True)
class Axes:
    """What stands at the sides: ticks as (where, word); without any, no frame is drawn."""

    x: Sequence[tuple[float, str]] = ()
    y: Sequence[tuple[float, str]] = ()
    x_limits: tuple[float, float] = (0.0, 1.0)
    y_limits: tuple[float, float] = (0.0, 1.0)


@dataclass(frozen=True, slots=True)
class Note:
    """A word on the canvas, its middle at a place or as near as it is free; left out where it would lie on another, or on
    a sign that stands alone.
    """

    x: float
    y: float
    text: str
    ink: str = ""


@dataclass(slots=True)
class Grid:
    """The cells of a drawing, a row each."""

    rows: list[list[Cell]] = field(default_factory=list)

    def lines(self) -> list[Line]:
        """The rows as lines of spans."""
        made: list[Line] = []
        for row in self.rows:
            made.append(
                [Span("".join(sign for sign, _ in run), ink) for ink, run in groupby(row, key=lambda cell: cell[1])]
            )
        return made


def ready() -> None:
    """Bring in what draws: for the thread that reads the figures, so that the first chart does not hold up a key."""
    import plotext  # noqa: F401 - its import is the work


def draw(strokes: Sequence[Stroke], axes: Axes, width: int, height: int, notes: Sequence[Note] = ()) -> list[Line]:
    """The strokes, the later over the earlier, in exactly `width` cells and `height` lines."""
    import plotext

    framed = bool(axes.x or axes.y)
    with _ALONE:
        plotext.clear_figure()
        try:
            plotext.limit_size(False, False)
            plotext.plot_size(width, height - framed)
            for paint in (plotext.canvas_color, plotext.axes_color, plotext.ticks_color):
                paint("default")
            plotext.xlim(*_apart(axes.x_limits))
            plotext.ylim(*_apart(axes.y_limits))
            plotext.xaxes(framed, False)
            plotext.yaxes(framed, False)
            plotext.xticks([])
            plotext.yticks([at for at, _ in axes.y], [plain(word) for _, word in axes.y])
            for stroke in strokes:
                _stroke(plotext, stroke, axes)
            text = plotext.build()
        finally:
            plotext.clear_figure()
    grid = Grid([_cells(line, width) for line in text.rstrip("\n").split("\n")[: height - framed]])
    if framed:
        _under(grid, axes, width)
    else:
        _note(grid, notes, axes, width, height, "".join(stroke.mark for stroke in strokes if not stroke.joined))
    return grid.lines()


def ticks_of(low: float, high: float, most: int) -> list[float]:
    """Up to `most` round numbers that cover low to high, the first not above it and the last not below."""
    span = (high - low) or abs(high) or 1.0
    step = 10.0**-9
    for power in range(-9, 16):
        found = next((f * 10.0**power for f in (1, 2, 2.5, 5) if span / (f * 10.0**power) <= max(1, most - 2)), None)
        if found is not None:
            step = found
            break
    first, last = _floor(low, step), -_floor(-high, step)
    return [first + step * at for at in range(round((last - first) / step) + 1)]


def _floor(value: float, step: float) -> float:
    whole = value // step
    if value / step - whole > 1 - 1e-9:  # a rounding below the next step
        whole += 1
    return whole * step


def _apart(limits: tuple[float, float]) -> tuple[float, float]:
    low, high = limits
    return (low, high) if high > low else (low, low + 1.0)


def _stroke(plotext: object, stroke: Stroke, axes: Axes) -> None:
    if not stroke.x:
        return
    mark = stroke.mark or _LINE_MARK[ascii_only()]
    kind = getattr(plotext, "plot" if stroke.joined else "scatter")
    x, y = _held(stroke.x, axes.x_limits), _held(stroke.y, axes.y_limits)
    kind(x, y, marker=mark, color=INKS.index(stroke.ink) + 1)


def _held(values: Sequence[float], limits: tuple[float, float]) -> list[float]:
    """No farther out than the canvas is wide: plotext lays a dot on every cell of a line, seen or not."""
    low, high = _apart(limits)
    span = high - low
    return [min(high + span, max(low - span, value)) for value in values]


def _cells(line: str, width: int) -> list[Cell]:
    cells: list[Cell] = []
    ink = "muted"
    for at, part in enumerate(_SGR.split(line)):
        if at % 2:
            code = part.rsplit(";", 1)[-1] if part.startswith("38;5;") else ""
            ink = INKS[int(code) - 1] if code else "muted"
        else:
            cells += [(sign, ink) for sign in (part.translate(_ASCII) if ascii_only() else part)]
    cells = cells[:width]
    return cells + [(" ", "muted")] * (width - len(cells))


def _under(grid: Grid, axes: Axes, width: int) -> None:
    """The ticks of the axis below and their words, each whole and two cells apart, the first first.

    plotext leaves out others from one run of the program to the next.
    """
    foot = grid.rows[-1]
    corner, tick = ("+", "+") if ascii_only() else ("└", "┬")
    left = next((at for at, (sign, _) in enumerate(foot) if sign == corner), -1) + 1
    low, high = _apart(axes.x_limits)
    words: list[Cell] = [(" ", "muted")] * width
    free = 0
    for where, said in axes.x:
        word = plain(said)
        column = left + round((where - low) / (high - low) * (width - left - 1))
        start = max(0, min(width - len(word), column - len(word) // 2))
        if start < free or not left <= column < width:
            continue
        foot[column] = (tick, "muted")
        words[start : start + len(word)] = [(sign, "muted") for sign in word]
        free = start + len(word) + 2
    grid.rows.append(words[:width])


def _note(grid: Grid, notes: Sequence[Note], axes: Axes, width: int, height: int, signs: str) -> None:
    """Write words over the drawing, the first of those that would meet, over no sign."""
    (left, right), (low, high) = _apart(axes.x_limits), _apart(axes.y_limits)
    taken: set[tuple[int, int]] = set()
    for note in notes:
        text = plain(note.text)
        if not text.isascii() and ascii_only():
            continue
        column = round((note.x - left) / (right - left) * (width - 1)) - len(text) // 2
        middle = round((high - note.y) / (high - low) * (height - 1))
        if column < 0 or column + len(text) > width:
            continue
        for row in (middle, middle + 1, middle - 1, middle + 2, middle - 2):
            here = {(row, at) for at in range(column - 1, column + len(text) + 1)}
            if not 0 <= row < len(grid.rows) or here & taken:
                continue
            if any(sign in signs for sign, _ in grid.rows[row][column : column + len(text)]):
                continue
            taken |= here
            for at, sign in enumerate(text):
                grid.rows[row][column + at] = (sign, note.ink)
            break
