"""The clocks that a placement starts: pure functions of its facts to what is due, to whom, until when, by which rule.

CPPCR is the Care Planning, Placement and Case Review (England) Regulations 2010 (SI 2010/959). Each clock has a `source`
that names what it comes from, so that the same facts never open it twice.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from placement_tui.domain.clocks_days import IsWorking, day_end, london_day, working_days_after

REG_9, REG_13, REG_14 = "Reg 9 CPPCR 2010", "Reg 13 CPPCR 2010", "Reg 14 CPPCR 2010"
REG_18, REG_19, REG_23 = "Reg 18 CPPCR 2010", "Reg 19 CPPCR 2010", "Reg 23 CPPCR 2010"
SECURE_LAW = "Reg 10 Secure Accommodation Regs 1991"

NOTICE_DAYS = 5  # working days, reg 13 in an emergency
PLAN_DAYS = 5  # working days, reg 9(2)
LATE_NOTICE_DAYS = 10  # working days, reg 14 where a child or others were at immediate risk
OUTSIDE_TERMS_DAYS = 6  # working days, reg 23
PARENTS_DAYS = 10  # working days, reg 19: for the assessment, and from then for the decision
SECURE_HOURS = 72
SCHOOL_AGE = 4

ASSESSED, DECIDED = "/parents/assessed", "/parents/decided"  # how the sources of the two end
NOTICE = "L6"  # the rule that a notice comes from
ALERT = "ofsted"  # the rule of what an import of Ofsted's changed of a home where a child lives
ENDS_WITH_PLACEMENT = (
    "L7",
    "L8",
    "L10",
    "L11",
    "L12",
    "L18",
    "L24",
    "L25",
    ALERT,
)  # what nobody owes once the child has left


@dataclass(frozen=True, slots=True)
class About:
    """The records that something due is about."""

    referral_id: UUID | None = None
    placement_id: UUID | None = None
    child_id: UUID | None = None
    home_id: UUID | None = None
    approach_id: UUID | None = None
    offer_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Due:
    """Something due: the rule and law that it comes from, what to do, for whom, until when; `source` is its name."""

    source: str
    rule: str
    law: str
    title: str
    to_whom: str
    due_at: datetime
    about: About = About()


@dataclass(frozen=True, slots=True)
class PlacementFacts:
    """What the law asks of a placement when it counts its days. `emergency_until` is the end of a bed for the night."""

    id: UUID
    started_at: datetime
    emergency: bool = False
    emergency_until: datetime | None = None
    in_area: bool | None = None
    outside_terms: bool = False
    place: str | None = None
    type_obtained: str = ""
    age: int | None = None
    planned_end_on: date | None = None
    about: About = About()


def placement_clocks(facts: PlacementFacts, is_working: IsWorking) -> tuple[Due, ...]:
    """Everything that the start of a placement makes due, the most urgent first."""
    found = [
        *notices(facts, is_working),
        placement_plan(facts, is_working),
        *outside_terms(facts, is_working),
        *with_parents(facts, is_working),
        *secure(facts),
        *night_bed(facts),
        *review_before_end(facts),
    ]
    return tuple(sorted(found, key=lambda due: due.due_at))


def notices(facts: PlacementFacts, is_working: IsWorking) -> tuple[Due, ...]:
    """Regulation 13: written notice before the placement or, in an emergency, within five working days of its start."""
    at = _before_or_within(facts, NOTICE_DAYS, is_working)
    return tuple(
        _due(facts, f"notice/{key}", NOTICE, REG_13, f"tell {who}" + with_what, who, at)
        for key, who, with_what in recipients(facts)
    )


def recipients(facts: PlacementFacts) -> list[tuple[str, str, str]]:
    """Whom regulation 13 names, as (key, who, what goes with it).

    Out of area also the area authority, with the assessment of needs, the reasons and the care plan (reg 13(4)), and the
    health body there. A child under school age has no school to tell.
    """
    found = [
        ("child", "the child", ""), ("parents", "the parents", ""), ("contacts", "those with contact", ""),
        ("carer", "the last carer", ""), ("health", "the health body", ""), ("gp", "the GP", ""),
    ]  # fmt: skip
    if facts.age is None or facts.age >= SCHOOL_AGE:
        found.append(("school", "the school", ""))
    found.append(("iro", "the IRO", ""))
    if facts.in_area is False:
        found.append(("health_there", "the health body there", ""))
        found.append(("area", "the area authority", ", with needs, reasons and care plan"))
    return found


def placement_plan(facts: PlacementFacts, is_working: IsWorking) -> Due:
    """Regulation 9: the placement plan before the placement or, in an emergency, within five working days."""
    at = _before_or_within(facts, PLAN_DAYS, is_working)
    return _due(facts, "plan", "L8", REG_9, "make the placement plan", "", at)


def outside_terms(facts: PlacementFacts, is_working: IsWorking) -> tuple[Due, ...]:
    """Regulation 23: a foster carer outside the terms of approval for six working days at most, in an emergency."""
    if not facts.outside_terms:
        return ()
    at = day_end(working_days_after(london_day(facts.started_at), OUTSIDE_TERMS_DAYS, is_working))
    return (_due(facts, "terms", "L11", REG_23, "end it or change the terms of approval", "the fostering panel", at),)


def with_parents(facts: PlacementFacts, is_working: IsWorking) -> tuple[Due, ...]:
    """Regulations 17 to 19: parents are assessed and the nominated officer decides before the child goes home.

    Where it had to be at once, the assessment is finished within ten working days of the start, and the decision is made
    within ten working days after the assessment (reg 19(b) and (c)): at the latest, so long as it is not finished earlier.
    """
    if facts.place != "P1":
        return ()
    at = _before_or_within(facts, PARENTS_DAYS, is_working)
    law, decided = REG_18, at
    if facts.emergency:
        law, decided = REG_19, decided_by(london_day(at), is_working)
    return (
        _due(facts, ASSESSED[1:], "L10", law, "assess the parents' suitability", "", at),
        _due(facts, DECIDED[1:], "L10", law, "get the decision on living with parents", "the nominated officer", decided),
    )  # fmt: skip


def decided_by(assessed_on: date, is_working: IsWorking) -> datetime:
    """Until when the decision on living with parents is made, once they were assessed: regulation 19(c)."""
    return day_end(working_days_after(assessed_on, PARENTS_DAYS, is_working))


def secure(facts: PlacementFacts) -> tuple[Due, ...]:
    """Section 25 Children Act 1989 and its regulations: without a court's order a secure home ends after 72 hours."""
    if facts.type_obtained != "secure":
        return ()
    at = facts.started_at + timedelta(hours=SECURE_HOURS)
    return (_due(facts, "secure", "L24", SECURE_LAW, "have the court's order, or end it", "the court", at),)


