"""`placement keys` and `placement paths`. Neither opens the store."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from placement_tui.cli.asking import Command
from placement_tui.cli.output import Column

if TYPE_CHECKING:
    from pathlib import Path

    from placement_tui.cli.here import Here

Key = tuple[str, str, str, str]


def _keys_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("place", metavar="PLACE", nargs="?", help="one place of the program: board, calls, homes...")


def _keys(here: Here, options: argparse.Namespace) -> None:
    from placement_tui.commands import PLACES, keys_page
    from placement_tui.errors import WrongUse

    wanted = options.place
    if wanted is not None and wanted not in PLACES:
        raise WrongUse(f"There is no place {wanted[:40]!r}", mend=f"the places are {', '.join(PLACES)}")
    rows = list(keys_page(wanted))
    columns: list[Column[Key]] = [
        Column("place", "Place", lambda row: row[0]),
        Column("keys", "Keys", lambda row: row[1]),
        Column("title", "What it does", lambda row: row[2]),
        Column("help", "", lambda row: row[3]),
    ]
    if here.out.shape != "table":
        here.out.rows(columns, rows)
        return
    width = max(len(keys) for _, keys, _, _ in rows)
    before = ""
    for place, keys, title, _ in rows:
        if place != before:
            here.out.line(f"\n{place}" if before else place)
            before = place
        here.out.line(f"  {keys:{width}}  {title}")


def _nothing(parser: argparse.ArgumentParser) -> None:
    """No options of its own."""


def _paths(here: Here, _options: argparse.Namespace) -> None:
    from placement_tui.paths import keys_path, lock_path, server_of, state_dir

    address = server_of(here.path)
    if address is not None:  # the server keeps the rest
        here.out.say(f"The store is {address}; what this machine keeps of it:")
    keys = ("keys", keys_path(here.path)), ("lock", lock_path(here.path))
    rows = [
        ("store", here.path) if address is None else ("note of its address", here.path),
        *(keys if address is None else ()),
        ("postcodes", here.path.parent / "postcodes"),
        ("state", state_dir()),
        ("log", state_dir() / "placement.log"),
    ]
    columns: list[Column[tuple[str, Path]]] = [
        Column("what", "What", lambda row: row[0]),
        Column("path", "Path", lambda row: str(row[1])),
        Column("exists", "There", lambda row: row[1].exists()),
    ]
    here.out.rows(columns, rows)


COMMANDS = {
    "keys": Command("placement keys calls", _keys_options, _keys),
    "paths": Command("placement --store team.db paths", _nothing, _paths),
}
