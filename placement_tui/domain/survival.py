"""How long placements last: the share that still goes on after so many days (Kaplan and Meier, 1958).

A placement that goes on, or that ended in another way than the one asked about, is counted until the day it was last seen
and no longer ("censored"). The interval is Greenwood's on the log-log scale, which stays between 0 and 1.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import exp, log, sqrt

_Z = 1.959963984540054


@dataclass(frozen=True, slots=True)
class Step:
    """From this day on that share goes on: `at_risk` were followed so far, `events` ended on it, `lost` were seen last.

    `low` and `high` are None where nothing, or everything, has ended: the formula has no interval there.
    """

    day: int
    share: float
    at_risk: int
    events: int
    lost: int
    low: float | None
    high: float | None


def kaplan_meier(followed: Iterable[tuple[int, bool]]) -> tuple[Step, ...]:
    """The curve of (days followed, whether it ended so), a step for each day on which one ended or was seen last."""
    days: dict[int, list[int]] = {}
    for day, ended in followed:
        days.setdefault(day, [0, 0])[0 if ended else 1] += 1
    left = sum(events + lost for events, lost in days.values())
    share, spread = 1.0, 0.0
    steps = []
    for day in sorted(days):
        events, lost = days[day]
        share *= (left - events) / left
        if left > events:
            spread += events / (left * (left - events))
        steps.append(Step(day, share, left, events, lost, *_between(share, spread)))
        left -= events + lost
    return tuple(steps)


def _between(share: float, spread: float) -> tuple[float | None, float | None]:
    if not 0 < share < 1:
        return None, None
    centre = log(-log(share))
    width = _Z * sqrt(spread) / abs(log(share))
    return exp(-exp(centre + width)), exp(-exp(centre - width))


def at(steps: Sequence[Step], day: int) -> Step | None:
    """The curve on a day: the last step up to it; None before the first, and after the last one that was followed."""
    if not steps or day > steps[-1].day:
        return None
    number = bisect_right(steps, day, key=lambda step: step.day)
    return steps[number - 1] if number else None


def followed_on(steps: Sequence[Step], day: int) -> int:
    """How many were followed for that many days or longer."""
    later = next((step for step in steps if step.day >= day), None)
    return later.at_risk if later else 0


def median(steps: Sequence[Step]) -> int | None:
    """The day on which half have ended; None where fewer have."""
    return next((step.day for step in steps if step.share <= 0.5), None)


def thinned(steps: Sequence[Step], most: int) -> tuple[Step, ...]:
    """At most so many steps for a drawing: those on which something ended, the last of each stretch of days."""
    falls = [step for step in steps if step.events]
    if len(falls) > most:
        width = (falls[-1].day + 1) / most
        falls = list({int(step.day / width): step for step in falls}.values())
    if steps and (not falls or falls[-1] is not steps[-1]):
        falls.append(steps[-1])
    return tuple(falls)
