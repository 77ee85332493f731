"""Commands of a home's page."""

from __future__ import annotations

from placement_tui.commands.declaring import Command

_HOME = ("home",)

COMMANDS: tuple[Command, ...] = (
    Command(
        "home.vacancy", "Beds free", ("v",),
        "Logs what they say of their beds, with the time and you: 2 girls 8-14 from mon, Jo; none; 1 expected from fri. "
        "Older than two days it asks to be checked.",
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
        "home.hold", "Beds held for us", ("b",),
        "Logs that they keep beds until a time, for a referral: 1 until tomorrow 12:00 for 26-0142. A held bed is free "
        "to that referral alone; it ends by itself.",
        "its places", _HOME, "hold", word="hold", footer=True,
    ),
    Command(
        "home.release", "A held bed is let go", ("B",),
        "They need not keep it any more.",
        "its places", _HOME, "release", word="let go",
    ),
    Command(
        "home.others", "Children of other authorities", ("o",),
        "Logs how many live there, whose and since when as far as the home says so: 3, or 2 Liverpool since 1 mar, 1 Sefton.",
        "its places", _HOME, "others", word="others",
    ),
    Command(
        "home.terms", "Whom they take: ages, number, sex", ("t",),
        "Their terms of approval or registration, as the team knows them: 4-12, 2, girls. A register imported later "
        "leaves them alone.",
        "its places", _HOME, "terms", word="terms",
    ),
    Command(
        "home.exemption", "Exemption from the fostering limit", ("e",),
        "Leave by the authority where the carer lives to foster a named child over the usual three (Schedule 7, Children "
        "Act 1989). For a child who is still to come: `placement log exemption`.",
        "its places", _HOME, "exemption", word="exemption",
    ),
    Command(
        "home.rota", "On the night rota, or off", ("N",),
        "The night team rings those on it first; the hand-over lists them with whom they take and their free beds.",
        "this home", _HOME, "rota", word="night rota",
    ),
)  # fmt: skip
