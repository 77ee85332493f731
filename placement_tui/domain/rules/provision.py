"""What a home is by law: registered, graded, of a kind that a child of this age may live in (L15 to L18, L21)."""

from __future__ import annotations

from collections.abc import Iterable

from placement_tui.domain.codes import fold
from placement_tui.domain.homes import Candidate, Finding, Policy, Wanted
from placement_tui.domain.rules.words import (
    ASKS_A_MANAGER,
    FOSTERING_27,
    POLICY,
    REG_27A,
    REG_27C,
    S11,
    SUPPORTED_2023,
    block,
    warn,
)

FOSTER_HOUSEHOLDS = ("inhouse", "household")  # approved as carers, neither registered nor inspected by themselves
OTHER_ARRANGEMENTS = ("sa", "other")  # not among the settings that regulation 27A lists
SUPPORTED_FROM = 16
SUPPORTED_TO = 17
UNGRADED = (None, "not_judged")
SUPPORTED_GRADES = ("consistently_strong", "inconsistent", "serious_weaknesses")

# The four categories of supported accommodation, by the codes that the regional census has for them.
SUPPORTED_CATEGORIES = {
    "sa_1": "self-contained",
    "sa_2": "shared, ring-fenced",
    "sa_3": "shared, not ring-fenced",
    "sa_4": "private residence",
}


def registration(candidate: Candidate) -> Finding | None:
    """L16, L18: a home that is not registered, or a household whose approval ended, blocks.

    Section 11 Care Standards Act 2000: to carry on a children's home unregistered is an offence. Regulation 27C CPPCR
    (28 October 2023): 16 and 17 year olds in supported accommodation only where its provider is registered. Households:
    regulation 27 Fostering Services (England) Regulations 2011.
    """
    if candidate.registered:
        return None
    if candidate.kind == "sa":
        return block("L16", REG_27C, "this supported accommodation is not registered", "registration")
    if candidate.kind in FOSTER_HOUSEHOLDS:
        return block("approval", FOSTERING_27, "not approved as a foster home now", "registration")
    return block("L18", S11, "not registered with Ofsted", "registration")


def supported_from_16(candidate: Candidate, wanted: Wanted) -> Finding | None:
    """L15: a child under 16 lives in other arrangements only where regulation 27A CPPCR lists the setting.

    Listed are care homes, hospitals, residential family centres, schools, and holiday schemes for disabled children;
    supported accommodation is not (SI 2021/161 regulation 4, in force 9 September 2021). Section 22C(6)(d) Children Act
    1989 says what other arrangements are. A home of no known kind blocks until somebody says that it is listed.
    """
    if candidate.kind not in OTHER_ARRANGEMENTS or all(age >= SUPPORTED_FROM for age in wanted.ages):
        return None
    text = "not in supported accommodation" if candidate.kind == "sa" else "only in a setting that the law lists"
    return block("L15", REG_27A, f"under 16: {text}", "under 16")


def age_unknown(candidate: Candidate) -> Finding | None:
    """L15 where nobody said how old a child is: it cannot be told that regulation 27A CPPCR lets them live there."""
    if candidate.kind not in OTHER_ARRANGEMENTS:
        return None
    return block("L15", REG_27A, "the age is not known: from 16 only; give the age", "under 16")


def supported_to_17(candidate: Candidate, wanted: Wanted) -> Finding | None:
    """L16: regulation 27C CPPCR speaks of 16 and 17 year olds; from 18 a young person is no looked-after child.

    General knowledge: section 22 and section 105 Children Act 1989 (a child is under eighteen).
    """
    if candidate.kind != "sa" or all(age <= SUPPORTED_TO for age in wanted.ages):
        return None
    return warn("L16", REG_27C, "18 or over: a care leaver, no placement under s22C", "age")


def supported_category(text: str) -> str | None:
    """The category of supported accommodation that a census code, a register or a person says; None for none of the four.

    Supported Accommodation (England) Regulations 2023, regulation 2.
    """
    word = fold(text)
    if text in SUPPORTED_CATEGORIES:
        return text
    if "privateresidence" in word or "lodgings" in word:
        return "sa_4"
    if "selfcontained" in word or "singleoccupancy" in word:
        return "sa_1"
    if "ringfenced" in word:
        return "sa_3" if any(sign in word for sign in ("notring", "nonring", "unring")) else "sa_2"
    return None


def supported_scale(candidate: Candidate) -> Finding | None:
    """L17: supported accommodation has outcomes of its own, which no other home has.

    Ofsted inspects it under the Supported Accommodation (England) Regulations 2023 and judges consistently strong,
    inconsistent, or serious or widespread weaknesses, and not on the four points. A grade of the other scale is a slip.
    """
    if candidate.grade in UNGRADED or (candidate.kind == "sa") == (candidate.grade in SUPPORTED_GRADES):
        return None
    other = "children's homes" if candidate.kind == "sa" else "supported accommodation"
    return warn("L17", SUPPORTED_2023, f"its grade is on the scale of {other}: check it", "policy")


def supported_kind(candidate: Candidate, category: str) -> Finding | None:
    """L17: which of the four categories it is has to be known, and sharing with adults to be weighed.

    Supported Accommodation (England) Regulations 2023 (the categories); that a shared setting which is not ring-fenced
    may house adults, so that the match is to be weighed, is general knowledge.
    """
    if candidate.kind != "sa":
        return None
    known = supported_category(category)
    if known is None:
        return warn("L17", SUPPORTED_2023, "which of the four categories it is, is not said", "category")
    if known == "sa_3":
        return warn("L17", SUPPORTED_2023, "shared and not ring-fenced: adults may live there", "category")
    return None


def grade(candidate: Candidate, policy: Policy) -> Finding | None:
    """L21: the council's policy on grades, for each kind of provision. A foster household is not inspected by itself.

    Policy and not law ("only good or outstanding"): a manager may set it aside by name and with a reason.
    """
    if candidate.grade in UNGRADED:
        if policy.ungraded_allowed or candidate.kind in FOSTER_HOUSEHOLDS:
            return None
        return block("L21", POLICY, f"policy: inspected homes only{ASKS_A_MANAGER}", "policy")
    accepted = policy.accepted(candidate.kind)
    if candidate.grade in accepted:
        return None
    return block("L21", POLICY, f"policy: {_accepted(candidate, accepted)}{ASKS_A_MANAGER}", "policy")


def _accepted(candidate: Candidate, accepted: Iterable[str]) -> str:
    """The accepted grades of the scale that the home is on."""
    if candidate.kind == "sa":
        return "inconsistent or better" if "inconsistent" in accepted else "consistently strong only"
    if "requires_improvement" in accepted:
        return "requires improvement or better"
    return "good or better" if "good" in accepted else "outstanding only"
