"""Homes as rows: the whole register for the search, and one home's page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session

from placement_tui.db.columns import approach, grade, hold, home, lesson, live, officer, placement, provider, vacancy
from placement_tui.db.reads import capacity, restricted
from placement_tui.db.reads import vacancies as spoken
from placement_tui.db.reads.children import position_of
from placement_tui.db.reads.referrals import chunks
from placement_tui.domain.capacity import room, still_free
from placement_tui.domain.homes import Candidate, VacancyRow
from placement_tui.domain.typed_times import london
from placement_tui.domain.vacancies import standing

_MOST_NAMED = 2_000  # homes that statements name one by one; of more than these the whole register is read sooner
YEAR = timedelta(days=365)
# What a page tells and a search does not: reading it of every home would take longer than all the rest.
_OF_A_PAGE = ("said", "note", "address", "email", "registration_status", "provision_type", "constituency", "registered_on",
              "listed_on", "reference", "out_of_hours_phone", "others_said_at", "on_rota", "deregistered_on")  # fmt: skip
_SEARCHED = tuple(column for column in home.c if column.name not in _OF_A_PAGE)


def candidates(
    session: Session, now: datetime, only: set[UUID] | None = None, current: bool = False
) -> list[Candidate]:
    """Every home (or only those) with what a search needs to know of it at `now`.

    A home of the past is never among all of them; with `current` not among those either.
    """
    return list(each_candidate(session, now, only, current))


def each_candidate(
    session: Session, now: datetime, only: set[UUID] | None = None, current: bool = False
) -> Iterator[Candidate]:
    """As `candidates`, one by one: of the whole register the objects would take more room than the search over it."""
    query = live(
        select(
            *_SEARCHED,
            provider.c.name.label("provider_name"), provider.c.phone.label("provider_phone"),
            func.coalesce(home.c.tier, provider.c.tier).label("tier_of"),
            func.coalesce(home.c.route, provider.c.route).label("route_of"),
        ).join(provider, provider.c.id == home.c.provider_id),
        home,
    )  # fmt: skip
    if only is None or current:
        query = query.where(home.c.past.is_(False))
    wanted = only
    if only is not None and len(only) > _MOST_NAMED:
        only = None
    if only is not None:
        query = query.where(home.c.id.in_(only))
    said, today = spoken.said(session, only), now.astimezone(london()).date()
    left = spoken.left(session, today, only)
    used = _used(session, now, only)
    learned = _lessons(session, only)
    taken = capacity.occupied(session, now, only)
    nobody = capacity.Occupied()
    for row in session.execute(query):
        if wanted is not None and row.id not in wanted:
            continue
        word: Any = standing(said[row.id], today).now if row.id in said else None
        asked, offered, refused = used.get(row.id, (0, 0, 0))
        there = taken.get(row.id, nobody)
        held = sum(each.beds for each in there.holds)
        most = None if row.places is None else room(row.places, len(there.children), row.others_children, held)
        free = (
            still_free(word.beds, word.said_at, there.starts, there.holds, left.get(row.id, ()), most) if word else None
        )
        yield restricted.shown(session, Candidate(
            row.id, row.provider_id, row.name or row.provider_name, row.provider_name, row.kind, position_of(row),
            row.town, row.area, row.urn, row.phone or row.provider_phone, row.registered, row.grade, row.graded_on,
            row.places, row.age_min, row.age_max, row.sexes, row.tier_of, row.route_of, row.weekly_pence,
            free, word.said_at if word else None, (word.initials or word.said_by) if word else "",
            asked, offered, refused, learned.get(row.id, 0), row.suspended,
            len(there.children), row.others_children, held,
            word.age_min if word else None, word.age_max if word else None, word.sexes if word else None,
            row.restricted, row.conditions,
        ))  # fmt: skip


def grades(session: Session, home_id: UUID) -> list[tuple[Any, str, str]]:
    """A home's judgements, newest first: (inspected on, overall, source)."""
    query = live(select(grade).where(grade.c.home_id == home_id), grade).order_by(grade.c.inspected_on.desc())
    return [(row.inspected_on, row.overall, row.source) for row in session.execute(query)]


def vacancies(session: Session, home_id: UUID, limit: int = 5) -> list[VacancyRow]:
    """What was said of a home's free beds, the latest first."""
    query = select(vacancy, officer.c.initials).outerjoin(officer, officer.c.id == vacancy.c.officer_id)
    query = query.where(vacancy.c.home_id == home_id).order_by(vacancy.c.said_at.desc()).limit(limit)
    return [
        VacancyRow(
            row.beds,
            row.said_at,
            row.said_by or row.initials or "",
            row.from_on,
            row.until_on,
            row.note,
            row.expected,
            row.age_min,
            row.age_max,
            row.sexes,
        )
        for row in session.execute(live(query, vacancy))
    ]


def record(session: Session, home_id: UUID) -> Any | None:
    """The home's own row with its provider's name, phones and sector, or None."""
    query = select(
        home, provider.c.name.label("provider_name"), provider.c.phone.label("provider_phone"),
        provider.c.sector, provider.c.out_of_hours_phone.label("provider_night_phone"),
    ).join(provider, provider.c.id == home.c.provider_id)  # fmt: skip
    return session.execute(live(query.where(home.c.id == home_id), home)).first()


def said_of(session: Session, home_id: UUID) -> tuple[str, ...]:
    """The names of the fields that the team says of a home, which a register leaves alone."""
    return tuple(session.execute(select(home.c.said).where(home.c.id == home_id)).scalar() or ())


def by_urn(session: Session, urn: str) -> UUID | None:
    """The home with that URN, if there is one; households carry their agency's, and are not meant by it."""
    query = select(home.c.id).where(home.c.urn == urn.upper(), home.c.kind.not_in(("inhouse", "household")))
    query = query.where(home.c.past.is_(False))
    return session.execute(live(query, home).limit(1)).scalar()


def of_records(session: Session, keys: Sequence[UUID]) -> set[UUID]:
    """The homes that some approaches, vacancies, lessons, placements and holds are about."""
    found: set[UUID] = set()
    for chunk in chunks(keys):
        for table in (approach, vacancy, lesson, placement, hold):
            found |= set(session.execute(select(table.c.home_id).where(table.c.id.in_(chunk))).scalars())
    return {key for key in found if key is not None}


def count(session: Session) -> int:
    """How many homes the register holds; those of the past are not among them."""
    query = select(func.count()).select_from(home).where(home.c.past.is_(False))
    return session.execute(live(query, home)).scalar() or 0


def _used(session: Session, now: datetime, only: set[UUID] | None) -> dict[UUID, tuple[int, int, int]]:
    def answered(outcome: str) -> Any:
        return func.sum(case((approach.c.outcome == outcome, 1), else_=0)).label(outcome)

    query = select(approach.c.home_id, func.count().label("asked"), answered("offer"), answered("refusal")).where(
        approach.c.home_id.is_not(None), approach.c.asked_at >= now - YEAR
    )
    if only is not None:
        query = query.where(approach.c.home_id.in_(only))
    rows = session.execute(live(query, approach).group_by(approach.c.home_id))
    return {row.home_id: (row.asked, row.offer, row.refusal) for row in rows}


def _lessons(session: Session, only: set[UUID] | None) -> dict[UUID, int]:
    query = select(lesson.c.home_id, func.count().label("n"))
    if only is not None:
        query = query.where(lesson.c.home_id.in_(only))
    return {row.home_id: row.n for row in session.execute(live(query, lesson).group_by(lesson.c.home_id))}
