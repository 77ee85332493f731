"""The hard facts between a home and a referral: law, registration and the council's policy, as findings.

Pure functions of a candidate, what is wanted and the policy. A `block` needs a named override, a `warn` is shown.
Law as in force in England: Care Planning, Placement and Case Review Regulations 2010 (CPPCR) with regulations 27A
(9 September 2021) and 27C (28 October 2023), Care Standards Act 2000, Children Act 1989.
"""

from __future__ import annotations

from placement_tui.domain.codes.provision import serves
from placement_tui.domain.distance import at_a_distance, in_area
from placement_tui.domain.homes import Candidate, Finding, Policy, Wanted

FOSTER_HOUSEHOLDS = ("inhouse", "household")  # approved as carers, neither registered nor inspected by themselves
USUAL_FOSTERING_LIMIT = 3
SUPPORTED_FROM = 16
UNGRADED = (None, "not_judged")
SUPPORTED_GRADES = ("consistently_strong", "inconsistent", "serious_weaknesses")
OTHER_SEX = {"M": "F", "F": "M"}
TEXT_LIMIT = 60

# What a search counts homes under that may not be asked; a home with several counts under the first.
BLOCKS = ("registration", "under 16", "age", "sex", "places", "policy", "suspended", "avoid", "asked", "type")

_WISHES = {
    "foster": "fostering",
    "residential": "a children's home",
    "supported": "supported accommodation",
    "parent_and_child": "parent and child",
    "short_breaks": "short breaks",
    "secure": "a secure home",
}


def findings(candidate: Candidate, wanted: Wanted, policy: Policy) -> tuple[Finding, ...]:
    """Everything the rules say of a candidate: blocks in the order of `BLOCKS`, then warnings."""
    said = (
        registration(candidate),
        supported_from_16(candidate, wanted),
        age_range(candidate, wanted),
        sex(candidate, wanted),
        places(candidate, wanted),
        grade(candidate, policy),
        suspended(candidate),
        avoid(candidate, wanted),
        asked_already(candidate, wanted),
        type_served(candidate, wanted),
        fostering_limit(candidate, wanted),
        area(candidate, wanted),
    )
    return tuple(finding for finding in said if finding is not None)


def registration(candidate: Candidate) -> Finding | None:
    """A home that is not registered, or a household whose approval ended, blocks.

    Section 11 Care Standards Act 2000; regulation 27C CPPCR for supported accommodation; regulation 27 Fostering
    Services (England) Regulations 2011 for households.
    """
    if candidate.registered:
        return None
    if candidate.kind == "sa":
        return _block("registration", "Reg 27C CPPCR 2010", "this supported accommodation is not registered")
    if candidate.kind in FOSTER_HOUSEHOLDS:
        return _block("registration", "Reg 27 Fostering Services 2011", "not approved as a foster home now")
    return _block("registration", "s11 Care Standards Act 2000", "not registered with Ofsted")


def supported_from_16(candidate: Candidate, wanted: Wanted) -> Finding | None:
    """No child under 16 lives in supported accommodation: regulation 27A CPPCR."""
    if candidate.kind != "sa" or all(age >= SUPPORTED_FROM for age in wanted.ages):
        return None
    return _block("under 16", "Reg 27A CPPCR 2010", "under 16: not in supported accommodation")


def age_range(candidate: Candidate, wanted: Wanted) -> Finding | None:
    """Every child's age lies within the registration or the terms of approval."""
    low, high = candidate.age_min, candidate.age_max
    for age in wanted.ages:
        if (low is None or age >= low) and (high is None or age <= high):
            continue
        span = f"up to {high}" if low is None else f"from {low}" if high is None else f"{low} to {high}"
        who = "this child" if len(wanted.ages) == 1 else "one child"
        return _block("age", _terms(candidate), f"takes {span}; {who} is {age}")
    return None


def sex(candidate: Candidate, wanted: Wanted) -> Finding | None:
    """A home for one sex takes no child of the other; an unknown sex does not block."""
    other = OTHER_SEX.get(candidate.sexes or "")
    if other is None or other not in wanted.sexes:
        return None
    return _block("sex", _terms(candidate), "takes boys only" if other == "F" else "takes girls only")


