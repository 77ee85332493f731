"""`placement siblings`, `placement siblings link|unlink|part`."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from placement_tui.cli import records
from placement_tui.cli.asking import Command
from placement_tui.cli.homes import kind_words
from placement_tui.cli.output import Column
from placement_tui.cli.typing_words import code, text_of, whole
from placement_tui.domain.codes.checks import PARTINGS

if TYPE_CHECKING:
    from placement_tui.cli.here import Here
    from placement_tui.domain.referrals import ChildRow
    from placement_tui.domain.siblings import GroupRow, Split

GROUPS: list[Column[GroupRow]] = [
    Column("references", "Refs", lambda row: tuple(reference for _, reference in row.referrals)),
    Column("children", "Children", lambda row: tuple(child.words for child in row.children)),
    Column("wish", "Wish"),
    Column("asked_together", "Asked together", right=True),
    Column(
        "parted_reason", "Parted", shown=lambda row: PARTINGS.spoken(row.parted_reason) if row.parted_reason else ""
    ),
    Column("parted_why", "Why"),
    Column("parted_at"),
    Column("id"),
]


def _options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "referral", metavar="REF", nargs="?", help="a referral of brothers and sisters; the groups without"
    )
    parser.add_argument("--query", metavar="LINE", default="", help='narrow the homes: "res 20mi good+"')
    parser.add_argument("--limit", metavar="N", help="at most N splits (10)")


def _run(here: Here, options: argparse.Namespace) -> None:
    siblings = here.services.siblings
    if not options.referral:
        here.out.rows(GROUPS, siblings.groups(), "No referrals are linked.")
        return
    found = siblings.splits(records.referral(here, options.referral), options.query)
    children = found.children

    def who(split: Split) -> str:
        return "; ".join(f"{home.name}: {_named(children, group)}" for home, group in split.groups)

    columns: list[Column[Split]] = [
        Column("shape", "Together", lambda split: split.shape, lambda split: split.shape_words),
        Column("", "Who where", who),
        Column("furthest", "Furthest apart", shown=_furthest, right=True),
        Column("points", "Sum", lambda split: round(split.cost, 1), right=True),
        Column(
            "parts", "Made of",
            lambda split: [{"label": part.label, "points": round(part.points, 1)} for part in split.parts],
            lambda split: ", ".join(f"{part.label} {part.points:.1f}" for part in split.parts),
        ),
        Column("homes", value=lambda split: [
            {"id": home.id, "name": home.name, "kind": kind_words(home.kind), "phone": home.phone, "miles": home.miles,
             "room": home.room, "children": [children[child].id for child in group]}
            for home, group in split.groups
        ]),
        Column("between", value=lambda split: [
            {"from": one, "to": other, "miles": miles} for one, other, miles in split.between
        ]),
    ]  # fmt: skip
    here.out.say(
        f"{found.homes} homes may take one of them, {found.together} all {len(children)}"
        + (f"; {found.agencies} agencies may be asked for all of them" if found.agencies else "")
    )
    here.out.rows(columns, found.found[: whole("limit", options.limit, 10)], "No home that may be asked has room.")


def _named(children: tuple[ChildRow, ...], group: tuple[int, ...]) -> str:
    return ", ".join(children[child].words for child in group)


def _furthest(split: Split) -> str:
    if len(split.groups) == 1:
        return ""
    return "not known" if split.furthest is None else f"{split.furthest:.1f} mi"


def _referral_option(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("referral", metavar="REF", help="reference, child identifier or initials")


def _link_options(parser: argparse.ArgumentParser) -> None:
    _referral_option(parser)
    parser.add_argument("other", metavar="REF", help="the referral of their brothers or sisters")


def _link(here: Here, options: argparse.Namespace) -> None:
    first, second = records.referral(here, options.referral), records.referral(here, options.other)
    saved = here.services.siblings.link(first, second)
    group = here.services.siblings.group_of(first)
    here.out.saved(saved.words, {"id": group.id if group else None, "referral_ids": [first, second]})


def _unlink(here: Here, options: argparse.Namespace) -> None:
    key = records.referral(here, options.referral)
    here.out.saved(here.services.siblings.unlink(key).words, {"referral_id": key})


def _part_options(parser: argparse.ArgumentParser) -> None:
    _referral_option(parser)
    parser.add_argument("--reason", metavar="REASON", help="why they are parted (see: codes partings)")
    parser.add_argument("--why", metavar="WORDS", help="and in your words")
    parser.add_argument("--together", action="store_true", help="they are looked for together again")


def _part(here: Here, options: argparse.Namespace) -> None:
    from placement_tui.domain.siblings import Parting
    from placement_tui.errors import WrongUse

    if bool(options.reason) == options.together:
        raise WrongUse(
            "Say why they are parted, or that they are together again", mend="--reason no_home, or --together"
        )
    key = records.referral(here, options.referral)
    parting = None
    if options.reason:
        parting = Parting(code("reason", options.reason, PARTINGS), text_of("why", options.why))
    saved = here.services.siblings.part(key, parting)
    here.out.saved(saved.words, {"referral_id": key, "reason": parting.reason if parting else None})


COMMANDS = {
    "siblings": Command(
        'placement siblings 26-0142 --query "foster 20mi"', _options, _run,
        "Homes with room for all of them first, then the least bad splits: each a sum of stated parts in miles.",
    ),
    "siblings link": Command("placement siblings link 26-0142 26-0144", _link_options, _link),
    "siblings unlink": Command("placement siblings unlink 26-0144", _referral_option, _unlink),
    "siblings part": Command(
        'placement siblings part 26-0142 --reason no_home --why "none of nine had four beds"', _part_options, _part
    ),
}  # fmt: skip
