"""The counts of a block as networks: which of them add up to which, as far as its rows tell.

Rows are the parts of a whole, or the cells of a table with its totals, which a reader is taken to know. A row called
`all` is such a total itself; an indented row lies within the one above it; a reason lies within its family, an ending's
reason within its class, wherever the block of those stands beside it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from placement_tui.domain.codes.endings import REASON_CLASS
from placement_tui.domain.insight import Block, Row
from placement_tui.domain.suppression import Key

Fact = tuple[str, int]  # a count and of what; the total of a list has no words
Arcs = dict[Key, tuple[Key, Key, int, bool]]
_ALL = frozenset({"all", "total", "all of them", "everyone", "altogether"})
_TOTAL: Key = ("total",)


@dataclass(slots=True)
class Net:
    """The counts of one kind in a block; `at` finds a row's count, `facts` says what each is of."""

    arcs: Arcs = field(default_factory=dict)
    at: dict[int, Key] = field(default_factory=dict)
    facts: dict[Key, Fact] = field(default_factory=dict)
    hidden: set[Key] = field(default_factory=set)

    def put(self, key: Key, ends: tuple[Key, Key], number: int, words: str | None = None, inner: bool = True) -> None:
        """One count; one without `words` stands nowhere and is worked out only."""
        self.arcs[key] = (*ends, number, inner)
        if words is not None:
            self.facts[key] = (words, number)


def counts(row: Row, block: Block, curve: bool) -> dict[str, int]:
    """What a reader of that row would know how many of.

    `value`: what a count counts; `part`, `of`, `left`: what a share counts, of how many, and what it leaves; `n`: what
    another figure rests on.
    """
    kinds: dict[str, int] = {}
    if row.hidden:
        return kinds
    if not curve and block.unit == "count" and row.value is not None:
        kinds["value"] = round(abs(row.value))
    if not curve and block.unit == "share" and counts_records(row):
        whole = row.n
        part = row.numerator if row.numerator is not None else (row.value or 0.0) * whole
        kinds |= {"part": round(abs(part)), "of": whole}
        if whole >= kinds["part"]:
            kinds["left"] = whole - kinds["part"]
    if not curve and block.unit == "rate" and row.numerator is not None and row.denominator is not None:
        kinds |= {"part": round(abs(row.numerator)), "of": round(row.denominator)}
    if row.n not in (kinds.get("value"), kinds.get("of")):
        kinds["n"] = row.n
    return kinds


def counts_records(row: Row) -> bool:
    """True where a share is of records, and not of money or of days."""
    return row.denominator is None or round(row.denominator) == row.n


def net_of(
    rows: Sequence[Row],
    counted: Sequence[Mapping[str, int]],
    kind: str,
    groups: Mapping[int, tuple[str, int]],
    curve: bool,
) -> Net:
    """The counts of a kind as a list, as a list in groups, or as a table where labels stand in several columns."""
    values = {at: each[kind] for at, each in enumerate(counted) if kind in each}
    net = Net()
    if curve:  # a point is no part: each curve has one count, of all who were followed
        for label in dict.fromkeys(rows[at].label for at in values):
            mine = [at for at in values if rows[at].label == label]
            net.put(("cell", label), ("parts", "whole"), values[mine[0]], label)
            net.at |= dict.fromkeys(mine, ("cell", label))
        net.put(_TOTAL, ("whole", "parts"), sum(number for *_, number, _ in net.arcs.values()), "", inner=False)
        return net
    under = nested(rows)
    sums = {at for at in values if at not in under and is_total(rows[at])}
    plain = [at for at in values if at not in under and at not in sums]
    labels = {rows[at].label for at in plain}
    columns = {rows[at].across for at in plain}
    for at in values:
        net.at[at] = ("cell", at)
    for at in under:
        if at in values:
            _alone(net, at, rows[at], values[at])
    if len(labels) > 1 and len(columns) > 1:
        _table(net, rows, values, plain, sums)
    else:
        _list(net, rows, values, plain, sums, groups)
    return net


