"""The distance between two places as it is shown and returned: the statutory one where it can be had, else geodesic."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from placement_tui.domain.distance import statutory_miles
from placement_tui.domain.homes import Position


def miles_between(a: Position, b: Position) -> tuple[float | None, bool]:
    """Miles to one decimal, or None where an end is not known; and whether they are approximate.

    Statutory where both ends have a grid reference (domain.distance), else the geodesic on WGS84 by geopy. Approximate
    where an end is a constituency's centroid.
    """
    statutory = statutory_miles(a, b)
    if statutory is not None:
        return statutory, False
    ends = (latitude_longitude(a), latitude_longitude(b))
    if ends[0] is None or ends[1] is None:
        return None, False
    return round(float(load_geodesic()(*ends).miles), 1), "approximate" in (a.location, b.location)


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


@lru_cache(maxsize=1)
def load_geodesic() -> Any:
    """geopy's geodesic. Loaded when it is wanted: it takes 12 MB, and grid references at both ends need none of it."""
    from geopy.distance import geodesic

    return geodesic


@lru_cache(maxsize=1)
def grid_to_degrees() -> Any:
    """The transformation of National Grid metres to WGS84: x, y in, longitude, latitude out; arrays too."""
    from pyproj import Transformer  # here, since stored positions carry degrees and need no transformation

    return Transformer.from_crs("EPSG:27700", "EPSG:4326", always_xy=True)
