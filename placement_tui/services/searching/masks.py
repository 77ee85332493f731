"""The filters of a search and the blocks of `domain.rules`, as masks over the whole register.

What blocks here is exactly what blocks there, for the same reasons; a property test holds the two together.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import numpy as np
import numpy.typing as npt

from placement_tui.domain.codes.provision import serves
from placement_tui.domain.homes import Policy, Wanted
from placement_tui.domain.query import Query
from placement_tui.domain.rules import (
    BLOCKS,
    FOSTER_HOUSEHOLDS,
    OTHER_ARRANGEMENTS,
    OTHER_SEX,
    SUPPORTED_FROM,
    UNGRADED,
    findings,
    most_fostered,
)
from placement_tui.domain.rules.area import outside_england_and_wales
from placement_tui.services.searching.columns import NEVER, Mask, Rows, microseconds
from placement_tui.services.searching.miles import Miles
from placement_tui.services.searching.register import Register

Reasons = npt.NDArray[np.uint16]  # one bit for each of BLOCKS
BIT = {about: np.uint16(1 << at) for at, about in enumerate(BLOCKS)}


def blocked(register: Register, wanted: Wanted, policy: Policy) -> Reasons:
    """For each row the reasons for which it may not be asked; 0 where it may."""
    reasons: Reasons = np.zeros(register.count, np.uint16)
    for about, mask in (
        ("registration", ~register.registered.array),
        ("under 16", _under_16(register, wanted)),
        ("abroad", _abroad(register)),
        ("age", _outside_ages(register, wanted)),
        ("sex", _other_sex(register, wanted)),
        ("places", _too_few_places(register, wanted)),
        ("limit", _over_the_limit(register, wanted, policy)),
        ("policy", _against_policy(register, policy)),
        ("suspended", ~register.suspended.among({None})),
        ("type", _other_type(register, wanted)),
    ):
        if mask is not None:
            reasons |= mask * BIT[about]
    reasons[register.rows_of(wanted.avoid_homes)] |= BIT["avoid"]
    reasons[register.rows_of(wanted.asked)] |= BIT["asked"]
    for row in register.rows_of({home for home, _ in wanted.set_aside}).tolist():
        reasons[row] = _of_one(register, row, wanted, policy)
    return reasons


def _of_one(register: Register, row: int, wanted: Wanted, policy: Policy) -> np.uint16:
    """What blocks one home for which a rule was set aside: the rules themselves say it."""
    said = findings(register.candidate(row), wanted, policy)
    return np.uint16(sum({int(BIT[each.about]) for each in said if each.level == "block"}))


def _under_16(register: Register, wanted: Wanted) -> Mask | None:
    return register.kind.among(OTHER_ARRANGEMENTS) if any(age < SUPPORTED_FROM for age in wanted.ages) else None


def _abroad(register: Register) -> Mask:
    return register.authority.among({code for code in register.authority.values if outside_england_and_wales(code)})


def _outside_ages(register: Register, wanted: Wanted) -> Mask | None:
    if not wanted.ages:
        return None
    low, high = register.age_min, register.age_max
    outside: Mask = (low.array > min(wanted.ages)) | (high.known & (high.array < max(wanted.ages)))
    return outside


def _other_sex(register: Register, wanted: Wanted) -> Mask | None:
    refused = {own for own, other in OTHER_SEX.items() if other in wanted.sexes}
    return register.sexes.among(refused) if refused else None


def _too_few_places(register: Register, wanted: Wanted) -> Mask:
    places, held = register.places, register.held.array
    taken = register.ours.array + _others(register) + held
    for home, beds in wanted.held:
        rows = register.rows_of((home,))
        taken[rows] -= np.minimum(held[rows], beds)
    said_free = register.free.known & (register.free.array >= wanted.children)
    few: Mask = (places.array - taken < wanted.children) & ~said_free | (places.array < wanted.children)
    return few & places.known & ~register.kind.among({"agency"})


def _over_the_limit(register: Register, wanted: Wanted, policy: Policy) -> Mask:
    ours, others = register.ours.array, _others(register)
    over: Mask = (ours + others + wanted.children > most_fostered(policy)) & register.kind.among(FOSTER_HOUSEHOLDS)
    over &= (ours > 0) | (others > 0)  # brothers and sisters by themselves are no breach
    for home, count in wanted.siblings:
        rows = register.rows_of((home,))
        over[rows] &= (others[rows] > 0) | (ours[rows] > count)
    over[register.rows_of(wanted.exempt)] = False
    return over


def _others(register: Register) -> npt.NDArray[np.int32]:
    return np.where(register.others.known, register.others.array, 0)


def _against_policy(register: Register, policy: Policy) -> Mask:
    ungraded = register.grade.among(UNGRADED)
    against = ~ungraded
    for accepted in {policy.accepted(kind) for kind in register.kind.values}:
        like = register.kind.among({kind for kind in register.kind.values if policy.accepted(kind) == accepted})
        against &= ~(like & register.grade.among(accepted))
    if not policy.ungraded_allowed:
        against |= ungraded & ~register.kind.among(FOSTER_HOUSEHOLDS)
    return against


def _other_type(register: Register, wanted: Wanted) -> Mask | None:
    if not wanted.kinds:
        return None
    kinds = {kind for kind in register.kind.values if set(serves(kind)).intersection(wanted.kinds)}
    return ~register.kind.among(kinds)


def fresh(register: Register, policy: Policy, now: datetime) -> Mask:
    """Where a vacancy was said within the council's stale hours: `domain.matching.is_fresh`."""
    said = register.free_said_at.array
    since = microseconds(now) - policy.stale_hours * 3_600_000_000
    recent: Mask = (said != NEVER) & (said >= since)
    return recent


