"""The market of the demonstration: providers and their homes, each with ways of its own."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from uuid import UUID

from placement_tui.demo.names import Names
from placement_tui.demo.places import Places, Spot, constituencies
from placement_tui.demo.seeded import Chance, Odds

FIRST_URN = 9_000_000

# How many of each kind a team of scale 1 has: 400 in all.
USUAL = 400
COUNTS = {
    "inhouse": 100,
    "agency": 24,
    "household": 112,
    "res": 98,
    "sa": 50,
    "school": 7,
    "family_centre": 5,
    "secure": 4,
}
REGULATED = frozenset({"agency", "res", "sa", "school", "family_centre", "secure"})
FOUR_POINT: Odds[str | None] = Odds(
    {"outstanding": 10, "good": 60, "requires_improvement": 20, "inadequate": 3, "not_judged": 1, None: 6}
)
SUPPORTED: Odds[str | None] = Odds({"consistently_strong": 22, "inconsistent": 22, "serious_weaknesses": 5, None: 51})
HABITS = Odds({"": 55, "M1": 10, "N1": 8, "N2": 4, "I1": 5, "S1": 4, "L1": 4, "C1": 4, "T2": 3, "R1": 3})

_ZONES = {
    "inhouse": Odds({"wirral": 84, "liverpool": 3, "mersey": 4, "cheshire": 9}),
    "household": Odds({"wirral": 30, "liverpool": 20, "mersey": 24, "cheshire": 18, "lancashire": 4, "manchester": 4}),
    "agency": Odds({"wirral": 12, "liverpool": 25, "mersey": 20, "cheshire": 18, "lancashire": 10, "manchester": 15}),
    "res": Odds({"wirral": 24, "liverpool": 16, "mersey": 22, "cheshire": 16, "lancashire": 12, "manchester": 10}),
    "sa": Odds({"wirral": 38, "liverpool": 26, "mersey": 20, "cheshire": 12, "manchester": 4}),
    "school": Odds({"wirral": 10, "cheshire": 40, "lancashire": 30, "manchester": 20}),
    "family_centre": Odds({"wirral": 15, "liverpool": 30, "mersey": 25, "manchester": 30}),
    "secure": Odds({"mersey": 40, "lancashire": 30, "manchester": 30}),
}
_PRICES = {  # pounds a week, in steps of five
    "inhouse": (350, 500),
    "agency": (800, 1000),
    "household": (800, 1000),
    "res": (3500, 6500),
    "sa": (900, 2000),
    "school": (2800, 5200),
    "family_centre": (2600, 4200),
    "secure": (6800, 8200),
}
_ROUTES = {
    "agency": Odds({"nw_fostering": 70, "lcr_ppa": 12, "direct": 18}),
    "household": Odds({"nw_fostering": 76, "lcr_ppa": 12, "direct": 12}),
    "res": Odds({"nw_residential": 48, "lcr_ppa": 12, "block_local": 8, "block_collaborative": 4, "direct": 28}),
    "sa": Odds({"nw_supported": 62, "sub_regional": 10, "local": 10, "direct": 18}),
    "school": Odds({"nw_send": 70, "direct": 30}),
    "family_centre": Odds({"sub_regional": 30, "direct": 70}),
    "secure": Odds({"secure_hub": 100}),
}
_PLACES = {
    "inhouse": Odds({1: 36, 2: 40, 3: 24}),
    "household": Odds({1: 40, 2: 40, 3: 20}),
    "res": Odds({1: 6, 2: 16, 3: 30, 4: 32, 5: 8, 6: 8}),
    "sa": Odds({1: 10, 2: 12, 3: 18, 4: 22, 5: 16, 6: 12, 8: 10}),
    "school": Odds({8: 30, 12: 40, 20: 30}),
    "family_centre": Odds({4: 50, 6: 50}),
    "secure": Odds({8: 40, 12: 40, 24: 20}),
}
_AGES = {
    "inhouse": ((0, 17), (0, 17), (0, 10), (5, 17), (10, 17), (0, 5), (3, 12)),
    "household": ((0, 17), (0, 17), (0, 12), (5, 17), (8, 17), (10, 17), (0, 5)),
    "agency": ((0, 17),),
    "res": ((8, 17), (10, 17), (11, 17), (7, 12), (12, 17), (8, 17), (13, 17), (5, 13)),
    "sa": ((16, 17),),
    "school": ((5, 16), (8, 17), (11, 17)),
    "family_centre": ((0, 17),),
    "secure": ((10, 17),),
}
_SUSPENDED = (
    "Under enforcement: compliance notice, no new children until it is met",
    "Allegation being looked into",
    "Carer unwell, back in the new year",
    "On hold at their own request after a bereavement",
    "Quality visit found records missing: not used until seen again",
    "Building work after a leak",
)
_NOTES = (
    "Two dogs and a cat; a garden that backs onto the park.",
    "Experienced with teenagers; honest about what they can manage.",
    "No car: school has to be on the 407 bus.",
    "Ring the mobile after 18:00, the landline is never answered.",
    "Have cared for brothers and sisters before and would again.",
    "Muslim household, Urdu and English spoken.",
    "Close to Arrowe Park; used to hospital appointments.",
    "Prefers to meet the child before saying yes.",
    "Night staff awake on every shift.",
    "School on site for up to four.",
    "Carers' own son, 15, lives at home.",
    "Step-free ground floor bedroom and wet room.",
)


@dataclass(slots=True)
class Provider:
    """An organisation, and who owns what."""

    id: UUID
    name: str
    sector: str
    phone: str
    after_hours: str
    tier: int | None = None
    route: str | None = None


@dataclass(slots=True)
class Home:
    """A home and its hidden ways: how `eager` it is, the reason it is in the `habit` of giving, and who lives there.

    `taken` places are the team's own children, `others` other councils'. `opens` is the day from which it is there.
    """

    id: UUID
    provider: Provider
    kind: str
    name: str
    spot: Spot
    places: int | None
    age_min: int
    age_max: int
    sexes: str | None
    pence: int
    tier: int | None
    route: str | None
    phone: str
    grade: str | None
    graded_on: date | None
    opens: datetime
    urn: str | None = None
    reference: str | None = None
    registered: bool = True
    suspended: str | None = None
    note: str = ""
    eager: float = 1.0
    habit: str = ""
    taken: int = 0
    others: int = 0

    def free(self) -> int:
        """Beds that the team's own records leave; many where nobody said how many places there are."""
        return 99 if self.places is None else self.places - self.taken

    def says_free(self) -> int:
        """Beds that the home would say are free."""
        return max(0, (2 if self.places is None else self.places) - self.taken - self.others)


