"""Write tasks: open those that a change makes due, finish them, move them, give them to somebody."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from placement_tui.db.changes import rows
from placement_tui.db.columns import task
from placement_tui.db.tables import Task
from placement_tui.domain.clocks import ENDS_WITH_PLACEMENT, Due
from placement_tui.domain.tasks import TaskRow, task_id


def open_for(session: Session, dues: Iterable[Due], now: datetime, owner: UUID | None) -> list[UUID]:
    """Open a task for each thing due, in the transaction of what makes it due; gives the ids of those opened.

    One that is there already stays as it is, done or not: what a source asks for is asked for once. One that was
    struck out with what it came from, and comes again, is opened again.
    """
    wanted = {task_id(due.source): due for due in dues}
    there = {row.id: row for row in session.scalars(select(Task).where(task.c.id.in_(wanted)))}
    opened = []
    for key, due in wanted.items():
        values = _columns(due) | {"made_at": now, "due_at": due.due_at, "first_due_at": due.due_at, "officer_id": owner}
        row = there.get(key)
        if row is None:
            session.add(Task(id=key, **values))
        elif row.struck_at is not None:
            for name, value in (
                values | {"struck_at": None, "state": "open", "done_at": None, "done_by": None}
            ).items():
                setattr(row, name, value)
        else:
            continue
        opened.append(key)
    session.flush()
    return opened


def follow(
    session: Session, prefix: str, dues: Iterable[Due], settled: Collection[str], now: datetime, owner: UUID | None
) -> None:
    """Bring the tasks of one register's entry, those whose source begins with `prefix`, to what it makes due now.

    What is due no more is done where its source is `settled`, and dropped otherwise; what is new is opened.
    """
    wanted = list(dues)
    sources = {due.source for due in wanted}
    begins = task.c.source.between(prefix, prefix + "~")  # by the index, which `like` would not use
    found = select(Task).where(begins, task.c.state == "open", task.c.struck_at.is_(None))
    for row in session.scalars(found).all():
        if row.source not in sources:
            row.state = "done" if row.source in settled else "dropped"
            row.done_at, row.done_by, row.note = now, owner, "by the register"
    open_for(session, wanted, now, owner)


def keep(session: Session, row: TaskRow, now: datetime, owner: UUID | None) -> Task:
    """The stored task behind a row, with its owner; one that followed from another record is stored with this."""
    found = session.get(Task, row.id)
    if found is None:
        found = Task(
            id=row.id, source=row.source, rule=row.rule, law=row.law, title=row.title, to_whom=row.to_whom, made_at=now,
            due_at=row.due_at, first_due_at=row.first_due_at, officer_id=owner, referral_id=row.referral_id,
            placement_id=row.placement_id, child_id=row.child_id, offer_id=row.offer_id, approach_id=row.approach_id,
            home_id=row.home_id,
        )  # fmt: skip
        session.add(found)
    else:
        found.struck_at = None
        found.officer_id = owner
    return found


def change(session: Session, key: UUID, fields: dict[str, Any]) -> Task:
    """Set some fields of a task. Raises NotFound."""
    return rows.change(session, Task, key, fields)


def placement_ended(session: Session, placement_id: UUID, at: datetime, officer: UUID | None) -> int:
    """Drop what nobody owes any more when a placement ends; notices that were not given stay. Gives how many."""
    query = select(Task).where(
        task.c.placement_id == placement_id,
        task.c.state == "open",
        task.c.struck_at.is_(None),
        task.c.rule.in_(ENDS_WITH_PLACEMENT),
    )
    found = session.scalars(query).all()
    for row in found:
        row.state, row.done_at, row.done_by, row.note = "dropped", at, officer, "the placement ended"
    session.flush()
    return len(found)


def _columns(due: Due) -> dict[str, Any]:
    about = due.about
    return {
        "source": due.source, "rule": due.rule, "law": due.law, "title": due.title, "to_whom": due.to_whom,
        "referral_id": about.referral_id, "placement_id": about.placement_id, "child_id": about.child_id,
        "offer_id": about.offer_id, "approach_id": about.approach_id, "home_id": about.home_id,
    }  # fmt: skip
