"""Write holds, exemptions, terms of approval, and what was said of other authorities' children."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from placement_tui.db.changes import rows
from placement_tui.db.columns import hold, live
from placement_tui.db.tables import Exemption, Hold, Home, OthersBed
from placement_tui.domain.others import Others


def add_hold(
    session: Session, home_id: UUID, beds: int, at: datetime, until: datetime, said_by: str, referral_id: UUID | None,
    officer: UUID | None,
) -> Hold:  # fmt: skip
    """Beds that a home keeps."""
    row = Hold(home_id=home_id, beds=beds, held_at=at, until_at=until, said_by=said_by, referral_id=referral_id,
               officer_id=officer)  # fmt: skip
    session.add(row)
    session.flush()
    return row


def release(session: Session, hold_id: UUID, at: datetime) -> Hold:
    """Beds that are kept no more. Raises NotFound."""
    return rows.change(session, Hold, hold_id, {"released_at": at})


def let_go(
    session: Session, referral_id: UUID, at: datetime, home_id: UUID | None = None, beds: int | None = None
) -> None:
    """The beds held for a referral are kept no more: all of them, or so many of one home."""
    query = select(hold.c.id).where(hold.c.referral_id == referral_id, hold.c.released_at.is_(None))
    if home_id is not None:
        query = query.where(hold.c.home_id == home_id)
    left = beds
    for key in session.execute(live(query, hold).order_by(hold.c.id)).scalars().all():
        row = rows.get(session, Hold, key)
        if left is None or row.beds <= left:
            row.released_at = at
            left = None if left is None else left - row.beds
        elif left:
            row.beds, left = row.beds - left, 0


def say_others(session: Session, home_id: UUID, said: Sequence[Others], at: datetime, officer: UUID | None) -> None:
    """What a home says of other authorities' children, in place of all that was said before; each a row of its own."""
    named = [each for each in said if each.beds]
    for each in named or [Others(0)]:
        session.add(OthersBed(home_id=home_id, authority=each.authority, beds=each.beds, since_on=each.since_on, said_at=at,
                              officer_id=officer))  # fmt: skip
    session.flush()


def add_exemption(
    session: Session, home_id: UUID, child_id: UUID, given_by: str, from_on: date, until_on: date | None, why: str,
    officer: UUID | None,
) -> Exemption:  # fmt: skip
    """Leave for a home to foster one more, by name."""
    row = Exemption(home_id=home_id, child_id=child_id, given_by=given_by, from_on=from_on, until_on=until_on, why=why,
                    officer_id=officer)  # fmt: skip
    session.add(row)
    session.flush()
    return row


def end_exemption(session: Session, exemption_id: UUID, last_on: date) -> Exemption:
    """An exemption is over after a day. Raises NotFound."""
    return rows.change(session, Exemption, exemption_id, {"until_on": last_on})


def change_home(session: Session, home_id: UUID, fields: Mapping[str, Any]) -> Home:
    """Set some fields of a home. Raises NotFound."""
    return rows.change(session, Home, home_id, fields)
