"""Write block beds."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from sqlalchemy.orm import Session

from placement_tui.db.changes import rows
from placement_tui.db.tables import BlockBed
from placement_tui.domain.beds import NewBlock


def add_block(session: Session, home_id: UUID, new: NewBlock) -> BlockBed:
    """Beds that the council pays for from now on."""
    row = BlockBed(home_id=home_id, beds=new.beds, weekly_pence=new.weekly_pence, from_on=new.from_on,
                   until_on=new.until_on, contract=new.contract)  # fmt: skip
    session.add(row)
    session.flush()
    return row


def end_block(session: Session, block_id: UUID, on: date) -> BlockBed:
    """That day is the last of the contract. Raises NotFound."""
    return rows.change(session, BlockBed, block_id, {"until_on": on})
