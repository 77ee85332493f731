"""Commands of the council's own choices."""

from __future__ import annotations

from placement_tui.commands.declaring import Command

_SETTINGS = ("settings",)

COMMANDS: tuple[Command, ...] = (
    Command(
        "settings.change", "Change it", ("enter", "e"),
        "Asks for the new value, with an example. A manager's or an administrator's; it is journaled, and undo takes it "
        "back. Rules, offers and searches follow it at once.",
        "this setting", _SETTINGS, "change", word="change", footer=True,
    ),
    Command(
        "settings.forget", "Back to what the program comes with", ("x",),
        "As if nobody had chosen; undo takes that back as well.",
        "this setting", _SETTINGS, "forget", word="as it came", footer=True,
    ),
    Command(
        "settings.copy", "Copy its name", ("y",),
        "Puts the name on the clipboard of your own terminal, for `placement settings`.",
        "this setting", _SETTINGS, "copy",
    ),
)  # fmt: skip
