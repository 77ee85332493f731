"""The order of `domain.matching` for the whole register at once: the same parts, the same sum."""

from __future__ import annotations

from datetime import datetime

import numpy as np

from placement_tui.domain.homes import Policy, Wanted
from placement_tui.domain.matching import GRADE_SHARES, LESSONS_COUNTED, STALE_SHARE, Weights, wish_rank
from placement_tui.services.searching.columns import Floats
from placement_tui.services.searching.masks import beds
from placement_tui.services.searching.miles import Miles
from placement_tui.services.searching.register import Register


def scores(register: Register, miles: Miles, wanted: Wanted, policy: Policy, weights: Weights, now: datetime) -> Floats:
    """For each row the points of `domain.matching.order_parts`, summed."""
    points: Floats = np.nan_to_num(weights.distance * weights.half_miles / (weights.half_miles + miles.rounded))
    if wanted.kinds:
        ranks = [wish_rank(kind, wanted) for kind in register.kind.values]
        points += register.kind.mapped(0.0 if rank is None else weights.wish / (rank + 1) for rank in ranks)
    points += _vacancy(register, wanted, policy, weights, now)
    asked, offered = register.asked.array, register.offered.array
    used = np.flatnonzero((asked != 0) | (offered != 0))
    points[used] += weights.own_use * ((offered[used] + 1) / (asked[used] + 4) - 0.25)
    points += register.grade.mapped(
        weights.grade * GRADE_SHARES.get(grade, 0.0) if grade is not None else 0.0 for grade in register.grade.values
    )
    tier = register.tier.array
    tiered = np.flatnonzero(tier > 0)
    points[tiered] += weights.tier / tier[tiered]
    lessons = register.lessons.array
    learnt = np.flatnonzero(lessons)
    points[learnt] += weights.lesson * np.minimum(lessons[learnt], LESSONS_COUNTED)
    return points


def _vacancy(register: Register, wanted: Wanted, policy: Policy, weights: Weights, now: datetime) -> Floats:
    points: Floats = np.zeros(register.count)
    known, free, recent = beds(register, wanted, policy, now)
    said = np.flatnonzero(known)
    free, recent = free[said], recent[said]
    full = np.where(recent & (free == 0), -1.0, 0.0)
    points[said] = np.where(free >= wanted.children, np.where(recent, 1.0, STALE_SHARE), full) * weights.vacancy
    return points
