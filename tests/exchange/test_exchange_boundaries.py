"""Borders from GeoJSON: the layouts that are published, thinned but not bent; what is none of them is told clearly."""

from __future__ import annotations

import itertools
import json
import math
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from placement_tui.domain.maps import TOLERANCE, thinned
from placement_tui.errors import BadFile
from placement_tui.exchange.boundaries import read_boundaries

REAL = Path(__file__).parents[2].parent / "shared" / "data" / "la" / "north_west_la_boundaries_buc_2024.geojson"
SQUARE = [[-3.0, 53.0], [-2.5, 53.0], [-2.5, 53.4], [-3.0, 53.4], [-3.0, 53.0]]


def file(tmp_path: Path, whole: Any) -> Path:
    path = tmp_path / "borders.geojson"
    path.write_text(whole if isinstance(whole, str) else json.dumps(whole))
    return path


def feature(geometry: Any, **properties: Any) -> dict[str, Any]:
    return {
        "type": "Feature",
        "properties": properties or {"la_gss": "E08000015", "name": "Wirral"},
        "geometry": geometry,
    }


def area(*features: Any) -> dict[str, Any]:
    return {"type": "FeatureCollection", "features": list(features)}


@pytest.mark.parametrize(
    "names", [("CTYUA24CD", "CTYUA24NM"), ("ctyua19cd", "ctyua19nm"), ("LAD25CD", "LAD25NM"), ("la_gss", "name")]
)
def test_the_published_names_of_columns_are_known(tmp_path: Path, names: tuple[str, str]) -> None:
    said = dict(zip(names, ("E08000015", "Wirral"), strict=True))
    (outline,) = read_boundaries(file(tmp_path, area(feature({"type": "Polygon", "coordinates": [SQUARE]}, **said))))
    assert (outline.code, outline.name, len(outline.rings)) == ("E08000015", "Wirral", 1)
    assert outline.rings[0][0] == outline.rings[0][-1]


def test_islands_are_rings_and_holes_are_none(tmp_path: Path) -> None:
    hole = [[-2.8, 53.1], [-2.7, 53.1], [-2.7, 53.2], [-2.8, 53.1]]
    shapes = {"type": "MultiPolygon", "coordinates": [[SQUARE, hole], [[[x + 1, y] for x, y in SQUARE]]]}
    (outline,) = read_boundaries(file(tmp_path, area(feature(shapes))))
    assert len(outline.rings) == 2


@pytest.mark.parametrize(
    ("whole", "said"),
    [
        ("{", "not whole JSON: line 1"),
        ("[" * 100_000, "not whole JSON"),
        ("[]", "no features"),
        (area(), "no features"),
        (area(feature({"type": "Point", "coordinates": [-3, 53]})), "no area, but 'Point'"),
        (area(feature({"type": "Polygon", "coordinates": [SQUARE]}, name="Wirral")), "feature 1 has no GSS code"),
        (
            area(feature({"type": "Polygon", "coordinates": [[[330000, 390000], [331000, 390000]]]})),
            "metres of the National Grid",
        ),
        (area(feature({"type": "Polygon", "coordinates": [[[53.0, -3.0]] * 5]})), "outside the United Kingdom"),
        (area(feature({"type": "Polygon", "coordinates": [[["x", 1]]]})), "not two numbers"),
        (area(feature({"type": "Polygon", "coordinates": [[[True, 53]]]})), "not two numbers"),
        (area(feature(None)), "no border of an authority"),
    ],
)
def test_what_holds_no_borders_is_refused_with_what_to_choose(tmp_path: Path, whole: Any, said: str) -> None:
    with pytest.raises(BadFile, match="holds no borders that can be drawn") as refused:
        read_boundaries(file(tmp_path, whole))
    assert said in str(refused.value).replace("Feature 1", "feature 1")


RINGS = st.lists(st.tuples(st.floats(-3.5, -2.0), st.floats(53.0, 54.0)), min_size=4, max_size=60).map(
    lambda ring: [*ring, ring[0]]
)


@given(RINGS)
def test_no_point_that_is_left_out_lies_far_from_the_border(ring: list[tuple[float, float]]) -> None:
    kept = thinned(ring)
    assert set(kept) <= set(ring)
    scale = math.cos(math.radians(ring[0][1]))
    for spot in ring if kept else ():
        assert min(off(spot, *pair, scale) for pair in itertools.pairwise(kept)) <= TOLERANCE + 1e-9


def off(spot: tuple[float, float], one: tuple[float, float], other: tuple[float, float], scale: float) -> float:
    x, y, px, py = (other[0] - one[0]) * scale, other[1] - one[1], (spot[0] - one[0]) * scale, spot[1] - one[1]
    length = x * x + y * y
    along = min(1.0, max(0.0, (px * x + py * y) / length)) if length else 0.0
    return math.hypot(px - along * x, py - along * y)


@pytest.mark.skipif(not REAL.exists(), reason="the public borders are not on this machine")
def test_the_north_west_as_it_is_published_is_thinned() -> None:
    outlines = {each.code: each for each in read_boundaries(REAL)}
    assert len(outlines) == 24
    before = sum(len(ring) for each in json.loads(REAL.read_text())["features"] for shape in (each["geometry"]["coordinates"] if each["geometry"]["type"] == "MultiPolygon" else [each["geometry"]["coordinates"]]) for ring in shape)  # fmt: skip
    after = sum(len(ring) for each in outlines.values() for ring in each.rings)
    assert 300 < after < before
    assert outlines["E08000015"].name == "Wirral"
