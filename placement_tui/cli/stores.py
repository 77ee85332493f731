"""`placement init`."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from placement_tui.cli.asking import Command
from placement_tui.errors import Refused

if TYPE_CHECKING:
    from placement_tui.cli.here import Here


def _init_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--authority", metavar="GSS", required=True, help="the council's code: Wirral is E08000015")
    parser.add_argument("--officer", metavar="NAME", required=True, help="the first officer, who administers the store")
    parser.add_argument("--authority-name", metavar="NAME", default="", help="the council's name for people")


def _init(here: Here, options: argparse.Namespace) -> None:
    if here.path.exists():
        raise Refused("There is a store already", str(here.path), "open it, or name another file with --store")
    from placement_tui.bootstrap import make_store
    from placement_tui.paths import keys_path

    services = make_store(
        here.path,
        options.authority,
        options.officer,
        here.new_passphrase(),
        authority_name=options.authority_name.strip(),
        clock=here.clock,
    )
    officer = services.desk.officer
    services.close()
    here.out.saved(
        f"Made {here.path} for {options.authority.strip().upper()}; {officer.name} can open it.\n"
        f"Keep {keys_path(here.path).name} beside it, and the passphrase where only {officer.name} finds it: without "
        "them nobody can read the store.",
        {"store": str(here.path), "keys": str(keys_path(here.path)), "officer": officer.name, "officer_id": officer.id},
        line=str(here.path),
    )


COMMANDS = {
    "init": Command(
        'placement --store team.db init --authority E08000015 --officer "Karen Moss"',
        _init_options,
        _init,
        "The passphrase is asked for twice on a terminal, or read from --passphrase-fd.",
    ),
}
