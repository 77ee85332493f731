"""Referrals: what is typed when one is logged, and the rows that screens and the command line show."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING
from uuid import UUID

if TYPE_CHECKING:
    from placement_tui.domain.homes import Position


URGENCIES = ("now", "today", "date")
STATES = ("open", "placed", "closed")


@dataclass(frozen=True, slots=True)
class NewChild:
    """One child as typed. `identifier` is the council's own number; a date of birth goes before an age."""

    initials: str = ""
    identifier: str = ""
    name: str = ""
    born_on: date | None = None
    age: int | None = None
    sex: str = "U"
    home_postcode: str | None = None
    needs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class NewReferral:
    """A referral as typed. `wanted` are provision kinds in order of wish; `needed_by` is required where urgency is `date`."""

    children: tuple[NewChild, ...]
    wanted: tuple[str, ...]
    urgency: str = "today"
    needed_by: datetime | None = None
    why_now: str = ""
    tonight: str = ""
    legal_status: str | None = None
    together: bool = True
    must_have: str = ""
    nice_to_have: str = ""
    avoid: str = ""
    max_miles: float | None = None
    social_worker: str = ""
    social_worker_phone: str = ""
    note: str = ""
    kin_explored: str | None = None  # a code of `domain.codes.rules.KIN`


@dataclass(frozen=True, slots=True)
class ChildRow:
    """A child of a referral as shown: initials and identifier, never the name on a list. `age` in years today."""

    id: UUID
    initials: str
    identifier: str
    age: int | None
    born_on: date | None
    sex: str
    home_postcode: str | None
    position: Position
    needs: tuple[str, ...] = ()
    name: str = ""

    @property
    def words(self) -> str:
        """`KJ 14 M`."""
        age = "?" if self.age is None else str(self.age)
        return f"{self.initials} {age} {self.sex}".strip()


@dataclass(frozen=True, slots=True)
class Tried:
    """What an earlier referral of the same child tried and learned: counts, and the commonest refusal."""

    reference: str
    received_at: datetime
    state: str
    asked: int
    refused: int
    offered: int
    main_reason: str | None


@dataclass(frozen=True, slots=True)
class ReferralRow:
    """A whole referral as shown."""

    id: UUID
    reference: str
    state: str
    received_at: datetime
    received_by: str
    children: tuple[ChildRow, ...]
    wanted: tuple[str, ...]
    urgency: str
    needed_by: datetime | None
    why_now: str
    tonight: str
    legal_status: str | None
    together: bool
    must_have: str
    nice_to_have: str
    avoid: str
    max_miles: float | None
    social_worker: str
    social_worker_phone: str
    note: str
    needs: tuple[str, ...]
    closed_reason: str | None = None
    tried: tuple[Tried, ...] = ()
    missing: tuple[str, ...] = ()  # what a provider will ask for and is not there yet
    kin_explored: str | None = None

    @property
    def child(self) -> str:
        """`KJ 14 M`, with `+1` for each further child."""
        first = self.children[0].words if self.children else "?"
        return first + (f" +{len(self.children) - 1}" if len(self.children) > 1 else "")


def urgency_order(urgency: str, needed_by: datetime | None, received_at: datetime) -> tuple[int, float, float]:
    """The key that puts the most urgent first: now, then today, then by date; the longer waiting first among equals."""
    rank = URGENCIES.index(urgency) if urgency in URGENCIES else len(URGENCIES)
    return (rank, needed_by.timestamp() if needed_by and rank == 2 else 0.0, received_at.timestamp())
