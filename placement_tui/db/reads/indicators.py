"""What indicators are counted of, in whole sets: narrow rows, joined in memory, since a join reads a page for each row."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any, NamedTuple

from sqlalchemy import func, literal, or_, select
from sqlalchemy.orm import Session

from placement_tui.db.columns import (
    arrival,
    authority,
    benchmark,
    care,
    child,
    deprivation,
    ending,
    held,
    home,
    legal_status,
    live,
    offer,
    operation,
    placement,
    provider,
    referral,
    referral_child,
    vacancy,
    wave,
)
from placement_tui.db.dialects import days, greater
from placement_tui.db.reads.audit import SETS_SOMETHING
from placement_tui.db.reads.insight_endings import raw
from placement_tui.db.types import UtcDateTime
from placement_tui.domain.benchmarks import Area, Published
from placement_tui.domain.clocks_days import at_london, london_day
from placement_tui.domain.codes.provision import coded
from placement_tui.domain.indicators.collecting import Counted
from placement_tui.domain.indicators.histories import Person, Records, Span, Stay, by_child
from placement_tui.domain.insight import Behind, Period

# The tables of which a change may change what is counted of children, and of how a home is found.
OF_CHILDREN = frozenset(
    {
        "placement",
        "ending",
        "care",
        "legal_status",
        "child",
        "home",
        "provider",
        "deprivation",
        "held",
        "authority",
        "setting",
    }
)
OF_FINDING = frozenset({"referral", "referral_child", "offer", "vacancy", "wave", "placement", "held"})


class Finding(NamedTuple):
    """What is counted of how a home is found."""

    open_days: list[int]
    answer_hours: list[float]
    word_hours: list[float]
    scores: list[int]
    siblings: list[bool]
    leavers: list[bool]


def records(session: Session) -> Records:
    """Every child's time in care and placements."""
    return Records(
        by_child(_stays(session)), _people(session), _spans(session, care, care.c.began_on, care.c.ended_on, care.c.rec),
        _spans(session, legal_status, legal_status.c.from_on, legal_status.c.until_on, legal_status.c.code),
        _orders(session), _matched(session),
    )  # fmt: skip


def regions(session: Session) -> dict[str, str]:
    """The region of each authority, by GSS code."""
    rows = session.execute(live(select(authority.c.gss, authority.c.other_gss, authority.c.region), authority))
    return {code: region for gss, other, region in rows for code in (gss, other) if code}


def finding(session: Session, period: Period) -> Finding:
    """How long referrals wait on the last day, answers of the period, words of vacancies, scores, siblings, leavers.

    The words are said so many hours before the period ends.
    """
    begin, end = at_london(period.first, time()), end_of(period)
    waiting = live(
        select(referral.c.received_at).where(
            referral.c.received_at < end, or_(referral.c.state == "open", referral.c.closed_at >= end)
        ),
        referral,
    )
    hours = (days(offer.c.decided_at) - days(offer.c.offered_at)) * 24
    answered = live(
        select(greater(literal(0.0), hours)).where(offer.c.decided_at >= begin, offer.c.decided_at <= end), offer
    )
    words = live(select(raw(vacancy.c.home_id), days(vacancy.c.said_at)).where(vacancy.c.said_at < end), vacancy)
    sent = live(
        select(wave.c.score).where(
            wave.c.number == 1, wave.c.score.is_not(None), wave.c.sent_at >= begin, wave.c.sent_at <= end
        ),
        wave,
    )
    ends = float(session.execute(select(days(literal(end, UtcDateTime)))).scalar_one())
    return Finding(
        [(period.last - london_day(at)).days for at in session.execute(waiting).scalars()],
        [round(float(each), 4) for each in session.execute(answered).scalars()],
        [round((ends - at) * 24, 4) for at in _latest(session.execute(words))],
        list(session.execute(sent).scalars()),
        _siblings(session, begin, end),
        _leavers(session, period.last),
    )


def end_of(period: Period) -> datetime:
    """The first moment after a period."""
    return at_london(period.last + timedelta(days=1), time())


def changed_nouns(session: Session, after: int) -> set[str]:
    """The tables that operations after a place of the journal changed; that somebody looked at a record changes none."""
    query = select(operation.c.noun).distinct().where(arrival > after, SETS_SOMETHING)
    return set(session.execute(query).scalars())


