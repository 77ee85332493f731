"""Commands of the list of officers, and of the form for an officer and a passphrase."""

from __future__ import annotations

from placement_tui.commands.declaring import Command

_OFFICERS = ("officers",)

COMMANDS: tuple[Command, ...] = (
    Command(
        "officers.add", "Add an officer", ("a",),
        "Name, role and a first passphrase, which they change themselves when they first come.",
        "officers", _OFFICERS, "add", word="add", footer=True,
    ),
    Command(
        "officers.role", "Change the role", ("r",),
        "Officer, manager, viewer or administrator: what each may do is said beside it.",
        "this officer", _OFFICERS, "role", word="role", footer=True,
    ),
    Command(
        "officers.reset", "Give a new passphrase", ("p",),
        "For one that is forgotten, or known to others. The old one opens nothing any more.",
        "this officer", _OFFICERS, "reset", word="new passphrase", footer=True,
    ),
    Command(
        "officers.end", "End the access, or give it back", ("X",),
        "Asks why, and for another key. The store gets a new data key, so that an old copy of the keys opens nothing new. "
        "What they did stays theirs.",
        "this officer", _OFFICERS, "end", word="end access", footer=True, danger=True,
    ),
    Command(
        "officers.mine", "Change my own passphrase", ("m",),
        "With the one of now. Everybody may, whatever their role.",
        "my own", _OFFICERS, "mine", word="my passphrase", footer=True,
    ),
    Command(
        "officers.recovery", "Print a recovery code", ("C",),
        "Shown once, to be written down and sealed: whoever has it opens the store as an administrator. The one before "
        "opens nothing any more.",
        "the store", _OFFICERS, "recovery", word="recovery code", danger=True,
    ),
    Command(
        "officers.rotate", "Give the store a new data key", ("N",),
        "While everybody goes on working. Ending an access and changing a passphrase do it by themselves.",
        "the store", _OFFICERS, "rotate", word="new data key", danger=True,
    ),
)  # fmt: skip
