"""What facts of approaches are made of: whole tables or some records as plain values, what changed since, what is kept.

Values come as the store holds them, identifiers as hexadecimal text: a million rows are read, and no object is made for
any of their values.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from placement_tui.db.columns import (
    approach,
    arrival,
    child,
    erasure,
    home,
    live,
    need,
    operation,
    provider,
    referral,
    referral_child,
    summary,
    wave,
)
from placement_tui.db.dialects import stored
from placement_tui.db.reads.audit import SETS_SOMETHING
from placement_tui.db.reads.children import age_of
from placement_tui.db.reads.operations import latest
from placement_tui.db.reads.referrals import children_of, chunks
from placement_tui.domain.approaches_words import came_of
from placement_tui.domain.insight import Behind
from placement_tui.domain.typed_times import london

AT_A_TIME = 32_768  # rows
Raw = Sequence[Any]
NAMES = "facts"  # what the kept blocks' names begin with
# The tables of which a change may change a fact.
NOUNS = ("approach", "wave", "referral", "referral_child", "child", "need", "home", "provider")


def approaches(session: Session, keys: Collection[UUID] | None = None) -> Iterator[Sequence[Raw]]:
    """Approaches, in runs: id, live, referral, home, provider, wave, asked, answered, outcome, closing, reason, stage,
    would change, asks again, miles.
    """
    c = approach.c
    query = select(
        _raw(c.id), c.struck_at.is_(None), _raw(c.referral_id), _raw(c.home_id), _raw(c.provider_id), _raw(c.wave_id),
        _raw(c.asked_at), _raw(c.answered_at), c.outcome, c.closing, c.reason, c.stage, _raw(c.would_change),
        c.reopens_id.is_not(None), c.miles,
    )  # fmt: skip
    return _runs(session, query, c.id, keys)


def scores(session: Session, keys: Collection[UUID] | None = None) -> dict[str, int]:
    """The profile's score of each wave that was sent with one."""
    query = live(select(_raw(wave.c.id), wave.c.score).where(wave.c.score.is_not(None)), wave)
    return {key: score for run in _runs(session, query, wave.c.id, keys) for key, score in run}


def referrals(
    session: Session, keys: Collection[UUID] | None = None
) -> Iterator[tuple[str, bool, list[int | None], list[str], list[str]]]:
    """Referrals: id, live, the ages of their children on the day of receipt, their sexes, the codes of all their needs."""
    received: dict[str, tuple[bool, date]] = {}
    query = select(_raw(referral.c.id), referral.c.struck_at.is_(None), referral.c.received_at)
    for run in _runs(session, query, referral.c.id, keys):
        received |= {key: (bool(stands), at.astimezone(london()).date()) for key, stands, at in run}
    ages: dict[str, list[int | None]] = defaultdict(list)
    sexes: dict[str, list[str]] = defaultdict(list)
    query = live(
        select(_raw(referral_child.c.referral_id).label("referral"), child.c.born_on, child.c.age_said,
               child.c.age_said_on, child.c.sex)
        .join(child, child.c.id == referral_child.c.child_id), referral_child, child,
    )  # fmt: skip
    for run in _runs(session, query, referral_child.c.referral_id, keys):
        for row in run:
            if row.referral in received:  # type: ignore[attr-defined]  # a row of the query
                ages[row.referral].append(age_of(row, received[row.referral][1]))  # type: ignore[attr-defined]  # as above
                sexes[row.referral].append(row.sex)  # type: ignore[attr-defined]  # as above
    codes: dict[str, list[str]] = defaultdict(list)
    query = live(select(_raw(need.c.referral_id), need.c.code), need)
    for run in _runs(session, query, need.c.referral_id, keys):
        for key, code in run:
            codes[key].append(code)
    for key, (stands, _) in received.items():
        yield key, stands, ages.get(key, []), sexes.get(key, []), codes.get(key, [])


def homes(session: Session, keys: Collection[UUID] | None = None) -> Iterator[Sequence[Raw]]:
    """Homes, in runs: id, kind, tier."""
    return _runs(session, select(_raw(home.c.id), home.c.kind, home.c.tier), home.c.id, keys)


def providers(session: Session, keys: Collection[UUID] | None = None) -> Iterator[Sequence[Raw]]:
    """Providers, in runs: id, tier."""
    return _runs(session, select(_raw(provider.c.id), provider.c.tier), provider.c.id, keys)


def provider_names(session: Session, keys: Sequence[UUID]) -> dict[UUID, str]:
    """What some providers are called."""
    found: dict[UUID, str] = {}
    for chunk in chunks(keys):
        query = select(provider.c.id, provider.c.name).where(provider.c.id.in_(chunk))
        found |= {row.id: row.name for row in session.execute(query)}
    return found


def arrived(session: Session) -> tuple[int, str]:
    """How far the journal goes, and the operation there: another journal of the same length has another."""
    at = latest(session)
    return at, operation_at(session, at)


