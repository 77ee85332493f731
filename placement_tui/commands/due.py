"""Commands of what is due."""

from __future__ import annotations

from placement_tui.commands.declaring import Command

_DUE = ("due",)

COMMANDS: tuple[Command, ...] = (
    Command(
        "due.done", "Done", ("d",),
        "Notes that it was done, when and by whom; of those marked, all in one step. An offer is finished by accepting "
        "or declining it, a needed-by by a placement.",
        "this task", _DUE, "done", word="done", footer=True,
    ),
    Command(
        "due.move", "Move it to another day or time", ("m",),
        "Asks when, then why. What the law said first stays on it and stays the measure of being late. A call back or "
        "an offer is moved on its call list as well.",
        "this task", _DUE, "move", word="move", footer=True,
    ),
    Command(
        "due.hand", "Hand it to somebody", ("h",),
        "Gives it to one of the team by one key.",
        "this task", _DUE, "hand", word="hand to", footer=True,
    ),
    Command(
        "due.take", "Take it", ("t",),
        "It is yours from now on.",
        "this task", _DUE, "take", word="take",
    ),
    Command(
        "due.drop", "Need not be done, and why", ("n",),
        "For a parent who may not be told, a child without a school. Asks why; the list of those finished keeps it.",
        "this task", _DUE, "drop", word="not needed",
    ),
    Command(
        "due.open", "Open the record", ("enter",),
        "The call list, the offers, whom to tell, or the placement that it comes from.",
        "this task", _DUE, "open", word="open", footer=True,
    ),
    Command(
        "due.mark", "Mark it, or take the mark off", ("space",),
        "d then finishes all that are marked in one step.",
        "several", _DUE, "mark", word="mark", footer=True,
    ),
    Command(
        "due.mark_all", "Mark all of this child's and this law's", ("a",),
        "One letter often tells several people: all notices of one placement are marked by one key.",
        "several", _DUE, "mark_all", word="mark its like",
    ),
    Command(
        "due.mine", "Mine or everybody's", ("f",),
        "Shows what you have yourself, or what the team has.",
        "this list", _DUE, "mine", word="mine", footer=True,
    ),
    Command(
        "due.finished", "Show or hide what is finished", ("x",),
        "Done and not needed come after what is open, the latest first.",
        "this list", _DUE, "finished", word="finished too",
    ),
    Command(
        "due.copy", "Copy the task's reference", ("y",),
        "Puts it on the clipboard of your own terminal, for `placement log done`.",
        "this task", _DUE, "copy",
    ),
)  # fmt: skip
