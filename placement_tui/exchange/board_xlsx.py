"""The board pack as a workbook: a title page, a sheet a question with its tables and native charts, the definitions."""

from __future__ import annotations

import re
from io import BytesIO
from typing import TYPE_CHECKING, Any

from placement_tui.domain.insight import Unit
from placement_tui.domain.insight_words import SUPPRESSED, period_words
from placement_tui.domain.report import PUBLISHED, Pack, Section, SharedBlock, SharedRow
from placement_tui.domain.typed_times import london
from placement_tui.exchange.board_tables import UNITS, at_words, note, summary

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

TITLES = ("What", "At", "Figure", "95% from", "to", "Counted", "Of", "n", "Note")
_WIDTHS = (44, 16, 12, 10, 10, 10, 10, 10, 14)
_DRAWN = 10  # the column beside a table that its chart is drawn from: a hidden figure is a gap there, not a nought
_CHART_ROWS, _MOST_SERIES = 17, 8
_FORMATS: dict[Unit, str] = {
    "count": "#,##0", "share": "0.0%", "rate": "#,##0.00", "days": "#,##0.0", "hours": "#,##0.0", "miles": "#,##0.0",
    "pence": "£#,##0", "score": "#,##0.0",
}  # fmt: skip
_DASHES = ("solid", "dash", "round_dot", "dash_dot", "long_dash", "square_dot", "long_dash_dot", "long_dash_dot_dot")


def as_xlsx(pack: Pack) -> bytes:
    """The whole pack."""
    from xlsxwriter import Workbook

    out = BytesIO()
    # Text stays text, whatever it begins with: nothing that people wrote runs as a formula or opens a link.
    plain = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = Workbook(out, plain)
    title = f"{pack.council}: homes for children in care"
    book.set_properties({"title": title, "author": pack.made_by, "created": pack.made_at.replace(tzinfo=None)})
    made = _Book(book)
    names = _names([section.title for section in pack.sections])
    made.front(pack, title, names)
    for section, name in zip(pack.sections, names, strict=True):
        made.section(section, name)
    made.definitions(pack)
    book.close()
    return out.getvalue()


