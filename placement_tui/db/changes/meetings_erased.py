"""What erasures of other stores take out here: the values of operations, and what was said beside them."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import null, select
from sqlalchemy.orm import Session

from placement_tui.db.columns import operation
from placement_tui.db.reads.meetings_erased import UNCLEAN, erasing
from placement_tui.db.reads.referrals import chunks
from placement_tui.db.tables import Local
from placement_tui.domain.operations import ends, knowing
from placement_tui.errors import Refused

_VERIFY = "`placement verify` at both ends says which store is harmed"


def empty(session: Session, emptied: Collection[str], touched: dict[UUID, str]) -> int:
    """Take out the values of operations that an erasure took out elsewhere; gives how many.

    Raises Refused where no erasure that came is of their records.
    """
    ids = []
    for each in emptied:
        try:
            ids.append(UUID(each))
        except (ValueError, TypeError, AttributeError):
            raise Refused(
                "The stream names something that is no operation: nothing of it was kept", mend="meet again"
            ) from None
    c, count = operation.c, 0
    for chunk in chunks(sorted(ids)):
        there = session.execute(select(c.id, c.key, c.noun).where(c.id.in_(chunk), c.fields.is_not(None))).all()
        if {row.key for row in there} - _erased(session, {row.key for row in there}):
            raise Refused("The stream takes out what nobody erased: nothing of it was kept", mend=_VERIFY)
        touched.update({row.key: row.noun for row in there})
        _take_out(session, [row.id for row in there])
        count += len(there)
    return count


def settle(session: Session, touched: Mapping[UUID, str]) -> int:
    """What somebody said of a record that was erased elsewhere, not knowing it, is erased as well.

    A record erased as a whole has an operation of the erasure that says all that is left of it. Where two stores erased
    it, neither knowing of the other, the one that leaves less stands, and of two alike the later. Gives how many it was.
    """
    count = 0
    for chunk in chunks(sorted(touched)):
        c = operation.c
        query = select(c.id, c.device, c.hlc, c.key, c.intention, c.fields, c.base).where(c.key.in_(chunk))
        by_key: dict[UUID, list[Any]] = {}
        for row in session.execute(query):
            by_key.setdefault(row.key, []).append(row)
        last = {key: [row for row in rows if ends(row.fields)] for key, rows in by_key.items()}
        by = erasing(session, {row.intention for rows in last.values() for row in rows})
        goes = []
        for key, rows in by_key.items():
            found = [row for row in last[key] if row.intention in by]
            if found:
                end = max(found, key=lambda row: (row.fields["struck_at"] is not None, row.hlc, row.device, row.id))
                knew = knowing(rows, end.id.hex)
                goes += [row.id for row in rows if row.fields is not None and row.id.hex not in knew]
        _take_out(session, goes)
        count += len(goes)
    return count


def _take_out(session: Session, ids: Sequence[UUID]) -> None:
    for chunk in chunks(list(ids)):
        session.execute(operation.update().where(operation.c.id.in_(chunk)).values(fields=null(), salt=""))


def _erased(session: Session, keys: Collection[UUID]) -> set[UUID]:
    """Those of some records of which an erasure said what is left."""
    c = operation.c
    by: dict[UUID, set[UUID]] = {}
    for chunk in chunks(sorted(keys)):
        for row in session.execute(select(c.key, c.intention).where(c.key.in_(chunk)).distinct()):
            by.setdefault(row.intention, set()).add(row.key)
    return set().union(*(by[each] for each in erasing(session, set(by))))


def unclean(session: Session) -> None:
    """Note that the file's free pages, its log and its backups hold what was erased elsewhere, until they are cleaned."""
    if session.get(Local, UNCLEAN) is None:
        session.add(Local(name=UNCLEAN, value=True))


def cleaned(session: Session) -> None:
    """Note that they hold nothing of it any more."""
    row = session.get(Local, UNCLEAN)
    if row is not None:
        session.delete(row)
