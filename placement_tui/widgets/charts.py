"""Charts of insight as lines: each fits its space, says its n, and tells nothing by colour alone.

What a chart takes from the rows of its block: bars, a row each; trend, `label` the series and `across` the ISO date;
survival, `label` the series and `across` the days since the start; heat, `label` the line and `across` the column; map,
see `charts_map`. The title, definition and source are not drawn here: they stand beside the chart, whoever shows it.
"""

from __future__ import annotations

from placement_tui.domain.insight import Block
from placement_tui.widgets.charts_bars import bars
from placement_tui.widgets.charts_canvas import ready
from placement_tui.widgets.charts_heat import heat
from placement_tui.widgets.charts_lines import survival, trend
from placement_tui.widgets.charts_map import area_map
from placement_tui.widgets.text import Line, Span, wrap

__all__ = ["lines_of", "ready"]

LEAST_WIDTH, LEAST_HEIGHT = 40, 3


def lines_of(block: Block, width: int, height: int) -> list[Line]:
    """The block's chart in at most `width` cells and `height` lines; its sentence where there is nothing to draw.

    Bars and heat maps that do not fit end with a line that says how many are left to the table.
    """
    if not any(row.value is not None for row in block.rows):
        words = wrap(block.empty, max(20, width - 2))[: max(1, height)]
        return [Span(" " + line, "muted") for line in words]
    width, height = max(LEAST_WIDTH, width), max(LEAST_HEIGHT, height)
    if block.chart in ("trend", "survival"):
        return trend(block, width, height) if block.chart == "trend" else survival(block, width, height)
    if block.chart in ("heat", "map"):
        return heat(block, width, height) if block.chart == "heat" else area_map(block, width, height)
    return bars(block, width, height)
