"""A small map of the area: borders as rings, thinned for a terminal, and where children live.

Rings are thinned by the method of Douglas and Peucker (1973): a point stays where leaving it out would move the border by
more than `TOLERANCE`. Degrees of longitude are shortened to the length that they have at the map's middle.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import cos, hypot, radians

TOLERANCE = 0.002  # degrees of latitude, some 220 metres: less than a dot of the largest terminal shows of a county
LEAST_RING = 4  # points, the first again at the end: a smaller ring is no area
BANDS: tuple[tuple[str, float], ...] = (("up to 5 miles", 5.0), ("5 to 20 miles", 20.0), ("20 to 50 miles", 50.0))
BEYOND, UNKNOWN = "over 50 miles", "not known"
FAR = 20.0  # miles from home beyond which a placement counts as at a distance (domain rules of sufficiency)

Spot = tuple[float, float]  # longitude, latitude in degrees
Ring = tuple[Spot, ...]


@dataclass(frozen=True, slots=True)
class Outline:
    """The border of an authority: `code` is its GSS code."""

    code: str
    name: str
    rings: tuple[Ring, ...]


@dataclass(frozen=True, slots=True)
class Mark:
    """Where children live: how many at that place, how far from home; `rough` where only the area is known or may be."""

    longitude: float
    latitude: float
    children: int
    miles: float | None = None
    rough: bool = False


@dataclass(frozen=True, slots=True)
class AreaMap:
    """Borders and marks; `own` is the council's code. It stays on the screen: no file and no pack has it."""

    outlines: tuple[Outline, ...]
    marks: tuple[Mark, ...]
    own: str = ""


def band(miles: float | None) -> str:
    """The distance band of a placement: bounds count to the nearer one."""
    if miles is None:
        return UNKNOWN
    return next((name for name, most in BANDS if miles <= most), BEYOND)


def band_names() -> tuple[str, ...]:
    """All of them, the nearest first."""
    return (*(name for name, _ in BANDS), BEYOND, UNKNOWN)


def thinned(ring: Sequence[Spot], tolerance: float = TOLERANCE) -> Ring:
    """The ring with fewer points, closed as it was; empty where nothing of an area is left."""
    if len(ring) < LEAST_RING:
        return ()
    scale = cos(radians(ring[0][1]))
    far = max(range(len(ring)), key=lambda at: _apart(ring[0], ring[at], scale))
    keep = {0, far, len(ring) - 1}
    spans = [(0, far), (far, len(ring) - 1)]
    while spans:
        first, last = spans.pop()
        worst, most = 0, tolerance
        for at in range(first + 1, last):
            off = _off(ring[at], ring[first], ring[last], scale)
            if off > most:
                worst, most = at, off
        if worst:
            keep.add(worst)
            spans += [(first, worst), (worst, last)]
    found = tuple(ring[at] for at in sorted(keep))
    return found if len(found) >= LEAST_RING else ()


def middle(rings: Iterable[Ring]) -> Spot | None:
    """The middle of the largest ring's box."""
    boxes = [box for ring in rings if (box := _box(ring))]
    if not boxes:
        return None
    west, south, east, north = max(boxes, key=lambda box: (box[2] - box[0]) * (box[3] - box[1]))
    return (west + east) / 2, (south + north) / 2


def bounds(outlines: Iterable[Outline]) -> tuple[float, float, float, float] | None:
    """West, south, east, north of all of them."""
    boxes = [box for outline in outlines for ring in outline.rings if (box := _box(ring))]
    if not boxes:
        return None
    return (
        min(box[0] for box in boxes), min(box[1] for box in boxes),
        max(box[2] for box in boxes), max(box[3] for box in boxes),
    )  # fmt: skip


def _box(ring: Ring) -> tuple[float, float, float, float] | None:
    if not ring:
        return None
    x, y = [spot[0] for spot in ring], [spot[1] for spot in ring]
    return min(x), min(y), max(x), max(y)


def _apart(one: Spot, other: Spot, scale: float) -> float:
    return hypot((one[0] - other[0]) * scale, one[1] - other[1])


def _off(spot: Spot, one: Spot, other: Spot, scale: float) -> float:
    """How far a point lies from the line between two others."""
    x, y = (other[0] - one[0]) * scale, other[1] - one[1]
    px, py = (spot[0] - one[0]) * scale, spot[1] - one[1]
    length = x * x + y * y
    if not length:
        return hypot(px, py)
    along = min(1.0, max(0.0, (px * x + py * y) / length))
    return hypot(px - along * x, py - along * y)
