"""What the rules say of a placement that goes on: what was lawful on its first day need not be so today."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from placement_tui.domain.capacity import Limit
from placement_tui.domain.homes import Candidate, Finding, Policy, Wanted
from placement_tui.domain.rules import returns
from placement_tui.domain.rules.catalogue import RULES
from placement_tui.domain.rules.fostering import fostering_limit_held, temporary_approval
from placement_tui.domain.rules.provision import (
    FOSTER_HOUSEHOLDS,
    grade,
    registration,
    supported_from_16,
    supported_kind,
    supported_scale,
)
from placement_tui.domain.rules.search import laid_aside
from placement_tui.domain.rules.terms import suspended
from placement_tui.domain.rules.words import ASKS_A_MANAGER


@dataclass(frozen=True, slots=True)
class Standing:
    """An open placement as it stands at a moment: the home as it is now, the child as old as it is now.

    `age_at_start` is for what the return looks at, on the day it started. `set_aside` are the rules set aside for it,
    `approved` the kinds of sign-off that were given for its offer.
    """

    id: UUID
    candidate: Candidate
    age: int | None
    age_at_start: int | None
    started_at: datetime
    started_on: date
    legal_status: str | None = None
    place: str | None = None
    category: str = ""
    deprived: bool = False
    limit: Limit | None = None
    short_breaks: tuple[returns.Span, ...] = ()
    carers_holidays: tuple[date, ...] = ()
    set_aside: frozenset[str] = frozenset()
    approved: frozenset[str] = frozenset()
    temporary: date | None = None  # the last day of a connected person's approval, who was not approved fully since


def as_it_stands(standing: Standing, policy: Policy, now: datetime, today: date) -> tuple[Finding, ...]:
    """Everything the rules say today of a placement that goes on: what is against the law first, then warnings."""
    home, start, place = standing.candidate, standing.started_on, standing.place
    wanted = Wanted(ages=() if standing.age is None else (standing.age,))
    limited = standing.limit is not None and home.kind in FOSTER_HOUSEHOLDS
    first = () if standing.age_at_start is None else (standing.age_at_start,)
    said = (
        registration(home),
        supported_from_16(home, wanted),
        fostering_limit_held(standing.limit, policy) if limited and standing.limit else None,
        grade(home, policy),
        suspended(home),
        supported_scale(home),
        supported_kind(home, standing.category),
        temporary_approval(standing.temporary, today),
        returns.deprived(standing.deprived, place),
        returns.age_floor(place, first),
        returns.with_parents(place, standing.legal_status),
        returns.police_protection(standing.legal_status, standing.started_at, now),
        returns.too_long(place, start, today),
        returns.carers_holidays(place, start, standing.carers_holidays),
        returns.short_break(standing.legal_status, start, today),
        returns.short_breaks(standing.legal_status, [*standing.short_breaks, (start, max(start, today))]),
    )
    found = [each for each in said if each is not None and RULES[each.rule].approval not in standing.approved]
    if standing.set_aside:
        found = [laid_aside(each) if each.rule in standing.set_aside else each for each in found]
    # Nothing is refused here: the child lives there. What law forbids still comes first.
    found.sort(key=lambda each: each.level != "block")
    return tuple(replace(each, text=each.text.removesuffix(ASKS_A_MANAGER)) for each in found)
