"""Write offers, placements, endings, lessons and who was told."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from placement_tui.db.changes import rows
from placement_tui.db.columns import live, placement
from placement_tui.db.tables import Ending, Factor, Lesson, Placement, Told
from placement_tui.domain.clocks_days import london_day
from placement_tui.domain.endings import NewEnding


def add(session: Session, columns: dict[str, Any]) -> Placement:
    """A new placement."""
    row = Placement(**columns)
    session.add(row)
    session.flush()
    return row


def get(session: Session, placement_id: UUID) -> Placement:
    """The placement to change. Raises NotFound."""
    return rows.get(session, Placement, placement_id)


def overlapping(session: Session, child_id: UUID, start: datetime, end: date | None) -> Placement | None:
    """A placement of the child that would overlap one from `start` to `end` (open where None)."""
    query = live(select(placement.c.id).where(placement.c.child_id == child_id), placement)
    for key in session.execute(query.order_by(placement.c.started_at)).scalars().all():
        row = session.get_one(Placement, key)
        runs_into = row.ended_on is None or row.ended_on > london_day(start)
        if runs_into and (end is None or london_day(row.started_at) < end):
            return row
    return None


def end(
    session: Session, row: Placement, new: NewEnding, reason_class: str, at: datetime, officer: UUID | None
) -> Ending:
    """End a placement once: the ending, its factors, and the lesson where there is one."""
    row.ended_on = new.ended_on
    ending = Ending(
        placement_id=row.id, ended_on=new.ended_on, logged_at=at, officer_id=officer, reason=new.reason,
        reason_class=reason_class, notice_days=new.notice_days, warned=new.warned, warnings=new.warnings,
        stability_meeting=new.stability_meeting, kept_going=new.kept_going, note=new.note,
    )  # fmt: skip
    session.add(ending)
    session.flush()
    session.add_all(
        Factor(ending_id=ending.id, code=each.code, said_by=each.said_by, main=each.main) for each in new.factors
    )
    if new.lesson:
        session.add(Lesson(ending_id=ending.id, child_id=row.child_id, home_id=row.home_id, learned_on=new.ended_on,
                           lesson=new.lesson, needs=list(new.lesson_needs)))  # fmt: skip
    session.flush()
    return ending


def list_to_tell(session: Session, referral_id: UUID, people: Sequence[tuple[UUID | None, str, str]]) -> list[Told]:
    """Put people on the list of those to tell: (approach, who, what)."""
    made = [Told(referral_id=referral_id, approach_id=key, who=who, what=what) for key, who, what in people]
    session.add_all(made)
    session.flush()
    return made


def tell(session: Session, told_id: UUID, at: datetime, officer: UUID | None) -> Told:
    """Note that somebody was told. Raises NotFound."""
    row = rows.get(session, Told, told_id)
    row.told_at, row.officer_id = at, officer
    return row
