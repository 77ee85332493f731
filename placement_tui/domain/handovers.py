"""The hand-over to the night team and back: what it says, and who is on call."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from placement_tui.domain.clocks_days import NIGHT_ENDS
from placement_tui.domain.offers import OfferRow
from placement_tui.domain.typed_times import london

EVENING, MORNING = "evening", "morning"
ROLES: dict[str, str] = {
    "approver": "approves tonight",
    "manager": "manager on call",
    "night": "night team",
    "carer": "carer on the rota",
}
DAY_TURNS = time(12, 0)  # before noon an officer reads the night's hand-over, after it they make their own
MAY_BE_CALLED = 8  # homes named for each child


@dataclass(frozen=True, slots=True)
class RotaRow:
    """Somebody on call for a night."""

    id: UUID
    night_on: date
    role: str
    name: str
    phone: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class NewRota:
    """Somebody to be on call: on the night that begins on that day."""

    night_on: date
    role: str
    name: str
    phone: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Asked:
    """One home that was asked: its answer in words, when, and on what number it answers at night."""

    name: str
    outcome: str
    reason: str | None
    at: datetime
    phone: str = ""
    call_back_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class MayCall:
    """A home that may still be asked tonight; `phone` is the one for the night where there is one."""

    home_id: UUID
    name: str
    phone: str
    at_night: bool
    miles: float | None
    free: int | None
    grade: str | None
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class OpenChild:
    """A referral as the night team needs it."""

    referral_id: UUID
    reference: str
    child: str
    anonymous: str
    wanted: tuple[str, ...]
    urgency: str
    needed_by: datetime | None
    legal_status: str | None
    needs: tuple[str, ...]
    tonight: str
    why_now: str
    avoid: str
    must_have: str
    social_worker: str
    social_worker_phone: str
    asked: tuple[Asked, ...]
    offers: tuple[OfferRow, ...]
    may_call: tuple[MayCall, ...]
    blocked: str = ""


@dataclass(frozen=True, slots=True)
class Carer:
    """A carer or home on the rota: whom it may take, and how many beds are free."""

    name: str
    phone: str
    takes: str
    free: int | None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Happening:
    """Something that happened: when, by whom (initials), in words. `anonymous` says the same without initials.

    `asked` is the reference that a no or no reply is about: those are told together.
    """

    at: datetime
    by: str
    words: str
    anonymous: str
    about: UUID | None = None
    asked: str = ""


@dataclass(frozen=True, slots=True)
class Pending:
    """Something that runs out or is due: when, what, and the rule it comes from."""

    at: datetime
    words: str
    anonymous: str
    law: str = ""


@dataclass(frozen=True, slots=True)
class HandOver:
    """Everything that one hand-over says. `since` is set for a morning's: from when on things are told."""

    kind: str
    made_at: datetime
    by: str
    council: str
    until: datetime
    on_call: tuple[RotaRow, ...] = ()
    children: tuple[OpenChild, ...] = ()
    carers: tuple[Carer, ...] = ()
    pending: tuple[Pending, ...] = ()
    happened: tuple[Happening, ...] = ()
    waiting: tuple[Pending, ...] = ()
    since: datetime | None = None
    said: str = ""


def night_of(now: datetime) -> date:
    """The day on whose evening the night of `now` begins: until half past eight in the morning it is yesterday's."""
    local = now.astimezone(london())
    return local.date() - timedelta(days=1) if local.time() < NIGHT_ENDS else local.date()


def kind_at(now: datetime) -> str:
    """The hand-over that an officer wants at `now`: the night's before noon, their own after it."""
    return MORNING if now.astimezone(london()).time() < DAY_TURNS else EVENING


def anonymous_child(ages: list[int | None], sexes: list[str]) -> str:
    """`a boy of 14`, `2 children of 4 and 9`: what a hand-over without initials calls a child."""
    known = [age for age in ages if age is not None]
    if len(ages) > 1:
        of = " and ".join(str(age) for age in known) if len(known) == len(ages) else "ages not all known"
        return f"{len(ages)} children" + (f" of {of}" if known else "")
    noun = {"M": "a boy", "F": "a girl"}.get(sexes[0] if sexes else "", "a child")
    return f"{noun} of {known[0]}" if known else noun
