"""The journal as rows: who changed what and when, what can be undone, whether the chain holds."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from placement_tui.db.columns import arrival, officer, operation
from placement_tui.db.reads import approaches, offers, placements, referrals, restricted
from placement_tui.db.reads.audit import SETS_SOMETHING
from placement_tui.domain.history import BY_ITSELF, Changed, Intention, OperationRow
from placement_tui.domain.operations import WITHHELD

LOOKED_BACK = 500  # operations at a time
ENOUGH = 50  # intentions; beyond them nobody undoes by one key
PAGES = 8


def history(
    session: Session, *, key: UUID | None = None, limit: int = 200, hidden: Sequence[str] = ()
) -> list[OperationRow]:
    """The last changes, of one record where `key` is given, without those of `hidden` tables; the latest first."""
    query = select(operation, officer.c.initials).outerjoin(officer, officer.c.id == operation.c.officer_id)
    query = query.where(SETS_SOMETHING, operation.c.noun.not_in(hidden))
    if key is not None:
        query = query.where(operation.c.key == key)
    rows = session.execute(query.order_by(operation.c.hlc.desc()).limit(limit))
    return [restricted.shown(session, _row(row)) for row in rows]


def of_intention(session: Session, intention: UUID) -> list[OperationRow]:
    """The operations of one intention, in the order in which they were made."""
    query = select(operation, officer.c.initials).outerjoin(officer, officer.c.id == operation.c.officer_id)
    return [
        _row(row)
        for row in session.execute(query.where(operation.c.intention == intention).order_by(operation.c.sequence))
    ]


def intentions(session: Session, officer_id: UUID) -> list[Intention]:
    """What an officer did last, the latest first. An import's thousands of operations do not hide what was before it."""
    c = operation.c
    found: dict[UUID, Intention] = {}
    before: int | None = None
    for _ in range(PAGES):
        query = select(c.intention, c.at, c.command, c.undoes).where(
            c.officer_id == officer_id, SETS_SOMETHING, c.command.not_in(BY_ITSELF)
        )
        if before is not None:
            query = query.where(c.hlc < before)
        rows = session.execute(query.order_by(c.hlc.desc()).limit(LOOKED_BACK)).all()
        for row in rows:
            found.setdefault(row.intention, Intention(row.intention, row.at, officer_id, row.command, row.undoes))
        if len(rows) < LOOKED_BACK or len(found) >= ENOUGH:
            break
        before = session.execute(select(func.min(c.hlc)).where(c.intention == rows[-1].intention)).scalar()
    return list(found.values())


def about(session: Session, ops: list[OperationRow], today: date) -> str:
    """What some operations are about, for people: a home's name, a reference, a number of homes or of rows."""
    seen: dict[str, dict[UUID, None]] = {}
    for op in ops:
        seen.setdefault(op.noun, {})[op.key] = None
    by_noun = {noun: list(keys) for noun, keys in seen.items()}
    if "held" in by_noun:
        return f"{len(by_noun['held']):,} rows of returns"
    if "placement" in by_noun:
        row = placements.get(session, by_noun["placement"][0], today)
        return f"{row.child} at {row.name}" if row else ""
    asked = by_noun.get("approach", [])
    if len(asked) > 1:
        return f"{len(asked)} homes"
    if asked:
        call = approaches.get(session, asked[0], today)
        return call.name if call else ""
    if "offer" in by_noun:
        offer = offers.get(session, by_noun["offer"][0], None, today)
        return offer.name if offer else ""
    if "referral" in by_noun:
        found = referrals.get(session, by_noun["referral"][0], today)
        return f"{found.reference} {found.child}" if found else ""
    if "home" in by_noun:
        return f"{len(by_noun['home'])} homes"
    return ""


def latest(session: Session) -> int:
    """A number that grows with every operation that arrives in this store."""
    return session.execute(select(func.coalesce(func.max(arrival), 0)).select_from(operation)).scalar() or 0


def since(session: Session, arrived: int) -> tuple[int, Changed]:
    """What arrived after `latest` gave a number: the new number, and the records that changed; a look changes none."""
    query = select(arrival.label("place"), operation.c.noun, operation.c.key, officer.c.initials)
    query = query.outerjoin(officer, officer.c.id == operation.c.officer_id).where(arrival > arrived, SETS_SOMETHING)
    rows = session.execute(query.order_by(arrival)).all()
    ids: dict[str, set[UUID]] = {}
    for row in rows:
        ids.setdefault(row.noun, set()).add(row.key)
    by = rows[-1].initials or "" if rows else ""
    return (rows[-1].place if rows else arrived), Changed({noun: frozenset(keys) for noun, keys in ids.items()}, by)


def _row(row: Any) -> OperationRow:
    return OperationRow(row.id, row.sequence, row.at, row.initials or "", row.command, row.intention, row.undoes, row.noun,
                        row.key, row.fields, row.base, row.hash, row.salt == WITHHELD)  # fmt: skip
