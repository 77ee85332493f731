"""Refusals of a time and of every open referral, and what has changed since they were given."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from placement_tui.db.columns import (
    approach,
    home,
    live,
    need,
    offer,
    operation,
    profile,
    provider,
    referral,
    referral_child,
    risk,
    sign_off,
)
from placement_tui.db.reads.referrals import children_of, chunks
from placement_tui.domain.difference import REOPENED, TIMED, TOLD, Facts, Refused
from placement_tui.domain.settings import BUDGET_LIMIT, setting_id

_FIELDS = frozenset({*TOLD, *TIMED, "together", "wanted"})


def refusals(session: Session, since: datetime, today: date, provider_id: UUID | None = None) -> list[Refused]:
    """Refusals given since a time, and every one of an open referral; of one provider where it is given."""
    query = _query().where(approach.c.outcome == "refusal", approach.c.answered_at.is_not(None))
    if provider_id is not None:
        query = query.where(approach.c.provider_id == provider_id)
    rows = {row.id: row for row in session.execute(query.where(approach.c.answered_at >= since))}
    rows |= {row.id: row for row in session.execute(query.where(referral.c.state == "open"))}
    return _rows(session, list(rows.values()), today)


def one(session: Session, approach_id: UUID, today: date) -> Refused | None:
    """One refusal, or an approach that was withdrawn; None where it is neither."""
    query = _query().where(approach.c.id == approach_id, approach.c.outcome.in_(REOPENED))
    rows = _rows(session, session.execute(query.where(approach.c.answered_at.is_not(None))).all(), today)
    return rows[0] if rows else None


def facts(session: Session, rows: Sequence[Refused], beds: Any) -> Facts:
    """What has changed of the referrals and homes of some refusals; `beds` are those said to be free now."""
    referrals = {row.referral_id for row in rows}
    priced = {row.home_id for row in rows if row.home_id is not None and "fee" in row.codes}
    children = _children(session, referrals)
    fields = _changed(session, referrals, _FIELDS)
    told = _latest(
        _by_key(session, _keys(session, need, need.c.referral_id, referrals)),
        *(_of_referrals(children, _profiles(session, children)),),
    )
    risks = _of_referrals(children, _by_key(session, _keys(session, risk, risk.c.child_id, set(children))))
    return Facts(
        fields, told, risks, _approved(session, referrals), _limits(session),
        {key: at["weekly_pence"] for key, at in _changed(session, priced, frozenset({"weekly_pence"})).items()},
        beds, _apart(session, referrals),
    )  # fmt: skip


def _query() -> Select[Any]:
    return live(
        select(
            approach, referral.c.reference, referral.c.state.label("referral_state"),
            home.c.name.label("home_name"), home.c.kind, home.c.weekly_pence, provider.c.name.label("provider_name"),
            func.coalesce(func.nullif(home.c.phone, ""), provider.c.phone).label("phone"),
        )
        .join(referral, referral.c.id == approach.c.referral_id)
        .join(provider, provider.c.id == approach.c.provider_id)
        .outerjoin(home, home.c.id == approach.c.home_id),
        approach,
    )  # fmt: skip


def _rows(session: Session, rows: Sequence[Any], today: date) -> list[Refused]:
    referrals = list(dict.fromkeys(row.referral_id for row in rows))
    labels = {key: _words(there) for key, there in children_of(session, referrals, today).items()} if rows else {}
    last = _last(session, {row.referral_id for row in rows if row.referral_state == "open"})
    return [
        Refused(
            row.id, row.referral_id, row.reference, labels.get(row.referral_id, "?"), row.home_id, row.provider_id,
            row.home_name or row.provider_name, row.provider_name, row.kind or "other", row.phone or "", row.asked_at,
            row.answered_at, row.reason, tuple(row.other_reasons), tuple(row.would_change), row.note, row.weekly_pence,
            row.referral_state == "open",
            last.get((row.referral_id, row.home_id or row.provider_id), row.id) == row.id,
        )
        for row in rows
    ]  # fmt: skip


def _words(there: Sequence[Any]) -> str:
    more = f" +{len(there) - 1}" if len(there) > 1 else ""
    return f"{there[0].words}{more}" if there else "?"


def _last(session: Session, referrals: Collection[UUID]) -> dict[tuple[UUID, UUID], UUID]:
    """The approach by which each home was asked last for each of some referrals."""
    who = func.coalesce(approach.c.home_id, approach.c.provider_id).label("who")
    found: dict[tuple[UUID, UUID], UUID] = {}
    for chunk in chunks(sorted(referrals)):
        query = select(approach.c.referral_id, who, approach.c.id).where(approach.c.referral_id.in_(chunk))
        for row in session.execute(live(query, approach).order_by(approach.c.asked_at, approach.c.id)):
            found[row.referral_id, row.who] = row.id
    return found


def _changed(session: Session, keys: Collection[UUID], names: frozenset[str]) -> dict[UUID, dict[str, datetime]]:
    """When some fields of some records were last changed, by the journal."""
    found: dict[UUID, dict[str, datetime]] = defaultdict(dict)
    c = operation.c
    for chunk in chunks(sorted(keys)):
        query = select(c.key, c.at, c.fields).where(c.key.in_(chunk), c.fields.is_not(None)).order_by(c.hlc)
        for row in session.execute(query):
            if "id" not in (row.fields or {}):
                found[row.key] |= dict.fromkeys(names.intersection(row.fields or ()), row.at)
    return {key: times for key, times in found.items() if times}


def _by_key(session: Session, owners: dict[UUID, UUID]) -> dict[UUID, datetime]:
    """When any of some records was last changed, by whose they are."""
    found: dict[UUID, datetime] = {}
    c = operation.c
    for chunk in chunks(sorted(owners)):
        for key, at in session.execute(select(c.key, func.max(c.at)).where(c.key.in_(chunk)).group_by(c.key)):
            found[owners[key]] = max(at, found.get(owners[key], at))
    return found


def _keys(session: Session, table: Any, owner: Any, owners: Collection[UUID]) -> dict[UUID, UUID]:
    found = {}
    for chunk in chunks(sorted(owners)):
        found.update({row[0]: row[1] for row in session.execute(select(table.c.id, owner).where(owner.in_(chunk)))})
    return found


def _children(session: Session, referrals: Collection[UUID]) -> dict[UUID, list[UUID]]:
    """Children with the referrals that they are of."""
    found: dict[UUID, list[UUID]] = defaultdict(list)
    c = referral_child.c
    for chunk in chunks(sorted(referrals)):
        query = live(select(c.child_id, c.referral_id).where(c.referral_id.in_(chunk)), referral_child)
        for child, key in session.execute(query):
            found[child].append(key)
    return found


def _profiles(session: Session, children: Iterable[UUID]) -> dict[UUID, datetime]:
    found = {}
    for chunk in chunks(sorted(children)):
        query = live(select(profile.c.child_id, func.max(profile.c.changed_at)), profile)
        query = query.where(profile.c.child_id.in_(chunk)).group_by(profile.c.child_id)
        found.update({row[0]: row[1] for row in session.execute(query)})
    return found


def _of_referrals(children: dict[UUID, list[UUID]], times: dict[UUID, datetime]) -> dict[UUID, datetime]:
    found: dict[UUID, datetime] = {}
    for child, at in times.items():
        for key in children.get(child, ()):
            found[key] = max(at, found.get(key, at))
    return found


def _latest(*each: dict[UUID, datetime]) -> dict[UUID, datetime]:
    found: dict[UUID, datetime] = {}
    for times in each:
        for key, at in times.items():
            found[key] = max(at, found.get(key, at))
    return found


def _approved(session: Session, referrals: Collection[UUID]) -> dict[UUID, list[tuple[datetime, int]]]:
    """Fees that somebody approved, by referral, the latest first."""
    found: dict[UUID, list[tuple[datetime, int]]] = defaultdict(list)
    pence = offer.c.care_pence + offer.c.education_pence + offer.c.health_pence
    for chunk in chunks(sorted(referrals)):
        query = (
            select(sign_off.c.referral_id, sign_off.c.decided_at, pence)
            .join(offer, offer.c.id == sign_off.c.offer_id)
            .where(sign_off.c.referral_id.in_(chunk), sign_off.c.state == "approved", sign_off.c.decided_at.is_not(None))
            .order_by(sign_off.c.decided_at.desc())
        )  # fmt: skip
        for key, at, total in session.execute(live(query, sign_off, offer)):
            found[key].append((at, total))
    return found


def _limits(session: Session) -> list[tuple[datetime, int | None]]:
    """The budget limit through time."""
    c = operation.c
    query = select(c.at, c.fields).where(c.key == setting_id(BUDGET_LIMIT), c.fields.is_not(None)).order_by(c.hlc)
    return [(row.at, row.fields["value"]) for row in session.execute(query) if "value" in (row.fields or {})]


def _apart(session: Session, referrals: Collection[UUID]) -> frozenset[UUID]:
    found: set[UUID] = set()
    for chunk in chunks(sorted(referrals)):
        query = select(referral.c.id).where(referral.c.id.in_(chunk), referral.c.together.is_(False))
        found |= set(session.execute(query).scalars())
    return frozenset(found)
