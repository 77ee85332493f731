"""That a meeting brought something that no two machines can both have meant: who looks for it need not look all day."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from placement_tui.db.reads import doubles
from placement_tui.db.tables import Local


def note(session: Session, at: datetime) -> None:
    """Note since when something waits to be mended, as it stands after a meeting; or that nothing does."""
    row, some = session.get(Local, doubles.NOTED), bool(doubles.found(session))
    if some and row is None:
        session.add(Local(name=doubles.NOTED, value=at.isoformat()))
    elif not some and row is not None:
        session.delete(row)
