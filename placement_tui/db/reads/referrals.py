"""Referrals as rows: the duty board, one referral whole, and finding them by what people say."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from placement_tui.db.columns import (
    approach,
    child,
    home,
    live,
    need,
    officer,
    provider,
    referral,
    referral_child,
)
from placement_tui.db.reads import tasks
from placement_tui.db.reads.children import child_row
from placement_tui.db.reads.chunks import chunks as chunks
from placement_tui.domain.board import Board, BoardRow
from placement_tui.domain.clocks_calls import DERIVED
from placement_tui.domain.referrals import ChildRow, ReferralRow, Tried, urgency_order
from placement_tui.domain.tasks import TaskRow

SOON = timedelta(hours=12)  # a call or an offer that is due within it stands on the board
WEEK = timedelta(days=7)  # and so does what the law asks for within a week


def board(session: Session, now: datetime, today: date) -> Board:
    """The duty board at `now`: open referrals, most urgent first."""
    rows = session.execute(live(select(referral).where(referral.c.state == "open"), referral)).all()
    ids = [row.id for row in rows]
    children = children_of(session, ids, today)
    counts = _counts(session, ids)
    touched = _touched(session, ids)
    of_board = [child_of_it.id for group in children.values() for child_of_it in group]
    due, counts_due = tasks.for_board(session, [(row.id, row.needed_by) for row in rows], of_board, now, now + WEEK)
    waiting = _waiting(session, ids)
    initials = {row.id: row.initials for row in session.execute(select(officer.c.id, officer.c.initials))}
    of_record: dict[UUID | None, list[TaskRow]] = defaultdict(list)
    for task in due:
        if task.rule in DERIVED or task.child_id is None:
            of_record[task.referral_id].append(task)
        else:
            of_record[task.child_id].append(task)
    lines = []
    for row in rows:
        count = counts.get(row.id, {})
        last_at, last_by = touched.get(row.id, (row.received_at, row.officer_id))
        first = children.get(row.id, ())
        label = (first[0].words + (f" +{len(first) - 1}" if len(first) > 1 else "")) if first else "?"
        lines.append(BoardRow(
            row.id, row.reference, label, tuple(row.wanted), row.urgency, row.needed_by, row.received_at,
            sum(count.values()), count.get("awaiting", 0), count.get("refusal", 0), count.get("no_reply", 0),
            count.get("offer", 0), last_at, initials.get(last_by, ""), row.why_now, row.tonight,
            first[0].home_postcode if first else None, _shown(of_record, row.id, first, now), tuple(waiting.get(row.id, ())[:3]),
        ))  # fmt: skip
    lines.sort(key=lambda line: urgency_order(line.urgency, line.needed_by, line.received_at))
    return Board(
        tuple(lines), sum(line.urgency in ("now", "today") for line in lines), counts_due.due, counts_due.overdue,
        sum(line.offered > 0 for line in lines),
    )  # fmt: skip


def get(session: Session, referral_id: UUID, today: date) -> ReferralRow | None:
    """One referral whole, or None."""
    row = session.execute(live(select(referral).where(referral.c.id == referral_id), referral)).first()
    if row is None:
        return None
    children = children_of(session, [row.id], today).get(row.id, ())
    by = session.execute(select(officer.c.initials).where(officer.c.id == row.officer_id)).scalar() or ""
    needs = tuple(dict.fromkeys(code for each in children for code in each.needs))
    shared = session.execute(
        live(select(need.c.code).where(need.c.referral_id == row.id, need.c.child_id.is_(None)), need)
    ).scalars()
    return ReferralRow(
        row.id, row.reference, row.state, row.received_at, by, children, tuple(row.wanted), row.urgency, row.needed_by,
        row.why_now, row.tonight, row.legal_status, row.together, row.must_have, row.nice_to_have, row.avoid,
        row.max_miles, row.social_worker, row.social_worker_phone, row.note,
        tuple(dict.fromkeys((*needs, *shared))), row.closed_reason,
        tuple(tried(session, row.id, [each.id for each in children])), tuple(_missing(row, children)),
        row.kin_explored,
    )  # fmt: skip


def find_id(session: Session, said: str) -> list[tuple[UUID, str]]:
    """Referrals that answer to a reference, or (open ones) to a child's identifier: ids with their references."""
    wanted = said.strip()
    exact = session.execute(
        live(select(referral.c.id, referral.c.reference).where(referral.c.reference == wanted.upper()), referral)
    ).all()
    if exact:
        return [(row.id, row.reference) for row in exact]
    query = (
        select(referral.c.id, referral.c.reference)
        .join(referral_child, referral_child.c.referral_id == referral.c.id)
        .join(child, child.c.id == referral_child.c.child_id)
        .where(or_(child.c.identifier == wanted, child.c.initials == wanted.upper()), referral.c.state == "open")
    )
    return [(row.id, row.reference) for row in session.execute(live(query, referral, referral_child)).all()]


def open_of_child(session: Session, child_id: UUID) -> str | None:
    """The reference of an open referral of a child, or None."""
    query = (
        select(referral.c.reference)
        .join(referral_child, referral_child.c.referral_id == referral.c.id)
        .where(referral_child.c.child_id == child_id, referral.c.state == "open")
    )
    return session.execute(live(query, referral, referral_child).limit(1)).scalar()


def last_number(session: Session, prefix: str) -> int:
    """The highest number given out under a prefix such as `26-`, 0 for none; what a laptop gave out, `26-A`, is not under it."""
    c = referral.c.reference
    query = select(c).where(c >= prefix + "0", c < prefix + ":").order_by(func.length(c).desc(), c.desc()).limit(1)
    last = session.execute(query).scalar()
    return int("".join(letter for letter in last[len(prefix) :] if letter.isdigit())) if last else 0


