"""How far this store knows every device's chain, and what of it somebody else lacks."""

from __future__ import annotations

import heapq
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from placement_tui.db.columns import device as devices_
from placement_tui.db.columns import local, operation, setting
from placement_tui.db.heads import plain
from placement_tui.db.reads.meetings_erased import ended_by
from placement_tui.domain.meetings import BATCH, LaptopRow, LastMet, Member, Sent, Standing, open_only_name
from placement_tui.domain.settings import setting_id

MET, BUNDLE_KEY, HANDED = "met", "bundle key", "laptop's bundle key"
COLUMNS = (
    "id", "device", "sequence", "hlc", "at", "officer_id", "command", "intention", "undoes", "noun", "key", "fields", "base",
    "salt", "digest", "hash",
)  # fmt: skip


def standing(session: Session) -> Standing:
    """The last operation of every device, by device: two steps in an index for each, however long its chain is."""
    return {device.hex: (row.sequence, row.hash) for device in _devices(session) if (row := _last(session, device))}


def _devices(session: Session) -> Iterator[UUID]:
    """The devices that have a chain here."""
    c = operation.c
    found = session.execute(select(c.device).order_by(c.device).limit(1)).scalar()
    while found is not None:
        yield found
        found = session.execute(select(c.device).where(c.device > found).order_by(c.device).limit(1)).scalar()


def _last(session: Session, device: UUID) -> Any:
    c = operation.c
    query = select(c.sequence, c.hash, c.at).where(c.device == device).order_by(c.sequence.desc()).limit(1)
    return session.execute(query).first()


def hashes(session: Session, theirs: Standing) -> dict[str, str]:
    """Our hash of the operation that they name as their last, of each device that we know so far."""
    c = operation.c
    found = {}
    for device, (sequence, _) in theirs.items():
        known = session.execute(select(c.hash).where(c.device == UUID(device), c.sequence == sequence)).scalar()
        if known is not None:
            found[device] = known
    return found


def lacking(
    session: Session, after: Mapping[str, int], size: int = BATCH, until: Mapping[str, int] | None = None
) -> Iterator[list[Sent]]:
    """The operations after those numbers, in batches and in the order of their clocks: what made a thing before what uses it.

    `until` says where some chains end for whoever gives. Where an operation's values were erased, its batch goes on to the
    erasure: whoever takes it has no record of which nothing is said, also where the line breaks.
    """
    batch: list[Sent] = []
    due: dict[str, int] = {}  # device -> the erasure that the batch has to reach
    reached = dict(after)
    ends = until or {}
    chains = [_chain(session, device, number, ends.get(device)) for device, number in sorted(after.items())]
    for row in heapq.merge(*chains, key=lambda row: (row["hlc"], row["device"], row["sequence"])):
        batch.append(row)
        reached[row["device"]] = row["sequence"]
        if row["fields"] is None and not row["salt"]:
            for device, number in ended_by(session, UUID(row["key"]), reached):
                due[device] = max(number, due.get(device, 0))
        if due.get(row["device"], -1) <= row["sequence"]:
            due.pop(row["device"], None)
        if len(batch) >= size and not due:
            yield batch
            batch = []
    if batch:
        yield batch


def count(session: Session, after: Mapping[str, int], until: Mapping[str, int] | None = None) -> int:
    """How many those are."""
    c, ends, found = operation.c, until or {}, 0
    for device, number in after.items():
        query = select(func.count()).where(c.device == UUID(device), c.sequence > number)
        if device in ends:
            query = query.where(c.sequence <= ends[device])
        found += session.execute(query).scalar_one()
    return found


def _chain(session: Session, device: str, after: int, until: int | None) -> Iterator[Sent]:
    """One device's operations, a few hundred at a time, so that memory holds no whole chain."""
    c = operation.c
    query = select(*(c[name] for name in COLUMNS)).where(c.device == UUID(device))
    if until is not None:
        query = query.where(c.sequence <= until)
    while True:
        rows = session.execute(query.where(c.sequence > after).order_by(c.sequence).limit(BATCH)).all()
        for row in rows:
            yield {name: plain(value) for name, value in zip(COLUMNS, row, strict=True)}
        if len(rows) < BATCH:
            return
        after = rows[-1].sequence


