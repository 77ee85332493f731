"""Time in care of the children who are placed: periods, legal statuses, times missing, reviews, and what the header says.

It follows from where they lived: who lives nowhere for a while went home, and came into care again. All of it was brought
in on one day from the return that the council sent before, so that nobody's last step is in the way.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from placement_tui.db.engine import Store
from placement_tui.db.reads.care import histories, statuses_at_start
from placement_tui.demo.care_courses import cin_of, ended, ethnicity_of, mother_of, statuses_of, upn_of
from placement_tui.demo.children import Child
from placement_tui.demo.homes import FIRST_URN
from placement_tui.demo.places import Spot
from placement_tui.demo.seeded import Chance, Odds
from placement_tui.demo.stream import Act, Stream
from placement_tui.demo.team import Team
from placement_tui.domain.care import CareHistory, Stay
from placement_tui.domain.clocks_days import london_day
from placement_tui.domain.distance import within_20
from placement_tui.domain.typed_ages import age_on, birthday

OWN_AGENCY_URN = str(FIRST_URN + 999_999)  # the council's own fostering service is registered too
BROUGHT_IN = timedelta(hours=50)
REVIEWS_SINCE = timedelta(days=400)  # of the two years; earlier ones stand in the files
_FIRST_REVIEW, _SECOND, _LATER = timedelta(days=19), timedelta(days=84), timedelta(days=175)
_TOOK_PART = Odds({"PN1": 52, "PN2": 5, "PN3": 3, "PN4": 7, "PN5": 6, "PN6": 19, "PN7": 8})
_SO_FAR = Odds({"not_available": 40, "does_not_exist": 12, "refused_need": 20, "refused_matching": 14, "safeguarding": 8,
                "preference": 6})  # fmt: skip
SCHOOLS = (
    ("Fir Lane Primary", "St Oswin's Primary", "Dunes Primary", "Moor Edge Primary", "Larch Road Primary"),
    ("Fir Lane High", "Estuary Academy", "Moor Edge High", "Quarry Bank Academy", "Saltmarsh School"),
)
_SCHOOL_AGES, _SECONDARY = (4, 16), 11
_MISSING_DAYS = Odds({0: 44, 1: 34, 2: 12, 4: 6, 9: 4})


@dataclass(slots=True)
class Period:
    """Placements that follow each other without a day between: one period of care. `said` are their legal statuses."""

    stays: list[Stay]
    said: list[str] = field(default_factory=list)

    @property
    def began(self) -> date:
        """The first day."""
        return self.stays[0].from_on

    @property
    def over(self) -> date | None:
        """The last day; None where it goes on."""
        return self.stays[-1].until_on

    @property
    def short(self) -> bool:
        """True for short breaks under section 20: the return wants neither reviews nor addresses of them."""
        return self.said == ["V4"]


def tell(team: Team, store: Store) -> None:
    """Write it, when all else is written."""
    chance = Chance(f"care {team.scale}")
    at = team.now - BROUGHT_IN
    stream = Stream(store, chance)
    act = stream.act(at, None, "import ssda903")
    with store.read() as session:
        known = histories(session, london_day(team.now))
        said = statuses_at_start(session)
    children = {child.id: child for child in team.children}
    act.change("provider", team.market.providers[0].id, {"urn": OWN_AGENCY_URN})
    for history in known:
        if history.child_id in children:
            _Course(team, act, children[history.child_id], history, said).write()
    stream.close()


class _Course:
    """One child's way through care, with a chance of its own."""

    def __init__(self, team: Team, act: Act, child: Child, history: CareHistory, said: dict[UUID, str]) -> None:
        self.team, self.act, self.child, self.history = team, act, child, history
        self.chance = Chance(f"care {child.id}")
        self.today = london_day(team.now)
        self.unaccompanied = "9A" in child.needs
        self.spot: Spot | None = child.spot
        if self.spot is None and not self.unaccompanied:
            self.spot = self.chance.pick([home.spot for home in team.homes[:80] if home.spot.location == "postcode"])
        self.periods = _periods(history, said)

    def write(self) -> None:
        """All of it."""
        for number, period in enumerate(self.periods, 1):
            self._period(period, number < len(self.periods))
        self._homes()
        self._header()

    def _period(self, period: Period, comes_back: bool) -> None:
        chance, act, child = self.chance, self.act, self.child
        statuses = statuses_of(
            chance,
            period.began,
            period.over,
            period.stays,
            period.said,
            self.history.born_on or child.born,
            self.today,
        )
        if self.unaccompanied:
            statuses = [("V2", period.began, period.over)]
        last = period.stays[-1]
        rec = None if period.over is None else ended(chance, last, statuses[-1][0], child.adult_on, period.over)
        if rec is not None and comes_back and rec != "E14":
            rec = "E4A" if chance.happens(0.3) else "E4B"
        postcode = None if self.spot is None else self.spot.columns()["postcode"]
        act.new("care", {
            "child_id": child.id, "began_on": period.began, "ended_on": period.over, "rec": rec, "home_postcode": postcode,
            "cin": cin_of(chance, child.needs, period.short), "source": "demonstration",
        }, chance.id(act.at))  # fmt: skip
        for code, first, until in statuses:
            values = {
                "child_id": child.id,
                "code": code,
                "from_on": first,
                "until_on": until,
                "source": "demonstration",
            }
            act.new("legal_status", values, chance.id(act.at))
        if not period.short:
            self._reviews(period)
            if "10A" in child.needs:
                for stay in period.stays:
                    self._missing(stay)

    def _reviews(self, period: Period) -> None:
        chance, born = self.chance, self.history.born_on or self.child.born
        day, gap = period.began + _FIRST_REVIEW - timedelta(days=chance.randint(0, 5)), _SECOND
        since = self.today - REVIEWS_SINCE
        while day < (period.over or self.today):
            if day >= since:
                code = "PN0" if day < birthday(born, 4) else chance.draw(_TOOK_PART)
                values = {"child_id": self.child.id, "held_on": day, "code": code, "source": "demonstration"}
                self.act.new("review", values, chance.id(self.act.at))
            day += gap - timedelta(days=chance.randint(0, 12))
            gap = _LATER

    def _missing(self, stay: Stay) -> None:
        """Nights away from one home, apart from each other and from the days of moving."""
        chance = self.chance
        day = max(stay.from_on, self.today - timedelta(days=730)) + timedelta(days=chance.randint(3, 40))
        for _ in range(chance.choice((0, 0, 1, 1, 2, 4))):
            until = day + timedelta(days=chance.draw(_MISSING_DAYS))
            last = stay.until_on or self.today + timedelta(days=1)
            if until >= last:
                return
            open_still = stay.until_on is None and until >= self.today
            values = {
                "child_id": self.child.id, "kind": "A" if chance.happens(0.15) else "M", "from_on": day,
                "until_on": None if open_still else until, "source": "demonstration",
            }  # fmt: skip
            self.act.new("missing", values, chance.id(self.act.at))
            day = until + timedelta(days=chance.randint(4, 90))

    def _homes(self) -> None:
        """Of each home the school, what the census asks, and the address that the team knows where the register has none."""
        chance, school = self.chance, ""
        for stay in self.history.stays:
            values: dict[str, Any] = {"package": chance.happens(0.18), "solo": chance.happens(0.1)}
            if "SOLO" in self.child.needs:
                values |= {"solo_required": True, "solo": chance.happens(0.7)}
            if stay.in_area is False or within_20(stay.miles) is False:
                values["distance_reason"] = chance.draw(_SO_FAR)
            age = age_on(self.history.born_on or self.child.born, stay.from_on)
            if _SCHOOL_AGES[0] <= age <= _SCHOOL_AGES[1]:
                names = SCHOOLS[age >= _SECONDARY]
                stays_there = school in names and chance.happens(0.7)
                values |= {"school_changes": bool(school) and not stays_there}
                school = school if stays_there else chance.pick([name for name in names if name != school])
                values["school"] = school
            if stay.postcode is None:
                near = next(home.spot for home in self.team.homes if home.spot.location == "postcode")
                values["postcode"] = near.columns()["postcode"]
            self.act.change("placement", stay.id, values)

    def _header(self) -> None:
        chance, child = self.chance, self.child
        born = self.history.born_on or child.born
        values: dict[str, Any] = {
            "ethnicity": ethnicity_of(chance, self.unaccompanied), "upn": upn_of(chance, born, self.today, self.unaccompanied),
            "uasc": self.unaccompanied,
        }  # fmt: skip
        if self.history.born_on is None:
            values["born_on"] = child.born
        if child.sex == "F":
            values |= mother_of("PREGNANT" in child.needs, born, self.periods[-1].began, self.today)
        self.act.change("child", child.id, values)


def _periods(history: CareHistory, said: dict[UUID, str]) -> list[Period]:
    found: list[Period] = []
    for stay in history.stays:
        if not found or found[-1].over != stay.from_on:
            found.append(Period([]))
        found[-1].stays.append(stay)
        found[-1].said.append(said.get(stay.id, ""))
    return found
