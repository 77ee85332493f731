"""Write vacancies. The register itself is written by `placement_tui.db.changes.register`."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from sqlalchemy.orm import Session

from placement_tui.db.tables import Vacancy


def add_vacancy(
    session: Session, home_id: UUID, beds: int, at: datetime, said_by: str, officer: UUID | None,
    from_on: date | None, until_on: date | None, note: str,
) -> Vacancy:  # fmt: skip
    """What was said of a home's free beds."""
    row = Vacancy(home_id=home_id, beds=beds, said_at=at, said_by=said_by, officer_id=officer, from_on=from_on,
                  until_on=until_on, note=note)  # fmt: skip
    session.add(row)
    return row
