"""`placement insight delay`: where the time goes between a referral and a home."""

from __future__ import annotations

import argparse
from datetime import timedelta
from typing import TYPE_CHECKING

from placement_tui.cli.asking import Command
from placement_tui.cli.output import Column
from placement_tui.domain.delay import COUNTS, STEPS
from placement_tui.domain.sign_offs import waited

if TYPE_CHECKING:
    from placement_tui.cli.here import Here
    from placement_tui.domain.delay import Figure, StageTimes

FIGURES: list[Column[Figure]] = [
    Column("by"),
    Column("group", "Of"),
    Column("code"),
    Column("label", "What"),
    Column("n", "n", right=True),
    Column("median_minutes", "Median", shown=lambda row: _span(row.median_minutes), right=True),
    Column("p90_minutes", "9 in 10 within", shown=lambda row: _span(row.p90_minutes), right=True),
    Column("definition"),
]
TIMES: list[Column[StageTimes]] = [
    Column("reference", "Ref"),
    Column("urgency", "Urgency"),
    Column("received_at", "Received"),
    Column("approached_at", "First approach"),
    Column("offered_at", "First offer"),
    Column("asked_at", "Sign-off asked"),
    Column("decided_at", "Decided"),
    Column("placed_at", "Placed"),
    Column("lost", "Lost", shown=lambda row: str(row.lost or ""), right=True),
    Column("taken"),
    Column("returned", "Returned", shown=lambda row: str(row.returned or ""), right=True),
    Column("id"),
]


def _span(minutes: float | None) -> str:
    return "" if minutes is None else waited(timedelta(minutes=minutes))


def _options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--from", dest="first", metavar="DAY", help="referrals received from this day (a year ago)")
    parser.add_argument("--to", dest="last", metavar="DAY", help="up to and with this day (today)")
    parser.add_argument("--by", metavar="HOW", help="all (the usual), urgency, or month: the month of receipt")
    parser.add_argument("--each", action="store_true", help="each referral's own moments instead of the figures")


def _delay(here: Here, options: argparse.Namespace) -> None:
    from placement_tui.domain.typed import day

    today = here.services.desk.today
    first = day(options.first, today, field="from", past=True) if options.first else None
    last = day(options.last, today, field="to", past=True) if options.last else None
    if options.each:
        here.out.rows(TIMES, here.services.delay.times(first, last), "No referral was received in that time.")
        return
    here.out.rows(FIGURES, here.services.delay.figures(first, last, options.by or "all"), "No referral was received.")
    if here.out.shape == "table":
        for label, definition in [*((step.label, step.definition) for step in STEPS), *COUNTS.values()]:
            here.out.say(f"{label}: {definition}")


COMMANDS = {
    "insight delay": Command(
        "placement insight delay --from 1/4/2026 --to 30/9/2026 --by month --format csv",
        _options,
        _delay,
        "Medians with their n and the 90th percentile (the nearest rank: 9 in 10 took no longer), in minutes in JSON and\n"
        "CSV; beds lost while waiting; sign-offs returned. What each figure counts is said below the table.",
    ),
}
