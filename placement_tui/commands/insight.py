"""Commands of insight: the views, the figures of one, the records behind a figure."""

from __future__ import annotations

from placement_tui.commands.declaring import Command

_FIGURES = ("figures",)

COMMANDS: tuple[Command, ...] = (
    Command(
        "insight.open", "Open the view", ("enter",),
        "The figures of the view under the cursor, each with its n and what it counts.",
        "these views", ("insight",), "open", word="open", footer=True,
    ),
    Command(
        "insight.pack", "The board pack", ("w",),
        "Every view of the last year in one file, .xlsx or .html for print: counts too small to share are hidden, nobody is named.",
        "these views", ("insight",), "pack", word="board pack", footer=True,
    ),
    Command(
        "figures.behind", "The records behind it", ("enter",),
        "The approaches, placements or endings that the figure under the cursor counts, the latest first.",
        "these figures", _FIGURES, "behind", word="behind it", footer=True,
    ),
    Command(
        "figures.table", "As a chart, as a table", ("tab",),
        "The same figures to look at or to read; a picture's rows are reached in the table.",
        "these figures", _FIGURES, "table", word="table", footer=True,
    ),
    Command(
        "figures.by", "Set apart by", ("b",),
        "The ways to set these figures apart, each by one key: b again takes the next.",
        "these figures", _FIGURES, "by", word="set apart", footer=True,
    ),
    Command(
        "figures.period", "Another time", ("p",),
        "A year, a quarter, a month, the financial year, or your own days.",
        "these figures", _FIGURES, "period", word="period", footer=True,
    ),
    Command(
        "behind.open", "Open it", ("enter",),
        "The record itself: the call list, the placement, the home.",
        "these records", ("behind",), "open", word="open", footer=True,
    ),
)  # fmt: skip
