"""A provider's side: what we asked and they answered, what we answered them, whom to ring, visits, concerns, voices."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from statistics import median
from uuid import UUID

YEAR = timedelta(days=365)
ANSWERS = ("offer", "refusal", "no_reply", "awaiting", "withdrawn")
SPANS = 500  # answers that a median is taken of: the latest


@dataclass(frozen=True, slots=True)
class NewContact:
    """Somebody to ring at a provider, or at one home of it."""

    name: str
    part: str = ""
    phone: str = ""
    out_of_hours_phone: str = ""
    email: str = ""
    note: str = ""
    home_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class NewVisit:
    """A visit that is due, or one that was made and what was found."""

    home_id: UUID
    due_on: date | None = None
    visited_on: date | None = None
    visitor: str = ""
    found: str = ""


@dataclass(frozen=True, slots=True)
class NewConcern:
    """A concern about a home."""

    home_id: UUID
    what: str
    raised_on: date
    raised_by: str = ""


@dataclass(frozen=True, slots=True)
class NewVoice:
    """What a child said about living in a home, in the child's own words."""

    home_id: UUID
    words: str
    said_on: date
    child_id: UUID | None = None
    heard_by: str = ""


@dataclass(frozen=True, slots=True)
class ContactRow:
    """Somebody to ring; `home` is the home's name where they are of one home only."""

    id: UUID
    name: str
    part: str
    phone: str
    out_of_hours_phone: str
    email: str
    note: str
    home: str = ""


@dataclass(frozen=True, slots=True)
class VisitRow:
    """A visit to a home: due, or made."""

    id: UUID
    home_id: UUID
    home: str
    due_on: date | None
    visited_on: date | None
    visitor: str
    found: str

    def overdue(self, today: date) -> bool:
        """True for a visit that should have been made before today."""
        return self.visited_on is None and self.due_on is not None and self.due_on < today


@dataclass(frozen=True, slots=True)
class ConcernRow:
    """A concern about a home, and how it was settled."""

    id: UUID
    home_id: UUID
    home: str
    what: str
    raised_on: date
    raised_by: str
    settled_on: date | None
    settled: str


@dataclass(frozen=True, slots=True)
class VoiceRow:
    """What a child said of living in a home; `child` are the initials, empty where nobody was named."""

    id: UUID
    home_id: UUID
    home: str
    child: str
    said_on: date
    words: str
    heard_by: str


@dataclass(frozen=True, slots=True)
class SuspensionRow:
    """That a home was not to be used, why, and why it may be used again."""

    id: UUID
    home_id: UUID
    home: str
    why: str
    from_at: datetime | None
    by: str
    lifted_at: datetime | None
    lifted_why: str


@dataclass(frozen=True, slots=True)
class HomeLine:
    """One home of a provider; `grades` are its judgements, the latest first; `ours` our children who live there."""

    id: UUID
    name: str
    kind: str
    town: str
    urn: str | None
    registered: bool
    grade: str | None
    graded_on: date | None
    places: int | None
    ours: int
    phone: str
    out_of_hours_phone: str
    suspended: str | None
    grades: tuple[tuple[date | None, str], ...] = ()
    restricted: bool = False


@dataclass(frozen=True, slots=True)
class Asked:
    """How often a provider was asked in a time, for homes of one kind (`kind` is empty for all), and what came of it."""

    kind: str
    asked: int = 0
    offer: int = 0
    refusal: int = 0
    no_reply: int = 0
    awaiting: int = 0
    withdrawn: int = 0

    @property
    def answered(self) -> int:
        """Those with a yes or a no."""
        return self.offer + self.refusal


@dataclass(frozen=True, slots=True)
class Speed:
    """A median in hours, and of how many."""

    n: int = 0
    median_hours: float | None = None


@dataclass(frozen=True, slots=True)
class OurAnswers:
    """What became of their offers, and how fast we decided: those that we accepted or declined."""

    offers: int = 0
    accepted: int = 0
    declined: int = 0
    lapsed: int = 0
    withdrawn: int = 0
    open: int = 0
    speed: Speed = Speed()


@dataclass(frozen=True, slots=True)
class ProviderPage:
    """Everything that is known of a provider. `homes` are the first of `home_count`; `doubles` the names merged into it."""

    id: UUID
    name: str
    sector: str
    phone: str
    out_of_hours_phone: str
    email: str
    tier: int | None
    route: str | None
    note: str
    doubles: tuple[str, ...]
    home_count: int
    suspended_count: int
    homes: tuple[HomeLine, ...]
    asked: tuple[Asked, ...]
    speed: Speed
    reasons: tuple[tuple[str, int], ...]
    would_change: tuple[tuple[str, int], ...]
    ours: OurAnswers
    contacts: tuple[ContactRow, ...]
    concerns: tuple[ConcernRow, ...]
    visits: tuple[VisitRow, ...]
    voices: tuple[VoiceRow, ...]
    suspensions: tuple[SuspensionRow, ...]

    @property
    def all_asked(self) -> Asked:
        """All kinds together."""
        return total(self.asked)

    @property
    def open_concerns(self) -> int:
        """Concerns that nobody settled."""
        return sum(row.settled_on is None for row in self.concerns)


@dataclass(frozen=True, slots=True)
class ProviderRow:
    """One provider among all: homes, 12 months of asking, what waits for somebody."""

    id: UUID
    name: str
    sector: str
    tier: int | None
    phone: str
    homes: int
    suspended: int
    asked: int
    offered: int
    refused: int
    concerns: int
    overdue: int


@dataclass(frozen=True, slots=True)
class Named:
    """A provider by a name that it has or had: `into` is the provider's present name where it was merged."""

    id: UUID
    name: str
    into: str = ""


def total(rows: Sequence[Asked]) -> Asked:
    """Kinds of home added up."""
    return Asked("", sum(row.asked for row in rows), *(sum(getattr(row, name) for row in rows) for name in ANSWERS))


def speed(spans: Sequence[tuple[datetime, datetime]]) -> Speed:
    """The median time between two moments in hours; a laptop's clock that ran behind counts as no time at all."""
    hours = [max(0.0, (end - start).total_seconds() / 3600) for start, end in spans]
    return Speed(len(hours), round(median(hours), 2)) if hours else Speed()


def hours_words(hours: float | None) -> str:
    """`25m`, `3.5h`, `2.1d`."""
    if hours is None:
        return "-"
    if hours < 1:
        return f"{round(hours * 60)}m"
    return f"{hours:.1f}h" if hours < 48 else f"{hours / 24:.1f}d"
