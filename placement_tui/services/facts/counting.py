"""Facts counted: by one of their dimensions, of a time, of those that a figure is cut to."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property
from typing import Any
from uuid import UUID

import numpy as np

from placement_tui.domain.approaches import OUTCOMES
from placement_tui.domain.codes.declines import CLOSINGS
from placement_tui.domain.codes.needs import NEEDS
from placement_tui.domain.codes.provision import HOME_KINDS
from placement_tui.domain.codes.refusals import FAMILIES, REFUSALS, SEVERITIES, STAGES, WOULD_CHANGE
from placement_tui.domain.facts import AGES, MILES, NOT_KNOWN, SCORES
from placement_tui.domain.insight import Cut, Period
from placement_tui.errors import Invalid
from placement_tui.services.facts.columns import FIRST, SEXES, Array, Columns, ids_at
from placement_tui.services.facts.keeping import Tables

Value = tuple[str, str]  # what a cut carries, and its words
OFFERED, REFUSED, NO_REPLY = (OUTCOMES.index(each) for each in ("offer", "refusal", "no_reply"))
WITHDRAWN = OUTCOMES.index("withdrawn")
TAKEN_BACK = 1 + [code.code for code in CLOSINGS].index("OW")
CHANGEABLE = (("yes", "Yes"), ("partly", "Partly"), ("no", "No"))
OUTCOME = "outcome"  # what a cut may name besides the dimensions
_TIERS = 9
_NONE: Value = ("", NOT_KNOWN)


def _values(codes: Any) -> tuple[Value, ...]:
    """Nothing said, then each code with its label: as the columns number them."""
    return (_NONE, *((code.code, code.label) for code in codes))


@dataclass(frozen=True, slots=True)
class Dimension:
    """One way to set approaches apart.

    `codes` gives each approach's place among `values` (one too many is none of them); where an approach may stand under
    several, `members` gives its referral's or its own bits instead. `ordered` values stay in their order.
    """

    name: str
    words: str
    values: Callable[[Facts], Sequence[Value]]
    codes: Callable[[Facts], Array] | None = None
    referrals: Callable[[Facts], Array] | None = None  # a row of truths for each referral
    bits: Callable[[Facts], Array] | None = None
    ordered: bool = False
    short: Mapping[str, str] = field(default_factory=dict)  # words for the head of a narrow column


class Facts:
    """The live facts of a store, to be counted."""

    def __init__(self, tables: Tables) -> None:
        self.tables = tables.tables
        self.own: Columns = tables.tables["approach"]
        live = np.append(self.tables["referral"]["live"], np.uint8(0))[self.own["referral"]]
        self._live = (self.own["live"] != 0) & (live != 0)
        self._known: dict[str, Array] = {}
        self._paired: dict[str, tuple[Array, ...]] = {}

    # which

    def within(self, period: Period) -> Array:
        """The rows of approaches that were made in a time."""
        first, last = ((day - FIRST).days for day in (period.first, period.last))
        day = self.own["day"]
        return np.flatnonzero(self._live & (day >= max(0, first)) & (day <= max(-1, last)))

    def of(self, rows: Array, *outcomes: int) -> Array:
        """Those of some rows with one of some outcomes."""
        return _those(rows, np.isin(self.own["outcome"][rows], outcomes))

    def concluded(self, rows: Array) -> Array:
        """Those that were answered, or were never: offers, those taken back too, refusals, no replies."""
        return _those(rows, np.isin(self.own["outcome"][rows], (OFFERED, REFUSED, NO_REPLY)) | self._taken_back(rows))

    def answered(self, rows: Array) -> Array:
        """Those who offered or refused."""
        return _those(rows, np.isin(self.own["outcome"][rows], (OFFERED, REFUSED)) | self._taken_back(rows))

    def offered(self, rows: Array) -> Array:
        """Those who offered; an offer that the provider took back was one."""
        return _those(rows, (self.own["outcome"][rows] == OFFERED) | self._taken_back(rows))

    def taken_back(self, rows: Array) -> Array:
        """Offers that the provider took back."""
        return _those(rows, self._taken_back(rows))

    def withdrawn(self, rows: Array) -> Array:
        """Those that the council withdrew."""
        return _those(rows, (self.own["outcome"][rows] == WITHDRAWN) & ~self._taken_back(rows))

    def _taken_back(self, rows: Array) -> Any:
        return (self.own["outcome"][rows] == WITHDRAWN) & (self.own["closing"][rows] == TAKEN_BACK)

    def cut(self, rows: Array, cuts: Sequence[Cut]) -> Array:
        """Those of some rows that every cut leaves. Raises Invalid for a dimension or a value that there is not."""
        for each in cuts:
            if each.dimension == OUTCOME:
                rows = self._outcome(rows, each.value)
                continue
            dimension = dimension_of(each.dimension)
            at = next((n for n, (value, _) in enumerate(dimension.values(self)) if value == each.value), None)
            if at is None:
                known = ", ".join(value for value, _ in dimension.values(self)[:12] if value)
                raise Invalid("behind", f"{each.dimension} has no value {each.value!r}", mend=f"there are {known}...")
            rows = self.under(dimension, rows, at)
        return rows

    def _outcome(self, rows: Array, value: str) -> Array:
        named = {
            "concluded": self.concluded, "answered": self.answered, "offered": self.offered, "OW": self.taken_back,
            "withdrawn": self.withdrawn,
        }  # fmt: skip
        if value in named:
            return named[value](rows)
        if value not in OUTCOMES:
            known = ", ".join(dict.fromkeys([*OUTCOMES, *named]))
            raise Invalid("behind", f"There is no outcome {value!r}", mend=f"there are {known}")
        return self.of(rows, OUTCOMES.index(value))

    def _is(self, dimension: Dimension, rows: Array, at: int) -> Any:
        if dimension.codes is not None:
            return dimension.codes(self)[rows] == at
        if dimension.bits is not None:
            return (dimension.bits(self)[rows] >> at) & 1 != 0
        return self._members(dimension)[self.own["referral"][rows], at]

    # how many

    def count(self, dimension: Dimension, rows: Array) -> Array:
        """How many of some rows stand under each value."""
        size = len(dimension.values(self))
        if dimension.codes is not None:
            return np.bincount(dimension.codes(self)[rows], minlength=size)[:size]
        if dimension.bits is not None:
            bits = np.bincount(dimension.bits(self)[rows], minlength=1)
            seen = np.flatnonzero(bits)
            return np.array([bits[seen[(seen >> at) & 1 != 0]].sum() for at in range(size)], "i8")
        of, places = self._pairs(dimension)
        counted = np.bincount(self.own["referral"][rows], minlength=len(self.tables["referral"]["live"]))
        return np.bincount(places, counted[of], size).astype("i8")

    def cross(self, dimension: Dimension, other: Dimension, rows: Array) -> Array:
        """How many of some rows stand under each value of both: a line for each of `dimension`."""
        return np.stack(
            [self.count(dimension, self.under(other, rows, at)) for at in range(len(other.values(self)))], axis=1
        )

    def under(self, dimension: Dimension, rows: Array, at: int) -> Array:
        """Those of some rows that stand under one value."""
        return _those(rows, self._is(dimension, rows, at))

    def _members(self, dimension: Dimension) -> Array:
        """Whether each referral stands under each value, a value after another."""
        if dimension.name not in self._known and dimension.referrals is not None:
            self._known[dimension.name] = np.asfortranarray(dimension.referrals(self))
        return self._known[dimension.name]

    def _pairs(self, dimension: Dimension) -> tuple[Array, Array]:
        """Each referral with each value that it stands under: few of all that it could."""
        if dimension.name not in self._paired:
            self._paired[dimension.name] = np.nonzero(self._members(dimension))
        of, places = self._paired[dimension.name]
        return of, places

    def minutes(self, rows: Array) -> Array:
        """How many minutes the answers of some rows took, where that is known."""
        took = self.own["minutes"][rows]
        return _those(took, took >= 0)

    def latest(self, rows: Array, limit: int) -> list[UUID]:
        """The approaches of some rows, the latest first; `keys` must have been read."""
        keys = self.tables["approach keys"]
        if len(rows) > limit:
            days = self.own["day"][rows]
            rows = rows[days >= np.partition(days, len(days) - limit)[len(days) - limit]]
        order = np.lexsort((keys["lo"][rows], keys["hi"][rows], self.own["day"][rows]))
        return ids_at(keys, rows[order[::-1][:limit]])

    # what dimensions are made of

    @cached_property
    def months(self) -> tuple[Sequence[Value], Array]:
        """The months from the first approach to the last, and the place of each day among them."""
        if not len(self.own["day"]):
            return (), np.zeros(1, "i4")
        first, last = (FIRST + timedelta(days=int(end)) for end in (self.own["day"].min(), self.own["day"].max()))
        place = np.zeros(int(self.own["day"].max()) + 1, "i4")
        names: list[Value] = []
        month = date(first.year, first.month, 1)
        while month <= last:
            start = max(0, (month - FIRST).days)
            place[start:] = len(names)
            names.append((f"{month:%Y-%m}", f"{month:%b %Y}"))
            month = date(month.year + month.month // 12, month.month % 12 + 1, 1)
        return names, place

    @cached_property
    def providers(self) -> Sequence[Value]:
        """Every provider; what they are called is read for those that are shown."""
        own = self.tables["provider"]
        return [(str(key), "") for key in ids_at(own, np.arange(len(own["hi"])))]

    @cached_property
    def reason_table(self) -> dict[str, Array]:
        """For each number of a reason: its family, its severity, whether it can be changed."""
        families = [family.letter for family in FAMILIES]
        severities = [each.code for each in SEVERITIES]
        changeable = [value for value, _ in CHANGEABLE]
        found = {name: np.full(256, size, "i4") for name, size in
                 (("family", len(families)), ("severity", len(severities)), ("changeable", len(changeable)))}  # fmt: skip
        for at, code in enumerate(REFUSALS, 1):
            found["family"][at] = families.index(code.family)
            found["severity"][at] = severities.index(code.severity)
            found["changeable"][at] = changeable.index(code.changeable)
        return found

    def needs(self) -> Array:
        """Whether each referral has each need, and last whether none was written down."""
        own = self.tables["referral"]
        of = [(own["needs" if at < 64 else "needs2"] >> np.uint64(at % 64)) & np.uint64(1) for at in range(len(NEEDS))]
        return np.stack([*(each != 0 for each in of), (own["needs"] == 0) & (own["needs2"] == 0)], axis=1)

    def flags(self, name: str, size: int) -> Array:
        """The bits of a column of referrals as truths."""
        found: Array = (self.tables["referral"][name][:, None] >> np.arange(size, dtype="u1")) & 1 != 0
        return found

    @cached_property
    def kinds(self) -> Array:
        """Each approach's kind of home, 0 where no home was named."""
        return np.append(self.tables["home"]["kind"], np.uint8(0))[self.own["home"]]

    @cached_property
    def tiers(self) -> Array:
        """Each approach's tier: that of the home, else of the provider; 0 for none."""
        home = np.append(self.tables["home"]["tier"], np.uint8(0))[self.own["home"]]
        tier = np.where(home > 0, home, np.append(self.tables["provider"]["tier"], np.uint8(0))[self.own["provider"]])
        return np.minimum(tier, _TIERS + 1)

    @cached_property
    def bands(self) -> Array:
        """Each approach's band of distance, one past the last where it is not known."""
        edges = [round(last * 10) for _, _, last in MILES[:-1]]
        band = np.searchsorted(np.array(edges), self.own["miles"], side="left")
        return np.where(self.own["miles"] < 0, len(MILES), band)


