"""`placement places`, `placement holds`, `placement log hold|release|others|terms|exemption`."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

from placement_tui.cli import records
from placement_tui.cli.asking import Command
from placement_tui.cli.homes import kind_words
from placement_tui.cli.output import Column
from placement_tui.cli.typing_words import line_of, text_of, whole

if TYPE_CHECKING:
    from placement_tui.cli.here import Here
    from placement_tui.domain.capacity import Capacity, ExemptionRow, HoldRow
    from placement_tui.domain.homes import Candidate

HOLDS: list[Column[HoldRow]] = [
    Column("name", "Home"),
    Column("beds", "Beds", right=True),
    Column("reference", "For"),
    Column("until_at", "Until"),
    Column("said_by", "Said by"),
    Column("held_at", "Held since"),
    Column("home_id"),
    Column("referral_id"),
    Column("id"),
]

EXEMPTIONS: list[Column[ExemptionRow]] = [
    Column("name", "Home"),
    Column("child", "Child"),
    Column("given_by", "Given by"),
    Column("from_on", "From"),
    Column("until_on", "Until"),
    Column("why", "Why"),
    Column("home_id"),
    Column("child_id"),
    Column("id"),
]


def _places_columns() -> list[Column[tuple[Candidate, Capacity]]]:
    names = ("registered", "ours", "others", "held", "free")
    titles = ("Places", "Ours", "Others", "Held", "Free")
    return [
        Column("name", "Home", lambda row: row[0].name),
        Column("kind", "Kind", lambda row: row[0].kind, lambda row: kind_words(row[0].kind)),
        *(Column(name, title, _of(name), right=True) for name, title in zip(names, titles, strict=True)),
        Column("said_free", "Said free", lambda row: row[0].free, right=True),
        Column("others_said_at", "Others said", _of("others_said_at")),
        Column("children", value=_of("children")),
        Column("id", value=lambda row: row[0].id),
    ]


def _of(name: str) -> Any:
    return lambda row: getattr(row[1], name)


def _places_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "home", metavar="NAME", nargs="?", help="one home; those where somebody lives or a bed is held without"
    )


def _places(here: Here, options: argparse.Namespace) -> None:
    services = here.services
    if options.home:
        one = records.home(here, options.home)
        here.out.rows(_places_columns(), [(one, services.capacity.of(one.id))])
        return
    taken = {key: of for key, of in services.capacity.everywhere().items() if of.living or of.held}
    homes = {match.candidate.id: match.candidate for match in services.homes.find("all", limit=100_000).matches}
    rows = sorted(((homes[key], of) for key, of in taken.items() if key in homes), key=lambda row: row[0].name)
    here.out.rows(_places_columns(), rows, "No child of ours lives anywhere, and no bed is held.")


def _holds_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--exemptions", action="store_true", help="exemptions from the fostering limit instead")


def _holds(here: Here, options: argparse.Namespace) -> None:
    capacity = here.services.capacity
    if options.exemptions:
        here.out.rows(EXEMPTIONS, capacity.exemptions(), "No exemption is logged.")
        return
    here.out.rows(HOLDS, capacity.holds(), "No bed is held.")


def _home_option(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("home", metavar="NAME", help="the home: name, or URN")


def _hold_options(parser: argparse.ArgumentParser) -> None:
    _home_option(parser)
    parser.add_argument("--beds", metavar="N", help="how many (1)")
    parser.add_argument("--until", metavar="WHEN", required=True, help="until when: 18:00, tomorrow 12:00")
    parser.add_argument("--for", dest="referral", metavar="REF", help="for which referral")
    parser.add_argument("--by", metavar="NAME", help="who said so")


def _hold(here: Here, options: argparse.Namespace) -> None:
    from placement_tui.domain.typed import when

    home = records.home(here, options.home)
    key, saved = here.services.capacity.hold(
        home.id,
        whole("beds", options.beds, 1, most=99),
        when(options.until, here.services.desk.now, field="until"),
        referral_id=records.referral(here, options.referral) if options.referral else None,
        said_by=line_of("by", options.by),
    )
    here.out.saved(saved.words, {"id": key, "home_id": home.id, "name": home.name})


def _release_options(parser: argparse.ArgumentParser) -> None:
    _home_option(parser)
    parser.add_argument("--for", dest="referral", metavar="REF", help="the hold for this referral")


def _release(here: Here, options: argparse.Namespace) -> None:
    from placement_tui.errors import NotFound

    key = records.as_id(options.home)
    standing = here.services.capacity.holds()
    found = [row for row in standing if row.id == key]
    if not found:
        home = records.home(here, options.home)
        referral = records.referral(here, options.referral) if options.referral else None
        found = [row for row in standing if row.home_id == home.id and referral in (None, row.referral_id)]
        if len(found) != 1:
            said = "holds nothing" if not found else f"holds {len(found)} times"
            held = "; ".join(f"{row.beds} for {row.reference or 'nobody named'}" for row in found)
            raise NotFound(
                f"{home.name} {said}", held, "`placement holds` lists them" if not found else "say --for REF"
            )
    saved = here.services.capacity.release(found[0].id)
    here.out.saved(saved.words, {"id": found[0].id, "home_id": found[0].home_id, "name": found[0].name})


def _others_options(parser: argparse.ArgumentParser) -> None:
    _home_option(parser)
    parser.add_argument(
        "said", metavar="WORDS", help='how many live there: 3, none, "2 Liverpool since 1 mar, 1 Sefton"'
    )


def _others(here: Here, options: argparse.Namespace) -> None:
    home = records.home(here, options.home)
    said = here.services.capacity.read_others(options.said)
    saved = here.services.capacity.say_others(home.id, said)
    here.out.saved(saved.words, {"home_id": home.id, "name": home.name, "others": sum(each.beds for each in said)})


def _terms_options(parser: argparse.ArgumentParser) -> None:
    _home_option(parser)
    parser.add_argument("--ages", metavar="4-12", help="from and to: 4-12, 4+, up to 12; any for every age")
    parser.add_argument("--places", metavar="N", help="how many children")
    parser.add_argument("--only", metavar="boys|girls|any", help="one sex only, or any")


def _terms(here: Here, options: argparse.Namespace) -> None:
    from dataclasses import replace

    from placement_tui.domain.capacity import Terms, typed_ages, typed_sexes
    from placement_tui.errors import WrongUse

    home = records.home(here, options.home)
    terms = Terms(home.age_min, home.age_max, home.places, home.sexes)
    if options.ages is not None:
        low, high = typed_ages(options.ages)
        terms = replace(terms, age_min=low, age_max=high)
    if options.places is not None:
        terms = replace(terms, places=whole("places", options.places, 0, most=999, least=0))
    if options.only is not None:
        terms = replace(terms, sexes=typed_sexes(options.only))
    if options.ages is None and options.places is None and options.only is None:
        raise WrongUse("No terms were given", terms.words, "give --ages, --places or --only")
    saved = here.services.capacity.say_terms(home.id, terms)
    here.out.saved(saved.words, {
        "home_id": home.id, "name": home.name, "age_min": terms.age_min, "age_max": terms.age_max,
        "places": terms.places, "sexes": terms.sexes,
    })  # fmt: skip


def _exemption_options(parser: argparse.ArgumentParser) -> None:
    _home_option(parser)
    parser.add_argument("child", metavar="CHILD", help="who is named: identifier or initials")
    parser.add_argument("--for", dest="referral", metavar="REF", help="the referral by which the child is to come")
    parser.add_argument("--by", metavar="AUTHORITY", help="who gave it: the authority where the carer lives (theirs)")
    parser.add_argument("--from", dest="start", metavar="DAY", default="today", help="its first day (today)")
    parser.add_argument("--until", metavar="DAY", help="its last day")
    parser.add_argument("--why", metavar="WORDS", help="why, and on what conditions")
    parser.add_argument("--end", action="store_true", help="it is over: today is its last day")


def _exemption(here: Here, options: argparse.Namespace) -> None:
    from placement_tui.domain.typed import day
    from placement_tui.errors import NotFound

    capacity, today = here.services.capacity, here.services.desk.today
    home = records.home(here, options.home)
    if options.end:
        wanted = options.child.casefold()
        rows = [row for row in capacity.of(home.id).exemptions if wanted in row.child.casefold().split()]
        if len(rows) != 1:
            raise NotFound(
                f"No exemption of {home.name} names {options.child[:40]!r}", mend="`placement holds --exemptions`"
            )
        here.out.saved(capacity.end_exemption(rows[0].id).words, {"id": rows[0].id, "home_id": home.id})
        return
    referral = records.referral(here, options.referral) if options.referral else None
    if referral is not None:
        child = records.child_of(here, referral, options.child)
    else:
        try:
            child = records.placement(here, options.child).child_id
        except NotFound as refusal:
            mend = "an exemption names a child who lives there; --for REF names the referral by which one is to come"
            raise NotFound(refusal.title, refusal.detail, mend) from refusal
    key, saved = capacity.exempt(
        home.id, child, given_by=line_of("by", options.by), from_on=day(options.start, today, past=True, field="from"),
        until_on=day(options.until, today, field="until") if options.until else None, why=text_of("why", options.why),
        referral_id=referral,
    )  # fmt: skip
    here.out.saved(saved.words, {"id": key, "home_id": home.id, "child_id": child})


COMMANDS = {
    "places": Command(
        'placement places "fir lane"', _places_options, _places,
        "Places of homes: ours by name, other authorities' children as a number that was said, beds held, what is left.",
    ),
    "holds": Command("placement holds --format json", _holds_options, _holds),
    "log hold": Command('placement log hold "fir lane" --beds 2 --until "tomorrow 12:00" --for 26-0142', _hold_options, _hold),
    "log release": Command('placement log release "fir lane" --for 26-0142', _release_options, _release),
    "log others": Command('placement log others "fir lane" 2', _others_options, _others),
    "log terms": Command('placement log terms "fir lane" --ages 4-12 --places 2 --only girls', _terms_options, _terms),
    "log exemption": Command(
        'placement log exemption "Dawn Nuttall" W-10234 --for 26-0142 --by Wirral --until "31 mar"',
        _exemption_options, _exemption,
        "Schedule 7 Children Act 1989: given by the authority where the carer lives, and it names each child.",
    ),
}  # fmt: skip
