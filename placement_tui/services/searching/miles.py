"""How far every home is from one place, by array arithmetic; exact to the shown digit."""

from __future__ import annotations

from math import radians

import numpy as np

from placement_tui.domain.distance import KILOMETRES_A_MILE
from placement_tui.domain.homes import Position
from placement_tui.services.searching.columns import Floats, Mask
from placement_tui.services.searching.points import grid_to_degrees, latitude_longitude, miles_between
from placement_tui.services.searching.register import Register

_MAJOR, _FLATTENING, _METRES = 6378137.0, 1 / 298.257223563, 1609.344  # WGS84; the international mile, as geopy has it
_SURE = 0.002  # Lambert's formula stays within this of the geodesic, in miles, up to
_SURE_UP_TO = 700.0  # so many miles: more than Britain is long


class Miles:
    """Miles to one decimal from an origin to each row, NaN where they are not known."""

    def __init__(self, register: Register, origin: Position) -> None:
        self._register, self._origin = register, origin
        count = register.count
        self.rounded: Floats = np.full(count, np.nan)
        self._unsure: Mask = np.zeros(count, np.bool_)
        gridded = np.zeros(count, np.bool_)
        if origin.on_grid:
            gridded = register.location.among({"postcode"}) & register.easting.known & register.northing.known
            self.rounded[gridded] = _statutory(register, origin, gridded)
        start = latitude_longitude(origin)
        if start is not None and not gridded.all():
            self._take_geodesics(start, ~gridded)

    def _take_geodesics(self, start: tuple[float, float], rest: Mask) -> None:
        register = self._register
        latitude, longitude = register.latitude.array, register.longitude.array
        from_grid = rest & register.easting.known & register.northing.known & (np.isnan(latitude) | np.isnan(longitude))
        if from_grid.any():
            latitude, longitude = latitude.copy(), longitude.copy()
            longitude[from_grid], latitude[from_grid] = grid_to_degrees().transform(
                register.easting.array[from_grid], register.northing.array[from_grid]
            )
        rows = np.flatnonzero(rest & (np.abs(latitude) <= 90) & (np.abs(longitude) <= 180))
        miles = lambert_miles(start, latitude[rows], longitude[rows])
        self.rounded[rows] = np.round(miles, 1)
        from_tie = np.abs(np.abs(miles * 10 % 1 - 0.5)) / 10
        self._unsure[rows] = (from_tie < _SURE) | ~(miles < _SURE_UP_TO)

    def exact(self, row: int, position: Position) -> tuple[float | None, bool]:
        """What `miles_between` gives for a row; geopy is asked only where the last digit hangs on it."""
        miles = float(self.rounded[row])
        if self._unsure[row]:
            return miles_between(self._origin, position)
        if miles != miles:
            return None, False
        gridded = self._origin.on_grid and position.on_grid
        return miles, not gridded and "approximate" in (self._origin.location, position.location)

    def within(self, limit: float) -> Mask:
        """The rows that are shown as no further than `limit`."""
        with np.errstate(invalid="ignore"):
            near: Mask = self.rounded <= limit
            doubtful = np.flatnonzero(self._unsure & (np.abs(self.rounded - limit) < 0.15))
        for row in doubtful.tolist():
            miles, _ = miles_between(self._origin, self._register.candidate(row).position)
            near[row] = miles is not None and miles <= limit
        return near


def _statutory(register: Register, origin: Position, gridded: Mask) -> Floats:
    """domain.distance.statutory_miles of the rows that have a grid reference."""
    east = register.easting.array[gridded].astype(np.float64) - float(origin.easting or 0)
    north = register.northing.array[gridded].astype(np.float64) - float(origin.northing or 0)
    miles: Floats = np.sqrt(east * east + north * north) / 1000 / KILOMETRES_A_MILE
    return np.round(miles, 1)


def lambert_miles(start: tuple[float, float], latitude: Floats, longitude: Floats) -> Floats:
    """Lambert's formula for long lines on WGS84: within a thousandth of a mile of the geodesic across Britain."""
    here = np.arctan((1 - _FLATTENING) * np.tan(radians(start[0])))
    there = np.arctan((1 - _FLATTENING) * np.tan(np.radians(latitude)))
    turn = np.radians(longitude - start[1])
    haversine = np.sin((there - here) / 2) ** 2 + np.cos(here) * np.cos(there) * np.sin(turn / 2) ** 2
    angle = 2 * np.arcsin(np.sqrt(np.minimum(haversine, 1.0)))
    middle, half = (here + there) / 2, (there - here) / 2
    with np.errstate(divide="ignore", invalid="ignore"):
        x = (angle - np.sin(angle)) * (np.sin(middle) * np.cos(half) / np.cos(angle / 2)) ** 2
        y = (angle + np.sin(angle)) * (np.cos(middle) * np.sin(half) / np.sin(angle / 2)) ** 2
        metres = _MAJOR * (angle - _FLATTENING / 2 * (x + y))
    miles: Floats = np.where(angle > 0, metres, 0.0) / _METRES
    return miles