def alone(rows: Sequence[Row], counted: Sequence[Mapping[str, int]], kind: str) -> Net:
    """Counts that do not add up to anything, each by itself."""
    net = Net()
    for at, each in enumerate(counted):
        if kind in each:
            net.at[at] = ("cell", at)
            _alone(net, at, rows[at], each[kind])
    return net


def by_themselves(block: Block) -> bool:
    """True where each row is a figure of its own and not a part of what the block counts."""
    return bool(block.rows) and all(any(cut.dimension == "indicator" for cut in row.cuts) for row in block.rows)


def own_figures(rows: Sequence[Row], counted: Sequence[Mapping[str, int]], kind: str) -> Net:
    """Figures of their own: alone, but where some that follow each other add up to their whole or to another of them."""
    net = alone(rows, counted, kind)
    for at in net.at:  # the same number of two indicators is the same children as often as not
        net.facts["cell", at] = ("" if kind == "of" else "indicator", counted[at][kind])
    if kind != "part":
        return net
    for first in net.at:
        found = _run(counted, first)
        if found is None:
            continue
        last, over = found
        begin, end = ("parts", first), ("whole", first)
        for at in range(first, last + 1):
            net.arcs.pop(("alone", at), None)
            net.put(("cell", at), (begin, end), counted[at]["part"], net.facts["cell", at][0])
        if over is None:
            net.put(
                ("total", first), (end, begin), sum(counted[at]["part"] for at in range(first, last + 1)), inner=False
            )
        else:
            net.arcs.pop(("alone", over), None)
            net.put(("cell", over), (end, begin), counted[over]["part"], net.facts["cell", over][0], inner=False)
        break  # one such run in a block: a second may share rows with it, which no network shows
    return net


def _run(counted: Sequence[Mapping[str, int]], first: int) -> tuple[int, int | None] | None:
    """Where the rows from `first` on add up: the last of them, and the row that is their sum if it is not their whole."""
    whole = counted[first]["of"]
    others = {
        each["part"]: at for at, each in enumerate(counted) if each.get("of") == whole and at < first and each["part"]
    }
    total, best = 0, None
    for at in range(first, len(counted)):
        if counted[at].get("of") != whole:
            break
        total += counted[at]["part"]
        if at > first and total and (total == whole or total in others):
            best = (at, None if total == whole else others[total])
    return best


def whole_of(rows: Sequence[Row], counted: Sequence[Mapping[str, int]]) -> Net:
    """The one whole that every row is a part of."""
    net = Net()
    at = next(at for at, each in enumerate(counted) if "of" in each)
    _alone(net, at, rows[at], counted[at]["of"])
    net.facts["cell", at] = ("", counted[at]["of"])
    net.at |= {row: ("cell", at) for row, each in enumerate(counted) if "of" in each}
    return net


def nested(rows: Sequence[Row]) -> dict[int, int]:
    """Each indented row, with the row that it lies within."""
    found: dict[int, int] = {}
    above = 0
    for at, row in enumerate(rows):
        if row.label.startswith("  ") and at:
            found[at] = above
        else:
            above = at
    return found


def is_total(row: Row) -> bool:
    """True where a row says of itself that it is the sum of the others."""
    return row.label.strip().casefold() in _ALL


def groups_of(block: Block, known: Mapping[tuple[str, str], int]) -> dict[int, tuple[str, int]]:
    """For each row that lies within a row of another block: which, and how many that counts."""
    found: dict[int, tuple[str, int]] = {}
    for at, row in enumerate(block.rows):
        for cut in row.cuts:
            parent = _WITHIN.get(cut.dimension)
            if parent is None:
                continue
            for dimension, value in parent(cut.value):
                if (dimension, value) in known:
                    found[at] = (f"{dimension} {value}", known[dimension, value])
    return found


def known_groups(blocks: Iterable[tuple[Block, Sequence[Mapping[str, int]]]]) -> dict[tuple[str, str], int]:
    """How many each family or class counts, where a block says so of the whole period."""
    found: dict[tuple[str, str], int] = {}
    for block, counted in blocks:
        for row, kinds in zip(block.rows, counted, strict=True):
            group, number = _group(row), kinds.get("value", kinds.get("part"))
            if group is not None and number is not None:
                found.setdefault(group, number)
    return found


