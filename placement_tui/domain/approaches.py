"""Approaches: one referral put to one provider or home, and what came of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

OUTCOMES = ("awaiting", "offer", "refusal", "no_reply", "withdrawn")
# What may follow what: an answer may be corrected. A no that is asked again, and a withdrawn approach, stay as they are:
# a new approach follows (`difference.REOPENED`), so that what was answered first is never lost.
ALLOWED: dict[str, tuple[str, ...]] = {
    "awaiting": ("offer", "refusal", "no_reply", "withdrawn"),
    "no_reply": ("offer", "refusal", "no_reply", "withdrawn", "awaiting"),
    "refusal": ("offer", "refusal"),
    "offer": ("refusal", "withdrawn"),
    "withdrawn": (),
}


@dataclass(frozen=True, slots=True)
class Refusal:
    """A no, as logged: codes with the main one first, the stage, what would change it, who said it, a note."""

    codes: tuple[str, ...]
    stage: str | None = None
    would_change: tuple[str, ...] = ()
    said_by: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class CallRow:
    """One line of the call list. `kind` is the home's kind, which decides its nine digits; `last_answers` newest first."""

    id: UUID
    referral_id: UUID
    reference: str
    child: str
    home_id: UUID | None
    provider_id: UUID
    name: str
    provider: str
    kind: str
    tier: int | None
    miles: float | None
    approximate: bool
    grade: str | None
    phone: str
    outcome: str
    asked_at: datetime
    asked_by: str
    answered_at: datetime | None
    answered_by: str
    reason: str | None
    other_reasons: tuple[str, ...]
    would_change: tuple[str, ...]
    stage: str | None
    closing: str | None
    call_back_at: datetime | None
    note: str
    offer_id: UUID | None = None
    wave: int | None = None
    reopens: UUID | None = None  # the answered approach that this one asks again

    @property
    def open(self) -> bool:
        """True while an answer is waited for."""
        return self.outcome in ("awaiting", "no_reply")


@dataclass(frozen=True, slots=True)
class CallList:
    """A referral's approaches, the next to call first."""

    referral_id: UUID
    reference: str
    child: str
    wanted: tuple[str, ...]
    urgency: str
    needed_by: datetime | None
    rows: tuple[CallRow, ...]

    @property
    def waiting(self) -> int:
        """How many are still waited for."""
        return sum(row.outcome == "awaiting" for row in self.rows)


@dataclass(frozen=True, slots=True)
class Answer:
    """A past answer of a home to us, for its page and the foot of the call list."""

    at: datetime
    reference: str
    child: str
    outcome: str
    reason: str | None
    would_change: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class WaveSent:
    """What a wave became: its number, the approaches made, and those not made with the reason."""

    wave_id: UUID
    number: int
    approaches: tuple[UUID, ...]
    left_out: tuple[tuple[str, str], ...] = ()
    tier: int | None = None
    emergency: bool = False

    @property
    def words(self) -> str:
        """`Wave 2, tier 1: 12 homes to call, 2 were asked already`; an emergency says that every tier is asked at once."""
        whom = ", every tier at once" if self.emergency else f", tier {self.tier}" if self.tier else ""
        homes = "1 home" if len(self.approaches) == 1 else f"{len(self.approaches)} homes"
        left = f", {len(self.left_out)} were asked already" if self.left_out else ""
        return f"Wave {self.number}{whom}: {homes} to call{left}"


@dataclass(frozen=True, slots=True)
class Saved:
    """What was saved, in words for the line that says so, and the records that changed."""

    words: str
    ids: tuple[UUID, ...] = ()
    clashes: tuple[UUID, ...] = ()  # those that a colleague changed in the same field meanwhile: both values are kept
