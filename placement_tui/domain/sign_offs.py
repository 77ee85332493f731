"""Sign-off: what an offer needs approval for, of whom it was asked, what came of it, and what was lost by waiting.

Nothing runs in the background: a request lapses because its time is past, and whoever looks sees that it did.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from placement_tui.domain.clocks_days import day_end, london_day
from placement_tui.domain.codes.sign_offs import KINDS
from placement_tui.domain.homes import Finding
from placement_tui.domain.offers import OfferRow
from placement_tui.domain.officers import OfficerRow
from placement_tui.domain.typed_times import london

WAITING = ("asked", "returned")
_HOUSEHOLDS = ("inhouse", "household")  # approved, neither registered nor inspected by themselves
STATES = ("asked", "returned", "approved", "refused", "withdrawn", "lapsed", "over")


# The offices that a council says who holds; `manager` is every officer with that role.
OFFICES: dict[str, str] = {
    "nominated_officer": "the nominated officer",
    "director": "the Director of Children's Services",
    "budget_holder": "the budget holder",
    "emergency_approver": "the approver in an emergency",
    "manager": "a manager",
}


@dataclass(frozen=True, slots=True)
class Approver:
    """Somebody who may approve: an officer of the program, or only a name. `office` is what they hold."""

    name: str
    office: str
    officer: UUID | None = None


@dataclass(frozen=True, slots=True)
class SignOffRow:
    """One request for approval. `state` is as it stands at the moment of reading: `lapsed` and `over` are derived.

    `over` says that the offer was declined meanwhile. `lapsed_at` is when the bed was lost while waiting.
    """

    id: UUID
    referral_id: UUID
    offer_id: UUID | None
    home_id: UUID | None
    reference: str
    child: str
    name: str
    kinds: tuple[str, ...]
    words: str
    asked_at: datetime
    asked_by: str
    asked_by_id: UUID | None
    asked_of: str
    asked_of_id: UUID | None
    lapses_at: datetime | None
    state: str
    returned_at: datetime | None
    returned_for: str
    decided_at: datetime | None
    decided_by: str
    decided_by_name: str
    why: str
    offer_state: str | None = None
    lapsed_at: datetime | None = None

    @property
    def waiting(self) -> bool:
        """True while somebody has to decide, or to mend what it was returned for."""
        return self.state in WAITING

    @property
    def by_word(self) -> bool:
        """True where somebody who does not sit at the program decided, and another logged it."""
        return bool(self.decided_by_name)

    @property
    def ended_at(self) -> datetime | None:
        """When waiting ended: decided or lapsed; None while it lasts."""
        return self.decided_at or self.lapsed_at


@dataclass(frozen=True, slots=True)
class ToDecide:
    """A request with what a decision needs: the offer, the child's evening, who else was tried, what the rules say."""

    sign_off: SignOffRow
    offer: OfferRow | None
    why_now: str
    tonight: str
    urgency: str
    needed_by: datetime | None
    home_postcode: str | None
    asked: int
    refused: int
    waiting: int
    others: tuple[OfferRow, ...]
    law: tuple[str, ...]
    mine: bool

    def presses_at(self, now: datetime) -> datetime:
        """By when somebody has to decide: before the offer lapses, and where no time was said, before a home is needed."""
        if self.sign_off.lapses_at is not None:
            return self.sign_off.lapses_at
        if self.urgency == "now":
            return now + timedelta(hours=1)  # a bed that goes sooner than that is seen to first
        if self.urgency == "today":
            return self.needed_by or day_end(london_day(now))
        return self.needed_by or now.max.replace(tzinfo=now.tzinfo)


def state_at(
    stored: str,
    lapses_at: datetime | None,
    offer_state: str | None,
    offer_ended: datetime | None,
    closed_at: datetime | None,
    now: datetime,
) -> tuple[str, datetime | None]:
    """A request's state at `now`, and when the bed was lost while it waited.

    Of what ends an undecided request the first counts: its own time, the home taking its offer back, or the offer noted
    as lapsed lose the bed; the council declining the offer, or closing the referral, leaves nothing to decide.
    """
    if stored not in WAITING:
        return stored, None
    ends: list[tuple[datetime, int, str]] = []
    if lapses_at is not None and lapses_at <= now:
        ends.append((lapses_at, 0, "lapsed"))
    if offer_state in ("withdrawn", "lapsed"):
        ends.append((offer_ended or now, 0, "lapsed"))
    elif offer_state == "declined":
        ends.append((offer_ended or now, 1, "over"))
    if closed_at is not None:
        ends.append((closed_at, 1, "over"))
    if not ends:
        return stored, None
    at, _, state = min(ends)
    return state, at if state == "lapsed" else None


