"""`placement insight NAME`: a view of figures, or the records behind one; `placement insight delay`: where the time goes."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

from placement_tui.cli.asking import Command
from placement_tui.cli.output import Column
from placement_tui.domain.delay import COUNTS, STEPS
from placement_tui.domain.insight import Block, Cut, Report, Row
from placement_tui.domain.insight_words import SUPPRESSED, interval, period_words, rests_on, shown, way_words
from placement_tui.domain.sign_offs import waited
from placement_tui.errors import WrongUse

if TYPE_CHECKING:
    from datetime import date

    from placement_tui.cli.here import Here
    from placement_tui.domain.delay import Figure, StageTimes
    from placement_tui.domain.insight import Behind
    from placement_tui.services.insight import View


class Line(NamedTuple):
    """One figure with the block and the view that it stands in."""

    report: Report
    block: Block
    row: Row


VIEWS: list[Column[View]] = [
    Column("name", "Name"),
    Column("title", "What it shows"),
    Column("by", "Set apart by", shown=lambda view: ", ".join(view.by)),
    Column("behind", "Leads to records", shown=lambda view: "yes" if view.behind else ""),
    Column("about"),
]
LINES: list[Column[Line]] = [
    Column("view", value=lambda line: line.report.name),
    Column("by", value=lambda line: line.report.by),
    Column("from", value=lambda line: line.report.period.first),
    Column("to", value=lambda line: line.report.period.last),
    Column("block", value=lambda line: line.block.name),
    Column("title", value=lambda line: line.block.title),
    Column("label", value=lambda line: line.row.label),
    Column("across", value=lambda line: line.row.across),
    Column("value", value=lambda line: line.row.value),
    Column("unit", value=lambda line: line.block.unit),
    Column("n", value=lambda line: line.row.n),
    Column("numerator", value=lambda line: line.row.numerator),
    Column("denominator", value=lambda line: line.row.denominator),
    Column("low", value=lambda line: line.row.low),
    Column("high", value=lambda line: line.row.high),
    Column("note", value=lambda line: line.row.note),
    Column("hidden", value=lambda line: line.row.hidden),
    Column("cuts", value=lambda line: [f"{cut.dimension}={cut.value}" for cut in line.row.cuts]),
    Column("definition", value=lambda line: line.block.definition),
    Column("source", value=lambda line: line.block.source),
]
BEHIND: list[Column[Behind]] = [
    Column("when", "When"),
    Column("reference", "Ref"),
    Column("child", "Child"),
    Column("what", "What"),
    Column("noun"),
    Column("key"),
]
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
    first, last = _days(here, options)
    if options.each:
        here.out.rows(TIMES, here.services.delay.times(first, last), "No referral was received in that time.")
        return
    here.out.rows(FIGURES, here.services.delay.figures(first, last, options.by or "all"), "No referral was received.")
    if here.out.shape == "table":
        for label, definition in [*((step.label, step.definition) for step in STEPS), *COUNTS.values()]:
            here.out.say(f"{label}: {definition}")


def _view_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("name", metavar="NAME", nargs="?", help="a view; without one, the views are listed")
    parser.add_argument("--from", dest="first", metavar="DAY", help="from this day (a year before the last)")
    parser.add_argument("--to", dest="last", metavar="DAY", help="up to and with this day (today)")
    parser.add_argument("--by", metavar="HOW", default="", help="set the figures apart by this: the list says how")
    parser.add_argument(
        "--behind", metavar="WHAT=VALUE", action="append", help="the records behind a figure, by its cuts"
    )
    parser.add_argument("--share", action="store_true", help="as it may leave the team: small counts hidden (c)")
    parser.add_argument("--most", metavar="N", default="500", help="so many records behind it, the latest first (500)")


def _view(here: Here, options: argparse.Namespace) -> None:
    if options.name is None:
        here.out.rows(VIEWS, here.services.insight.views(), "There is no view yet.")
        return
    insight = here.services.insight
    first, last = _days(here, options)
    if options.behind is not None:
        cuts = [_cut(each) for each in options.behind]
        rows = insight.behind(options.name, cuts, first, last, _most(options.most))
        here.out.rows(BEHIND, rows, "Nothing stands behind that.")
        return
    report = insight.report(options.name, first, last, options.by)
    if options.share:
        report = insight.shared(report)
    if here.out.shape == "table":
        _pages(here, report)
    else:
        here.out.rows(LINES, _lines(report))


def _lines(report: Report) -> Iterator[Line]:
    return (Line(report, block, row) for block in report.blocks for row in block.rows)


def _pages(here: Here, report: Report) -> None:
    """Each block as a table under its title; what it counts is said on stderr, as of every figure here."""
    here.out.line(f"{report.title}, {period_words(report.period)}{f', by {way_words(report.by)}' if report.by else ''}")
    for block in report.blocks:
        here.out.line()
        here.out.line(block.title)
        here.out.rows(_columns(block), block.rows, block.empty)
        here.out.say(f"{block.title}: {block.definition}{f' ({block.source})' if block.source else ''}")


def _columns(block: Block) -> list[Column[Row]]:
    return [
        Column("label", "What"),
        Column("across", "At"),
        Column(
            "value", "Figure", shown=lambda row: SUPPRESSED if row.hidden else shown(row.value, block.unit), right=True
        ),
        Column("low", "95%", shown=lambda row: interval(row, block.unit), right=True),
        Column("n", "n", shown=lambda row: "" if row.hidden else rests_on(row), right=True),
        Column("note", "Note"),
        Column("cuts", "Behind it", shown=lambda row: " ".join(f"{cut.dimension}={cut.value}" for cut in row.cuts)),
    ]


def _cut(typed: str) -> Cut:
    dimension, sign, value = typed.partition("=")
    if not sign or not dimension.strip():
        raise WrongUse(f"{typed[:40]!r} is no cut of a figure", mend="type it as the table shows it: reason=M1")
    return Cut(dimension.strip(), value.strip())


def _most(typed: str) -> int:
    if not (typed.isascii() and typed.isdigit() and 0 < int(typed) <= 1_000_000):
        raise WrongUse(f"--most cannot be {typed[:20]!r}", mend="a number from 1 to 1000000")
    return int(typed)


def _days(here: Here, options: argparse.Namespace) -> tuple[date | None, date | None]:
    from placement_tui.domain.typed import day

    today = here.services.desk.today
    first = day(options.first, today, field="from", past=True) if options.first else None
    last = day(options.last, today, field="to", past=True) if options.last else None
    return first, last


COMMANDS = {
    "insight": Command(
        "placement insight refusals --from 1/4/2026 --to 30/9/2026 --by need --format csv\n"
        "  placement insight refusals --behind family=M",
        _view_options,
        _view,
        "Each figure stands with what it counts, its n and, where somebody would compare, a 95% interval. `few` marks a\n"
        "figure that rests on fewer than ten.",
    ),
    "insight delay": Command(
        "placement insight delay --from 1/4/2026 --to 30/9/2026 --by month --format csv",
        _options,
        _delay,
        "Medians with their n and the 90th percentile (the nearest rank: 9 in 10 took no longer), in minutes in JSON and\n"
        "CSV; beds lost while waiting; sign-offs returned. What each figure counts is said below the table.",
    ),
}
