"""`placement audit`: who saw and who changed what, and when."""

from __future__ import annotations

import argparse
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple
from uuid import UUID

from placement_tui.cli import records
from placement_tui.cli.asking import Command
from placement_tui.cli.output import Column
from placement_tui.cli.typing_words import whole
from placement_tui.domain.audit import changed_words, command_words
from placement_tui.domain.identifiers import ANY
from placement_tui.errors import NotFound, WrongUse

if TYPE_CHECKING:
    from placement_tui.cli.here import Here
    from placement_tui.domain.audit import AuditField, AuditRow, Kind

AUDIT: list[Column[AuditRow]] = [
    Column("at", "When"),
    Column("initials", "By"),
    Column("officer"),
    Column("kind"),
    Column("command", "Command", shown=lambda row: command_words(row.command)),
    Column("noun", "Record", shown=lambda row: row.noun.replace("_", " ")),
    Column("what", "Which"),
    Column(
        "fields",
        "Before -> after",
        lambda row: [vars_of(each) for each in row.fields],
        lambda row: ", ".join(changed_words(row)),
    ),
    Column("erased"),
    Column("key"),
    Column("id"),
]


def vars_of(each: AuditField) -> dict[str, Any]:
    """A field as an object."""
    return {"name": each.name, "before": each.before, "after": each.after}


def _options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "about", metavar="REF|CHILD|NAME", nargs="*", help="a referral, a child, a home, or a record's id"
    )
    parser.add_argument("--officer", metavar="NAME", help="what one officer saw and changed; your own needs no right")
    parser.add_argument("--from", dest="since", metavar="WHEN", help='from this time: "1 Oct", "yesterday 09:00"')
    parser.add_argument("--to", dest="until", metavar="WHEN", help="up to this time; a day is meant whole")
    parser.add_argument("--views", action="store_true", help="only who looked")
    parser.add_argument("--changes", action="store_true", help="only who changed what")
    parser.add_argument("--limit", metavar="N", help="at most N (200)")


class _About(NamedTuple):
    record: UUID | None = None
    child: UUID | None = None


def _run(here: Here, options: argparse.Namespace) -> None:
    limit = whole("limit", options.limit, 200)
    if options.views and options.changes:
        raise WrongUse("--views and --changes leave nothing", mend="give one of them, or neither for both")
    kind: Kind | None = "view" if options.views else "change" if options.changes else None
    about = _about(here, " ".join(options.about)) if options.about else _About()
    rows = here.services.audit.find(
        about=about.record,
        child=about.child,
        officer=_officer(here, options.officer) if options.officer else None,
        since=_when(here, "from", options.since, timedelta()),
        until=_when(here, "to", options.until, timedelta(days=1)),
        kind=kind,
        limit=limit,
    )
    shown_of = about.child or about.record
    if shown_of is not None:
        here.services.audit.seen(ANY, shown_of, "audit")
    here.out.rows(AUDIT, rows, "Nobody saw or changed anything of that.")
    if len(rows) == limit and here.out.shape == "table":
        here.out.say(f"The latest {limit:,}; --limit shows more.")


def _about(here: Here, said: str) -> _About:
    """A record's id, a child by identifier, a referral by reference (or initials of one child), a home by name."""
    key = records.as_id(said)
    if key is not None:
        return _About(record=key)
    child = here.queries.child_of(said)
    if child is not None:
        return _About(child=child)
    try:
        return _About(record=records.referral(here, said))
    except NotFound as refusal:
        if refusal.detail:  # several answer to it
            raise
    return _About(record=records.home(here, said).id)


def _officer(here: Here, said: str) -> UUID:
    wanted = said.casefold().strip()
    everyone = here.queries.officers()
    for each in everyone:
        if wanted in (each.name.casefold(), each.initials.casefold()):
            return each.id
    raise NotFound(f"No officer is called {said!r}", ", ".join(each.name for each in everyone), "give one of these")


def _when(here: Here, field: str, text: str | None, whole_day: timedelta) -> datetime | None:
    """A time as typed; a day alone is its midnight in England, with `whole_day` the end of it."""
    if text is None:
        return None
    from placement_tui.domain.typed_dates import day
    from placement_tui.domain.typed_times import london, when
    from placement_tui.errors import Invalid

    desk = here.services.desk
    try:
        on = day(text, desk.today, past=True, field=field)
    except Invalid:
        return when(text, desk.now, past=True, field=field)
    return datetime(on.year, on.month, on.day, tzinfo=london()) + whole_day


COMMANDS = {
    "audit": Command(
        'placement audit 26-0142 --views\n  placement audit --officer KM --from "1 Oct" --to "7 Oct"\n'
        '  placement audit "fir lane" --changes --format csv',
        _options,
        _run,
        "Of a child or a referral it shows everything that belongs to it: calls, offers, placements, endings.\n"
        "Opening a child's record is noted once in a quarter of an hour for each officer and place.",
    )
}