class _Book:
    """A workbook being written."""

    def __init__(self, book: Workbook) -> None:
        self._book = book
        self._title = book.add_format({"bold": True, "font_size": 16})
        self._head = book.add_format({"bold": True, "font_size": 12})
        self._column = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "bottom"})
        self._right = book.add_format({"bold": True, "bottom": 1, "align": "right"})
        self._words = book.add_format({"text_wrap": True, "valign": "top"})
        self._quiet = book.add_format({"font_color": "#555555", "text_wrap": True, "valign": "top"})
        self._faint = book.add_format({"font_color": "#999999"})
        self._mark = book.add_format({"align": "right", "italic": True})
        self._numbers: dict[str, Format] = {}

    def front(self, pack: Pack, title: str, names: list[str]) -> None:
        """Whose it is, of which time, who made it when, what is hidden, what is where."""
        sheet = self._sheet("Title")
        sheet.set_column(0, 0, 100)
        made = f"{pack.made_at.astimezone(london()):%d %B %Y, %H:%M}"
        lines = [
            (title, self._title),
            (period_words(pack.period), self._head),
            (f"Made by {pack.made_by} on {made} from what the duty team logged.", self._words),
            ("", self._words),
            (pack.why_hidden, self._words),
            ("No child is named here, and no figure tells of one. n is what a figure rests on.", self._words),
            ("", self._words),
            ("Questions", self._head),
        ]
        for at, (words, look) in enumerate(lines):
            sheet.write_string(at, 0, words, look)
        at = len(lines)
        for section, name in zip(pack.sections, names, strict=True):
            sheet.write_url(at, 0, f"internal:'{name}'!A1", string=section.title)
            at += 1
        for said, why in pack.refused:
            sheet.write_string(at, 0, f"{said}: left out: {why}", self._quiet)
            at += 1
        for line in PUBLISHED:
            at += 1
            sheet.write_string(at, 0, line, self._quiet)

    def section(self, section: Section, name: str) -> None:
        """A question: its tables below each other, the chart of each to its right."""
        sheet = self._sheet(name)
        for at, width in enumerate(_WIDTHS):
            sheet.set_column(at, at, width)
        sheet.set_column(_DRAWN, _DRAWN + 1, 8, self._faint)
        sheet.write_string(0, 0, section.title, self._title)
        sheet.write_string(1, 0, section.about, None)
        row = 3
        for block in section.blocks:
            row = self._block(sheet, name, block, row)
        sheet.freeze_panes(1, 0)

    def definitions(self, pack: Pack) -> None:
        """What exactly each table counts, where it is from, in which unit."""
        sheet = self._sheet("Definitions")
        for at, (head, width) in enumerate(
            (("Question", 28), ("Table", 40), ("What it counts", 90), ("Source", 40), ("Unit", 24))
        ):
            sheet.set_column(at, at, width)
            sheet.write_string(0, at, head, self._column)
        rows = [(s.title, b.title, b.definition, b.source, UNITS[b.unit]) for s in pack.sections for b in s.blocks]
        rows += [
            ("", "n", "How many records a figure rests on; of a curve, how many were followed from the start.", "", ""),
            ("", "95% interval", "Where the figure would lie in 95 of 100 such periods by chance alone.", "", ""),
            ("", SUPPRESSED, pack.why_hidden, "", ""),
        ]
        for at, cells in enumerate(rows, 1):
            for column, words in enumerate(cells):
                sheet.write_string(at, column, words, self._words)
        sheet.freeze_panes(1, 0)

    def _sheet(self, name: str) -> Worksheet:
        sheet = self._book.add_worksheet(name)
        sheet.set_paper(9)  # A4
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        sheet.hide_gridlines(2)
        sheet.set_footer("&L&A&RPage &P of &N")
        return sheet

    def _block(self, sheet: Worksheet, name: str, block: SharedBlock, top: int) -> int:
        """One table from a row on; gives the first row after it and its chart."""
        sheet.write_string(top, 0, block.title, self._head)
        sheet.write_string(top + 1, 0, f"{block.definition} In {UNITS[block.unit]}.", None)
        if not block.rows:
            sheet.write_string(top + 2, 0, block.empty, self._quiet)
            return top + 4
        for at, head in enumerate(TITLES):
            sheet.write_string(top + 2, at, head, self._right if 2 <= at <= 7 else self._column)
        first = top + 3
        for at, row in enumerate(block.rows):
            self._row(sheet, first + at, row, block)
        last = first + len(block.rows) - 1
        chart = self._chart(name, block, first)
        if chart is not None:
            chart.set_title({"name": block.title, "name_font": {"size": 11}, "overlay": False})
            chart.set_size({"width": 620, "height": 20 * _CHART_ROWS - 20})
            sheet.insert_chart(top + 2, _DRAWN + 2, chart, {"description": summary(block), "object_position": 1})
        elif block.chart == "heat":
            sheet.conditional_format(first, 2, last, 2, {"type": "data_bar", "bar_color": "#8db8d4", "bar_solid": True})
        return max(last + 3, top + _CHART_ROWS + 3 if chart is not None else 0)

    def _row(self, sheet: Worksheet, at: int, row: SharedRow, block: SharedBlock) -> None:
        sheet.write_string(at, 0, row.label)
        sheet.write_string(at, 1, at_words(row.across))
        scale = 100 if block.unit == "pence" else 1
        figures = [row.value, row.low, row.high]
        look = self._number(_FORMATS[block.unit])
        for column, value in enumerate(figures, 2):
            if value is not None:
                sheet.write_number(at, column, value / scale, look)
            elif row.hidden and column == 2:
                sheet.write_string(at, column, SUPPRESSED, self._mark)
        shares = block.unit in ("share", "rate")
        counts = [row.numerator if shares else None, row.denominator if shares else None, row.n]
        for column, count in enumerate(counts, 5):
            if count is not None:
                sheet.write_number(at, column, count, self._number("#,##0"))
            elif row.hidden and (shares or column == 7):
                sheet.write_string(at, column, SUPPRESSED, self._mark)
        sheet.write_string(at, 8, note(row))
        if block.chart in ("bars", "trend", "survival") and row.value is not None:
            sheet.write_number(at, _DRAWN, row.value / scale, self._faint)
            if block.chart == "survival" and row.across.isdigit():
                sheet.write_number(at, _DRAWN + 1, int(row.across), self._faint)

    def _number(self, shape: str) -> Format:
        if shape not in self._numbers:
            self._numbers[shape] = self._book.add_format({"num_format": shape, "align": "right"})
        return self._numbers[shape]

    def _chart(self, name: str, block: SharedBlock, first: int) -> Any:
        """The block's chart, or None where it has none or nothing to draw."""
        if sum(row.value is not None for row in block.rows) < 2:
            return None
        if block.chart == "bars":
            return self._bars(name, block, first)
        return self._lines(name, block, first) if block.chart in ("trend", "survival") else None

    def _bars(self, name: str, block: SharedBlock, first: int) -> Any:
        last = first + len(block.rows) - 1
        chart = self._book.add_chart({"type": "bar"})
        chart.add_series({
            "name": block.title, "categories": [name, first, 0, last, 0], "values": [name, first, _DRAWN, last, _DRAWN],
            "fill": {"color": "#1f5f8b"}, "gap": 40, "data_labels": {"value": True, "num_format": _FORMATS[block.unit]},
        })  # fmt: skip
        chart.set_legend({"none": True})
        chart.set_y_axis({"reverse": True, "num_font": {"size": 8}})
        chart.set_x_axis(
            {
                "num_format": _FORMATS[block.unit],
                "min": 0,
                "major_gridlines": {"visible": True, "line": {"color": "#dddddd"}},
            }
        )
        return chart

    def _lines(self, name: str, block: SharedBlock, first: int) -> Any:
        """A line a series; each is one run of rows, since rows come in the order of their labels."""
        curve = block.chart == "survival"
        chart = self._book.add_chart({"type": "scatter", "subtype": "straight"} if curve else {"type": "line"})
        for at, (label, begin, end) in enumerate(_runs(block)[:_MOST_SERIES]):
            where = _DRAWN + 1 if curve else 1
            chart.add_series({
                "name": label or block.title, "categories": [name, first + begin, where, first + end, where],
                "values": [name, first + begin, _DRAWN, first + end, _DRAWN],
                "line": {"width": 2, "dash_type": _DASHES[at % len(_DASHES)]},
            })  # fmt: skip
        chart.show_blanks_as("gap")
        chart.set_y_axis(
            {
                "num_format": _FORMATS[block.unit],
                "min": 0,
                "major_gridlines": {"visible": True, "line": {"color": "#dddddd"}},
            }
        )
        chart.set_x_axis({"name": "days since the start"} if curve else {"num_font": {"rotation": -45}})
        chart.set_legend({"position": "bottom"})
        return chart


def _runs(block: SharedBlock) -> list[tuple[str, int, int]]:
    """Each label with the first and last of its rows that follow each other."""
    runs: list[tuple[str, int, int]] = []
    for at, row in enumerate(block.rows):
        if runs and runs[-1][0] == row.label:
            runs[-1] = (row.label, runs[-1][1], at)
        else:
            runs.append((row.label, at, at))
    return runs


def _names(titles: list[str]) -> list[str]:
    """A sheet's name for each title: 31 characters, none of those that a workbook refuses, no two alike."""
    found: list[str] = []
    taken = {"title", "definitions", "history"}
    for title in titles:
        plain = re.sub(r"[\[\]:*?/\\]", " ", title).strip("' ")[:31] or "Question"
        name, n = plain, 2
        while name.casefold() in taken:
            name, n = f"{plain[:27]} {n}", n + 1
        taken.add(name.casefold())
        found.append(name)
    return found
