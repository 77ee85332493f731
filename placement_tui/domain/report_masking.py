"""Which figures of several tables may be shared together.

Each kind of count in a block is a network with its totals (`report_nets`); `suppression.covered` hides its small counts
and covers them. A count that stands in several blocks, or is the total of another, is hidden everywhere or nowhere: so the
blocks are gone through again until nothing more has to be hidden. Two wholes of the same children that differ by a small
number are not both shown. A curve of what lasts keeps those points only between which more than a small number ended.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

from placement_tui.domain.insight import Block, Row
from placement_tui.domain.insight_words import moment
from placement_tui.domain.report import SharedBlock, SharedRow
from placement_tui.domain.report_nets import (
    Fact,
    alone,
    by_themselves,
    counts,
    groups_of,
    is_total,
    known_groups,
    nested,
    net_of,
    own_figures,
    whole_of,
)
from placement_tui.domain.suppression import covered, is_small, masked_nested

_NESTED = 6  # rows that overlap in one whole and may lie within each other; more of them are many-valued, as needs are
_PARTS = ("part", "left")
# What tells children apart; the other dimensions of a cut tell what became of them.
_WHO = frozenset({"type", "age", "sex", "need", "tier", "distance", "score", "month", "provider", "forced", "wanted"})


def shareable(blocks: Sequence[Block], threshold: int, published: Collection[int] = ()) -> list[SharedBlock]:
    """The blocks as they may be shared together: nothing below the threshold, nothing that gives such a count away.

    What is hidden already stays hidden. The blocks at `published` stand beside figures that are out already, the
    Department's: of them no more is hidden.
    """
    small = threshold - 1
    followed = _followed(blocks)
    kept = [_thin(block, small, followed) if _is_curve(block) else (block, 0) for block in blocks]
    works = [_Work(block, small, at in published) for at, (block, _) in enumerate(kept)]
    known = known_groups((work.block, work.counted) for work in works)
    for work in works:
        work.begin(known)
    _keep_apart(works, small)
    cells: set[Fact] = set()
    totals: set[int] = set()
    while True:
        before = (len(cells), len(totals))
        for work in works:
            work.cover(cells, totals)
            cells |= work.told(sums=False)
            totals |= {number for _, number in work.told(sums=True)}
        if (len(cells), len(totals)) == before and not any(work.moved for work in works):
            break
    return [work.shared(left) for work, (_, left) in zip(works, kept, strict=True)]


class _Work:
    """One block on its way to what may be shared."""

    def __init__(self, block: Block, small: int, published: bool) -> None:
        self.block, self.small, self.published, self.moved = block, small, published, False
        self.curve = _is_curve(block)
        self.counted = [counts(row, block, self.curve) for row in block.rows]
        self.gone = {at for at, row in enumerate(block.rows) if row.hidden}  # rows of which nothing may be told
        self.halved: set[int] = set()  # rows of which only the whole may be told
        wholes = {each["of"] for each in self.counted if "of" in each}
        self.one_whole = len(wholes) == 1 and len(self.counted) > 1

    def begin(self, known: dict[tuple[str, str], int]) -> None:
        """Lay the networks, now that the groups of all blocks are known; hide what is small by itself."""
        rows, counted = self.block.rows, self.counted
        kinds = list(dict.fromkeys(kind for each in counted for kind in each))
        if by_themselves(self.block):
            self.nets = {kind: own_figures(rows, counted, kind) for kind in kinds if kind != "left"}
            self._differences()
        else:
            if self.one_whole:  # it is no list of parts, and what each leaves of it none either
                kinds = [kind for kind in kinds if kind not in ("of", "left")]
            groups, overlapping = groups_of(self.block, known), self._overlapping()
            self.nets = {
                kind: alone(rows, counted, kind)
                if kind == "part" and overlapping
                else net_of(rows, counted, kind, groups, self.curve)
                for kind in kinds
            }
            if self.one_whole:
                self.nets["of"] = whole_of(rows, counted)
        under = nested(self.block.rows)
        for at, each in enumerate(counted):
            if is_small(each.get("of", 0), self.small):
                self.gone.add(at)
            elif is_small(each.get("left", 0), self.small):
                self.halved.add(at)
            if at in under:
                above = counted[under[at]]
                rest = [abs(above[kind] - each[kind]) for kind in ("value", "part") if kind in above and kind in each]
                if any(is_small(number, self.small) for number in rest):
                    self.gone.add(at)

    def _differences(self) -> None:
        """Figures of one whole may lie within each other: no two of them that differ by a small number are both shown."""
        for whole in {each["of"] for each in self.counted if "of" in each}:
            mine = {at: each["part"] for at, each in enumerate(self.counted) if each.get("of") == whole}
            mine = {at: number for at, number in mine.items() if number <= whole}
            masked = masked_nested(tuple(mine.values()), whole, self.small)
            self.halved |= {at for at, number in zip(mine, masked.cells, strict=True) if number is None}

    def _overlapping(self) -> bool:
        """True where parts of the one whole overlap, as many-valued ones do: then they are no list.

        A few may lie within each other: no two of them that differ by a small number are both shown.
        """
        parts = {
            at: each["part"]
            for at, each in enumerate(self.counted)
            if "part" in each and not is_total(self.block.rows[at])
        }
        whole = next((each["of"] for each in self.counted if "of" in each), 0)
        if not self.one_whole or sum(parts.values()) <= whole or max(parts.values()) > whole:
            return False
        if len(parts) <= _NESTED:
            masked = masked_nested(tuple(parts.values()), whole, self.small)
            self.halved |= {at for at, number in zip(parts, masked.cells, strict=True) if number is None}
        return True

    def cover(self, cells: set[Fact], totals: set[int]) -> None:
        """Hide what has to be, by what this block and the others hide already."""
        was = (len(self.gone), len(self.halved))
        numbers = {number for _, number in cells}
        for kind, net in self.nets.items():
            out = self.gone | (self.halved if kind in _PARTS else set())
            also = net.hidden | {net.at[row] for row in out if row in net.at}
            for key, fact in net.facts.items():
                hidden = fact in cells if fact[0] else fact[1] in numbers
                if hidden or fact[1] in totals:
                    also.add(key)
            net.hidden = covered(net.arcs, also, self.small)
            mine = {row for row, key in net.at.items() if key in net.hidden}
            if kind in _PARTS:
                self.halved |= mine
            else:
                self.gone |= mine
        self.moved = was != (len(self.gone), len(self.halved))

    def told(self, sums: bool) -> set[Fact]:
        """The counts that are hidden here though they are not small: the sums without words, or all others."""
        return {
            net.facts[key]
            for net in self.nets.values()
            for key in net.hidden & net.facts.keys()
            if (not net.facts[key][0]) == sums and not is_small(net.facts[key][1], self.small)
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
        kinds = self.counted[at]
        if at in self.gone:
            return SharedRow(row.label, row.across, hidden=True)
        if self.published:
            return SharedRow(row.label, row.across, row.value, row.low, row.high, n=row.n or None)
        whole = kinds.get("of")
        rests = kinds.get("n", row.n if whole is None else whole)
        if at in self.halved:
            return SharedRow(row.label, row.across, denominator=whole, n=rests, hidden=True)
        return SharedRow(row.label, row.across, row.value, row.low, row.high, kinds.get("part"), whole, rests)


def _keep_apart(works: Sequence[_Work], small: int) -> None:
    """Of the same children, two wholes that differ by a small number: the later one is hidden."""
    kept: dict[frozenset[tuple[str, str]], list[int]] = {}
    for work in works:
        for at, row in enumerate(work.block.rows):
            who = frozenset((cut.dimension, cut.value[:7]) for cut in row.cuts if cut.dimension in _WHO)
            number = work.counted[at].get("of", work.counted[at].get("value"))
            if not who or number is None or is_small(number, small):
                continue
            others = kept.setdefault(who, [])
            if any(is_small(abs(number - other), small) for other in others):
                work.gone.add(at)
            else:
                others.append(number)


def _is_curve(block: Block) -> bool:
    """True where rows are points of what lasts: shares by the day since the start."""
    if block.unit != "share" or not block.rows:
        return False
    return block.chart == "survival" or all(row.numerator is None and row.across.isdigit() for row in block.rows)


def _followed(blocks: Sequence[Block]) -> dict[str, int]:
    """How many were followed from the start, by the curve's name: the same in each block that tells of them."""
    found: dict[str, int] = {}
    for block in blocks:
        if _is_curve(block):
            for row in block.rows:
                found[row.label] = max(found.get(row.label, 0), row.n)
    return found


def _thin(block: Block, small: int, followed: dict[str, int]) -> tuple[Block, int]:
    """The points between which more than a small number ended, while more than a small number goes on.

    Each rests on all who were followed: how many still were at a point would tell how many left between two.
    """
    kept: list[Row] = []
    for label in dict.fromkeys(row.label for row in block.rows):
        points = sorted((row for row in block.rows if row.label == label), key=lambda row: moment(row) or 0.0)
        last, at_risk = 1.0, followed[label]
        for row in points:
            if row.value is None or row.n <= small:
                continue
            ended = (last - row.value) / (last or 1.0) * at_risk
            if 0 < ended < small + 1 or is_small(round(row.value * row.n), small):
                continue
            kept.append(
                replace(
                    row,
                    value=round(row.value, 2),
                    n=followed[label],
                    low=_whole(row.low),
                    high=_whole(row.high),
                    note="",
                )
            )
            if ended:
                last, at_risk = row.value, row.n
    return replace(block, rows=tuple(kept)), len(block.rows) - len(kept)


def _whole(share: float | None) -> float | None:
    return None if share is None else round(share, 2)
