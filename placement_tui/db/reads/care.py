"""Children's time in care as rows: periods, statuses, placements, missing episodes, reviews and orders, whole sets at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator
from datetime import date
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from placement_tui.db.columns import (
    care,
    child,
    deprivation,
    ending,
    home,
    legal_status,
    live,
    missing,
    placement,
    provider,
    review,
)
from placement_tui.db.reads import restricted
from placement_tui.db.reads.referrals import chunks
from placement_tui.domain.care import CareHistory, CarePeriod, Liberty, MissingRow, ReviewRow, Status, Stay
from placement_tui.domain.clocks_days import london_day
from placement_tui.domain.codes.provision import coded

T = TypeVar("T")
Belonging = dict[UUID, list[T]]
# Fostering and adoption are returned under the agency's registration, whatever household the child lives in.
_UNDER_AGENCY = ("inhouse", "household", "agency", "adoption")
_AT_A_TIME = 10_000  # identifiers in one statement: SQLite takes 32,766


def histories(
    session: Session, today: date, children: Collection[UUID] | None = None, since: date | None = None
) -> list[CareHistory]:
    """What the return asks for of each child with a period of care, a legal status or a placement; by identifier.

    `children` narrows it to those, whether anything was logged of them or not; `since` leaves out children whose time in
    care was over before that day.
    """
    return [row for row in _all(session, today, children) if since is None or not over_before(row, since)]


def statuses_at_start(session: Session) -> dict[UUID, str]:
    """The legal status that each placement was started with, by the placement; empty where nobody said."""
    query = live(select(placement.c.id, placement.c.legal_status), placement)
    return {row.id: row.legal_status or "" for row in session.execute(query)}


def over_before(history: CareHistory, day: date) -> bool:
    """Whether a child's time in care was over before that day, by its periods, or else by statuses and placements."""
    ends = [each.ended_on for each in history.periods]
    ends = ends or [each.until_on for each in history.statuses] + [each.until_on for each in history.stays]
    return bool(ends) and all(end is not None and end < day for end in ends)


def _all(session: Session, today: date, children: Collection[UUID] | None) -> Iterator[CareHistory]:
    if children is None:
        yield from _some(session, today, None)
        return
    each = tuple(dict.fromkeys(children))
    for at in range(0, len(each), _AT_A_TIME):
        yield from _some(session, today, each[at : at + _AT_A_TIME])


def _some(session: Session, today: date, only: tuple[UUID, ...] | None) -> Iterator[CareHistory]:
    periods = _read(session, _of(care, only, care.c.began_on), lambda row: CarePeriod(
        row.id, row.child_id, row.began_on, row.ended_on, row.cin, row.rec, row.home_postcode, row.source))  # fmt: skip
    statuses = _read(session, _of(legal_status, only, legal_status.c.from_on), lambda row: Status(
        row.id, row.child_id, row.code, row.from_on, row.until_on, row.source))  # fmt: skip
    stays = _stays(session, only)
    absent = _read(session, _of(missing, only, missing.c.from_on), lambda row: MissingRow(
        row.id, row.child_id, row.kind, row.from_on, row.until_on, row.source))  # fmt: skip
    reviews = _read(session, _of(review, only, review.c.held_on), lambda row: ReviewRow(
        row.id, row.child_id, row.held_on, row.code, row.source))  # fmt: skip
    orders = _of(deprivation, only, deprivation.c.order_on).where(deprivation.c.order_on.is_not(None))
    liberty = _read(session, orders, lambda row: _liberty(row, today))
    known = None if only is not None else {*periods, *statuses, *stays}
    query = live(select(child).order_by(child.c.identifier, child.c.id), child)
    for row in session.execute(query if only is None else query.where(child.c.id.in_(only))):
        if known is not None and row.id not in known:
            continue
        key = row.id
        yield CareHistory(
            key, row.identifier, row.initials, row.sex, row.born_on, row.ethnicity, row.upn, row.mother, row.mother_since,
            bool(row.uasc), row.uasc_ceased_on, row.home_postcode, tuple(periods.get(key, ())), tuple(statuses.get(key, ())),
            tuple(stays.get(key, ())), tuple(absent.get(key, ())), tuple(reviews.get(key, ())), tuple(liberty.get(key, ())),
        )  # fmt: skip


