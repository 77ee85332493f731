"""`placement log ending` and `placement lessons`."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from placement_tui.cli import records
from placement_tui.cli.asking import Command
from placement_tui.cli.output import Column
from placement_tui.cli.typing_words import code, text_of, whole, yes_or_no
from placement_tui.domain.codes.needs import NEEDS

if TYPE_CHECKING:
    from placement_tui.cli.here import Here
    from placement_tui.domain.endings import LessonRow, NewFactor

LESSONS: list[Column[LessonRow]] = [
    Column("learned_on", "Learned"),
    Column("child", "Child"),
    Column("name", "Home"),
    Column("lesson", "Lesson"),
    Column("needs", "Needs", shown=lambda row: ", ".join(NEEDS.spoken(need) for need in row.needs)),
    Column("reason", "Reason"),
    Column("bears_on", "Bears on now", shown=lambda row: ", ".join(row.bears_on[:3])),
    Column("child_id"),
    Column("home_id"),
    Column("placement_id"),
    Column("id"),
]


def _ending_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "placement",
        metavar="CHILD",
        help="whose: child identifier or initials, a referral's reference, or the placement's id",
    )
    parser.add_argument(
        "--on", metavar="DAY", default="today", help="the day it ended: today, yesterday, 12 oct (today)"
    )
    parser.add_argument("--reason", metavar="CODE", required=True, help="CREQB, PLANP... (see: codes endings)")
    parser.add_argument(
        "--factor",
        metavar="IN2[:carer]",
        action="append",
        help="what contributed and who says so, the main one first; again for each (see: codes factors)",
    )
    parser.add_argument("--notice", metavar="DAYS", help="days of notice, 0 for none")
    parser.add_argument("--warned", metavar="yes|no", help="whether there were warnings")
    parser.add_argument("--warnings", metavar="WORDS", help="which")
    parser.add_argument("--meeting", metavar="yes|no", help="whether a stability meeting was held")
    parser.add_argument("--kept", metavar="WORDS", help="what would have kept it going")
    parser.add_argument("--lesson", metavar="WORDS", help="what the next home should know or have")
    parser.add_argument("--lesson-need", metavar="WORDS", action="append", help="needs that the lesson is about")
    parser.add_argument("--note", metavar="WORDS", help="anything else")


def _ending(here: Here, options: argparse.Namespace) -> None:
    from placement_tui.domain.codes.needs import parse_needs
    from placement_tui.domain.codes.ssda903 import REASON_PLACE_CHANGE
    from placement_tui.domain.endings import NewEnding
    from placement_tui.domain.typed import count, day

    new = NewEnding(
        day(options.on, here.services.desk.today, past=True, field="ended"),
        code("reason", options.reason, REASON_PLACE_CHANGE),
        tuple(_factor(said, at == 0) for at, said in enumerate(options.factor or ())),
        count(options.notice, "notice", most=365) if options.notice is not None else None,
        yes_or_no("warned", options.warned),
        text_of("warnings", options.warnings),
        yes_or_no("meeting", options.meeting),
        text_of("kept", options.kept),
        text_of("lesson", options.lesson),
        tuple(need.code for said in options.lesson_need or () for need in parse_needs(said)),
        text_of("note", options.note),
    )
    row = records.placement(here, options.placement)
    key, saved = here.services.endings.end(row.id, new)
    ended = here.services.endings.of(row.id)
    here.out.saved(
        saved.words,
        {
            "ending_id": key, "placement_id": row.id, "child": row.child, "identifier": row.identifier, "name": row.name,
            "ended_on": new.ended_on, "reason": new.reason, "reason_class": ended.reason_class, "lesson": ended.lesson,
        },
    )  # fmt: skip


def _factor(said: str, main: bool) -> NewFactor:
    """`IN2:carer`: a factor and who says so, the officer where nobody is named. Raises Invalid."""
    from placement_tui.domain.codes.endings import FACTORS, WHO_SAYS
    from placement_tui.domain.endings import NewFactor

    name, _, who = said.partition(":")
    return NewFactor(code("factor", name, FACTORS), code("said_by", who, WHO_SAYS) if who.strip() else "officer", main)


def _lessons_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "words", metavar="WORDS", nargs="*", help="words of the lesson, the home or the child; all of them"
    )
    parser.add_argument("--for", dest="referral", metavar="REF", help="of the children of this referral")
    parser.add_argument("--home", metavar="NAME", help="of this home")
    parser.add_argument("--limit", metavar="N", help="at most N (200)")


def _lessons(here: Here, options: argparse.Namespace) -> None:
    limit = whole("limit", options.limit, 200)
    endings = here.services.endings
    if options.referral or options.home:
        children = []
        if options.referral:
            row = here.services.referrals.get(records.referral(here, options.referral))
            children = [child.id for child in row.children]
        homes = [records.home(here, options.home).id] if options.home else []
        rows = endings.lessons_for(children, homes)
        wanted = " ".join(options.words).casefold().split()
        rows = [row for row in rows if all(word in f"{row.lesson} {row.name}".casefold() for word in wanted)][:limit]
    else:
        rows = endings.find_lessons(" ".join(options.words), limit)
    said = "No lesson says that." if options.words else "No lessons yet: they come with the endings."
    here.out.rows(LESSONS, rows, said)


COMMANDS = {
    "log ending": Command(
        "placement log ending W-10234 --on yesterday --reason CREQB --factor IN2:carer --factor SU1:social_worker \\\n"
        '      --notice 0 --warned yes --lesson "goes to his brother when upset: settle contact first"',
        _ending_options,
        _ending,
        "A placement ends once; `placement undo` takes a mistaken ending back.",
    ),
    "lessons": Command(
        "placement lessons night door\n  placement lessons --for 26-0142",
        _lessons_options,
        _lessons,
        "`Bears on now` are the children looked for today whom a lesson concerns: its own child, or one with a need it names.",
    ),
}
