"""Fields with more than one value, as the journal has them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from placement_tui.db.columns import columns_of, local, officer, operation
from placement_tui.db.heads import CONFLICTS, ops_of
from placement_tui.db.reads import children, homes, offers, placements, referrals, restricted
from placement_tui.db.tables import RECORDS
from placement_tui.domain.conflicts import ConflictRow, Side, groups
from placement_tui.domain.conflicts_stamps import to_settle
from placement_tui.domain.operations import FieldState, fold

_OWNERS = ("referral", "child", "placement", "offer", "home", "provider")  # of whom a record is, as its columns say


def noted(session: Session) -> dict[UUID, str]:
    """The records that are noted as having a field with more than one value, each with its table. Reads one row."""
    value: Mapping[str, str] = session.execute(select(local.c.value).where(local.c.name == CONFLICTS)).scalar() or {}
    return {UUID(said): noun for said, noun in value.items()}


def unsettled(session: Session, today: date, only: Iterable[UUID] | None = None) -> list[ConflictRow]:
    """What waits to be settled, of those records where `only` is given; the latest change first."""
    found = []
    keys = noted(session)
    for key in keys if only is None else dict.fromkeys(only):
        noun = keys.get(key, "")
        if noun and _stands(session, noun, key):
            found += _rows(session, noun, key, today)
    return sorted(found, key=lambda row: row.sides[-1].at, reverse=True)


def _rows(session: Session, noun: str, key: UUID, today: date) -> list[ConflictRow]:
    folded = fold(op for _, op in ops_of(session, [key]))
    states = {name: folded[name] for name in folded if name in to_settle(noun, key, folded)}
    if not states:
        return []
    heads = {UUID(head) for state in states.values() for head in state.heads}
    c = operation.c
    query = select(c.id, c.officer_id, officer.c.initials, c.at, c.hlc, c.fields).outerjoin(
        officer, officer.c.id == c.officer_id
    )
    ops = {row.id.hex: row for row in session.execute(query.where(c.id.in_(heads)))}
    about = _about(session, noun, key, today)
    rows = (ConflictRow(noun, key, names, about, _sides(names, states, ops)) for names in groups(states))
    return [restricted.shown(session, row) for row in rows]


def _sides(names: tuple[str, ...], states: Mapping[str, FieldState], ops: Mapping[str, Any]) -> tuple[Side, ...]:
    sides = []
    for head in dict.fromkeys(head for name in names for head in states[name].heads):
        row = ops[head]
        values = {name: row.fields[name] for name in names if name in (row.fields or {})}
        sides.append((row.hlc, Side(row.id, row.officer_id, row.initials or "", row.at, values)))
    return tuple(side for _, side in sorted(sides, key=lambda each: each[0]))


def _stands(session: Session, noun: str, key: UUID) -> bool:
    if noun not in RECORDS:
        return False
    c = columns_of(RECORDS[noun])
    return session.execute(select(c.id).where(c.id == key, c.struck_at.is_(None))).first() is not None


def _about(session: Session, noun: str, key: UUID, today: date) -> str:
    if noun == "referral":
        referral = referrals.get(session, key, today)
        return f"{referral.reference} {referral.child}" if referral else ""
    if noun == "child":
        child = children.get(session, key, today)
        return child.words if child else ""
    if noun == "offer":
        offer = offers.get(session, key, None, today)
        return f"{offer.reference} offer of {offer.name}" if offer else ""
    if noun == "placement":
        placement = placements.get(session, key, today)
        return f"{placement.child} at {placement.name}" if placement else ""
    if noun == "home":
        home = homes.record(session, key)
        return str(home.name or home.provider_name) if home else ""
    c = columns_of(RECORDS[noun])
    row = session.execute(select(*c).where(c.id == key)).one()
    owners = {owner: getattr(row, f"{owner}_id", None) for owner in _OWNERS if owner != noun}
    if owners.get("home"):
        del owners["provider"]
    whose = [_about(session, owner, known, today) for owner, known in owners.items() if known is not None]
    said = getattr(row, "title", None) or getattr(row, "name", None)
    told = ", ".join(each for each in (*whose, said) if each)
    return f"{noun.replace('_', ' ')}: {told}" if told else noun.replace("_", " ")
