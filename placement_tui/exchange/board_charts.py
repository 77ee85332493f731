"""Charts of the board pack as SVG, to stand in a page: no scripts, no links, nothing fetched, in words for who cannot see.

pygal draws them. Its scripts, comments and tool tips are taken out; every drawing gets a title and a description.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as Tree

from placement_tui.domain.insight import Unit
from placement_tui.domain.insight_words import shown
from placement_tui.domain.report import SharedBlock, SharedRow
from placement_tui.exchange.board_tables import at_words, summary

if TYPE_CHECKING:
    from pygal.graph.graph import Graph

MOST_BARS, MOST_SERIES = 25, 8
_SVG = "http://www.w3.org/2000/svg"
_BAR = "#8db8d4"  # light enough to read a dark number on
_COLOURS = ("#1f5f8b", "#b35900", "#2e7d32", "#a61c3c", "#5b4b8a", "#00707a", "#7a5c00", "#555555")
_DASHES = ("", "8,4", "2,4", "12,4,2,4", "4,2", "1,3", "16,4", "6,6")
_DROPPED = frozenset({"script", "desc", "title"})  # tool tips need a script


def svg_of(block: SharedBlock, key: str) -> str:
    """The block's chart, `key` its name in the page; empty where it has none or nothing to draw."""
    rows = [row for row in block.rows if row.value is not None]
    draw = _DRAWN.get(block.chart)
    if draw is None or not rows or (block.chart == "bars" and len(rows) < 2):
        return ""
    chart = draw(block)
    return "" if chart is None else _plain(chart.render(is_unicode=True), block, key)


def series_of(rows: Sequence[SharedRow]) -> dict[str, list[SharedRow]]:
    """The rows by label, as many series as can be told apart."""
    found: dict[str, list[SharedRow]] = {}
    for row in rows:
        found.setdefault(row.label, []).append(row)
    return dict(list(found.items())[:MOST_SERIES])


def steps_of(rows: Sequence[SharedRow]) -> list[tuple[float, float]]:
    """A curve of what lasts as corners, from all at day 0."""
    points = [(0.0, 1.0)]
    for row in rows:
        if row.value is not None and row.across.isdigit():
            points += [(float(row.across), points[-1][1]), (float(row.across), row.value)]
    return points


def _bars(block: SharedBlock) -> Graph | None:
    import pygal

    rows = block.rows[:MOST_BARS]
    chart = pygal.HorizontalBar(**_look(block.unit, 90 + 26 * len(rows)), show_legend=False, print_values=True)
    chart.x_labels = [_cut(" ".join(part for part in (row.label, at_words(row.across)) if part)) for row in rows[::-1]]
    chart.add("", [None if row.value is None else {"value": row.value, "color": _BAR} for row in rows[::-1]])
    return chart


def _trend(block: SharedBlock) -> Graph | None:
    import pygal

    days = sorted({row.across for row in block.rows if row.across})
    if len(days) < 2:
        return _bars(block)
    chart = pygal.Line(**_look(block.unit, 330), x_label_rotation=30, legend_at_bottom=True, range=_range(block))
    chart.x_labels = [at_words(day) for day in days]
    for label, rows in series_of(block.rows).items():
        by_day = {row.across: row.value for row in rows}
        chart.add(label or block.title, [by_day.get(day) for day in days], dots_size=2.5)
    return chart


def _survival(block: SharedBlock) -> Graph | None:
    import pygal

    chart = pygal.XY(
        **_look("share", 330), show_dots=False, legend_at_bottom=True, range=(0, 1), x_title="days since the start"
    )
    chart.x_value_formatter = lambda day: f"{day:,.0f}"
    for label, rows in series_of(block.rows).items():
        chart.add(label or block.title, steps_of(rows))
    alone = list(series_of(block.rows).values())
    if len(alone) == 1 and any(row.low is not None for row in alone[0]):
        for side, words in (("low", "95% interval, from"), ("high", "to")):
            edge = [replace(row, value=getattr(row, side)) for row in alone[0]]
            chart.add(words, steps_of(edge))
    return chart


_DRAWN: dict[str, Callable[[SharedBlock], Any]] = {"bars": _bars, "trend": _trend, "survival": _survival}


def _look(unit: Unit, height: int) -> dict[str, Any]:
    from pygal.style import Style

    fonts = {f"{part}_font_size": 13 for part in ("label", "major_label", "value", "legend", "title")}
    style = Style(
        background="#ffffff", plot_background="#ffffff", foreground="#222222", foreground_strong="#111111",
        foreground_subtle="#777777", opacity="1", colors=_COLOURS, font_family="sans-serif", value_colors=("#111111",) * 8,
        guide_stroke_color="#e0e0e0", guide_stroke_dasharray="1,0", major_guide_stroke_color="#cccccc",
        major_guide_stroke_dasharray="1,0", label_font_family="sans-serif", legend_font_family="sans-serif", value_font_family="sans-serif", **fonts,
    )  # fmt: skip
    return {
        "style": style, "width": 900, "height": height, "js": (), "disable_xml_declaration": True, "show_y_guides": True,
        "print_values_position": "top", "value_formatter": lambda value: shown(value, unit).replace(".0%", "%"), "truncate_legend": 60,
        "truncate_label": 60, "margin": 12, "zero": 0, "allow_interruptions": True, "legend_box_size": 10,
    }  # fmt: skip


def _range(block: SharedBlock) -> tuple[float, float]:
    values = [row.value for row in block.rows if row.value is not None]
    high = 1.0 if block.unit == "share" and max(values) > 0.5 else max([*values, 0.0]) or 1.0
    return min([*values, 0.0]), high


def _dashes(key: str) -> str:
    """Series told apart on a sheet without colours, too."""
    lines = [
        f"#{key} .plot .serie-{at} .line{{stroke-width:2.2;stroke-dasharray:{dash or 'none'}}}"
        for at, dash in enumerate(_DASHES)
    ]
    return "".join(lines)


def _cut(label: str, most: int = 44) -> str:
    return label if len(label) <= most else label[: most - 1] + "…"


def _plain(text: str, block: SharedBlock, key: str) -> str:
    """The drawing without what moves or fetches, with its title and description first, named for this page."""
    from defusedxml.ElementTree import fromstring

    Tree.register_namespace("", _SVG)
    root = fromstring(text)
    for parent in list(root.iter()):
        for child in list(parent):
            if not isinstance(child.tag, str) or child.tag.rsplit("}", 1)[-1] in _DROPPED:
                parent.remove(child)
    drawn = root.get("id", "")
    for style in root.iter(f"{{{_SVG}}}style"):
        style.text = (style.text or "").replace(f"#{drawn}", f"#{key}") + _dashes(key)
    title, description = Tree.Element(f"{{{_SVG}}}title"), Tree.Element(f"{{{_SVG}}}desc")
    title.set("id", f"{key}-title")
    title.text = block.title
    description.set("id", f"{key}-desc")
    description.text = summary(block)
    root.insert(0, description)
    root.insert(0, title)
    for name, value in (("id", key), ("role", "img"), ("aria-labelledby", f"{key}-title {key}-desc")):
        root.set(name, value)
    made = Tree.tostring(root, encoding="unicode")
    return made.replace(f' xmlns="{_SVG}"', "")
