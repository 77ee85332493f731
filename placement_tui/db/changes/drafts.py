"""Half-typed forms, written as they are typed. They belong to this store and one officer, and are not journaled."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from placement_tui.db.columns import draft
from placement_tui.db.tables import Draft


def save(session: Session, officer: UUID, form: str, about: str, typed: dict[str, Any], at: datetime) -> None:
    """Keep what is typed in a form about something, in place of what was kept before."""
    row = session.execute(_of(officer, form, about)).scalar()
    if row is None:
        session.add(Draft(officer_id=officer, form=form, about=about, typed=typed, saved_at=at))
    else:
        row.typed, row.saved_at = typed, at


def discard(session: Session, officer: UUID, form: str, about: str) -> None:
    """Forget a draft: its form was saved, or the officer let it go."""
    session.execute(delete(Draft).where(draft.c.officer_id == officer, draft.c.form == form, draft.c.about == about))


def load(session: Session, officer: UUID, form: str, about: str) -> tuple[dict[str, Any], datetime] | None:
    """What was typed and when, or None."""
    row = session.execute(_of(officer, form, about)).scalar()
    return (row.typed, row.saved_at) if row else None


def waiting(session: Session, officer: UUID) -> list[tuple[str, str, datetime]]:
    """The officer's drafts: form, what it is about, when it was typed; the latest first."""
    query = select(draft.c.form, draft.c.about, draft.c.saved_at).where(draft.c.officer_id == officer)
    return [tuple(row) for row in session.execute(query.order_by(draft.c.saved_at.desc()))]


def _of(officer: UUID, form: str, about: str) -> Any:
    return select(Draft).where(draft.c.officer_id == officer, draft.c.form == form, draft.c.about == about).limit(1)