def published(session: Session, names: Iterable[str]) -> list[Published]:
    """The Department's figures of some names, the latest first."""
    query = live(select(benchmark).where(benchmark.c.indicator.in_(list(names))), benchmark)
    rows = session.execute(query.order_by(benchmark.c.period.desc(), benchmark.c.area_name))
    return [
        Published(row.indicator, row.period, Area(row.level, row.area, row.area_name), row.shown, row.value, row.numerator,
                  row.denominator, row.source)
        for row in rows
    ]  # fmt: skip


def _stays(session: Session) -> list[Stay]:
    c = placement.c
    sectors: dict[str, str] = {row[0]: row[1] for row in session.execute(select(raw(provider.c.id), provider.c.sector))}
    homes = {
        row[0]: (row, coded(row[1], sectors.get(row[7], "unknown")))
        for row in session.execute(
            select(raw(home.c.id), home.c.kind, home.c.authority, home.c.registered, home.c.grade, home.c.place,
                   home.c.place_provider, raw(home.c.provider_id))
        )
    }  # fmt: skip
    query = live(select(raw(ending.c.placement_id), ending.c.reason), ending)
    reasons: dict[str, str] = {row[0]: row[1] for row in session.execute(query)}
    rows = session.execute(
        live(
            select(
                raw(c.id), raw(c.child_id), raw(c.home_id), raw(c.started_at), raw(c.ended_on),
                c.place, c.place_provider, c.same_carer, c.miles, c.in_area, c.legal_status, c.type_wanted, c.type_obtained,
                c.grade_at_start, c.route, c.planned_end_on, c.school_changes, c.emergency,
            ),
            placement,
        )
    )  # fmt: skip
    found = []
    for (
        key, who, where, started, ended, place, by, same, miles, near, legal, wanted, got, grade, route, planned, school, emergency,
    ) in rows:  # fmt: skip
        home_row, usual = homes[where]
        found.append(
            Stay(
                key, who, where, _day(started), date.fromisoformat(ended) if ended else None,
                place or home_row[5] or usual.place, by or home_row[6] or usual.provider, reasons.get(key), same, miles, near,
                legal, wanted, got, grade, route, planned, school, emergency, home_row[1], home_row[2], home_row[3], home_row[4],
            )
        )  # fmt: skip
    return found


def _day(said: str) -> date:
    """The day in England of a moment as it lies in the store, in UTC: only in its last hour can it be the next."""
    if said[11:13] != "23":
        return date.fromisoformat(said[:10])
    return london_day(datetime.fromisoformat(f"{said}+00:00"))


def _latest(words: Iterable[Any]) -> Iterable[float]:
    """The latest word of each home; in the order of the table, since the index does not say what is struck out."""
    found: dict[str, float] = {}
    for where, at in words:
        if where not in found or at > found[where]:
            found[where] = at
    return found.values()


def _said_day(said: str) -> date | None:
    """A day as a return's file writes it, or as it is kept."""
    try:
        return date.fromisoformat("-".join(reversed(said.split("/"))) if "/" in said else said)
    except ValueError:
        return None


def _people(session: Session) -> dict[str, Person]:
    query = live(select(raw(child.c.id), child.c.born_on, child.c.uasc, child.c.uasc_ceased_on), child)
    return {key: Person(born, bool(uasc), ceased) for key, born, uasc, ceased in session.execute(query)}


def _spans(session: Session, table: Any, first: Any, until: Any, code: Any) -> dict[str, list[Span]]:
    found: dict[str, list[Span]] = defaultdict(list)
    query = live(select(raw(table.c.child_id), first, until, code), table).order_by(first, table.c.id)
    for row in session.execute(query):
        found[row[0]].append(Span(row[1], row[2], row[3]))
    return found


def _orders(session: Session) -> dict[str, list[Span]]:
    found: dict[str, list[Span]] = defaultdict(list)
    c = deprivation.c
    query = live(select(raw(c.child_id), c.order_on, c.ends_on, c.ended_at).where(c.order_on.is_not(None)), deprivation)
    for key, on, ends, ended_at in session.execute(query):
        ends_known = [day for day in (ends, london_day(ended_at) if ended_at else None) if day is not None]
        found[key].append(Span(on, min(ends_known, default=None)))
    return found


