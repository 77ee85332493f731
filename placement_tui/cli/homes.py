"""`placement homes`, `placement find`."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from placement_tui.cli import records
from placement_tui.cli.asking import Command
from placement_tui.cli.output import Column
from placement_tui.cli.rules import law_words
from placement_tui.cli.typing_words import whole
from placement_tui.domain.codes.grades import grade_label
from placement_tui.domain.codes.provision import HOME_KINDS
from placement_tui.domain.typed_numbers import money_words
from placement_tui.domain.typed_times import age_words

if TYPE_CHECKING:
    from datetime import datetime

    from placement_tui.cli.here import Here
    from placement_tui.domain.homes import Candidate, Match


def kind_words(kind: str) -> str:
    """A kind of home for people."""
    return HOME_KINDS.spoken(kind)


def ages(home: Candidate) -> str:
    """`4-12`, `up to 12`, `16+`; nothing where it is not known."""
    low, high = home.age_min, home.age_max
    if low is None and high is None:
        return ""
    return f"up to {high}" if low is None else f"{low}+" if high is None else f"{low}-{high}"


def vacancy(home: Candidate, now: datetime) -> str:
    """`2 free, 3h KM`, `full, 2d`; nothing where nobody said."""
    if home.free is None:
        return ""
    said = f", {age_words(now - home.free_said_at)} {home.free_said_by}".rstrip() if home.free_said_at else ""
    return ("full" if home.free == 0 else f"{home.free} free") + said


def weekly(home: Candidate) -> str:
    """The usual weekly fee."""
    return "" if home.weekly_pence is None else money_words(home.weekly_pence)


def miles_words(miles: float | None, approximate: bool) -> str:
    """`6.2`, `~6.2` where an end is only known roughly."""
    return "" if miles is None else f"{'~' if approximate else ''}{miles:.1f}"


REGISTER: list[Column[Candidate]] = [
    Column("name", "Name"),
    Column("kind", "Kind", shown=lambda home: kind_words(home.kind)),
    Column("places", "Places", right=True),
    Column("", "Ages", ages),
    Column("age_min"),
    Column("age_max"),
    Column("sexes"),
    Column("grade", "Grade", shown=lambda home: grade_label(home.grade) if home.grade else ""),
    Column("graded_on"),
    Column("registered"),
    Column("phone", "Phone"),
    Column("weekly_pence", "Weekly", shown=weekly, right=True),
    Column("provider", "Provider"),
    Column("urn", "URN"),
    Column("town", "Town"),
    Column("area", "Area"),
    Column("tier", "Tier", right=True),
    Column("route"),
    Column("free"),
    Column("free_said_at"),
    Column("free_said_by"),
    Column("asked"),
    Column("offered"),
    Column("refused"),
    Column("lessons"),
    Column("suspended"),
    Column("conditions"),
    Column("restricted"),
    Column("id"),
]


def _homes_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--kind", metavar="KIND", action="append", help="only these kinds: res, ifa, inhouse, sa... (see: codes kinds)"
    )
    parser.add_argument("--limit", metavar="N", help="at most N")


def _homes(here: Here, options: argparse.Namespace) -> None:
    from placement_tui.domain.codes.provision import parse_home_kind

    kinds = frozenset(
        parse_home_kind(part).code for said in options.kind or () for part in said.split(",") if part.strip()
    )
    rows = here.queries.homes(kinds)[: whole("limit", options.limit, 10_000_000)]
    here.out.rows(REGISTER, rows, "No homes. Bring some in: placement import --help")


def _find_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("query", metavar="QUERY", nargs="*", help='words and tokens: "brdgview ifa 10mi good+"')
    parser.add_argument("--for", dest="referral", metavar="REF", help="for this referral: its rules, its distances")
    parser.add_argument("--limit", metavar="N", help="at most N (50)")


def _find(here: Here, options: argparse.Namespace) -> None:
    homes = here.services.homes
    wanted = homes.wanted(records.referral(here, options.referral) if options.referral else None)
    found = homes.find(" ".join(options.query), wanted, limit=whole("limit", options.limit, 50))
    here.out.rows(_found_columns(here.services.desk.now), found.matches)
    for problem in found.problems:
        here.out.say(problem)
    said = f"{found.total:,} of {found.considered:,} homes: {found.words}"
    here.out.say(f"{said}. {found.blocked_in_words()}" if found.blocked else said)
    if not found.total:
        for way in found.relaxations[:3]:
            here.out.say(f"{way.words}: {way.more:,} more")


def _found_columns(now: datetime) -> list[Column[Match]]:
    return [
        Column("may_be_asked", "May be asked", shown=_may),
        Column("why_not", "", _why_not),
        Column("miles", "Miles", shown=lambda match: miles_words(match.miles, match.approximate), right=True),
        Column("approximate"),
        Column("in_area"),
        Column("name", "Name", lambda match: match.candidate.name),
        Column("provider", "Provider", lambda match: match.candidate.provider),
        Column("kind", "Kind", lambda match: match.candidate.kind, lambda match: kind_words(match.candidate.kind)),
        Column("grade", "Grade", lambda match: match.candidate.grade, lambda match: _grade(match.candidate)),
        Column("free", "Vacancy", lambda match: match.candidate.free, lambda match: vacancy(match.candidate, now)),
        Column("free_said_at", "", lambda match: match.candidate.free_said_at),
        Column("tier", "Tier", lambda match: match.candidate.tier, right=True),
        Column(
            "weekly_pence", "Weekly", lambda match: match.candidate.weekly_pence, lambda match: weekly(match.candidate),
            right=True,
        ),
        Column("lessons", "Lessons", lambda match: match.candidate.lessons, lambda match: str(match.candidate.lessons or ""),
               right=True),
        Column("asked", "", lambda match: match.candidate.asked),
        Column("offered", "", lambda match: match.candidate.offered),
        Column("refused", "", lambda match: match.candidate.refused),
        Column("asked_already"),
        Column("warnings", "", lambda match: [f.text for f in match.findings if f.level == "warn"]),
        Column("law", "", lambda match: law_words(match.findings)),
        Column("score", "", lambda match: round(match.score, 2)),
        Column("parts", "", lambda match: [f"{part.label} {part.points:+.1f}" for part in match.parts]),
        Column("phone", "", lambda match: match.candidate.phone),
        Column("town", "", lambda match: match.candidate.town),
        Column("urn", "", lambda match: match.candidate.urn),
        Column("id", "", lambda match: match.candidate.id),
    ]  # fmt: skip


def _grade(home: Candidate) -> str:
    return grade_label(home.grade) if home.grade else ""


def _may(match: Match) -> str:
    if not match.may_be_asked:
        return "no: " + next(f.text for f in match.findings if f.level == "block")
    return f"yes, mind: {match.findings[0].text}" if match.findings else "yes"


def _why_not(match: Match) -> list[str]:
    return [f"{finding.text} ({finding.law})" for finding in match.findings if finding.level == "block"]


COMMANDS = {
    "homes": Command("placement homes --kind res,ifa --format csv > homes.csv", _homes_options, _homes),
    "find": Command(
        'placement find "brdgview ifa 10mi good+ free" --for 26-0142',
        _find_options,
        _find,
        "Free words match names, misheard ones too; tokens filter: ifa res inhouse sa, 10mi, good+, free, 14m, sib3, in,\n"
        'tier1, £900, all (also those that may not be asked), near. A word in "quotes" is never a token.',
    ),
}
