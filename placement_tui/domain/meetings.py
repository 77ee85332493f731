"""Two stores of one team meet: each says how far it knows every device's chain, and gets what it lacks.

A store's journal is a set of chains, one for each device that ever wrote. Merging is the union of their operations:
whatever the order and however often, stores that hold the same operations are the same. Nothing is decided by a clock
but which of two values, neither of which knew the other, is shown until an officer settles it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

PROTOCOL = 1
BATCH = 200  # operations in one transaction: the write lock is held for some 50 ms
SKEW = timedelta(minutes=5)  # clocks of two machines further apart are told to both
AHEAD = timedelta(hours=24)  # an operation later than that after now was dated by a wrong clock

Standing = Mapping[str, tuple[int, str]]  # device (hex) -> the last operation known of it: its number, its hash
Sent = dict[str, Any]  # an operation as it travels: JSON values, ids as hex, times as UTC text


@dataclass(slots=True)
class Met:
    """What came in at a meeting. `clashing` are the records of which a field has two values since; `ahead` those dated by a wrong clock."""

    taken: int = 0
    records: set[UUID] = field(default_factory=set)
    made: dict[str, int] = field(default_factory=dict)
    clashing: set[UUID] = field(default_factory=set)
    erased: int = 0
    ahead: int = 0

    def add(self, other: Met) -> None:
        """Count what another batch brought."""
        self.taken += other.taken
        self.records |= other.records
        for noun, n in other.made.items():
            self.made[noun] = self.made.get(noun, 0) + n
        self.clashing |= other.clashing
        self.erased += other.erased
        self.ahead += other.ahead


def lacks(ours: Standing, theirs: Standing) -> dict[str, int]:
    """By device, how far they know it already, of those of which we know more."""
    return {
        device: theirs[device][0] if device in theirs else 0
        for device, (number, _) in ours.items()
        if device not in theirs or theirs[device][0] < number
    }


def forked(ours: Standing, theirs: Standing) -> list[str]:
    """Devices of which both know the same number of operations, and not the same ones: a store was copied and went on."""
    return [
        device
        for device, (number, hash_) in ours.items()
        if device in theirs and theirs[device][0] == number != 0 and theirs[device][1] != hash_
    ]


def skew_words(apart: timedelta, theirs: str) -> str:
    """A sentence where two clocks are too far apart: `The clock of the laptop is 62 minutes ahead of this one`; else empty."""
    if abs(apart) < SKEW:
        return ""
    minutes = round(abs(apart).total_seconds() / 60)
    span = (
        f"{minutes} minutes"
        if minutes < 180
        else f"{minutes // 60} hours"
        if minutes < 72 * 60
        else f"{minutes // 1440} days"
    )
    return f"The clock of {theirs} is {span} {'ahead of' if apart > timedelta(0) else 'behind'} this one: set the wrong one"


def is_ahead(at: datetime, now: datetime) -> bool:
    """True for an operation that only a wrong clock can have dated."""
    return at - now > AHEAD


@dataclass(frozen=True, slots=True)
class LastMet:
    """A store that this one met: when last, and how many of this store's own changes it does not know yet."""

    device: str
    name: str
    at: datetime
    unshared: int


def shared_words(last: LastMet | None, now: datetime, sign_offs: int = 0) -> str:
    """What a laptop's status line says: `12 not shared (1 sign-off), met 3 h ago`; empty where it is no laptop.

    `sign_offs` are requests that nobody but this laptop knows: who decides them has not heard of them.
    """
    if last is None:
        return ""
    hours = (now - last.at) / timedelta(hours=1)
    ago = (
        "just now"
        if hours < 1 / 60
        else f"{hours * 60:.0f} min ago"
        if hours < 1
        else f"{hours:.0f} h ago"
        if hours < 48
        else f"{hours / 24:.0f} days ago"
    )
    of_them = f" ({sign_offs} sign-off{'' if sign_offs == 1 else 's'})" if sign_offs else ""
    changes = f"{last.unshared:,} not shared{of_them}" if last.unshared else "all shared"
    return f"{changes}, met {ago}"


def open_only_name(device: UUID) -> str:
    """Under which setting every store of the team knows that a device holds the open referrals alone."""
    return f"open_only_{device.hex}"


@dataclass(frozen=True, slots=True)
class LaptopRow:
    """A device of the team: the letter in its references, how many of its changes are known here, and the last of them."""

    id: UUID
    letter: str
    name: str
    known: int
    last_at: datetime | None
    own: bool
    open_only: bool = False

    @property
    def holds(self) -> str:
        """What it has of the team's children, in words."""
        return "open referrals" if self.open_only else "everything"


@dataclass(frozen=True, slots=True)
class Member:
    """The laptop that a file was made for, and the team's device that made it."""

    id: UUID
    name: str
    team: UUID
    team_name: str
