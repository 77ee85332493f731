"""What the return says of a placement, where that is not what its home says."""

from __future__ import annotations

from dataclasses import asdict
from uuid import UUID

from sqlalchemy.orm import Session

from placement_tui.db.changes import rows
from placement_tui.db.tables import Placement
from placement_tui.domain.returns.typed import Returned


def say(session: Session, placement_id: UUID, said: Returned) -> Placement:
    """Set the parts that were said, and leave the others to the home. Raises NotFound."""
    return rows.change(session, Placement, placement_id, asdict(said))
