"""Commands of the list of those to tell after a placement."""

from __future__ import annotations

from placement_tui.commands.declaring import Command

_TELL = ("tell",)

COMMANDS: tuple[Command, ...] = (
    Command(
        "tell.told", "Told", ("enter", "space"),
        "Notes when and by whom the one under the cursor was told, and goes on to the next. The notices that the law "
        "asks for stand here too, each with its day.",
        "tell them", _TELL, "told", word="told", footer=True,
    ),
    Command(
        "tell.copy", "Copy the phone number", ("y",),
        "Puts the number on the clipboard of your own terminal, and says which.",
        "tell them", _TELL, "copy", word="copy number", footer=True,
    ),
    Command(
        "tell.placements", "Placements", ("p",),
        "Where the children live now; a placement's ending is recorded there.",
        "go to", _TELL, "placements", word="placements", footer=True,
    ),
)  # fmt: skip
