"""Children as rows."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from placement_tui.db.columns import child, live, referral, referral_child
from placement_tui.domain.homes import Position
from placement_tui.domain.referrals import ChildRow
from placement_tui.domain.typed_ages import age_on


def child_row(row: Any, today: date, needs: tuple[str, ...] = ()) -> ChildRow:
    """The row of a child; an age said without a date of birth grows by a year on the anniversary of saying it."""
    return ChildRow(row.id, row.initials, row.identifier, age_of(row, today), row.born_on, row.sex, row.home_postcode,
                    position_of(row), needs, row.name)  # fmt: skip


def age_of(row: Any, today: date) -> int | None:
    """Whole years on `today`, or None where nobody said."""
    if row.born_on is not None:
        return age_on(row.born_on, today)
    if row.age_said is None:
        return None
    return int(row.age_said) + (age_on(row.age_said_on, today) if row.age_said_on and row.age_said_on <= today else 0)


def position_of(row: Any) -> Position:
    """Where a row of the store lies."""
    return Position(row.easting, row.northing, row.latitude, row.longitude, row.location, row.authority)


def by_identifier(session: Session, identifier: str) -> UUID | None:
    """The child with that identifier of the council's, if there is one."""
    return session.execute(live(select(child.c.id).where(child.c.identifier == identifier), child).limit(1)).scalar()


def get(session: Session, child_id: UUID, today: date) -> ChildRow | None:
    """One child, or None."""
    row = session.execute(live(select(child).where(child.c.id == child_id), child)).first()
    return child_row(row, today) if row else None


def named(session: Session, said: str, limit: int = 20) -> list[tuple[UUID, str, str, UUID | None, str | None]]:
    """Children whose identifier, initials or name begin so: id, initials, identifier, latest referral and reference."""
    begins = said.replace("%", "").replace("_", "") + "%"
    query = live(
        select(child.c.id, child.c.initials, child.c.identifier).where(
            or_(child.c.identifier.ilike(begins), child.c.initials.ilike(begins), child.c.name.ilike(begins),
                child.c.name.ilike("% " + begins))
        ),
        child,
    )  # fmt: skip
    found: list[tuple[UUID, str, str, UUID | None, str | None]] = []
    for row in session.execute(query.order_by(child.c.id.desc()).limit(limit)).all():
        latest = session.execute(
            live(
                select(referral.c.id, referral.c.reference)
                .join(referral_child, referral_child.c.referral_id == referral.c.id)
                .where(referral_child.c.child_id == row.id),
                referral, referral_child,
            ).order_by(referral.c.received_at.desc()).limit(1)
        ).first()  # fmt: skip
        found.append(
            (row.id, row.initials, row.identifier, latest.id if latest else None, latest.reference if latest else None)
        )
    return found
