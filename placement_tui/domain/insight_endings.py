"""What the figures of endings count: one placement as they see it, and the ways in which placements are set apart.

Disruption follows the Department's own definitions of REASON_PLACE_CHANGE (`codes.endings`): disrupted are CREQB, CREQO,
CHILD and LAREQ, out of all endings that were moves. PLACE (the same carer) and T0 to T4 (temporary) are no moves and
stand in no figure. ALLEG, STAND and APPRR are protective and counted apart; CLOSE is planned, and a home that is lost.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, timedelta
from functools import cache
from typing import NamedTuple

from placement_tui.domain.codes.endings import CLASSES, REASON_CLASS, class_of
from placement_tui.domain.codes.needs import NEEDS
from placement_tui.domain.codes.provision import KINDS
from placement_tui.domain.codes.ssda903 import REASON_PLACE_CHANGE
from placement_tui.domain.insight import Cut, Period
from placement_tui.errors import Invalid

NOT_SAID = "not said"
BY = ("provider", "type", "need", "forced", "notice", "since", "emergency", "month")
_EVER = 40_000  # days: longer than a childhood
_TEMPORARY = ("T0", "T1", "T2", "T3", "T4")

# Bands of days, both ends counted; None where there is no end.
NOTICE: tuple[tuple[int, int | None, str], ...] = (
    (0, 0, "none"), (1, 6, "under a week"), (7, 13, "1 week"), (14, 27, "2 or 3 weeks"), (28, None, "4 weeks or more"),
)  # fmt: skip
SINCE: tuple[tuple[int, int | None, str], ...] = (
    (0, 6, "first week"), (7, 27, "2nd to 4th week"), (28, 90, "to 3 months"), (91, 181, "to 6 months"),
    (182, 364, "to a year"), (365, 729, "2nd year"), (730, None, "after 2 years"),
)  # fmt: skip


class Lived(NamedTuple):
    """One placement: where, since when, until when and why, as the figures need it. Ids are text, only to be compared.

    `ended_as` is the class of its ending, by the reason and PLACE as they are now; None where none was logged.
    """

    id: str
    child: str
    home: str
    provider: str
    referral: str | None
    started: date
    ended: date | None
    place: str | None
    wanted: str | None
    obtained: str
    emergency: bool
    reason: str | None
    ended_as: str | None
    notice: int | None
    warned: bool | None
    ending: str | None

    @property
    def counts(self) -> bool:
        """False for a temporary stay, which is no placement to these figures."""
        return self.place not in _TEMPORARY

    @property
    def days(self) -> int:
        """The nights from its start to its end; 0 where it goes on."""
        return max(0, (self.ended - self.started).days) if self.ended else 0

    def nights(self, first: date, last: date) -> int:
        """The nights of those days that were spent in it; the day of leaving is none."""
        until = min(self.ended or date.max, last + timedelta(days=1))
        return max(0, (until - max(self.started, first)).days)


@cache
def ended_class(reason: str | None, place: str | None, stored: str | None) -> str | None:
    """The class of an ending, as its reason and PLACE are now; as it was stored where the reason is on no list."""
    if reason is None:
        return None
    return class_of(reason, place) if reason in REASON_CLASS else stored


Keys = Callable[[Lived], Sequence[str]]


def band(bands: Sequence[tuple[int, int | None, str]], days: int) -> str:
    """The key of the band that a number of days falls in: `7-13`, `730+`."""
    low, high = next((low, high) for low, high, _ in bands if days >= low and (high is None or days <= high))
    return band_key(low, high)


def band_key(low: int, high: int | None) -> str:
    """`0`, `7-13`, `730+`."""
    return f"{low}+" if high is None else str(low) if low == high else f"{low}-{high}"


def forced_key(row: Lived) -> str:
    """`wanted>got` where another type was got than was wanted; `as wanted`, or that nobody said what was wanted."""
    if row.wanted is None:
        return NOT_SAID
    return "as wanted" if row.wanted == row.obtained else f"{row.wanted}>{row.obtained}"


def keys_of(dimension: str, needs: Mapping[str, Sequence[str]] | None = None) -> Keys:
    """The values that a placement has in a dimension: usually one, several needs. Raises Invalid for an unknown one."""
    found: dict[str, Keys] = {
        "provider": lambda row: (row.provider,),
        "home": lambda row: (row.home,),
        "type": lambda row: (row.obtained,),
        "need": lambda row: (needs or {}).get(row.id) or (NOT_SAID,),
        "forced": lambda row: ("not as wanted", forced_key(row)) if ">" in forced_key(row) else (forced_key(row),),
        "notice": lambda row: (NOT_SAID if row.notice is None else band(NOTICE, row.notice),),
        "since": lambda row: (band(SINCE, row.days),),
        "emergency": lambda row: ("emergency" if row.emergency else "planned",),
        "month": lambda row: (f"{row.ended:%Y-%m}" if row.ended else "",),
        "class": lambda row: (row.ended_as or ("open" if row.ended is None else NOT_SAID),),
        "reason": lambda row: (row.reason or NOT_SAID,),
        "id": lambda row: (row.id,),
    }
    if dimension not in found:
        raise Invalid("cut", f"Placements are not set apart by {dimension!r}", mend=f"by {', '.join(found)}")
    return found[dimension]


def label_of(dimension: str, key: str, names: Mapping[str, str]) -> str:
    """A value of a dimension for people; `names` are those of the providers."""
    if dimension in ("provider", "home"):
        return names.get(key, key)
    if dimension == "type":
        return KINDS.label(key)
    if dimension == "need":
        return NEEDS.spoken(key)
    if dimension == "class":
        return CLASSES.label(key)
    if dimension == "reason":
        return f"{key} {REASON_PLACE_CHANGE.label(key)}" if key in REASON_PLACE_CHANGE else key
    if dimension in ("notice", "since"):
        bands = NOTICE if dimension == "notice" else SINCE
        return next((words for low, high, words in bands if band_key(low, high) == key), key)
    if dimension == "forced" and ">" in key:
        wanted, got = key.split(">", 1)
        return f"  {KINDS.spoken(wanted)} wanted, {KINDS.spoken(got)} got"
    return key


def in_order(dimension: str, keys: Iterable[str], most: Mapping[str, int]) -> list[str]:
    """The values as they are read: bands and months in their own order, everything else the most first."""
    found = list(keys)
    if dimension in ("notice", "since"):
        bands = [band_key(low, high) for low, high, _ in (NOTICE if dimension == "notice" else SINCE)]
        return sorted(found, key=lambda key: bands.index(key) if key in bands else len(bands))
    if dimension == "month":
        return sorted(found)
    if dimension == "forced":
        first = [
            "as wanted",
            "not as wanted",
            *sorted((key for key in found if ">" in key), key=lambda key: -most[key]),
        ]
        return [key for key in [*first, NOT_SAID] if key in found]
    return sorted(found, key=lambda key: (key == NOT_SAID, -most[key], key))


def exposure(dimension: str, rows: Iterable[Lived], keys: Keys, period: Period) -> dict[str, tuple[int, int]]:
    """For each value, the nights lived in the period and how many placements they are of.

    By month the nights of that month; by the time since the start the nights at that age of the placement. How much
    notice will be given nobody knows before the end, so that nights are not set apart by it.
    """
    nights: Counter[str] = Counter()
    placements: Counter[str] = Counter()
    start, end = period.first.toordinal(), period.last.toordinal() + 1
    spans = _spans(dimension, period)
    for row in rows:
        if dimension == "notice" or not row.counts:
            continue
        began = row.started.toordinal()
        first, last = max(start, began), min(end, row.ended.toordinal()) if row.ended else end
        if last <= first:
            continue
        if not spans:
            for key in keys(row):
                nights[key] += last - first
                placements[key] += 1
            continue
        zero = began if dimension == "since" else 0
        for key, low, high in spans:
            low, high = max(first, zero + low), min(last, zero + high)
            if high > low:
                nights[key] += high - low
                placements[key] += 1
    return {key: (count, placements[key]) for key, count in nights.items()}


def _spans(dimension: str, period: Period) -> list[tuple[str, int, int]]:
    """The stretches of days that nights are put into, an end not counted: months, or ages of a placement."""
    if dimension == "month":
        return [(month, first.toordinal(), last.toordinal() + 1) for month, first, last in _months(period)]
    if dimension == "since":
        return [(band_key(low, high), low, (_EVER if high is None else high) + 1) for low, high, _ in SINCE]
    return []


def _months(period: Period) -> Iterable[tuple[str, date, date]]:
    first = period.first
    while first <= period.last:
        following = (first.replace(day=1) + timedelta(days=32)).replace(day=1)
        yield f"{first:%Y-%m}", first, min(period.last, following - timedelta(days=1))
        first = following


def fitting(rows: Iterable[Lived], cuts: Sequence[Cut], needs: Mapping[str, Sequence[str]]) -> list[Lived]:
    """The placements that every cut lets through. Raises Invalid for a dimension that there is not."""
    tests = [(keys_of(cut.dimension, needs), cut.value) for cut in cuts]
    return [row for row in rows if all(value in keys(row) for keys, value in tests)]
