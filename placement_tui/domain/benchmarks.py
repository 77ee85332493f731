"""The Department's published figures: which of its columns and categories mean which figure, and of which areas they are kept.

Source: Department for Education, Children looked after in England including adoptions (explore education statistics),
Open Government Licence v3.0. The names of columns and categories changed between the releases of 2024 and 2025; a figure
is known by the words of its category, whatever its column is called.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median
from typing import NamedTuple

from placement_tui.domain.folding import fold

ENGLAND, REGION, AUTHORITY = "national", "regional", "authority"
LEVELS = {
    "national": ENGLAND,
    "regional": REGION,
    "region": REGION,
    "local authority": AUTHORITY,
    "authority": AUTHORITY,
}
# How the Department writes that there is no figure, and what it means.
MARKS = {
    "c": "hidden, too few", "z": "not applicable", "x": "not available", "k": "under half a percent", "low": "under half a percent",
    "u": "unreliable", ":": "not available", "": "nothing",
}  # fmt: skip
ATTRIBUTION = (
    "Contains Department for Education data © Crown copyright, licensed under the Open Government Licence v3.0."
)


class Area(NamedTuple):
    """Whom a figure is of: England, a region by its name, or an authority by the Department's three-digit number."""

    level: str
    code: str
    name: str


class Published(NamedTuple):
    """One published figure. `shown` is as it stands in the table; `value` is missing where that is no number.

    A share is in percent, as published; `numerator` is the count beside it, `denominator` the total of its group.
    """

    indicator: str
    period: str
    area: Area
    shown: str
    value: float | None = None
    numerator: float | None = None
    denominator: float | None = None
    source: str = ""


@dataclass(frozen=True, slots=True)
class Category:
    """A category of a table that is one of the figures: the words of its group and its own, folded.

    Where other tables have the same words of other children, `table` is what the name of the right file holds.
    """

    name: str
    group: str
    words: str
    total: str = "total children"
    counts: bool = False
    table: str = ""


_MARCH, _TWO = "cla on 31 march", "cla 2 years on 31 march"
_LONG = "children looked after continuously for at least 2.5 years on 31 march aged under 16 years"
_LOCATION, _REASON = "location of new placements during the year", "reason for placement change during the year"
_DISTANCE, _LOCALITY, _PLACED, _BY = (
    "distance between home and placement", "locality of placement", "placement", "placement provider",
)  # fmt: skip

CATEGORIES: tuple[Category, ...] = (
    Category("pct_3plus_placements", _MARCH, "with 3 or more placements during the year"),
    Category("pct_3plus_two_years", _TWO, "with 3 or more placements during the previous 2 years"),
    Category("pct_stable_2yrs_u16", _LONG, "living with the same carer for at least 2 years"),
    Category("new_placements", _LOCATION, "total new placements", counts=True),
    Category("new_inside_near", _LOCATION, "placed inside la boundary less than 20 miles from home", "total new placements"),
    Category("new_outside_far", _LOCATION, "placed outside la boundary more than 20 miles from home", "total new placements"),
    Category("reason_creqb", _REASON, "carer requests placement ends due to child's behaviour", "total placements changing"),
    Category("reason_creqo", _REASON, "carer requests placement end other than due to child's behaviour", "total placements changing"),
    Category("reason_child", _REASON, "child requests placement to end", "total placements changing"),
    Category("reason_lareq", _REASON, "responsible area authority requests placement ends", "total placements changing"),
    Category("pct_over_20_miles", _DISTANCE, "over 20 miles", table="31_march"),
    Category("pct_distance_unknown", _DISTANCE, "not known or not recorded", table="31_march"),
    Category("pct_outside_la", _LOCALITY, "placed outside the local authority boundary", table="31_march"),
    Category("pct_foster", _PLACED, "foster placements", table="31_march"),
    Category("pct_placed_with_parents", _PLACED, "placed with parents or other person with parental responsibility", table="31_march"),
    Category("pct_placed_for_adoption", _PLACED, "placed for adoption", table="31_march"),
    Category("pct_own_provision", _BY, "own provision by the la", table="31_march"),
    Category("pct_other_la_provision", _BY, "other la provision", table="31_march"),
    Category("pct_private_provision", _BY, "private provision", table="31_march"),
    Category("pct_voluntary_provision", _BY, "voluntary third sector provision", table="31_march"),
    Category("pct_age_u1", "age group", "under 1 year", table="31_march"),
    Category("pct_age_1_4", "age group", "1 to 4 years", table="31_march"),
    Category("pct_age_5_9", "age group", "5 to 9 years", table="31_march"),
    Category("pct_age_10_15", "age group", "10 to 15 years", table="31_march"),
    Category("pct_age_16p", "age group", "16 years and over", table="31_march"),
    Category("cla_31_march", "", "children looked after on 31 march each year", counts=True),
    Category("cla_started", "", "children starting to be looked after each year", counts=True),
    Category("cla_ceased", "", "children ceasing to be looked after each year", counts=True),
)  # fmt: skip
_BY_WORDS = {(fold(each.group), fold(each.words)): each for each in CATEGORIES}
TOTALS = {(fold(each.group), fold(each.total)) for each in CATEGORIES}
NAMES = frozenset({each.name for each in CATEGORIES}) | {
    "pct_childrens_homes", "pct_supported_accommodation", "pct_residential_schools", "pct_outside_la_over_20_miles",
}  # fmt: skip


def plain(words: str) -> str:
    """Words without case, accents and signs."""
    return fold(words)


def category(filters: Sequence[str], file: str) -> Category | None:
    """The figure that the words of a row's filter columns mean, in a file of that name."""
    said = [plain(each) for each in filters]
    if not 1 <= len(said) <= 2:
        return None
    found = _BY_WORDS.get(("", said[0]) if len(said) == 1 else (said[0], said[1]))
    return found if found is not None and found.table in file.casefold() else None


def number(shown: str) -> float | None:
    """A published value as a number; None for a mark. `k` and `low` are more than none and no number."""
    bare = shown.strip().replace(",", "")
    try:
        found = float(bare)
    except ValueError:
        return None
    return found if found == found and abs(found) != float("inf") else None


def mark_words(shown: str) -> str:
    """What a mark means."""
    return MARKS.get(shown.strip().casefold(), "no number")


def middle(values: Sequence[float | None]) -> tuple[float | None, int]:
    """The median of the figures that are numbers, and of how many."""
    known = [each for each in values if each is not None]
    return (median(known) if known else None), len(known)
