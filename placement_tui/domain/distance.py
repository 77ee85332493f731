"""How far a home is from a child's home, and whose area it lies in.

The statutory distance is planar, on the National Grid: the Department's SSDA903 guidance as the sector's validator
computes PL_DISTANCE (`lac_validator/datastore.py`). Where an end is known by latitude and longitude only, the services
take the geodesic distance; this module says when they have to.
"""

from __future__ import annotations

from math import sqrt

from placement_tui.domain.homes import Position

KILOMETRES_A_MILE = 1.6093  # the guidance's own, not 1.609344: the return must agree to the shown digit
DISTANCE_BANDS = ("20 miles or less", "Over 20 miles", "Not known or not recorded")
NEAR_MILES = 20.0
NOTHING_ADJOINS = frozenset({"none"})  # said of an island, say: every home elsewhere is at a distance


def statutory_miles(a: Position, b: Position) -> float | None:
    """PL_DISTANCE in miles to one decimal, or None where an end has no grid reference.

    round(sqrt(dE^2 + dN^2) / 1000 / 1.6093, 1). Source: SSDA903 guidance, as in the validator.
    """
    if not (a.on_grid and b.on_grid):
        return None
    if a.easting is None or a.northing is None or b.easting is None or b.northing is None:
        return None
    east, north = a.easting - b.easting, a.northing - b.northing
    return round(sqrt(east * east + north * north) / 1000 / KILOMETRES_A_MILE, 1)


def within_20(miles: float | None) -> bool | None:
    """True for 20.0 and less, None where the distance is unknown. Source: the Department's band "20 miles or less"."""
    return None if miles is None else miles <= NEAR_MILES


def distance_band(miles: float | None) -> str:
    """The Department's band of a distance in miles."""
    near = within_20(miles)
    return DISTANCE_BANDS[2] if near is None else DISTANCE_BANDS[0 if near else 1]


def in_area(position: Position, authority: str | None) -> bool | None:
    """True where the position lies in that authority (GSS code, upper tier); None where either is not known."""
    if not position.authority or not authority:
        return None
    return position.authority == authority


def at_a_distance(position: Position, authority: str | None, adjoining: frozenset[str]) -> bool | None:
    """True outside the area and outside every adjoining one; None where that cannot be said.

    An empty `adjoining` means that nobody has said which authorities adjoin; that none does is `NOTHING_ADJOINS`.
    Source: regulation 11(5), Care Planning, Placement and Case Review (England) Regulations 2010.
    """
    inside = in_area(position, authority)
    if inside is None or (not inside and not adjoining):
        return None
    return not inside and position.authority not in adjoining
