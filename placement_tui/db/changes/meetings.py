"""Take in what another store knew: its operations, each once, and the records that they make or change.

What stands of a record is the fold of all its operations, whoever wrote them and in whatever order they came. Nothing is
decided here: two values that did not know each other both stand, and an officer settles them.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, null, select, text
from sqlalchemy.orm import Session
from sqlmodel import SQLModel

from placement_tui.db import journal
from placement_tui.db.changes import laptops, meetings_erased, settings
from placement_tui.db.columns import columns_of, erasure, operation
from placement_tui.db.dialects import defer_references, in_file
from placement_tui.db.heads import note_conflicts, ops_of
from placement_tui.db.reads.laptops import hidden, open_only
from placement_tui.db.reads.meetings import BUNDLE_KEY, HANDED, MET, key_name
from placement_tui.db.reads.referrals import chunks
from placement_tui.db.tables import RECORDS, Device, Local
from placement_tui.domain.conflicts_stamps import to_settle
from placement_tui.domain.meetings import Met, Sent, is_ahead
from placement_tui.domain.operations import (
    GENESIS,
    WITHHELD,
    FieldState,
    chain_hash,
    content_digest,
    fold,
)
from placement_tui.errors import Refused

FORKED = "Two stores write as the same device"
_TWICE = "a laptop is made from its file once: make another file with `placement laptop add`, and a store of that"
_MEND = "one of the two is a copy that went on: `placement restore` gives a copy a device of its own"


def take_in(session: Session, batch: Sequence[Sent], emptied: Collection[str] = ()) -> Met:
    """Take in operations that follow what is known of their chains, and empty those that were erased elsewhere.

    What is known already is passed over, but for values that lay at the council and come to this laptop now. Raises Refused for a chain with a gap or a fork, and where a hash does not hold:
    nothing of the batch is kept then.
    """
    here = journal.context(session)
    defer_references(session)
    part = open_only(session)
    rows, returned = _new(session, batch, part)
    now = here.clock()
    met = Met(len(rows) + len(returned), ahead=sum(is_ahead(row["at"], now) for row in rows))
    if whole := [row for row in rows if row["fields"] is not None]:
        session.execute(operation.insert(), whole)
    for row in rows:
        if row["fields"] is None:
            session.execute(operation.insert().values(**{**row, "fields": null()}))
    laptops.give_back(session, returned)
    touched: dict[UUID, str] = {row["key"]: row["noun"] for row in (*rows, *returned)}
    met.erased = meetings_erased.empty(session, emptied, touched)
    if session.execute(select(erasure.c.id).limit(1)).first() or any(row["noun"] == erasure.name for row in rows):
        met.erased += meetings_erased.settle(session, touched)
    _refold(session, touched, met, part)
    if met.erased or "erasure" in met.made:
        meetings_erased.unclean(session)
    if rows:
        _advance(session, max(row["hlc"] for row in rows))
    return met


def prepare(session: Session) -> None:
    """Let many small transactions go fast: a larger cache, and the write-ahead log brought in seldom."""
    if not in_file(session):
        return
    for each in ("cache_size=-65536", "wal_autocheckpoint=16000"):
        session.execute(text(f"PRAGMA {each}"))


def _new(session: Session, batch: Sequence[Sent], part: bool) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """The operations of a batch that are not known, and those that lay here without their values, checked against their chains.

    Only a store that holds the open referrals alone (`part`) takes any without values that were not erased.
    """
    tails: dict[UUID, tuple[int, str]] = {}
    found, returned = [], []
    chain = session.get(Local, journal.CHAIN)
    own = UUID(chain.value["device"]) if chain is not None else None
    for sent in batch:
        row = taken_apart(sent)
        device = row["device"]
        if device not in tails:
            tails[device] = _end(session, device)
        number, hash_ = tails[device]
        if row["sequence"] <= number:
            known = _known(session, device, row["sequence"])
            if known is None or known.hash != row["hash"]:
                raise Refused(FORKED, f"operation {row['sequence']:,} is not the same on both sides", _MEND)
            if part and known.salt == WITHHELD != row["salt"]:
                _whole(row, known.digest)
                returned.append(row)
            continue
        if (
            device == own
        ):  # what this store never wrote: taken in, its own next change would be the second of that number
            raise Refused(FORKED, f"operation {row['sequence']:,} of this device was not made here", _TWICE)
        if row["sequence"] != number + 1:
            raise Refused("The stream has a gap: nothing of it was kept", f"{row['sequence'] - number - 1:,} operations are missing",
                          "meet again: it goes on from what is known")  # fmt: skip
        if chain_hash(hash_, journal.header(row), row["digest"]) != row["hash"]:
            raise _changed(row)
        if not (part and row["fields"] is None and row["salt"] == WITHHELD):
            _whole(row, row["digest"])
        if row["noun"] not in RECORDS:
            raise Refused(
                "The other store knows kinds of record that this program does not",
                row["noun"],
                "update this program first",
            )
        tails[device] = row["sequence"], row["hash"]
        found.append(row)
    return found, returned


def _whole(row: Mapping[str, Any], digest: str) -> None:
    """Raises Refused for values that are not those of the digest; those that were erased have none."""
    try:
        holds = not row["salt"] if row["fields"] is None else content_digest(row["fields"], row["salt"]) == digest
    except ValueError:  # that is no salt
        holds = False
    if not holds:
        raise _changed(row)


def _changed(row: Mapping[str, Any]) -> Refused:
    return Refused("The stream was changed on its way: nothing of it was kept",
                   f"operation {row['sequence']:,} does not follow from the one before it",
                   "meet again; if it stays so, `placement verify` at both ends says which store is harmed")  # fmt: skip


def taken_apart(sent: Sent) -> dict[str, Any]:
    """An operation as it lies in the table, of one that travelled. Raises Refused for what is none."""
    try:
        return {
            "id": UUID(sent["id"]), "device": UUID(sent["device"]), "sequence": int(sent["sequence"]), "hlc": int(sent["hlc"]),
            "at": datetime.fromisoformat(sent["at"]), "officer_id": UUID(sent["officer_id"]) if sent["officer_id"] else None,
            "command": str(sent["command"]), "intention": UUID(sent["intention"]),
            "undoes": UUID(sent["undoes"]) if sent["undoes"] else None, "noun": str(sent["noun"]), "key": UUID(sent["key"]),
            "fields": None if sent["fields"] is None else dict(sent["fields"]),
            "base": {str(name): [str(head) for head in heads] for name, heads in dict(sent["base"]).items()},
            "salt": str(sent["salt"]), "digest": str(sent["digest"]), "hash": str(sent["hash"]),
        }  # fmt: skip
    except (KeyError, TypeError, ValueError, AttributeError):
        raise Refused(
            "The stream holds something that is no operation: nothing of it was kept", mend="meet again"
        ) from None


def _end(session: Session, device: UUID) -> tuple[int, str]:
    c = operation.c
    query = select(c.sequence, c.hash).where(c.device == device).order_by(c.sequence.desc()).limit(1)
    row = session.execute(query).first()
    return (row.sequence, row.hash) if row else (0, GENESIS)


def _known(session: Session, device: UUID, sequence: int) -> Any:
    c = operation.c
    query = select(c.hash, c.digest, c.salt).where(c.device == device, c.sequence == sequence)
    return session.execute(query).first()


def _refold(session: Session, touched: Mapping[UUID, str], met: Met, part: bool) -> None:
    """Bring the rows to what their operations leave standing; in `part` of a store none is made of values that are not there."""
    here = journal.context(session)
    fresh: dict[str, list[dict[str, Any]]] = {}
    for noun, keys in _by_noun(touched).items():
        columns = columns_of(RECORDS[noun])
        for chunk in chunks(sorted(keys)):
            ops: dict[UUID, list[Any]] = {key: [] for key in chunk}
            for key, op in ops_of(session, chunk):
                ops[key].append(op)
            there = set(session.execute(select(columns.id).where(columns.id.in_(chunk))).scalars())
            changed = []
            for key in (hidden(session, chunk) if part else set()) - there:
                del ops[key]
            for key, found in ops.items():
                states = fold(found)
                row = _values(noun, key, states)
                here.split[key] = noun
                if to_settle(noun, key, states):
                    met.clashing.add(key)
                if key in there:
                    changed.append({"the_key": key, **{name: value for name, value in row.items() if name != "id"}})
                else:
                    fresh.setdefault(noun, []).append(row)
                    met.made[noun] = met.made.get(noun, 0) + 1
                met.records.add(key)
            if changed:
                table = SQLModel.metadata.tables[noun]
                values: dict[str, Any] = {name: bindparam(name) for name in changed[0] if name != "the_key"}
                session.execute(table.update().where(table.c.id == bindparam("the_key")).values(**values), changed)
    journal.insert_rows(session, fresh)
    before = session.get(Local, "conflicts")
    waited = set(before.value) if before is not None else set()
    here.split = {key: noun for key, noun in here.split.items() if key in met.clashing or key.hex in waited}
    if here.split:
        note_conflicts(session, here)


def _values(noun: str, key: UUID, states: Mapping[str, FieldState]) -> dict[str, Any]:
    """Every column of a record; what no operation says is as the table has it by itself."""
    table = RECORDS[noun]
    row: dict[str, Any] = {}
    for name in columns_of(table).keys():  # noqa: SIM118 - a collection of columns iterates over columns
        if name == "id":
            row[name] = key
        elif name in states:
            row[name] = journal.unplain(table, name, states[name].value)
        else:
            row[name] = journal.unsaid(table, name)
        if row[name] is None and not columns_of(table)[name].nullable:
            row[name] = journal.unsaid(table, name)
    return row


def _by_noun(touched: Mapping[UUID, str]) -> dict[str, set[UUID]]:
    found: dict[str, set[UUID]] = {}
    for key, noun in touched.items():
        found.setdefault(noun, set()).add(key)
    return found


def _advance(session: Session, hlc: int) -> None:
    """What is logged here from now on comes after what was taken in, whatever this machine's clock says."""
    chain = session.get(Local, journal.CHAIN)
    if chain is not None and chain.value["hlc"] < hlc:
        chain.value = {**chain.value, "hlc": hlc}


