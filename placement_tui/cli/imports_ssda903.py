"""`placement import ssda903`: the returns that the council sent, as the team's own history."""

from __future__ import annotations

import argparse
from collections import Counter
from typing import TYPE_CHECKING

from placement_tui.cli.asking import Command
from placement_tui.cli.imports import REPORT, SHOWN
from placement_tui.cli.output import Column
from placement_tui.domain.imports import kinds
from placement_tui.paths import typed_path

if TYPE_CHECKING:
    from collections.abc import Iterable

    from placement_tui.cli.here import Here
    from placement_tui.domain.imports import FaultKind, ImportReport, RefusedLine


EACH = 3  # lines of one kind that are said before others


def _options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "paths", metavar="DIR|FILE", nargs="+", help="folders or files, of any years: .csv, .xml, .xlsx"
    )
    parser.add_argument("--keep-good", action="store_true", help="keep what is right where other lines are wrong")
    parser.add_argument(
        "--accept-corrections", action="store_true", help="where the team logged otherwise, let the return stand"
    )
    parser.add_argument("--year", type=int, metavar="YYYY", help="the collection year, where the files do not tell it")
    parser.add_argument("--dry-run", action="store_true", help="say what would be, write nothing")


def _import(here: Here, options: argparse.Namespace) -> int:
    from placement_tui.domain.imports import ReturnChoices

    choices = ReturnChoices(options.keep_good, options.accept_corrections, options.year, options.dry_run)
    with here.out.progress("returns") as progress:
        report = here.services.imports.ssda903([typed_path(name) for name in options.paths], choices, progress=progress)
    return _tell(here, report, asked=options.keep_good or options.dry_run)


def _tell(here: Here, report: ImportReport, *, asked: bool) -> int:
    say = here.out.say
    faults = [*report.refused, *report.doubted]
    if here.out.shape == "table":
        if faults:
            here.out.rows(KINDS, kinds(faults))
    else:
        here.out.rows(WHOLE, [report])
    _some(here, _mixed(faults), "faults")
    _some(here, report.corrections, "corrections")
    for note in report.notes:
        say(note)
    say(f"{report.source}: {report.words}, in {report.seconds:.1f} s")
    if report.written:
        return 0
    if faults and not asked:
        say("Nothing was written: mend these lines in the files, or keep what is right with --keep-good.")
        return 1
    say("Nothing was written.")
    return 0


def _some(here: Here, lines: Iterable[object], what: str) -> None:
    every = list(lines)
    for line in every[:SHOWN]:
        here.out.say(str(line))
    if len(every) > SHOWN:
        here.out.say(f"and {len(every) - SHOWN:,} more {what} (with --format json all of them)")


def _mixed(faults: Iterable[RefusedLine]) -> list[RefusedLine]:
    """Some of every kind first: five thousand postcodes must not hide the one episode that overlaps."""
    seen: Counter[tuple[str, str]] = Counter()
    ranked = []
    for line in faults:
        key = line.rule or line.reason, line.column
        seen[key] += 1
        ranked.append((seen[key] > EACH, line))
    return [line for _, line in sorted(ranked, key=lambda each: each[0])]


KINDS: list[Column[FaultKind]] = [
    Column("rule", "Rule"),
    Column("lines", "Lines"),
    Column("column", "Column"),
    Column("reason", "For example"),
    Column("kept", "Until it is mended"),
    Column("first", "First at"),
]

WHOLE: list[Column[ImportReport]] = [*REPORT, Column("doubted"), Column("corrections")]

COMMANDS = {
    "import ssda903": Command(
        "placement import ssda903 returns/\n  placement import ssda903 2024-episodes.csv 2024-header.csv --keep-good",
        _options,
        _import,
        "Tables are known by their columns, years by their days; several years may lie in one folder. A later return corrects\n"
        "an earlier one. What the team logged itself is filled in and never overwritten, unless --accept-corrections says so.",
    ),
}
