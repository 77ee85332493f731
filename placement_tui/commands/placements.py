"""Commands of the list of placements."""

from __future__ import annotations

from placement_tui.commands.declaring import Command

_PLACEMENTS = ("placements",)

COMMANDS: tuple[Command, ...] = (
    Command(
        "placements.end", "End the placement", ("e",),
        "Once: the statutory reason, what contributed and who says so, and the lesson for the next home.",
        "this placement", _PLACEMENTS, "end", word="end", footer=True,
    ),
    Command(
        "placements.open", "The placement, and its ending where it has one", ("enter",),
        "Type wanted and obtained, dates, cost split; the ending's reason, factors and lesson.",
        "this placement", _PLACEMENTS, "open", word="open", footer=True,
    ),
    Command(
        "placements.ended", "Show or hide those that have ended", ("x",),
        "Ended placements come after the open ones.",
        "this list", _PLACEMENTS, "ended", word="ended too", footer=True,
    ),
    Command(
        "placements.home", "The home's page", ("h",),
        "Who they are, their registration, their answers to us, and the lessons of placements there.",
        "this placement", _PLACEMENTS, "home", word="home",
    ),
    Command(
        "placements.copy", "Copy the reference", ("y",),
        "Puts the reference on the clipboard of your own terminal, and says so.",
        "this placement", _PLACEMENTS, "copy",
    ),
)  # fmt: skip
