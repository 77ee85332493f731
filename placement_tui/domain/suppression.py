"""Small counts kept out of what is shared, and so much around them that no difference of what is left gives them away.

The Department for Education hides counts of 1 to 5 of an authority in its tables of looked-after children and writes `c`;
zeros stand. A table with its totals is a network: each count flows from its row to its column, each total into its line.
So a reader can tell a hidden count exactly when no other flow agrees with everything that is shown, which is when no
cycle of hidden counts runs through it (D. Gusfield, A graph theoretic approach to statistical data security, 1988).

A reader is taken to know the rule: that a hidden count is at least 1 where zeros are shown, and may guess that a hidden
count within the table is a small one.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from heapq import heappop, heappush
from itertools import count
from math import inf

SMALL = 5  # counts of 1 to it are hidden, where the council says nothing else
MARK = "c"  # stands for a hidden count, as in the Department's tables

Key = Hashable
Count = int | None  # None where it is hidden


@dataclass(frozen=True, slots=True)
class MaskedList:
    """Counts and their total as they may be shared; None is hidden."""

    cells: tuple[Count, ...]
    total: Count

    @property
    def hidden(self) -> int:
        """How many counts are hidden, the total with them."""
        return (*self.cells, self.total).count(None)


@dataclass(frozen=True, slots=True)
class MaskedTable:
    """A table of counts as it may be shared, with the totals of its rows, of its columns and of all; None is hidden."""

    cells: tuple[tuple[Count, ...], ...]
    rows: tuple[Count, ...]
    columns: tuple[Count, ...]
    total: Count

    @property
    def hidden(self) -> int:
        """How many counts are hidden, totals with them."""
        inner = [each for row in self.cells for each in row]
        return (*inner, *self.rows, *self.columns, self.total).count(None)


def is_small(number: int, small: int = SMALL, zeros_shown: bool = True) -> bool:
    """Whether a count is one that may not be shared by itself."""
    return 1 <= number <= small or (number == 0 and small > 0 and not zeros_shown)


def masked_table(cells: Sequence[Sequence[int]], small: int = SMALL, *, zeros_shown: bool = True) -> MaskedTable:
    """A table as it may be shared with all its totals. `small` 0 hides nothing.

    Raises ValueError where a count is negative or rows differ in length: that is no table of counts.
    """
    wide = len(cells[0]) if cells else 0
    if any(len(row) != wide for row in cells) or any(each < 0 for row in cells for each in row):
        raise ValueError("rows of equal length, of counts from 0")
    arcs: dict[Key, _Arc] = {}
    for i, row in enumerate(cells):
        arcs["row", i] = _Arc("all rows", ("row", i), sum(row), False)
        for j, each in enumerate(row):
            arcs["cell", i, j] = _Arc(("row", i), ("column", j), each, True)
    for j in range(wide):
        arcs["column", j] = _Arc(("column", j), "all columns", sum(row[j] for row in cells), False)
    total = sum(map(sum, cells))
    arcs["total",] = _Arc("all columns", "all rows", total, False)
    hidden = _hidden(arcs, small, zeros_shown)

    def shown(*key: Hashable) -> Count:
        return None if key in hidden else arcs[key].value

    return MaskedTable(
        tuple(tuple(shown("cell", i, j) for j in range(wide)) for i in range(len(cells))),
        tuple(shown("row", i) for i in range(len(cells))),
        tuple(shown("column", j) for j in range(wide)),
        shown("total"),
    )


def masked_list(counts: Sequence[int], small: int = SMALL, *, zeros_shown: bool = True) -> MaskedList:
    """Counts that share out one total, as they may be shared with it."""
    if any(each < 0 for each in counts):
        raise ValueError("counts from 0")
    arcs: dict[Key, _Arc] = {(j,): _Arc("parts", "whole", each, True) for j, each in enumerate(counts)}
    arcs["total",] = _Arc("whole", "parts", sum(counts), False)
    hidden = _hidden(arcs, small, zeros_shown)
    cells = tuple(None if (j,) in hidden else each for j, each in enumerate(counts))
    return MaskedList(cells, None if ("total",) in hidden else sum(counts))


def masked_nested(numerators: Sequence[int], denominator: int, small: int = SMALL) -> MaskedList:
    """Shares of one whole, each counted within the next larger or apart, as they may be shared together.

    Neither a count, nor what it leaves of the whole, nor the difference of two that are shown is a small number: 38 within
    20 miles and 40 within 20 miles or in the area would say of two children where they live.
    """
    if is_small(denominator, small):
        return MaskedList((None,) * len(numerators), None)
    kept: list[int] = [0, denominator]
    found: dict[int, Count] = {}
    for number in sorted(set(numerators), reverse=True):
        safe = 0 <= number <= denominator and not any(is_small(abs(number - each), small) for each in kept)
        found[number] = number if safe else None
        kept += [number] if safe else []
    return MaskedList(tuple(found[number] for number in numerators), denominator)


def masked_share(numerator: int, denominator: int, small: int = SMALL) -> tuple[Count, Count]:
    """A share's two counts as they may be shared; where either is hidden its percentage is, too."""
    masked = masked_nested((numerator,), denominator, small)
    return masked.cells[0], masked.total


