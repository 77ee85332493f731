"""Commands of the free beds."""

from __future__ import annotations

from placement_tui.commands.declaring import Command

_VACANCIES = ("vacancies",)

COMMANDS: tuple[Command, ...] = (
    Command(
        "vacancies.still", "Still so", ("s",),
        "They say it is as they said before: the word is fresh again, with the time and you. A bed that was expected, or "
        "that a child left, is free from now on.",
        "this bed", _VACANCIES, "still", word="still so", footer=True,
    ),
    Command(
        "vacancies.gone", "Gone", ("x",),
        "They say it is taken, or does not come: no bed of it is free any more.",
        "this bed", _VACANCIES, "gone", word="gone", footer=True,
    ),
    Command(
        "vacancies.again", "Say it anew", ("e",),
        "Types what they say now, in one line, for the home under the cursor.",
        "this bed", _VACANCIES, "again", word="say anew", footer=True,
    ),
    Command(
        "vacancies.ask", "Ask them for a referral that it fits", ("a",),
        "Those that it lawfully fits, best first, each by one key: the home goes on that call list.",
        "this bed", _VACANCIES, "ask", word="ask for", footer=True,
    ),
    Command(
        "vacancies.page", "The home's page", ("enter",),
        "Who they are, their answers to us, and the lessons of placements there.",
        "this bed", _VACANCIES, "page", word="page", footer=True,
    ),
    Command(
        "vacancies.copy", "Copy the phone number", ("y",),
        "Puts the number on the clipboard of your own terminal, and says which.",
        "this bed", _VACANCIES, "copy",
    ),
    Command(
        "vacancies.check", "Only those to check, or all", ("f",),
        "Old words, beds that were expected by today, and beds that a child of ours left: the morning's ringing round.",
        "this list", _VACANCIES, "check", word="to check",
    ),
)  # fmt: skip
