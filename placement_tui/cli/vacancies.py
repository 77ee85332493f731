"""`placement vacancies`, `placement log vacancy`."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from placement_tui.cli import records
from placement_tui.cli.asking import Command
from placement_tui.cli.homes import kind_words, miles_words
from placement_tui.cli.output import Column
from placement_tui.cli.typing_words import line_of, text_of

if TYPE_CHECKING:
    from placement_tui.cli.here import Here
    from placement_tui.domain.vacancies import NewVacancy, Vacant
    from placement_tui.domain.vacancies_fits import Fit


def _columns(here: Here) -> list[Column[Vacant]]:
    from placement_tui.domain.vacancies import more_words, said_words

    now, today, hours = here.services.desk.now, here.services.desk.today, here.services.desk.policy.stale_hours
    return [
        Column("asks", "Check", lambda row: row.asks(now, hours), lambda row: "check" if row.asks(now, hours) else ""),
        Column("left", "Beds", right=True),
        Column("name", "Home"),
        Column("", "For whom, when", lambda row: more_words(row, today).removeprefix(", ")),
        Column("", "Said", lambda row: said_words(row, now)),
        Column("phone", "Phone"),
        Column("kind", shown=lambda row: kind_words(row.kind)),
        Column("provider"),
        Column("beds"),
        Column("said_at"),
        Column("said_by"),
        Column("logged_by"),
        Column("age_min"),
        Column("age_max"),
        Column("sexes"),
        Column("from_on"),
        Column("until_on"),
        Column("expected"),
        Column("why"),
        Column("note"),
        Column("home_id"),
        Column("id"),
    ]


FITS: list[Column[Fit]] = [
    Column("lawful", "Fits", shown=lambda row: "yes" if row.lawful else f"no: {row.reason}"),
    Column("reference", "Ref"),
    Column("label", "Child"),
    Column("miles", "Miles", shown=lambda row: miles_words(row.miles, row.approximate), right=True),
    Column("needs", "Needs", right=True),
    Column("lessons", "Lessons", right=True),
    Column("", "Why", lambda row: ", ".join(part.label for part in row.parts)),
    Column("reason"),
    Column("warnings", "", lambda row: [each.text for each in row.findings if each.level == "warn"]),
    Column("score", "", lambda row: round(row.score, 2)),
    Column("urgency"),
    Column("needed_by"),
    Column("id"),
]  # fmt: skip


def _vacancies_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("home", metavar="NAME", nargs="?", help="one home only, and the open referrals that it fits")
    parser.add_argument(
        "--for", dest="referral", metavar="REF", help="the beds that this referral may have, best first"
    )
    parser.add_argument("--stale", action="store_true", help="only those that ask to be checked")


def _vacancies(here: Here, options: argparse.Namespace) -> None:
    service, desk = here.services.vacancies, here.services.desk
    if options.referral:
        rows = [bed for bed, _ in service.for_referral(records.referral(here, options.referral))]
        here.out.rows(_columns(here), rows, "No free bed that was said lately fits it.")
        return
    if options.home:
        home = records.home(here, options.home)
        rows = service.standing(home.id)
        if not rows:
            here.out.rows(FITS, [], f"{home.name} said nothing of free beds that still stands.")
            return
        here.out.rows(FITS, service.fits(rows[0].id), "No referral is open.")
        return
    rows = service.standing()
    if options.stale:
        rows = [row for row in rows if row.asks(desk.now, desk.policy.stale_hours)]
    here.out.rows(_columns(here), rows, "No bed is free that anybody spoke of in four weeks.")


def _log_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("home", metavar="NAME", help="the home's name or URN")
    parser.add_argument("said", metavar="WORDS", nargs="?", help='as on the phone: "2 girls 8-14 from mon, Jo"')
    parser.add_argument("--beds", metavar="N", help="how many are free, 0 for full")
    parser.add_argument("--ages", metavar="8-14", help="whom they are for: 8-14, 4+, up to 12")
    parser.add_argument("--only", metavar="boys|girls", help="one sex only")
    parser.add_argument("--from", dest="from_on", metavar="DAY", help="free from that day on (now)")
    parser.add_argument("--until", metavar="DAY", help="and until that day")
    parser.add_argument("--expected", action="store_true", help="they think so, and promise nothing")
    parser.add_argument("--said-by", metavar="WHO", help="who said so")
    parser.add_argument("--note", metavar="WORDS", help="anything else")
    parser.add_argument("--still-so", action="store_true", help="it is as they said before: the word is fresh again")
    parser.add_argument("--gone", action="store_true", help="the bed they spoke of is gone")


def _log(here: Here, options: argparse.Namespace) -> None:
    from placement_tui.errors import NotFound, WrongUse

    service = here.services.vacancies
    _one_way(options)
    home = records.home(here, options.home)
    if options.still_so or options.gone:
        rows = service.standing(home.id)
        if not rows:
            raise NotFound(f"{home.name} said nothing that still stands", mend="log what they say now")
        saved = (service.still_so if options.still_so else service.gone)(rows[0].id)
    elif (options.said is None) == (options.beds is None):
        raise WrongUse("How many beds are free?", mend='say "2 girls 8-14 from mon, Jo", or give --beds')
    else:
        saved = service.log(home.id, _typed(here, options))
    facts = {"id": saved.ids[0], "home_id": home.id, "name": home.name, "urn": home.urn}
    here.out.saved(saved.words, facts)
    for line in service.news(saved.ids[:1]):
        here.out.say(line)


def _one_way(options: argparse.Namespace) -> None:
    """Raises WrongUse where an option beside the words would be passed over."""
    from placement_tui.errors import WrongUse

    named = {"--ages": options.ages, "--only": options.only, "--from": options.from_on, "--until": options.until,
             "--expected": options.expected, "--said-by": options.said_by, "--note": options.note}  # fmt: skip
    said = {"--beds": options.beds, **named}
    if options.still_so or options.gone:
        ways = {"--still-so": options.still_so, "--gone": options.gone, "the words": options.said, **said}
    else:
        ways = {"the words": options.said, **named} if options.said is not None else {}
    both = [name for name, value in ways.items() if value]
    if len(both) > 1:
        raise WrongUse(
            f"{both[0]} and {both[1]} do not go together", mend="say all of it in the words, or all of it by options"
        )


def _typed(here: Here, options: argparse.Namespace) -> NewVacancy:
    from placement_tui.domain.capacity import typed_ages, typed_sexes
    from placement_tui.domain.typed import count, day
    from placement_tui.domain.vacancies import MOST_BEDS, NewVacancy

    if options.said is not None:
        return here.services.vacancies.read(options.said)
    today = here.services.desk.today
    low, high = typed_ages(options.ages) if options.ages else (None, None)
    return NewVacancy(
        count(options.beds, "beds", most=MOST_BEDS), low, high, typed_sexes(options.only) if options.only else None,
        day(options.from_on, today, field="from") if options.from_on else None,
        day(options.until, today, field="until") if options.until else None,
        options.expected, line_of("said_by", options.said_by), text_of("note", options.note),
    )  # fmt: skip


COMMANDS = {
    "vacancies": Command(
        "placement vacancies --stale --format csv", _vacancies_options, _vacancies,
        "Beds said to be free, who said so and when; old words first, since they ask to be checked. Planned ends and\n"
        "beds that a child of ours left are listed until somebody says what became of them.",
    ),
    "log vacancy": Command(
        'placement log vacancy "Fir Lane" "2 girls 8-14 from mon, Jo"', _log_options, _log,
        "How many, boys or girls, ages, from and until when, `expected`; after a comma who said so.",
    ),
}  # fmt: skip
