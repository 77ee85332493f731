"""Why it did not last: endings by class, disruption by whatever sets placements apart, and the placements behind it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date

from placement_tui.db.reads import insight_endings as reads
from placement_tui.domain.codes.endings import MARKET_LOSS
from placement_tui.domain.insight import Behind, Block, Cut, Period, Report, Row, share
from placement_tui.domain.insight_endings import (
    NOT_SAID,
    Lived,
    exposure,
    fitting,
    in_order,
    keys_of,
    label_of,
)
from placement_tui.domain.rates import rate
from placement_tui.services.desk import Desk

MOST = 60  # rows of a figure by provider or need; those left are one row more
SOURCE = "endings logged here; REASON_PLACE_CHANGE of the SSDA903, its classes by the Department's own words"
DISRUPTED = (
    "disrupted endings (CREQB, CREQO, CHILD, LAREQ) / endings in these days; left out: PLACE, placements of T0 to T4, and "
    "endings whose reason was not logged; protective endings (ALLEG, STAND, APPRR) and closures (CLOSE) are in the "
    "denominator only; short breaks (V3, V4) are counted, which the indicators E-1 to E-3 leave out; interval: Wilson, 95%"
)
DAYS = (
    "disrupted endings in these days / nights spent in placements in these days, times 1,000; the day of leaving is no "
    "night, T0 to T4 are left out; n: placements lived in; interval: exact Poisson (Garwood), 95%"
)
_SINCE = "; by the age of the placement: the nights are those spent at that age"
_CLASSES = ("planned", "disrupted", "protective", "other")


def report(desk: Desk, period: Period, by: str) -> Report:
    """Endings in the period: disrupted per 100 endings and per 1,000 nights, set apart by one thing or not at all."""
    period = Period(period.first, min(period.last, max(desk.today, period.first)))
    with desk.read() as session:
        rows = reads.lived(session, period.first, period.last, whose=by == "provider")
        needs = reads.needs(session, rows) if by == "need" else {}
        names = reads.providers(session, {row.provider for row in rows}) if by == "provider" else {}
    blocks = _apart(rows, period, by, needs, names) if by else _together(rows, period)
    return Report("endings", "Why it did not last", period, blocks, by)


def behind(desk: Desk, period: Period, cuts: Sequence[Cut], limit: int) -> list[Behind]:
    """The placements that ended in the period and that every cut lets through, the latest first. Raises Invalid."""
    with desk.read() as session:
        whose = any(cut.dimension == "provider" for cut in cuts)
        rows = reads.ended(session, period.first, period.last, whose=whose)
        if not any(cut.dimension == "class" for cut in cuts):
            rows = [row for row in rows if row.ended_as not in (None, "not_a_move")]
        needs = reads.needs(session, rows) if any(cut.dimension == "need" for cut in cuts) else {}
        chosen = sorted(fitting(rows, cuts, needs), key=lambda row: (row.ended, row.id), reverse=True)[:limit]
        says = {row.id: f"{row.reason or 'no reason logged'} after {row.days} days" for row in chosen}
        return reads.behind(session, [row.id for row in chosen], says)


def ended_in(rows: Sequence[Lived], first: date, last: date) -> list[Lived]:
    """Those that ended between two days."""
    return [row for row in rows if row.ended is not None and first <= row.ended <= last]


def moves(rows: Sequence[Lived], period: Period) -> list[Lived]:
    """The endings that every rate is out of: logged, and a move."""
    return [row for row in ended_in(rows, period.first, period.last) if row.ended_as not in (None, "not_a_move")]


def _together(rows: Sequence[Lived], period: Period) -> tuple[Block, ...]:
    found, every = moves(rows, period), ended_in(rows, period.first, period.last)
    classes = Counter(row.ended_as or NOT_SAID for row in every)
    closed = sum(row.reason in MARKET_LOSS for row in found)
    disrupted = classes["disrupted"]
    nights = sum(row.nights(period.first, period.last) for row in rows if row.counts)
    lived_in = sum(row.nights(period.first, period.last) > 0 for row in rows if row.counts)
    counts = [
        Row(label_of("class", key, {}), classes[key], classes[key], cuts=(Cut("class", key),)) for key in _CLASSES
    ]
    counts.insert(1, Row("  of them the home closed", closed, closed, note="a home that the market has lost",
                         cuts=(Cut("reason", "CLOSE"),)))  # fmt: skip
    counts.append(Row("Not a move", classes["not_a_move"], classes["not_a_move"], note="in no rate",
                      cuts=(Cut("class", "not_a_move"),)))  # fmt: skip
    if classes[NOT_SAID]:
        counts.append(Row("Ended, no reason logged", classes[NOT_SAID], classes[NOT_SAID], note="in no rate",
                          cuts=(Cut("class", NOT_SAID),)))  # fmt: skip
    shares = (
        share("Disrupted", disrupted, len(found), cuts=(Cut("class", "disrupted"),)),
        share("Protective", classes["protective"], len(found), cuts=(Cut("class", "protective"),)),
        share("The home closed", closed, len(found), note="market loss", cuts=(Cut("reason", "CLOSE"),)),
    )
    return (
        Block("counts", "Endings by class", "endings in these days, by the class of their reason; planned is CARPL and CLOSE",
              tuple(counts), source=SOURCE),
        Block("disruption", "Per 100 endings", DISRUPTED, shares, "share", source=SOURCE),
        Block("rate", "Disrupted per 1,000 placement-days", DAYS,
              (rate("All placements", disrupted, nights, lived_in, cuts=(Cut("class", "disrupted"),)),), "rate",
              source=SOURCE),
        Block("reasons", "Endings by reason", "endings in these days that were moves, by REASON_PLACE_CHANGE",
              tuple(Row(label_of("reason", key, {}), count, count, cuts=(Cut("reason", key),))
                    for key, count in Counter(row.reason or "" for row in found).most_common()), source=SOURCE),
        _trend(found),
    )  # fmt: skip


def _trend(found: Sequence[Lived]) -> Block:
    months: dict[str, list[Lived]] = {}
    for row in found:
        months.setdefault(f"{row.ended:%Y-%m}", []).append(row)
    rows = tuple(
        share("Disrupted", sum(row.ended_as == "disrupted" for row in months[month]), len(months[month]),
              across=f"{month}-01", cuts=(Cut("class", "disrupted"), Cut("month", month)))
        for month in sorted(months)
    )  # fmt: skip
    return Block("trend", "Disrupted per 100 endings, month by month", DISRUPTED, rows, "share", "trend", SOURCE)


def _apart(
    rows: Sequence[Lived], period: Period, by: str, needs: Mapping[str, Sequence[str]], names: Mapping[str, str]
) -> tuple[Block, ...]:
    keys = keys_of(by, needs)
    groups: dict[str, list[Lived]] = {}
    for row in moves(rows, period):
        for key in keys(row):
            groups.setdefault(key, []).append(row)
    lived = exposure(by, rows, keys, period)
    order = in_order(by, groups, {key: len(found) for key, found in groups.items()})
    shares = [_share(by, key, groups[key], names) for key in order[:MOST]]
    if len(order) > MOST:
        shares.append(_rest(by, order[MOST:], groups))
    blocks = [
        Block("disruption", f"Disrupted per 100 endings, by {by}", DISRUPTED, tuple(shares), "share", source=SOURCE)
    ]
    if by != "notice":  # nobody knows before the end how much notice there will be: no nights belong to it
        many = in_order(by, lived, {key: count for key, (_, count) in lived.items()})
        rates = [
            rate(label_of(by, key, names), _disrupted(groups.get(key, ())), *lived[key],
                 cuts=(Cut("class", "disrupted"), Cut(by, key)))
            for key in many[:MOST]
        ]  # fmt: skip
        words = DAYS + (_SINCE if by == "since" else "")
        blocks.append(
            Block("rate", f"Disrupted per 1,000 placement-days, by {by}", words, tuple(rates), "rate", source=SOURCE)
        )
    return tuple(blocks)


def _share(by: str, key: str, found: Sequence[Lived], names: Mapping[str, str]) -> Row:
    protective = sum(row.ended_as == "protective" for row in found)
    closed = sum(row.reason in MARKET_LOSS for row in found)
    said = [f"{protective} protective"] if protective else []
    said += [f"{closed} closed"] if closed else []
    return share(
        label_of(by, key, names), _disrupted(found), len(found), note=", ".join(said),
        cuts=(Cut("class", "disrupted"), Cut(by, key)),
    )  # fmt: skip


def _rest(by: str, keys: Sequence[str], groups: Mapping[str, Sequence[Lived]]) -> Row:
    left = {row.id: row for key in keys for row in groups[key]}.values()
    return share(f"{len(keys)} others", _disrupted(tuple(left)), len(left), note=f"each {by} with fewer endings")


def _disrupted(found: Sequence[Lived]) -> int:
    return sum(row.ended_as == "disrupted" for row in found)
