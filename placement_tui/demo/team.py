"""The team of the demonstration: its officers, its clock, what is to happen next, and the store's first day."""

from __future__ import annotations

import heapq
from collections import Counter
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

from placement_tui.demo import homes as market
from placement_tui.demo.children import ZONES, Child, Nursery
from placement_tui.demo.homes import Home
from placement_tui.demo.names import Names, mail_of, person
from placement_tui.demo.nearby import Nearby
from placement_tui.demo.places import OWN, OWN_NAME, Places, adjoining, areas, constituencies, districts
from placement_tui.demo.seeded import Chance, Odds
from placement_tui.demo.stream import Act, Stream
from placement_tui.domain.officers import initials_of
from placement_tui.domain.settings import setting_id

if TYPE_CHECKING:
    from placement_tui.demo.approaches import Logged
    from placement_tui.demo.asking import Candidate

HISTORY = timedelta(days=730)
DETAILED = timedelta(days=60)  # older approaches came in with their answer, as one operation each
OFFICERS = (
    ("Kate Mercer", "officer"),
    ("Priya Lal", "officer"),
    ("Adam Doyle", "officer"),
    ("Helen Rowe", "manager"),
    ("Sam Okoro", "viewer"),
)
APPROACHES = 8_050  # of the past, for each unit of scale; those of tonight come on top
MORE = -450
_WORK = (45, 32, 18, 5, 0)
MOST_OFFICERS = 20
SPOTS = 300
SETTINGS: dict[str, Any] = {
    "team_name": "Wirral placements",
    "authority": OWN,
    "authority_name": OWN_NAME,
    "grades_home": ["outstanding", "good"],
    "grades_agency": ["outstanding", "good"],
    "grades_supported": ["consistently_strong", "inconsistent"],
    "stale_hours": 48,
    "approvers": {
        "nominated_officer": "Helen Rowe",
        "director": "Anne Vale",
        "budget_holder": "Helen Rowe",
        "emergency_approver": "Jan Cole",
    },
    "budget_limit_pence": 550_000,
}


