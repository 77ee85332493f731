"""Homes as the search and the screens see them: frozen rows, no store behind them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Position:
    """Where something is. `easting`, `northing`: National Grid metres; `latitude`, `longitude`: WGS84 degrees.

    `location` says how it is known: `postcode` (grid reference to the metre), `given` (latitude and longitude only),
    `approximate` (a constituency's centroid), or None (not known). `authority` is the GSS code of the upper-tier
    authority that it lies in, where known.
    """

    easting: int | None = None
    northing: int | None = None
    latitude: float | None = None
    longitude: float | None = None
    location: str | None = None
    authority: str | None = None

    @property
    def on_grid(self) -> bool:
        """True where the statutory planar distance may be taken from here."""
        return self.location == "postcode" and self.easting is not None and self.northing is not None


@dataclass(frozen=True, slots=True)
class Candidate:
    """One home of the register with what a search needs to know of it; a row of the search index."""

    id: UUID
    provider_id: UUID
    name: str
    provider: str
    kind: str
    position: Position = Position()
    town: str = ""
    area: str = ""  # the authority's name, for people
    urn: str | None = None
    phone: str = ""
    registered: bool = True
    grade: str | None = None
    graded_on: date | None = None
    places: int | None = None
    age_min: int | None = None
    age_max: int | None = None
    sexes: str | None = None  # "M", "F", or None for any
    tier: int | None = None
    route: str | None = None
    weekly_pence: int | None = None
    free: int | None = None  # of the beds said to be free those not taken or held since; None where nobody said
    free_said_at: datetime | None = None
    free_said_by: str = ""
    asked: int = 0  # approaches of ours to it in the last 12 months
    offered: int = 0
    refused: int = 0
    lessons: int = 0
    suspended: str | None = None  # why it is not used, where it is not
    ours: int = 0  # our children who live there
    others: int | None = None  # other authorities' children there, as said; None where nobody said
    held: int = 0  # beds kept for referrals of ours
    free_age_min: int | None = None  # whom the free beds are for, where they said
    free_age_max: int | None = None
    free_sexes: str | None = None
    restricted: bool = False  # where it is came from a list for authorities alone
    conditions: str = ""  # of its registration, as Ofsted's list says them

    @property
    def taken(self) -> int:
        """Places that somebody has or is promised."""
        return self.ours + (self.others or 0) + self.held


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a home is wanted for: the hard facts of a referral. Ages in whole years at the day of the search."""

    kinds: tuple[str, ...] = ()  # provision kinds in order of wish; empty for any
    ages: tuple[int, ...] = ()  # one for each child; empty where not known
    sexes: tuple[str, ...] = ()
    origin: Position = Position()  # the child's home
    authority: str | None = None  # the council's own GSS code
    adjoining: frozenset[str] = frozenset()
    max_miles: float | None = None
    asked: frozenset[UUID] = frozenset()  # homes asked for this referral already
    avoid_homes: frozenset[UUID] = frozenset()
    together: int = 0  # places wanted together, where that is more than the ages that are known
    place: str = ""  # what people call the origin, for "within 20 miles of CH41"
    held: frozenset[tuple[UUID, int]] = frozenset()  # homes that keep beds for this referral, and how many
    siblings: frozenset[tuple[UUID, int]] = frozenset()  # homes where brothers or sisters live, and how many
    exempt: frozenset[UUID] = frozenset()  # homes whose exemptions name these children and ours who live there
    set_aside: frozenset[tuple[UUID, str]] = frozenset()  # rules that somebody with the right set aside, by home

    @property
    def children(self) -> int:
        """How many places are wanted together."""
        return max(1, len(self.ages), self.together)

    def held_at(self, home_id: UUID) -> int:
        """Beds that a home keeps for this referral."""
        return next((beds for key, beds in self.held if key == home_id), 0)

    def siblings_at(self, home_id: UUID) -> int:
        """Brothers and sisters of these children who live in a home."""
        return next((count for key, count in self.siblings if key == home_id), 0)


@dataclass(frozen=True, slots=True)
class Policy:
    """The council's own rules for a search; each is a setting."""

    home_grades: tuple[str, ...] = ("outstanding", "good")  # accepted of children's homes, schools and centres
    agency_grades: tuple[str, ...] = ("outstanding", "good")  # of fostering agencies, and so of their households
    supported_grades: tuple[str, ...] = ("consistently_strong", "inconsistent")  # outcomes of supported accommodation
    ungraded_allowed: bool = True
    stale_hours: int = 48  # a vacancy said longer ago than this asks to be checked
    fostering_limit: str = "household"  # how the usual limit is read: for each household, or for each carer
    emergencies_agreed: bool = False  # somebody agrees emergency placements, and is named with each

    def accepted(self, kind: str) -> tuple[str, ...]:
        """The grades accepted of a kind of home."""
        if kind == "sa":
            return self.supported_grades
        return self.agency_grades if kind in ("agency", "household", "inhouse") else self.home_grades


@dataclass(frozen=True, slots=True)
class Part:
    """One stated part of a candidate's order: its label for people and its points."""

    label: str
    points: float


@dataclass(frozen=True, slots=True)
class Finding:
    """What a rule says of a candidate. `level` is block, warn or task; `law` names the source; `text` is for people.

    `about` is the one word under which a search counts what it leaves out ("policy 8, age 4"). `rule` is the rule's id
    in `domain.rules.RULES`.
    """

    level: str
    law: str
    text: str
    about: str = ""
    rule: str = ""


@dataclass(frozen=True, slots=True)
class Match:
    """A candidate in a search's answer: how far, why it stands where it stands, and what stands in its way."""

    candidate: Candidate
    miles: float | None
    approximate: bool
    in_area: bool | None
    score: float
    parts: tuple[Part, ...] = ()
    findings: tuple[Finding, ...] = ()
    asked_already: bool = False

    @property
    def may_be_asked(self) -> bool:
        """True where no rule blocks an approach."""
        return not any(finding.level == "block" for finding in self.findings)


@dataclass(frozen=True, slots=True)
class Relaxation:
    """One constraint that may be given up: its name, the words for people, and how many more homes that would bring.

    `Query.relaxed(name)` is the query line without it.
    """

    name: str
    words: str
    more: int


@dataclass(frozen=True, slots=True)
class Found:
    """A search's answer: matches in order (blocked ones last), how many of how many, and the filter in words.

    `matches` holds at most the asked-for number and is made as it is read: 50,000 homes cost what the shown rows cost.
    `total` counts every home that may be asked, `considered` the whole register. `blocked` counts the homes that pass
    the filter and may not be asked, by the reason that comes first, whether they are in `matches` or not.
    """

    matches: Sequence[Match]
    total: int
    considered: int
    words: str
    relaxations: tuple[Relaxation, ...] = ()
    problems: tuple[str, ...] = ()  # tokens that could not be understood, in words
    blocked: tuple[tuple[str, int], ...] = ()

    def blocked_in_words(self) -> str:
        """What is left out and why, commonest first: "12 more may not be asked: policy 8, age 4"; empty for none."""
        if not self.blocked:
            return ""
        commonest = sorted(self.blocked, key=lambda pair: (-pair[1], pair[0]))
        reasons = ", ".join(f"{about} {count:,}" for about, count in commonest)
        return f"{sum(count for _, count in commonest):,} more may not be asked: {reasons}"


@dataclass(frozen=True, slots=True)
class VacancyRow:
    """Beds said to be free: how many, when it was said, to whom or by whom, and from when until when."""

    beds: int
    said_at: datetime
    said_by: str
    from_on: date | None = None
    until_on: date | None = None
    note: str = ""
    expected: bool = False
    age_min: int | None = None
    age_max: int | None = None
    sexes: str | None = None


@dataclass(frozen=True, slots=True)
class HomePage:
    """One home with what is known of it. Phones include the one for the night; `record` holds its other columns."""

    candidate: Candidate
    address: str
    postcode: str | None
    night_phone: str
    email: str
    provision_type: str
    registration_status: str
    constituency: str
    note: str
    grades: tuple[tuple[date | None, str, str], ...]
    vacancies: tuple[VacancyRow, ...] = ()  # what was said of free beds, the latest first
    on_rota: bool = False  # the night team rings it first
    deregistered_on: date | None = None
