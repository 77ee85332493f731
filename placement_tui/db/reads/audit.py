"""The journal as the audit reads it: views and changes, each with its officer, its record and what it replaced."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from heapq import merge
from itertools import islice
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, String, and_, cast, or_, select
from sqlalchemy.orm import Session

from placement_tui.db.columns import officer, operation
from placement_tui.db.reads import belonging, labels, restricted
from placement_tui.db.reads.referrals import chunks
from placement_tui.domain.audit import AuditField, AuditRow, Kind
from placement_tui.domain.operations import WITHHELD

SETS_NOTHING: ColumnElement[bool] = cast(operation.c.fields, String) == "{}"
SETS_SOMETHING: ColumnElement[bool] = or_(operation.c.fields.is_(None), cast(operation.c.fields, String) != "{}")


def find(
    session: Session,
    *,
    about: UUID | None = None,
    child: UUID | None = None,
    officer_id: UUID | None = None,
    since: datetime | None = None,
    until: datetime | None = None,
    kind: Kind | None = None,
    limit: int = 200,
) -> tuple[AuditRow, ...]:
    """Views and changes, the latest first, at most `limit`.

    Of everything that belongs to a child where one is given, and of a record with what hangs on it for `about`.
    """
    c = operation.c
    query = select(operation, officer.c.name, officer.c.initials).outerjoin(officer, officer.c.id == c.officer_id)
    conditions: list[ColumnElement[bool]] = []
    if officer_id is not None:
        conditions.append(c.officer_id == officer_id)
    if since is not None:
        conditions += [c.at >= since, c.hlc >= int(since.timestamp() * 1000) << 16]
    if until is not None:
        conditions.append(c.at < until)
    if kind is not None:
        conditions.append(SETS_NOTHING if kind == "view" else SETS_SOMETHING)
    query = query.where(and_(True, *conditions)).order_by(c.hlc.desc(), c.sequence.desc()).limit(limit)
    wanted = _keys(session, about, child)
    if wanted is None:
        found = list(session.execute(query))
    else:
        parts = [list(session.execute(query.where(c.key.in_(chunk)))) for chunk in chunks(sorted(wanted))]
        found = list(islice(merge(*parts, key=lambda row: (-row.hlc, -row.sequence)), limit))
    return _rows(session, found)


def _keys(session: Session, about: UUID | None, child: UUID | None) -> set[UUID] | None:
    """The records that are meant, None for all."""
    if child is None and about is None:
        return None
    keys: set[UUID] = set()
    if child is not None:
        own, shared = belonging.of_children(session, {child})
        keys |= {key for found in (own, shared) for ids in found.values() for key in ids}
        keys |= belonging.groups_with(session, own.get("referral", set()) | shared.get("referral", set()))
    if about is not None:
        noun = belonging.noun_of(session, about)
        found = belonging.of_record(session, noun, about) if noun is not None and noun in belonging.theirs() else {}
        related = {about} | {key for ids in found.values() for key in ids}
        keys = keys & related if child is not None else related
    return keys


def _rows(session: Session, found: Sequence[Any]) -> tuple[AuditRow, ...]:
    before = _replaced(session, found)
    words = labels.of(session, {(row.noun, row.key) for row in found})
    return tuple(
        restricted.shown(session, AuditRow(
            row.id, row.at, row.officer_id, row.name or "", row.initials or "", "view" if row.fields == {} else "change",
            row.command, row.noun, row.key, words.get(row.key, ""), _fields(row, before),
            row.fields is None and row.salt != WITHHELD, row.fields is None and row.salt == WITHHELD,
        ))
        for row in found
    )  # fmt: skip


def _fields(row: Any, before: dict[str, dict[str, Any]]) -> tuple[AuditField, ...]:
    said = []
    for name, after in (row.fields or {}).items():
        if name == "id":
            continue
        bases = [before[base] for base in row.base.get(name, ()) if name in before.get(base, ())]
        said.append(AuditField(name, bases[-1][name] if bases else None, after))
    return tuple(said)


def _replaced(session: Session, found: Sequence[Any]) -> dict[str, dict[str, Any]]:
    """The fields of the operations that these replace, by id."""
    wanted: Iterable[str] = {base for row in found for bases in row.base.values() for base in bases}
    c = operation.c
    replaced: dict[str, dict[str, Any]] = {}
    for chunk in chunks(sorted(UUID(each) for each in wanted)):
        for row in session.execute(select(c.id, c.fields).where(c.id.in_(chunk))):
            replaced[row.id.hex] = row.fields or {}
    return replaced
