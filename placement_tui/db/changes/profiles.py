"""Write profiles, their risks, and that something of them was sent."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from placement_tui.db.changes import rows
from placement_tui.db.columns import live, risk
from placement_tui.db.reads import profiles
from placement_tui.db.tables import Profile, Risk, Sent, Wave
from placement_tui.domain.profiles import RiskRow


def put(
    session: Session,
    child_id: UUID,
    sections: Mapping[str, str],
    said_on: Mapping[str, date],
    at: datetime,
    officer: UUID | None,
) -> Profile:
    """What is written of a child, in place of what was written before."""
    fields: dict[str, Any] = {
        "sections": dict(sections), "said_on": {key: day.isoformat() for key, day in said_on.items()},
        "changed_at": at, "officer_id": officer,
    }  # fmt: skip
    key = profiles.row_of(session, child_id)
    if key is not None:
        return rows.change(session, Profile, key, fields)
    row = Profile(child_id=child_id, **fields)
    session.add(row)
    session.flush()
    return row


def put_risks(session: Session, child_id: UUID, risks: Sequence[RiskRow], at: datetime) -> None:
    """The risks of a child as they are said now: those of the same words are changed, new ones added, others struck out."""
    held = session.execute(
        live(select(risk.c.id, risk.c.what).where(risk.c.child_id == child_id), risk).order_by(risk.c.position)
    ).all()
    left = {row.id: row.what for row in held}
    for position, said in enumerate(risks):
        key = next((each for each, what in left.items() if what.casefold() == said.what.casefold()), None)
        fields: dict[str, Any] = {
            "what": said.what, "seen_on": said.seen_on, "context": said.context, "trigger": said.trigger,
            "mitigation": said.mitigation, "position": position,
        }  # fmt: skip
        if key is None:
            session.add(Risk(child_id=child_id, **fields))
        else:
            del left[key]
            rows.change(session, Risk, key, fields)
    for key in left:
        rows.get(session, Risk, key).struck_at = at
    session.flush()


def add_sent(session: Session, key: UUID, fields: Mapping[str, Any]) -> Sent:
    """Something left the program."""
    row = Sent(id=key, **fields)
    session.add(row)
    session.flush()
    return row


def score(session: Session, wave_id: UUID, value: int | None) -> None:
    """The score of the profile when a wave was sent."""
    rows.change(session, Wave, wave_id, {"score": value})
