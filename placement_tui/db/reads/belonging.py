"""What belongs to a child: every record that is about them, found by the references between the tables.

A new table that refers to a child, a referral or anything of theirs is found without being named here.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from placement_tui.db.columns import columns_of, operation, referral, referral_child
from placement_tui.db.reads.referrals import chunks
from placement_tui.db.tables import RECORDS

Belongings = dict[str, set[UUID]]

CHILD = "child"
# What leads from a record to its child, the nearest first: a placement of a referral for three is of one of them.
_LEADS = ("child_id", "placement_id", "ending_id", "permanence_plan_id", "offer_id", "approach_id", "referral_id")


def of_children(session: Session, children: Collection[UUID]) -> tuple[Belongings, Belongings]:
    """The records about some children by table: those about nobody else, and those that are others' as well.

    A referral of brothers and sisters belongs to all of them, and so does what hangs on it alone.
    """
    ours = set(children)
    referrals = _referrals(session, ours)
    shared = {row for row in referrals if _children(session, row) - ours}
    own = _closure(session, {CHILD: set(ours), "referral": referrals - shared}, ours)
    everything = _closure(session, {CHILD: set(ours), "referral": set(referrals)}, ours)
    return own, {noun: rest for noun, keys in everything.items() if (rest := keys - own.get(noun, set()))}


def of_record(session: Session, noun: str, key: UUID) -> Belongings:
    """A record and what hangs on it; of a referral the children too, for they are what it is about."""
    found = {noun: {key}}
    if noun == "referral":
        found[CHILD] = _children(session, key)
    return _closure(session, found, found.get(CHILD, set()), down_from=noun)


def children_of(session: Session, noun: str, keys: Iterable[UUID]) -> set[UUID]:
    """The children whom some records are about: a referral's, an offer's, a placement's."""
    found: set[UUID] = set()
    step: Belongings = {noun: set(keys)}
    while step:
        found |= step.pop(CHILD, set())
        for key in step.pop("referral", set()):
            found |= _children(session, key)
        further: Belongings = {}
        for each, ids in step.items():
            columns = columns_of(RECORDS[each])
            for chunk in chunks(sorted(ids)):
                for row in session.execute(select(*columns).where(columns.id.in_(chunk))):
                    values = dict(row._mapping)
                    lead = next((name for name in _LEADS if values.get(name) is not None), None)
                    if lead is not None:
                        further.setdefault(lead.removesuffix("_id"), set()).add(values[lead])
        step = further
    return found


def noun_of(session: Session, key: UUID) -> str | None:
    """The table that a record is in, or None where there is none such."""
    return session.execute(select(operation.c.noun).where(operation.c.key == key).limit(1)).scalar()


def _closure(session: Session, start: Belongings, children: set[UUID], down_from: str = CHILD) -> Belongings:
    """Everything that refers to what was found, until nothing new is; never what is another child's."""
    found = {noun: set(keys) for noun, keys in start.items() if keys}
    fresh = {noun: set(keys) for noun, keys in found.items() if down_from == CHILD or noun == down_from}
    while fresh:
        nearer: Belongings = {}
        for noun in RECORDS:
            if noun not in theirs() or noun == CHILD:
                continue
            for column, target in _references(noun):
                for chunk in chunks(sorted(fresh.get(target, ()))):
                    query = select(column.table.c.id).where(column.in_(chunk))
                    if (whose := column.table.c.get("child_id")) is not None and children:
                        query = query.where(or_(whose.is_(None), whose.in_(children)))
                    new = set(session.execute(query).scalars()) - found.get(noun, set())
                    nearer.setdefault(noun, set()).update(new)
        fresh = {noun: keys for noun, keys in nearer.items() if keys and noun != "referral"}
        for noun, keys in fresh.items():
            found.setdefault(noun, set()).update(keys)
    return found


def _referrals(session: Session, children: set[UUID]) -> set[UUID]:
    query = select(referral_child.c.referral_id).where(referral_child.c.child_id.in_(children))
    return set(session.execute(query).scalars())


def _children(session: Session, referral_id: UUID) -> set[UUID]:
    query = select(referral_child.c.child_id).where(
        referral_child.c.referral_id == referral_id, referral_child.c.struck_at.is_(None)
    )
    return set(session.execute(query).scalars())


def groups_with(session: Session, referrals: Collection[UUID]) -> set[UUID]:
    """The sibling groups that these referrals are in."""
    query = select(referral.c.sibling_group_id).where(referral.c.id.in_(referrals))
    return {key for key in session.execute(query).scalars() if key is not None}


def groups_of(session: Session, referrals: Collection[UUID]) -> set[UUID]:
    """The sibling groups whose every referral is one of these."""
    groups = groups_with(session, referrals)
    others = select(referral.c.sibling_group_id).where(
        referral.c.sibling_group_id.in_(groups), referral.c.id.not_in(referrals)
    )
    return groups - set(session.execute(others).scalars())


@cache
def theirs() -> frozenset[str]:
    """The tables whose records are about children: those that lead to a child or a referral. Others are of all."""
    found = {CHILD, "referral"}
    while True:
        nearer = {noun for noun in RECORDS if noun not in found and any(to in found for _, to in _references(noun))}
        if not nearer:
            return frozenset(found)
        found |= nearer


@cache
def _references(noun: str) -> tuple[tuple[Any, str], ...]:
    return tuple((column, key.column.table.name) for column in columns_of(RECORDS[noun]) for key in column.foreign_keys)
