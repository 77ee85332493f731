"""Commands of the figures of delay."""

from __future__ import annotations

from placement_tui.commands.declaring import Command

_DELAY = ("delay",)

COMMANDS: tuple[Command, ...] = (
    Command(
        "delay.by", "All, by urgency, by month", ("tab",),
        "The same figures of all referrals together, apart by how soon a home was needed, or by the month of receipt.",
        "these figures", _DELAY, "by", word="by urgency, by month", footer=True,
    ),
    Command(
        "delay.span", "A month, a quarter, a year, two years", ("p",),
        "How far back referrals were received that are counted; up to and with today.",
        "these figures", _DELAY, "span", word="how far back", footer=True,
    ),
)  # fmt: skip
