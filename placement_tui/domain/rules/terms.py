"""Whether a home takes these children: ages, sex, places; and what the referral and the council say of it."""

from __future__ import annotations

from placement_tui.domain.codes.provision import serves
from placement_tui.domain.homes import Candidate, Finding, Wanted
from placement_tui.domain.rules.provision import FOSTER_HOUSEHOLDS
from placement_tui.domain.rules.words import POLICY, REFERRAL, block, warn

OTHER_SEX = {"M": "F", "F": "M"}

_WISHES = {
    "foster": "fostering",
    "residential": "a children's home",
    "supported": "supported accommodation",
    "parent_and_child": "parent and child",
    "short_breaks": "short breaks",
    "secure": "a secure home",
}


def age_range(candidate: Candidate, wanted: Wanted) -> Finding | None:
    """Every child's age lies within the registration or the terms of approval."""
    low, high = candidate.age_min, candidate.age_max
    for age in wanted.ages:
        if (low is None or age >= low) and (high is None or age <= high):
            continue
        span = f"up to {high}" if low is None else f"from {low}" if high is None else f"{low} to {high}"
        who = "this child" if len(wanted.ages) == 1 else "one child"
        return block("age", terms_of(candidate), f"takes {span}; {who} is {age}", "age")
    return None


def sex(candidate: Candidate, wanted: Wanted) -> Finding | None:
    """A home for one sex takes no child of the other; an unknown sex does not block."""
    other = OTHER_SEX.get(candidate.sexes or "")
    if other is None or other not in wanted.sexes:
        return None
    return block("sex", terms_of(candidate), "takes boys only" if other == "F" else "takes girls only", "sex")


def places(candidate: Candidate, wanted: Wanted) -> Finding | None:
    """The home has as many places as are wanted together, besides those taken and those held for somebody else.

    For an agency the number is not one home's. A home that says it has the beds free is believed before our own count:
    somebody may have left it whose ending nobody logged.
    """
    if candidate.kind == "agency" or candidate.places is None:
        return None
    taken = max(0, candidate.taken - min(candidate.held, wanted.held_at(candidate.id)))
    if candidate.places - taken >= wanted.children:
        return None
    noun = "place" if candidate.places == 1 else "places"
    if candidate.places < wanted.children:
        text = f"{candidate.places} {noun}; {wanted.children} wanted together"
        return block("places", terms_of(candidate), text, "places")
    text = f"{candidate.places} {noun}, {taken} taken; {wanted.children} wanted"
    if candidate.free is not None and candidate.free >= wanted.children:
        return warn("places", terms_of(candidate), f"{text}, yet said free", "places")
    return block("places", terms_of(candidate), text, "places")


def suspended(candidate: Candidate) -> Finding | None:
    """The council does not use the home for now."""
    if candidate.suspended is None:
        return None
    why = candidate.suspended.strip()
    return block("suspended", POLICY, f"not used for now: {why}" if why else "not used for now", "suspended")


def avoid(candidate: Candidate, wanted: Wanted) -> Finding | None:
    """The referral names this home as one to avoid."""
    if candidate.id not in wanted.avoid_homes:
        return None
    return block("avoid", REFERRAL, "the referral says to avoid this home", "avoid")


def asked_already(candidate: Candidate, wanted: Wanted) -> Finding | None:
    """One home is asked once for one referral."""
    if candidate.id not in wanted.asked:
        return None
    return block("asked", REFERRAL, "asked already", "asked")


def type_served(candidate: Candidate, wanted: Wanted) -> Finding | None:
    """The home can be one of the kinds of provision that are wished for."""
    served = serves(candidate.kind)
    if not wanted.kinds or any(wish in served for wish in wanted.kinds):
        return None
    wish = _WISHES.get(wanted.kinds[0], wanted.kinds[0].replace("_", " "))
    more = " or other" if len(wanted.kinds) > 1 else ""
    return block("type", REFERRAL, f"another type; {wish}{more} is wanted", "type")


def terms_of(candidate: Candidate) -> str:
    """What says whom a home takes."""
    return "terms of approval" if candidate.kind in FOSTER_HOUSEHOLDS else "registration"
