"""What is typed when a referral is logged or changed, read into the fields of the referral and of its children."""

from __future__ import annotations

import argparse
from dataclasses import replace
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from placement_tui.cli.typing_words import code, line_of, text_of
from placement_tui.errors import WrongUse

if TYPE_CHECKING:
    from uuid import UUID

    from placement_tui.domain.referrals import NewChild, ReferralRow

CHILD_OPTIONS = ("initials", "identifier", "name", "age", "born", "sex", "postcode", "need")
TEXTS = {
    "why": "why_now",
    "tonight": "tonight",
    "must": "must_have",
    "nice": "nice_to_have",
    "avoid": "avoid",
    "note": "note",
}

UNACCOMPANIED = "9A"  # the census factor that says so, since no legal status does


def add_child_options(parser: argparse.ArgumentParser) -> None:
    """The options of one child."""
    child = parser.add_argument_group("the child")
    for name, value, what in (
        ("initials", "KJ", "initials, never a name"),
        ("identifier", "W-10234", "the council's own number"),
        ("name", "NAME", "kept for the record, shown on no list"),
        ("age", "14", "age in years: 14, or 7 months"),
        ("born", "3/5/2012", "date of birth, which goes before an age"),
        ("sex", "M", "m, f or u"),
        ("postcode", "CH41 5AL", "where the child's home is: distances are taken from it"),
    ):
        child.add_argument(f"--{name}", metavar=value, help=what)
    child.add_argument(
        "--need",
        metavar="WORDS",
        action="append",
        help='needs, apart by commas: "violence, missing" (see: codes needs)',
    )


def add_options(parser: argparse.ArgumentParser) -> None:
    """The options of a referral."""
    what = parser.add_argument_group("the referral")
    what.add_argument("--wanted", metavar="KINDS", help='what is wanted, in order: "foster, residential"')
    what.add_argument("--by", metavar="WHEN", help="needed by: now, tonight, tomorrow 10:00, 15 oct (today)")
    what.add_argument("--why", metavar="WORDS", help="why now")
    what.add_argument("--tonight", metavar="WORDS", help="where they are tonight")
    what.add_argument("--legal", metavar="STATUS", help="legal status: s20, ICO, C2 (see: codes legal)")
    what.add_argument(
        "--kin", metavar="ANSWER", help="family and friends: nobody, somebody, unsafe, not yet (see: codes kin)"
    )
    what.add_argument("--must", metavar="WORDS", help="what the home must have")
    what.add_argument("--nice", metavar="WORDS", help="what would be good to have")
    what.add_argument("--avoid", metavar="WORDS", help="places and people to avoid")
    what.add_argument("--max-miles", metavar="N", help="no further than N miles from the child's home")
    what.add_argument("--apart", action="store_true", default=None, help="brothers and sisters may be placed apart")
    what.add_argument("--together", action="store_true", default=None, help="they are to be placed together (usual)")
    what.add_argument("--social-worker", metavar="NAME", help="the social worker")
    what.add_argument("--social-worker-phone", metavar="NUMBER", help="and their number")
    what.add_argument("--note", metavar="WORDS", help="anything else")


def fields_of(options: argparse.Namespace, now: datetime, *, new: bool) -> dict[str, Any]:
    """The referral's fields that were given, as `NewReferral` takes them. Raises Invalid, WrongUse."""
    from placement_tui.domain import typed
    from placement_tui.domain.codes.legal import parse_legal
    from placement_tui.domain.codes.provision import parse_kinds
    from placement_tui.domain.codes.rules import KIN

    fields: dict[str, Any] = {}
    if new or options.wanted is not None:
        fields["wanted"] = tuple(kind.code for kind in parse_kinds(options.wanted or ""))
    if options.by is not None:
        fields["urgency"], fields["needed_by"] = typed.needed(options.by, now)
    for option, name in TEXTS.items():
        said = getattr(options, option)
        if said is not None:
            fields[name] = text_of(name, said)
    if options.legal is not None:
        fields["legal_status"] = parse_legal(options.legal).code if options.legal.strip() else None
    if options.kin is not None:
        fields["kin_explored"] = code("kin", options.kin, KIN) if options.kin.strip() else None
    if options.max_miles is not None:
        fields["max_miles"] = typed.miles(options.max_miles, "max_miles") if options.max_miles.strip() else None
    if options.apart and options.together:
        raise WrongUse("--apart and --together cannot both be", mend="give one of them")
    if options.apart or options.together:
        fields["together"] = bool(options.together)
    if options.social_worker is not None:
        fields["social_worker"] = line_of("social_worker", options.social_worker)
    if options.social_worker_phone is not None:
        said = options.social_worker_phone
        fields["social_worker_phone"] = typed.phone(said) if said.strip() else ""
    return fields