@dataclass(slots=True)
class Market:
    """All of it, in the order in which it is made."""

    providers: list[Provider] = field(default_factory=list)
    homes: list[Home] = field(default_factory=list)


def make(chance: Chance, places: Places, names: Names, size: float, start: datetime) -> Market:
    """The market at the start of the history, `size` times the usual; homes whose `opens` is later come up during it."""
    market = Market()
    own = Provider(chance.id(start), "Wirral fostering", "own", names.phone(), names.phone(True), 1, None)
    market.providers.append(own)
    agencies = [_agency(chance, names, start) for _ in range(round(COUNTS["agency"] * size))]
    market.providers.extend(agencies)
    hidden = constituencies()
    urns = iter(range(FIRST_URN, FIRST_URN + 1_000_000))
    for kind, count in COUNTS.items():
        zones = [chance.draw(_ZONES[kind]) for _ in range(round(count * size))]
        owners = {"inhouse": _only(own), "agency": iter(agencies), "household": _any(chance, agencies)}.get(kind)
        owners = owners or _companies(chance, names, start, kind, market.providers)
        for number, spot in enumerate(places.many(zones)):
            where = chance.pick(hidden) if kind in ("res", "school") and chance.happens(0.06) else spot
            if kind == "household" and chance.happens(0.03):
                where = replace(spot, postcode=None, location="given")
            home = _home(chance, names, kind, next(owners), where, start)
            if kind in REGULATED:
                home.urn = str(next(urns))
            else:
                home.reference = f"{'IHF' if kind == 'inhouse' else 'HH'}-{number + 1:04}"
            market.homes.append(home)
    return market


