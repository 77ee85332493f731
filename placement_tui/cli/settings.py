"""`placement settings`: the council's own choices."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from placement_tui.cli.asking import Command
from placement_tui.cli.output import Column
from placement_tui.errors import WrongUse

if TYPE_CHECKING:
    from placement_tui.cli.here import Here
    from placement_tui.domain.policy import SettingRow

SETTINGS: list[Column[SettingRow]] = [
    Column("name", "Name"),
    Column("shown", "Now"),
    Column("chosen", "Chosen", shown=lambda row: "yes" if row.chosen else "as it comes"),
    Column("title", "What"),
    Column("example", "Like"),
    Column("help", "Why"),
    Column("value"),
]


def _options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("name", metavar="NAME", nargs="?", help="one of them; without, all")
    parser.add_argument("value", metavar="VALUE", nargs="*", help="what it is to be from now on")
    parser.add_argument("--forget", action="store_true", help="go back to what the program comes with")


def _run(here: Here, options: argparse.Namespace) -> None:
    settings = here.services.settings
    if options.forget and (options.name is None or options.value):
        raise WrongUse("--forget takes a NAME and no VALUE", mend="placement settings stale_hours --forget")
    if options.name is None:
        here.out.rows(SETTINGS, settings.every())
        return
    if options.forget:
        saved = settings.forget(options.name)
    elif options.value:
        saved = settings.change(options.name, " ".join(options.value))
    else:
        row = settings.get(options.name)
        if here.out.shape == "table":
            here.out.fields(SETTINGS, row)
        else:
            here.out.rows(SETTINGS, [row])
        return
    row = settings.get(options.name)
    here.out.saved(saved.words, {"name": row.name, "shown": row.shown, "value": row.value, "chosen": row.chosen})


COMMANDS = {
    "settings": Command(
        "placement settings\n  placement settings grades_home good+\n  placement settings adjoining +Halton -- '-Cheshire East'",
        _options,
        _run,
        "For a manager or an administrator. Each change is journaled with its officer, and undo takes it back.",
    ),
}
