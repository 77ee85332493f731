"""Commands of the duty board."""

from __future__ import annotations

from placement_tui.commands.declaring import Command

_BOARD = ("board",)

COMMANDS: tuple[Command, ...] = (
    Command(
        "board.open", "Open the call list", ("enter",),
        "The approaches of the referral under the cursor, the next to call first.",
        "this referral", _BOARD, "open", word="open", footer=True,
    ),
    Command(
        "board.homes", "Find homes", ("f",),
        "The homes that may be asked for this referral, and those that may not, with the reason.",
        "this referral", _BOARD, "homes", word="homes", footer=True,
    ),
    Command(
        "board.offers", "Compare offers", ("o",),
        "The open offers for this referral side by side.",
        "this referral", _BOARD, "offers", word="offers", footer=True,
    ),
    Command(
        "board.details", "The referral's details", ("d",),
        "The whole form, to read or to complete.",
        "this referral", _BOARD, "details", word="details",
    ),
    Command(
        "board.copy", "Copy the reference", ("y",),
        "Puts the reference on the clipboard of your own terminal, and says so.",
        "this referral", _BOARD, "copy",
    ),
    Command(
        "board.close", "Close without a placement", ("X",),
        "Ends the referral because a home is no longer wanted; asks why. Approaches still waiting are withdrawn.",
        "this referral", _BOARD, "close_referral", danger=True,
    ),
    Command(
        "board.settle", "Settle what two officers said of one field", ("!",),
        "Both values are kept and shown, with who said them and when; m keeps yours, t theirs. Escape leaves it for later.",
        "this board", _BOARD, "settle",
    ),
    Command(
        "board.placements", "Placements", ("p",),
        "Where the children live now; a placement's ending is recorded there.",
        "go to", _BOARD, "placements", word="placements",
    ),
    Command(
        "board.market", "Bring in a register or a list of homes", ("i",),
        "Reads the public register or the team's own spreadsheet and says what it read, added, changed and refused.",
        "go to", _BOARD, "market", word="import",
    ),
)  # fmt: skip
