"""`placement override`, `placement overrides`."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from placement_tui.cli import records
from placement_tui.cli.approaches import referral_and_name
from placement_tui.cli.asking import Command
from placement_tui.cli.output import Column
from placement_tui.cli.typing_words import whole
from placement_tui.domain.codes.rules import GROUNDS
from placement_tui.errors import NotFound

if TYPE_CHECKING:
    from placement_tui.cli.here import Here
    from placement_tui.domain.overrides import OverrideCount, OverrideRow

OVERRIDES: list[Column[OverrideRow]] = [
    Column("overridden_at", "When"),
    Column("reference", "Ref"),
    Column("child", "Child"),
    Column("name", "Name"),
    Column("rule", "Rule"),
    Column("words", "What was set aside"),
    Column("law", "Law"),
    Column("by_name", "By"),
    Column("ground", "Ground", shown=lambda row: GROUNDS.spoken(row.ground) if row.ground else ""),
    Column("why", "Why"),
    Column("referral_id"),
    Column("home_id"),
    Column("offer_id"),
    Column("id"),
]

COUNTS: list[Column[OverrideCount]] = [
    Column("rule", "Rule"),
    Column("title", "What was set aside"),
    Column("law", "Law"),
    Column("count", "Times", right=True),
    Column("referrals", "Referrals", right=True),
    Column("last_at", "Last"),
]


def _options(parser: argparse.ArgumentParser) -> None:
    referral_and_name(parser)
    parser.add_argument(
        "--rule", metavar="RULE", required=True, help="which: L21, age, suspended (see: placement rules)"
    )
    parser.add_argument("--why", metavar="WORDS", help="why, in a few words: it is kept with your name")
    parser.add_argument("--ground", metavar="GROUND", help="for a law: the legal ground (see: codes grounds)")
    parser.add_argument("--take-back", action="store_true", help="let the rule hold again")


def _override(here: Here, options: argparse.Namespace) -> None:
    key = records.referral(here, options.referral)
    rule = _rule(options.rule)
    overrides = here.services.overrides
    if options.take_back:
        rows = [row for row in overrides.of_referral(key) if row.rule == rule]
        found = [row for row in rows if records.as_id(options.home) == row.id] or records.closest(
            options.home, rows, lambda row: row.name
        )
        if len(found) != 1:
            names = ", ".join(row.name for row in rows)
            raise NotFound(f"Rule {rule} is not set aside there", names, "`placement overrides` lists what is")
        saved = overrides.take_back(found[0].id)
        here.out.saved(saved.words, {"id": found[0].id, "rule": rule, "holds": True})
        return
    why = options.why or ""
    try:
        offer = records.offer(here, key, options.home)
    except NotFound:
        home = records.home(here, options.home)
        saved = overrides.set_aside_for_search(key, home.id, rule, why, options.ground)
    else:
        saved = overrides.set_aside(offer.id, rule, why, options.ground)
    here.out.saved(saved.words, {"id": saved.ids[0], "rule": rule, "referral_id": key, "holds": False})


def _rule(said: str) -> str:
    from placement_tui.domain.rules import RULES

    word = said.strip()
    return next((rule for rule in RULES if rule.casefold() == word.casefold()), word)


def _list_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("referral", metavar="REF", nargs="?", help="of this referral only")
    parser.add_argument("--counts", action="store_true", help="how often each rule was set aside")
    parser.add_argument("--limit", metavar="N", help="at most N (200)")


def _list(here: Here, options: argparse.Namespace) -> None:
    overrides = here.services.overrides
    if options.counts:
        here.out.rows(COUNTS, overrides.counts(), "No rule was set aside.")
        return
    limit = whole("limit", options.limit, 200)
    rows = (
        overrides.of_referral(records.referral(here, options.referral)) if options.referral else overrides.latest(limit)
    )
    here.out.rows(OVERRIDES, rows[:limit], "No rule was set aside.")


COMMANDS = {
    "override": Command(
        'placement override 26-0142 "fir lane" --rule L21 --why "visited on Monday, action plan seen"\n'
        '  placement override 26-0142 "quay house" --rule L15 --ground high_court --why "order of Tuesday, FD26P00001"',
        _options,
        _override,
        "For a manager. A rule of the council's own takes a reason; a law takes a legal ground as well, and one that it\n"
        "gives way to. What waits for approval is not set aside but signed off.",
    ),
    "overrides": Command("placement overrides --counts", _list_options, _list),
}
