"""The search index itself: register, names, and the views that are kept between keystrokes."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import UTC, datetime
from operator import attrgetter
from uuid import UUID

import numpy as np

from placement_tui.domain.homes import Candidate, Found, Policy, Position, Relaxation, Wanted
from placement_tui.domain.matching import Weights
from placement_tui.domain.query import Query, parse
from placement_tui.domain.query_words import RELAXED_WORDS
from placement_tui.services.searching.columns import Mask
from placement_tui.services.searching.masks import Reasons, blocked, passing
from placement_tui.services.searching.miles import Miles
from placement_tui.services.searching.names import Kept, Names
from placement_tui.services.searching.pace import Still
from placement_tui.services.searching.points import load_geodesic
from placement_tui.services.searching.register import Register
from placement_tui.services.searching.text import TextWriter
from placement_tui.services.searching.view import Matches, Terms, View

REBUILT_AFTER = 2000  # homes named anew before everything is built again
_WORDS_OF = attrgetter("name", "provider", "town", "area", "urn", "phone")


class Index:
    """Immutable but for what it remembers; any number of threads may search it."""

    def __init__(self, register: Register, names: Names) -> None:
        self._register, self._names = register, names
        self._miles = Kept[Position, Miles](3)
        self._blocked = Kept[tuple[Wanted, Policy], Reasons](4)
        self._passing = Kept[tuple[Query, Wanted, Policy, datetime], Mask](16)
        self._views = Kept[Terms, View](4)

    @classmethod
    def build(cls, candidates: Iterable[Candidate]) -> Index:
        """An index of all candidates, read once."""
        register, writer = Register(), TextWriter()
        for chunk in register.fill(candidates):
            writer.add(chunk)
        if (~np.isnan(register.latitude.array) & ~register.location.among({"postcode"})).any():
            load_geodesic()  # now, in whatever thread builds, and not under the officer's first key
        names = Names(writer.close(), register.alive)
        names.found((b"qzxvkj",), register.alive, register.alive, guess=True)  # what guessing loads is loaded now, too
        return cls(register, names)

    def with_changes(self, changed: Sequence[Candidate], gone: Collection[UUID]) -> Index:
        """A copy with some candidates put in, replaced or taken out."""
        before = self._register
        register, rows = before.with_changes(changed, gone)
        moved = {
            row: register.changed[row]
            for row in rows.tolist()
            if row >= before.count or _WORDS_OF(before.candidate(row)) != _WORDS_OF(register.changed[row])
        }
        names = self._names.with_moved(moved, register.alive)
        if len(register.changed) > REBUILT_AFTER:
            return Index.build(register.candidate(row) for row in np.flatnonzero(register.alive).tolist())
        return Index(register, names)

    @property
    def considered(self) -> int:
        """How many homes there are."""
        return self._register.considered

    def search(
        self,
        line: str | Query,
        wanted: Wanted,
        policy: Policy,
        weights: Weights,
        limit: int,
        now: datetime | None,
        guess: bool,
        still: Still | None = None,
    ) -> Found:
        """See `services.search.SearchIndex.search`."""
        query = parse(line) if isinstance(line, str) else line
        view = self._view(Terms.of(query, wanted, policy, weights, now or datetime.now(UTC)))
        words = self._names.typed(query.words)
        if words:
            found, quality = self._names.found(words, view.passes, view.may_be_asked, guess, still)
            open_to = view.may_be_asked[found]
            rows, total = view.ordered(found[open_to], quality[open_to], limit), int(np.count_nonzero(open_to))
            shut, shut_quality = found[~open_to], quality[~open_to]
            counted = view.count_blocked(shut)
        else:
            rows, total, counted = view.first(limit), view.total, view.counted
            shut, shut_quality = np.flatnonzero(view.may_not), None
        if query.show_all and len(rows) < limit:
            rows = np.concatenate([rows, view.ordered(shut, shut_quality, limit - len(rows))])
        return Found(
            matches=Matches(view, rows),
            total=total,
            considered=self.considered,
            words=query.in_words(wanted),
            relaxations=self.relaxations(query, wanted, policy, now) if guess and not total and still is None else (),
            problems=query.problems,
            blocked=counted,
        )

    def relaxations(self, query: Query, wanted: Wanted, policy: Policy, now: datetime | None) -> tuple[Relaxation, ...]:
        """See `services.search.SearchIndex.relaxations`."""
        at = now or datetime.now(UTC)
        have = self._count(query, wanted, policy, at)
        found: list[Relaxation] = []
        for name in query.active(wanted):
            more = self._count(query.relaxed(name), wanted, policy, at) - have
            if more > 0:
                found.append(Relaxation(name, RELAXED_WORDS[name], more))
        return tuple(sorted(found, key=lambda one: -one.more))

    def _count(self, query: Query, wanted: Wanted, policy: Policy, now: datetime) -> int:
        view = self._view(Terms.of(query, wanted, policy, Weights(), now), kept=False)
        words = self._names.typed(query.words)
        if not words:
            return view.total
        rows, _ = self._names.found(words, view.passes, view.may_be_asked, guess=True)
        return int(np.count_nonzero(view.may_be_asked[rows]))

    def _view(self, terms: Terms, kept: bool = True) -> View:
        return self._views.get(terms, lambda: self._made(terms)) if kept else self._made(terms)

    def _made(self, terms: Terms) -> View:
        register, wanted, policy = self._register, terms.wanted, terms.policy
        miles = self._miles.get(wanted.origin, lambda: Miles(register, wanted.origin))
        reasons = self._blocked.get((wanted, policy), lambda: blocked(register, wanted, policy))
        passes = self._passing.get(
            (terms.query, wanted, policy, terms.now),
            lambda: passing(register, terms.query, wanted, policy, terms.now, lambda: miles),
        )
        return View(register, self._names, terms, miles, passes, reasons)