def beds(register: Register, wanted: Wanted, policy: Policy, now: datetime) -> tuple[Mask, Rows, Mask]:
    """Where it is known how many beds a referral may have, how many, and where that is no old word.

    `domain.matching.beds_for` and `lately_said`, of every row.
    """
    known, free, lately = register.free.known, register.free.array, fresh(register, policy, now)
    others = _for_others(register, wanted)
    if others.any():
        free = np.where(others & known, 0, free)
    if wanted.held:
        free, known = np.where(known, free, 0), known.copy()
        for home, kept in wanted.held:
            rows = register.rows_of((home,))
            free[rows] += kept
            known[rows] = True
            lately[rows] |= kept >= wanted.children
    return known, free, lately


def _for_others(register: Register, wanted: Wanted) -> Mask:
    """Where the beds said to be free are for children of other ages, or of the other sex: `matching.beds_are_for`."""
    low, high = register.free_age_min, register.free_age_max
    others: Mask = np.zeros(register.count, np.bool_)
    if wanted.ages:
        others |= low.known & (low.array > min(wanted.ages))
        others |= high.known & (high.array < max(wanted.ages))
    for sex, other in (("M", "F"), ("F", "M")):
        if other in wanted.sexes:
            others |= register.free_sexes.among({sex})
    return others


def passing(
    register: Register, query: Query, wanted: Wanted, policy: Policy, now: datetime, miles: Callable[[], Miles]
) -> Mask:
    """The rows that pass every filter of the line and the distance wanted. `wanted` is what the line leaves of it."""
    passes = register.alive.copy()
    if query.kinds:
        passes &= register.kind.among(query.home_kinds)
    if wanted.max_miles is not None:
        passes &= miles().within(wanted.max_miles)
    if query.areas:
        areas: set[str | None] = set(wanted.adjoining) if "adj" in query.areas else set()
        if "in" in query.areas and wanted.authority:
            areas.add(wanted.authority)
        passes &= register.authority.among(areas - {None, ""})
    if query.grade:
        passes &= register.grade.among(query.grades)
    if query.free:
        known, free, lately = beds(register, wanted, policy, now)
        passes &= known & (free >= wanted.children) & lately
    if query.tiers:
        passes &= np.isin(register.tier.array, query.tiers)
    if query.asked is not None:
        asked = np.zeros(register.count, np.bool_)
        asked[register.rows_of(wanted.asked)] = True
        passes &= asked if query.asked else ~asked
    if query.weekly_pence is not None:
        fee = register.weekly_pence
        passes &= fee.known & (fee.array <= query.weekly_pence)
    return passes
