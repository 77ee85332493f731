"""Lines of insight: figures over time, and what share lasts how long. A series is told by its letter, not by its ink."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from rich.cells import cell_len

from placement_tui.domain.insight import Block, Row, Unit
from placement_tui.domain.insight_words import moment, rests_on, shown
from placement_tui.terminal import ascii_only
from placement_tui.widgets.charts_bars import bars
from placement_tui.widgets.charts_canvas import Axes, Stroke, draw, ticks_of
from placement_tui.widgets.text import Line, Span, fit, plain

_INKS = ("accent", "warn", "good", "bad", "strong", "", "head", "muted")  # beside a letter, never alone
_LETTERS = "ABCDEFGH"
_LEAST_CANVAS = 5
Series = list[tuple[float, Row]]


def trend(block: Block, width: int, height: int) -> list[Line]:
    """Each series over time from nothing up, a letter at its points, and below it what it is, its last value and n."""
    series = _series(block.rows, _day)
    if not series:  # rows without a day, such as a view's totals
        return bars(block, width, height)
    drawn = series[: len(_LETTERS)]
    below = _legend(drawn, series, block.unit, width)
    canvas = max(_LEAST_CANVAS, height - len(below))
    days = [at for _, points in drawn for at, _ in points]
    values = [row.value for _, points in drawn for _, row in points if row.value is not None]
    most = 1.0 if block.unit == "share" and max(values) > 0.5 else max([*values, 0.0])
    ticks = ticks_of(min([*values, 0.0]), most, max(3, min(6, canvas // 2)))
    words = [(at, shown(at, block.unit).replace(".0%", "%")) for at in ticks]
    limits = (min(days), max(days))
    room = width - max(cell_len(word) for _, word in words) - 2
    axes = Axes(_moments(sorted(set(days))), words, limits, (ticks[0], ticks[-1]))
    every = max(1, -(-len(set(days)) * 3 // max(1, room)))
    strokes: list[Stroke] = []
    for at, (_, points) in enumerate(drawn):
        for run in _runs(points):
            strokes.append(Stroke([x for x, _ in run], [y for _, y in run], _INKS[at]))
    for at, (_, points) in enumerate(drawn):
        marked = [(x, row.value) for x, row in points[::-1][::every] if row.value is not None]
        strokes.append(Stroke([x for x, _ in marked], [y for _, y in marked], _INKS[at], _LETTERS[at], joined=False))
    return [*draw(strokes, axes, width, canvas), *below]


def survival(block: Block, width: int, height: int) -> list[Line]:
    """The share that still lasts, as steps from all at day 0; the interval of a curve that is alone, as dots."""
    series = _series(block.rows, moment)
    if not series:
        return bars(block, width, height)
    drawn = [(name, _falling(points)) for name, points in series[: len(_LETTERS)]]
    below = _lasting(drawn, series, width)
    canvas = max(_LEAST_CANVAS, height - len(below))
    last = max(at for _, points in drawn for at, _ in points) or 1.0
    words = [(at, f"{at:.0%}") for at in ((0.0, 0.25, 0.5, 0.75, 1.0) if canvas >= 11 else (0.0, 0.5, 1.0))]
    places = [(at, f"{at:,.0f}{' days' if at else ''}") for at in ticks_of(0.0, last, 8) if at <= last]
    axes = Axes(places, words, (0.0, last), (0.0, 1.0))
    strokes: list[Stroke] = []
    if len(drawn) == 1:
        points = drawn[0][1]
        dot = "." if ascii_only() else "·"
        for side in ("low", "high"):
            edge = [(at, limit) for at, row in points if (limit := getattr(row, side)) is not None]
            x, y = _steps([(0.0, 1.0), *edge], last)
            strokes.append(Stroke(x, y, "muted", dot))
    for at, (_, points) in enumerate(drawn):
        x, y = _steps([(0.0, 1.0), *((day, row.value or 0.0) for day, row in points)], last)
        strokes.append(Stroke(x, y, _INKS[at], "#" if ascii_only() and len(drawn) == 1 else ""))
    for at, (_, points) in enumerate(drawn) if len(drawn) > 1 else ():
        kept = points[:: max(1, len(points) // 4)]
        strokes.append(
            Stroke([d for d, _ in kept], [row.value or 0.0 for _, row in kept], _INKS[at], _LETTERS[at], joined=False)
        )
    return [*draw(strokes, axes, width, canvas), *below]


def _series(rows: Sequence[Row], where: object) -> list[tuple[str, Series]]:
    found: dict[str, Series] = {}
    for row in rows:
        at = where(row)  # type: ignore[operator]  # either of the two functions above
        if at is not None:
            found.setdefault(row.label if where is _day or row.across else "", []).append((at, row))
    valued = {name: points for name, points in found.items() if any(row.value is not None for _, row in points)}
    return [(name, sorted(points, key=lambda point: point[0])) for name, points in valued.items()]


def _day(row: Row) -> float | None:
    text = row.across or row.label
    try:
        return float(date.fromisoformat(text if len(text) > 7 else f"{text}-01").toordinal())
    except ValueError:
        return None


def _moments(days: Sequence[float]) -> list[tuple[float, str]]:
    monthly = all(date.fromordinal(int(day)).day == 1 for day in days) or _monthly_ends(days)
    return [(day, f"{date.fromordinal(int(day)):{'%b %y' if monthly else '%d %b %y'}}") for day in days]


def _monthly_ends(days: Sequence[float]) -> bool:
    return all((date.fromordinal(int(day)) + timedelta(days=1)).day == 1 for day in days)


def _runs(points: Series) -> list[list[tuple[float, float]]]:
    """The points that follow each other without one missing between them."""
    runs: list[list[tuple[float, float]]] = [[]]
    for at, row in points:
        if row.value is None:
            runs.append([])
        else:
            runs[-1].append((at, row.value))
    return [run for run in runs if run]


def _falling(points: Series) -> Series:
    return [(at, row) for at, row in points if row.value is not None]


def _steps(points: Sequence[tuple[float, float]], last: float) -> tuple[list[float], list[float]]:
    x, y = [points[0][0]], [points[0][1]]
    for at, value in points[1:]:
        x += [at, at]
        y += [y[-1], value]
    return [*x, last], [*y, y[-1]]


def _legend(drawn: list[tuple[str, Series]], series: list[tuple[str, Series]], unit: Unit, width: int) -> list[Line]:
    words = []
    for name, points in drawn:
        latest = next((row for _, row in reversed(points) if row.value is not None), None)
        alone = latest is not None and latest.value == latest.n  # a count is its own n
        said = shown(latest.value, unit) if latest else ""
        words.append((name, f"last {said}" + ("" if latest is None or alone else f", {rests_on(latest)}")))
    return _named(words, len(series) - len(drawn), width)


def _lasting(drawn: list[tuple[str, Series]], series: list[tuple[str, Series]], width: int) -> list[Line]:
    words = []
    for name, points in drawn:
        half = next((at for at, row in points if row.value is not None and row.value <= 0.5), None)
        lasting = f"half ended by day {half:,.0f}" if half is not None else "more than half last beyond the end"
        words.append((name, f"{lasting}, n {points[0][1].n if points else 0:,}"))
    lines = _named(words, len(series) - len(drawn), width)
    if len(drawn) == 1 and any(row.low is not None for _, row in drawn[0][1]):
        lines.append(Span(fit(" dots: the 95% interval", width), "muted"))
    return lines


def _named(words: list[tuple[str, str]], left: int, width: int) -> list[Line]:
    longest, most = (max((cell_len(plain(word)) for word in part), default=0) for part in zip(*words, strict=True))
    label = min(longest, max(8, width - most - 5))  # a name is cut before a figure is
    lines: list[Line] = []
    for at, (name, said) in enumerate(words):
        letter = f" {_LETTERS[at]} " if len(words) > 1 else " "
        lines.append([Span(letter, _INKS[at]), Span(fit(plain(name), label)), Span(f"  {said}".rstrip(), "muted")])
    if left:
        lines.append(Span(f" and {left:,} more in the table", "muted"))
    return lines
