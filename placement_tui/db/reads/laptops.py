"""What a laptop that holds the open referrals alone has of the children: the families whom those are about, whole.

A family is a child of an open referral, whoever shares a referral or a sibling group with them, and whoever has the same
number; with every record that is about them, past ones too. Of all others such a laptop has that something was logged,
by whom and when, and not what (Art 5(1)(c) UK GDPR).
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import Session

from placement_tui.db.columns import child, columns_of, local, operation, referral, referral_child, setting
from placement_tui.db.heads import plain
from placement_tui.db.reads.belonging import theirs
from placement_tui.db.reads.meetings import COLUMNS
from placement_tui.db.reads.referrals import chunks
from placement_tui.db.tables import RECORDS
from placement_tui.domain.meetings import Sent, Standing, open_only_name
from placement_tui.domain.operations import WITHHELD
from placement_tui.domain.settings import setting_id

OPEN_ONLY = "open only"
_ABOVE = ("child", "referral", "sibling_group")


@dataclass(frozen=True, slots=True)
class Family:
    """Children who are looked at together, and the records about them."""

    children: frozenset[UUID]
    keys: frozenset[UUID]


def open_only(session: Session) -> bool:
    """True where this store is a laptop's that holds the open referrals alone."""
    return session.execute(select(local.c.name).where(local.c.name == OPEN_ONLY)).first() is not None


def chosen(session: Session, device: UUID) -> bool:
    """True where the council chose that this device holds the open referrals alone."""
    value = session.execute(select(setting.c.value).where(setting.c.id == setting_id(open_only_name(device)))).scalar()
    return bool(value)


@cache
def scoped() -> frozenset[str]:
    """The tables of which such a laptop has only what is about its families; of hand-overs it has none but its own."""
    return theirs() | {"sibling_group", "hand_over"}


@cache
def _leads(noun: str) -> tuple[tuple[Any, str], ...]:
    """The columns of a table that lead to others of these."""
    return tuple(
        (column, key.column.table.name)
        for column in columns_of(RECORDS[noun])
        for key in column.foreign_keys
        if key.column.table.name in scoped()
    )


def families(session: Session, more: Iterable[UUID] = ()) -> list[Family]:
    """Those of the open referrals, and those of some more children."""
    roots = _Joined()
    open_ = select(referral_child.c.child_id).join(referral, referral.c.id == referral_child.c.referral_id)
    open_ = open_.where(referral.c.state == "open", referral.c.struck_at.is_(None))
    fresh = {*session.execute(open_).scalars(), *more}
    there: set[UUID] = set()
    while fresh:
        there |= fresh
        nearer = set()
        for one, other in _kin(session, fresh):
            roots.join(one, other)
            nearer.add(other)
        fresh = nearer - there
    whose = _records(session, {key: roots.of(key) for key in there})
    children: dict[UUID, set[UUID]] = {}
    keys: dict[UUID, set[UUID]] = {}
    for key in there:
        children.setdefault(roots.of(key), set()).add(key)
    for key, root in whose.items():
        keys.setdefault(root, set()).add(key)
    return [Family(frozenset(children[root]), frozenset(keys[root])) for root in sorted(children)]


class _Joined:
    """Who belongs together, by the smallest of them."""

    def __init__(self) -> None:
        self._to: dict[UUID, UUID] = {}

    def of(self, key: UUID) -> UUID:
        while (up := self._to.get(key, key)) != key:
            key = up
        return key

    def join(self, one: UUID, other: UUID) -> None:
        low, high = sorted((self.of(one), self.of(other)))
        if low != high:
            self._to[high] = low