def places(candidate: Candidate, wanted: Wanted) -> Finding | None:
    """The home has as many places as are wanted together. For an agency the number is not one home's."""
    if candidate.kind == "agency" or candidate.places is None or candidate.places >= wanted.children:
        return None
    noun = "place" if candidate.places == 1 else "places"
    return _block("places", _terms(candidate), f"{candidate.places} {noun}; {wanted.children} wanted together")


def grade(candidate: Candidate, policy: Policy) -> Finding | None:
    """The council's policy on inspection grades. A foster household is not inspected by itself."""
    if candidate.grade in UNGRADED:
        if policy.ungraded_allowed or candidate.kind in FOSTER_HOUSEHOLDS:
            return None
        return _block("policy", "council policy", "policy: inspected homes only (manager)")
    if candidate.grade in policy.grades:
        return None
    return _block("policy", "council policy", f"policy: {_accepted(candidate.grade, policy)} (manager)")


def suspended(candidate: Candidate) -> Finding | None:
    """The council does not use the home for now."""
    if candidate.suspended is None:
        return None
    why = candidate.suspended.strip()
    return _block("suspended", "council policy", f"not used for now: {why}" if why else "not used for now")


def avoid(candidate: Candidate, wanted: Wanted) -> Finding | None:
    """The referral names this home as one to avoid."""
    if candidate.id not in wanted.avoid_homes:
        return None
    return _block("avoid", "the referral", "the referral says to avoid this home")


def asked_already(candidate: Candidate, wanted: Wanted) -> Finding | None:
    """One home is asked once for one referral."""
    if candidate.id not in wanted.asked:
        return None
    return _block("asked", "the referral", "asked already")


def type_served(candidate: Candidate, wanted: Wanted) -> Finding | None:
    """The home can be one of the kinds of provision that are wished for."""
    served = serves(candidate.kind)
    if not wanted.kinds or any(wish in served for wish in wanted.kinds):
        return None
    wish = _WISHES.get(wanted.kinds[0], wanted.kinds[0].replace("_", " "))
    more = " or other" if len(wanted.kinds) > 1 else ""
    return _block("type", "the referral", f"another type; {wish}{more} is wanted")


def fostering_limit(candidate: Candidate, wanted: Wanted) -> Finding | None:
    """More than three children with one carer: siblings, or an exemption. Schedule 7 Children Act 1989."""
    if "foster" not in serves(candidate.kind) or wanted.children <= USUAL_FOSTERING_LIMIT:
        return None
    return Finding("warn", "Sch 7 Children Act 1989", "over 3 children: siblings, or an exemption", "places")


def area(candidate: Candidate, wanted: Wanted) -> Finding | None:
    """Outside the area, or at a distance: who has to approve it. Regulation 11 CPPCR."""
    if in_area(candidate.position, wanted.authority) is not False:
        return None
    if at_a_distance(candidate.position, wanted.authority, wanted.adjoining):
        return Finding("warn", "Reg 11(1)(b) CPPCR 2010", "at a distance: the Director approves", "area")
    return Finding("warn", "Reg 11(1)(a) CPPCR 2010", "out of area: the nominated officer approves", "area")


def _block(about: str, law: str, text: str) -> Finding:
    return Finding("block", law, text if len(text) <= TEXT_LIMIT else text[: TEXT_LIMIT - 1] + "…", about)


def _terms(candidate: Candidate) -> str:
    return "terms of approval" if candidate.kind in FOSTER_HOUSEHOLDS else "registration"


def _accepted(graded: str | None, policy: Policy) -> str:
    """The accepted grades of the scale that the home is on."""
    if graded in SUPPORTED_GRADES:
        return "inconsistent or better" if "inconsistent" in policy.grades else "consistently strong only"
    if "requires_improvement" in policy.grades:
        return "requires improvement or better"
    return "good or better" if "good" in policy.grades else "outstanding only"
