"""The distance between two places as it is shown and returned: the statutory one where it can be had, else geodesic."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from placement_tui.domain.distance import statutory_miles
from placement_tui.domain.homes import Position

METRES = 1609.344  # of a mile


def miles_between(a: Position, b: Position) -> tuple[float | None, bool]:
    """Miles to one decimal, or None where an end is not known; and whether they are approximate.

    Statutory where both ends have a grid reference (domain.distance), else the geodesic on WGS84. Approximate where an
    end is a constituency's centroid.
    """
    statutory = statutory_miles(a, b)
    if statutory is not None:
        return statutory, False
    here, there = latitude_longitude(a), latitude_longitude(b)
    if here is None or there is None:
        return None, False
    return round(geodesic_miles(here, there), 1), "approximate" in (a.location, b.location)


def latitude_longitude(position: Position) -> tuple[float, float] | None:
    """WGS84 degrees, from the grid reference where nothing else is known; None where there is no usable place."""
    latitude, longitude = position.latitude, position.longitude
    if latitude is None or longitude is None:
        if position.easting is None or position.northing is None:
            return None
        longitude, latitude = grid_to_degrees().transform(position.easting, position.northing)
    if latitude is None or longitude is None or not (-90 <= latitude <= 90 and -180 <= longitude <= 180):
        return None
    return latitude, longitude


def geodesic_miles(a: tuple[float, float], b: tuple[float, float]) -> float:
    """The geodesic between two places in degrees, as geopy gives it: both ask geographiclib, and geopy loads the clients
    of every geocoding service with it, in 12 MB.
    """
    return float(load_geodesic().WGS84.Inverse(*a, *b, load_geodesic().DISTANCE)["s12"]) / METRES


@lru_cache(maxsize=1)
def load_geodesic() -> Any:
    """The geodesics of geographiclib, loaded when they are wanted: grid references at both ends need none of them."""
    from geographiclib.geodesic import Geodesic

    return Geodesic


@lru_cache(maxsize=1)
def grid_to_degrees() -> Any:
    """The transformation of National Grid metres to WGS84: x, y in, longitude, latitude out; arrays too."""
    from pyproj import Transformer  # here, since stored positions carry degrees and need no transformation

    return Transformer.from_crs("EPSG:27700", "EPSG:4326", always_xy=True)
