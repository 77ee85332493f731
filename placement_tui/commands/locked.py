"""Commands of the locked screen: the passphrase, and nothing else."""

from __future__ import annotations

from placement_tui.commands.declaring import Command

COMMANDS: tuple[Command, ...] = (
    Command(
        "locked.open", "Go on", ("ctrl+s",),
        "Opens the store again with the passphrase of whoever was here, and everything is as it was left.",
        "this screen", ("locked",), "save", word="go on", footer=True,
    ),
)  # fmt: skip
