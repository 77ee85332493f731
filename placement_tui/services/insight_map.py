"""Where our children live, as a view of insight: by authority and distance, with a map on the screen of who may see it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from placement_tui.db.reads import maps as reads
from placement_tui.db.reads.maps import Living
from placement_tui.domain.insight import Block, Cut, Period, Report, Row
from placement_tui.domain.maps import AreaMap, Mark, Outline, Spot, band, band_names, middle
from placement_tui.services.desk import Desk

_PRECISE = frozenset({"postcode", "given"})
NOT_KNOWN = "not known"
SOURCE = "placements logged here; borders and centroids as imported"
WHO = "children placed now; temporary stays (T0 to T4) are left out"


def report(desk: Desk, period: Period, by: str) -> Report:
    """How many children live in each authority, how far from home, and the map of it. It is always of now."""
    with desk.read() as session:
        rows = reads.living(session)
        outlines = reads.outlines(session)
        centroids = reads.centroids(session)
    names = {code: name for code, (name, _, _) in centroids.items()} | {each.code: each.name for each in outlines}
    drawn = AreaMap(tuple(outlines), _marks(rows, outlines, centroids, desk.sees_addresses), desk.authority or "")
    counted = _counted(rows, names)
    blocks = (
        Block(
            "map", "The area, and where children live", f"A mark a place; {WHO}", counted, "count", "map", SOURCE,
            "No child is placed now.", area=drawn if outlines else None,
        ),
        Block(
            "authority", "Children by authority and distance from home",
            f"{WHO}; miles as logged: planar, from home to placement", _grid(rows, names), "count", "heat", SOURCE,
            "No child is placed now.",
        ),
    )  # fmt: skip
    return Report("map", "Where our children live", period, blocks, by)


def _counted(rows: Sequence[Living], names: Mapping[str, str]) -> tuple[Row, ...]:
    counts = Counter(row.authority or "" for row in rows)
    order = sorted(counts, key=lambda code: (-counts[code], names.get(code, code)))
    return tuple(
        Row(names.get(code, code) or NOT_KNOWN, counts[code], counts[code], cuts=(Cut("authority", code),))
        for code in order
    )


def _grid(rows: Sequence[Living], names: Mapping[str, str]) -> tuple[Row, ...]:
    counts = Counter((row.authority or "", band(row.miles)) for row in rows)
    totals = Counter(row.authority or "" for row in rows)
    bands = [each for each in band_names() if any(counts[code, each] for code in totals)]
    order = sorted(totals, key=lambda code: (-totals[code], names.get(code, code)))
    return tuple(
        Row(names.get(code, code) or NOT_KNOWN, counts[code, each], counts[code, each], across=each,
            cuts=(Cut("authority", code), Cut("distance", each)))
        for code in order for each in bands
    )  # fmt: skip


def _marks(
    rows: Sequence[Living], outlines: Sequence[Outline], centroids: Mapping[str, tuple[str, float | None, float | None]],
    sees: bool,
) -> tuple[Mark, ...]:  # fmt: skip
    """Where to draw them. A home whose address is restricted is drawn at its authority's middle for who may not see it."""
    middles: dict[str, Spot | None] = {each.code: middle(each.rings) for each in outlines}
    found: Counter[tuple[float, float, bool]] = Counter()
    miles: dict[tuple[float, float, bool], float] = {}
    for row in rows:
        spot: Spot | None = None
        if row.longitude is not None and row.latitude is not None and (sees or not row.restricted):
            spot = (row.longitude, row.latitude)
        rough = spot is None or row.location not in _PRECISE
        if spot is None and row.authority:
            _, east, north = centroids.get(row.authority, ("", None, None))
            spot = (east, north) if east is not None and north is not None else middles.get(row.authority)
        if spot is None:
            continue
        key = (*spot, rough)
        found[key] += 1
        if row.miles is not None:
            miles[key] = max(miles.get(key, 0.0), row.miles)
    return tuple(Mark(key[0], key[1], count, miles.get(key), key[2]) for key, count in found.items())
