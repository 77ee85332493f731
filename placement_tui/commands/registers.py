"""Commands of the registers; the form of an entry has those of every form."""

from __future__ import annotations

from placement_tui.commands.declaring import Command

_REGISTERS = ("registers",)

COMMANDS: tuple[Command, ...] = (
    Command(
        "registers.tab", "DoL, unregistered, 16-17 or kinship", ("1", "2", "3", "4"),
        "Goes to one of the four registers. Beside each stand how many are open and how many lack something.",
        "these registers", _REGISTERS, "tab('{key}')", word="register", footer=True,
    ),
    Command(
        "registers.change", "Fill in what is missing", ("enter", "e"),
        "Opens the entry: an order's days and when Ofsted had it, why and how an unregistered placement ends, what was "
        "checked, the weeks of a temporary approval and its extension.",
        "this entry", _REGISTERS, "change", word="fill in", footer=True,
    ),
    Command(
        "registers.close", "The entry is over", ("c",),
        "The order ended, the home is registered or left, the carer is approved or the child moved. It is kept: x shows it.",
        "this entry", _REGISTERS, "close", word="over", footer=True,
    ),
    Command(
        "registers.over", "Show or hide those that are over", ("x",),
        "Entries that were closed, beside those that are open.",
        "these registers", _REGISTERS, "over", word="over too", footer=True,
    ),
    Command(
        "registers.home", "The home's page", ("h",),
        "Who they are, their registration, their answers to us, and the lessons of placements there.",
        "this entry", _REGISTERS, "home", word="home",
    ),
    Command(
        "registers.log", "Log an entry: order, unregistered, 16-17, kinship", ("r",),
        "Asks which register, then opens the entry of the placement under the cursor, a new one where there is none.",
        "this placement", ("placements",), "register", word="register",
    ),
)  # fmt: skip
