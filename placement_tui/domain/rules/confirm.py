"""What the rules say when an offer becomes a placement: nothing takes effect past a block that stands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from uuid import UUID

from placement_tui.domain.capacity import Limit
from placement_tui.domain.homes import Candidate, Finding, Policy, Wanted
from placement_tui.domain.rules import returns
from placement_tui.domain.rules.area import area_approved
from placement_tui.domain.rules.catalogue import RULES
from placement_tui.domain.rules.decision import considered, emergency_agreed, kin_explored, schooling
from placement_tui.domain.rules.fostering import fostering_limit_held
from placement_tui.domain.rules.provision import FOSTER_HOUSEHOLDS, age_unknown, supported_kind
from placement_tui.domain.rules.search import findings, laid_aside
from placement_tui.domain.rules.words import REG_23

OF_THE_SEARCH = ("asked", "type")  # true of every offer, since it was asked
OUTSIDE_TERMS = ("age", "sex", "places")


@dataclass(frozen=True, slots=True)
class ChildFacts:
    """One child as the rules see it: its age on the day, and what earlier placements count towards a limit."""

    id: UUID
    words: str
    age: int | None = None
    deprived: bool = False
    short_breaks: tuple[returns.Span, ...] = ()
    carers_holidays: tuple[date, ...] = ()


@dataclass(frozen=True, slots=True)
class Decision:
    """An offer that is about to become a placement. `approved` are the kinds of sign-off that were given for it;

    `set_aside` the rules that somebody set aside, with who and why; `limit` the fostering limit, counted by name.
    """

    candidate: Candidate
    wanted: Wanted
    starts_on: date
    children: tuple[ChildFacts, ...] = ()
    kin_explored: str | None = None
    considered: frozenset[str] = frozenset()
    legal_status: str | None = None
    place: str | None = None
    planned_end_on: date | None = None
    emergency: bool | None = False  # None: nobody said so, and it starts at once
    outside_terms: bool = False
    school_changes: bool | None = None
    approved_by: str = ""
    category: str = ""
    limit: Limit | None = None
    approved: frozenset[str] = frozenset()
    set_aside: Mapping[str, str] = field(default_factory=dict)

    @property
    def ages(self) -> tuple[int, ...]:
        """The ages that are known, on the day it starts."""
        return tuple(child.age for child in self.children if child.age is not None)


def at_confirm(decision: Decision, policy: Policy) -> tuple[Finding, ...]:
    """Everything the rules say of a decision: blocks that stand first, then warnings."""
    found = [each for each in _of_the_home(decision, policy) if each is not None]
    found += [each for each in _of_the_decision(decision, policy) if each is not None]
    found += [each for child in decision.children for each in _of_a_child(decision, child) if each is not None]
    seen = dict.fromkeys(_answered(finding, decision) for finding in found)
    kept = [finding for finding in seen if finding is not None]
    return tuple(sorted(kept, key=lambda finding: finding.level != "block"))


def _of_the_home(decision: Decision, policy: Policy) -> list[Finding | None]:
    wanted = replace(decision.wanted, asked=frozenset(), set_aside=frozenset(), together=0)
    if decision.children:
        wanted = replace(wanted, ages=decision.ages, together=len(decision.children))
    limited = decision.limit is not None and decision.candidate.kind in FOSTER_HOUSEHOLDS
    said: list[Finding | None] = [
        finding
        for finding in findings(decision.candidate, wanted, policy)
        if finding.rule not in (*OF_THE_SEARCH, "L3", "L4") and not (limited and finding.rule in ("L13", "L14"))
    ]
    if decision.limit is not None and limited:
        said.append(fostering_limit_held(decision.limit, policy))
    said.append(area_approved(decision.candidate, wanted, decision.approved))
    said.append(supported_kind(decision.candidate, decision.category))
    if any(child.age is None for child in decision.children):
        said.append(age_unknown(decision.candidate))
    return said


def _of_the_decision(decision: Decision, policy: Policy) -> list[Finding | None]:
    return [
        emergency_agreed(decision.emergency, decision.approved_by, decision.approved, policy),
        kin_explored(decision.kin_explored),
        considered(decision.considered),
        schooling(decision.ages, decision.school_changes, decision.emergency is not False, decision.approved),
        returns.age_floor(decision.place, decision.ages),
        returns.with_parents(decision.place, decision.legal_status),
        returns.short_break(decision.legal_status, decision.starts_on, decision.planned_end_on),
    ]


def _of_a_child(decision: Decision, child: ChildFacts) -> list[Finding | None]:
    starts, ends = decision.starts_on, decision.planned_end_on
    breaks = [*child.short_breaks, (starts, ends)] if ends and ends > starts else list(child.short_breaks)
    return [
        returns.deprived(child.deprived, decision.place),
        returns.short_breaks(decision.legal_status, breaks),
        returns.carers_holidays(decision.place, starts, child.carers_holidays),
        returns.too_long(decision.place, starts, ends) if ends else None,
    ]


def _answered(finding: Finding, decision: Decision) -> Finding | None:
    """What is left of a finding once approvals, regulation 23 and overrides have had their say."""
    if finding.level != "block":
        return finding
    rule = RULES[finding.rule]
    if rule.approval in decision.approved:
        return None
    if finding.rule in decision.set_aside:
        return laid_aside(finding, decision.set_aside[finding.rule])
    household = decision.candidate.kind in FOSTER_HOUSEHOLDS
    if decision.outside_terms and decision.emergency is not False and household and finding.rule in OUTSIDE_TERMS:
        # Regulation 23 CPPCR: in an emergency, with an approved carer, whatever the terms, six working days at most.
        return replace(finding, level="warn", law=REG_23, text=f"{finding.text}: 6 working days at most")
    return finding
