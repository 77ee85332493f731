"""Commands of the place where a group of brothers and sisters is looked for together."""

from __future__ import annotations

from placement_tui.commands.declaring import Command

_SIBLINGS = ("siblings",)

COMMANDS: tuple[Command, ...] = (
    Command(
        "siblings.ask", "Ask the homes of this split", ("enter", "w"),
        "Puts its homes on the referral's call list, those that were asked already left out.",
        "this split", _SIBLINGS, "ask", word="ask them", footer=True,
    ),
    Command(
        "siblings.query", "Narrow the homes", ("i",),
        "A line as in the search: res 20mi good+ free. Empty takes every home that may be asked.",
        "this group", _SIBLINGS, "query", word="narrow", footer=True,
    ),
    Command(
        "siblings.link", "Link the referral of a brother or sister", ("l",),
        "Asks for its reference or the child's initials. A child is in one group only.",
        "this group", _SIBLINGS, "link", word="link", footer=True,
    ),
    Command(
        "siblings.unlink", "Take this referral out of its group", ("x",),
        "The others stay linked; a group of one is none.",
        "this group", _SIBLINGS, "unlink", word="unlink",
    ),
    Command(
        "siblings.part", "Why they are parted", ("p",),
        "Asks for the reason by one key and for a few words; kept with the group and with the referral. Asked again "
        "by itself when a part of the group is placed.",
        "this group", _SIBLINGS, "part", word="parted", footer=True,
    ),
    Command(
        "siblings.together", "Look for them together again", ("t",),
        "Takes back why they were parted: the search wants room for all again.",
        "this group", _SIBLINGS, "together", word="together",
    ),
    Command(
        "siblings.calls", "The call list", ("c",),
        "Who was asked for this referral, and what they said.",
        "this group", _SIBLINGS, "calls", word="calls", footer=True,
    ),
    Command(
        "siblings.home", "The home's page", ("h",),
        "Of the first home of this split.",
        "this split", _SIBLINGS, "home", word="home",
    ),
)  # fmt: skip
