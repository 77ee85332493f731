"""Repeatable chance: the same seed gives the same team, down to its identifiers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from itertools import accumulate
from random import Random
from typing import Generic, TypeVar
from uuid import UUID

from placement_tui.domain.identifiers import of_moment

T = TypeVar("T")


class Odds(Generic[T]):
    """Things with weights, to be drawn many times."""

    def __init__(self, weights: Mapping[T, float]) -> None:
        self.things = tuple(weights)
        self.sums = tuple(accumulate(weights.values()))


class Chance(Random):
    """A seeded source of everything that a demonstration leaves to chance."""

    def id(self, at: datetime) -> UUID:
        """An identifier of that moment."""
        return of_moment(int(at.timestamp() * 1000), self.getrandbits(74))

    def happens(self, share: float) -> bool:
        """True in that share of cases."""
        return self.random() < share

    def pick(self, things: Sequence[T]) -> T:
        """One of several, each as likely."""
        return things[int(self.random() * len(things))]

    def draw(self, odds: Odds[T]) -> T:
        """One of several by weight."""
        return self.choices(odds.things, cum_weights=odds.sums)[0]

    def minutes(self, least: float, most: float) -> timedelta:
        """A span between two numbers of minutes, in whole seconds; the shorter the likelier."""
        return timedelta(seconds=int(60 * (least + (most - least) * self.random() ** 1.7)))

    def days(self, least: float, most: float) -> timedelta:
        """A span between two numbers of days, in whole seconds; the shorter the likelier."""
        return self.minutes(least * 1440, most * 1440)


def in_hours(at: datetime, chance: Chance) -> datetime:
    """The moment moved into the hours when offices answer: Monday to Friday, 08:30 to 17:30."""
    day = at.replace(hour=0, minute=0, second=0, microsecond=0, tzinfo=UTC)
    if at < day + timedelta(hours=8, minutes=30):
        at = day + timedelta(hours=8, minutes=30) + chance.minutes(0, 180)
    elif at > day + timedelta(hours=17, minutes=30):
        at = day + timedelta(days=1, hours=8, minutes=30) + chance.minutes(0, 180)
    return at + timedelta(days=(0, 0, 0, 0, 0, 2, 1)[at.weekday()])