def night_bed(facts: PlacementFacts) -> tuple[Due, ...]:
    """A bed for the night ends at a time: by then the child has another home, or this one is agreed to go on."""
    if facts.emergency_until is None:
        return ()
    return (
        _due(facts, "night", "L25", "", "find the next home: the bed for the night ends", "", facts.emergency_until),
    )


def review_before_end(facts: PlacementFacts) -> tuple[Due, ...]:
    """Regulation 14: a placement ends only after a review of the case; where its end is planned, the day before."""
    if facts.planned_end_on is None:
        return ()
    at = day_end(facts.planned_end_on - timedelta(days=1))
    return (_due(facts, "review", "L7", REG_14, "review the case before it ends", "the IRO", at),)


@dataclass(frozen=True, slots=True)
class EndingFacts:
    """A placement's ending as the clocks see it. `at_risk`: it ended at once, to keep the child or others safe."""

    placement_id: UUID
    ended_on: date
    at_risk: bool
    moved: bool = True
    about: About = About()
    in_area: bool | None = None


def ending_clocks(facts: EndingFacts, is_working: IsWorking) -> tuple[Due, ...]:
    """Regulation 14: a review, and notice before the ending to those of regulation 13, the carer and the area authority.

    Where there was an immediate risk of harm the placement ends first, and the notice follows within ten working days.
    A change that is no move of the child (`moved` False) tells nobody anything.
    """
    if not facts.moved:
        return ()
    days = LATE_NOTICE_DAYS if facts.at_risk else 0
    at = day_end(working_days_after(facts.ended_on, days, is_working))
    base = f"placement/{facts.placement_id}/ended"
    review = (
        "review the case after the sudden ending" if facts.at_risk else "record the review that came before it ended"
    )
    everyone = "child, parents, contacts, carer, health, GP, school, IRO"
    if facts.in_area is False:
        everyone += ", area authority"
    return (
        Due(
            f"{base}/notice", "L7", REG_14, "give notice that it ended, to those told of it", everyone, at, facts.about
        ),
        Due(f"{base}/review", "L7", REG_14, review, "the IRO", at, facts.about),
    )


def _before_or_within(facts: PlacementFacts, days: int, is_working: IsWorking) -> datetime:
    if not facts.emergency:
        return facts.started_at
    return day_end(working_days_after(london_day(facts.started_at), days, is_working))


def _due(facts: PlacementFacts, key: str, rule: str, law: str, title: str, to_whom: str, at: datetime) -> Due:
    return Due(f"placement/{facts.id}/{key}", rule, law, title, to_whom, at, facts.about)
