"""Commands of the bed board."""

from __future__ import annotations

from placement_tui.commands.declaring import Command

_BEDS = ("beds",)

COMMANDS: tuple[Command, ...] = (
    Command(
        "beds.page", "The home's page", ("enter",),
        "Who they are, their answers to us, our children there.",
        "this home", _BEDS, "page", word="page", footer=True,
    ),
    Command(
        "beds.vacancy", "Free beds of this home", ("v",),
        "Types what they say now, in one line.",
        "this home", _BEDS, "vacancy", word="beds free", footer=True,
    ),
    Command(
        "beds.block", "Block beds: what is paid for", ("b",),
        "2 at 4200 from mon until 31 mar: how many, pounds a week for one, the days.",
        "this home", _BEDS, "block", word="block beds", footer=True,
    ),
    Command(
        "beds.filter", "Show others: free, paid and unused, closed, all", ("f",),
        "Each press shows the next kind of homes; the totals follow.",
        "this board", _BEDS, "filter", word="filter", footer=True,
    ),
    Command(
        "beds.sort", "Another order: name, free, unused, kind", ("o",),
        "Each press sorts by the next; the most empty or the most wasted stand first.",
        "this board", _BEDS, "sort", word="order", footer=True,
    ),
    Command(
        "beds.narrow", "Narrow by words", ("i",),
        "Only homes whose name, owner or kind has these words. Empty shows all again.",
        "this board", _BEDS, "narrow", word="narrow",
    ),
)  # fmt: skip