def operation_at(session: Session, at: int) -> str:
    """The operation that arrived at a place of the journal; empty where it does not go as far."""
    found = session.execute(select(operation.c.id).where(arrival == at)).scalar()
    return found.hex if found else ""


def changed(session: Session, through: int, until: int) -> dict[str, set[UUID]]:
    """The records of `NOUNS` that operations after one and up to another set something in, by table."""
    found: dict[str, set[UUID]] = defaultdict(set)
    query = select(operation.c.noun, operation.c.key).distinct()
    for noun, key in session.execute(query.where(arrival > through, arrival <= until, SETS_SOMETHING)):
        if noun in NOUNS:
            found[noun].add(key)
    return found


def touched(session: Session, changes: dict[str, set[UUID]]) -> tuple[set[UUID], set[UUID]]:
    """Of what records changed: the referrals whose facts may differ, and the approaches."""
    of, asked = set(changes.get("referral", ())), set(changes.get("approach", ()))
    for noun, column in (("referral_child", referral_child.c.id), ("child", referral_child.c.child_id)):
        for chunk in chunks(sorted(changes.get(noun, ()))):
            of |= set(session.execute(select(referral_child.c.referral_id).where(column.in_(chunk))).scalars())
    for chunk in chunks(sorted(changes.get("need", ()))):
        of |= set(session.execute(select(need.c.referral_id).where(need.c.id.in_(chunk))).scalars())
    for chunk in chunks(sorted(changes.get("wave", ()))):
        query = select(approach.c.id).join(wave, wave.c.referral_id == approach.c.referral_id)
        asked |= set(session.execute(query.where(wave.c.id.in_(chunk), approach.c.wave_id == wave.c.id)).scalars())
    return of, asked


def kept(session: Session, names: Iterable[str]) -> dict[str, bytes]:
    """Some blocks that were kept, by name; those that are not there are left out."""
    found: dict[str, bytes] = {}
    for name in names:
        body = session.execute(select(summary.c.body).where(summary.c.name == name)).scalar()
        if body is not None:
            found[name] = body
    return found


def kept_head(session: Session) -> dict[str, Any] | None:
    """What is said of the kept blocks, None where there are none."""
    body = session.execute(select(summary.c.body).where(summary.c.name == NAMES)).scalar()
    return json.loads(body) if body else None


def kept_when(session: Session, name: str) -> tuple[int, datetime] | None:
    """How far the journal went when a block was kept, and when that was; None where it is not kept."""
    row = session.execute(select(summary.c.through, summary.c.made_at).where(summary.c.name == name)).first()
    return (row.through, row.made_at) if row else None


def kept_names(session: Session) -> list[str]:
    """The names of all kept blocks."""
    return list(session.execute(select(summary.c.name).where(summary.c.name.like(f"{NAMES} %"))).scalars())


def erasures(session: Session) -> int:
    """How often something was erased or made anonymous in this store."""
    return session.execute(select(func.count()).select_from(erasure)).scalar() or 0


def behind(session: Session, keys: Sequence[UUID], today: date) -> list[Behind]:
    """Approaches as records behind a figure, in the order of the keys."""
    rows: dict[UUID, Any] = {}
    for chunk in chunks(keys):
        query = (
            select(approach, referral.c.reference, home.c.name.label("home"), provider.c.name.label("provider"))
            .join(referral, referral.c.id == approach.c.referral_id)
            .join(provider, provider.c.id == approach.c.provider_id)
            .outerjoin(home, home.c.id == approach.c.home_id)
            .where(approach.c.id.in_(chunk))
        )
        rows |= {row.id: row for row in session.execute(query)}
    children = children_of(session, list(dict.fromkeys(row.referral_id for row in rows.values())), today)
    found = []
    for key in keys:
        row = rows.get(key)
        if row is None:
            continue
        there = children.get(row.referral_id, ())
        words = f"{there[0].words}{f' +{len(there) - 1}' if len(there) > 1 else ''}" if there else "?"
        said = came_of(row.outcome, row.closing, row.reason, row.would_change)
        found.append(Behind("approach", f"{row.referral_id} {row.id}", row.asked_at.astimezone(london()).date(), row.reference,
                            words, f"{row.home or row.provider}: {said}"))  # fmt: skip
    return found


def _raw(column: Any) -> Any:
    return stored(column)


def _runs(session: Session, query: Select[Any], column: Any, keys: Collection[UUID] | None) -> Iterator[Sequence[Raw]]:
    """The rows of a query in runs; of some keys only where they are given."""
    if keys is None:
        yield from session.execute(query.execution_options(yield_per=AT_A_TIME)).partitions(AT_A_TIME)
        return
    for chunk in chunks(sorted(keys)):
        yield session.execute(query.where(column.in_(chunk))).all()
