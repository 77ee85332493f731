"""`placement insight difference`, `placement ask again`: what would change refusals, and asking those again."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from placement_tui.cli import records
from placement_tui.cli.asking import Command
from placement_tui.cli.output import Column
from placement_tui.cli.typing_words import line_of, whole
from placement_tui.domain.codes.refusals import REFUSALS
from placement_tui.domain.difference import CHANGES, DAYS
from placement_tui.errors import Invalid

if TYPE_CHECKING:
    from placement_tui.cli.here import Here
    from placement_tui.domain.difference import Again, Row

ROWS: list[Column[Row]] = [
    Column("code"),
    Column("label", "What would change it"),
    Column("refusals", "No", right=True),
    Column("said", "Said so", right=True),
    Column("providers", "Providers", right=True),
    Column("open", "Open", right=True),
    Column("again", "Ask again now", right=True),
]
BEHIND: list[Column[Again]] = [
    Column("ready", "Now", shown=lambda row: "yes" if row.ready else ""),
    Column("reference", "Ref", lambda row: row.refused.reference),
    Column("child", "Child", lambda row: row.refused.child),
    Column("home", "Home", lambda row: row.refused.name),
    Column("provider", "", lambda row: row.refused.provider),
    Column("answered_at", "Said no", lambda row: row.refused.answered_at),
    Column(
        "reason", "Why", lambda row: row.refused.reason, lambda row: REFUSALS.spoken(row.refused.reason or "").lower()
    ),
    Column("codes", "", lambda row: row.refused.codes),
    Column("changes", "What has changed", lambda row: [each.words for each in row.changes]),
    Column("why_not", "Why not"),
    Column("open", "", lambda row: row.refused.open),
    Column("phone", "Phone", lambda row: row.refused.phone),
    Column("referral_id", "", lambda row: row.refused.referral_id),
    Column("home_id", "", lambda row: row.refused.home_id),
    Column("provider_id", "", lambda row: row.refused.provider_id),
    Column("id", "", lambda row: row.refused.id),
]


def _options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--provider", metavar="NAME", help="of one provider; of the market without")
    parser.add_argument(
        "--days", metavar="N", help=f"refusals of so many days, beside those of open referrals ({DAYS})"
    )
    parser.add_argument("--each", action="store_true", help="each refusal, those that could be asked again first")
    parser.add_argument("--change", metavar="CODE", help=f"only one: {', '.join(CHANGES)}")


def _difference(here: Here, options: argparse.Namespace) -> None:
    services = here.services
    provider = services.providers.resolve(options.provider) if options.provider else None
    if options.change is not None and options.change not in CHANGES:
        raise Invalid(
            "change", f"{options.change[:40]!r} would change nothing here", mend=f"one of {', '.join(CHANGES)}"
        )
    look = services.differences.look(provider, whole("days", options.days, DAYS, most=3650))
    empty = "Nobody said no in that time."
    if options.each or options.change:
        here.out.rows(BEHIND, look.of(options.change) if options.change else look.behind, empty)
    else:
        here.out.rows(ROWS, look.rows, empty)
    if here.out.shape == "table":
        here.out.say(
            f"n={look.refusals} refusals: of {look.days} days, and every one of an open referral; one may stand under "
            f"several. {look.ready} could be asked again now."
        )


def _again_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("referral", metavar="REF", help="the referral")
    parser.add_argument("home", metavar="NAME", help="who said no")
    parser.add_argument("--why", metavar="TEXT", help="what has changed, where the records do not show it")


def _again(here: Here, options: argparse.Namespace) -> None:
    key = records.referral(here, options.referral)
    row = records.approach(here, key, options.home)
    saved = here.services.differences.ask_again(row.id, line_of("why", options.why))
    here.out.saved(saved.words, {"id": saved.ids[0], "reopens_id": row.id, "referral_id": key})


COMMANDS = {
    "insight difference": Command(
        "placement insight difference --each --format json", _options, _difference,
        "A refusal counts under each thing that they said would change it; under a bed where they had none; and where nothing\n"
        "was said, under what its reason asks for. It could be asked again where its referral is open, nobody asked that home\n"
        "since, no rule keeps it from being asked, and the very thing has changed since.",
    ),
    "ask again": Command(
        'placement ask again 26-0142 "Cedar House" --why "fee agreed by Helen Rowe"', _again_options, _again,
        "A new approach that remembers the first; the first keeps its answer.",
    ),
}  # fmt: skip
