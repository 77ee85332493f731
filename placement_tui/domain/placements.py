"""Placements: a child living in a home, from when to when, what was wanted against what was got."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from placement_tui.domain.homes import Finding
from placement_tui.domain.siblings import Parting


@dataclass(frozen=True, slots=True)
class NewPlacement:
    """How an offer becomes a placement. `children` narrows it to some of a sibling group; empty for all of them.

    `others_reason` is why the other open offers are declined, a code of the declines. `emergency`: made at once, so that
    notices may follow it; None where the referral says so. `night_only`: a bed until 17:00 on the next working day; None
    where the rota says so. `outside_terms`: with a foster carer outside the terms of approval (reg 23 CPPCR 2010).
    `parting`: why brothers and sisters will live apart, where they will and nobody said so yet. `distance_reason` is why
    so far away, a code of the census; `package`: support is bought with the home; `solo_required` and `solo`: the child is
    to be, and is, the only one there; `school` is the one the child goes to; `same_carer`: it is no change of carer.
    """

    started_at: datetime
    type_wanted: str | None = None
    type_obtained: str | None = None
    provision: str | None = None
    route: str | None = None
    care_pence: int | None = None
    education_pence: int | None = None
    health_pence: int | None = None
    planned_end_on: date | None = None
    legal_status: str | None = None
    children: tuple[UUID, ...] = ()
    others_reason: str = "other_accepted"
    note: str = ""
    emergency: bool | None = None
    night_only: bool | None = None
    outside_terms: bool = False
    school_changes: bool | None = None
    considered: tuple[str, ...] = ()
    approved_by: str = ""
    parting: Parting | None = None
    distance_reason: str | None = None
    package: bool | None = None
    solo_required: bool | None = None
    solo: bool | None = None
    school: str = ""
    same_carer: bool | None = None


@dataclass(frozen=True, slots=True)
class Considered:
    """What was weighed when a child was placed: the considerations that were ticked, and the rules that were shown."""

    ticks: tuple[str, ...] = ()
    shown: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """As it is kept: `near,area;L1,L9`."""
        return f"{','.join(self.ticks)};{','.join(self.shown)}" if self.ticks or self.shown else ""

    @classmethod
    def of(cls, text: str) -> Considered:
        """What was kept."""
        ticks, _, shown = text.partition(";")
        return cls(tuple(filter(None, ticks.split(","))), tuple(filter(None, shown.split(","))))


@dataclass(frozen=True, slots=True)
class ToTell:
    """Somebody to tell, what of, and on which number."""

    id: UUID
    who: str
    what: str
    phone: str = ""
    told_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class PlacementRow:
    """A placement as shown; `days` it has lasted so far, or lasted."""

    id: UUID
    child_id: UUID
    child: str
    identifier: str
    home_id: UUID
    name: str
    provider: str
    kind: str
    phone: str
    reference: str | None
    referral_id: UUID | None
    started_at: datetime
    planned_end_on: date | None
    ended_on: date | None
    days: int
    type_wanted: str | None
    type_obtained: str
    provision: str | None
    place: str | None
    place_provider: str | None
    route: str | None
    care_pence: int
    education_pence: int
    health_pence: int
    miles: float | None
    in_area: bool | None
    grade_at_start: str | None
    reason: str | None = None
    reason_class: str | None = None
    legal_status: str | None = None
    considered: Considered = Considered()
    approved_by: str = ""
    distance_reason: str | None = None
    package: bool | None = None
    solo_required: bool | None = None
    solo: bool | None = None
    school: str = ""
    same_carer: bool | None = None
    school_changes: bool | None = None


@dataclass(frozen=True, slots=True)
class Started:
    """A placement started: the placements made (one a child), the words to show, whom to tell, and what to mind.

    `care` says of each child whether care was opened with it, or what the return would miss.
    """

    placements: tuple[UUID, ...]
    words: str
    tell: tuple[ToTell, ...]
    minded: tuple[Finding, ...] = ()
    care: tuple[str, ...] = ()