def _matched(session: Session) -> dict[str, date]:
    """The day of the match with adopters (AD1, DATE_MATCH) that the latest return holds."""
    query = live(select(raw(held.c.child_id), held.c.fields).where(held.c.part == "AD1"), held).order_by(held.c.year)
    days = {key: _said_day(fields.get("DATE_MATCH", "")) for key, fields in session.execute(query)}
    return {key: day for key, day in days.items() if day is not None}


def _leavers(session: Session, last: date) -> list[bool]:
    """Care leavers of 17 and 18 in the latest OC3 up to a day: whether their accommodation was suitable."""
    year = session.execute(
        live(
            select(func.max(held.c.year)).where(held.c.part == "OC3", held.c.year <= last.year + (last.month > 3)), held
        )
    ).scalar()
    found = []
    for fields in session.execute(
        live(select(held.c.fields).where(held.c.part == "OC3", held.c.year == year), held)
    ).scalars():
        accommodation, born = fields.get("ACCOM", ""), _said_day(fields.get("DOB", ""))
        if (
            accommodation[1:] in ("1", "2")
            and born is not None
            and year is not None
            and year - born.year in (17, 18, 19)
        ):
            birthday = (born.month, born.day) > (3, 31)
            if year - born.year - birthday in (17, 18):
                found.append(accommodation[1:] == "1")
    return found


def _siblings(session: Session, begin: datetime, end: datetime) -> list[bool]:
    """Of the referrals of several children who were all placed in a time, whether they went to the same home."""
    many = live(select(referral_child.c.referral_id, func.count().label("n")), referral_child)
    wanted = {
        row[0]: row[1] for row in session.execute(many.group_by(referral_child.c.referral_id).having(func.count() > 1))
    }
    placed: dict[Any, dict[Any, Any]] = defaultdict(dict)
    query = live(
        select(placement.c.referral_id, raw(placement.c.child_id), raw(placement.c.home_id))
        .where(placement.c.started_at >= begin, placement.c.started_at <= end, placement.c.referral_id.is_not(None))
        .order_by(placement.c.started_at.desc()),
        placement,
    )
    for key, who, where in session.execute(query):
        if key in wanted:
            placed[key][who] = where
    return [len(set(homes.values())) == 1 for key, homes in placed.items() if len(homes) == wanted[key]]


def behind(session: Session, rows: Sequence[Counted], said: str, limit: int) -> list[Behind]:
    """The placements that were counted, those that began last first; a child without one stands by itself."""
    found: list[Behind] = []
    by_placement = {row.placement: row for row in rows if row.placement is not None}
    query = live(
        select(
            raw(placement.c.id).label("raw"), placement.c.id, placement.c.started_at, child.c.initials, referral.c.reference,
            func.coalesce(func.nullif(home.c.name, ""), provider.c.name).label("name"),
        )
        .join(child, child.c.id == placement.c.child_id)
        .join(home, home.c.id == placement.c.home_id)
        .join(provider, provider.c.id == home.c.provider_id)
        .outerjoin(referral, referral.c.id == placement.c.referral_id),
        placement,
    )  # fmt: skip
    for chunk in _chunks(sorted(by_placement)):
        for row in session.execute(query.where(raw(placement.c.id).in_(chunk))):
            found.append(
                Behind(
                    "placement",
                    str(row.id),
                    london_day(row.started_at),
                    row.reference or "",
                    row.initials,
                    f"{row.name}; {said}",
                )
            )
    alone = sorted({row.child for row in rows if row.placement is None})
    for chunk in _chunks(alone):
        of = select(child.c.id, child.c.initials).where(raw(child.c.id).in_(chunk))
        found += [
            Behind("child", str(row.id), None, "", row.initials, said) for row in session.execute(live(of, child))
        ]
    return sorted(found, key=lambda row: (row.when or date.min, row.key), reverse=True)[:limit]


def _chunks(keys: Sequence[str], size: int = 500) -> Iterable[Sequence[str]]:
    return (keys[start : start + size] for start in range(0, len(keys), size))