def _of(table: Any, only: tuple[UUID, ...] | None, day: Any) -> Select[Any]:
    query = live(select(table), table).order_by(day, table.c.id)
    return query if only is None else query.where(table.c.child_id.in_(only))


def _stays(session: Session, only: tuple[UUID, ...] | None) -> Belonging[Stay]:
    rows = session.execute(_placed(only)).all()
    agencies = _agencies(
        session, {row.provider_id for row in rows if row.kind in _UNDER_AGENCY and not row.provider_urn}
    )
    found: Belonging[Stay] = defaultdict(list)
    for row in rows:
        stay = _stay(row, agencies.get(row.provider_id))
        found[row.child_id].append(restricted.stay(session, stay, row.restricted))
    return found


def _placed(only: tuple[UUID, ...] | None) -> Select[Any]:
    query = live(
        select(
            placement.c.id, placement.c.child_id, placement.c.home_id, placement.c.started_at, placement.c.ended_on,
            placement.c.place, placement.c.place_provider, placement.c.postcode, placement.c.urn, placement.c.same_carer,
            placement.c.miles, placement.c.in_area, placement.c.source, home.c.kind, provider.c.sector,
            home.c.restricted,
            func.coalesce(func.nullif(home.c.name, ""), provider.c.name).label("home"),
            home.c.postcode.label("home_postcode"), home.c.urn.label("home_urn"), provider.c.urn.label("provider_urn"),
            home.c.provider_id, home.c.place.label("home_place"),
            home.c.place_provider.label("home_place_provider"), ending.c.reason,
        )
        .join(home, home.c.id == placement.c.home_id)
        .join(provider, provider.c.id == home.c.provider_id)
        .outerjoin(ending, (ending.c.placement_id == placement.c.id) & ending.c.struck_at.is_(None))
        .order_by(placement.c.started_at, placement.c.id),
        placement,
    )  # fmt: skip
    return query if only is None else query.where(placement.c.child_id.in_(only))


def _agencies(session: Session, providers: Collection[UUID]) -> dict[UUID, str]:
    """The registration of each provider's fostering agency, where it stands as a home of its own."""
    found: dict[UUID, str] = {}
    for some in chunks(sorted(providers)):
        query = select(home.c.provider_id, func.min(home.c.urn)).where(
            home.c.provider_id.in_(some), home.c.kind == "agency", home.c.urn != ""
        )
        found |= {row[0]: row[1] for row in session.execute(live(query, home).group_by(home.c.provider_id))}
    return found


def _stay(row: Any, agency_urn: str | None) -> Stay:
    usual = coded(row.kind, row.sector)
    place = row.place or row.home_place or usual.place
    urn = (row.provider_urn or agency_urn or row.home_urn) if row.kind in _UNDER_AGENCY else row.home_urn
    return Stay(
        row.id, row.child_id, row.home_id, row.home, london_day(row.started_at), row.ended_on, place,
        row.place_provider or row.home_place_provider or usual.provider, row.reason, row.postcode or row.home_postcode,
        row.urn or urn, row.same_carer, row.miles, row.in_area, row.source,
    )  # fmt: skip


def _liberty(row: Any, today: date) -> Liberty:
    """An order ends on its own last day or when it was closed, whichever came first; a day to come is not known yet."""
    closed = london_day(row.ended_at) if row.ended_at else None
    known = [day for day in (row.ends_on, closed) if day is not None and day <= today]
    return Liberty(row.id, row.child_id, row.order_on, max(row.order_on, min(known)) if known else None)


def _read(session: Session, query: Select[Any], made: Callable[[Any], T]) -> Belonging[T]:
    found: Belonging[T] = defaultdict(list)
    for row in session.execute(query):
        found[row.child_id].append(made(row))
    return found
