"""Finding a home: the search index over the whole register, and the distance between two places.

    index = SearchIndex.build(candidates)                  # any iterable; 50,000 are never held as objects
    index.search_exact("brdgview ifa 10mi", wanted)        # at once: word beginnings and initials
    index.search("brdgview ifa 10mi", wanted)              # the same first, then misspelt names
    index = index.with_changes(changed)                    # after each save

Importing this module loads neither numpy nor rapidfuzz; building an index does. A search may run in any thread.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from placement_tui.domain.homes import Candidate, Found, Policy, Relaxation, Wanted
from placement_tui.domain.matching import Weights
from placement_tui.domain.query import Query, parse
from placement_tui.services.searching.points import miles_between

if TYPE_CHECKING:
    from placement_tui.services.searching.index import Index
    from placement_tui.services.searching.pace import Still

__all__ = ["SearchIndex", "miles_between"]

_ANYTHING, _POLICY, _WEIGHTS = Wanted(), Policy(), Weights()


class SearchIndex:
    """What is known of every home, ready to be searched by each key. It does not change; changes make another one."""

    def __init__(self, index: Index) -> None:
        self._index = index

    @classmethod
    def build(cls, candidates: Iterable[Candidate]) -> SearchIndex:
        """An index of those candidates. Read once, a few thousand at a time; takes about half a second for 50,000."""
        from placement_tui.services.searching.index import Index

        return cls(Index.build(candidates))

    def with_changes(self, changed: Sequence[Candidate] = (), gone: Collection[UUID] = ()) -> SearchIndex:
        """An index in which `changed` stand as they are given (new ones too) and `gone` are no more.

        A few milliseconds; the present index stays as it is for whoever is searching it.
        """
        return SearchIndex(self._index.with_changes(changed, gone))

    def __len__(self) -> int:
        return self._index.considered

    def search(
        self,
        query: str | Query,
        wanted: Wanted = _ANYTHING,
        policy: Policy = _POLICY,
        weights: Weights = _WEIGHTS,
        *,
        limit: int = 200,
        now: datetime | None = None,
        still: Still | None = None,
    ) -> Found:
        """The homes that a query line finds for what is wanted, in the order of `domain.matching`.

        How well a typed name is met leads: the whole name, its beginning, words of it, words of provider, town or
        area (a URN and a phone number count as words), initials, then misspelt names by how much is wrong. Homes that
        may not be asked are counted in `blocked`; with `all` they stand last. Where nothing may be asked,
        `relaxations` says what each constraint costs. `now` is the aware moment that vacancies are fresh or stale at.

        `still` is asked between the steps of guessing; where it says False, `searching.pace.Superseded` is raised. A
        search that may be given up so is one of many on the way to a name: it reckons no relaxations.
        """
        return self._index.search(query, wanted, policy, weights, limit, now, guess=True, still=still)

    def search_exact(
        self,
        query: str | Query,
        wanted: Wanted = _ANYTHING,
        policy: Policy = _POLICY,
        weights: Weights = _WEIGHTS,
        *,
        limit: int = 200,
        now: datetime | None = None,
    ) -> Found:
        """As `search`, without misspelt names and relaxations: for the first frame after a key.

        What it finds stands at the head of what `search` finds, so that nothing moves when the rest arrives.
        """
        return self._index.search(query, wanted, policy, weights, limit, now, guess=False)

    def relaxations(
        self,
        query: str | Query,
        wanted: Wanted = _ANYTHING,
        policy: Policy = _POLICY,
        *,
        now: datetime | None = None,
    ) -> tuple[Relaxation, ...]:
        """For each constraint of the line and of the referral how many more homes come if only it is given up.

        Those that bring something, the most first. `Query.relaxed(name)` is the line without it.
        """
        return self._index.relaxations(parse(query) if isinstance(query, str) else query, wanted, policy, now)
