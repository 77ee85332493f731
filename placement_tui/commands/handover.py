"""Commands of the hand-over to the night team and back."""

from __future__ import annotations

from placement_tui.commands.declaring import Command

_HERE = ("handover",)

COMMANDS: tuple[Command, ...] = (
    Command(
        "handover.made", "Handed over", ("enter",),
        "Notes that the night team has it, with what is said beside the facts. The morning begins to tell from then on.",
        "hand over", _HERE, "made", word="handed over", footer=True,
    ),
    Command(
        "handover.turn", "Evening or morning", ("tab", "m"),
        "The sheet for the night, or what changed since the last one. Before noon it opens with the morning's.",
        "hand over", _HERE, "turn", word="morning", footer=True,
    ),
    Command(
        "handover.anonymise", "Anonymised or full", ("a",),
        "Leaves out initials, what was typed in words, and social workers; what it is stands on its face.",
        "hand over", _HERE, "anonymise", word="anonymised", footer=True,
    ),
    Command(
        "handover.say", "Say something beside the facts", ("e",),
        "One line or more for the night team; it is kept with the hand-over.",
        "hand over", _HERE, "say", word="say", footer=True,
    ),
    Command(
        "handover.save", "Write it to a file", ("w",),
        "As .pdf, .html or .txt to print or send; as .csv the form that the night team fills and sends back.",
        "hand over", _HERE, "save", word="write file", footer=True,
    ),
    Command(
        "handover.rota", "Put somebody on call", ("r",),
        "Tonight's approver, night team, manager or a carer: part, name, number.",
        "hand over", _HERE, "rota", word="on call", footer=True,
    ),
)  # fmt: skip
