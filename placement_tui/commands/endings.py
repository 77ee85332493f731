"""Commands of the ending's form, besides those of every form."""

from __future__ import annotations

from placement_tui.commands.declaring import Command

_ENDING = ("ending",)

COMMANDS: tuple[Command, ...] = (
    Command(
        "endings.codes", "What the codes mean", ("f5",),
        "The statutory reasons with their class (planned, disrupted, protective) and the factors by family.",
        "this form", _ENDING, "codes", word="codes", footer=True,
    ),
)  # fmt: skip
