"""Commands of the audit: they narrow what it shows, and open nothing."""

from __future__ import annotations

from placement_tui.commands.declaring import Command

_AUDIT = ("audit",)

COMMANDS: tuple[Command, ...] = (
    Command(
        "audit.officer", "Of one officer", ("o",),
        "Only what one officer saw and changed; chosen again, everybody's.",
        "narrow it", _AUDIT, "officer", word="officer", footer=True,
    ),
    Command(
        "audit.day", "Of one day, or from a day on", ("d",),
        "A day such as 3 oct or yesterday; two, with - between them, for all from the one to the other; nothing for any time.",
        "narrow it", _AUDIT, "day", word="day", footer=True,
    ),
    Command(
        "audit.kind", "Views only, changes only, or both", ("v",),
        "Who looked; who changed what; or both.",
        "narrow it", _AUDIT, "kind", word="views or changes", footer=True,
    ),
    Command(
        "audit.all", "Everything again", ("x",),
        "Takes the filters away.",
        "narrow it", _AUDIT, "all", word="no filter", footer=True,
    ),
)  # fmt: skip
