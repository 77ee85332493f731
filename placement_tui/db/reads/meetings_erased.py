"""What erasures took out, as it travels between two stores: which operations, by which erasure, and whether the files are clean."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from placement_tui.db.columns import erasure, local, operation
from placement_tui.db.reads.referrals import chunks

UNCLEAN = "erased elsewhere, not cleaned"


def ended_by(session: Session, key: UUID, after: Mapping[str, int]) -> Iterator[tuple[str, int]]:
    """The erasures of a record that are still to come: device and number."""
    c = operation.c
    of = select(c.intention).where(c.key == key)
    query = select(c.device, c.sequence).where(c.intention.in_(of), c.noun == erasure.name)
    for row in session.execute(query):
        if row.sequence > after.get(row.device.hex, row.sequence):
            yield row.device.hex, row.sequence


def emptied(session: Session, intentions: set[UUID]) -> list[str]:
    """The operations whose values some erasures took out, by the records that each of them restated."""
    found: list[str] = []
    c = operation.c
    for intention in intentions:
        keys = list(session.execute(select(c.key).where(c.intention == intention).distinct()).scalars())
        for chunk in chunks(keys):
            query = select(c.id).where(c.key.in_(chunk), c.fields.is_(None), c.salt == "")
            found += [each.hex for each in session.execute(query).scalars()]
    return sorted(set(found))


def erasing(session: Session, intentions: set[UUID]) -> set[UUID]:
    """Those of some intentions that were erasures."""
    c = operation.c
    found: set[UUID] = set()
    for chunk in chunks(sorted(intentions)):
        query = select(c.intention).where(c.intention.in_(chunk), c.noun == erasure.name).distinct()
        found |= set(session.execute(query).scalars())
    return found


def unclean(session: Session) -> bool:
    """True where an erasure came in and the store's files were not cleaned after it."""
    return session.execute(select(local.c.name).where(local.c.name == UNCLEAN)).first() is not None
