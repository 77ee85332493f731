"""Whom to ask: homes of the kinds wanted, the near ones first, now and then one whose terms do not fit after all."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from math import hypot
from typing import NamedTuple

from placement_tui.demo.answers import misfit
from placement_tui.demo.children import Child
from placement_tui.demo.homes import Home
from placement_tui.demo.nearby import miles_between
from placement_tui.demo.places import OWN, Spot
from placement_tui.demo.team import Team

KINDS = {
    "foster": ("inhouse", "agency", "household"),
    "residential": ("res",),
    "supported": ("sa",),
    "parent_and_child": ("family_centre", "agency", "inhouse"),
    "short_breaks": ("inhouse", "household", "res"),
    "secure": ("secure",),
}
_SCHOOL_NEEDS = frozenset({"SEND", "5A", "AUTISM"})
_MISFITS_ASKED = 0.05
_TIERS = {1: 0.8, 2: 1.0, 3: 1.25}
MIDDLE = Spot("Birkenhead", OWN, 331_500, 388_000, 53.384, -3.031, None, "approximate")  # where nobody said an address


class Candidate(NamedTuple):
    """A home to be asked: how far from the child's home, why it will not fit (None where it does), for which wish."""

    home: Home
    miles: float | None
    misfit: str | None
    wish: str


def candidates(
    team: Team, at: datetime, children: Sequence[Child], wanted: Sequence[str], most: int
) -> list[Candidate]:
    """At most so many homes, in the order in which they are asked: those for the first wish before those for the next."""
    needs = {need for child in children for need in child.needs}
    first = most if len(wanted) == 1 else max(1, round(most * 0.65))
    found: list[Candidate] = []
    for number, wish in enumerate(wanted):
        kinds = KINDS[wish] + (("school",) if wish == "residential" and needs & _SCHOOL_NEEDS else ())
        known = {each.home.id for each in found}
        share = first if number == 0 else most - len(found)
        found += [each for each in _near(team, at, children, kinds, wish, share) if each.home.id not in known]
    return found[:most]


def _near(
    team: Team, at: datetime, children: Sequence[Child], kinds: tuple[str, ...], wish: str, most: int
) -> list[Candidate]:
    chance, spot = team.chance, children[0].spot
    ages, sexes = [child.age(at) for child in children], [child.sex for child in children]
    found: list[tuple[float, int, Home, str | None]] = []
    start = spot or MIDDLE
    worn = 4_000 if wish == "foster" else 16_000  # metres by which a mile more or less is not minded
    for ring in team.nearby.around(start, kinds):
        for home in ring:
            if not home.registered or home.suspended is not None:
                continue
            against = misfit(home, ages, sexes)
            if against is None and home.places is not None and home.places < len(children):
                against = "A2"
            if against is not None and not chance.happens(_MISFITS_ASKED):
                continue
            order = hypot(start.easting - home.spot.easting, start.northing - home.spot.northing) + worn
            order *= _TIERS.get(home.tier or 2, 1.0) * (0.5 + chance.random()) / home.eager**0.25
            found.append((order, len(found), home, against))
        if len(found) >= most * 2.4 + 6:
            break
    found.sort()
    return [
        Candidate(home, miles_between(spot, home.spot) if spot else None, against, wish)
        for _, _, home, against in found[:most]
    ]
