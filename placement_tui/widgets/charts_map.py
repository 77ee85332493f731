"""A small map: borders in the finest dots that the terminal has, and where children live as signs, never as colours alone."""

from __future__ import annotations

from math import cos, radians

from placement_tui.domain.insight import Block
from placement_tui.domain.maps import FAR, AreaMap, Mark, Outline, bounds, middle
from placement_tui.terminal import ascii_only
from placement_tui.widgets.charts_bars import bars
from placement_tui.widgets.charts_canvas import Axes, Note, Stroke, draw
from placement_tui.widgets.text import Line, Span, fit

_SIGNS = {"near": ("●", "o"), "far": ("▲", "^"), "rough": ("○", "~")}
_INKS = {"near": "good", "far": "warn", "rough": "strong"}
_WORDS = {"near": f"up to {FAR:.0f} miles from home", "far": f"over {FAR:.0f} miles", "rough": "somewhere in this area"}
_MARGIN, _AROUND = 0.03, 0.4  # of the map's size; degrees around the council's own border
_LEAST = 8


def area_map(block: Block, width: int, height: int) -> list[Line]:
    """The borders around the council's own, the marks among them, what the signs mean, and what lies beyond the edge."""
    area = block.area
    if area is None or not area.outlines or height < _LEAST:
        return _without(block, width, height)
    west, south, east, north = _frame(area, width, height - 2)
    outlines = [outline for outline in area.outlines if _seen(outline, (west, south, east, north))]
    inside = [mark for mark in area.marks if west <= mark.longitude <= east and south <= mark.latitude <= north]
    beyond = sum(mark.children for mark in area.marks) - sum(mark.children for mark in inside)
    strokes = [_border(ring, "accent" if outline.code == area.own else "muted")
               for outline in sorted(outlines, key=lambda each: each.code == area.own) for ring in outline.rings]  # fmt: skip
    for kind, sign in _SIGNS.items():
        marks = [mark for mark in inside if _kind(mark) == kind]
        x, y = [mark.longitude for mark in marks], [mark.latitude for mark in marks]
        strokes.append(Stroke(x, y, _INKS[kind], sign[ascii_only()], joined=False))
    notes = [_name(outline, area.own) for outline in sorted(outlines, key=lambda each: each.code != area.own)]
    axes = Axes(x_limits=(west, east), y_limits=(south, north))
    lines = draw(strokes, axes, width, height - 2, [note for note in notes if note])
    return [*lines, _signs(inside, width), _beyond(beyond, width)]


def _without(block: Block, width: int, height: int) -> list[Line]:
    """Bars in place of a map, and why."""
    words = " There are no borders yet: placement import boundaries FILE brings them in, as GeoJSON"
    why = [Span(fit(words, width), "muted")] if block.area is None else []
    return [*why, *bars(block, width, max(1, height - len(why)))]


def _frame(area: AreaMap, width: int, height: int) -> tuple[float, float, float, float]:
    """The degrees that the canvas shows: the council's own border with what lies about it, or all of the borders.

    As long as wide on the ground: a cell is twice as high as wide.
    """
    own = bounds(outline for outline in area.outlines if outline.code == area.own)
    west, south, east, north = own or bounds(area.outlines) or (-6.0, 50.0, 2.0, 56.0)
    if own is not None:
        west, south, east, north = west - _AROUND, south - _AROUND / 2, east + _AROUND, north + _AROUND / 2
    scale = cos(radians((south + north) / 2))
    east_west, north_south = (east - west) * scale * (1 + _MARGIN), (north - south) * (1 + _MARGIN)
    wide, high = max(east_west, north_south * width / (height * 2)), max(north_south, east_west * height * 2 / width)
    x, y = (west + east) / 2, (south + north) / 2
    return x - wide / scale / 2, y - high / 2, x + wide / scale / 2, y + high / 2


def _seen(outline: Outline, frame: tuple[float, float, float, float]) -> bool:
    box = bounds([outline])
    return box is not None and box[0] <= frame[2] and box[2] >= frame[0] and box[1] <= frame[3] and box[3] >= frame[1]


def _border(ring: tuple[tuple[float, float], ...], ink: str) -> Stroke:
    return Stroke([spot[0] for spot in ring], [spot[1] for spot in ring], ink)


def _kind(mark: Mark) -> str:
    if mark.rough:
        return "rough"
    return "far" if mark.miles is not None and mark.miles > FAR else "near"


def _name(outline: Outline, own: str) -> Note | None:
    spot = middle(outline.rings)
    return Note(*spot, f"{outline.name[:16]}", "strong" if outline.code == own else "muted") if spot else None


def _signs(marks: list[Mark], width: int) -> Line:
    parts: list[Span] = [Span(" ")]
    left = width - 1
    for kind, sign in _SIGNS.items():
        children = sum(mark.children for mark in marks if _kind(mark) == kind)
        words = f" {_WORDS[kind]}: {children:,}   "
        if children and len(words) + 1 <= left:
            parts += [Span(sign[ascii_only()], _INKS[kind]), Span(words)]
            left -= len(words) + 1
    return parts


def _beyond(children: int, width: int) -> Line:
    live = "lives" if children == 1 else "live"
    words = f" {children:,} {live} beyond the edge of this map: the table has them" if children else ""
    return Span(fit(words, width), "muted")
