"""`placement report board`: the figures for a board, a panel or another council, with no child in them."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from placement_tui.cli.asking import Command
from placement_tui.paths import typed_path

if TYPE_CHECKING:
    from placement_tui.cli.here import Here


def _options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--from", dest="first", metavar="DAY", help="from this day (a year before the last)")
    parser.add_argument("--to", dest="last", metavar="DAY", help="up to and with this day (today)")
    parser.add_argument("--out", metavar="FILE", required=True, help="a new file: .xlsx, or .html for print")
    parser.add_argument("--threshold", metavar="N", help="counts below it are hidden (the council's own, else 6)")


def _board(here: Here, options: argparse.Namespace) -> None:
    from placement_tui.domain.typed import day

    today = here.services.desk.today
    first = day(options.first, today, field="from", past=True) if options.first else None
    last = day(options.last, today, field="to", past=True) if options.last else None
    path = typed_path(options.out)
    with here.out.progress(path.name) as progress:
        made = here.services.report.write(path, first, last, options.threshold, progress)
    data = {"file": made.path, "sections": made.sections, "figures": made.figures, "hidden": made.hidden}
    here.out.saved(made.words, data)


COMMANDS = {
    "report board": Command(
        "placement report board --from 1/4/2026 --to 30/9/2026 --out pack.xlsx\n"
        "  placement report board --out pack.html --threshold 10",
        _options,
        _board,
        "A sheet or a chapter for each view of insight, tables beside charts, n everywhere, what each figure counts at the\n"
        "end. Counts below the threshold are hidden, and so many more that none can be worked out from the rest. No name,\n"
        "number or own words of anybody are in it. The file is new and yours alone (0600), and not encrypted.",
    ),
}
