"""Which indicators may leave the team together: small counts hidden, and those that would give one away.

What counts the same children in two figures is hidden in both; what lies within another figure is hidden where the
difference is small; what shares out one whole is a list with a total (`domain.suppression`).
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace

from placement_tui.domain.indicators import indicator
from placement_tui.domain.insight import Report, Row
from placement_tui.domain.suppression import covered, is_small, masked_share

# Figures of one whole that share it out, with what is left over.
_PARTS: tuple[tuple[str, ...], ...] = (
    ("A-1", "A-2", "A-3", "A-4", "A-5"),
    ("H-13", "H-14", "H-15", "H-16"),
    ("H-1", "H-6", "H-7", "H-10", "H-11", "H-12"),
    ("I-4a", "L-1"),
    ("I-4b", "L-2", "L-5"),
    ("E-1", "E-2", "E-3"),
    ("E-5", "E-6", "E-7", "E-8"),
    ("F-13", "F-14"),
    ("F-5", "F-6"),
)
_WHOLES = {("I-4b", "L-2", "L-5"): "L-5", ("F-5", "F-6"): "F-4"}  # whose whole it is, where it is not the first one's
# Each counts children that the second counts too.
_WITHIN: tuple[tuple[str, str], ...] = (
    ("H-4", "H-1"), ("H-5", "H-1"), ("H-3", "H-1"), ("H-3", "H-13"), ("I-4a", "L-3"), ("I-4b", "L-3"), ("L-4", "L-1"),
    ("L-4", "L-2"), ("I-4c", "L-1"), ("H-9", "H-8"), ("S-2", "I-1"), ("I-2b", "I-2"), ("F-3", "F-2"), ("F-5", "F-4"),
    ("F-6", "F-4"), ("H-8", "C-1"), ("L-7", "C-1"), ("C-2", "C-1"), ("C-3", "C-1"), ("C-4", "C-1"), ("I-4a", "L-6"), ("H-9", "L-7"),
)  # fmt: skip
# The same count: as two numerators, or as the whole of one and the numerator of the other.
_SAME: tuple[tuple[str, str], ...] = (("H-7", "H-8"), ("L-1", "L-7"), ("H-2", "H-3"))
_WHOLE_OF: tuple[tuple[str, str], ...] = (
    ("H-2", "H-1"), ("H-18", "H-10"), ("H-21", "H-7"), ("F-3", "F-2"), ("F-11", "F-4"), ("F-13", "F-4"), ("F-14", "F-4"),
    ("I-1", "C-1"), ("L-1", "C-1"), ("H-1", "C-1"),
)  # fmt: skip


def withhold(report: Report, small: int, also: Mapping[str, Collection[str]] | None = None) -> Report:
    """The report with those indicators' rows hidden that may not be shared; each moment by itself.

    `also` are those that another report hides already, by moment.
    """
    out = hidden_in(report, small)
    for day, codes in (also or {}).items():
        out[day] = out.get(day, set()) | set(codes)

    def shared(row: Row) -> Row:
        code = _cut(row, "indicator")
        return Row(row.label, None, 0, across=row.across, hidden=True) if code in out.get(_cut(row, "day"), ()) else row

    blocks = tuple(replace(block, rows=tuple(shared(row) for row in block.rows)) for block in report.blocks)
    return replace(report, blocks=blocks)


def hidden_in(report: Report, small: int) -> dict[str, set[str]]:
    """The codes of the indicators in a report that may not be shared, by the moment that they are of."""
    moments: dict[str, dict[str, Row]] = {}
    for block in report.blocks:
        for row in block.rows:
            if _cut(row, "indicator"):
                moments.setdefault(_cut(row, "day"), {})[_cut(row, "indicator")] = row
    return {day: withheld(rows, small) for day, rows in moments.items()}


def withheld(rows: Mapping[str, Row], small: int) -> set[str]:
    """The codes of the indicators that may not be shared, of those of one moment."""
    hidden = {code for code, row in rows.items() if _alone(code, row, small)}
    while True:
        before = len(hidden)
        for inner, outer in _WITHIN:
            both = inner in rows and outer in rows and not {inner, outer} & hidden
            if both and is_small(abs(_count(rows[outer]) - _count(rows[inner])), small):
                hidden.add(inner)
        for one, other in (*_SAME, *_WHOLE_OF):
            if {one, other} <= rows.keys() and other in hidden:
                hidden.add(one)
            if (one, other) in _SAME and {one, other} <= rows.keys() and one in hidden:
                hidden.add(other)
        for codes in _PARTS:
            hidden |= _covered(codes, rows, hidden, small)
        if len(hidden) == before:
            return hidden


def _alone(code: str, row: Row, small: int) -> bool:
    unit = indicator(code).unit
    if unit == "count":
        return is_small(round(row.value or 0), small)
    if unit == "share":
        numerator, denominator = abs(row.numerator or 0), row.denominator or 0
        return None in masked_share(round(numerator), round(max(denominator, numerator)), small)
    return is_small(row.n, small)


def _covered(codes: tuple[str, ...], rows: Mapping[str, Row], hidden: set[str], small: int) -> set[str]:
    """Of a list with its total, those to hide so that none that is hidden is what the others leave."""
    there = [code for code in codes if code in rows]
    of = rows.get(_WHOLES.get(codes, codes[0]))
    whole = None if of is None else (of.value if of.denominator is None else of.denominator)
    rest = round(whole or 0) - sum(_count(rows[code]) for code in there)
    if whole is None or rest < 0 or not (set(there) & hidden or is_small(rest, small)):
        return set()
    arcs: dict[object, tuple[object, object, int, bool]] = {
        code: ("parts", "whole", _count(rows[code]), True) for code in there
    }
    arcs[""] = (
        "parts",
        "whole",
        rest,
        True,
    )  # which nobody prints: it hides one, and is hidden itself where it is small
    arcs["whole"] = ("whole", "parts", round(whole), False)
    also = {code for code in there if code in hidden and _count(rows[code])}
    return {str(key) for key in covered(arcs, {*also, ""}, small)} & set(there)


def _count(row: Row) -> int:
    return round(abs((row.value or 0) if row.numerator is None else row.numerator))


def _cut(row: Row, dimension: str) -> str:
    return next((cut.value for cut in row.cuts if cut.dimension == dimension), "")
