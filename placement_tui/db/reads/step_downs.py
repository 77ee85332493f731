"""Steps down as rows."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from placement_tui.db.columns import live, placement, step_down
from placement_tui.db.reads import placed
from placement_tui.db.reads.children import child_row
from placement_tui.domain.clocks_days import london_day
from placement_tui.domain.step_downs import NewStepDown, StepDownRow


def open_now(session: Session, today: date) -> list[StepDownRow]:
    """Steps down that are followed, of placements that go on, the next review first."""
    return _rows(session, _query().where(step_down.c.closed_on.is_(None), placement.c.ended_on.is_(None)), today)


def everything(session: Session, today: date) -> list[StepDownRow]:
    """All steps down, closed ones and those of ended placements too."""
    return _rows(session, _query(), today)


def open_of(session: Session, placement_id: UUID, today: date) -> StepDownRow | None:
    """The step down of a placement that is followed, or None."""
    query = _query().where(step_down.c.placement_id == placement_id, step_down.c.closed_on.is_(None))
    rows = _rows(session, query, today)
    return rows[0] if rows else None


def get(session: Session, step_down_id: UUID, today: date) -> StepDownRow | None:
    """One step down, or None."""
    rows = _rows(session, _query().where(step_down.c.id == step_down_id), today)
    return rows[0] if rows else None


def _query() -> Select[Any]:
    query = placed.of_placement(select(step_down, *placed.WHO), step_down.c.placement_id)
    order = (step_down.c.review_on.is_(None), step_down.c.review_on, step_down.c.id)
    return live(query.order_by(*order), step_down, placement)


def _rows(session: Session, query: Select[Any], today: date) -> list[StepDownRow]:
    return [
        StepDownRow(
            row.id, row.where, row.who, child_row(placed.Known(row), today).words, row.identifier, row.home_id,
            row.home_name, row.type_obtained, NewStepDown(row.to_type, row.target_on, row.review_on, row.note),
            max(0, ((row.ended_on or today) - london_day(row.started_at)).days), row.logged_at, row.reviewed_on,
            row.planned_end_on, row.ended_on, row.closed_on, row.outcome,
        )
        for row in session.execute(query)
    ]  # fmt: skip
