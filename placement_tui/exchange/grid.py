"""Grid references into latitude and longitude, by pyproj, which is loaded when first asked."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

NATIONAL_GRID = 27700  # OSGB36 / British National Grid, metres
IRISH_GRID = 29903  # TM75 / Irish Grid, metres: the grid of Northern Irish postcodes in the ONS directory
_WGS84 = 4326


def to_degrees(easting: float, northing: float, grid: int = NATIONAL_GRID) -> tuple[float, float]:
    """Latitude and longitude (WGS84 degrees, six decimals, some 0.1 m) of a grid reference in metres.

    Good to about 5 m: the transformation that pyproj carries itself, without the Ordnance Survey's grid of shifts.
    """
    longitude, latitude = _transformer(grid).transform(easting, northing)
    return round(latitude, 6), round(longitude, 6)


def to_degrees_many(
    eastings: Sequence[float], northings: Sequence[float], grid: int = NATIONAL_GRID
) -> tuple[list[float], list[float]]:
    """Latitudes and longitudes of many grid references at once; any sequences or arrays of one length."""
    longitudes, latitudes = _transformer(grid).transform(list(eastings), list(northings))
    return [round(value, 6) for value in latitudes], [round(value, 6) for value in longitudes]


@lru_cache(maxsize=2)
def _transformer(grid: int) -> Any:
    from pyproj import Transformer

    return Transformer.from_crs(grid, _WGS84, always_xy=True)
