"""Beside others: each indicator that the Department publishes, next to its statistical neighbours, the region and England."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from placement_tui.db.reads import indicators as reads
from placement_tui.domain.benchmarks import AUTHORITY, ENGLAND, REGION, Published, mark_words, middle
from placement_tui.domain.indicators import INDICATORS, Indicator, measure
from placement_tui.domain.indicators.facts import Facts
from placement_tui.domain.indicators.stability import CLA
from placement_tui.domain.insight import Behind, Block, Cut, Period, Report, Row, wilson
from placement_tui.errors import Refused
from placement_tui.services.desk import Desk
from placement_tui.services.imports_benchmarks import Neighbours
from placement_tui.services.imports_plan import areas_of
from placement_tui.services.insight_indicators import behind_one, day_of
from placement_tui.services.insight_indicators_facts import facts_of

_WHOLE = "cla_31_march"
Wholes = Mapping[tuple[str, str, str], float | None]
_NONE = "No figure of the Department is here yet: placement import dfe FILE brings them in."


def report(desk: Desk, period: Period, by: str) -> Report:
    """The team's own figures on the last day, each with the latest published ones beside it."""
    chosen = [each for each in INDICATORS if each.theirs is not None and (not by or each.theme == by)]
    with desk.read() as session:
        figures = reads.published(session, {_WHOLE, *(each.theirs.name for each in chosen if each.theirs)})
        try:
            around: Neighbours | None = Neighbours(areas_of(session), desk.authority, desk.adjoining)
        except Refused:
            around = None
    if around is None or not figures:
        blocks: tuple[Block, ...] = (
            Block("beside", "Beside others", "published figures beside the team's own", (), empty=_NONE),
        )
        return Report("beside", "Beside others", period, blocks, by)
    of: dict[str, list[Published]] = {}
    for figure in figures:
        of.setdefault(figure.indicator, []).append(figure)
    years = {name: max(figure.period for figure in rows) for name, rows in of.items()}
    theirs = {year: _year(year) for year in sorted(set(years.values()))}
    known = dict(zip(["", *theirs], facts_of(desk, [period, *theirs.values()]), strict=True))
    wholes = {(figure.period, figure.area.level, figure.area.code): figure.value for figure in of.get(_WHOLE, ())}
    blocks = tuple(
        _block(each, [known[""], known[years[each.theirs.name]]], of[each.theirs.name], around, wholes)
        for each in chosen
        if each.theirs and each.theirs.name in of
    )
    return Report("beside", "Beside others", period, blocks, by)


def behind(desk: Desk, period: Period, cuts: Sequence[Cut], limit: int) -> list[Behind]:
    """Who stands behind one of our own figures, now or at the time of theirs. Raises Invalid, NotFound."""
    day = day_of(cuts, period)
    return behind_one(desk, period if day == period.last else Period(_year(str(day.year)).first, day), cuts, limit)


def _block(
    each: Indicator, facts: Sequence[Facts], figures: Sequence[Published], around: Neighbours, wholes: Wholes
) -> Block:
    """One indicator: ours now and on the published year's last day, our own as published, the neighbours', the region, England."""
    year = max(figure.period for figure in figures)
    latest = {(figure.area.level, figure.area.code): figure for figure in figures if figure.period == year}
    near = [latest[AUTHORITY, code] for code in around.statistical if (AUTHORITY, code) in latest]
    now, then = facts
    rows = [_ours(each, now, "ours, as recorded here")]
    if now.period != then.period and measure(each, then).n:
        rows.append(_ours(each, then, "ours, at the time of theirs"))
    own = latest.get((AUTHORITY, around.own.dfe_code))
    if own is not None:
        rows.append(_theirs(each, own, f"{around.own.name}, as published", wholes))
    value, of = middle([figure.value for figure in near])
    if near:
        note = "" if of == len(near) else f"of {of} of {len(near)}: the others are not published"
        rows.append(Row("statistical neighbours, median", _scaled(each, value), of, across=year, note=note))
        rows += [_theirs(each, figure, figure.area.name, wholes) for figure in near]
    for level, code in ((REGION, around.own.region), (ENGLAND, "England")):
        if (level, code) in latest:
            rows.append(_theirs(each, latest[level, code], latest[level, code].area.name, wholes))
    tables = ", ".join(sorted({figure.source for figure in latest.values()}))
    source = f"Department for Education, {tables}, {_year_words(each, year)}"
    differs = f"; not quite the same: {each.theirs.differs}" if each.theirs and each.theirs.differs else ""
    return Block(
        f"beside-{each.code}",
        f"{each.code} {each.name}",
        f"{each.definition}{differs}",
        tuple(rows),
        each.unit,
        "bars",
        source,
    )


def _ours(each: Indicator, facts: Facts, label: str) -> Row:
    known = measure(each, facts)
    low, high = wilson(known.numerator or 0, known.denominator or 0) or (None, None)
    day = facts.period.last.isoformat()
    cuts = (Cut("indicator", each.code), Cut("day", day))
    return Row(label, known.value, known.n, known.numerator, known.denominator, low, high, day, "", cuts)


def _theirs(each: Indicator, figure: Published, label: str, wholes: Wholes) -> Row:
    """A published figure; a share of all children looked after rests on their published number."""
    note = "" if figure.value is not None else f"{figure.shown or '-'}: {mark_words(figure.shown)}"
    n = figure.denominator if figure.denominator is not None else figure.value if each.unit == "count" else None
    if n is None and each.denominator == CLA:
        n = wholes.get((figure.period, figure.area.level, figure.area.code))
    return Row(
        label,
        _scaled(each, figure.value),
        round(n or 0),
        figure.numerator,
        figure.denominator,
        across=figure.period,
        note=note,
    )


def _scaled(each: Indicator, value: float | None) -> float | None:
    return value if value is None or each.unit != "share" else value / 100


def _year(said: str) -> Period:
    """The year up to 31 March that a table calls by its last year, or as 202425."""
    last = int(said[:2] + said[-2:])
    return Period(date(last - 1, 4, 1), date(last, 3, 31))


def _year_words(each: Indicator, year: str) -> str:
    return f"{'year to ' if each.of_period else ''}31 March {_year(year).last.year}"
