"""What contributed to endings: factors by family, who says so, main or beside others, and beside which reason."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from placement_tui.db.reads import insight_endings as reads
from placement_tui.db.reads.insight_endings import Said
from placement_tui.domain.codes.endings import FACTOR_FAMILIES, FACTORS, WHO_SAYS
from placement_tui.domain.insight import Behind, Block, Cut, Period, Report, Row, share
from placement_tui.domain.insight_endings import Lived, fitting, label_of
from placement_tui.errors import Invalid
from placement_tui.services.desk import Desk
from placement_tui.services.insight_endings import moves

MOST = 20
SOURCE = "factors of the endings logged here; the families are assembled from published research and procedures"
_OF = "endings in these days that were moves and for which a factor was logged"
_FAMILIES = {family.code: family.label for family in FACTOR_FAMILIES}
_OWN = ("family", "factor", "who", "weight")


def report(desk: Desk, period: Period, by: str) -> Report:
    """Families, single factors, who says so, the reasons that they stand beside, and what came up again and again.

    `by` is one of these alone: factor, who, reason, again.
    """
    with desk.read() as session:
        endings = {row.id: row for row in moves(reads.ended(session, period.first, period.last, whose=True), period)}
        said = [each for each in reads.factors(session, period.first, period.last) if each.placement in endings]
        names = reads.providers(session, {row.provider for row in endings.values()})
    n = len({each.placement for each in said})
    parts: dict[str, Callable[[], Block]] = {
        "family": lambda: _families(said, n, len(endings)),
        "factor": lambda: _factors(said, n),
        "who": lambda: _who(said),
        "reason": lambda: _reasons(said, endings),
        "again": lambda: _again(said, endings, names),
    }
    chosen = [make() for name, make in parts.items() if not by or name == by]
    return Report("factors", "What contributed", period, tuple(chosen), by)


def behind(desk: Desk, period: Period, cuts: Sequence[Cut], limit: int) -> list[Behind]:
    """The placements whose ending names the factor, by whom it was said and with what weight. Raises Invalid."""
    own = {cut.dimension: cut.value for cut in cuts if cut.dimension in _OWN}
    if own.get("weight", "primary") not in ("primary", "contributory"):
        raise Invalid("cut", f"{own['weight']!r} is no weight of a factor", mend="primary or contributory")
    with desk.read() as session:
        endings = moves(reads.ended(session, period.first, period.last, whose=True), period)
        named: dict[str, list[str]] = {}
        for each in reads.factors(session, period.first, period.last):
            if _lets(each, own):
                named.setdefault(each.placement, []).append(f"{each.code} ({WHO_SAYS.spoken(each.said_by)})")
        rest = [cut for cut in cuts if cut.dimension not in own]
        chosen = fitting([row for row in endings if row.id in named], rest, {})
        chosen = sorted(chosen, key=lambda row: (row.ended, row.id), reverse=True)[:limit]
        says = {row.id: f"{row.reason}, {', '.join(named[row.id])}" for row in chosen}
        return reads.behind(session, [row.id for row in chosen], says)


def _lets(each: Said, own: Mapping[str, str]) -> bool:
    is_it = {"family": each.code[:2], "factor": each.code, "who": each.said_by,
             "weight": "primary" if each.main else "contributory"}  # fmt: skip
    return all(is_it[dimension] == value for dimension, value in own.items())


Found = dict[Any, set[str]]


def _by(said: Sequence[Said], key: Callable[[Said], Any]) -> Found:
    """The placements by a value of their factors."""
    found: Found = {}
    for each in said:
        found.setdefault(key(each), set()).add(each.placement)
    return found


def _families(said: Sequence[Said], n: int, endings: int) -> Block:
    words = f"endings that name a factor of the family / {_OF} ({n} of {endings} endings); interval: Wilson, 95%"
    labels = [(code, label, Cut("family", code)) for code, label in _FAMILIES.items()]
    rows = _named(said, n, labels, lambda each: each.code[:2])
    return Block("family", "Families of factors", words, rows, "share", source=SOURCE)


def _factors(said: Sequence[Said], n: int) -> Block:
    words = f"endings that name the factor, as the main one or beside others / {_OF}; interval: Wilson, 95%"
    labels = [(code.code, f"{code.code} {code.label}", Cut("factor", code.code)) for code in FACTORS]
    rows = _named(said, n, labels, lambda each: each.code)
    return Block("factor", "Single factors", words, tuple(row for row in rows if row.numerator), "share", source=SOURCE)


def _named(
    said: Sequence[Said], n: int, labels: Sequence[tuple[str, str, Cut]], key: Callable[[Said], str]
) -> tuple[Row, ...]:
    named, main = _by(said, key), _by([each for each in said if each.main], key)
    rows = [
        share(label, len(named.get(code, ())), n, note=f"the main one in {len(main.get(code, ()))}", cuts=(cut,))
        for code, label, cut in labels
    ]
    return tuple(sorted(rows, key=lambda row: -(row.numerator or 0)))


def _who(said: Sequence[Said]) -> Block:
    counts = _by(said, lambda each: (each.code[:2], each.said_by))
    rows = [
        _cell(label, who.spoken, counts.get((family, who.code), set()), Cut("family", family), Cut("who", who.code))
        for family, label in _FAMILIES.items()
        for who in WHO_SAYS
    ]
    words = "endings in which that person names a factor of that family; an ending counts once for each who says so"
    return Block("who", "Who says so", words, tuple(rows), "count", "heat", SOURCE)


def _reasons(said: Sequence[Said], endings: Mapping[str, Lived]) -> Block:
    counts = _by(said, lambda each: (each.code[:2], endings[each.placement].reason or ""))
    reasons = sorted({reason for _, reason in counts}, key=lambda reason: -sum(
        len(found) for (_, beside), found in counts.items() if beside == reason))  # fmt: skip
    rows = [
        _cell(label, reason, counts.get((family, reason), set()), Cut("family", family), Cut("reason", reason))
        for family, label in _FAMILIES.items() for reason in reasons
    ]  # fmt: skip
    words = "endings with that reason (REASON_PLACE_CHANGE) that name a factor of that family"
    return Block("reason", "Beside which reason", words, tuple(rows), "count", "heat", SOURCE)


def _cell(label: str, across: str, found: set[str], *cuts: Cut) -> Row:
    return Row(label, len(found), len(found), across=across, cuts=cuts)


def _again(said: Sequence[Said], endings: Mapping[str, Lived], names: Mapping[str, str]) -> Block:
    broken = [each for each in said if endings[each.placement].ended_as == "disrupted"]
    counts = _by(broken, lambda each: (endings[each.placement].provider, each.code))
    often = sorted((key for key in counts if len(counts[key]) > 1), key=lambda key: (-len(counts[key]), key))
    rows = tuple(
        Row(f"{label_of('provider', provider, names)}: {code} {FACTORS.spoken(code)}", len(found), len(found),
            cuts=(Cut("class", "disrupted"), Cut("provider", provider), Cut("factor", code)))
        for provider, code in often[:MOST] for found in (counts[provider, code],)
    )  # fmt: skip
    words = f"disrupted endings in these days, where one provider's name the same factor more than once; the {MOST} that come most often"
    return Block(
        "again", "Again and again", words, rows, source=SOURCE, empty="No factor came up twice with a provider."
    )
