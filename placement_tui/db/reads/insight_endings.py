"""Placements, their endings, factors and warnings as the figures of insight read them: narrow rows, many at a time."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, timedelta
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import Session

from placement_tui.db.columns import (
    child,
    early_warning,
    ending,
    factor,
    home,
    lesson,
    live,
    need,
    placement,
    provider,
    referral,
)
from placement_tui.db.dialects import stored
from placement_tui.domain.clocks_days import day_end, london_day
from placement_tui.domain.insight import Behind
from placement_tui.domain.insight_endings import Lived, ended_class


class Said(NamedTuple):
    """One factor of an ending: of which placement, its code, who says so, whether it is the main one."""

    placement: str
    code: str
    said_by: str
    main: bool


class Sign(NamedTuple):
    """One early warning: of which placement, when it was seen and logged, of which factor, and whether it is open."""

    placement: str
    seen: date
    logged: date
    factor: str | None
    closed: date | None


class Learned(NamedTuple):
    """One lesson: the placement whose ending taught it, and the needs that it bears on."""

    placement: str
    lesson: str
    needs: tuple[str, ...]


_NOTHING = (None, None, None, None, None)
_date = cache(date.fromisoformat)


def raw(column: Any) -> ColumnElement[Any]:
    """An identifier as it lies in the store: half a million of them are only compared, and making objects takes long."""
    return stored(column)


def lived(session: Session, first: date, last: date, *, whose: bool = False) -> list[Lived]:
    """Every placement that was lived in, or ended, between two days; `whose` names the provider of its home."""
    which = or_(placement.c.ended_on.is_(None), placement.c.ended_on >= first)
    return _lived(session, which, ending.c.ended_on >= first, last, whose)


def ended(session: Session, first: date, last: date, *, whose: bool = False) -> list[Lived]:
    """Every placement that ended between two days."""
    which = placement.c.ended_on.between(first, last)
    return _lived(session, which, ending.c.ended_on.between(first, last), last, whose)


def started(session: Session, first: date, last: date, *, whose: bool = False) -> list[Lived]:
    """Every placement that started between two days."""
    which = placement.c.started_at > day_end(first - timedelta(days=1))
    return _lived(session, which, ending.c.ended_on >= first, last, whose)


def _lived(
    session: Session, which: ColumnElement[bool], endings: ColumnElement[bool], last: date, whose: bool
) -> list[Lived]:
    """Two scans put together here: looking each home and each ending up by its key costs three times as much."""
    ends = select(
        raw(ending.c.placement_id), ending.c.reason, ending.c.reason_class, ending.c.notice_days, ending.c.warned,
        raw(ending.c.id),
    ).where(endings)  # fmt: skip
    why = {row[0]: tuple(row[1:]) for row in session.execute(live(ends, ending)).all()}
    homes: dict[str, str] = {}
    if whose:
        homes = {row[0]: row[1] for row in session.execute(select(raw(home.c.id), raw(home.c.provider_id))).all()}
    query = select(
        raw(placement.c.id), raw(placement.c.child_id), raw(placement.c.home_id), raw(placement.c.referral_id),
        raw(placement.c.started_at), placement.c.ended_on, placement.c.place, placement.c.type_wanted,
        placement.c.type_obtained, placement.c.emergency,
    ).where(which, placement.c.started_at <= day_end(last))  # fmt: skip
    found = []
    for key, who, where, sought, began, end, place, wanted, obtained, emergency in session.execute(
        live(query, placement)
    ).all():
        reason, stored, notice, warned, entry = why.get(key, _NOTHING)
        kind = ended_class(reason, place, stored) if reason else None
        found.append(Lived(key, who, where, homes.get(where, ""), sought, _day(began), end, place, wanted, obtained, emergency,
                           reason, kind, notice, warned, entry))  # fmt: skip
    return found


def _day(moment: str | datetime) -> date:
    """The day in England of a moment as it lies in the store: only late in the evening it is another than in UTC."""
    if isinstance(moment, datetime):
        return london_day(moment if moment.tzinfo else moment.replace(tzinfo=UTC))
    if moment[11:13] != "23":
        return _date(moment[:10])
    return london_day(datetime.fromisoformat(moment).replace(tzinfo=UTC))


def providers(session: Session, keys: Iterable[str]) -> dict[str, str]:
    """The names of some providers, by id as it lies in the store."""
    wanted = set(keys)
    rows = session.execute(select(raw(provider.c.id), provider.c.name))
    return {row[0]: row[1] for row in rows if row[0] in wanted}


def needs(session: Session, rows: Iterable[Lived]) -> dict[str, list[str]]:
    """For each placement, the needs with which it was sought: those of its referral that are this child's, or everyone's."""
    wanted = {row.referral for row in rows if row.referral is not None}
    by_referral: dict[str, list[tuple[str | None, str]]] = {}
    query = select(raw(need.c.referral_id), raw(need.c.child_id), need.c.code)
    for row in session.execute(live(query, need)):
        if row[0] in wanted:
            by_referral.setdefault(row[0], []).append((row[1], row[2]))
    found: dict[str, list[str]] = {}
    for each in rows:
        of = by_referral.get(each.referral or "", ())
        codes = dict.fromkeys(code for who, code in of if who is None or who == each.child)
        if codes:
            found[each.id] = list(codes)
    return found


def factors(session: Session, first: date, last: date) -> list[Said]:
    """Every factor of the endings between two days."""
    query = (
        select(raw(ending.c.placement_id), factor.c.code, factor.c.said_by, factor.c.main)
        .join(ending, ending.c.id == factor.c.ending_id)
        .where(ending.c.ended_on >= first, ending.c.ended_on <= last)
    )
    return [Said(*row) for row in session.execute(live(query, factor, ending))]


def signs(session: Session) -> list[Sign]:
    """Every early warning, in the order in which they were seen."""
    query = select(
        raw(early_warning.c.placement_id), early_warning.c.seen_on, early_warning.c.logged_at, early_warning.c.factor,
        early_warning.c.closed_on,
    ).order_by(early_warning.c.seen_on, early_warning.c.id)  # fmt: skip
    rows = session.execute(live(query, early_warning))
    return [Sign(row[0], row[1], london_day(row[2]), row[3], row[4]) for row in rows]


def learned(session: Session, first: date, last: date) -> list[Learned]:
    """The lessons of the endings between two days."""
    query = (
        select(raw(ending.c.placement_id), lesson.c.lesson, lesson.c.needs)
        .join(ending, ending.c.id == lesson.c.ending_id)
        .where(ending.c.ended_on >= first, ending.c.ended_on <= last)
    )
    return [Learned(row[0], row[1], tuple(row[2])) for row in session.execute(live(query, lesson, ending))]


def behind(session: Session, keys: Sequence[str], says: dict[str, str]) -> list[Behind]:
    """Some placements as records behind a figure, in the order given; `says` adds to what each is."""
    name = func.coalesce(func.nullif(home.c.name, ""), provider.c.name).label("name")
    query: Select[Any] = (
        select(
            raw(placement.c.id).label("raw"), placement.c.id, placement.c.started_at, placement.c.ended_on,
            child.c.initials, referral.c.reference, name,
        )
        .join(child, child.c.id == placement.c.child_id)
        .join(home, home.c.id == placement.c.home_id)
        .join(provider, provider.c.id == home.c.provider_id)
        .outerjoin(referral, referral.c.id == placement.c.referral_id)
    )  # fmt: skip
    found = {}
    for at in range(0, len(keys), 500):
        for row in session.execute(query.where(raw(placement.c.id).in_(keys[at : at + 500]))):
            said = says.get(row.raw, "")
            found[row.raw] = Behind(
                "placement", str(row.id), row.ended_on or london_day(row.started_at), row.reference or "",
                row.initials or "", f"{row.name}: {said}" if said else row.name,
            )  # fmt: skip
    return [found[key] for key in keys if key in found]
