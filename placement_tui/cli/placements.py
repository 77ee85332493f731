"""`placement place`, `placement placements`, `placement log told`."""

from __future__ import annotations

import argparse
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from placement_tui.cli import records
from placement_tui.cli.approaches import referral_and_name
from placement_tui.cli.asking import Command
from placement_tui.cli.homes import kind_words
from placement_tui.cli.output import Column
from placement_tui.cli.rules import law_column, law_words
from placement_tui.cli.tables import words
from placement_tui.cli.typing_words import code, codes_of, line_of, text_of, whole, yes_or_no
from placement_tui.domain.typed_numbers import FeeSplit, fee_split, fee_words
from placement_tui.domain.typed_times import london

if TYPE_CHECKING:
    from placement_tui.cli.here import Here
    from placement_tui.domain.placements import PlacementRow, ToTell


def _fee(row: PlacementRow) -> str:
    total = row.care_pence + row.education_pence + row.health_pence
    return fee_words(FeeSplit(total, row.care_pence, row.education_pence, row.health_pence)) if total else ""


PLACEMENTS: list[Column[PlacementRow]] = [
    Column("child", "Child"),
    Column("identifier", "Identifier"),
    Column("name", "Name"),
    Column("started_at", "Started", shown=lambda row: words(row.started_at.astimezone(london()).date())),
    Column("days", "Days", right=True),
    Column("planned_end_on", "Planned end"),
    Column("ended_on", "Ended"),
    Column("reason", "Reason"),
    Column("reason_class", "Class"),
    Column("kind", "Kind", shown=lambda row: kind_words(row.kind)),
    Column("", "Weekly", _fee),
    Column("care_pence"),
    Column("education_pence"),
    Column("health_pence"),
    Column("phone", "Phone"),
    Column("type_wanted", "Wanted"),
    Column("type_obtained", "Obtained"),
    Column("provision"),
    Column("route"),
    Column("miles", "Miles", right=True),
    Column("provider", "Provider"),
    Column("in_area"),
    Column("grade_at_start"),
    Column("place"),
    Column("place_provider"),
    Column("legal_status"),
    Column("distance_reason"),
    Column("package"),
    Column("solo_required"),
    Column("solo"),
    Column("school"),
    Column("same_carer"),
    Column("reference", "Ref"),
    Column("referral_id"),
    Column("child_id"),
    Column("home_id"),
    Column("id"),
]

TELL: list[Column[ToTell]] = [
    Column("who", "Tell"),
    Column("what", "What"),
    Column("phone", "Phone"),
    Column("told_at", "Told"),
    Column("id"),
]


def _place_options(parser: argparse.ArgumentParser) -> None:
    referral_and_name(parser)
    parser.add_argument("--start", metavar="WHEN", required=True, help="tonight 19:00, tomorrow 10:00, yesterday 22:00")
    parser.add_argument(
        "--child", metavar="CHILD", action="append", help="only this one of a sibling group; again for more"
    )
    parser.add_argument("--parted", metavar="REASON", help="why brothers and sisters are parted (see: codes partings)")
    parser.add_argument("--parted-why", metavar="WORDS", help="and in your words")
    parser.add_argument("--route", metavar="ROUTE", help="how it was sourced (see: codes routes)")
    parser.add_argument("--fee", metavar="FEE", help="weekly fee, where it is not the offer's: 812, 3600/550/0")
    parser.add_argument("--provision", metavar="TYPE", help="type of provision of the census (see: codes provision)")
    parser.add_argument("--planned-end", metavar="DAY", help="when it is planned to end")
    parser.add_argument(
        "--wanted-type", metavar="KIND", help="the type that was wanted, where it is not the first wish"
    )
    parser.add_argument(
        "--obtained-type", metavar="KIND", help="the type that was obtained, where the home's kind does not say"
    )
    parser.add_argument("--legal", metavar="STATUS", help="legal status at the start, where it is not the referral's")
    parser.add_argument(
        "--others-reason", metavar="REASON", help="why the other offers are declined (another accepted)"
    )
    how = parser.add_mutually_exclusive_group()
    how.add_argument("--emergency", action="store_true", help="made at once: notices may follow within 5 working days")
    how.add_argument("--planned", action="store_true", help="not in an emergency: notices come before it")
    parser.add_argument("--night-only", action="store_true", help="a bed until 17:00 on the next working day")
    parser.add_argument(
        "--outside-terms", action="store_true", help="outside the carer's terms: 6 working days at most"
    )
    parser.add_argument("--approved-by", metavar="NAME", help="the manager who agreed, where it is an emergency")
    parser.add_argument("--school-changes", metavar="YES|NO", help="whether the move makes the child change school")
    parser.add_argument(
        "--same-carer", metavar="YES|NO", help="whether the carer stays the same: a house move, another agency"
    )
    parser.add_argument(
        "--distance", metavar="REASON", help="out of our area or over 20 miles: why (see: codes distance)"
    )
    parser.add_argument("--package", metavar="YES|NO", help="whether support is bought with the home")
    parser.add_argument("--solo-required", metavar="YES|NO", help="whether the child is to be the only one there")
    parser.add_argument("--solo", metavar="YES|NO", help="whether the child is the only one there")
    parser.add_argument("--school", metavar="NAME", help="the school that the child goes to")
    parser.add_argument(
        "--considered", metavar="WHAT", help='what was considered: "near, education, sibling, disability, area", or all'
    )
    parser.add_argument("--note", metavar="WORDS", help="anything else")


