"""The journal as rows: who changed what and when, what can be undone, whether the chain holds."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from placement_tui.db.columns import officer, operation
from placement_tui.db.journal import header
from placement_tui.db.reads import approaches, offers, placements, referrals
from placement_tui.db.reads.audit import SETS_SOMETHING
from placement_tui.domain.history import Changed, Fault, Intention, OperationRow, Verified
from placement_tui.domain.operations import GENESIS, chain_hash, content_digest

LOOKED_BACK = 500  # operations at a time
ENOUGH = 50  # intentions; beyond them nobody undoes by one key
PAGES = 8


def history(session: Session, *, key: UUID | None = None, limit: int = 200) -> list[OperationRow]:
    """The last changes, of one record where `key` is given; the latest first."""
    query = select(operation, officer.c.initials).outerjoin(officer, officer.c.id == operation.c.officer_id)
    query = query.where(SETS_SOMETHING)
    if key is not None:
        query = query.where(operation.c.key == key)
    return [_row(row) for row in session.execute(query.order_by(operation.c.hlc.desc()).limit(limit))]


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
        query = select(c.intention, c.at, c.command, c.undoes).where(c.officer_id == officer_id, SETS_SOMETHING)
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
    """What some operations are about, for people: a home's name, a reference, a number of homes."""
    seen: dict[str, dict[UUID, None]] = {}
    for op in ops:
        seen.setdefault(op.noun, {})[op.key] = None
    by_noun = {noun: list(keys) for noun, keys in seen.items()}
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
    return session.execute(text("SELECT coalesce(max(rowid), 0) FROM operation")).scalar() or 0


def since(session: Session, arrived: int) -> tuple[int, Changed]:
    """What arrived after `latest` gave a number: the new number, and the records that changed; a look changes none."""
    rows = session.execute(
        text("SELECT o.rowid, o.noun, o.key, f.initials FROM operation o LEFT JOIN officer f ON f.id = o.officer_id "
             "WHERE o.rowid > :arrived AND o.fields IS NOT '{}' ORDER BY o.rowid"), {"arrived": arrived},
    ).all()  # fmt: skip
    ids: dict[str, set[UUID]] = {}
    for row in rows:
        ids.setdefault(row.noun, set()).add(UUID(row.key))
    by = rows[-1].initials or "" if rows else ""
    return (rows[-1].rowid if rows else arrived), Changed({noun: frozenset(keys) for noun, keys in ids.items()}, by)


def verify(session: Session) -> Verified:
    """Walk every device's chain from its start: each operation's values, header and place in the row are checked."""
    faults: list[Fault] = []
    count = 0
    devices = list(session.execute(select(operation.c.device).distinct()).scalars())
    for device in devices:
        expected, previous = 1, GENESIS
        for row in _chain(session, device):
            count += 1
            if row.sequence != expected:
                faults.append(Fault(device.hex, row.sequence, f"{row.sequence - expected} before it are missing"))
            elif chain_hash(previous, header(dict(row._mapping)), row.digest) != row.hash:
                faults.append(Fault(device.hex, row.sequence, f"its header or its place was changed ({row.noun})"))
            if row.fields is not None and _altered(row):
                faults.append(Fault(device.hex, row.sequence, f"its values were changed ({row.noun})"))
            expected, previous = row.sequence + 1, row.hash
    ends = session.execute(text("SELECT value FROM local WHERE name = 'chain'")).scalar()
    if ends:
        import json

        chain = json.loads(ends)
        last = session.execute(
            select(func.max(operation.c.sequence)).where(operation.c.device == UUID(chain["device"]))
        ).scalar()
        if (last or 0) != chain["sequence"]:
            faults.append(
                Fault(chain["device"], chain["sequence"], f"the chain ends at {last or 0}, not where it should")
            )
    faults += [Fault("", 0, said) for said in _harmed_pages(session)]
    return Verified(count, len(devices), tuple(faults))


def _harmed_pages(session: Session) -> list[str]:
    """What the cipher says of each page of the file that was changed behind its back, twice over.

    It reads beside the locks, and might meet a page that is just being written; the second look does not.
    """
    found = [set(session.execute(text("PRAGMA cipher_integrity_check")).scalars())]
    if found[0]:
        found.append(set(session.execute(text("PRAGMA cipher_integrity_check")).scalars()))
    return sorted(set.intersection(*found))


def _altered(row: Any) -> bool:
    try:
        return bool(content_digest(row.fields, row.salt) != row.digest)
    except ValueError:
        return True


def _chain(session: Session, device: UUID) -> Iterator[Any]:
    last = 0
    while True:
        query = select(operation).where(operation.c.device == device, operation.c.sequence > last)
        rows = session.execute(query.order_by(operation.c.sequence).limit(2000)).all()
        yield from rows
        if not rows:
            return
        last = rows[-1].sequence


def _row(row: Any) -> OperationRow:
    return OperationRow(row.id, row.sequence, row.at, row.initials or "", row.command, row.intention, row.undoes, row.noun,
                        row.key, row.fields, row.base, row.hash)  # fmt: skip
