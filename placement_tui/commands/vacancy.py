"""Commands of the free beds."""

from __future__ import annotations

from placement_tui.commands.declaring import Command

_VACANCY = ("vacancy",)

COMMANDS: tuple[Command, ...] = (
    Command(
        "vacancy.still", "Still so", ("s",),
        "They say it is as they said before: the word is fresh again, with the time and you. A bed that was expected, or "
        "that a child left, is free from now on.",
        "this bed", _VACANCY, "still", word="still so", footer=True,
    ),
    Command(
        "vacancy.gone", "Gone", ("x",),
        "They say it is taken, or does not come: no bed of it is free any more.",
        "this bed", _VACANCY, "gone", word="gone", footer=True,
    ),
    Command(
        "vacancy.again", "Say it anew", ("e",),
        "Types what they say now, in one line, for the home under the cursor.",
        "this bed", _VACANCY, "again", word="say anew", footer=True,
    ),
    Command(
        "vacancy.ask", "Ask them for a referral that it fits", ("a",),
        "Those that it lawfully fits, best first, each by one key: the home goes on that call list.",
        "this bed", _VACANCY, "ask", word="ask for", footer=True,
    ),
    Command(
        "vacancy.page", "The home's page", ("enter",),
        "Who they are, their answers to us, and the lessons of placements there.",
        "this bed", _VACANCY, "page", word="page", footer=True,
    ),
    Command(
        "vacancy.copy", "Copy the phone number", ("y",),
        "Puts the number on the clipboard of your own terminal, and says which.",
        "this bed", _VACANCY, "copy",
    ),
    Command(
        "vacancy.check", "Only those to check, or all", ("f",),
        "Old words, beds that were expected by today, and beds that a child of ours left: the morning's ringing round.",
        "this list", _VACANCY, "check", word="to check",
    ),
)  # fmt: skip
