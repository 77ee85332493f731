"""Commands of the search for homes. They work while the cursor is in the list; in the query line letters are typed."""

from __future__ import annotations

from placement_tui.commands.declaring import Command

_HOMES = ("homes",)

COMMANDS: tuple[Command, ...] = (
    Command(
        "homes.query", "Type in the query line", ("i", "/"),
        "Words find names, owners and towns, misheard ones too; words such as ifa, res, 10mi, good+, free filter. The "
        "ten best show while you type; Tab, Enter or Down comes back to the whole list.",
        "search", _HOMES, "query", word="search", footer=True, over=("/",),
    ),
    Command(
        "homes.relax", "Relax one constraint", ("r",),
        "Gives up the one that brings the most homes, and says which.",
        "search", _HOMES, "relax", word="relax", footer=True,
    ),
    Command(
        "homes.mark", "Mark or unmark", ("space",),
        "Marks the home under the cursor for the wave. One that may not be asked says why.",
        "ask them", _HOMES, "mark", word="mark", footer=True,
    ),
    Command(
        "homes.mark_first", "Mark the first twenty that may be asked", ("a",),
        "From the top of the list as it stands, leaving out those that no rule allows and those asked already.",
        "ask them", _HOMES, "mark_first", word="mark twenty", footer=True,
    ),
    Command(
        "homes.mark_tier", "Mark the next tier", ("t",),
        "The first tier of which nobody was asked, within what the query line leaves: its twenty best. w then sends the wave, "
        "which has a time; when it runs out, N on the call list asks the tier behind it.",
        "ask them", _HOMES, "mark_tier", word="mark tier",
    ),
    Command(
        "homes.unmark", "Unmark all", ("z",),
        "Clears the marks and asks nobody.",
        "ask them", _HOMES, "unmark",
    ),
    Command(
        "homes.wave", "Make the wave", ("w",),
        "Asks every marked home: they are on the call list, in order of tier and distance. Where a home is needed now, every "
        "tier is asked at once; a home off framework asks why.",
        "ask them", _HOMES, "wave", word="make the wave", footer=True,
    ),
    Command(
        "homes.page", "The home's page", ("enter",),
        "Who they are, their registration, their answers to us, and the lessons of placements there.",
        "this home", _HOMES, "page", word="page", footer=True,
    ),
    Command(
        "homes.copy", "Copy the phone number", ("y",),
        "Puts the number on the clipboard of your own terminal, and says which.",
        "this home", _HOMES, "copy",
    ),
    Command(
        "homes.calls", "The call list", ("c",),
        "Those asked so far for this referral.",
        "this referral", _HOMES, "calls", word="call list",
    ),
)  # fmt: skip
