"""`placement doubles` and `placement merge children`."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from placement_tui.cli.asking import Command
from placement_tui.cli.output import Column
from placement_tui.errors import Refused

if TYPE_CHECKING:
    from placement_tui.cli.here import Here
    from placement_tui.domain.doubles import DoubleRow, Twin

DOUBLES: list[Column[DoubleRow]] = [
    Column("kind", "What"),
    Column("words", "It cannot be so"),
    Column("mend", "How it is mended"),
    Column("noun"),
    Column("keys", value=lambda row: [str(key) for key in row.keys]),
]


def _none(_: argparse.ArgumentParser) -> None:
    """No options."""


def _doubles(here: Here, _: argparse.Namespace) -> None:
    here.out.rows(DOUBLES, here.services.doubles.found(), "Nothing was made twice.")


def _merge_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("double", metavar="REF", help="a referral of the child that is given up")
    parser.add_argument("kept", metavar="KEPT", help="a referral of the child that is kept")


def _merge(here: Here, options: argparse.Namespace) -> None:
    doubles = here.services.doubles
    pairs = [
        (one, other) for one in doubles.named(options.double) for other in doubles.named(options.kept)
        if one.id != other.id and one.identifier.strip().upper() == other.identifier.strip().upper() != ""
    ]  # fmt: skip
    if len(pairs) != 1:
        raise (
            Refused(
                f"No child of {options.double} has the number of one of {options.kept}",
                mend="`placement doubles` names both referrals",
            )
            if not pairs
            else Refused(
                "Several children would be meant",
                _named(pairs),
                "merge them one by one in the referrals of one child each",
            )
        )
    saved = doubles.merge_children(pairs[0][0].id, pairs[0][1].id)
    here.out.saved(saved.words, {"id": saved.ids[0], "merged": saved.ids[1]})


def _named(pairs: list[tuple[Twin, Twin]]) -> str:
    return ", ".join(f"{one.initials} {one.identifier}" for one, _ in pairs)


COMMANDS = {
    "doubles": Command("placement doubles", _none, _doubles,
                       "Children made twice, children in two homes, homes with more of our children than places: what laptops that\n"
                       "knew nothing of one another may both have logged."),
    "merge children": Command("placement merge children 26-A0007 26-0142", _merge_options, _merge,
                              "The referrals, placements and profile of the first become the second's; undo takes it back."),
}  # fmt: skip
