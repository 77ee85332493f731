"""Permanence plans as rows, with their steps and where the child lives now."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from placement_tui.db.columns import child, home, live, permanence_plan, permanence_step, placement, provider
from placement_tui.db.reads.children import child_row
from placement_tui.db.reads.placed import Known
from placement_tui.db.reads.referrals import chunks
from placement_tui.domain.permanence import NewPlan, PlanRow, StepRow

_lives = placement.alias("lives")


def open_now(session: Session, today: date) -> list[PlanRow]:
    """Plans that are followed, the nearest target first, those without one last."""
    query = _query().where(permanence_plan.c.closed_on.is_(None))
    return _rows(session, query, today)


def everything(session: Session, today: date) -> list[PlanRow]:
    """Plans that are followed and those that are closed."""
    return _rows(session, _query(), today)


def of_child(session: Session, child_id: UUID, today: date) -> list[PlanRow]:
    """A child's plans, closed ones too."""
    return _rows(session, _query().where(permanence_plan.c.child_id == child_id), today)


def get(session: Session, plan_id: UUID, today: date) -> PlanRow | None:
    """One plan, or None."""
    rows = _rows(session, _query().where(permanence_plan.c.id == plan_id), today)
    return rows[0] if rows else None


def step(session: Session, step_id: UUID) -> tuple[UUID, StepRow] | None:
    """One step with its plan's id, or None."""
    query = live(select(permanence_step).where(permanence_step.c.id == step_id), permanence_step)
    row = session.execute(query).first()
    return (row.permanence_plan_id, _step(row)) if row is not None else None


def _query() -> Select[Any]:
    lives_here = (
        (_lives.c.child_id == permanence_plan.c.child_id) & _lives.c.ended_on.is_(None) & _lives.c.struck_at.is_(None)
    )
    return live(
        select(
            permanence_plan, child.c.id.label("who"), child.c.initials, child.c.identifier, child.c.name, child.c.born_on,
            child.c.age_said, child.c.age_said_on, child.c.sex, child.c.home_postcode, child.c.easting, child.c.northing,
            child.c.latitude, child.c.longitude, child.c.location, child.c.authority, _lives.c.id.label("where"),
            _lives.c.home_id, _lives.c.place,
            func.coalesce(func.nullif(home.c.name, ""), provider.c.name).label("home_name"),
        )
        .join(child, child.c.id == permanence_plan.c.child_id)
        .outerjoin(_lives, lives_here)
        .outerjoin(home, home.c.id == _lives.c.home_id)
        .outerjoin(provider, provider.c.id == home.c.provider_id)
        .order_by(
            permanence_plan.c.closed_on.is_not(None), permanence_plan.c.target_on.is_(None), permanence_plan.c.target_on,
            permanence_plan.c.id,
        ),
        permanence_plan,
    )  # fmt: skip


def _rows(session: Session, query: Select[Any], today: date) -> list[PlanRow]:
    rows = {row.id: row for row in session.execute(query)}  # of a child in two open placements the plan is shown once
    steps: dict[UUID, list[StepRow]] = {}
    wanted = select(permanence_step).order_by(permanence_step.c.position, permanence_step.c.id)
    for chunk in chunks(list(rows)):
        query = live(wanted.where(permanence_step.c.permanence_plan_id.in_(chunk)), permanence_step)
        for row in session.execute(query):
            steps.setdefault(row.permanence_plan_id, []).append(_step(row))
    found = []
    for row in rows.values():
        new = NewPlan(row.plan, row.decided_on, row.target_on, row.held_up_by, row.note)
        found.append(PlanRow(
            row.id, row.who, child_row(Known(row), today).words, row.identifier, new, tuple(steps.get(row.id, ())),
            row.logged_at, row.where, row.home_id, row.home_name or "", row.place, row.closed_on, row.closed_why,
        ))  # fmt: skip
    return found


def _step(row: Any) -> StepRow:
    return StepRow(row.id, row.what, row.due_on, row.done_on, row.position)
