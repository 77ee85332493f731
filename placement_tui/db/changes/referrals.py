"""Write referrals, their children and needs."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from placement_tui.db import heads
from placement_tui.db.changes import rows
from placement_tui.db.columns import live, need, referral_child
from placement_tui.db.tables import Child, Need, Referral, ReferralChild
from placement_tui.domain.homes import Position
from placement_tui.domain.referrals import NewChild, NewReferral


def add(session: Session, new: NewReferral, reference: str, at: datetime, officer: UUID | None) -> Referral:
    """A new referral, without its children."""
    row = Referral(
        reference=reference, received_at=at, officer_id=officer, wanted=list(new.wanted), urgency=new.urgency,
        needed_by=new.needed_by, why_now=new.why_now, tonight=new.tonight, legal_status=new.legal_status,
        together=new.together, must_have=new.must_have, nice_to_have=new.nice_to_have, avoid=new.avoid,
        max_miles=new.max_miles, social_worker=new.social_worker, social_worker_phone=new.social_worker_phone,
        note=new.note, kin_explored=new.kin_explored,
    )  # fmt: skip
    session.add(row)
    return row


def add_child(
    session: Session, referral: Referral, new: NewChild, place: Position, today: date, number: int, known: UUID | None
) -> Child:
    """A child of a referral: the one known already, brought up to date with what is typed, or a new one."""
    child = session.get(Child, known) if known else None
    if child is None:
        child = Child(identifier=new.identifier, initials=new.initials)
        session.add(child)
    typed: dict[str, Any] = {
        "initials": new.initials, "name": new.name, "born_on": new.born_on, "sex": None if new.sex == "U" else new.sex,
        "age_said": None if new.born_on else new.age, "age_said_on": None if new.born_on or new.age is None else today,
    }  # fmt: skip
    if new.home_postcode:
        typed |= {"home_postcode": new.home_postcode, **position_fields(place)}
    for name, value in typed.items():
        if value not in (None, "") and getattr(child, name) != value:
            setattr(child, name, value)
    session.flush()
    session.add(ReferralChild(referral_id=referral.id, child_id=child.id, position=number))
    session.add_all(Need(referral_id=referral.id, child_id=child.id, code=code) for code in new.needs)
    return child


def position_fields(place: Position) -> dict[str, Any]:
    """A position as a row's columns."""
    return {
        name: getattr(place, name) for name in ("easting", "northing", "latitude", "longitude", "location", "authority")
    }


def change(session: Session, referral_id: UUID, fields: dict[str, Any]) -> Referral:
    """Set some fields of a referral; those that are as they were are left alone. Raises NotFound."""
    return rows.change(session, Referral, referral_id, fields)


def change_child(session: Session, child_id: UUID, fields: dict[str, Any]) -> Child:
    """Set some fields of a child. Raises NotFound."""
    return rows.change(session, Child, child_id, fields)


def remove_child(session: Session, referral_id: UUID, child_id: UUID, at: datetime) -> None:
    """Strike a child out of a referral, with the needs that were named there; the child stays on record."""
    for table, of in ((referral_child, ReferralChild), (need, Need)):
        query = live(select(table.c.id).where(table.c.referral_id == referral_id, table.c.child_id == child_id), table)
        for key in session.execute(query).scalars().all():
            rows.get(session, of, key).struck_at = at


def set_needs(session: Session, referral_id: UUID, child_id: UUID | None, codes: Iterable[str], at: datetime) -> None:
    """Make these the needs of a child of a referral: new ones added, others struck out.

    What a colleague added or struck out since the officer read them stays so: sets merge.
    """
    wanted = list(dict.fromkeys(codes))
    query = select(need.c.id, need.c.code, need.c.struck_at).where(
        need.c.referral_id == referral_id, need.c.child_id == child_id
    )
    known = session.execute(query).all()
    there = {row.code: row.id for row in known if row.struck_at is None}
    read = heads.read_live(session, [row.id for row in known])
    if read is not None:
        had = {row.code for row in known if row.id in read}
        added, removed = set(wanted) - had, had - set(wanted)
        both = dict.fromkeys([*there, *wanted])
        wanted = [code for code in both if code in added or (code in there and code not in removed)]
    for code, key in there.items():
        if code not in wanted and (row := session.get(Need, key)) is not None:
            row.struck_at = at
    session.add_all(Need(referral_id=referral_id, child_id=child_id, code=code) for code in wanted if code not in there)


def children(session: Session, referral_id: UUID) -> list[UUID]:
    """The children of a referral, in order."""
    query = select(referral_child.c.child_id).where(referral_child.c.referral_id == referral_id)
    return list(session.execute(live(query, referral_child).order_by(referral_child.c.position)).scalars())