def _home(chance: Chance, names: Names, kind: str, owner: Provider, spot: Spot, start: datetime) -> Home:
    low, high = chance.pick(_AGES[kind])
    cheapest, dearest = _PRICES[kind]
    if kind in ("inhouse", "household"):
        name = names.carers()
    else:
        name = owner.name if kind == "agency" else names.house(kind == "sa")
    late = chance.happens(0.07) and kind not in ("secure", "school")
    home = Home(
        id=chance.id(start),
        provider=owner,
        kind=kind,
        name=name,
        spot=spot,
        places=None if kind == "agency" else chance.draw(_PLACES[kind]),
        age_min=low,
        age_max=high,
        sexes=chance.pick("MF") if kind != "agency" and chance.happens(0.08) else None,
        pence=chance.randint(cheapest // 5, dearest // 5) * 500,
        tier=1 if kind == "inhouse" else owner.tier,
        route=owner.route,
        phone=owner.phone if kind in ("household", "agency") else names.phone(),
        grade=None,
        graded_on=None,
        opens=start + chance.days(40, 700) if late else start,
        note=chance.pick(_NOTES) if kind != "agency" and chance.happens(0.22) else "",
        eager=chance.lognormvariate(0, 0.7),
        habit=chance.draw(HABITS),
    )
    if kind in REGULATED and not late:
        home.grade = chance.draw(SUPPORTED if kind == "sa" else FOUR_POINT)
        home.graded_on = (start - chance.days(20, 500)).date() if home.grade else None
    if home.places:
        home.others = chance.randint(0, home.places)
    if (late and kind in ("sa", "res") and chance.happens(0.3)) or chance.happens(0.02):
        home.registered = False
    elif chance.happens(0.035):
        home.suspended = chance.pick(_SUSPENDED)
    return home


def inspect(home: Home, chance: Chance) -> str:
    """What the next inspection finds: mostly what the last one found."""
    if home.grade and home.grade != "not_judged" and chance.happens(0.62):
        return home.grade
    return chance.draw(SUPPORTED if home.kind == "sa" else FOUR_POINT) or (
        "inconsistent" if home.kind == "sa" else "good"
    )


def earlier(home: Home, chance: Chance) -> list[tuple[date, str]]:
    """Judgements before the one that stands, the oldest first."""
    if home.graded_on is None:
        return []
    days = sorted(home.graded_on - timedelta(days=chance.randint(300, 1500)) for _ in range(chance.randint(0, 2)))
    return [(day, inspect(home, chance)) for day in days]


def _agency(chance: Chance, names: Names, start: datetime) -> Provider:
    sector = "voluntary" if chance.happens(0.2) else "private"
    return Provider(
        chance.id(start), names.agency(), sector, names.phone(), names.phone(True), chance.draw(_TIERS),
        chance.draw(_ROUTES["agency"]),
    )  # fmt: skip


def _companies(chance: Chance, names: Names, start: datetime, kind: str, made: list[Provider]) -> Iterator[Provider]:
    """Owners of one to six homes, put into `made` as they come."""
    sectors = Odds({"private": 84, "voluntary": 12, "local_authority": 4})
    if kind == "secure":
        sectors = Odds({"local_authority": 100})
    while True:
        owner = Provider(
            chance.id(start), names.company(), chance.draw(sectors), names.phone(), names.phone(True),
            chance.draw(_TIERS), chance.draw(_ROUTES[kind]),
        )  # fmt: skip
        made.append(owner)
        for _ in range(chance.choice((1, 1, 1, 2, 3, 4, 6))):
            yield owner


def _only(owner: Provider) -> Iterator[Provider]:
    while True:
        yield owner


def _any(chance: Chance, owners: list[Provider]) -> Iterator[Provider]:
    while True:
        yield chance.pick(owners)


_TIERS = Odds({1: 30, 2: 45, 3: 25})