def children_of(options: argparse.Namespace, today: date) -> tuple[NewChild, ...]:
    """The children that were given: by --child, or by the options of one child. Raises Invalid, WrongUse."""
    from placement_tui.domain.referrals import NewChild

    needs = _needs(options)
    if not options.child:
        return (_with(NewChild(), options, today, needs),) if says_child(options) else ()
    clashing = [name for name in CHILD_OPTIONS if name != "need" and getattr(options, name) is not None]
    if clashing:
        raise WrongUse(
            f"--{clashing[0]} and --child say the same thing twice", mend="put it into --child, or leave --child out"
        )
    children = tuple(_child(said, today) for said in options.child)
    return tuple(replace(child, needs=tuple(dict.fromkeys((*child.needs, *needs)))) for child in children)


def says_child(options: argparse.Namespace) -> bool:
    """True where any option of one child was given."""
    return any(getattr(options, name) is not None for name in CHILD_OPTIONS)


def child_amended(options: argparse.Namespace, row: ReferralRow, today: date) -> tuple[UUID, NewChild]:
    """The child of a referral that is changed, with what is known of it and what was given. Raises Invalid, WrongUse."""
    from placement_tui.domain.referrals import NewChild

    wanted = options.which
    fitting = [
        child
        for child in row.children
        if wanted is None or wanted == child.identifier or wanted.casefold() == child.initials.casefold()
    ]
    if len(fitting) != 1:
        named = ", ".join(child.identifier or child.initials for child in row.children)
        raise WrongUse(
            f"{row.reference} is for {len(row.children)} children"
            if wanted is None
            else f"No one child is {wanted[:40]!r}",
            named,
            "say which with --which",
        )
    child = fitting[0]
    known = NewChild(
        child.initials,
        child.identifier,
        child.name,
        child.born_on,
        child.age,
        child.sex,
        child.home_postcode,
        child.needs,
    )
    if options.need is not None:
        known = replace(known, needs=())
    if options.age is not None and options.born is None:
        known = replace(known, born_on=None)
    return child.id, _with(known, options, today, _needs(options))


def _child(said: str, today: date) -> NewChild:
    """A child of `KJ,14,M,CH41 5AL,W-10234,violence missing`: what is not known is left empty, or off the end."""
    from placement_tui.domain import typed
    from placement_tui.domain.codes.needs import parse_needs
    from placement_tui.domain.referrals import NewChild

    parts = [part.strip() for part in said.split(",")]
    initials, age, sex, postcode, identifier = (parts + [""] * 5)[:5]
    old = typed.age_or_birth(age, today) if age else typed.AgeOrBirth(None, None)
    return NewChild(
        typed.initials(initials) if initials else "",
        line_of("identifier", identifier),
        born_on=old.born,
        age=None if old.born else old.age,
        sex=typed.sex(sex) if sex else "U",
        home_postcode=typed.postcode(postcode) if postcode else None,
        needs=tuple(need.code for need in parse_needs(",".join(parts[5:]))),
    )


def _with(child: NewChild, options: argparse.Namespace, today: date, needs: tuple[str, ...]) -> NewChild:
    from placement_tui.domain import typed

    if options.initials is not None:
        child = replace(child, initials=typed.initials(options.initials) if options.initials.strip() else "")
    if options.identifier is not None:
        child = replace(child, identifier=line_of("identifier", options.identifier))
    if options.name is not None:
        child = replace(child, name=line_of("name", options.name))
    if options.age is not None:
        old = typed.age_or_birth(options.age, today)
        child = replace(child, age=old.age, born_on=old.born)
    if options.born is not None:
        born = typed.age_or_birth(options.born, today, "born").born
        if born is None:
            raise WrongUse("--born wants a date of birth", mend="for example 3/5/2012; an age goes to --age")
        said = child.age if options.age is not None else None
        child = replace(child, born_on=born, age=typed.check_age(said, born, today))
    if options.sex is not None:
        child = replace(child, sex=typed.sex(options.sex))
    if options.postcode is not None:
        child = replace(child, home_postcode=typed.postcode(options.postcode) if options.postcode.strip() else None)
    if needs:
        child = replace(child, needs=tuple(dict.fromkeys((*child.needs, *needs))))
    return child


def _needs(options: argparse.Namespace) -> tuple[str, ...]:
    from placement_tui.domain.codes.legal import parse_legal
    from placement_tui.domain.codes.needs import parse_needs

    needs = tuple(need.code for said in options.need or () for need in parse_needs(said))
    unaccompanied = bool(options.legal and options.legal.strip()) and parse_legal(options.legal).unaccompanied
    return (*needs, UNACCOMPANIED) if unaccompanied else needs
