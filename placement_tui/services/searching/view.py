"""One filter over the register, kept between keystrokes: who passes, who may be asked, in which order."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property
from typing import overload

import numpy as np

from placement_tui.domain.distance import in_area
from placement_tui.domain.homes import Match, Policy, Wanted
from placement_tui.domain.matching import Weights, order_parts, order_score
from placement_tui.domain.query import Query
from placement_tui.domain.restricted import rounded
from placement_tui.domain.rules import BLOCKS, findings
from placement_tui.services.searching.columns import Floats, Mask, Rows
from placement_tui.services.searching.masks import BIT, Reasons
from placement_tui.services.searching.miles import Miles
from placement_tui.services.searching.names import Names
from placement_tui.services.searching.register import Register
from placement_tui.services.searching.scores import scores
from placement_tui.services.searching.text import Quality

_FAR = 1e6  # where a home of unknown distance stands among the nearest
_LEADS = 1e8  # how well the name was met leads over every point
_MOST_KEPT = 2000


@dataclass(frozen=True, slots=True)
class Terms:
    """What a view is made from. `query` is without its words, `wanted` is what the query leaves of it."""

    query: Query
    wanted: Wanted
    policy: Policy
    weights: Weights
    now: datetime

    @classmethod
    def of(cls, query: Query, wanted: Wanted, policy: Policy, weights: Weights, now: datetime) -> Terms:
        """The terms of a typed line over a referral. Fresh and stale are told apart by the minute."""
        bare = replace(query, words=(), problems=(), show_all=False)
        return cls(bare, query.applied_to(wanted), policy, weights, now.replace(second=0, microsecond=0))


class View:
    """The register under some terms."""

    def __init__(
        self, register: Register, names: Names, terms: Terms, miles: Miles, passes: Mask, blocked: Reasons
    ) -> None:
        self._register, self._names = register, names
        self.terms, self._miles = terms, miles
        self.passes, self._blocked = passes, blocked
        standing = blocked & ~BIT["asked"] if terms.query.asked else blocked
        self.may_be_asked: Mask = passes & (standing == 0)
        self.may_not: Mask = passes & (standing != 0)
        self._matches: dict[int, Match] = {}
        self._first: Rows | None = None

    @cached_property
    def _order(self) -> Floats:
        """What each row stands at; the lowest first."""
        if self.terms.query.nearest:
            return np.nan_to_num(self._miles.rounded, nan=_FAR)
        terms = self.terms
        return -scores(self._register, self._miles, terms.wanted, terms.policy, terms.weights, terms.now)

    def ordered(self, rows: Rows, quality: Quality | None, most: int) -> Rows:
        """The first `most` rows: by how well the name was met, then by the order, then the shorter name."""
        standing = self._order[rows]
        if quality is not None:
            standing = standing + quality * _LEADS
        if len(rows) > most:
            first = np.argpartition(standing, most - 1)[:most] if most else np.empty(0, np.intp)
            rows, standing = rows[first], standing[first]
        return rows[np.lexsort((rows, self._names.lengths[rows], standing))]

    def first(self, most: int) -> Rows:
        """The first `most` of all that may be asked."""
        if self._first is None or len(self._first) < min(most, self.total):
            self._first = self.ordered(np.flatnonzero(self.may_be_asked), None, most)
        return self._first[:most]

    @cached_property
    def total(self) -> int:
        """How many may be asked."""
        return int(np.count_nonzero(self.may_be_asked))

    @cached_property
    def counted(self) -> tuple[tuple[str, int], ...]:
        """How many may not be asked, each under its first reason."""
        return self.count_blocked(np.flatnonzero(self.may_not))

    def count_blocked(self, rows: Rows) -> tuple[tuple[str, int], ...]:
        """How many of some rows are blocked, each under its first reason in the order of `BLOCKS`."""
        reasons = self._blocked[rows]
        counts = np.bincount(reasons & -reasons.astype(np.int32), minlength=1)
        return tuple(
            (about, int(counts[BIT[about]])) for about in BLOCKS if BIT[about] < len(counts) and counts[BIT[about]]
        )

    def match(self, row: int) -> Match:
        """What is shown of a row: made once."""
        held = self._matches.get(row)
        if held is not None:
            return held
        terms = self.terms
        candidate = self._register.candidate(row)
        miles, approximate = self._miles.exact(row, candidate.position)
        parts = order_parts(candidate, miles, terms.wanted, terms.policy, terms.weights, terms.now, approximate)
        if candidate.restricted and approximate:  # a viewer's: from the middle of a square of a mile
            miles = rounded(miles, True)
        made = Match(
            candidate=candidate,
            miles=miles,
            approximate=approximate,
            in_area=in_area(candidate.position, terms.wanted.authority),
            score=order_score(parts),
            parts=parts,
            findings=findings(candidate, terms.wanted, terms.policy),
            asked_already=candidate.id in terms.wanted.asked,
        )
        if len(self._matches) >= _MOST_KEPT:
            self._matches = {}
        self._matches[row] = made
        return made


class Matches(Sequence[Match]):
    """The matches of some rows, each made when it is first read."""

    def __init__(self, view: View, rows: Rows) -> None:
        self._view, self._rows = view, rows

    def __len__(self) -> int:
        return len(self._rows)

    @overload
    def __getitem__(self, at: int) -> Match: ...

    @overload
    def __getitem__(self, at: slice) -> Sequence[Match]: ...

    def __getitem__(self, at: int | slice) -> Match | Sequence[Match]:
        if isinstance(at, slice):
            return Matches(self._view, self._rows[at])
        return self._view.match(int(self._rows[at]))

    def __iter__(self) -> Iterator[Match]:
        return (self._view.match(row) for row in self._rows.tolist())

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and len(self) == len(other) and all(map(Match.__eq__, self, other))

    def __hash__(self) -> int:
        return hash(tuple(match.candidate.id for match in self))
