"""The order of a search as a sum of stated parts, each with its label and its points.

Facts and counts with their n, no prediction. A typed name leads (services.search); among equal names, and where no
name is typed, this sum is the order. The weights are the council's settings.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from placement_tui.domain.codes.provision import serves
from placement_tui.domain.homes import Candidate, Part, Policy, Wanted

GRADE_SHARES: dict[str | None, float] = {
    "outstanding": 1.0,
    "good": 0.7,
    "requires_improvement": 0.0,
    "inadequate": -1.0,
    "consistently_strong": 1.0,
    "inconsistent": 0.3,
    "serious_weaknesses": -1.0,
}
GRADE_WORDS = {
    "consistently_strong": "consistently strong",
    "requires_improvement": "requires improvement",
    "serious_weaknesses": "serious weaknesses",
    "not_judged": "not judged",
}
LESSONS_COUNTED = 3
STALE_SHARE = 0.25


@dataclass(frozen=True, slots=True)
class Weights:
    """How many points each part of the order can bring; each is a setting."""

    distance: float = 40.0
    half_miles: float = 10.0  # at this many miles half of the points for distance are left
    wish: float = 20.0
    own_use: float = 20.0
    vacancy: float = 15.0
    grade: float = 8.0
    tier: float = 8.0
    lesson: float = -2.0  # for each lesson, three at most


def distance_points(miles: float, weights: Weights) -> float:
    """Full points next door, half of them at `half_miles`, never none: nearer is always ahead."""
    return weights.distance * weights.half_miles / (weights.half_miles + miles)


def own_use_points(asked: int, offered: int, weights: Weights) -> float:
    """Offers of asks, held against one offer in four: a home that was never asked stands at nought."""
    return weights.own_use * ((offered + 1) / (asked + 4) - 0.25)


def vacancy_share(free: int | None, fresh: bool, needed: int) -> float:
    """1 for enough beds said free lately, -1 for a home said full lately, a quarter for an old word, else 0."""
    if free is None:
        return 0.0
    if free >= needed:
        return 1.0 if fresh else STALE_SHARE
    return -1.0 if fresh and free == 0 else 0.0


def is_fresh(said_at: datetime | None, now: datetime, policy: Policy) -> bool:
    """True where a vacancy was said within the council's stale hours."""
    return said_at is not None and (now - said_at).total_seconds() <= policy.stale_hours * 3600


def beds_for(candidate: Candidate, wanted: Wanted) -> int | None:
    """Beds that a referral may have: those said to be free and those held for it; None where nobody knows."""
    kept, free = wanted.held_at(candidate.id), candidate.free
    if free and not beds_are_for(candidate, wanted):
        free = 0
    return free if not kept else (free or 0) + kept


def beds_are_for(candidate: Candidate, wanted: Wanted) -> bool:
    """True where the beds said to be free are for children of these ages and sexes."""
    low, high = candidate.free_age_min, candidate.free_age_max
    if any((low is not None and age < low) or (high is not None and age > high) for age in wanted.ages):
        return False
    return candidate.free_sexes is None or all(sex in (candidate.free_sexes, "U") for sex in wanted.sexes)


def lately_said(candidate: Candidate, wanted: Wanted, policy: Policy, now: datetime) -> bool:
    """True where that is no old word: said within the council's stale hours, or enough beds are held for it."""
    return wanted.held_at(candidate.id) >= wanted.children or is_fresh(candidate.free_said_at, now, policy)


def wish_rank(kind: str, wanted: Wanted) -> int | None:
    """The place, from 0, of the first wish that a kind of home can meet; None where it meets none."""
    served = serves(kind)
    return next((rank for rank, wish in enumerate(wanted.kinds) if wish in served), None)


def ago(then: datetime, now: datetime) -> str:
    """How long ago, in the largest whole unit: `now`, `20m`, `2h`, `3d`."""
    minutes = max(0, int((now - then).total_seconds() // 60))
    if minutes < 1:
        return "now"
    return f"{minutes}m" if minutes < 60 else f"{minutes // 60}h" if minutes < 48 * 60 else f"{minutes // 1440}d"


def order_parts(
    candidate: Candidate,
    miles: float | None,
    wanted: Wanted,
    policy: Policy,
    weights: Weights,
    now: datetime,
    approximate: bool = False,
) -> tuple[Part, ...]:
    """The parts of a candidate's order, in the order in which people read them; those that say nothing are left out."""
    parts: list[Part] = []
    if miles is not None:
        about = "about " if approximate else ""
        parts.append(Part(f"{about}{miles:.1f} miles", distance_points(miles, weights)))
    rank = wish_rank(candidate.kind, wanted)
    if rank is not None:
        parts.append(Part("first wish" if rank == 0 else f"wish {rank + 1}", weights.wish / (rank + 1)))
    if beds_for(candidate, wanted) is not None:
        parts.append(_vacancy_part(candidate, wanted, policy, weights, now))
    if candidate.asked or candidate.offered:
        plural = "" if candidate.offered == 1 else "s"
        label = f"{candidate.offered} offer{plural} of {candidate.asked} asked"
        parts.append(Part(label, own_use_points(candidate.asked, candidate.offered, weights)))
    if candidate.grade is not None:
        word = GRADE_WORDS.get(candidate.grade, candidate.grade)
        parts.append(Part(word, weights.grade * GRADE_SHARES.get(candidate.grade, 0.0)))
    if candidate.tier is not None and candidate.tier > 0:
        parts.append(Part(f"tier {candidate.tier}", weights.tier / candidate.tier))
    if candidate.lessons:
        label = "1 lesson" if candidate.lessons == 1 else f"{candidate.lessons} lessons"
        parts.append(Part(label, weights.lesson * min(candidate.lessons, LESSONS_COUNTED)))
    return tuple(parts)


def _vacancy_part(candidate: Candidate, wanted: Wanted, policy: Policy, weights: Weights, now: datetime) -> Part:
    said_at, free, kept = candidate.free_said_at, beds_for(candidate, wanted), wanted.held_at(candidate.id)
    fresh = lately_said(candidate, wanted, policy, now)
    label = f"{kept} held for this referral" if kept else "full" if free == 0 else f"{free} free"
    if not kept and candidate.free and free == 0:
        label = f"{candidate.free} free, for others"
    if said_at is not None and not kept:
        label += f", said {ago(said_at, now)}" + ("" if ago(said_at, now) == "now" else " ago")
    if not fresh:
        label += ": check"
    return Part(label, weights.vacancy * vacancy_share(free, fresh, wanted.children))


def order_score(parts: tuple[Part, ...]) -> float:
    """The sum of the parts."""
    return sum(part.points for part in parts)