def _kin(session: Session, children: Collection[UUID]) -> Iterator[tuple[UUID, UUID]]:
    """Some children, each with everybody who belongs to them at one step."""
    one, other = referral_child.alias(), referral_child.alias()
    its, theirs_ = referral.alias(), referral.alias()
    shared = select(one.c.child_id, other.c.child_id).join(other, other.c.referral_id == one.c.referral_id)
    grouped = (
        select(one.c.child_id, other.c.child_id)
        .join(its, its.c.id == one.c.referral_id)
        .join(theirs_, theirs_.c.sibling_group_id == its.c.sibling_group_id)
        .join(other, other.c.referral_id == theirs_.c.id)
    )
    said = func.upper(func.trim(child.c.identifier))
    numbers = select(said, child.c.id).where(said != "")
    for chunk in chunks(sorted(children)):
        for query in (shared, grouped):
            for row in session.execute(query.where(one.c.child_id.in_(chunk))):
                yield row[0], row[1]
        known = {row[0]: row[1] for row in session.execute(numbers.where(child.c.id.in_(chunk)))}
        for number, key in session.execute(numbers.where(said.in_(list(known)))).all():
            yield known[number], key


def _records(session: Session, whose: dict[UUID, UUID]) -> dict[UUID, UUID]:
    """Every record about some children by whom it is of: what leads to it, and what it leads to, so that references hold."""
    fresh: dict[str, set[UUID]] = {"child": set(whose), "referral": set(), "sibling_group": set()}
    found = {noun: set(keys) for noun, keys in fresh.items()}

    def learn(noun: str, key: UUID, root: UUID, into: dict[str, set[UUID]]) -> None:
        if key not in whose:
            whose[key] = root
            found.setdefault(noun, set()).add(key)
            into.setdefault(noun, set()).add(key)

    c = referral_child.c
    for chunk in chunks(sorted(found["child"])):
        for key, of in session.execute(select(c.referral_id, c.child_id).where(c.child_id.in_(chunk))).all():
            learn("referral", key, whose[of], fresh)
    group = referral.c.sibling_group_id
    for chunk in chunks(sorted(found["referral"])):
        for key, of in session.execute(
            select(group, referral.c.id).where(referral.c.id.in_(chunk), group.is_not(None))
        ).all():
            learn("sibling_group", key, whose[of], fresh)
    while any(fresh.values()):
        nearer: dict[str, set[UUID]] = {}
        for noun in sorted(scoped() - set(_ABOVE)):
            for column, target in _leads(noun):
                for chunk in chunks(sorted(fresh.get(target, ()))):
                    for key, of in session.execute(select(column.table.c.id, column).where(column.in_(chunk))).all():
                        learn(noun, key, whose[of], nearer)
        fresh = nearer
    fresh = {noun: set(keys) for noun, keys in found.items()}
    while any(fresh.values()):
        above: dict[str, set[UUID]] = {}
        for noun, keys in fresh.items():
            for column, target in _leads(noun):
                for chunk in chunks(sorted(keys)):
                    query = select(column.table.c.id, column).where(column.table.c.id.in_(chunk), column.is_not(None))
                    for of, key in session.execute(query).all():
                        learn(target, key, whose[of], above)
        fresh = above
    return whose


def of_nobody(session: Session, noun: str, keys: Collection[UUID]) -> set[UUID]:
    """Those of some records that are about no child, though others of their table are: a task for a home."""
    columns = [column for column, _ in _leads(noun)]
    if noun in _ABOVE or not columns or not all(column.nullable for column in columns):
        return set()
    table = columns_of(RECORDS[noun])
    found: set[UUID] = set()
    for chunk in chunks(sorted(keys)):
        query = select(table.id).where(table.id.in_(chunk), *(column.is_(None) for column in columns))
        found |= set(session.execute(query).scalars())
    return found


def hidden(session: Session, keys: Sequence[UUID]) -> set[UUID]:
    """Those of some records of which some value is not in this store."""
    c = operation.c
    query = select(c.key).where(c.key.in_(keys), c.fields.is_(None), c.salt == WITHHELD).distinct()
    return set(session.execute(query).scalars())