def _place(here: Here, options: argparse.Namespace) -> None:
    from placement_tui.domain.codes.census import ANY_DISTANCE_REASON, ROUTES, TYPES_OF_PROVISION
    from placement_tui.domain.codes.checks import PARTINGS
    from placement_tui.domain.codes.declines import DECLINES
    from placement_tui.domain.codes.legal import parse_legal
    from placement_tui.domain.codes.provision import parse_kind
    from placement_tui.domain.placements import NewPlacement
    from placement_tui.domain.siblings import Parting
    from placement_tui.domain.typed import day, when

    services = here.services
    fee = fee_split(options.fee) if options.fee else None
    more: dict[str, Any] = {}
    if fee is not None:
        more |= {"care_pence": fee.care, "education_pence": fee.education, "health_pence": fee.health}
    if options.others_reason:
        more["others_reason"] = code("others_reason", options.others_reason, DECLINES)
    if options.parted:
        why = text_of("parted_why", options.parted_why)
        more["parting"] = Parting(code("parted", options.parted, PARTINGS), why)
    new = NewPlacement(
        when(options.start, services.desk.now, past=True, field="start"),
        parse_kind(options.wanted_type).code if options.wanted_type else None,
        parse_kind(options.obtained_type).code if options.obtained_type else None,
        code("provision", options.provision, TYPES_OF_PROVISION) if options.provision else None,
        code("route", options.route, ROUTES) if options.route else None,
        planned_end_on=day(options.planned_end, services.desk.today, field="planned_end")
        if options.planned_end
        else None,
        legal_status=parse_legal(options.legal).code if options.legal else None,
        school_changes=yes_or_no("school_changes", options.school_changes),
        considered=_considered(options.considered),
        approved_by=line_of("approved_by", options.approved_by),
        note=text_of("note", options.note),
        emergency=True if options.emergency else False if options.planned else None,
        night_only=True if options.night_only else None,
        outside_terms=options.outside_terms,
        distance_reason=code("distance_reason", options.distance, ANY_DISTANCE_REASON) if options.distance else None,
        package=yes_or_no("package", options.package),
        solo_required=yes_or_no("solo_required", options.solo_required),
        solo=yes_or_no("solo", options.solo),
        school=line_of("school", options.school),
        same_carer=yes_or_no("same_carer", options.same_carer),
        **more,
    )
    key = records.referral(here, options.referral)
    if options.child:
        new = replace(new, children=tuple(records.child_of(here, key, said) for said in options.child))
    offer = records.offer(here, key, options.home)
    started = services.placements.start(offer.id, new)
    state = services.referrals.get(key).state
    if here.out.shape == "table":
        here.out.say(started.words)
        for finding in started.minded:
            here.out.say(f"Mind: {finding.text} ({finding.law})")
        for words_of_care in started.care:
            here.out.say(words_of_care)
        here.out.rows(TELL, started.tell)
        return
    data = {
        "reference": offer.reference, "referral_id": key, "state": state, "name": offer.name, "offer_id": offer.id,
        "placement_ids": started.placements, "started_at": new.started_at, "tell": started.tell,
        "law": law_words(started.minded), "care": started.care,
    }  # fmt: skip
    here.out.saved(started.words, data)


def _considered(said: str | None) -> tuple[str, ...]:
    """What was considered, as codes; `all` is all of them. Raises Invalid."""
    from placement_tui.domain.codes.rules import CONSIDERED

    if said is None:
        return ()
    if said.strip().casefold() == "all":
        return tuple(each.code for each in CONSIDERED)
    return codes_of("considered", said, CONSIDERED)


def _list_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--all", action="store_true", help="ended ones too")
    parser.add_argument("--limit", metavar="N", help="at most N with --all (1000)")


def _list(here: Here, options: argparse.Namespace) -> None:
    if options.all:
        rows = here.queries.placements(whole("limit", options.limit, 1000))
    else:
        rows = here.services.placements.open()
    law = here.services.rules.of_open()
    here.out.rows([*PLACEMENTS, law_column(law)], rows, "No placements." if options.all else "No open placements.")


def _told(here: Here, options: argparse.Namespace) -> None:
    from placement_tui.errors import NotFound

    key = records.referral(here, options.referral)
    tell = here.services.placements.to_tell(key)
    wanted = records.as_id(options.home)
    found = [row for row in tell if row.id == wanted] or records.closest(options.home, tell, lambda row: row.who)
    waiting = [row for row in found if row.told_at is None] or found
    if len(waiting) != 1:
        names = ", ".join(row.who for row in (waiting or tell)[: records.SHOWN])
        said = "could be several" if waiting else "is not on the list of whom to tell"
        raise NotFound(f"{options.home[:40]!r} {said}", names, "give more of the name")
    saved = here.services.placements.told(waiting[0].id)
    left = sum(row.told_at is None for row in here.services.placements.to_tell(key))
    here.out.saved(
        f"{saved.words}; {left} still to tell" if left else f"{saved.words}; everybody is",
        {"id": waiting[0].id, "who": waiting[0].who, "referral_id": key, "left": left},
    )


COMMANDS = {
    "place": Command(
        'placement place 26-0142 "fir lane" --start "tonight 19:00" --route lcr_ppa',
        _place_options,
        _place,
        "The other offers are declined, the other approaches end as placed elsewhere, and stdout lists whom to tell.",
    ),
    "placements": Command("placement placements --all --format csv > placements.csv", _list_options, _list),
    "log told": Command('placement log told 26-0142 "Oak House"', referral_and_name, _told),
}
