"""The board pack as one HTML file: no scripts, nothing fetched; prints on A4, a question a page, tables beside charts."""

from __future__ import annotations

from dataclasses import dataclass

from placement_tui.domain.insight_words import SUPPRESSED, period_words
from placement_tui.domain.report import PUBLISHED, Pack, SharedBlock, SharedRow, figure_words
from placement_tui.domain.typed_times import london
from placement_tui.exchange.board_charts import svg_of
from placement_tui.exchange.board_tables import FIGURE, TITLES, UNITS, at_words, cells, kept

_MOST_COLUMNS = 14  # of a grid on a sheet of paper
_RIGHT = frozenset({2, 3, 4, 5, 6})


@dataclass(frozen=True, slots=True)
class Grid:
    """Figures of two dimensions: their heads, and each line with its label; a cell is its words and its shade, 0 to 4."""

    heads: tuple[str, ...]
    lines: tuple[tuple[str, tuple[tuple[str, int], ...]], ...]


@dataclass(frozen=True, slots=True)
class Shown:
    """A block as the page shows it."""

    block: SharedBlock
    key: str
    titles: tuple[tuple[str, bool], ...]
    rows: tuple[tuple[str, ...], ...]
    svg: str
    grid: Grid | None

    @property
    def unit(self) -> str:
        """What the figures are, in words."""
        return UNITS[self.block.unit]


def as_html(pack: Pack) -> str:
    """The whole pack."""
    from jinja2 import Environment, PackageLoader, StrictUndefined

    made = Environment(
        loader=PackageLoader("placement_tui.exchange"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    sections = [
        (section, f"s{at}", [_shown(block, f"s{at}b{n}") for n, block in enumerate(section.blocks)])
        for at, section in enumerate(pack.sections)
    ]
    return made.get_template("board.html").render(
        pack=pack, sections=sections, period=period_words(pack.period), made=f"{pack.made_at.astimezone(london()):%d %B %Y, %H:%M}",
        published=PUBLISHED, mark=SUPPRESSED, figure=FIGURE,
    )  # fmt: skip


def _shown(block: SharedBlock, key: str) -> Shown:
    columns = kept(block)
    rows = tuple(tuple(cells(row, block.unit)[at] for at in columns) for row in block.rows)
    titles = tuple((TITLES[at], at in _RIGHT) for at in columns)
    return Shown(block, key, titles, rows, svg_of(block, key), grid_of(block) if block.chart == "heat" else None)


def grid_of(block: SharedBlock) -> Grid | None:
    """The block as a grid of its labels and columns; None where it has too many for a sheet."""
    heads = list(dict.fromkeys(row.across for row in block.rows))
    labels = list(dict.fromkeys(row.label for row in block.rows))
    if not block.rows or len(heads) > _MOST_COLUMNS:
        return None
    most = max((abs(row.value) for row in block.rows if row.value is not None), default=0.0)
    found = {(row.label, row.across): row for row in block.rows}
    lines = tuple((label, tuple(_cell(found.get((label, head)), block, most) for head in heads)) for label in labels)
    return Grid(tuple(at_words(head) for head in heads), lines)


def _cell(row: SharedRow | None, block: SharedBlock, most: float) -> tuple[str, int]:
    if row is None:
        return "", 0
    value = abs(row.value or 0.0)
    return figure_words(row, block.unit), max(1, min(4, round(value / most * 4))) if value and most else 0
