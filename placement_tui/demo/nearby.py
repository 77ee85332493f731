"""Which homes lie near: a grid of squares, so that a search looks at its surroundings only, at any scale."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from math import hypot

from placement_tui.demo.homes import Home
from placement_tui.demo.places import Spot
from placement_tui.demo.seeded import Chance
from placement_tui.domain.distance import KILOMETRES_A_MILE

FARTHEST = 110_000  # metres: beyond it a search of the demonstration gives up
SIDE = 8_000


class Nearby:
    """Homes by kind and square. A larger market is as many beside each other: each search sees its own share."""

    def __init__(self, chance: Chance, size: float) -> None:
        self._chance, self._size = chance, size
        self._squares: dict[str, dict[tuple[int, int], list[Home]]] = {}

    def add(self, home: Home) -> None:
        """A home that is there from now on."""
        square = (home.spot.easting // SIDE, home.spot.northing // SIDE)
        self._squares.setdefault(home.kind, {}).setdefault(square, []).append(home)

    def around(self, spot: Spot, kinds: Iterable[str]) -> Iterator[list[Home]]:
        """The homes of these kinds, ring by ring of squares outwards."""
        squares = [self._squares[kind] for kind in kinds if kind in self._squares]
        x, y = spot.easting // SIDE, spot.northing // SIDE
        for ring in range(FARTHEST // SIDE):
            found: list[Home] = []
            for at in _ring(x, y, ring):
                for each in squares:
                    if at in each:
                        found += self._share(each[at])
            if found:
                yield found

    def _share(self, homes: list[Home]) -> list[Home]:
        if self._size == 1:
            return homes
        share = len(homes) / self._size
        return self._chance.sample(homes, int(share) + self._chance.happens(share % 1))


def miles_between(a: Spot, b: Spot) -> float:
    """As the product says it: planar to one decimal where both are known to the metre, otherwise the geodesic."""
    if a.location == b.location == "postcode":
        return round(hypot(a.easting - b.easting, a.northing - b.northing) / 1000 / KILOMETRES_A_MILE, 1)
    from geopy.distance import geodesic

    return round(float(geodesic((a.latitude, a.longitude), (b.latitude, b.longitude)).miles), 1)


def _ring(x: int, y: int, ring: int) -> Iterator[tuple[int, int]]:
    if ring == 0:
        yield x, y
        return
    for step in range(-ring, ring + 1):
        yield x + step, y - ring
        yield x + step, y + ring
    for step in range(1 - ring, ring):
        yield x - ring, y + step
        yield x + ring, y + step
