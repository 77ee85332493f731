"""What charts look like at both sizes: bars, a trend, survival with its interval, a heat map, the map, nothing at all."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from textual.app import App, ComposeResult

from placement_tui.domain.insight import Block, Row, share
from placement_tui.domain.maps import AreaMap, Mark, Outline
from placement_tui.widgets import inks, themes
from placement_tui.widgets.charts import lines_of
from placement_tui.widgets.lines import Block as Lines
from tests.snapshots.test_screens import SIZES

REASONS = ("No vacancy", "Impact on children there", "Staffing", "Price", "Distance")
SHAPE = ((-3.22, 53.40), (-3.08, 53.43), (-2.93, 53.34), (-3.0, 53.28), (-3.2, 53.36), (-3.22, 53.40))
BLOCKS = {
    "bars": Block("bars", "Refusals by reason", "d", tuple(share(each, 40 - 9 * at, 110) for at, each in enumerate(REASONS)), "share"),
    "trend": Block("trend", "Offers by month", "d", tuple(
        Row(name, (at * step + 7) % 23 + 4, 30, across=date(2026, at + 1, 1).isoformat())
        for name, step in (("In-house", 5), ("Agency", 11)) for at in range(10)), "count", "trend"),
    "survival": Block("survival", "Lasting", "d", tuple(
        Row("All", 0.97**at, 140, across=str(at * 14), low=0.955**at, high=0.983**at) for at in range(27)), "share", "survival"),
    "heat": Block("heat", "Need by reason", "d", tuple(
        Row(need, (at * 7 + row * 13) % 41, 9, across=reason)
        for row, need in enumerate(("Self-harm", "Missing", "Violence", "Autism")) for at, reason in enumerate(REASONS)), chart="heat"),
    "map": Block("map", "The area", "d", (Row("Wirral", 12, 12),), chart="map", area=AreaMap(
        (Outline("E1", "Wirral", (SHAPE,)), Outline("E2", "Liverpool", (tuple((x + 0.25, y + 0.06) for x, y in SHAPE),))),
        (Mark(-3.1, 53.37, 5, 2.0), Mark(-2.8, 53.41, 3, 9.0), Mark(-2.6, 53.36, 1, 31.0), Mark(-3.05, 53.33, 2, None, True), Mark(1.0, 51.5, 4, 200.0)),
        "E1")),
    "empty": Block("empty", "Nothing", "d", ()),
}  # fmt: skip


class Drawn(App[None]):
    """One chart over the whole screen."""

    def __init__(self, block: Block) -> None:
        super().__init__()
        self._block = block
        themes.register(self)
        self.theme = themes.NAMES[0]

    def compose(self) -> ComposeResult:
        yield Lines()

    def on_mount(self) -> None:
        lines = lines_of(self._block, self.size.width, self.size.height - 1)
        self.query_one(Lines).styles.height = self.size.height
        self.query_one(Lines).show(*lines)


@pytest.mark.parametrize("size", SIZES, ids=["80x24", "120x40"])
@pytest.mark.parametrize("chart", BLOCKS)
def test_looks(snap_compare: Any, chart: str, size: tuple[int, int]) -> None:
    assert inks.INKS  # a chart takes its colours from the theme
    assert snap_compare(Drawn(BLOCKS[chart]), terminal_size=size)
