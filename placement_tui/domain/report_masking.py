"""Which figures of several tables may be shared together.

Each kind of count in a block (what is counted, what it is counted of, what is left over) is a list or a table with its
totals, which a reader is taken to know from elsewhere. `suppression.covered` hides its small counts and covers them. A
count that stands in several blocks, or is the total of another, is hidden everywhere or nowhere: so the blocks are gone
through again until nothing more has to be hidden. A curve of what lasts keeps those points only between which more than a
small number ended.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from placement_tui.domain.insight import Block, Row
from placement_tui.domain.insight_words import moment
from placement_tui.domain.report import SharedBlock, SharedRow
from placement_tui.domain.suppression import Key, covered, is_small, masked_nested

_NESTED = 6  # rows that overlap in one whole and may lie within each other; more of them are many-valued, as needs are
Fact = tuple[str, int]  # a count and of what; the total of a list has no words


@dataclass(slots=True)
class _Net:
    """The counts of one kind in a block, as a network; `at` finds a row's count, `facts` says what each count is of."""

    arcs: dict[Key, tuple[Key, Key, int, bool]] = field(default_factory=dict)
    at: dict[int, Key] = field(default_factory=dict)
    facts: dict[Key, Fact] = field(default_factory=dict)
    hidden: set[Key] = field(default_factory=set)


@dataclass(slots=True)
class _Counted:
    """A row's counts by kind: the value of a count, what a share counts, what it is of, what it leaves, what it rests on."""

    kinds: dict[str, int]
    tied: tuple[str, ...] = ()  # kinds of which one gives the other away where the whole is shown


def shareable(blocks: Sequence[Block], threshold: int) -> list[SharedBlock]:
    """The blocks as they may be shared together: nothing below the threshold, nothing that gives such a count away."""
    small = threshold - 1
    kept = [_thin(block, small) if _is_curve(block) else (block, 0) for block in blocks]
    works = [_Work(block, small) for block, _ in kept]
    cells: set[Fact] = set()
    totals: set[int] = set()
    while True:
        before = (len(cells), len(totals))
        for work in works:
            work.cover(cells, totals)
            cells |= work.told("cell")
            totals |= {number for _, number in work.told("total")}
        if (len(cells), len(totals)) == before and not any(work.moved for work in works):
            break
    return [work.shared(left) for work, (_, left) in zip(works, kept, strict=True)]


class _Work:
    """One block on its way to what may be shared."""

    def __init__(self, block: Block, small: int) -> None:
        self.block, self.small, self.moved = block, small, False
        self.counted = [_counts(row, block) for row in block.rows]
        self.nets = {kind: _net(block.rows, self.counted, kind) for kind in _kinds(self.counted)}
        self.gone: set[int] = set()  # rows of which nothing may be told
        self.halved: set[int] = set()  # rows of which only the whole may be told
        self.whole = self._one_whole()

    def _one_whole(self) -> bool:
        """True where every row is a part of the same whole."""
        wholes = {each.kinds["of"] for each in self.counted if "of" in each.kinds}
        return len(wholes) == 1 and len(self.counted) > 1

    def cover(self, cells: set[Fact], totals: set[int]) -> None:
        """Hide what has to be, by what this block and the others hide already."""
        was = (len(self.gone), len(self.halved))
        for kind, net in self.nets.items():
            if kind in ("of", "left") and self.whole:
                continue  # one whole is no list of parts, and what each leaves of it none either
            also = set(net.hidden)
            also |= {net.at[row] for row in self.gone if row in net.at}
            if kind in ("part", "left"):
                also |= {net.at[row] for row in self.halved if row in net.at}
            for key, (words, number) in net.facts.items():
                known = number in totals or (words, number) in cells
                if key == ("total",):
                    known = number in totals or any(number == other for _, other in cells)
                if known and number:
                    also.add(key)
            net.hidden = covered(net.arcs, also, self.small)
            for row, key in net.at.items():
                if key in net.hidden:
                    (self.halved if kind in ("part", "left") else self.gone).add(row)
        self._single()
        self._nested()
        self.moved = was != (len(self.gone), len(self.halved))

    def _single(self) -> None:
        """A small whole, and a part that leaves a small one over, are hidden whatever the rest is."""
        for at, counted in enumerate(self.counted):
            if is_small(counted.kinds.get("of", 0), self.small):
                self.gone.add(at)
            elif is_small(counted.kinds.get("left", 0), self.small):
                self.halved.add(at)

    def _nested(self) -> None:
        """Parts that overlap may lie within each other: no two that differ by a small number are both shown."""
        parts = {at: each.kinds["part"] for at, each in enumerate(self.counted) if "part" in each.kinds}
        wholes = [each.kinds["of"] for each in self.counted if "of" in each.kinds]
        if not self.whole or len(parts) > _NESTED or sum(parts.values()) <= wholes[0]:
            return
        masked = masked_nested(tuple(parts.values()), wholes[0], self.small)
        self.halved |= {at for at, number in zip(parts, masked.cells, strict=True) if number is None}

    def told(self, what: str) -> set[Fact]:
        """The counts that are hidden here: those of rows and lines, or the totals."""
        return {
            net.facts[key]
            for net in self.nets.values()
            for key in net.hidden
            if (key == ("total",)) == (what == "total") and not is_small(net.facts[key][1], self.small)
        }

    def shared(self, left_out: int) -> SharedBlock:
        """The block as it may be shared."""
        block = self.block
        rows = tuple(self._row(at, row) for at, row in enumerate(block.rows))
        return SharedBlock(
            block.name,
            block.title,
            block.definition,
            rows,
            block.unit,
            block.chart,
            block.source,
            block.empty,
            left_out,
        )

    def _row(self, at: int, row: Row) -> SharedRow:
        kinds = self.counted[at].kinds
        if at in self.gone:
            return SharedRow(row.label, row.across, hidden=True)
        rests = kinds.get("n", kinds.get("of", kinds.get("value", row.n)))
        whole = kinds.get("of")
        if at in self.halved:
            return SharedRow(row.label, row.across, denominator=whole, n=rests, hidden=True)
        part = kinds.get("part")
        return SharedRow(row.label, row.across, row.value, row.low, row.high, part, whole, rests)