def _those(rows: Array, which: Any) -> Array:
    found: Array = rows[which]
    return found


def _reason(name: str) -> Callable[[Facts], Array]:
    return lambda facts: facts.reason_table[name][facts.own["reason"]]


def _fixed(values: Sequence[Value]) -> Callable[[Facts], Sequence[Value]]:
    return lambda _facts: values


_SEXES = (("M", "Boys"), ("F", "Girls"), ("U", "Not known or not said"))
_ASKED = (("first", "First asked"), ("again", "Asked again after an answer"))
_FILLED = (("no", "Not said what would change it"), ("yes", "Said what would change it"))

DIMENSIONS: tuple[Dimension, ...] = (
    Dimension("reason", "reason", _fixed(_values(REFUSALS)), codes=lambda facts: facts.own["reason"]),
    Dimension("family", "family of reasons", _fixed(tuple((each.letter, each.label) for each in FAMILIES)), codes=_reason("family"),
              short={each.letter: each.short for each in FAMILIES}),
    Dimension("changeable", "whether the council can change it", _fixed(CHANGEABLE), codes=_reason("changeable"), ordered=True),
    Dimension("severity", "severity", _fixed(tuple((each.code, each.label) for each in SEVERITIES)), codes=_reason("severity"), ordered=True),
    Dimension("change", "what would change it", _fixed(tuple((code.code, code.label) for code in WOULD_CHANGE)),
              bits=lambda facts: facts.own["would"], short={code.code: code.spoken for code in WOULD_CHANGE}),
    Dimension("filled", "whether it was said what would change it", _fixed(_FILLED),
              codes=lambda facts: (facts.own["would"] != 0).astype("i4"), ordered=True),
    Dimension("stage", "stage", _fixed(_values(STAGES)), codes=lambda facts: facts.own["stage"], ordered=True),
    Dimension("need", "need", _fixed((*((code.code, code.label) for code in NEEDS), ("", "No need written down"))), referrals=lambda facts: facts.needs()),
    Dimension("age", "age", _fixed((*((value, words) for value, words, _ in AGES), _NONE)), referrals=lambda facts: facts.flags("ages", len(AGES) + 1), ordered=True),
    Dimension("sex", "sex", _fixed(_SEXES), referrals=lambda facts: facts.flags("sexes", len(SEXES)), ordered=True),
    Dimension("type", "kind of home", _fixed((("", "No home named"), *_values(HOME_KINDS)[1:])), codes=lambda facts: facts.kinds),
    Dimension("provider", "provider", lambda facts: facts.providers, codes=lambda facts: facts.own["provider"]),
    Dimension("tier", "tier", _fixed((("", "No tier"), *((str(at), f"Tier {at}") for at in range(1, _TIERS + 1)))),
              codes=lambda facts: facts.tiers, ordered=True),
    Dimension("distance", "distance", _fixed((*((value, words) for value, words, _ in MILES), _NONE)), codes=lambda facts: facts.bands, ordered=True),
    Dimension("score", "the profile's score", _fixed(SCORES), codes=lambda facts: facts.own["score"], ordered=True),
    Dimension("month", "month of asking", lambda facts: facts.months[0], codes=lambda facts: facts.months[1][facts.own["day"]], ordered=True),
    Dimension("asked", "first asked or asked again", _fixed(_ASKED), codes=lambda facts: facts.own["again"], ordered=True),
)  # fmt: skip
NAMES = tuple(dimension.name for dimension in DIMENSIONS)


def dimension_of(name: str) -> Dimension:
    """The dimension of that name. Raises Invalid."""
    found = next((dimension for dimension in DIMENSIONS if dimension.name == name), None)
    if found is None:
        raise Invalid("behind", f"There is no dimension {name!r}", mend=f"it is one of outcome, {', '.join(NAMES)}")
    return found
