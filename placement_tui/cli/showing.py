"""`placement show`: a referral, a home or a placement whole."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

from placement_tui.cli import records
from placement_tui.cli.approaches import CALLS
from placement_tui.cli.asking import Command
from placement_tui.cli.endings import LESSONS
from placement_tui.cli.homes import ages, kind_words, vacancy, weekly
from placement_tui.cli.offers import OFFERS
from placement_tui.cli.output import Column, plain
from placement_tui.cli.placements import PLACEMENTS, TELL
from placement_tui.domain.codes.grades import grade_label
from placement_tui.domain.codes.legal import legal_words
from placement_tui.domain.codes.needs import NEEDS
from placement_tui.domain.codes.refusals import REFUSALS
from placement_tui.domain.restricted import for_file
from placement_tui.errors import NotFound, WrongUse

if TYPE_CHECKING:
    from collections.abc import Sequence

    from placement_tui.cli.here import Here
    from placement_tui.domain.approaches import Answer
    from placement_tui.domain.homes import HomePage
    from placement_tui.domain.placements import PlacementRow
    from placement_tui.domain.referrals import ChildRow, ReferralRow, Tried

CHILDREN: list[Column[ChildRow]] = [
    Column("initials", "Initials"),
    Column("identifier", "Identifier"),
    Column("age", "Age", right=True),
    Column("born_on", "Born", shown=lambda child: f"{child.born_on:%d/%m/%Y}" if child.born_on else ""),
    Column("sex", "Sex"),
    Column("home_postcode", "Postcode"),
    Column("needs", "Needs", shown=lambda child: ", ".join(NEEDS.spoken(need) for need in child.needs)),
    Column("name"),
    Column("id"),
]

REFERRAL: list[Column[ReferralRow]] = [
    Column("reference", "Reference"),
    Column("state", "State"),
    Column("child", "Child"),
    Column("wanted", "Wanted"),
    Column("urgency", "Needed by", shown=lambda row: row.urgency if row.urgency != "date" else ""),
    Column("needed_by", "Needed by"),
    Column("received_at", "Received"),
    Column("received_by", "By"),
    Column("why_now", "Why now"),
    Column("tonight", "Tonight"),
    Column("legal_status", "Legal status", shown=lambda row: legal_words(row.legal_status) if row.legal_status else ""),
    Column("together", "Together", shown=lambda row: "" if len(row.children) < 2 else "yes" if row.together else "no"),
    Column("must_have", "Must have"),
    Column("nice_to_have", "Nice to have"),
    Column("avoid", "Avoid"),
    Column("max_miles", "Within miles"),
    Column("social_worker", "Social worker"),
    Column("social_worker_phone", "Their number"),
    Column("note", "Note"),
    Column("needs", "Needs", shown=lambda row: ", ".join(NEEDS.spoken(need) for need in row.needs)),
    Column("missing", "Still to come"),
    Column("closed_reason", "Why closed"),
    Column("id"),
]

TRIED: list[Column[Tried]] = [
    Column("reference", "Ref"),
    Column("received_at", "Received"),
    Column("state", "State"),
    Column("asked", "Asked", right=True),
    Column("refused", "Refused", right=True),
    Column("offered", "Offered", right=True),
    Column("main_reason", "Mostly", shown=lambda row: REFUSALS.label(row.main_reason) if row.main_reason else ""),
]

ANSWERS: list[Column[Answer]] = [
    Column("at", "When"),
    Column("reference", "Ref"),
    Column("child", "Child"),
    Column("outcome", "Answer", shown=lambda row: row.outcome.replace("_", " ")),
    Column("reason", "Reason", shown=lambda row: REFUSALS.label(row.reason) if row.reason else ""),
    Column("note", "Note"),
]


def _options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("what", metavar="REF | home NAME | placement CHILD", nargs="+", help="what to show")


def _run(here: Here, options: argparse.Namespace) -> None:
    first, *rest = options.what
    if first in ("home", "placement", "referral") and not rest:
        raise WrongUse(f"`placement show {first}` wants one more word", mend="name the one to show")
    if first == "home":
        _home(here, " ".join(rest))
    elif first == "placement":
        _placement(here, " ".join(rest))
    else:
        _referral(here, " ".join(rest) if first == "referral" else " ".join(options.what))


def _referral(here: Here, said: str) -> None:
    services = here.services
    row = services.referrals.get(records.referral(here, said))
    services.audit.seen("referral", row.id, "referral")
    calls = services.approaches.calls(row.id).rows
    offers = services.offers.of(row.id)
    placements = services.placements.of_referral(row.id)
    tell = services.placements.to_tell(row.id)
    lessons = services.endings.lessons_for([child.id for child in row.children])
    sections: list[tuple[str, str, Sequence[Column[Any]], Sequence[Any]]] = [
        ("children", "Children", CHILDREN, row.children),
        ("tried", "Tried before", TRIED, row.tried),
        ("calls", "Call list", CALLS, calls),
        ("offers", "Offers", OFFERS, offers),
        ("placements", "Placements", PLACEMENTS, placements),
        ("tell", "Whom to tell", TELL, tell),
        ("lessons", "Lessons", LESSONS, lessons),
    ]
    _whole(here, REFERRAL, row, sections)


def _home(here: Here, said: str) -> None:
    services = here.services
    page = services.homes.page(records.home(here, said).id)
    now, home = services.desk.now, page.candidate
    sections: list[tuple[str, str, Sequence[Column[Any]], Sequence[Any]]] = [
        ("grades", "Grades", _GRADES, page.grades),
        ("answers", "Last answers to us", ANSWERS, services.approaches.answers(home.id, 10)),
        ("placements", "Placements", PLACEMENTS, services.placements.of_home(home.id)),
        ("lesson_list", "Lessons", LESSONS, services.endings.lessons_for(homes=[home.id])),
    ]
    free: Column[HomePage] = Column("free", "Vacancy", _of("free"), lambda each: vacancy(each.candidate, now))
    _whole(here, [*_HOME[:16], free, *_HOME[16:]], page, sections)


def _of(name: str) -> Any:
    return lambda page: getattr(page.candidate, name)


_HOME: list[Column[HomePage]] = [
    Column("name", "Name", _of("name")),
    Column("provider", "Provider", _of("provider")),
    Column("kind", "Kind", _of("kind"), lambda page: kind_words(page.candidate.kind)),
    Column("urn", "URN", _of("urn")),
    Column("provision_type", "Registered as"),
    Column("registration_status", "Status"),
    Column("registered", "", _of("registered")),
    Column("deregistered_on", "Ended"),
    Column("conditions", "Conditions", _of("conditions")),
    Column("restricted", "", _of("restricted")),
    Column("phone", "Phone", _of("phone")),
    Column("night_phone", "At night"),
    Column("email", "E-mail"),
    Column("address", "Address", shown=lambda page: ", ".join(p for p in (page.address, page.postcode or "") if p)),
    Column("postcode"),
    Column("places", "Places", _of("places")),
    Column("", "Ages", lambda page: ages(page.candidate)),
    Column("age_min", "", _of("age_min")),
    Column("age_max", "", _of("age_max")),
    Column("sexes", "Only", _of("sexes"), lambda page: {"M": "boys", "F": "girls"}.get(page.candidate.sexes or "", "")),
    Column("grade", "Grade", _of("grade"), lambda page: grade_label(page.candidate.grade)),
    Column("graded_on", "Inspected", _of("graded_on")),
    Column("tier", "Tier", _of("tier")),
    Column("route", "Route", _of("route")),
    Column("weekly_pence", "Weekly", _of("weekly_pence"), lambda page: weekly(page.candidate)),
    Column("town", "", _of("town")),
    Column("area", "Area", _of("area")),
    Column("constituency", "Constituency"),
    Column("suspended", "Not used", _of("suspended")),
    Column("asked", "Asked by us in a year", _of("asked")),
    Column("offered", "Offers", _of("offered")),
    Column("refused", "Refusals", _of("refused")),
    Column("lessons", "Lessons", _of("lessons")),
    Column("note", "Note"),
    Column("id", "", _of("id")),
]

_GRADES: list[Column[Any]] = [
    Column("inspected_on", "Inspected", lambda grade: grade[0]),
    Column("overall", "Overall", lambda grade: grade[1], lambda grade: grade_label(grade[1])),
    Column("source", "Source", lambda grade: grade[2]),
]


def _placement(here: Here, said: str) -> None:
    services = here.services
    row = records.placement(here, said)
    services.audit.seen("placement", row.id, "placement")
    try:
        ending = services.endings.of(row.id)
    except NotFound:
        ending = None
    if here.out.shape == "table":
        here.out.fields(PLACEMENTS, row)
        if ending is not None:
            here.out.data.write("\nEnding\n")
            here.out.fields(_ENDING, ending)
        return
    columns: list[Column[PlacementRow]] = [*PLACEMENTS, Column("ending", value=lambda _: ending)]
    here.out.rows(columns, [row])


_ENDING: list[Column[Any]] = [
    Column("ended_on", "Ended"),
    Column("reason", "Reason"),
    Column("reason_class", "Class"),
    Column("notice_days", "Days of notice"),
    Column("warned", "Warned"),
    Column("warnings", "Warnings"),
    Column("stability_meeting", "Stability meeting"),
    Column("factors", "Factors", shown=lambda row: ", ".join(f"{f.code} ({f.said_by})" for f in row.factors)),
    Column("kept_going", "Would have kept it"),
    Column("lesson", "Lesson"),
    Column("note", "Note"),
]


def _whole(
    here: Here,
    columns: Sequence[Column[Any]],
    row: Any,
    sections: Sequence[tuple[str, str, Sequence[Column[Any]], Sequence[Any]]],
) -> None:
    """A record with what belongs to it: below it as tables, or inside it as lists."""
    if here.out.shape == "table":
        here.out.fields(columns, row)
        for _, title, of, rows in sections:
            here.out.section(title, of, rows)
        return
    inner = [Column[Any](key, value=_objects(of, [for_file(each) for each in rows])) for key, _, of, rows in sections]
    here.out.rows([*columns, *inner], [row])


def _objects(columns: Sequence[Column[Any]], rows: Sequence[Any]) -> Any:
    found = [{column.key: plain(column.of(row)) for column in columns if column.key} for row in rows]
    return lambda _: found


COMMANDS = {
    "show": Command(
        'placement show 26-0142\n  placement show home "fir lane"\n  placement show placement W-10234', _options, _run
    )
}