class Team:
    """Everything that happens shares it. `events` run in order of time; a step may not be earlier than its event."""

    def __init__(self, stream: Stream, chance: Chance, scale: int, now: datetime, homes: int | None = None) -> None:
        size = scale if homes is None else homes / market.USUAL
        self.stream, self.chance, self.scale, self.now = stream, chance, scale, now
        self.start = self._clock = now - HISTORY
        self.recent = now - DETAILED
        self.names = Names(chance)
        self.nearby = Nearby(chance, size)
        self.homes: list[Home] = []
        self.children: list[Child] = []
        self.coming: list[list[Child]] = []  # whose next home is to be looked for tonight
        self.seek: Callable[[datetime, list[Child], datetime], None] = lambda _at, _children, _not_before: None
        self.asked = self.sought = self.signing = 0
        self.orders = 0  # that deprive of liberty, so far
        self.planned: set[UUID] = set()  # children with a plan for permanence
        self.warned: dict[UUID, str] = {}  # what was logged of a placement before it broke down
        self.seeking: list[tuple[Logged, list[Candidate]]] = []  # what is open, and who may be asked for it
        self.lessons: Counter[int] = Counter()  # how often each was learned
        self._references: dict[int, int] = {}
        self._events: list[tuple[datetime, int, Callable[[datetime], None]]] = []
        self._number = 0
        places = Places(chance)
        spots = places.many([chance.draw(ZONES) for _ in range(SPOTS * min(scale, 20))])
        self.nursery = Nursery(chance, spots)
        self.market = market.make(chance, places, self.names, size, self.start)
        names = [name for name, _ in OFFICERS]
        while len(names) < min(MOST_OFFICERS, len(OFFICERS) + scale - 1):
            name = person(chance)
            if initials_of(name) not in map(initials_of, names):
                names.append(name)
        self.officers = [chance.id(self.start) for _ in names]
        self._names = names
        work = (*_WORK, *(12 for _ in names[len(OFFICERS) :]))
        self._on_duty = Odds(dict(zip(self.officers, work, strict=True)))
        self.workers = [(person(chance), self.names.phone()) for _ in range(24)]

    def officer(self) -> UUID:
        """Whoever picks up the phone."""
        return self.chance.draw(self._on_duty)

    def act(self, at: datetime, command: str, officer: UUID | None = None) -> Act:
        """Something that an officer does."""
        return self.stream.act(at, officer or self.officer(), command)

    def reference(self, at: datetime) -> str:
        """The next reference of that year."""
        number = self._references[at.year] = self._references.get(at.year, 0) + 1
        return f"{at.year % 100:02}-{number:04}"

    def pace(self) -> float:
        """How many homes a referral asks on average from here on, so that the whole comes out as promised."""
        gone = (self._clock - self.start) / HISTORY
        all_of_them = (self.sought + 40 * self.scale) / (gone + 40 / 620)
        self.sought += 1
        left = max(1.0, all_of_them * (1 - gone))
        return min(24.0, max(5.0, (APPROACHES * self.scale + MORE - self.asked) / left))

    def later(self, at: datetime, what: Callable[[datetime], None]) -> None:
        """Let it happen at that time."""
        self._number += 1
        heapq.heappush(self._events, (at, self._number, what))

    def run(self, until: datetime) -> None:
        """Let happen what is to happen before that time, in order."""
        while self._events and self._events[0][0] < until:
            at, _, what = heapq.heappop(self._events)
            self.stream.let_go(at)
            self._clock = at
            what(at)
        self.stream.let_go(until)

    def open(self, device: UUID) -> None:
        """The first day: the store's own facts, the areas around, and the market as it is known."""
        act = self.stream.act(self.start, None, "demo")
        act.new("device", {"letter": "", "name": "demonstration"}, device)
        for name, value in {**SETTINGS, "adjoining": adjoining()}.items():
            act.new("setting", {"name": name, "value": value}, setting_id(name))
        roles = [role for _, role in OFFICERS] + ["officer"] * len(self._names)
        for key, name, role in zip(self.officers, self._names, roles, strict=False):
            act.new("officer", {"name": name, "initials": initials_of(name), "role": role}, key)
        self._areas(act)
        for provider in self.market.providers:
            act.new(
                "provider",
                {"name": provider.name, "sector": provider.sector, "phone": provider.phone, "tier": provider.tier,
                 "out_of_hours_phone": provider.after_hours, "email": mail_of(provider.name), "route": provider.route},
                provider.id,
            )  # fmt: skip
        for home in self.market.homes:
            if home.opens > self.start:
                self.later(home.opens, self._opens(home))
            else:
                self._open(home, act)

    def _opens(self, home: Home) -> Callable[[datetime], None]:
        return lambda at: self._open(home, self.act(at, "import"))

    def _open(self, home: Home, act: Act) -> None:
        place = home.spot.columns()
        act.new(
            "home",
            {"provider_id": home.provider.id, "urn": home.urn, "name": home.name, "kind": home.kind, **place,
             "registered": home.registered, "town": home.spot.town, "area": self._area_names.get(home.spot.authority, ""),
             "registration_status": ("Active" if home.registered else "Applied") if home.urn else "",
             "registered_on": (home.opens - self.chance.days(40, 3000)).date() if home.urn and home.registered else None,
             "constituency": home.spot.constituency, "phone": home.phone, "email": mail_of(home.provider.name),
             "out_of_hours_phone": home.provider.after_hours, "places": home.places, "age_min": home.age_min,
             "address": self.names.street() if home.spot.location == "postcode" else "", "reference": home.reference,
             "age_max": home.age_max, "sexes": home.sexes, "tier": home.tier, "route": home.route, "note": home.note,
             "weekly_pence": home.pence, "grade": home.grade, "graded_on": home.graded_on, "suspended": home.suspended},
            home.id,
        )  # fmt: skip
        judged = market.earlier(home, self.chance)
        if home.grade and home.graded_on:
            judged.append((home.graded_on, home.grade))
        for day, grade in judged:
            self._grade(act, home, day, grade)
        self.nearby.add(home)
        self.homes.append(home)
        if home.urn and home.registered and (home.kind != "sa" or self.chance.happens(0.5)):
            self.later(act.at + self.chance.days(10, 420), self._inspected(home))

    def _inspected(self, home: Home) -> Callable[[datetime], None]:
        def happens(at: datetime) -> None:
            act = self.act(at, "import", self.officers[3])
            home.grade = market.inspect(home, self.chance)
            home.graded_on = (at - self.chance.days(15, 50)).date()
            self._grade(act, home, home.graded_on, home.grade)
            act.change("home", home.id, {"grade": home.grade, "graded_on": home.graded_on})
            self.later(at + self.chance.days(290, 430), self._inspected(home))

        return happens

    def _grade(self, act: Act, home: Home, day: Any, grade: str) -> None:
        parts: dict[str, Any] = {}
        if home.kind != "sa":
            again = market.FOUR_POINT.things[:3]
            parts = {
                name: grade if self.chance.happens(0.8) else self.chance.pick(again) for name in ("help", "leaders")
            }
        act.new(
            "grade", {"home_id": home.id, "overall": grade, "inspected_on": day, "source": "demonstration", **parts}
        )

    def _areas(self, act: Act) -> None:
        found = areas()
        self._area_names: dict[str | None, str] = {area.gss: area.name for area in found}
        for area in found:
            act.new(
                "authority",
                {"gss": area.gss, "dfe_code": area.number, "name": area.name, "kind": area.kind, "region": "North West",
                 "latitude": area.latitude, "longitude": area.longitude, "neighbours": area.neighbours.split(",")},
            )  # fmt: skip
        for code, (name, gss) in districts().items():
            act.new("district", {"code": code, "name": name, "authority": gss})
        for spot in constituencies():
            act.new(
                "constituency",
                {"name": spot.constituency, "easting": spot.easting, "northing": spot.northing,
                 "latitude": spot.latitude, "longitude": spot.longitude, "authority_codes": [spot.authority],
                 "authorities": [self._area_names[spot.authority]]},
            )  # fmt: skip
