"""Waves and tiers: who is asked together, how long a tier has before the next is asked, and what is off framework."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from placement_tui.domain.codes.census import ROUTES
from placement_tui.domain.referrals import URGENCIES
from placement_tui.domain.tasks import due_words
from placement_tui.domain.typed_times import age_words

MINUTES = (30, 120, 1440)  # that a tier has, by urgency: now, today, by a date
MOST_MINUTES = 14 * 1440
OFF_FRAMEWORK = "direct"  # the census's Direct Award / Off Framework
OFF_FIELD = "off_framework_why"  # the field in which the reason is asked for
OWN_KINDS = ("inhouse",)  # the council's own carers are bought by no contract
ALL_AT_ONCE = "emergency: every tier asked at once"
MOST_AT_ONCE = 20
WHY_LIMIT = 300


@dataclass(frozen=True, slots=True)
class WaveRow:
    """A wave as it went: which tier (None for several), until when it has time, how its approaches were answered."""

    id: UUID
    referral_id: UUID
    number: int
    sent_at: datetime
    emergency: bool
    tier: int | None
    until_at: datetime | None
    off_framework_why: str
    asked: int
    waiting: int
    offers: int
    last_at: datetime | None = None  # the latest answer

    @property
    def over_at(self) -> datetime | None:
        """When the next tier may be asked: when its time runs out, or when the last of them has answered no."""
        if self.until_at is None or self.offers:
            return None
        return self.until_at if self.waiting or self.last_at is None else min(self.until_at, self.last_at)

    def over(self, now: datetime) -> bool:
        """True where nobody of it need be waited for any longer."""
        return self.over_at is not None and self.over_at <= now

    def words(self, now: datetime, names: Sequence[str] = ()) -> str:
        """`wave 2, tier 1 until 16:40`, `wave 1, every tier: emergency`."""
        if self.emergency:
            return f"wave {self.number}, every tier: emergency"
        tier = f", {tier_words(self.tier, names)}" if self.tier else ""
        if self.offers or self.until_at is None:
            return f"wave {self.number}{tier}"
        return f"wave {self.number}{tier}, {'time is over' if self.over(now) else 'until ' + due_words(self.until_at, now)}"


@dataclass(frozen=True, slots=True)
class NextTier:
    """The tier to ask next, and its homes that may be asked, best first."""

    tier: int
    homes: tuple[UUID, ...]
    total: int  # how many of it may be asked, of which `homes` are the first


def tier_words(tier: int | None, names: Sequence[str] = ()) -> str:
    """`tier 2`, with the council's own name where it has one: `tier 2 (purchasing system)`."""
    if tier is None:
        return "no tier"
    return f"tier {tier} ({names[tier - 1]})" if tier <= len(names) else f"tier {tier}"


def one_tier(tiers: Iterable[int | None]) -> int | None:
    """The tier that a wave goes to: that of all its homes; None where they are of several, or one home is asked alone."""
    found = list(tiers)
    return found[0] if len(found) > 1 and len(set(found)) == 1 else None


def time_for(urgency: str, minutes: Sequence[int] | None) -> timedelta:
    """How long a tier has before the next is asked."""
    given = minutes if minutes and len(minutes) == len(MINUTES) else MINUTES
    return timedelta(minutes=given[URGENCIES.index(urgency) if urgency in URGENCIES else 1])


def is_off_framework(kind: str, route: str | None, strict: bool) -> bool:
    """Whether asking that home needs a reason: a direct award; with `strict` a home without any contract route too."""
    if kind in OWN_KINDS:
        return False
    return route == OFF_FRAMEWORK or (strict and route is None)


def off_words(names: Collection[str]) -> str:
    """`Larch House and 2 more are off framework`."""
    first, *more = sorted(names)
    return f"{first} and {len(more)} more are off framework" if more else f"{first} is off framework"


def route_words(route: str | None) -> str:
    """The contract route for people; `no contract route` where there is none."""
    return ROUTES.spoken(route) if route else "no contract route"


def read_minutes(kind: Any, said: str, _: object) -> list[int]:
    """`30/120/1440`: the minutes of a tier where a home is needed now, today, and by a date."""
    parts = [part.strip() for part in said.split("/")]
    if len(parts) != len(MINUTES) or not all(part.isdecimal() and 1 <= int(part) <= MOST_MINUTES for part in parts):
        raise kind.refuse(said, "three whole numbers of minutes, for now, today and by a date: 30/120/1440")
    return [int(part) for part in parts]


def minutes_words(value: Sequence[int], _: object) -> str:
    """`30m now, 2h today, 24h by a date`."""
    words = [age_words(timedelta(minutes=each)) for each in value]
    return ", ".join(f"{each} {when}" for each, when in zip(words, ("now", "today", "by a date"), strict=True))
