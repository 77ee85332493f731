"""What homes said of their beds, what placements free, and the open referrals that a bed may be for: all in bulk."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import Session

from placement_tui.db.columns import (
    approach,
    child,
    ending,
    home,
    live,
    officer,
    override,
    placement,
    referral,
    sibling_group,
    vacancy,
)
from placement_tui.db.reads.referrals import children_of, chunks
from placement_tui.domain.capacity import Left
from placement_tui.domain.referrals import ChildRow
from placement_tui.domain.typed_times import london
from placement_tui.domain.vacancies import AHEAD, LEFT_DAYS, Leaving, OpenReferral, turns

KEPT = timedelta(days=28)  # a word that nobody renewed for four weeks says nothing any more
_SAID = tuple(column for column in vacancy.c if column.name not in ("struck_at", "officer_id"))
LEFT_KEPT = timedelta(days=30)  # endings that may have freed a bed since it was last spoken of


def said(session: Session, only: set[UUID] | None = None, since: datetime | None = None) -> dict[UUID, list[Any]]:
    """By home, what was said of its beds in that order, with the initials of who logged it; of `since` on, if given.

    Without `since` only what may stand of all that was ever said: the latest word for now, and those for a day.
    """
    # Two statements where one with "or" would do: each reads what its index leads to, and the rest stays unread.
    if since is None:
        queries = (_words(only).where(vacancy.c.from_on.is_not(None)), _latest(only))
    else:
        older = vacancy.c.said_at < since, vacancy.c.from_on >= since.date()
        queries = (_words(only).where(*older), _words(only).where(vacancy.c.said_at >= since))
    rows = [row for query in queries for row in session.execute(query)]
    found: dict[UUID, list[Any]] = defaultdict(list)
    for row in sorted(rows, key=lambda row: (row.said_at, row.id)):
        found[row.home_id].append(row)
    return found


def _words(only: set[UUID] | None) -> Select[Any]:
    query = select(*_SAID, officer.c.initials).outerjoin(officer, officer.c.id == vacancy.c.officer_id)
    return live(query if only is None else query.where(vacancy.c.home_id.in_(only)), vacancy)


def _latest(only: set[UUID] | None) -> Select[Any]:
    """Of each home the latest word that is for now: one look into the index, however much was said before it."""
    word = vacancy.alias("word")
    latest = (
        select(word.c.id)
        .where(word.c.home_id == home.c.id, word.c.from_on.is_(None), word.c.expected.is_(False))
        .where(word.c.struck_at.is_(None))
        .order_by(word.c.said_at.desc(), word.c.id.desc())
        .limit(1)
        .correlate(home)
        .scalar_subquery()
    )
    query = select(*_SAID, officer.c.initials).select_from(home).join(vacancy, vacancy.c.id == latest)
    query = query.outerjoin(officer, officer.c.id == vacancy.c.officer_id)
    return query if only is None else query.where(home.c.id.in_(only))


def get(session: Session, vacancy_id: UUID) -> Any | None:
    """One thing that was said, or None."""
    query = select(vacancy, officer.c.initials).outerjoin(officer, officer.c.id == vacancy.c.officer_id)
    return session.execute(live(query.where(vacancy.c.id == vacancy_id), vacancy)).first()


def home_of_placement(session: Session, placement_id: UUID) -> UUID | None:
    """The home of a placement, or None."""
    query = select(placement.c.home_id).where(placement.c.id == placement_id)
    return session.execute(live(query, placement)).scalar()


def home_of(session: Session, ids: Iterable[UUID]) -> dict[UUID, UUID]:
    """The homes that some vacancies are of; those taken back are left out."""
    query = select(vacancy.c.id, vacancy.c.home_id).where(vacancy.c.id.in_(list(ids)))
    return {row.id: row.home_id for row in session.execute(live(query, vacancy))}


def begins(session: Session, today: date) -> list[tuple[date, UUID]]:
    """The days to come on which what a home said begins to count, or is over, and of which home."""
    query = select(vacancy.c.home_id, vacancy.c.from_on, vacancy.c.until_on).where(
        or_(vacancy.c.from_on > today, vacancy.c.until_on >= today)
    )
    return sorted((day, row.home_id) for row in session.execute(live(query, vacancy)) for day in turns([row], today))


def left(session: Session, today: date, only: set[UUID] | None = None) -> dict[UUID, list[Left]]:
    """By home, our children who left it of late: when they had come, when they left, when that was logged."""
    query = (
        select(placement.c.id, placement.c.home_id, placement.c.started_at, placement.c.ended_on, ending.c.logged_at,
               child.c.initials)
        .join(ending, ending.c.placement_id == placement.c.id)
        .join(child, child.c.id == placement.c.child_id)
        .where(placement.c.ended_on >= today - LEFT_KEPT)
        .order_by(placement.c.ended_on, placement.c.id)
    )  # fmt: skip
    if only is not None:
        query = query.where(placement.c.home_id.in_(only))
    found: dict[UUID, list[Left]] = defaultdict(list)
    for row in session.execute(live(query, placement, ending)):
        found[row.home_id].append(Left(row.id, row.initials, row.started_at, row.ended_on, row.logged_at))
    return found


def leaving(session: Session, today: date, only: set[UUID] | None = None) -> list[Leaving]:
    """Our children who are to leave a home on a planned day, in the order of the days."""
    query = (
        select(placement.c.id, placement.c.home_id, placement.c.planned_end_on, child.c.initials)
        .join(child, child.c.id == placement.c.child_id)
        .where(placement.c.ended_on.is_(None), placement.c.planned_end_on >= today - timedelta(days=LEFT_DAYS))
        .where(placement.c.planned_end_on <= today + AHEAD)
        .order_by(placement.c.planned_end_on, placement.c.id)
    )
    if only is not None:
        query = query.where(placement.c.home_id.in_(only))
    return [
        Leaving(row.id, row.home_id, row.initials, row.planned_end_on)
        for row in session.execute(live(query, placement))
    ]


def open_referrals(session: Session, today: date, only: UUID | None = None) -> list[OpenReferral]:
    """Every open referral with its children, those of its group too where they are to live together."""
    query = select(
        referral.c.id, referral.c.reference, referral.c.wanted, referral.c.max_miles, referral.c.urgency,
        referral.c.needed_by, referral.c.received_at, referral.c.sibling_group_id,
    ).where(referral.c.state == "open")  # fmt: skip
    rows = session.execute(live(query, referral)).all()
    children = children_of(session, [row.id for row in rows], today)
    together = _together(session, {row.sibling_group_id for row in rows if row.sibling_group_id is not None})
    of_group: dict[UUID, list[UUID]] = defaultdict(list)
    for row in rows:
        if row.sibling_group_id in together:
            of_group[row.sibling_group_id].append(row.id)
    found = []
    for row in rows:
        if only is not None and row.id != only:
            continue
        others = [key for key in of_group.get(row.sibling_group_id, ()) if key != row.id]
        own: tuple[ChildRow, ...] = children.get(row.id, ())
        linked = tuple(each for key in sorted(others) for each in children.get(key, ()))
        found.append(OpenReferral(
            row.id, row.reference, (*own, *linked), tuple(row.wanted), row.max_miles, row.urgency, row.needed_by,
            row.received_at, own[0].words + (f" +{len(own) - 1}" if len(own) > 1 else "") if own else "?",
        ))  # fmt: skip
    return found


def asked_for(session: Session, homes: Sequence[UUID]) -> set[tuple[UUID, UUID]]:
    """Pairs of an open referral and one of these homes that was asked for it already."""
    found: set[tuple[UUID, UUID]] = set()
    for chunk in chunks(homes):
        query = (
            select(approach.c.referral_id, approach.c.home_id)
            .join(referral, referral.c.id == approach.c.referral_id)
            .where(approach.c.home_id.in_(chunk), referral.c.state == "open")
        )
        found |= {(row.referral_id, row.home_id) for row in session.execute(live(query, approach))}
    return found


def aside_for(session: Session, homes: Sequence[UUID]) -> Mapping[UUID, frozenset[tuple[UUID, str]]]:
    """By open referral, the rules that were set aside for it and one of these homes."""
    found: dict[UUID, set[tuple[UUID, str]]] = defaultdict(set)
    for chunk in chunks(homes):
        query = (
            select(override.c.referral_id, override.c.home_id, override.c.rule)
            .join(referral, referral.c.id == override.c.referral_id)
            .where(override.c.home_id.in_(chunk), referral.c.state == "open")
        )
        for row in session.execute(live(query, override)):
            found[row.referral_id].add((row.home_id, row.rule))
    return {key: frozenset(rules) for key, rules in found.items()}


def since(now: datetime) -> datetime:
    """The moment before which a word says nothing any more."""
    return now.astimezone(london()) - KEPT


def _together(session: Session, groups: set[UUID]) -> set[UUID]:
    query = select(sibling_group.c.id).where(
        sibling_group.c.wish == "together", sibling_group.c.parted_reason.is_(None)
    )
    found: set[UUID] = set()
    for chunk in chunks(sorted(groups)):
        found |= set(session.execute(live(query.where(sibling_group.c.id.in_(chunk)), sibling_group)).scalars())
    return found
