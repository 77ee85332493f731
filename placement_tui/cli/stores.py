"""`placement init`."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from placement_tui.cli.asking import Command
from placement_tui.errors import Refused, WrongUse

if TYPE_CHECKING:
    from placement_tui.cli.here import Here


def _init_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--authority", metavar="GSS", help="the council's code: Wirral is E08000015")
    parser.add_argument("--officer", metavar="NAME", help="the first officer, who administers the store")
    parser.add_argument("--join", metavar="FILE", help="make a laptop's store from the file that the team made for it")
    parser.add_argument("--authority-name", metavar="NAME", default="", help="the council's name for people")


def _init(here: Here, options: argparse.Namespace) -> None:
    from placement_tui.db.stores import is_made
    from placement_tui.paths import keys_path, server_of

    address = server_of(here.path)
    if is_made(here.path):
        raise Refused(
            "There is a store already", address or str(here.path), "open it, or name another file with --store"
        )
    if options.join:
        _join(here, options)
        return
    if not options.authority or not options.officer:
        raise WrongUse("Whose store is it?", mend="give --authority GSS and --officer NAME; or --join FILE on a laptop")
    from placement_tui.bootstrap import make_store

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
    council = options.authority.strip().upper()
    if address is None:
        named, keys = str(here.path), str(keys_path(here.path))
        keep = (
            f"Keep {keys_path(here.path).name} beside it, and the passphrase where only {officer.name} finds it: without "
            "them nobody can read the store."
        )
    else:
        named, keys = address, ""
        keep = f"It opens with the passphrase of {officer.name} alone. Others name it as you did: --store {address}"
    here.out.saved(
        f"Made {named} for {council}; {officer.name} can open it.\n{keep}",
        {"store": named, "keys": keys, "officer": officer.name, "officer_id": officer.id},
        line=named,
    )


def _join(here: Here, options: argparse.Namespace) -> None:
    from placement_tui.paths import typed_path
    from placement_tui.services.laptops import join

    if options.authority or options.officer or options.authority_name:
        raise WrongUse("--join takes the council and its officers from the file", mend="leave the other options away")
    file = typed_path(options.join)
    name, officer, whole = join(file, here.path, here.asked.officer, here.typed_passphrase(), here.clock)
    held = "everything that the team held" if whole else "the register and the open referrals"
    here.out.saved(
        f"Made {here.path}: {name}, with {held}. {officer} opens it with the passphrase of the team's\n"
        "store. It meets the team with: placement sync USER@HOST",
        {"store": str(here.path), "device": name, "officer": officer}, line=str(here.path),
    )  # fmt: skip


COMMANDS = {
    "init": Command(
        'placement --store team.db init --authority E08000015 --officer "Karen Moss"\n'
        "  placement --store laptop.db --as Karen init --join /media/stick/team-20261122T101500Z-join.db",
        _init_options,
        _init,
        "The passphrase is asked for twice on a terminal, or read from --passphrase-fd.",
    ),
}
