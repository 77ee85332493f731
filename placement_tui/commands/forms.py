"""Commands that every form shares. Keys that are letters would be typed, so these are F-keys and Ctrl+letter."""

from __future__ import annotations

from placement_tui.commands.declaring import Command

FORMS = ("referral", "offer", "placement", "ending", "entry", "care_form", "profile_form")
_SAVED = (*FORMS, "unlock", "welcome", "officer")
TYPED = (*_SAVED, "locked", "market")  # places where letters are typed, so that no command has one

COMMANDS: tuple[Command, ...] = (
    Command(
        "forms.save", "Save", ("ctrl+s", "f10"),
        "Checks every field, shows what is not usable beside the field, and saves when all are.",
        "this form", _SAVED, "save", word="save", footer=True,
    ),
    Command(
        "forms.editor", "Write in your own editor", ("ctrl+e",),
        "Opens a long field in $EDITOR and takes back what you wrote.",
        "this form", FORMS, "editor", word="editor", footer=True,
    ),
    Command(
        "forms.discard", "Throw the draft away", ("ctrl+x",),
        "Forgets what is half-typed here; asks first.",
        "this form", FORMS, "discard", word="throw away", danger=True,
    ),
    Command(
        "forms.leave", "Back, with the draft kept", ("escape",),
        "What is typed and not saved is there again when you come back, also after a dropped line.",
        "this form", FORMS, "leave_form", word="back", over=("escape",),
    ),
    Command(
        "forms.untype", "Take back typing", ("ctrl+z",),
        "In the field in hand, step by step. It never undoes a saved change: u does, outside of forms.",
        "this form", FORMS, "untype", over=("ctrl+z",),
    ),
)  # fmt: skip