def _of_reason(value: str) -> list[tuple[str, str]]:
    ended = REASON_CLASS.get(value)
    return [("class", ended)] if ended else [("family", value[:1])]


_WITHIN: dict[str, Callable[[str], list[tuple[str, str]]]] = {"reason": _of_reason}


def _alone(net: Net, at: int, row: Row, number: int) -> None:
    """A count that is no part of what stands around it."""
    ends = (("alone", at), ("alone", at, "whole"))
    net.put(("cell", at), ends, number, _words(row))
    net.put(("alone", at), (ends[1], ends[0]), number, inner=False)


def _list(
    net: Net,
    rows: Sequence[Row],
    values: Mapping[int, int],
    plain: Sequence[int],
    sums: Iterable[int],
    groups: Mapping[int, tuple[str, int]],
) -> None:
    total = sum(values[at] for at in plain)
    rest = _rest(values, plain, groups)
    for at in plain:
        begin: Key = "parts"
        if rest is not None:
            begin = ("group", groups[at][0]) if at in groups else "rest"
        net.put(("cell", at), (begin, "whole"), values[at], _words(rows[at]))
    for group, (whole, left) in (rest or {}).items():
        net.put(("group", group), ("parts", ("group", group)), whole, group, inner=False)
        net.put(("rest", group), (("group", group), "rest"), left)
    _totals(net, rows, values, sums, total, ("whole", "parts"))


def _rest(
    values: Mapping[int, int], plain: Sequence[int], groups: Mapping[int, tuple[str, int]]
) -> dict[str, tuple[int, int]] | None:
    """Each group's whole and what of it no row names; None where rows and groups do not agree."""
    found: dict[str, tuple[int, int]] = {}
    for at in plain:
        if at in groups:
            name, whole = groups[at]
            found[name] = (whole, found.get(name, (whole, whole))[1] - values[at])
    ungrouped = sum(values[at] for at in plain if at not in groups)
    lefts = [left for _, left in found.values()]
    if not found or min(lefts) < 0 or sum(lefts) > ungrouped:
        return None
    return found


def _table(net: Net, rows: Sequence[Row], values: Mapping[int, int], plain: Sequence[int], sums: Iterable[int]) -> None:
    for at in plain:
        net.put(("cell", at), (("row", rows[at].label), ("column", rows[at].across)), values[at], _words(rows[at]))
    for label in dict.fromkeys(rows[at].label for at in plain):
        line = sum(values[at] for at in plain if rows[at].label == label)
        net.put(("row", label), ("all rows", ("row", label)), line, label, inner=False)
    lines: dict[str, int] = {}
    for at in plain:
        lines[rows[at].across] = lines.get(rows[at].across, 0) + values[at]
    said = {rows[at].across: at for at in sums if values[at] == lines.get(rows[at].across)}
    for column, line in lines.items():
        key: Key = ("cell", said[column]) if column in said else ("column", column)
        net.put(key, (("column", column), "all columns"), line, column, inner=False)
    loose = [at for at in sums if at not in said.values()]
    _totals(net, rows, values, loose, sum(lines.values()), ("all columns", "all rows"))


def _totals(
    net: Net, rows: Sequence[Row], values: Mapping[int, int], sums: Iterable[int], total: int, ends: tuple[Key, Key]
) -> None:
    """The total, which may be a row itself; a row called so that does not add up stands alone."""
    found = False
    for at in sums:
        if values[at] == total and not found:
            net.put(("cell", at), ends, total, "", inner=False)
            found = True
        else:
            _alone(net, at, rows[at], values[at])
    if not found:
        net.put(_TOTAL, ends, total, "", inner=False)


def _words(row: Row) -> str:
    """What a count is of: its family or class where it is one, so that it is known again beside its reasons."""
    found = _group(row)
    return " ".join(found) if found else f"{row.label} {row.across}".strip()


def _group(row: Row) -> tuple[str, str] | None:
    cuts = [cut for cut in row.cuts if cut.dimension != "outcome"]
    if len(cuts) != 1 or cuts[0].dimension not in ("family", "class") or row.across:
        return None
    return cuts[0].dimension, cuts[0].value
