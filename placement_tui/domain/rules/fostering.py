"""How many children one carer fosters: three, brothers and sisters, or an exemption (L13, L14)."""

from __future__ import annotations

from datetime import date

from placement_tui.domain.capacity import USUAL_FOSTERING_LIMIT, Limit
from placement_tui.domain.codes.provision import serves
from placement_tui.domain.homes import Candidate, Finding, Policy, Wanted
from placement_tui.domain.rules.provision import FOSTER_HOUSEHOLDS
from placement_tui.domain.rules.words import REG_25, SCHEDULE_7, block, warn

CARERS = 2  # at most in one household: read for each carer, the limit is not passed for certain before the seventh


def most_fostered(policy: Policy) -> int:
    """How many foster children of different families block a household, by the council's reading (L14)."""
    return USUAL_FOSTERING_LIMIT * (CARERS if policy.fostering_limit == "carer" else 1)


def fostering_limit(candidate: Candidate, wanted: Wanted, policy: Policy) -> Finding | None:
    """L13 in a search: more than three with one carer. Schedule 7 Children Act 1989, paragraphs 2 to 4.

    Who lives there is what this store knows: our children, and others' as they were said. Brothers and sisters together
    are no breach, an exemption that names the children is none. An agency is many households: its number says nothing.
    """
    if "foster" not in serves(candidate.kind):
        return None
    if candidate.kind not in FOSTER_HOUSEHOLDS:
        if wanted.children <= USUAL_FOSTERING_LIMIT:
            return None
        return warn("L13", SCHEDULE_7, "over 3 children: siblings, or an exemption", "limit")
    there = candidate.ours + (candidate.others or 0)
    total = there + wanted.children
    if total <= USUAL_FOSTERING_LIMIT:
        return None
    if not candidate.others and candidate.ours <= wanted.siblings_at(candidate.id):
        return warn("L13", SCHEDULE_7, f"{total} siblings: lawful while no other child is there", "limit")
    if candidate.id in wanted.exempt:
        return warn("L13", SCHEDULE_7, f"{total} children: the exemption has to name each", "limit")
    if total <= most_fostered(policy):
        return warn("L14", SCHEDULE_7, f"{total} children: over 3 with one carer? count them", "limit")
    return block("L13", SCHEDULE_7, f"{total} fostered there: over 3, and no exemption", "limit")


def fostering_limit_held(limit: Limit, policy: Policy) -> Finding | None:
    """L13 at confirm, over children by name: paragraph 4 wants the exemption to name them, paragraph 5 treats a carer

    over the limit as carrying on a children's home. L14: for each household, or for each carer, as the council reads it.
    """
    if limit.reason == "within" and limit.children <= USUAL_FOSTERING_LIMIT:
        return None
    if limit.reason == "siblings":
        return warn("L13", SCHEDULE_7, f"{limit.children} siblings: lawful while no other child is there", "limit")
    if limit.reason == "exempt":
        return warn("L13", SCHEDULE_7, f"{limit.children} children, each named in an exemption", "limit")
    if limit.reason == "within" and policy.fostering_limit == "carer":
        return warn("L14", SCHEDULE_7, f"{limit.children} children: over 3 with one carer? count them", "limit")
    return block("L13", SCHEDULE_7, f"{limit.children} fostered there: over 3, and no exemption", "limit")


def temporary_approval(last: date | None, today: date) -> Finding | None:
    """L12: a connected person's temporary approval is over, and they are not approved: the placement must end.

    Regulation 25(6) CPPCR, once other arrangements are made. `last` is its last day, the extension's where there is one.
    """
    if last is None or today <= last:
        return None
    return block("L12", REG_25, f"temporary approval ended on {last:%d/%m/%Y}: move or approve", "temporary")
