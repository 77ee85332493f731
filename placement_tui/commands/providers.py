"""Commands of a provider's page, and of what would make the difference."""

from __future__ import annotations

from placement_tui.commands.declaring import Command

_PROVIDER, _DIFFERENCE = ("provider",), ("difference",)

COMMANDS: tuple[Command, ...] = (
    Command(
        "provider.copy", "Copy the phone number", ("y",),
        "The provider's number, or that of the first contact, to the clipboard of your own terminal; it says whose.",
        "whom to ring", _PROVIDER, "copy", word="copy number", footer=True,
    ),
    Command(
        "provider.copy_night", "Copy a number for the night", ("Y",),
        "The out-of-hours number; where several gave one, a key chooses whose.",
        "whom to ring", _PROVIDER, "copy_night", word="night number", footer=True,
    ),
    Command(
        "provider.contact", "Add a contact", ("a",),
        "One line: Jo Hale, manager, 0151 496 0123, night 07700 900123, jo@example.org.",
        "whom to ring", _PROVIDER, "contact", word="contact", footer=True,
    ),
    Command(
        "provider.drop", "A contact is no longer to be rung", ("A",),
        "Takes somebody off the list of contacts. What was logged stays in the history.",
        "whom to ring", _PROVIDER, "drop",
    ),
    Command(
        "provider.visit", "A visit: due, or made", ("v",),
        "due 3 dec plans one; today: warm, two staff on logs one, and settles the one that was due at that home.",
        "log", _PROVIDER, "visit", word="visit", footer=True,
    ),
    Command(
        "provider.concern", "A concern", ("c",),
        "What worries somebody about a home. It stays open, first on this page, until somebody says how it was settled.",
        "log", _PROVIDER, "concern", word="concern", footer=True,
    ),
    Command(
        "provider.settle", "A concern is settled", ("t",),
        "Says how. The concern and its end stay on the page.",
        "log", _PROVIDER, "settle", word="settle",
    ),
    Command(
        "provider.voice", "What a child said, in their words", ("w",),
        "Choose the child who lives or lived there, then type what they said, as they said it. It goes with the child's "
        "other records when those are erased.",
        "log", _PROVIDER, "voice", word="child's words", footer=True,
    ),
    Command(
        "provider.note", "The note", ("e",),
        "What everybody should know of them, in your own words.",
        "log", _PROVIDER, "note", word="note",
    ),
    Command(
        "provider.suspend", "Do not use: suspend, or lift it", ("s",),
        "One home or all of them, with a reason: from then on no list offers them and no rule lets anybody ask them. The "
        "same key lifts it, with a reason.",
        "log", _PROVIDER, "suspend", word="suspend", footer=True,
    ),
    Command(
        "provider.home", "A home's page", ("h", "enter"),
        "Registration, judgements, free beds, answers and lessons of one home.",
        "go to", _PROVIDER, "home", word="homes",
    ),
    Command(
        "provider.difference", "What would make the difference here", ("d",),
        "Their refusals by what would change them, and which could be asked again today.",
        "go to", _PROVIDER, "difference", word="difference",
    ),
    Command(
        "provider.merge", "It is the double of another: merge", ("m",),
        "Shows first what would move. Homes, approaches and contacts go to the other; its name still finds it; u takes the "
        "whole of it back.",
        "this provider", _PROVIDER, "merge", word="merge",
    ),
    Command(
        "difference.again", "Ask again", ("a",),
        "A new approach on the call list, which remembers the first; that keeps its answer. Where the records do not show "
        "what has changed, you say what has. No rule is passed over.",
        "this refusal", _DIFFERENCE, "again", word="ask again", footer=True,
    ),
    Command(
        "difference.tab", "The table, or the list behind it", ("tab",),
        "The list is of the row under the cursor above. Those that could be asked again today stand first.",
        "find your way", _DIFFERENCE, "tab", word="list", footer=True,
    ),
    Command(
        "difference.span", "90 days, a year, 30 days", ("p",),
        "How far back refusals are counted; those of open referrals always are.",
        "find your way", _DIFFERENCE, "span", word="how far back", footer=True,
    ),
    Command(
        "difference.calls", "The referral's call list", ("c",),
        "With the cursor on them.",
        "this refusal", _DIFFERENCE, "calls", word="call list", footer=True,
    ),
    Command(
        "difference.home", "The home's page", ("h",),
        "Registration, judgements, free beds, answers and lessons.",
        "this refusal", _DIFFERENCE, "home", word="home",
    ),
    Command(
        "difference.copy", "Copy the phone number", ("y",),
        "Puts the number on the clipboard of your own terminal, and says which.",
        "this refusal", _DIFFERENCE, "copy", word="copy number",
    ),
)  # fmt: skip