def percent(numerator: Count, denominator: Count, places: int = 0) -> Decimal | None:
    """A percentage, halves rounded up as the Department does; None where a count is hidden or there is no whole."""
    if numerator is None or not denominator:
        return None
    step = Decimal(1).scaleb(-places)
    return (Decimal(100) * numerator / denominator).quantize(step, ROUND_HALF_UP)


def pinned(
    arcs: Mapping[Key, tuple[Key, Key, int, bool]], hidden: Iterable[Key], small: int = SMALL, zeros_shown: bool = True
) -> set[Key]:
    """Those of the hidden counts that a reader could tell. An arc is from, to, count, and whether it is no total."""
    return _pinned({key: _Arc(*each) for key, each in arcs.items()}, set(hidden), small, zeros_shown)


def covered(arcs: Mapping[Key, tuple[Key, Key, int, bool]], also: Iterable[Key] = (), small: int = SMALL) -> set[Key]:
    """The counts to hide of any network of counts: the small ones and those of `also`, which another table hides already,
    and so many more that none can be told. An arc is from, to, count, and whether it is no total. A zero stays shown."""
    known = {key: _Arc(*each) for key, each in arcs.items()}
    return _hidden(known, small, True, {key for key in also if known[key].value})


@dataclass(frozen=True, slots=True)
class _Arc:
    """A count as a flow from one line to another; `inner` where it is no total."""

    tail: Key
    head: Key
    value: int
    inner: bool


def _hidden(arcs: Mapping[Key, _Arc], small: int, zeros_shown: bool, also: Iterable[Key] = ()) -> set[Key]:
    """The counts to hide: the small ones, and for each that could still be told the cheapest cycle that covers it."""
    hidden = {key for key, arc in arcs.items() if is_small(arc.value, small, zeros_shown)} | set(also)
    for key in sorted(hidden, key=lambda each: (arcs[each].value, str(each))):
        ways = [_way(arcs, hidden, key, up, small, zeros_shown, widen=True) for up in (True, False)]
        cheapest = min((way for way in ways if way is not None), default=None, key=lambda way: (way[0], len(way[1])))
        if cheapest is None:  # every count is part of its totals, so there is always that way
            raise AssertionError(f"nothing covers {key}")
        hidden |= set(cheapest[1])  # these can move with it, so they need no cover of their own
    return hidden


def _pinned(arcs: Mapping[Key, _Arc], hidden: set[Key], small: int, zeros_shown: bool) -> set[Key]:
    return {
        key
        for key in hidden
        if all(_way(arcs, hidden, key, up, small, zeros_shown, widen=False) is None for up in (True, False))
    }


def _bounds(arc: _Arc, small: int, zeros_shown: bool) -> tuple[int, float]:
    least = 1 if zeros_shown else 0
    guessed = arc.inner and is_small(arc.value, small, zeros_shown) and small > least
    return least, small if guessed else inf


def _way(
    arcs: Mapping[Key, _Arc], hidden: set[Key], key: Key, up: bool, small: int, zeros_shown: bool, *, widen: bool
) -> tuple[int, list[Key]] | None:
    """The cheapest cycle along which that count could be one more (or less): its price and the counts to hide for it.

    Counts that are hidden already cost nothing; others only where the way may `widen` what is hidden.
    """
    least, most = _bounds(arcs[key], small, zeros_shown)
    if not (arcs[key].value < most if up else arcs[key].value > least):
        return None
    begin, end = (arcs[key].head, arcs[key].tail) if up else (arcs[key].tail, arcs[key].head)
    steps: dict[Key, list[tuple[Key, int, Key]]] = {}
    for each, arc in arcs.items():
        if each == key or (each not in hidden and (not widen or (zeros_shown and arc.value == 0))):
            continue
        price = 0 if each in hidden else arc.value + 1
        low, high = _bounds(arc, small, zeros_shown)
        if arc.value < high:
            steps.setdefault(arc.tail, []).append((arc.head, price, each))
        if arc.value > low:
            steps.setdefault(arc.head, []).append((arc.tail, price, each))
    turn = count()
    queue: list[tuple[int, int, int, Key, tuple[Key, ...]]] = [(0, 0, next(turn), begin, ())]
    met: set[Key] = set()
    while queue:
        price, length, _, node, taken = heappop(queue)
        if node == end:
            return price, [each for each in taken if each not in hidden]
        if node in met:
            continue
        met.add(node)
        for to, more, each in steps.get(node, ()):
            if to not in met:
                heappush(queue, (price + more, length + 1, next(turn), to, (*taken, each)))
    return None
