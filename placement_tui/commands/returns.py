"""Commands of the statutory return, and the way there."""

from __future__ import annotations

from placement_tui.commands.declaring import Command

_RETURNS = ("returns",)

COMMANDS: tuple[Command, ...] = (
    Command(
        "returns.mend", "Go and mend it", ("enter",),
        "The record of the fault under the cursor: the child's time in care, the ending, the home or the order.",
        "this fault", _RETURNS, "mend", word="mend it", footer=True,
    ),
    Command(
        "returns.export", "Write the files of the return", ("e",),
        "Into a folder that you name, with the addresses of children's homes; each child in it is noted as looked at.",
        "this return", _RETURNS, "export", word="export", footer=True,
    ),
    Command(
        "returns.year", "Another year: the running one, then those before", ("tab",),
        "2026 is 1 April 2025 to 31 March 2026. The year that is running is checked up to today.",
        "this return", _RETURNS, "year", word="year", footer=True,
    ),
    Command(
        "returns.look", "Only what is to be mended, or what is to be explained too", ("x",),
        "Some things are unusual and may be right: the Department wants them explained, not changed.",
        "this return", _RETURNS, "look_too", word="to explain",
    ),
    Command(
        "returns.open", "The statutory return, and what to mend before it", ("S",),
        "SSDA903 of a collection year, checked as the Department will check it; Enter goes to the record of each fault.",
        "go to", ("placements", "board"), "returns", word="return",
    ),
)  # fmt: skip
