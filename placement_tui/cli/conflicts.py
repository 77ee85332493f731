"""`placement conflicts` and `placement settle`: two values of one field."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from placement_tui.cli.asking import Command
from placement_tui.cli.output import Column
from placement_tui.domain.conflicts import ConflictRow, Side, moment_words
from placement_tui.errors import Invalid, NotFound

if TYPE_CHECKING:
    from placement_tui.cli.here import Here

CONFLICTS: list[Column[ConflictRow]] = [
    Column("about", "Record"),
    Column("field", "Field"),
    Column(
        "values", "Values, the last one shows", value=lambda row: _sides(row), shown=lambda row: "; ".join(_sides(row))
    ),
    Column("noun"),
    Column("key"),
    Column("fields"),
]


def _sides(row: ConflictRow) -> list[str]:
    return [f"{side.officer or '?'} at {moment_words(side.at)}: ‘{side.words}’" for side in row.sides]


def _nothing(parser: argparse.ArgumentParser) -> None:
    """No options of its own."""


def _conflicts(here: Here, _options: argparse.Namespace) -> None:
    here.out.rows(CONFLICTS, here.services.conflicts.unsettled(), "No field has two values.")


def _settle_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("record", metavar="RECORD", help="as `placement conflicts` names it; a part will do: 26-0142")
    parser.add_argument("field", metavar="FIELD", help="as `placement conflicts` names it")
    parser.add_argument(
        "--keep", metavar="OFFICER", required=True, help="whose value stands, by initials; or the value"
    )


def _settle(here: Here, options: argparse.Namespace) -> None:
    every = here.services.conflicts.unsettled()
    said, field = options.record.strip().casefold(), options.field.strip().casefold()
    rows = [row for row in every if said in row.about.casefold() and field in (row.field.casefold(), *row.fields)]
    if len(rows) != 1:
        raise NotFound(
            f"{'No' if not rows else 'More than one'} record {options.record!r} has two values of {options.field!r}",
            mend="`placement conflicts` lists them",
        )
    side = _side(rows[0], options.keep.strip().casefold())
    here.out.saved(here.services.conflicts.settle(rows[0], side.op).words, {"key": rows[0].key, "field": rows[0].field})


def _side(row: ConflictRow, said: str) -> Side:
    """The side that is kept: an officer's, or where one officer said both, from two machines, the one of that value."""
    theirs = [side for side in row.sides if side.officer.casefold() == said]
    found = theirs or [side for side in row.sides if said == side.words.casefold()]
    if not found:
        raise Invalid("keep", f"{said!r} is neither who said it nor what", mend="; ".join(_sides(row)))
    if len(found) > 1:
        raise Invalid(
            "keep",
            f"{found[0].officer} said both",
            "; ".join(_sides(row)),
            f"name the value: --keep {found[-1].words!r}",
        )
    return found[0]


COMMANDS = {
    "conflicts": Command(
        "placement conflicts --format json", _nothing, _conflicts,
        "Two officers changed the same field, neither having read the other's. Both values are kept until one is settled.",
    ),
    "settle": Command("placement settle 26-0142 wanted --keep KM", _settle_options, _settle),
}  # fmt: skip