def _kinds(counted: Iterable[_Counted]) -> list[str]:
    return list(dict.fromkeys(kind for each in counted for kind in each.kinds))


def _counts(row: Row, block: Block) -> _Counted:
    """What a reader of that row would know how many of."""
    kinds: dict[str, int] = {}
    if _is_curve(block):
        return _Counted({"n": row.n})
    if block.unit == "count" and row.value is not None:
        kinds["value"] = round(abs(row.value))
    if block.unit in ("share", "rate"):
        whole = row.n if row.denominator is None else round(row.denominator)
        part = row.numerator if row.numerator is not None else (row.value or 0.0) * whole
        if block.unit == "share" or row.numerator is not None:
            kinds |= {"part": round(abs(part)), "of": whole}
        if block.unit == "share" and whole >= kinds["part"]:
            kinds["left"] = whole - kinds["part"]
    if row.n not in (kinds.get("value"), kinds.get("of")):
        kinds["n"] = row.n
    return _Counted(kinds)


def _net(rows: Sequence[Row], counted: Sequence[_Counted], kind: str) -> _Net:
    """The counts of a kind as a list, or as a table where rows have several labels in several columns."""
    places = {at: (rows[at].label, rows[at].across) for at, each in enumerate(counted) if kind in each.kinds}
    labels = list(dict.fromkeys(label for label, _ in places.values()))
    columns = list(dict.fromkeys(column for _, column in places.values()))
    values = {at: counted[at].kinds[kind] for at in places}
    net, total = _Net(), sum(values.values())
    table = len(labels) > 1 and len(columns) > 1
    for at, (label, column) in places.items():
        key = ("cell", at)
        ends = (("row", label), ("column", column)) if table else ("parts", "whole")
        net.arcs[key] = (*ends, values[at], True)
        net.at[at] = key
        net.facts[key] = (f"{label} {column}".strip(), values[at])
    if not table:
        net.arcs["total",], net.facts["total",] = ("whole", "parts", total, False), ("", total)
        return net
    for label in labels:
        line = sum(values[at] for at, place in places.items() if place[0] == label)
        net.arcs["row", label] = ("all rows", ("row", label), line, False)
        net.facts["row", label] = (label, line)
    for column in columns:
        line = sum(values[at] for at, place in places.items() if place[1] == column)
        net.arcs["column", column] = (("column", column), "all columns", line, False)
        net.facts["column", column] = (column, line)
    net.arcs["total",], net.facts["total",] = ("all columns", "all rows", total, False), ("", total)
    return net


def _is_curve(block: Block) -> bool:
    """True where rows are points of what lasts: shares by the day since the start."""
    if block.unit != "share" or not block.rows:
        return False
    return block.chart == "survival" or all(row.numerator is None and row.across.isdigit() for row in block.rows)


def _thin(block: Block, small: int) -> tuple[Block, int]:
    """The points between which more than a small number ended, while more than a small number goes on.

    Each rests on all who were followed: how many still were at a point would tell how many left between two.
    """
    kept: list[Row] = []
    for label in dict.fromkeys(row.label for row in block.rows):
        points = sorted((row for row in block.rows if row.label == label), key=lambda row: moment(row) or 0.0)
        followed, last = points[0].n, 1.0
        at_risk = followed
        for row in points:
            if row.value is None or row.n <= small:
                continue
            ended = (last - row.value) / (last or 1.0) * at_risk
            if 0 < ended < small + 1 or is_small(round(row.value * followed), small):
                continue
            kept.append(
                Row(label, round(row.value, 2), followed, low=_whole(row.low), high=_whole(row.high), across=row.across)
            )
            if ended:
                last, at_risk = row.value, row.n
    whole = Block(
        block.name, block.title, block.definition, tuple(kept), block.unit, block.chart, block.source, block.empty
    )
    return whole, len(block.rows) - len(kept)


def _whole(share: float | None) -> float | None:
    return None if share is None else round(share, 2)
