"""Children made twice, children in two homes, homes that are fuller than they can be."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from placement_tui.db.columns import child, columns_of, home, live, local, placement, provider, referral, referral_child
from placement_tui.db.tables import RECORDS
from placement_tui.domain.doubles import DoubleRow, Twin, child_twice, too_full, two_homes
from placement_tui.domain.tasks import TaskRow

NOTED = "doubles"
_NAME = func.coalesce(func.nullif(home.c.name, ""), provider.c.name)
_NO_PLACE = or_(placement.c.place.is_(None), placement.c.place.not_like("T%"))


def found(session: Session) -> list[DoubleRow]:
    """Everything that cannot be so, as it stands now."""
    return [*_children(session), *_two_homes(session), *_too_full(session)]


def waiting(session: Session) -> list[TaskRow]:
    """What of it waits to be mended, as tasks: looked for only where a meeting brought some."""
    since = session.execute(select(local.c.value).where(local.c.name == NOTED)).scalar()
    return [row.task(datetime.fromisoformat(since)) for row in found(session)] if since else []


def twins(session: Session, keys: list[UUID]) -> list[Twin]:
    """Some children, each with the reference of its latest referral."""
    latest: dict[UUID, str] = {}
    query = (
        select(referral_child.c.child_id, referral.c.reference)
        .join(referral, referral.c.id == referral_child.c.referral_id)
        .where(referral_child.c.child_id.in_(keys))
        .order_by(referral.c.received_at)
    )
    for row in session.execute(live(query, referral_child, referral)):
        latest[row.child_id] = row.reference
    rows = session.execute(live(select(child).where(child.c.id.in_(keys)), child).order_by(child.c.id))
    return [Twin(row.id, row.identifier, row.initials, latest.get(row.id, "")) for row in rows]


def of_reference(session: Session, reference: str) -> list[Twin]:
    """The children of a referral."""
    query = (
        select(referral_child.c.child_id)
        .join(referral, referral.c.id == referral_child.c.referral_id)
        .where(func.upper(referral.c.reference) == reference.strip().upper())
    )
    return twins(session, list(session.execute(live(query, referral_child, referral)).scalars()))


def belonging(session: Session, child_id: UUID) -> dict[str, list[UUID]]:
    """The records that name a child as theirs, by table, struck out ones too: an undo must not bring an old name back."""
    found_: dict[str, list[UUID]] = {}
    for noun, table in RECORDS.items():
        column = columns_of(table).get("child_id")
        if column is not None:
            found_[noun] = list(session.execute(select(columns_of(table).id).where(column == child_id)).scalars())
    return found_


def columns(session: Session, child_id: UUID) -> dict[str, Any] | None:
    """A child by its columns."""
    row = session.execute(live(select(child).where(child.c.id == child_id), child)).first()
    return dict(row._mapping) if row else None


def _children(session: Session) -> list[DoubleRow]:
    said = func.upper(func.trim(child.c.identifier))
    twice = live(select(said).where(child.c.identifier != ""), child).group_by(said).having(func.count() > 1)
    codes = list(session.execute(twice).scalars())
    if not codes:
        return []
    by_code: dict[str, list[UUID]] = defaultdict(list)
    for row in session.execute(
        live(select(child.c.id, said.label("code")).where(said.in_(codes)), child).order_by(child.c.id)
    ):
        by_code[row.code].append(row.id)
    return [child_twice(tuple(twins(session, keys))) for _, keys in sorted(by_code.items())]


def _two_homes(session: Session) -> list[DoubleRow]:
    standing = live(select(placement.c.child_id).where(placement.c.ended_on.is_(None), _NO_PLACE), placement)
    twice = list(session.execute(standing.group_by(placement.c.child_id).having(func.count() > 1)).scalars())
    query = (
        select(placement.c.id, placement.c.child_id, child.c.initials, child.c.identifier, _NAME.label("home"))
        .join(child, child.c.id == placement.c.child_id)
        .join(home, home.c.id == placement.c.home_id)
        .join(provider, provider.c.id == home.c.provider_id)
        .where(placement.c.child_id.in_(twice), placement.c.ended_on.is_(None), _NO_PLACE)
        .order_by(placement.c.started_at)
    )
    by_child: dict[UUID, list[Any]] = defaultdict(list)
    for row in session.execute(live(query, placement)) if twice else ():
        by_child[row.child_id].append(row)
    return [
        two_homes(
            f"{rows[0].initials} {rows[0].identifier}".strip(),
            tuple(row.home for row in rows),
            tuple(row.id for row in rows),
        )
        for rows in by_child.values()
    ]


def _too_full(session: Session) -> list[DoubleRow]:
    query = (
        select(home.c.id, _NAME.label("home"), home.c.places, func.count(placement.c.id).label("ours"))
        .join(placement, placement.c.home_id == home.c.id)
        .join(provider, provider.c.id == home.c.provider_id)
        .where(
            placement.c.ended_on.is_(None),
            _NO_PLACE,
            home.c.places.is_not(None),
            home.c.kind != "agency",
            home.c.past.is_(False),
        )
        .group_by(home.c.id, _NAME, home.c.places)
        .having(func.count(placement.c.id) > home.c.places)
    )
    return [too_full(row.home, row.ours, row.places, row.id) for row in session.execute(live(query, home, placement))]
