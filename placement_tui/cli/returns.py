"""`placement export ssda903` and `placement check ssda903`: the statutory return of a year, and what to mend before it."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from placement_tui.cli.asking import Command
from placement_tui.cli.output import Column
from placement_tui.errors import WrongUse
from placement_tui.paths import typed_path

if TYPE_CHECKING:
    from placement_tui.cli.here import Here
    from placement_tui.domain.returns import Fault


def _export_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("folder", metavar="DIR", help="the folder for the files, made where there is none")
    _year(parser)
    parser.add_argument("--force", action="store_true", help="replace the return that is in the folder already")


def _year(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--year", metavar="YYYY", required=True, help="the year in which it ends: 2026 is April 2025 to March 2026"
    )


def _export(here: Here, options: argparse.Namespace) -> None:
    made = here.services.returns.export(typed_path(options.folder), _typed(options.year), options.force)
    data = {
        "folder": made.folder, "files": made.files, "children": made.children, "rows": made.rows, "to_mend": made.to_mend,
    }  # fmt: skip
    here.out.saved(made.words, data)
    if made.to_mend:
        here.out.say(f"What to mend: placement check ssda903 --year {options.year}")


def _check(here: Here, options: argparse.Namespace) -> int:
    year = _typed(options.year)
    found = here.services.returns.of_year(year)
    mend, look = len(found.to_mend), len(found.faults) - len(found.to_mend)
    here.out.rows(COLUMNS, found.faults, f"Nothing to mend in the return of {year}: {len(found.children):,} children")
    if found.faults:
        here.out.say(f"{mend:,} to mend, {look:,} to look at or explain, in {len(found.children):,} children")
    return 1 if mend else 0


def _say_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "placement",
        metavar="CHILD",
        help="whose: child identifier or initials, a referral's reference, or the placement's id",
    )
    parser.add_argument(
        "said", metavar="TEXT", help="U6 PR4 L20 3AA SC123456 same carer; a part left out is as the home says"
    )


def _say(here: Here, options: argparse.Namespace) -> None:
    from placement_tui.cli import records
    from placement_tui.domain.returns.typed import parse_returned

    key = records.as_id(options.placement) or records.placement(here, options.placement).id
    saved = here.services.returns.say(key, parse_returned(options.said))
    here.out.saved(saved.words, {"id": key})


def _typed(said: str) -> int:
    if not (said.isascii() and said.isdigit() and len(said) == 4):
        raise WrongUse(f"--year cannot be {said[:20]!r}", mend="the year in which the return ends, such as 2026")
    return int(said)


COLUMNS: list[Column[Fault]] = [
    Column("rule", "Rule"),
    Column("level", ""),
    Column("child", "Child"),
    Column("text", "What is wrong"),
    Column("mend", "What to do"),
    Column("also", "Also", shown=lambda fault: " ".join(fault.also)),
    Column("noun"),
    Column("key"),
    Column("child_id"),
    Column("day"),
]

COMMANDS = {
    "export ssda903": Command(
        "placement export ssda903 ./return-2026 --year 2026",
        _export_options,
        _export,
        "The SSDA903 return as the Department wants it: Header, Episodes, and each other table that has rows. It is the\n"
        "one export with the addresses of children's homes (PL_POST), which Ofsted's public register hides: who may only\n"
        "look cannot make it, and each child in it is noted as looked at. The files are yours alone (0600), not encrypted.",
    ),
    "log returned": Command(
        'placement log returned W-10234 "U6 PR4 L20 3AA SC123456"',
        _say_options,
        _say,
        "The type (PLACE), provider (PLACE_PROVIDER), postcode and URN that the return gives for a placement, and whether\n"
        "the carer is the one before, where that is not what its home says. `check ssda903 --format json` gives its id as key.",
    ),
    "check ssda903": Command(
        "placement check ssda903 --year 2026\n  placement check ssda903 --year 2026 --format csv > mend.csv",
        _year,
        _check,
        "`Rule` is the number of the sector's validator, `Also` what the same fault raises there. `look` is to be looked\n"
        "at and explained with the return where it is right. Exit code 1 while something is to be mended.",
    ),
}
