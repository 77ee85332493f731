"""Commands of a home's page."""

from __future__ import annotations

from placement_tui.commands.declaring import Command

_HOME = ("home",)

COMMANDS: tuple[Command, ...] = (
    Command(
        "home.vacancy", "Beds free", ("v",),
        "Logs how many beds they said are free, with the time and you: 2, none, 1 from mon, 1 until 30 oct. Older than "
        "two days it asks to be checked.",
        "this home", _HOME, "vacancy", word="beds free", footer=True,
    ),
    Command(
        "home.copy", "Copy the phone number", ("y",),
        "Puts the number on the clipboard of your own terminal, and says which.",
        "this home", _HOME, "copy", word="copy number", footer=True,
    ),
    Command(
        "home.copy_night", "Copy the number for the night", ("Y",),
        "The out-of-hours number, where they gave one.",
        "this home", _HOME, "copy_night", word="night number",
    ),
    Command(
        "home.rota", "On the night rota, or off", ("N",),
        "The night team rings those on it first; the hand-over lists them with whom they take and their free beds.",
        "this home", _HOME, "rota", word="night rota",
    ),
)  # fmt: skip
