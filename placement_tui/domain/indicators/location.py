"""Where children live: in the area, near home, at a distance. Three figures of the law and those that councils' papers mix up."""

from __future__ import annotations

from placement_tui.domain.indicators.facts import Facts, Living
from placement_tui.domain.indicators.kinds import Indicator, Measured, Theirs, measure
from placement_tui.domain.indicators.stability import CLA

_THEME = "location"
_MILES = "the statutory distance from home to placement, to one decimal: 20.0 is within"


def _outside(row: Living) -> bool:
    return row.inside is False


def _reduction(facts: Facts) -> Measured:
    """(before - now) / before, out of those placed outside on the day before the period."""
    before = facts.outside_before or 0
    now = int(measure(_OUT_COUNT, facts).value or 0)
    return Measured((before - now) / before if before else None, before, before - now, before)


_OUT_COUNT = Indicator("L-7", "Children placed outside the area", _THEME, f"{CLA} in a home outside the council's own area", "",
                       "Wirral 2022-25", unit="count", up=False, of="living", counts=_outside)  # fmt: skip

LOCATION: tuple[Indicator, ...] = (
    Indicator("I-4a", "In the local authority's own area", _THEME, "of them, in a home in the council's own area (PL_LA)", CLA,
              "Sefton 2023; Walsall 2023-26", up=True, of="living", counts=lambda row: row.inside is True),
    Indicator("I-4b", "Within 20 miles of home", _THEME, "of them, 20.0 miles or less from home",
              "children looked after on the day whose distance is known", "Wirral 2019; Sefton 2023", up=True, of="living",
              counts=lambda row: row.near is True, among=lambda row: row.near is not None, note=_MILES),
    Indicator("I-4c", "At a distance", _THEME, "of them, in a home outside the area and outside every adjoining authority",
              "children looked after on the day of whom that is known", "regulation 11(5) CPPCR 2010", up=False, of="living",
              counts=lambda row: row.distant is True, among=lambda row: row.distant is not None,
              note="which authorities adjoin is the setting `adjoining`"),
    Indicator("L-1", "Outside the local authority's area", _THEME, "of them, in a home outside the council's own area", CLA,
              "Wirral 2019; Wirral 2022-25", up=False, of="living", counts=_outside, theirs=Theirs("pct_outside_la"),
              note="a home whose area is not known is in neither this nor I-4a"),
    Indicator("L-2", "Over 20 miles from home", _THEME, "of them, over 20.0 miles from home", CLA, "Worcestershire 2015", up=False,
              of="living", counts=lambda row: row.near is False, theirs=Theirs("pct_over_20_miles"),
              note="out of all children, those of unknown distance too: not what I-4b leaves"),
    Indicator("L-3", "In the area, or within 20 miles", _THEME, "of them, in a home in the area, or 20.0 miles or less from home", CLA,
              "Walsall 2023-26", up=True, of="living", counts=lambda row: row.inside is True or row.near is True,
              note="neither I-4a nor I-4b: the paper prints 83% for two of the three"),
    Indicator("L-4", "Outside the area and over 20 miles", _THEME, "of them, outside the area and over 20.0 miles from home", CLA,
              "Department for Education, looked-after children statistics", up=False, of="living",
              counts=lambda row: row.inside is False and row.near is False, theirs=Theirs("pct_outside_la_over_20_miles")),
    Indicator("L-5", "Distance not known", _THEME, "of them, with no distance on record", CLA,
              "Department for Education, looked-after children statistics", up=False, of="living",
              counts=lambda row: row.near is None, theirs=Theirs("pct_distance_unknown")),
    Indicator("L-6", "In the area's region", _THEME, "of them, in a home in the region of the council's own area",
              "children looked after on the day of whom that is known", "Wirral 2019", up=True, of="living",
              counts=lambda row: row.in_region is True, among=lambda row: row.in_region is not None,
              note="borough, region and beyond; a remit within the region, as the Liverpool City Region, is no tag of a home"),
    _OUT_COUNT,
    Indicator("L-8", "Reduction of placements outside the area", _THEME,
              "children outside the area on the day before the period, less those on its last day",
              "children outside the area on the day before the period", "Wirral 2022-25", up=True, figure=_reduction,
              note="in the period: below 0 where there are more than before"),
)  # fmt: skip
