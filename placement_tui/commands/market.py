"""Commands of the import: look first, then write."""

from __future__ import annotations

from placement_tui.commands.declaring import Command

_MARKET = ("market",)

COMMANDS: tuple[Command, ...] = (
    Command(
        "market.look", "Look at the file without writing", ("f5",),
        "Reads it and says what would be added, changed and refused, and how each column is taken. Nothing is written.",
        "this file", _MARKET, "dry", word="look", footer=True,
    ),
    Command(
        "market.write", "Bring it in", ("ctrl+s", "f10"),
        "The whole file or nothing, in one step that u takes back.",
        "this file", _MARKET, "save", word="bring in", footer=True,
    ),
)  # fmt: skip
