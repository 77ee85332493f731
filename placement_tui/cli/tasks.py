"""`placement tasks`, `placement log done`, `log move`, `log hand`, `log not-needed`: what is due, and what became of it."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from placement_tui.cli.asking import Command
from placement_tui.cli.output import Column
from placement_tui.cli.typing_words import text_of
from placement_tui.domain.tasks import TaskRow, counts_of, due_words, group_of, read_due
from placement_tui.errors import NotFound

if TYPE_CHECKING:
    from datetime import datetime

    from placement_tui.cli.here import Here
    from placement_tui.domain.approaches import Saved
    from placement_tui.domain.officers import OfficerRow

_GROUPS = {"late": "LATE", "dropped": "not needed"}


def _columns(now: datetime) -> list[Column[TaskRow]]:
    return [
        Column("ref", "Task"),
        Column("", "When", lambda row: _GROUPS.get(group_of(row, now), group_of(row, now))),
        Column("due_at", "Due", shown=lambda row: due_words(row.due_at, now)),
        Column("title", "What"),
        Column("child", "Child"),
        Column("reference", "Ref"),
        Column("law", "Law", shown=lambda row: row.short_law),
        Column("officer", "Who"),
        Column("to_whom"),
        Column("first_due_at", "First due", shown=lambda row: due_words(row.first_due_at, now) if row.moved else ""),
        Column("late", "", lambda row: row.late(now)),
        Column("moved_why"),
        Column("note"),
        Column("name", "Home"),
        Column("state"),
        Column("done_at"),
        Column("done_by"),
        Column("rule"),
        Column("source"),
        Column("referral_id"),
        Column("placement_id"),
        Column("child_id"),
        Column("home_id"),
        Column("approach_id"),
        Column("offer_id"),
        Column("officer_id"),
        Column("id"),
    ]


def _list_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--mine", action="store_true", help="only those that you have")
    parser.add_argument("--overdue", action="store_true", help="only those that are late")
    parser.add_argument("--until", metavar="DAY", help="those due by then: today, fri, 21 oct")
    parser.add_argument("--done", action="store_true", help="those that are finished too, the latest last")


def _list(here: Here, options: argparse.Namespace) -> None:
    services = here.services
    now = services.desk.now
    until = read_due(options.until, now) if options.until else None
    owner = services.desk.officer.id if options.mine else None
    rows = services.tasks.due(owner, until, options.done)
    if options.overdue:
        rows = [row for row in rows if row.late(now)]
    here.out.rows(_columns(now), rows, "Nothing is due." if not options.overdue else "Nothing is late.")
    if rows:
        counts = counts_of(rows, now)
        here.out.say(f"{counts.overdue} late, {counts.today} more due today")


def _task(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("task", metavar="TASK", help="the task: the first letters of its reference (see: tasks)")


def _done_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("task", metavar="TASK", nargs="+", help="the tasks: the first letters of their references")
    parser.add_argument("--note", metavar="WORDS", help="anything to remember about it")


def _done(here: Here, options: argparse.Namespace) -> None:
    tasks = here.services.tasks
    rows = [tasks.resolve(said) for said in options.task]
    _saved(here, tasks.done_all([row.id for row in rows], text_of("note", options.note)), rows)


def _move_options(parser: argparse.ArgumentParser) -> None:
    _task(parser)
    parser.add_argument("--to", metavar="WHEN", required=True, help="a day or a time to come: fri, 21 oct, 16:45")
    parser.add_argument("--why", metavar="WORDS", required=True, help="why it is moved")


def _move(here: Here, options: argparse.Namespace) -> None:
    row = here.services.tasks.resolve(options.task)
    at = read_due(options.to, here.services.desk.now)
    _saved(here, here.services.tasks.move(row.id, at, text_of("why", options.why)), [row])


def _hand_options(parser: argparse.ArgumentParser) -> None:
    _task(parser)
    parser.add_argument("officer", metavar="OFFICER", nargs="?", help="to whom: name or initials; you where left out")


def _hand(here: Here, options: argparse.Namespace) -> None:
    services = here.services
    row = services.tasks.resolve(options.task)
    to = _officer(here, options.officer).id if options.officer else services.desk.officer.id
    _saved(here, services.tasks.hand_to(row.id, to), [row])


def _officer(here: Here, said: str) -> OfficerRow:
    people, wanted = here.services.tasks.people(), said.strip().casefold()
    found = [each for each in people if wanted in (each.initials.casefold(), each.name.casefold())]
    found = found or [each for each in people if wanted and each.name.casefold().startswith(wanted)]
    if len(found) != 1:
        names = ", ".join(f"{each.initials} {each.name}" for each in found or people)
        raise NotFound(f"{'Nobody' if not found else 'More than one'} answers to {said!r}", names, "give the initials")
    return found[0]


def _drop_options(parser: argparse.ArgumentParser) -> None:
    _task(parser)
    parser.add_argument("--why", metavar="WORDS", required=True, help="why it need not be done")


def _drop(here: Here, options: argparse.Namespace) -> None:
    row = here.services.tasks.resolve(options.task)
    _saved(here, here.services.tasks.drop(row.id, text_of("why", options.why)), [row])


def _saved(here: Here, saved: Saved, rows: list[TaskRow]) -> None:
    words = saved.words[:1].upper() + saved.words[1:]
    here.out.saved(words, {"saved": saved.words, "tasks": [row.ref for row in rows], "ids": list(saved.ids)})


COMMANDS = {
    "tasks": Command(
        "placement tasks --mine --until fri\n  placement tasks --overdue --format csv",
        _list_options,
        _list,
        "Late ones first. TASK, the reference in the first column, is what the `log` commands take.",
    ),
    "log done": Command('placement log done k7m3x --note "sent by post"', _done_options, _done),
    "log move": Command(
        'placement log move k7m3x --to fri --why "social worker is away"',
        _move_options,
        _move,
        "Never into the past. What the law said first stays on it, and stays the measure of being late.",
    ),
    "log hand": Command("placement log hand k7m3x PL", _hand_options, _hand),
    "log not-needed": Command(
        'placement log not-needed k7m3x --why "not to be told: risk of harm"', _drop_options, _drop
    ),
}