def holders(said: Mapping[str, str], everyone: Iterable[OfficerRow]) -> dict[str, Approver]:
    """Who holds which office: `said` are the council's settings, by name, initials or id of an officer, or any name."""
    found: dict[str, Approver] = {}
    officers = list(everyone)
    for office, name in said.items():
        bare = " ".join(str(name).split())
        if office in OFFICES and bare:
            officer = match_officer(bare, officers)
            found[office] = Approver(officer.name if officer else bare, office, officer.id if officer else None)
    return found


def match_officer(said: str, officers: Iterable[OfficerRow]) -> OfficerRow | None:
    """The officer whose id, name or initials were said; None for somebody else."""
    wanted = " ".join(said.split()).casefold()
    return next(
        (each for each in officers if wanted in (str(each.id), each.name.casefold(), each.initials.casefold())), None
    )


def may_decide(kinds: Iterable[str], officer: OfficerRow, held: Mapping[str, Approver]) -> bool:
    """True where that officer approves all of these: as a manager, or as the holder of the office.

    Regulation 11 CPPCR 2010 names the nominated officer and the Director: once the council has said who they are, a
    manager does not decide in their place, but may log what they said.
    """
    for code in kinds:
        kind = KINDS[code]
        holder = held.get(kind.office)
        if holder is not None and holder.officer == officer.id:
            continue
        if officer.role != "manager" or (kind.statutory and holder is not None):
            return False
    return True


def who_decides(kinds: Iterable[str], held: Mapping[str, Approver]) -> str:
    """Who approves these, for people: "Anne Vale (the nominated officer)", "a manager"."""
    said = []
    for code in kinds:
        kind = KINDS[code]
        holder = held.get(kind.office)
        said.append(f"{holder.name} ({OFFICES[kind.office]})" if holder else "a manager")
        if holder is not None and not kind.statutory:
            said.append("a manager")
    return " or ".join(dict.fromkeys(said))


def kinds_words(codes: Iterable[str]) -> str:
    """`out of area, budget`."""
    return ", ".join(KINDS.spoken(code) for code in codes)


def clock(at: datetime) -> str:
    """A time for people in a sentence: `18:00 on 14/10/2026`."""
    return f"{at.astimezone(london()):%H:%M on %d/%m/%Y}"


def waited(span: timedelta) -> str:
    """A wait for people, to the minute within a day: `12m`, `1h 12m`, `3d 4h`."""
    minutes = max(0, span // timedelta(minutes=1))
    hours, rest = divmod(minutes, 60)
    if not hours:
        return f"{rest}m"
    if hours < 24:
        return f"{hours}h {rest}m" if rest else f"{hours}h"
    days, left = divmod(hours, 24)
    return f"{days}d {left}h" if left else f"{days}d"


# What the rules find of a home, by what the finding is about, and the sign-off that settles it.
_SETTLED_BY = {"policy": "grade", "registration": "unregistered"}


def needed(
    found: Iterable[Finding], kind: str, total_pence: int, limit_pence: int | None, emergency: bool
) -> tuple[str, ...]:
    """The kinds of sign-off that an offer of a home of that kind needs, from what the rules find of the home.

    Regulation 11 CPPCR 2010: outside the area the nominated officer approves; at a distance the Director, and then not
    both. The council's own carers need neither (regulation 11(4)). A household is approved, not registered.
    """
    wanted: list[str] = []
    for finding in found:
        if finding.about == "area" and kind != "inhouse":
            wanted.append("at_distance" if "11(1)(b)" in finding.law else "out_of_area")
        elif finding.level != "block" or (finding.about == "registration" and kind in _HOUSEHOLDS):
            continue
        elif finding.about in _SETTLED_BY:
            wanted.append(_SETTLED_BY[finding.about])
    if limit_pence is not None and total_pence > limit_pence:
        wanted.append("budget")
    if emergency:
        wanted.append("emergency")
    return tuple(code.code for code in KINDS if code.code in wanted)
