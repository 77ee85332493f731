"""A few words for any record: a reference, a child's initials, a home's name."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from placement_tui.db.columns import (
    approach,
    child,
    columns_of,
    ending,
    home,
    offer,
    placement,
    provider,
    referral,
)
from placement_tui.db.reads.referrals import chunks
from placement_tui.db.tables import RECORDS

_HOME = func.coalesce(func.nullif(home.c.name, ""), provider.c.name).label("home")
# The column of a record that leads to one with words of its own, the best first.
_LEADS = ("ending_id", "placement_id", "offer_id", "approach_id", "referral_id", "child_id", "home_id", "provider_id")
_SAID = ("reference", "name", "title", "who", "code")
_DEPTH = 4


def of(session: Session, records: Collection[tuple[str, UUID]]) -> dict[UUID, str]:
    """The words of some records (table, id), struck out or not; those that are nowhere have none."""
    return _of(session, records, _DEPTH)


def _of(session: Session, records: Collection[tuple[str, UUID]], depth: int) -> dict[UUID, str]:
    by_noun: dict[str, set[UUID]] = {}
    for noun, key in records:
        by_noun.setdefault(noun, set()).add(key)
    words: dict[UUID, str] = {}
    leads: dict[UUID, tuple[str, UUID]] = {}
    for noun, keys in by_noun.items():
        for chunk in chunks(sorted(keys)):
            if noun in _QUERIES:
                for row in session.execute(_QUERIES[noun].where(columns_of(RECORDS[noun]).id.in_(chunk))):
                    words[row[0]] = " ".join(str(part) for part in row[1:] if part)
            elif noun in RECORDS:
                _others(session, noun, chunk, words, leads)
    if leads and depth:
        further = _of(session, set(leads.values()), depth - 1)
        words |= {key: further.get(target, "") for key, (_, target) in leads.items()}
    return words


def _others(
    session: Session, noun: str, keys: Sequence[UUID], words: dict[UUID, str], leads: dict[UUID, tuple[str, UUID]]
) -> None:
    columns = columns_of(RECORDS[noun])
    for row in session.execute(select(*columns).where(columns.id.in_(keys))):
        values: dict[str, Any] = dict(row._mapping)
        said = next((str(values[name]) for name in _SAID if values.get(name)), "")
        lead = next((name for name in _LEADS if values.get(name)), None)
        if said or lead is None:
            words[row.id] = said
        else:
            leads[row.id] = (lead.removesuffix("_id"), values[lead])


def _at_home(query: Select[Any], home_id: Any, provider_id: Any) -> Select[Any]:
    return query.outerjoin(home, home.c.id == home_id).outerjoin(provider, provider.c.id == provider_id)


_PLACED = select(placement.c.id, child.c.initials, _HOME).outerjoin(child, child.c.id == placement.c.child_id)
_ENDED = (
    select(ending.c.id, child.c.initials, _HOME)
    .outerjoin(placement, placement.c.id == ending.c.placement_id)
    .outerjoin(child, child.c.id == placement.c.child_id)
)
_QUERIES: dict[str, Select[Any]] = {
    "child": select(child.c.id, child.c.initials, child.c.identifier),
    "referral": select(referral.c.id, referral.c.reference),
    "home": select(home.c.id, _HOME).outerjoin(provider, provider.c.id == home.c.provider_id),
    "approach": _at_home(
        select(approach.c.id, referral.c.reference, _HOME).outerjoin(referral, referral.c.id == approach.c.referral_id),
        approach.c.home_id,
        approach.c.provider_id,
    ),
    "offer": _at_home(
        select(offer.c.id, referral.c.reference, _HOME)
        .outerjoin(approach, approach.c.id == offer.c.approach_id)
        .outerjoin(referral, referral.c.id == approach.c.referral_id),
        approach.c.home_id,
        approach.c.provider_id,
    ),
    "placement": _at_home(_PLACED, placement.c.home_id, home.c.provider_id),
    "ending": _at_home(_ENDED, placement.c.home_id, home.c.provider_id),
}
