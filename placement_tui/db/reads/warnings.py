"""Early warnings as rows."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from placement_tui.db.columns import early_warning, live, officer, placement
from placement_tui.db.reads import placed
from placement_tui.db.reads.children import child_row
from placement_tui.domain.warnings import NewWarning, WarningRow


def open_now(session: Session, today: date) -> list[WarningRow]:
    """Warnings that are open, of placements that go on, the oldest sign first."""
    query = _query().where(early_warning.c.closed_on.is_(None), placement.c.ended_on.is_(None))
    return _rows(session, query.order_by(early_warning.c.seen_on, early_warning.c.id), today)


def everything(session: Session, today: date, limit: int = 500) -> list[WarningRow]:
    """All warnings, the latest sign first."""
    return _rows(
        session, _query().order_by(early_warning.c.seen_on.desc(), early_warning.c.id.desc()).limit(limit), today
    )


def of_placement(session: Session, placement_id: UUID, today: date) -> list[WarningRow]:
    """Every warning of a placement, closed ones too, in the order in which they were seen."""
    query = _query().where(early_warning.c.placement_id == placement_id)
    return _rows(session, query.order_by(early_warning.c.seen_on, early_warning.c.id), today)


def get(session: Session, warning_id: UUID, today: date) -> WarningRow | None:
    """One warning, or None."""
    rows = _rows(session, _query().where(early_warning.c.id == warning_id), today)
    return rows[0] if rows else None


def _query() -> Select[Any]:
    logged = officer.c.initials.label("logger")
    query = placed.of_placement(select(early_warning, *placed.WHO, logged), early_warning.c.placement_id)
    return live(query.outerjoin(officer, officer.c.id == early_warning.c.officer_id), early_warning, placement)


def _rows(session: Session, query: Select[Any], today: date) -> list[WarningRow]:
    found = []
    for row in session.execute(query):
        over = min(day for day in (row.closed_on, row.ended_on, today) if day is not None)
        new = NewWarning(row.what, row.seen_on, row.factor, row.said_by, row.action)
        found.append(WarningRow(
            row.id, row.placement_id, row.who, child_row(placed.Known(row), today).words, row.identifier, row.home_id, row.home_name,
            row.reference, new, max(0, (over - row.seen_on).days), row.logged_at, row.logger or "", row.closed_on, row.ended_on,
        ))  # fmt: skip
    return found