def children_of(session: Session, referrals: Sequence[UUID], today: date) -> dict[UUID, tuple[ChildRow, ...]]:
    """The children of some referrals, in the order in which they were named, each with its needs."""
    needs: dict[tuple[UUID, UUID | None], list[str]] = defaultdict(list)
    for chunk in chunks(referrals):
        query = select(need.c.referral_id, need.c.child_id, need.c.code).where(need.c.referral_id.in_(chunk))
        for row in session.execute(live(query, need).order_by(need.c.id)):
            needs[row.referral_id, row.child_id].append(row.code)
    found: dict[UUID, list[ChildRow]] = defaultdict(list)
    for chunk in chunks(referrals):
        query = (
            select(referral_child.c.referral_id, child)
            .join(child, child.c.id == referral_child.c.child_id)
            .where(referral_child.c.referral_id.in_(chunk))
            .order_by(referral_child.c.position)
        )
        for row in session.execute(live(query, referral_child, child)):
            found[row.referral_id].append(child_row(row, today, tuple(needs.get((row.referral_id, row.id), ()))))
    return {key: tuple(rows) for key, rows in found.items()}


def _counts(session: Session, ids: Sequence[UUID]) -> dict[UUID, dict[str, int]]:
    counts: dict[UUID, dict[str, int]] = defaultdict(dict)
    for chunk in chunks(ids):
        query = select(approach.c.referral_id, approach.c.outcome, func.count().label("n")).where(
            approach.c.referral_id.in_(chunk)
        )
        for row in session.execute(live(query, approach).group_by(approach.c.referral_id, approach.c.outcome)):
            counts[row.referral_id][row.outcome] = row.n
    return counts


def _touched(session: Session, ids: Sequence[UUID]) -> dict[UUID, tuple[datetime, UUID | None]]:
    latest: dict[UUID, tuple[datetime, UUID | None]] = {}
    for chunk in chunks(ids):
        query = select(
            approach.c.referral_id,
            approach.c.asked_at,
            approach.c.officer_id,
            approach.c.answered_at,
            approach.c.answered_by,
        ).where(approach.c.referral_id.in_(chunk))
        for row in session.execute(live(query, approach)):
            at, by = (row.answered_at, row.answered_by) if row.answered_at else (row.asked_at, row.officer_id)
            if row.referral_id not in latest or at > latest[row.referral_id][0]:
                latest[row.referral_id] = (at, by)
    return latest


def _shown(
    due: Mapping[UUID | None, list[TaskRow]], referral_id: UUID, children: Iterable[ChildRow], now: datetime
) -> tuple[TaskRow, ...]:
    """What is due on a line of the board: its calls and offers, and what the law still asks for its children."""
    found = [
        task
        for task in due.get(referral_id, ())
        if task.rule not in DERIVED or (task.late(now) if task.rule == "needed_by" else task.due_at <= now + SOON)
    ]
    for child_of_it in children:
        found += due.get(child_of_it.id, ())
    return tuple(sorted(found, key=lambda task: task.due_at))


def _waiting(session: Session, ids: Sequence[UUID]) -> dict[UUID, list[str]]:
    names: dict[UUID, list[str]] = defaultdict(list)
    for chunk in chunks(ids):
        query = (
            select(approach.c.referral_id, func.coalesce(func.nullif(home.c.name, ""), provider.c.name).label("name"))
            .join(provider, provider.c.id == approach.c.provider_id)
            .outerjoin(home, home.c.id == approach.c.home_id)
            .where(approach.c.referral_id.in_(chunk), approach.c.outcome == "awaiting")
            .order_by(approach.c.asked_at)
        )
        for row in session.execute(live(query, approach)):
            names[row.referral_id].append(row.name)
    return names


def tried(session: Session, referral_id: UUID | None, children: Sequence[UUID]) -> list[Tried]:
    """What the last five referrals of those children tried, besides one (None for none), the latest first."""
    earlier = (
        select(referral.c.id, referral.c.reference, referral.c.received_at, referral.c.state)
        .join(referral_child, referral_child.c.referral_id == referral.c.id)
        .where(referral_child.c.child_id.in_(children), referral.c.id != referral_id)
        .order_by(referral.c.received_at.desc())
        .limit(5)
        .distinct()
    )
    rows = session.execute(live(earlier, referral, referral_child)).all()
    counts = _counts(session, [row.id for row in rows])
    reasons: dict[UUID, str] = {}
    for row in rows:
        query = select(approach.c.reason, func.count().label("n")).where(
            approach.c.referral_id == row.id, approach.c.reason.is_not(None)
        )
        first: Any = session.execute(
            live(query, approach).group_by(approach.c.reason).order_by(func.count().desc(), approach.c.reason).limit(1)
        ).first()
        if first:
            reasons[row.id] = first.reason
    return [
        Tried(row.reference, row.received_at, row.state, sum(counts[row.id].values()), counts[row.id].get("refusal", 0),
              counts[row.id].get("offer", 0), reasons.get(row.id))
        for row in rows
    ]  # fmt: skip


def _missing(row: Any, children: Sequence[ChildRow]) -> list[str]:
    missing = []
    if any(each.age is None for each in children):
        missing.append("age or date of birth")
    if any(each.sex == "U" for each in children):
        missing.append("sex")
    if not any(each.home_postcode for each in children):
        missing.append("home postcode")
    if not any(each.needs for each in children):
        missing.append("needs")
    missing += [words for words, value in (("legal status", row.legal_status), ("social worker", row.social_worker),
                                           ("why now", row.why_now), ("tonight", row.tonight)) if not value]  # fmt: skip
    return missing
