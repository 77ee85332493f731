"""`placement handover`, `placement rota`, `placement rota add|off`, `placement import night`."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING

from placement_tui.cli.asking import Command
from placement_tui.cli.imports import report_of
from placement_tui.cli.output import Column
from placement_tui.cli.tables import words
from placement_tui.cli.typing_words import line_of, text_of
from placement_tui.domain.handovers import EVENING, MORNING, ROLES, kind_at
from placement_tui.errors import Invalid, NotFound, WrongUse
from placement_tui.paths import typed_path

if TYPE_CHECKING:
    from placement_tui.cli.here import Here
    from placement_tui.domain.handovers import HandOver, RotaRow

ROTA: list[Column[RotaRow]] = [
    Column("night_on", "Night of", shown=lambda row: words(row.night_on)),
    Column("role", "Part", shown=lambda row: ROLES.get(row.role, row.role)),
    Column("name", "Name"),
    Column("phone", "Number"),
    Column("note", "Note"),
    Column("id"),
]


def _handover_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--morning", action="store_true", help="what changed since the evening's; so before noon")
    parser.add_argument("--evening", action="store_true", help="the sheet for the night team; so after noon")
    parser.add_argument("--anonymised", action="store_true", help="without initials, free text and social workers")
    parser.add_argument("--say", metavar="WORDS", help="something beside the facts; - reads it from standard input")
    parser.add_argument(
        "--out", metavar="FILE", help="write it: .txt, .html or .pdf; .csv is the form to fill at night"
    )
    parser.add_argument("--look", action="store_true", help="only look: do not note that it was handed over")


def _handover(here: Here, options: argparse.Namespace) -> None:
    from placement_tui.domain.handover_page import page_of
    from placement_tui.domain.pages_text import as_text

    if options.morning and options.evening:
        raise WrongUse("A hand-over is of the evening or of the morning", mend="say one of --evening and --morning")
    services = here.services
    typed = text_of("say", sys.stdin.read() if options.say == "-" else options.say)
    kind = MORNING if options.morning else EVENING if options.evening else kind_at(services.desk.now)
    said = services.handovers.evening(typed) if kind == EVENING else services.handovers.morning()
    services.audit.seen("referral", [child.referral_id for child in said.children], "hand-over")
    page = page_of(said, options.anonymised)
    if options.out:
        target = typed_path(options.out)
        if target.suffix.casefold() == ".csv":
            lines = services.night_form.save(said, target, options.anonymised)
            here.out.say(f"{target}: {lines} lines to fill. Bring it back with: placement import night {target}")
        else:
            services.handovers.save(page, target)
            here.out.say(f"{target}: {page.holds}")
    elif here.out.shape == "table":
        here.out.data.write(as_text(page))
    else:
        here.out.rows(HANDOVER, [said])
    if kind == EVENING and not options.look and services.desk.officer.role != "viewer":
        here.out.say(services.handovers.made(kind, typed, options.anonymised).words + ".")


HANDOVER: list[Column[HandOver]] = [
    Column(name)
    for name in ("kind", "made_at", "by", "council", "since", "until", "said", "on_call", "children", "carers",
                 "pending", "waiting", "happened")
]  # fmt: skip


def _rota_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--from", dest="first", metavar="DAY", help="from the night of this day on (tonight)")


def _rota(here: Here, options: argparse.Namespace) -> None:
    from placement_tui.domain.typed import day

    desk = here.services.desk
    first = day(options.first, desk.today, past=True, field="from") if options.first else None
    here.out.rows(ROTA, here.services.handovers.rota(first), "Nobody is on call yet. Add them with: placement rota add")


def _add_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("night", metavar="NIGHT", help="the day on whose evening it begins: today, fri, 14 oct")
    parser.add_argument("part", metavar="PART", help=", ".join(ROLES))
    parser.add_argument("name", metavar="NAME", help="who")
    parser.add_argument("phone", metavar="NUMBER", nargs="?", default="", help="the number for the night")
    parser.add_argument("--note", metavar="WORDS", help="for a carer: whom they may take")


def _add(here: Here, options: argparse.Namespace) -> None:
    from placement_tui.domain.handovers import NewRota
    from placement_tui.domain.typed import day, phone

    part = options.part.casefold()
    if part not in ROLES:
        raise Invalid("part", f"{options.part!r} is nobody's part", mend=f"say one of {', '.join(ROLES)}")
    number = phone(options.phone) if options.phone else ""
    new = NewRota(
        day(options.night, here.services.desk.today, field="night"), part, line_of("name", options.name), number,
        line_of("note", options.note),
    )  # fmt: skip
    saved = here.services.handovers.add_rota(new)
    here.out.saved(saved.words, {"saved": saved.words, "ids": saved.ids})


def _off_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("night", metavar="NIGHT", help="the day on whose evening it begins")
    parser.add_argument("name", metavar="NAME", help="who")


def _off(here: Here, options: argparse.Namespace) -> None:
    from placement_tui.domain.typed import day

    night = day(options.night, here.services.desk.today, field="night")
    rows = [row for row in here.services.handovers.rota(night) if row.night_on == night]
    found = [row for row in rows if row.name.casefold() == options.name.strip().casefold()]
    if not found:
        named = ", ".join(row.name for row in rows) or "nobody is"
        raise NotFound(f"{options.name!r} is not on call that night", named, "`placement rota` lists who is")
    saved = here.services.handovers.strike_rota(found[0].id)
    here.out.saved(saved.words, {"saved": saved.words, "ids": saved.ids})


def _home_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("home", metavar="NAME", help="the home or carer, by name or URN")
    parser.add_argument("--off", action="store_true", help="take it off")


def _home(here: Here, options: argparse.Namespace) -> None:
    from placement_tui.cli import records

    saved = here.services.handovers.home_on_rota(records.home(here, options.home).id, not options.off)
    here.out.saved(saved.words, {"saved": saved.words, "ids": saved.ids})


def _night_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", metavar="FILE", help="the form as the night team filled it: .csv, .xlsx or .ods")
    parser.add_argument("--dry-run", action="store_true", help="say what would be, write nothing")


def _night(here: Here, options: argparse.Namespace) -> int:
    return report_of(here, here.services.night_form.take(typed_path(options.file), dry=options.dry_run))


COMMANDS = {
    "handover": Command(
        "placement handover\n  placement handover --out tonight.pdf\n  placement handover --out form.csv\n"
        "  placement handover --morning",
        _handover_options,
        _handover,
        "Before noon it tells what changed since the evening, after noon it makes the sheet for the night.",
    ),
    "rota": Command("placement rota", _rota_options, _rota),
    "rota add": Command('placement rota add today approver "Pat Lowe" "0151 496 0100"', _add_options, _add),
    "rota off": Command('placement rota off today "Pat Lowe"', _off_options, _off),
    "rota home": Command('placement rota home "Cedar House"', _home_options, _home),
    "import night": Command(
        "placement import night form.csv",
        _night_options,
        _night,
        "The whole form or nothing; one undo takes it back. A form brought in twice changes nothing.",
    ),
}