def device_named(session: Session, device: UUID) -> Any:
    """A device's letter and name, or None."""
    return session.execute(select(devices_.c.letter, devices_.c.name).where(devices_.c.id == device)).first()


def own_device(session: Session) -> UUID | None:
    """The device that this store writes as."""
    value = session.execute(select(local.c.value).where(local.c.name == "chain")).scalar()
    return UUID(value["device"]) if value else None


def met(session: Session) -> list[LastMet]:
    """The stores that this one met, the latest first."""
    chain = session.execute(select(local.c.value).where(local.c.name == "chain")).scalar() or {
        "sequence": 0,
        "device": "",
    }
    noted = session.execute(select(local.c.value).where(local.c.name == MET)).scalar() or {}
    found = [
        LastMet(
            key,
            each["name"],
            datetime.fromisoformat(each["at"]),
            chain["sequence"] - each["standing"].get(chain["device"], 0),
        )
        for key, each in noted.items()
    ]
    return sorted(found, key=lambda each: each.at, reverse=True)


def unshared(session: Session, noun: str) -> set[UUID]:
    """The records of a table that a laptop changed since it met the team last."""
    known = met(session) if is_laptop(session) else []
    chain = session.execute(select(local.c.value).where(local.c.name == "chain")).scalar()
    if not known or not known[0].unshared or not chain:
        return set()
    c = operation.c
    query = select(c.key).where(c.device == UUID(chain["device"]), c.sequence > chain["sequence"] - known[0].unshared)
    return set(session.execute(query.where(c.noun == noun).distinct()).scalars())


def is_laptop(session: Session) -> bool:
    """True where this store was made from a team's: its device has a letter."""
    own = own_device(session)
    named = device_named(session, own) if own else None
    return bool(named and named.letter)


def devices(session: Session) -> list[LaptopRow]:
    """The team's devices in the order in which they came, with how far each is known."""
    query = select(devices_.c.id, devices_.c.letter, devices_.c.name).where(devices_.c.struck_at.is_(None))
    chose = select(setting.c.name).where(setting.c.name.like("open_only_%"), setting.c.struck_at.is_(None))
    part = set(session.execute(chose).scalars())
    own, found = own_device(session), []
    for row in session.execute(query.order_by(devices_.c.id)).all():
        last = _last(session, row.id)
        known, at = (last.sequence, last.at) if last else (0, None)
        found.append(LaptopRow(row.id, row.letter, row.name, known, at, row.id == own, open_only_name(row.id) in part))
    return found


def newest_member(session: Session) -> Member | None:
    """The laptop that this copy was made for: the one added last, where nothing was written as it yet.

    None in the team's own store and its backups, which hold no laptop's key.
    """
    if session.execute(select(local.c.name).where(local.c.name == HANDED)).first() is None:
        return None
    rows = devices(session)
    own = next((row for row in rows if row.own), None)
    if own is None or not rows or rows[-1].known or not rows[-1].letter or rows[-1].own:
        return None
    return Member(rows[-1].id, rows[-1].name, own.id, own.name)


def known_of(session: Session, device: UUID) -> dict[str, int] | None:
    """How far another store knew every chain when this one met it last; None where it never did."""
    noted = session.execute(select(local.c.value).where(local.c.name == MET)).scalar() or {}
    found = noted.get(device.hex)
    return None if found is None else {key: int(number) for key, number in found["standing"].items()}


def had_by(session: Session, device: UUID) -> dict[frozenset[UUID], str] | None:
    """The children whom a laptop with the open referrals alone had when this store met it last; None for one with everything."""
    noted = session.execute(select(local.c.value).where(local.c.name == MET)).scalar() or {}
    found = noted.get(device.hex, {}).get("has")
    return None if found is None else {frozenset(UUID(key) for key in found): ""}


def key_name(device: UUID) -> str:
    """Under which setting every store of the team knows the public key of a device, to which its bundles are sealed."""
    return f"bundle_key_{device.hex}"


def public_of(session: Session, device: UUID) -> str:
    """The public key of a store of the team; empty where it has told none yet."""
    value = session.execute(select(setting.c.value).where(setting.c.id == setting_id(key_name(device)))).scalar()
    return str(value) if value else ""
