"""Write vacancies. The register itself is written by `placement_tui.db.changes.register`."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from placement_tui.db.tables import Vacancy
from placement_tui.domain.vacancies import NewVacancy


def add_vacancy(session: Session, home_id: UUID, new: NewVacancy, at: datetime, officer: UUID | None) -> Vacancy:
    """What was said of a home's free beds."""
    row = Vacancy(home_id=home_id, said_at=at, officer_id=officer, **asdict(new))
    session.add(row)
    session.flush()
    return row
