"""Write waves, approaches and what came of them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from placement_tui.db.changes import rows
from placement_tui.db.columns import approach, live
from placement_tui.db.tables import Approach, Wave


def add_wave(
    session: Session,
    referral_id: UUID,
    number: int,
    at: datetime,
    emergency: bool,
    asked: Sequence[dict[str, Any]],
    officer: UUID | None,
    **more: Any,
) -> tuple[Wave, list[Approach]]:
    """A wave and its approaches, in the order in which they are to be called; each of `asked` gives columns.

    `more` are further columns of the wave: its tier, until when it has time, why it is off framework, its score.
    """
    wave = Wave(referral_id=referral_id, number=number, sent_at=at, emergency=emergency, **more)
    session.add(wave)
    session.flush()
    made = [
        Approach(referral_id=referral_id, wave_id=wave.id, officer_id=officer, asked_at=at, rank=rank, **columns)
        for rank, columns in enumerate(asked)
    ]
    session.add_all(made)
    session.flush()
    return wave, made


def add(session: Session, columns: dict[str, Any]) -> UUID:
    """One approach by itself, outside any wave; its id."""
    row = Approach(**columns)
    session.add(row)
    session.flush()
    return row.id


def get(session: Session, approach_id: UUID) -> Approach:
    """The approach to change. Raises NotFound."""
    return rows.get(session, Approach, approach_id)


def change(session: Session, approach_id: UUID, fields: dict[str, Any]) -> Approach:
    """Set some fields of an approach; those that are as they were are left alone. Raises NotFound."""
    return rows.change(session, Approach, approach_id, fields)


def change_wave(session: Session, wave_id: UUID, fields: dict[str, Any]) -> Wave:
    """Set some fields of a wave. Raises NotFound."""
    return rows.change(session, Wave, wave_id, fields)


def close_others(
    session: Session, referral_id: UUID, closing: str, at: datetime, officer: UUID | None, keep: UUID | None = None
) -> list[UUID]:
    """Withdraw every approach of a referral that is still waited for; gives those that were."""
    query = select(approach.c.id).where(
        approach.c.referral_id == referral_id, approach.c.outcome.in_(("awaiting", "no_reply")), approach.c.id != keep
    )
    closed = list(session.execute(live(query, approach)).scalars())
    for key in closed:
        change(session, key, {"outcome": "withdrawn", "closing": closing, "answered_at": at, "answered_by": officer,
                              "call_back_at": None})  # fmt: skip
    return closed
