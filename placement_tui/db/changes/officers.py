"""Write officers, and the tries to open the store that failed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from placement_tui.db.changes import rows
from placement_tui.db.reads.officers import TOLD
from placement_tui.db.tables import Attempt, Local, Officer
from placement_tui.domain.officers import AttemptRow


def add(session: Session, key: UUID, name: str, initials: str, role: str, at: datetime | None) -> Officer:
    """A new officer; the key is that of the slot that opens the store for them."""
    row = Officer(id=key, name=name, initials=initials, role=role, passphrase_at=at)
    session.add(row)
    session.flush()
    return row


def change(session: Session, key: UUID, fields: dict[str, Any]) -> Officer:
    """Set some fields of an officer; those that are as they were are left alone. Raises NotFound."""
    row = rows.change(session, Officer, key, fields)
    session.flush()
    return row


def add_attempts(session: Session, tried: Sequence[AttemptRow]) -> None:
    """Keep tries that failed, as noted beside the store."""
    session.add_all(
        Attempt(name=each.name, tried_at=each.tried_at, machine=each.machine, account=each.account) for each in tried
    )
    session.flush()


def attempts_told(session: Session, key: UUID, until: datetime) -> None:
    """Remember until when an officer was told of failed tries; this store alone knows it."""
    row = session.get(Local, TOLD)
    if row is None:
        session.add(Local(name=TOLD, value={key.hex: until.isoformat()}))
    else:
        row.value = {**row.value, key.hex: until.isoformat()}
