"""`placement beds`, `placement log block`."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from placement_tui.cli import records
from placement_tui.cli.asking import Command
from placement_tui.cli.homes import kind_words
from placement_tui.cli.output import Column
from placement_tui.cli.typing_words import line_of
from placement_tui.domain.typed_numbers import money_words

if TYPE_CHECKING:
    from placement_tui.cli.here import Here
    from placement_tui.domain.beds import BedRow

BEDS: list[Column[BedRow]] = [
    Column("name", "Home"),
    Column("kind", "Kind", shown=lambda row: kind_words(row.kind)),
    Column("registered", "Places", right=True),
    Column("ours", "Ours", right=True),
    Column("others", "Others", right=True),
    Column("held", "Held", right=True),
    Column("free", "Free", right=True),
    Column("said", "Said free", right=True),
    Column("paid", "Paid", shown=lambda row: str(row.paid or ""), right=True),
    Column("unused", "Unused", shown=lambda row: str(row.unused or ""), right=True),
    Column(
        "wasted_pence",
        "A week",
        shown=lambda row: money_words(row.wasted_pence) if row.wasted_pence else "",
        right=True,
    ),
    Column("closed", "Closed"),
    Column("provider"),
    Column("said_at"),
    Column("said_by"),
    Column("id"),
]


def _beds_options(parser: argparse.ArgumentParser) -> None:
    from placement_tui.domain.beds import FILTERS, SORTS

    parser.add_argument(
        "words", metavar="WORDS", nargs="*", help="only homes whose name, owner or kind has these words"
    )
    parser.add_argument("--show", metavar="|".join(FILTERS), default="all", help="which homes (all in use)")
    parser.add_argument("--sort", metavar="|".join(SORTS), default="name", help="in which order (name)")


def _beds(here: Here, options: argparse.Namespace) -> None:
    from placement_tui.domain.beds import narrowed, totals

    rows = narrowed(here.services.beds.board(), options.show, options.sort, " ".join(options.words))
    here.out.rows(BEDS, rows, "No home is in use, and nobody spoke of a free bed.")
    sums = totals(rows)
    here.out.say(f"{sums.words}. {sums.block_words}".removesuffix(". ") + ".")


def _block_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("home", metavar="NAME", help="the home's name or URN")
    parser.add_argument(
        "said", metavar="WORDS", nargs="?", help='"2 at 4200 from mon until 31 mar": beds, £ a week for one'
    )
    parser.add_argument("--contract", metavar="WORDS", help="its number or name")
    parser.add_argument("--end", action="store_true", help="today is its last day")


def _block(here: Here, options: argparse.Namespace) -> None:
    from dataclasses import replace

    from placement_tui.domain.typed_dates import day_words
    from placement_tui.errors import NotFound, Refused, WrongUse

    beds, today = here.services.beds, here.services.desk.today
    home = records.home(here, options.home)
    if options.end:
        held = beds.blocks(home.id)
        rows = [row for row in held if row.stands(today)]
        if coming := [row for row in held if not rows and row.from_on > today]:
            raise Refused(f"The block beds of {home.name} begin on {day_words(coming[0].from_on, today)}",
                          "there is no last day yet", "what was logged by mistake is taken back by `placement undo`")  # fmt: skip
        if not rows:
            raise NotFound(f"{home.name} has no block beds", mend="`placement beds --show unused` lists those paid for")
        saved = beds.end_block(rows[-1].id)
    elif options.said is None:
        raise WrongUse("How many beds, at what price?", mend='say "2 at 4200 from mon until 31 mar", or --end')
    else:
        new = replace(beds.read(options.said), contract=line_of("contract", options.contract))
        saved = beds.log_block(home.id, new)
    here.out.saved(saved.words, {"id": saved.ids[0], "home_id": home.id, "name": home.name})


COMMANDS = {
    "beds": Command(
        "placement beds --show unused --format csv", _beds_options, _beds,
        "Registered places, ours, other authorities' children, held and free; what each home said; block beds that are\n"
        "paid for and stand empty, and what they cost in a week.",
    ),
    "log block": Command('placement log block "Fir Lane" "2 at 4200 from mon until 31 mar"', _block_options, _block),
}  # fmt: skip
