"""Borders of authorities from GeoJSON (RFC 7946), as the Office for National Statistics gives them; thinned on the way in.

The code is looked for under the names that the published files use (`CTYUA24CD`, `LAD24CD`, `la_gss` ...). Coordinates
must be degrees of longitude and latitude: a file in metres of the National Grid is refused with what to choose instead.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from math import isfinite
from pathlib import Path
from typing import Any

from placement_tui.domain.maps import Outline, Ring, thinned
from placement_tui.errors import BadFile
from placement_tui.exchange.cells import Progress

LARGEST = 256 * 1024 * 1024  # bytes; the full resolution of England is some 130 MB
ENDINGS = (".geojson", ".json")
_GSS = re.compile(r"[EWSN]\d{8}", re.ASCII)
_CODES = re.compile(r"(?:ctyua\d*cd|lad\d*cd|utla\d*cd|la_?gss|gss(?:_?code)?|la_?code|code)", re.ASCII)
_NAMES = re.compile(r"(?:ctyua\d*nm|lad\d*nm|utla\d*nm|la_?name|name)", re.ASCII)
_WEST, _EAST, _SOUTH, _NORTH = -11.0, 4.0, 48.0, 62.0  # the United Kingdom, generously


def is_boundaries(path: Path | str) -> bool:
    """True where a file's ending says GeoJSON."""
    return Path(path).suffix.casefold() in ENDINGS


def read_boundaries(path: Path | str, progress: Progress | None = None) -> list[Outline]:
    """The authorities' borders in a file, thinned. Raises BadFile, which says which feature is wrong and how."""
    path = Path(path)
    features = _features(path)
    found: dict[str, Outline] = {}
    for at, feature in enumerate(features, 1):
        outline = _outline(path.name, at, feature)
        before = found.get(outline.code)
        rings = (*(before.rings if before else ()), *outline.rings)
        found[outline.code] = Outline(outline.code, outline.name, rings)
        if progress:
            progress(at, len(features))
    if not any(outline.rings for outline in found.values()):
        raise _bad(path.name, "it has no border of an authority", "choose the file of counties and unitary authorities")
    return [outline for outline in found.values() if outline.rings]


def _features(path: Path) -> list[Any]:
    try:
        if path.stat().st_size > LARGEST:
            raise _bad(
                path.name, f"it is larger than {LARGEST // 2**20} MB", "choose the generalised borders (BUC or BGC)"
            )
        whole = json.loads(path.read_bytes().decode("utf-8-sig"))
    except OSError as cause:
        raise _bad(path.name, cause.strerror or "it cannot be read", "name a file that is there") from None
    except UnicodeDecodeError:
        raise _bad(path.name, "it is not UTF-8 text", "download it again, as GeoJSON") from None
    except (ValueError, RecursionError) as cause:
        where = f"line {cause.lineno}" if isinstance(cause, json.JSONDecodeError) else "it is nested too deeply"
        raise _bad(path.name, f"it is not whole JSON: {where}", "download it again, as GeoJSON") from None
    kind = whole.get("type") if isinstance(whole, dict) else None
    features = whole.get("features") if kind == "FeatureCollection" else [whole] if kind == "Feature" else None
    if not isinstance(features, list) or not features:
        raise _bad(path.name, "it has no features", "choose GeoJSON where the download asks for a format")
    return features


def _outline(file: str, at: int, feature: Any) -> Outline:
    where = f"feature {at}"
    properties = feature.get("properties") if isinstance(feature, dict) else None
    if not isinstance(properties, dict):
        raise _bad(file, f"{where} says nothing of itself", "download it again, as GeoJSON")
    code = _said(properties, _CODES, _GSS)
    if not code:
        raise _bad(file, f"{where} has no GSS code", "choose the borders of counties and unitary authorities")
    name = _said(properties, _NAMES, None) or code
    geometry = feature.get("geometry")
    if geometry is None:
        return Outline(code, name[:100], ())
    kind = geometry.get("type") if isinstance(geometry, dict) else None
    shapes = geometry.get("coordinates") if isinstance(geometry, dict) else None
    if kind not in ("Polygon", "MultiPolygon") or not isinstance(shapes, list):
        raise _bad(file, f"{where}, {code}: no area, but {str(kind)[:20]!r}", "choose borders, not centroids")
    rings = [_ring(file, f"{where}, {code}", ring) for ring in _rings(shapes if kind == "MultiPolygon" else [shapes])]
    whole = tuple(ring for ring in rings if ring)
    return Outline(code, name[:100], whole)


def _rings(shapes: list[Any]) -> Iterator[Any]:
    """The outer ring of each area: holes are other authorities, which have borders of their own."""
    for shape in shapes:
        if isinstance(shape, list) and shape:
            yield shape[0]


def _ring(file: str, where: str, ring: Any) -> Ring:
    if not isinstance(ring, list):
        raise _bad(file, f"{where}: a border is no list of points", "download it again, as GeoJSON")
    spots = []
    for point in ring:
        pair = point[:2] if isinstance(point, list) else ()
        if len(pair) != 2 or not all(isinstance(each, int | float) and not isinstance(each, bool) for each in pair):
            raise _bad(file, f"{where}: a point is not two numbers", "download it again, as GeoJSON")
        east, north = (float(each) if abs(each) < 1e12 else float("inf") for each in pair)
        if not (isfinite(east) and isfinite(north)):
            raise _bad(file, f"{where}: a point lies nowhere", "download it again, as GeoJSON")
        if not (_WEST <= east <= _EAST and _SOUTH <= north <= _NORTH):
            metres = abs(east) > 360 or abs(north) > 360
            detail = (
                "its points are metres of the National Grid" if metres else "a point lies outside the United Kingdom"
            )
            raise _bad(file, f"{where}: {detail}", "choose degrees (WGS84) where the download asks")
        spots.append((round(east, 5), round(north, 5)))
    return thinned(spots)


def _said(properties: dict[Any, Any], names: re.Pattern[str], shape: re.Pattern[str] | None) -> str:
    for key, value in properties.items():
        if isinstance(value, str) and names.fullmatch(str(key).casefold()):
            text = value.strip()
            if text and (shape is None or shape.fullmatch(text)):
                return text
    return ""


def _bad(file: str, detail: str, mend: str) -> BadFile:
    return BadFile(f"{file} holds no borders that can be drawn", detail, mend)