def whole(session: Session) -> list[tuple[list[str], str]]:
    """What a laptop says of the families that it has: the children, and a mark of the operations that it knows of them."""
    found = families(session, session.execute(select(child.c.id)).scalars())
    marked = marks(session, found)
    return [(sorted(key.hex for key in each.children), marked[each.children]) for each in found]


def marks(session: Session, found: Sequence[Family], upto: Standing | None = None) -> dict[frozenset[UUID], str]:
    """A mark of the operations that are known of each family, of those up to a standing: the same where they are the same."""
    whose = {key: each.children for each in found for key in each.keys}
    known: dict[frozenset[UUID], list[str]] = {each.children: [] for each in found}
    c = operation.c
    for chunk in chunks(sorted(whose)):
        query = select(c.key, c.id, c.device, c.sequence, c.salt).where(c.key.in_(chunk))
        for row in session.execute(query):
            if row.salt != WITHHELD and (upto is None or row.sequence <= upto.get(row.device.hex, (0, ""))[0]):
                known[whose[row.key]].append(row.id.hex if row.salt else f"{row.id.hex}-")
    return {
        key: hashlib.blake2b("".join(sorted(ids)).encode(), digest_size=16).hexdigest() for key, ids in known.items()
    }


class Sight:
    """What one laptop that holds the open referrals alone is given of this store."""

    def __init__(self, session: Session, has: Mapping[frozenset[UUID], str]) -> None:
        """`has` is what the laptop says that it has; what was closed since is still told to it, so that it can let it go."""
        self._session, self._has = session, has
        self.families = families(session, {key for each in has for key in each})
        self._keys = frozenset().union(*(each.keys for each in self.families))

    def returned(self, upto: Standing) -> Iterator[list[Sent]]:
        """Operations that the laptop may have without their values, a family at a time: its records stand on one another."""
        marked, c = marks(self._session, self.families, upto), operation.c
        for family in self.families:
            if self._has.get(family.children) == marked[family.children]:
                continue
            rows = []
            for chunk in chunks(sorted(family.keys)):
                query = select(*(c[name] for name in COLUMNS)).where(c.key.in_(chunk))
                rows += [
                    row for row in self._session.execute(query)
                    if row.sequence <= upto.get(row.device.hex, (0, ""))[0]
                ]  # fmt: skip
            if rows:
                rows.sort(key=lambda row: (row.hlc, row.device, row.sequence))
                yield [{name: plain(value) for name, value in zip(COLUMNS, row, strict=True)} for row in rows]

    def of(self, batch: Sequence[Sent]) -> list[Sent]:
        """Operations as the laptop gets them: without the values of those that are about nobody of its families."""
        other: dict[str, set[UUID]] = {}
        for row in batch:
            if row["noun"] in scoped() and (key := UUID(row["key"])) not in self._keys:
                other.setdefault(row["noun"], set()).add(key)
        kept = {key.hex for noun, keys in other.items() for key in keys - of_nobody(self._session, noun, keys)}
        return [
            {**row, "fields": None, "salt": WITHHELD} if row["key"] in kept and row["fields"] else row for row in batch
        ]


def ends(session: Session, after: Mapping[str, int]) -> dict[str, int]:
    """How far a laptop can give what another lacks, by device: up to the first operation whose values it has not.

    What comes later by the clocks may rest on it. Empty where it can give everything.
    """
    c = operation.c
    first: tuple[int, UUID] | None = None
    for device, number in after.items():
        query = select(c.hlc, c.device).where(c.device == UUID(device), c.sequence > number)
        row = session.execute(query.where(c.fields.is_(None), c.salt == WITHHELD).order_by(c.sequence).limit(1)).first()
        if row is not None and (first is None or (row.hlc, row.device) < first):
            first = row.hlc, row.device
    if first is None:
        return {}
    before = or_(c.hlc < first[0], and_(c.hlc == first[0], c.device < first[1]))
    found = {}
    for device, number in after.items():
        last: Any = select(func.max(c.sequence)).where(c.device == UUID(device), c.sequence > number, before)
        found[device] = session.execute(last).scalar() or number
    return found
