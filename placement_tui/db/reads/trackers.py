"""What the trackers make due, and placements made in an emergency that go on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from placement_tui.db.columns import child, early_warning, live, permanence_plan, permanence_step, placement, step_down
from placement_tui.db.reads import placed
from placement_tui.db.reads.children import child_row
from placement_tui.db.reads.chunks import chunks
from placement_tui.domain import trackers
from placement_tui.domain.clocks import About, Due
from placement_tui.domain.clocks_days import london_day
from placement_tui.domain.codes.permanence import PLANS, STEPS_DOWN
from placement_tui.domain.tasks import TaskRow, derived_row
from placement_tui.domain.trackers import EmergencyRow

_OF_CHILD = (child.c.id.label("who"), child.c.initials)
_OF_PLACEMENT = (*_OF_CHILD, placement.c.id.label("where"), placement.c.home_id)
_GOES_ON = placement.c.ended_on.is_(None)


def due(session: Session, now: datetime | None = None, of: Sequence[UUID] | None = None) -> list[TaskRow]:
    """Everything that the trackers make due, whenever that is, with the child's initials.

    An emergency placement is there once its plan is past: before that its review is due, which has a task of its own.
    Of these, as many as there may be, only those of some children where they are named.
    """
    past = _emergencies(session, london_day(now) if now is not None else None, of)
    return [*_steps(session), *_targets(session), *_reviews(session), *_warnings(session), *past]


def emergencies_past(session: Session, now: datetime) -> int:
    """How many emergency placements go on though their plan is past: each of them late."""
    query = select(func.count()).select_from(placement).where(*_past(london_day(now)))
    return session.execute(live(query, placement)).scalar() or 0


def emergencies(session: Session, today: date, only: UUID | None = None) -> list[EmergencyRow]:
    """Placements made in an emergency that go on, the earliest end of a plan first, those without a plan last."""
    query = placed.with_home(select(*placed.WHO).select_from(placement)).where(
        _GOES_ON, placement.c.emergency.is_(True)
    )
    if only is not None:
        query = query.where(placement.c.id == only)
    rows = [
        EmergencyRow(
            row.where, row.who, child_row(placed.Known(row), today).words, row.identifier, row.home_id, row.home_name,
            row.reference, row.started_at, max(0, (today - london_day(row.started_at)).days),
            trackers.emergency_until(row.emergency_until, row.planned_end_on),
        )
        for row in session.execute(live(query, placement))
    ]  # fmt: skip
    return sorted(rows, key=lambda row: (row.until is None, row.until or today, row.started_at))


def _steps(session: Session) -> Iterator[TaskRow]:
    query = (
        select(permanence_step.c.id, permanence_step.c.what, permanence_step.c.due_on, *_OF_CHILD)
        .join(permanence_plan, permanence_plan.c.id == permanence_step.c.permanence_plan_id)
        .join(child, child.c.id == permanence_plan.c.child_id)
        .where(permanence_step.c.done_on.is_(None), permanence_step.c.due_on.is_not(None), permanence_plan.c.closed_on.is_(None))
    )  # fmt: skip
    for row in session.execute(live(query, permanence_step, permanence_plan)):
        yield _row(trackers.step_due(row.id, row.what, row.due_on, About(child_id=row.who)), row)


def _targets(session: Session) -> Iterator[TaskRow]:
    query = (
        select(permanence_plan.c.id, permanence_plan.c.plan, permanence_plan.c.target_on, *_OF_CHILD)
        .join(child, child.c.id == permanence_plan.c.child_id)
        .where(permanence_plan.c.closed_on.is_(None), permanence_plan.c.target_on.is_not(None))
    )
    for row in session.execute(live(query, permanence_plan)):
        yield _row(trackers.target_due(row.id, PLANS.spoken(row.plan), row.target_on, About(child_id=row.who)), row)


def _reviews(session: Session) -> Iterator[TaskRow]:
    query = _placed(select(step_down.c.id, step_down.c.to_type, step_down.c.review_on, *_OF_PLACEMENT), step_down)
    query = query.where(step_down.c.closed_on.is_(None), step_down.c.review_on.is_not(None))
    for row in session.execute(query):
        yield _row(trackers.review_due(row.id, STEPS_DOWN.spoken(row.to_type), row.review_on, _about(row)), row)


def _warnings(session: Session) -> Iterator[TaskRow]:
    """One for each placement, by its latest sign."""
    query = _placed(select(early_warning.c.what, early_warning.c.seen_on, *_OF_PLACEMENT), early_warning)
    query = query.where(early_warning.c.closed_on.is_(None)).order_by(early_warning.c.seen_on, early_warning.c.id)
    latest: dict[UUID, tuple[Any, int]] = {}
    for row in session.execute(query):
        latest[row.where] = (row, latest[row.where][1] + 1 if row.where in latest else 0)
    for row, others in latest.values():
        yield _row(trackers.warning_due(row.where, row.what, others, row.seen_on, _about(row)), row)


def _past(today: date | None) -> Iterator[Any]:
    """A plan that is a day, past `today`; the end of a bed for the night has a task of its own since the child came."""
    yield from (_GOES_ON, placement.c.emergency.is_(True), placement.c.emergency_until.is_(None))
    yield placement.c.planned_end_on.is_not(None) if today is None else placement.c.planned_end_on < today


def _emergencies(session: Session, today: date | None, of: Sequence[UUID] | None) -> Iterator[TaskRow]:
    query = select(placement.c.planned_end_on, *_OF_PLACEMENT).join(child, child.c.id == placement.c.child_id)
    query = live(query.where(*_past(today)), placement)
    for some in [query] if of is None else [query.where(placement.c.child_id.in_(chunk)) for chunk in chunks(of)]:
        for row in session.execute(some):
            yield _row(trackers.emergency_due(row.where, row.planned_end_on, _about(row)), row)


def _placed(query: Select[Any], table: Any) -> Select[Any]:
    query = query.join(placement, placement.c.id == table.c.placement_id).join(
        child, child.c.id == placement.c.child_id
    )
    return live(query.where(_GOES_ON), table, placement)


def _about(row: Any) -> About:
    return About(placement_id=row.where, child_id=row.who, home_id=row.home_id)


def _row(due: Due, row: Any) -> TaskRow:
    return derived_row(due, child=row.initials)
