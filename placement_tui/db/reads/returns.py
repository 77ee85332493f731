"""Rows of the return that are kept as they came."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from placement_tui.db.columns import held, live
from placement_tui.domain.returns import HeldRow


def held_in(session: Session, year: int) -> list[HeldRow]:
    """The rows of a year that the program does not derive, in the order in which they came."""
    query = live(select(held.c.id, held.c.child_id, held.c.part, held.c.fields), held).where(held.c.year == year)
    return [HeldRow(*row) for row in session.execute(query.order_by(held.c.part, held.c.id))]
