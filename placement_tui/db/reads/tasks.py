"""Tasks as rows: those that were opened, and those that follow from calls, offers and referrals."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Select, and_, case, func, not_, or_, select
from sqlalchemy.orm import Session

from placement_tui.db.columns import (
    approach,
    child,
    home,
    live,
    offer,
    officer,
    provider,
    referral,
    referral_child,
    task,
)
from placement_tui.db.reads import doubles, trackers, waves
from placement_tui.db.reads.chunks import chunks
from placement_tui.domain import clocks_calls
from placement_tui.domain.clocks import Due
from placement_tui.domain.clocks_calls import DERIVED
from placement_tui.domain.clocks_days import day_end, london_day
from placement_tui.domain.tasks import Counts, TaskRow, counts_of, derived_row, minute_of
from placement_tui.domain.trackers import EMERGENCY, TRACKED

_doer = officer.alias("doer")
_FOLLOWING = (*DERIVED, *TRACKED)  # rules whose tasks are read from the records that they follow
_STORED = (
    task.c.id, task.c.source, task.c.rule, task.c.law, task.c.title, task.c.to_whom, task.c.due_at, task.c.first_due_at,
    task.c.officer_id, task.c.state, task.c.made_at, task.c.done_at, task.c.moved_why, task.c.note, task.c.referral_id,
    task.c.placement_id, task.c.child_id, task.c.home_id, task.c.approach_id, task.c.offer_id,
)  # fmt: skip


def for_board(
    session: Session,
    referrals: Iterable[tuple[UUID, datetime | None]],
    children: Sequence[UUID],
    now: datetime,
    horizon: datetime,
) -> tuple[list[TaskRow], Counts]:
    """What is late or due until `horizon` of the open referrals and their children, and the counts of everything.

    `referrals` are the open ones with when a home is needed. A handful of statements; what other children's placements
    still ask for is only counted, so that a large council's board opens as fast as a small one's. No names: the board has
    them.
    """
    derived = _derived(session, referrals, now, children)
    others = trackers.emergencies_past(session, now) - sum(row.rule == EMERGENCY for row in derived)
    shown = [row for row in derived if row.due_at <= horizon]
    mine = select(*_STORED).where(task.c.state == "open", task.c.rule.not_in(_FOLLOWING), task.c.due_at <= horizon)
    for chunk in chunks(children):
        shown += [_plain(row) for row in session.execute(live(mine.where(task.c.child_id.in_(chunk)), task))]
    counted = counts_of(derived, now)
    late, today = session.execute(_counting(now)).one()
    return shown, Counts(counted.overdue + others + (late or 0), counted.today + (today or 0))


def _counting(now: datetime) -> Select[Any]:
    """How many stored tasks are late, and how many are due before today is over: as `TaskRow` says it of one."""
    minute = minute_of(now)
    late = or_(task.c.due_at < minute, and_(task.c.law != "", task.c.first_due_at < minute))
    today = and_(not_(late), task.c.due_at <= day_end(london_day(now)))
    query = select(func.sum(case((late, 1), else_=0)), func.sum(case((today, 1), else_=0)))
    return live(query.where(task.c.state == "open", task.c.rule.not_in(_FOLLOWING)), task)


def open_now(session: Session, now: datetime) -> list[TaskRow]:
    """Everything that is due, stored or not, with names."""
    stored = _rows(session, _query().where(task.c.state == "open", task.c.rule.not_in(_FOLLOWING)))
    return _named(session, _owned(session, _following(session, now)) + stored)


def some(session: Session, ids: Sequence[UUID]) -> dict[UUID, TaskRow]:
    """Some tasks by id, finished ones too; those that are not there any more are left out."""
    stored = _rows(session, _query().where(task.c.id.in_(ids), task.c.rule.not_in(_FOLLOWING)))
    rows = {row.id: row for row in stored}
    if len(rows) < len(ids):
        rows |= {row.id: row for row in _owned(session, [row for row in _following(session) if row.id in ids])}
    return rows


def finished(session: Session, limit: int = 500) -> list[TaskRow]:
    """Tasks done or dropped, the latest first."""
    query = _query().where(task.c.state != "open").order_by(task.c.done_at.desc()).limit(limit)
    return _named(session, _rows(session, query))


def of_placements(session: Session, placements: Sequence[UUID]) -> list[TaskRow]:
    """Every task of some placements, finished ones too, in the order of their time."""
    query = _query().where(task.c.placement_id.in_(placements)).order_by(task.c.due_at, task.c.source)
    return _named(session, _rows(session, query)) if placements else []


def of_referral(session: Session, referral_id: UUID) -> list[TaskRow]:
    """Every stored task of a referral, finished ones too, in the order of their time."""
    query = _query().where(task.c.referral_id == referral_id).order_by(task.c.due_at, task.c.source)
    return _named(session, _rows(session, query))


def _query() -> Select[Any]:
    return live(
        select(
            *_STORED, child.c.initials.label("child_initials"), referral.c.reference,
            func.coalesce(home.c.name, "").label("home_name"),
            func.coalesce(officer.c.initials, "").label("owner_initials"),
            func.coalesce(_doer.c.initials, "").label("doer_initials"),
        )
        .outerjoin(child, child.c.id == task.c.child_id)
        .outerjoin(referral, referral.c.id == task.c.referral_id)
        .outerjoin(home, home.c.id == task.c.home_id)
        .outerjoin(officer, officer.c.id == task.c.officer_id)
        .outerjoin(_doer, _doer.c.id == task.c.done_by),
        task,
    )  # fmt: skip


def _rows(session: Session, query: Select[Any]) -> list[TaskRow]:
    return [
        _plain(row, child=row.child_initials or "", reference=row.reference or "", name=row.home_name,
               owner=row.owner_initials, done_by=row.doer_initials)
        for row in session.execute(query)
    ]  # fmt: skip


def _plain(
    row: Any, child: str = "", reference: str = "", name: str = "", owner: str = "", done_by: str = ""
) -> TaskRow:
    return TaskRow(
        row.id, row.source, row.rule, row.law, row.title, row.to_whom, row.due_at, row.first_due_at,
        officer_id=row.officer_id, state=row.state, made_at=row.made_at, done_at=row.done_at, moved_why=row.moved_why,
        note=row.note, referral_id=row.referral_id, placement_id=row.placement_id, child_id=row.child_id,
        home_id=row.home_id, approach_id=row.approach_id, offer_id=row.offer_id, child=child, reference=reference, name=name,
        officer=owner, done_by=done_by,
    )  # fmt: skip


def _following(session: Session, now: datetime | None = None) -> list[TaskRow]:
    """What follows from the open referrals, their calls and their offers."""
    needed = select(referral.c.id, referral.c.needed_by).where(referral.c.state == "open")
    return _derived(session, [(row.id, row.needed_by) for row in session.execute(live(needed, referral))], now)


def _derived(
    session: Session,
    referrals: Iterable[tuple[UUID, datetime | None]],
    now: datetime | None,
    children: Sequence[UUID] | None = None,
) -> list[TaskRow]:
    name = func.coalesce(func.nullif(home.c.name, ""), provider.c.name).label("name")
    calls = (
        select(approach.c.id, approach.c.referral_id, approach.c.call_back_at, name)
        .join(referral, referral.c.id == approach.c.referral_id)
        .join(provider, provider.c.id == approach.c.provider_id)
        .outerjoin(home, home.c.id == approach.c.home_id)
        .where(approach.c.call_back_at.is_not(None), approach.c.outcome.in_(("awaiting", "no_reply")))
        .where(referral.c.state == "open")
    )
    offers = (
        select(offer.c.id, offer.c.approach_id, approach.c.referral_id, offer.c.expires_at, name)
        .join(approach, approach.c.id == offer.c.approach_id)
        .join(referral, referral.c.id == approach.c.referral_id)
        .join(provider, provider.c.id == approach.c.provider_id)
        .outerjoin(home, home.c.id == approach.c.home_id)
        .where(offer.c.state == "open", offer.c.expires_at.is_not(None), referral.c.state == "open")
    )
    dues: list[Due] = [
        clocks_calls.call_back(row.id, row.referral_id, row.name, row.call_back_at)
        for row in session.execute(live(calls, approach, referral))
    ]
    dues += [
        clocks_calls.offer_lapses(row.id, row.approach_id, row.referral_id, row.name, row.expires_at)
        for row in session.execute(live(offers, offer, approach, referral))
    ]
    dues += [clocks_calls.needed_by(key, at) for key, at in referrals if at is not None]
    dues += [
        clocks_calls.wave_over(row.id, row.referral_id, row.number, row.tier, row.over_at)
        for row in waves.latest_open(session)
        if row.over_at is not None
    ]
    return [*(derived_row(due) for due in dues), *trackers.due(session, now, children), *doubles.waiting(session)]


def _owned(session: Session, rows: list[TaskRow]) -> list[TaskRow]:
    """The derived rows, with the owner of those that were handed to somebody."""
    owners: dict[UUID, Any] = {}
    for chunk in chunks([row.id for row in rows]):
        query = select(task.c.id, task.c.officer_id, officer.c.initials).join(
            officer, officer.c.id == task.c.officer_id
        )
        owners |= {row.id: row for row in session.execute(live(query.where(task.c.id.in_(chunk)), task))}
    return [
        replace(row, officer_id=owners[row.id].officer_id, officer=owners[row.id].initials) if row.id in owners else row
        for row in rows
    ]


def _named(session: Session, rows: list[TaskRow]) -> list[TaskRow]:
    """The rows of a referral as a whole, with its reference and the initials of its children."""
    bare = list({row.referral_id for row in rows if row.referral_id is not None and not row.child})
    initials: dict[UUID, list[str]] = {}
    references: dict[UUID, str] = {}
    for chunk in chunks(bare):
        query = (
            select(referral.c.id, referral.c.reference, child.c.initials)
            .join(referral_child, referral_child.c.referral_id == referral.c.id)
            .join(child, child.c.id == referral_child.c.child_id)
            .where(referral.c.id.in_(chunk))
            .order_by(referral_child.c.position)
        )
        for row in session.execute(live(query, referral_child)):
            initials.setdefault(row.id, []).append(row.initials)
            references[row.id] = row.reference
    found = []
    for each in rows:
        names = initials.get(each.referral_id) if each.referral_id and not each.child else None
        if names:
            more = f" +{len(names) - 1}" if len(names) > 1 else ""
            each = replace(each, child=names[0] + more, reference=references[each.referral_id])  # type: ignore[index]  # it has one
        found.append(each)
    return found
