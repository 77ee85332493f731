"""`placement log contact|visit|concern|voice|suspension`, `placement merge providers`."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from placement_tui.cli import records
from placement_tui.cli.asking import Command
from placement_tui.cli.typing_words import line_of, text_of
from placement_tui.errors import Invalid, NotFound

if TYPE_CHECKING:
    from datetime import date
    from uuid import UUID

    from placement_tui.cli.here import Here


def _contact_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("provider", metavar="NAME", help="the provider: a name, or beginnings of its words")
    parser.add_argument("contact", metavar="CONTACT", help='"Jo Hale, manager, 0151 496 0123, night 07700 900123"')
    parser.add_argument("--note", metavar="TEXT", help="when to ring, what for")


def _contact(here: Here, options: argparse.Namespace) -> None:
    from dataclasses import replace

    from placement_tui.domain import providers_typed as forms

    service = here.services.providers
    new = replace(forms.contact(options.contact), note=text_of("note", options.note))
    key = service.resolve(options.provider)
    saved = service.add_contact(key, new)
    here.out.saved(saved.words, {"id": saved.ids[0], "provider_id": key})


def _home(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("home", metavar="NAME", help="the home: name, or URN")


def _visit_options(parser: argparse.ArgumentParser) -> None:
    _home(parser)
    parser.add_argument("--due", metavar="DAY", help="plan one: due on that day")
    parser.add_argument("--on", metavar="DAY", help="it was made on that day (today, where neither is given)")
    parser.add_argument("--found", metavar="TEXT", help="what was found")
    parser.add_argument("--by", metavar="NAME", help="who visits (you)")


def _visit(here: Here, options: argparse.Namespace) -> None:
    from placement_tui.domain.providers import NewVisit

    home, today = records.home(here, options.home), here.services.desk.today
    due = _day("due", options.due, today) if options.due else None
    made = None if due and not options.on else _day("on", options.on, today, past=True) if options.on else today
    new = NewVisit(home.id, due, made, line_of("by", options.by), text_of("found", options.found))
    saved = here.services.providers.log_visit(new)
    here.out.saved(saved.words, {"id": saved.ids[0], "home_id": home.id})


def _concern_options(parser: argparse.ArgumentParser) -> None:
    _home(parser)
    parser.add_argument("what", metavar="TEXT", nargs="?", help="what it is")
    parser.add_argument("--on", metavar="DAY", help="when it was raised (today)")
    parser.add_argument("--by", metavar="NAME", help="who raised it (you)")
    parser.add_argument("--settled", metavar="TEXT", help="how the concern that is open there was settled")
    parser.add_argument("--id", metavar="ID", help="with --settled: which, where several are open")


def _concern(here: Here, options: argparse.Namespace) -> None:
    from placement_tui.domain.providers import NewConcern

    home, service, today = records.home(here, options.home), here.services.providers, here.services.desk.today
    if options.settled is not None:
        saved = service.settle_concern(_open(here, home.id, home.provider_id, options.id), options.settled)
    else:
        on = _day("on", options.on, today, past=True) if options.on else today
        new = NewConcern(home.id, text_of("concern", options.what), on, line_of("by", options.by))
        saved = service.raise_concern(new)
    here.out.saved(saved.words, {"id": saved.ids[0], "home_id": home.id})


def _open(here: Here, home_id: UUID, provider_id: UUID, said: str | None) -> UUID:
    page = here.services.providers.page(provider_id)
    rows = [row for row in page.concerns if row.home_id == home_id and row.settled_on is None]
    if said is not None:
        rows = [row for row in rows if row.id == records.as_id(said)]
    if len(rows) == 1:
        return rows[0].id
    if not rows:
        raise NotFound("No such concern is open there", mend="`placement provider NAME` lists them")
    listed = "; ".join(f"{row.what[:40]} ({row.id})" for row in rows)
    raise NotFound(f"{len(rows)} concerns are open there", listed, "say which with --id")


def _voice_options(parser: argparse.ArgumentParser) -> None:
    _home(parser)
    parser.add_argument("words", metavar="TEXT", help="what the child said, as they said it")
    parser.add_argument("--child", metavar="CHILD", help="identifier or initials of a child who lives or lived there")
    parser.add_argument("--on", metavar="DAY", help="when they said it (today)")
    parser.add_argument("--by", metavar="NAME", help="who heard it (you)")


def _voice(here: Here, options: argparse.Namespace) -> None:
    from placement_tui.domain.providers import NewVoice

    home, today = records.home(here, options.home), here.services.desk.today
    child = _child(here, home.id, options.child) if options.child else None
    on = _day("on", options.on, today, past=True) if options.on else today
    new = NewVoice(home.id, text_of("words", options.words), on, child, line_of("by", options.by))
    saved = here.services.providers.log_voice(new)
    here.out.saved(saved.words, {"id": saved.ids[0], "home_id": home.id, "child_id": child})


def _child(here: Here, home_id: UUID, said: str) -> UUID:
    rows = here.services.placements.of_home(home_id)
    named = {
        row.child_id: row
        for row in rows
        if said.casefold() in (row.identifier.casefold(), row.child.split()[0].casefold())
    }
    if len(named) == 1:
        return next(iter(named))
    known = ", ".join(sorted({row.identifier or row.child for row in rows})) or "nobody of ours lived there"
    raise NotFound(f"{said[:40]!r} is no one child of that home", known, "give the child's identifier, or leave it out")


def _suspension_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("home", metavar="NAME", nargs="?", help="one home: name, or URN")
    parser.add_argument("--provider", metavar="NAME", help="every home of a provider instead")
    parser.add_argument("--why", metavar="TEXT", required=True, help="the reason, which stands beside the home")
    parser.add_argument("--lift", action="store_true", help="they may be used again")


def _suspension(here: Here, options: argparse.Namespace) -> None:
    service = here.services.providers
    if bool(options.home) == bool(options.provider):
        raise Invalid(
            "home", "Name one home, or a provider with --provider", mend='log suspension "Cedar House" --why ...'
        )
    if options.provider:
        keys = [key for key, _, _ in service.homes_of(service.resolve(options.provider))]
    else:
        keys = [records.home(here, options.home).id]
    saved = (service.lift if options.lift else service.suspend)(keys, options.why)
    here.out.saved(saved.words, {"homes": list(saved.ids)})


def _merge_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("double", metavar="NAME", help="the double, which goes")
    parser.add_argument("--into", metavar="NAME", required=True, help="the provider that is kept")
    parser.add_argument("--dry", action="store_true", help="say what would move, and write nothing")


def _merge(here: Here, options: argparse.Namespace) -> None:
    service, merging = here.services.providers, here.services.merging
    double, kept = service.resolve(options.double), service.resolve(options.into)
    look = merging.look(double, kept)
    here.out.say(f"{look.words[0].upper()}{look.words[1:]}.")
    for each in (*look.takes, *look.minds):
        here.out.say(f"{each}.")
    if options.dry:
        here.out.saved("Nothing was written.", {"from_id": double, "into_id": kept, **dict(look.moves)})
        return
    saved = merging.merge(double, kept)
    here.out.saved(
        f"{saved.words}. `placement undo` takes all of it back.",
        {"from_id": double, "into_id": kept, **dict(look.moves)},
    )


def _day(field: str, text: str, today: date, *, past: bool = False) -> date:
    from placement_tui.domain.typed import day

    return day(text, today, past=past, field=field)


COMMANDS = {
    "log contact": Command('placement log contact Brackenfield "Jo Hale, manager, 0151 496 0123, night 07700 900123"',
                           _contact_options, _contact),
    "log visit": Command('placement log visit "Cedar House" --on yesterday --found "Warm, two staff on"', _visit_options, _visit,
                         "A visit that is made settles the one that was due at that home first."),
    "log concern": Command('placement log concern "Cedar House" "No cook since Monday" --by "the social worker"',
                           _concern_options, _concern),
    "log voice": Command('placement log voice "Cedar House" "The dog sleeps on my bed" --child KJ', _voice_options, _voice,
                         "Words of a named child go with the child's other records when those are erased. Words given as\n"
                         "options stand in the list of processes: --words-fd keeps them out of it."),
    "log suspension": Command('placement log suspension "Cedar House" --why "Two staff dismissed on Monday"',
                              _suspension_options, _suspension, "Rules keep a suspended home from being asked. --lift ends it, with its own reason."),
    "merge providers": Command('placement merge providers "Alder Fostring" --into "Alder Fostering" --dry', _merge_options, _merge,
                               "Homes, approaches and contacts go to the one that is kept, which takes over what it lacks; the name\n"
                               "of the double still finds it, here and in a register that is imported later. The council itself is\n"
                               "never merged into another."),
}  # fmt: skip
