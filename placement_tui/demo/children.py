"""The children of the demonstration, who do not exist: identifiers, ages, where home is, and what each needs."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import count
from typing import Any
from uuid import UUID

from placement_tui.demo.names import BOYS, GIRLS, surname_of
from placement_tui.demo.places import Spot
from placement_tui.demo.seeded import Chance, Odds

FIRST_NUMBER = 10_234
AGES = Odds({0: 9, 1: 5, 2: 5, 3: 4, 4: 4, 5: 4, 6: 4, 7: 4, 8: 4, 9: 4, 10: 4, 11: 5, 12: 6, 13: 8, 14: 10, 15: 10,
             16: 8, 17: 5})  # fmt: skip
GROUPS = Odds({1: 84, 2: 11, 3: 4, 4: 1})
ZONES = Odds({"wirral": 84, "liverpool": 5, "mersey": 4, "cheshire": 5, "manchester": 2})

# What brings children of an age into care, with how often; each child draws a few.
_BABY = Odds({"BABY": 60, "16A": 30, "2B": 30, "4B": 20, "3B": 25, "1B": 15, "CONTACT": 35, "MEDICAL": 12, "18C": 8})
_YOUNG = Odds({"16A": 45, "17A": 25, "3A": 25, "2B": 18, "4B": 15, "CONTACT": 30, "SCHOOL": 22, "ADHD": 12, "SEND": 12,
               "AUTISM": 8, "18C": 12, "14A": 10, "VIOLENCE": 6, "NOPETS": 3, "CULTURE": 5, "5A": 6, "19C": 4,
               "MEDICAL": 5})  # fmt: skip
_TEEN = Odds({"10A": 34, "VIOLENCE": 26, "14A": 24, "15A": 22, "4A": 22, "24A": 18, "11A": 13, "2A": 18, "DAMAGE": 12,
              "ADHD": 16, "SEND": 16, "AUTISM": 10, "SCHOOL": 20, "CONTACT": 14, "17A": 16, "3A": 14, "OFFENDING": 9,
              "ALLEGES": 5, "HSB": 4, "FIRE": 3, "SOLO": 6, "NOKIDS": 8, "NIGHTS": 4, "IDENTITY": 4, "13A": 6,
              "WEAPONS": 4, "CULTURE": 4, "5A": 5, "TIER4": 2, "DOL": 2, "RATIO": 2})  # fmt: skip
_OLDER = Odds({"10A": 26, "4A": 24, "2A": 22, "24A": 16, "15A": 18, "OFFENDING": 12, "VIOLENCE": 16, "7A": 4, "14A": 16,
               "SEND": 10, "SCHOOL": 12, "IDENTITY": 5, "PREGNANT": 3, "13A": 7, "1A": 8, "AUTISM": 8, "11A": 9,
               "STEPDOWN": 3, "CONTACT": 8, "WEAPONS": 5})  # fmt: skip
_ALONE = ("9A", "LANGUAGE", "FAITH", "12A")
RISKS = frozenset({"VIOLENCE", "10A", "24A", "11A", "15A", "FIRE", "HSB", "DAMAGE", "WEAPONS", "DOL", "TIER4", "2A"})


@dataclass(slots=True)
class Child:
    """A child, and where they stand: the `home` that they live in, when their last placement ends, whether a home is sought now."""

    id: UUID
    identifier: str
    initials: str
    name: str
    born: date
    age_only: bool
    sex: str
    spot: Spot | None
    needs: tuple[str, ...]
    written: bool = False
    free_from: datetime | None = None
    lessons: int = 0
    sought: bool = False
    home: UUID | None = None
    siblings: list[Child] = field(default_factory=list)

    def age(self, at: datetime) -> int:
        """Whole years."""
        day = at.date()
        return day.year - self.born.year - ((day.month, day.day) < (self.born.month, self.born.day))

    @property
    def adult_on(self) -> date:
        """The eighteenth birthday."""
        day = self.born.replace(day=28) if (self.born.month, self.born.day) == (2, 29) else self.born
        return day.replace(year=day.year + 18)

    def columns(self, at: datetime) -> dict[str, Any]:
        """As first written down at that time."""
        born = {"age_said": self.age(at), "age_said_on": at.date()} if self.age_only else {"born_on": self.born}
        facts = {"identifier": self.identifier, "initials": self.initials, "name": self.name, "sex": self.sex, **born}
        if self.spot is None:
            return facts
        place = self.spot.columns()
        return {**facts, "home_postcode": place.pop("postcode"), **place}


class Nursery:
    """Makes children, one group of brothers and sisters at a time, with identifiers in order."""

    def __init__(self, chance: Chance, spots: list[Spot]) -> None:
        self._chance, self._spots, self._numbers = chance, spots, count(FIRST_NUMBER)

    def group(self, at: datetime, size: int, oldest: int | None = None) -> list[Child]:
        """Brothers and sisters who need a home at that time; `oldest` bounds the age of each from above."""
        chance = self._chance
        surname = surname_of(chance)
        spot = None if chance.happens(0.02) else chance.pick(self._spots)
        alone = size == 1 and chance.happens(0.03)
        age = chance.randint(15, 17) if alone else chance.draw(AGES)
        if size > 1:
            age = chance.randint(4, 14)
        if oldest is not None:
            age = min(age, oldest)
        made = []
        for place in range(size):
            made.append(self._child(at, max(0, age), surname, spot, alone))
            age -= chance.randint(1, 3)
            if age < 0:
                age = chance.randint(0, 2) if place == 0 else 0
        if size > 1:
            for child in made:
                child.siblings = [other for other in made if other is not child]
                child.needs = ("SIBLINGS", *child.needs[:3])
        return made

    def _child(self, at: datetime, age: int, surname: str, spot: Spot | None, alone: bool) -> Child:
        chance = self._chance
        sex = "U" if chance.happens(0.006) else chance.pick("MMMMMMMFFFFFF")
        first = chance.pick(GIRLS if sex == "F" else BOYS)
        return Child(
            id=chance.id(at),
            identifier=f"W-{next(self._numbers)}",
            initials=first[0] + surname[0],
            name=f"{first} {surname}" if chance.happens(0.3) else "",
            born=at.date() - timedelta(days=age * 365 + age // 4 + chance.randint(3, 355)),
            age_only=chance.happens(0.04),
            sex=sex,
            spot=spot,
            needs=_needs(chance, age, alone),
        )


def _needs(chance: Chance, age: int, alone: bool) -> tuple[str, ...]:
    if alone:
        return (*_ALONE[:3], "CULTURE") if chance.happens(0.6) else (*_ALONE, "4A")
    odds = _BABY if age < 2 else _YOUNG if age < 10 else _TEEN if age < 16 else _OLDER
    wanted = chance.randint(2, 3) if age < 10 else chance.randint(2, 6)
    return tuple(dict.fromkeys(chance.draw(odds) for _ in range(wanted)))
