"""`placement check census`, `placement export census`, `placement log census`: the Placements North West census."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from placement_tui.cli.asking import Command
from placement_tui.cli.output import Column
from placement_tui.cli.typing_words import code, whole, yes_or_no
from placement_tui.paths import typed_path

if TYPE_CHECKING:
    from datetime import date

    from placement_tui.cli.here import Here
    from placement_tui.domain.census import CensusPage, Lack

LACKS: list[Column[Lack]] = [
    Column("identifier", "Child"),
    Column("child", ""),
    Column("column", "Column"),
    Column("text", "What is missing"),
    Column("mend", "How to mend it"),
    Column("placement_id"),
]


def _which(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--year", metavar="YYYY", help="the form of that year: 2025 (the default) or 2022")
    parser.add_argument("--on", metavar="DAY", help="placements open on that day (today)")
    parser.add_argument("--commissioned", action="store_true", help="without the council's own carers")


def _export_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", metavar="FILE.csv|.xlsx", help="the new file; none is written over")
    _which(parser)


def _day(here: Here, options: argparse.Namespace) -> date | None:
    from placement_tui.domain.typed_dates import day

    return day(options.on, here.services.desk.today, past=True, field="on") if options.on else None


def _check(here: Here, options: argparse.Namespace) -> int:
    page = here.services.census.page(_day(here, options), whole("year", options.year, 2025), options.commissioned)
    here.out.rows(LACKS, page.lacks, f"Nothing is missing in the census of {len(page.rows):,} placements.")
    _tell(here, page)
    return 1 if page.lacks else 0


def _export(here: Here, options: argparse.Namespace) -> None:
    path = typed_path(options.file)
    page, words = here.services.census.export(
        path, _day(here, options), whole("year", options.year, 2025), options.commissioned
    )
    here.out.saved(
        words, {"file": path, "year": page.year, "on": page.on, "rows": len(page.rows), "missing": len(page.lacks)}
    )
    _tell(here, page)


def _tell(here: Here, page: CensusPage) -> None:
    if page.lacks:
        children = len({lack.placement_id for lack in page.lacks})
        here.out.say(
            f"{len(page.lacks):,} cells of {children:,} placements are empty: `placement check census` says how to fill them."
        )
    for note in page.notes:
        here.out.say(note)


def _say_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("child", metavar="CHILD", help="the council's identifier, whose open placement is meant")
    parser.add_argument("--route", metavar="ROUTE", help="how it was sourced (see: codes routes)")
    parser.add_argument("--provision", metavar="TYPE", help="type of provision (see: codes provision)")
    parser.add_argument("--distance", metavar="REASON", help="why at a distance (see: codes distance)")
    parser.add_argument("--package", metavar="YES|NO", help="whether the cost includes additional packages")
    parser.add_argument("--solo-required", metavar="YES|NO", help="whether the child is to be the only one there")
    parser.add_argument("--solo", metavar="YES|NO", help="whether the child is the only one there")
    parser.add_argument("--fee", metavar="FEE", help="weekly: 812, or social care/education/health: 3600/550/0")
    parser.add_argument("--ethnicity", metavar="CODE", help="the child's, as the return has it (see: codes ethnicity)")


def _say(here: Here, options: argparse.Namespace) -> None:
    from placement_tui.domain.census_typed import Said
    from placement_tui.domain.codes.census import ANY_DISTANCE_REASON, ROUTES, TYPES_OF_PROVISION
    from placement_tui.domain.codes.ssda903 import ETHNICITY
    from placement_tui.domain.typed import fee_split

    fee = fee_split(options.fee) if options.fee else None
    said = Said(
        code("route", options.route, ROUTES) if options.route else None,
        code("provision", options.provision, TYPES_OF_PROVISION) if options.provision else None,
        code("distance", options.distance, ANY_DISTANCE_REASON) if options.distance else None,
        yes_or_no("package", options.package),
        yes_or_no("solo_required", options.solo_required),
        yes_or_no("solo", options.solo),
        fee.care if fee else None,
        fee.education if fee else None,
        fee.health if fee else None,
        code("ethnicity", options.ethnicity, ETHNICITY) if options.ethnicity else None,
    )
    saved = here.services.census.say(options.child, said)
    here.out.saved(saved.words, {"saved": saved.words, "ids": saved.ids})


COMMANDS = {
    "check census": Command(
        "placement check census --on 31/12/2026",
        _which,
        _check,
        "What each open placement still lacks for the form, with the command that says it. Exit code 1 where anything does.",
    ),
    "export census": Command(
        "placement export census census-2026-12.xlsx --on 31/12/2026 --commissioned",
        _export_options,
        _export,
        "The columns of the region's form in its own words, then what the council asks beside it. What is not known is an\n"
        "empty cell, told by `check census`. Foster carers' names and restricted addresses are never in it.",
    ),
    "log census": Command(
        "placement log census W-10234 --route lcr_ppa --provision res_mainstream --package no --solo-required no --solo no",
        _say_options,
        _say,
    ),
}