def add_member(session: Session, name: str, letter: str, public: str = "") -> Device:
    """A laptop that will write as a device of its own; its letter marks the references that it gives out."""
    row = Device(name=name, letter=letter)
    session.add(row)
    session.flush()
    if public:
        settings.put(session, key_name(row.id), public)
    return row


def hand_over(session: Session, private: str | None) -> None:
    """Lay the private key of a laptop into the copy that is being made for it; None takes it out again."""
    row = session.get(Local, HANDED)
    if row is not None:
        session.delete(row)
        session.flush()
    if private is not None:
        session.add(Local(name=HANDED, value=private))


def become(session: Session, device: UUID) -> None:
    """This copy of a team's store writes as that device from now on. Raises Refused where somebody writes as it already."""
    chain = session.get(Local, journal.CHAIN)
    number, _ = _end(session, device)
    if chain is None or number:
        raise Refused(
            "Another store writes as this laptop already",
            mend="a laptop is made from its file once; make a new file for another one",
        )
    chain.value = {"device": device.hex, "sequence": 0, "hash": GENESIS, "hlc": chain.value["hlc"]}
    handed = session.get(Local, HANDED)
    private = None if handed is None else handed.value
    for name in (MET, BUNDLE_KEY, HANDED):  # the team's own
        row = session.get(Local, name)
        if row is not None:
            session.delete(row)
    session.flush()
    if private is not None:
        session.add(Local(name=BUNDLE_KEY, value=private))


def keep(
    session: Session, device: str, name: str, at: datetime, standing: Mapping[str, int], has: list[str] | None = None
) -> None:
    """Note that this store met another, how far that one knows every chain now, and of which children one has that has not all."""
    if not device:
        return
    row = session.get(Local, MET)
    noted = {"name": name, "at": at.isoformat(), "standing": dict(standing), **({} if has is None else {"has": has})}
    if row is None:
        session.add(Local(name=MET, value={device: noted}))
    else:
        row.value = {**row.value, device: noted}


def own_key(session: Session, make: Callable[[], str], public_of: Callable[[str], str]) -> str:
    """The private key that bundles for this store are opened with; made where there is none, its public half told to all."""
    row = session.get(Local, BUNDLE_KEY)
    private = str(row.value) if row is not None else make()
    if row is None:
        session.add(Local(name=BUNDLE_KEY, value=private))
    chain = session.get(Local, journal.CHAIN)
    if chain is not None:
        settings.put(session, key_name(UUID(chain.value["device"])), public_of(private))
    return private
