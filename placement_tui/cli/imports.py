"""`placement import`: the public register, the team's own list, reference files. The whole file or nothing."""

from __future__ import annotations

import argparse
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

from placement_tui.cli.asking import Command
from placement_tui.cli.output import Column
from placement_tui.errors import WrongUse
from placement_tui.paths import typed_path

if TYPE_CHECKING:
    from collections.abc import Sequence

    from placement_tui.cli.here import Here
    from placement_tui.domain.imports import ImportReport, TakenColumn

SHOWN = 50  # refused lines on stderr


def _one_file(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("files", metavar="FILE", nargs="+", help="the file, or several one after the other")
    parser.add_argument("--dry-run", action="store_true", help="say what would be, write nothing")


def _ofsted_options(parser: argparse.ArgumentParser) -> None:
    _one_file(parser)
    parser.add_argument(
        "--skip-bad",
        action="store_true",
        help="of a list for authorities: keep the good lines where others are refused",
    )


def _provider_options(parser: argparse.ArgumentParser) -> None:
    _one_file(parser)
    parser.add_argument(
        "--map", metavar="FIELD=COLUMN", action="append",
        help="which column a field is in, by its header or letters: --map phone=\"Contact no\", --map tier=H; remembered",
    )  # fmt: skip
    parser.add_argument(
        "--kind", metavar="KIND", help="the kind of home of lines that do not say theirs: ifa, inhouse..."
    )
    parser.add_argument("--skip-bad", action="store_true", help="keep the good lines where others are refused")


def _plain_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("files", metavar="FILE", nargs="+", help="the reference files")


def _ofsted(here: Here, options: argparse.Namespace) -> int:
    code = 0
    for name in options.files:
        with here.out.progress(Path(name).name) as progress:
            report = here.services.imports.ofsted(
                _file(name), skip_bad=options.skip_bad, dry=options.dry_run, progress=progress
            )
        code = max(code, report_of(here, report))
    return code


def _providers(here: Here, options: argparse.Namespace) -> int:
    from placement_tui.domain.codes.provision import parse_home_kind

    kind = parse_home_kind(options.kind).code if options.kind else None
    corrections = dict(_correction(said) for said in options.map or ())
    code = 0
    for name in options.files:
        with here.out.progress(Path(name).name) as progress:
            report = here.services.imports.providers(
                _file(name),
                corrections=corrections,
                kind=kind,
                skip_bad=options.skip_bad,
                dry=options.dry_run,
                progress=progress,
            )
        code = max(code, report_of(here, report))
    return code


def _areas(here: Here, options: argparse.Namespace) -> int:
    with here.out.progress("areas") as progress:
        report = here.services.imports.areas([_file(name) for name in options.files], progress=progress)
    return report_of(here, report)


def _boundaries(here: Here, options: argparse.Namespace) -> int:
    code = 0
    for name in options.files:
        with here.out.progress(Path(name).name) as progress:
            report = here.services.imports.boundaries(_file(name), dry=options.dry_run, progress=progress)
        code = max(code, report_of(here, report))
    return code


def _published(here: Here, options: argparse.Namespace) -> int:
    with here.out.progress("published figures") as progress:
        report = here.services.imports.dfe(
            [_file(name) for name in options.files], dry=options.dry_run, progress=progress
        )
    return report_of(here, report)


def _postcodes(here: Here, options: argparse.Namespace) -> int:
    if len(options.files) > 1:
        raise WrongUse("One postcode file is imported at a time", mend="it takes the place of the one before")
    path = _file(options.files[0])
    with here.out.progress(path.name) as progress:
        report = here.services.imports.postcodes(path, progress=progress)
    return report_of(here, report)


def _file(name: str) -> Path:
    return typed_path(name)


def _correction(said: str) -> tuple[str, str]:
    field, equals, column = said.partition("=")
    if not equals or not field.strip():
        raise WrongUse(f"--map {said[:60]!r} says no field", mend='write it as FIELD=COLUMN: --map phone="Contact no"')
    return field.strip(), column.strip()


def report_of(here: Here, report: ImportReport) -> int:
    """Say what became of a file; gives 1 where lines were refused and nothing was written."""
    say = here.out.say
    if here.out.shape == "table":
        _mapping(here, report.mapping)
    else:
        here.out.rows(REPORT, [report])
    for line in report.refused[:SHOWN]:
        say(str(line))
    if len(report.refused) > SHOWN:
        say(f"and {len(report.refused) - SHOWN:,} more (with --format json all of them)")
    for note in report.notes:
        say(note)
    say(f"{report.source}: {report.words}, in {report.seconds:.1f} s")
    lost = bool(report.refused) and not report.written
    if lost:
        way_out = ", or keep the good ones with --skip-bad." if report.kind in ("providers", "lists") else "."
        say(f"Nothing was written: mend these lines and import the file again{way_out}")
    elif not report.written:
        say("Nothing was written.")
    return 1 if lost else 0


def _mapping(here: Here, taken: Sequence[TakenColumn]) -> None:
    """How the columns of a team's list were taken, and how to correct that."""
    for sheet, columns in groupby(taken, lambda column: column.sheet):
        if sheet:
            here.out.line(f"Sheet {sheet}")
        here.out.rows(COLUMNS, list(columns))
    if taken:
        here.out.say('Not right? Name the column: --map phone="Contact no" (--map phone= for none). It is remembered.')


HOW = {
    "name": "its name",
    "near": "nearly its name",
    "corrected": "--map",
    "remembered": "last time",
    "unused": "another is",
    "ignored": "",
}

COLUMNS: list[Column[TakenColumn]] = [
    Column("letter", " "),
    Column("title", "Column"),
    Column("label", "Read as", shown=lambda column: column.label if column.field else "left out"),
    Column("field", "Field"),
    Column("how", "Because of", shown=lambda column: HOW.get(column.how, column.how)),
    Column("samples", "For example"),
]

REPORT: list[Column[ImportReport]] = [
    Column("kind"),
    Column("source"),
    Column("read"),
    Column("added"),
    Column("changed"),
    Column("unchanged"),
    Column("closed"),
    Column("refused_rows"),
    Column("refused"),
    Column("notes"),
    Column("mapping"),
    Column("written"),
    Column("seconds", value=lambda report: round(report.seconds, 2)),
]

COMMANDS = {
    "import ofsted": Command(
        "placement import ofsted register-2025.csv\n  placement import ofsted lists-for-authorities-2025-10.xlsx",
        _ofsted_options,
        _ofsted,
        "The public register, or the restricted lists that Ofsted sends to authorities: which it is, the file says. The lists\n"
        "give real addresses, which viewers and exports never see. A registration lost, a grade fallen or conditions changed\n"
        "since the last one opens a task for each child who lives there.",
    ),
    "import providers": Command(
        'placement import providers carers.xlsx --map phone="Contact no"',
        _provider_options,
        _providers,
        "Columns are recognised by name; how each was taken is shown, and a correction is remembered.",
    ),
    "import la": Command(
        "placement import la authorities.csv districts.csv constituencies.csv", _plain_options, _areas
    ),
    "import boundaries": Command(
        "placement import boundaries counties-and-unitary-authorities.geojson",
        _one_file,
        _boundaries,
        "GeoJSON of the Office for National Statistics, in degrees (WGS84), generalised (BUC or BGC); thinned to some 220\n"
        "metres, for the map of `placement insight map` on the screen. `import la` takes it as well.",
    ),
    "import dfe": Command(
        "placement import dfe la_cla_placement_stability.csv la_cla_during_year_new_placements.csv",
        _one_file,
        _published,
        "The Department's tables on looked-after children, as downloaded (.csv or .csv.gz), of any year. Kept are the figures of\n"
        "the council's own area, its statistical neighbours, the authorities of its region or that adjoin, the regions and England.",
    ),
    "import postcodes": Command("placement import postcodes postcodes.csv", _plain_options, _postcodes),
}
