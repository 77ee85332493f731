"""The four registers as rows: who is in them, and what each entry says."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from placement_tui.db.columns import (
    child,
    deprivation,
    home,
    kinship,
    live,
    placement,
    provider,
    referral,
    unregistered,
)
from placement_tui.db.reads.children import age_of, child_row
from placement_tui.domain import registers
from placement_tui.domain.clocks_days import london_day
from placement_tui.domain.registers import (
    CATEGORIES,
    About,
    DeprivationRow,
    KinshipRow,
    NewDeprivation,
    NewKinship,
    NewUnregistered,
    SupportedRow,
    UnregisteredRow,
)
from placement_tui.domain.rules.provision import supported_category

# Homes that the law wants registered with Ofsted before a child lives there: not a school, not a household.
REGISTERED_KINDS = ("res", "sa", "secure")
_CATEGORY_OF = {"self_contained": "sa_1", "shared_ring_fenced": "sa_2", "shared_not_ring_fenced": "sa_3",
                "private_residence": "sa_4"}  # fmt: skip
_WHO = (
    child.c.initials, child.c.identifier, child.c.name, child.c.born_on, child.c.age_said, child.c.age_said_on,
    child.c.sex, child.c.home_postcode, child.c.easting, child.c.northing, child.c.latitude, child.c.longitude,
    child.c.location, child.c.authority, child.c.id.label("who"), placement.c.id.label("where"),
    placement.c.started_at, placement.c.ended_on, home.c.id.label("home_id"),
    func.coalesce(func.nullif(home.c.name, ""), provider.c.name).label("home_name"), referral.c.reference,
)  # fmt: skip


def deprivations(session: Session, today: date, ended: bool = False, only: UUID | None = None) -> list[DeprivationRow]:
    """Orders that deprive of liberty, those that end first first; also those that are over, with `ended`."""
    query = (
        select(deprivation, *_WHO)
        .join(child, child.c.id == deprivation.c.child_id)
        .outerjoin(placement, placement.c.id == deprivation.c.placement_id)
        .outerjoin(home, home.c.id == placement.c.home_id)
        .outerjoin(provider, provider.c.id == home.c.provider_id)
        .outerjoin(referral, referral.c.id == func.coalesce(deprivation.c.referral_id, placement.c.referral_id))
        .order_by(deprivation.c.ends_on.is_(None).desc(), deprivation.c.ends_on, deprivation.c.id)
    )
    query = _narrowed(query, deprivation.c, deprivation.c.ended_at, ended, only)
    found = []
    for row in session.execute(live(query, deprivation)):
        new = NewDeprivation(row.order_on, row.ends_on, row.review_on, row.case_number, row.terms, row.ofsted_told_at,
                             row.judgment_sent_at, row.note)  # fmt: skip
        missing = registers.deprivation_missing(new, today, row.ended_at is not None)
        found.append(DeprivationRow(row.id, _about(row, today), new, row.logged_at, row.ended_at, missing))
    return found


def unregistered_homes(
    session: Session, today: date, closed: bool = False, only: UUID | None = None
) -> list[UnregisteredRow]:
    """Children in homes without the registration that the law wants: those not logged first, then the longest first."""
    query = _placed(select(unregistered, *_WHO), unregistered).order_by(placement.c.started_at)
    query = _narrowed(query, unregistered.c, unregistered.c.closed_at, closed, only)
    found = []
    for row in session.execute(live(query, unregistered)):
        new = NewUnregistered(row.why, row.agreed_by, row.end_plan, row.end_by, row.applied_on, row.registration,
                              row.ofsted_told_at, tuple(row.checks), row.note)  # fmt: skip
        over = london_day(row.closed_at) if row.closed_at else row.ended_on or today
        missing = () if row.closed_at else registers.unregistered_missing(new, today)
        found.append(UnregisteredRow(row.id, _about(row, today), new, max(0, (over - london_day(row.started_at)).days),
                                     row.closed_at, missing))  # fmt: skip
    return found if only else [*_not_logged(session, today), *found]


def _not_logged(session: Session, today: date) -> list[UnregisteredRow]:
    logged = live(select(unregistered.c.id).where(unregistered.c.placement_id == placement.c.id), unregistered)
    query = (
        _going_on(select(*_WHO))
        .where(home.c.registered.is_(False), home.c.kind.in_(REGISTERED_KINDS), ~logged.exists())
        .order_by(placement.c.started_at)
    )
    new = NewUnregistered()
    return [
        UnregisteredRow(None, _about(row, today), new, max(0, (today - london_day(row.started_at)).days), None,
                        registers.unregistered_missing(new, today, logged=False))
        for row in session.execute(live(query, placement))
    ]  # fmt: skip


def supported(session: Session, today: date, only: UUID | None = None) -> list[SupportedRow]:
    """Open placements in supported accommodation, the latest started first; `only` is a placement."""
    query = _going_on(
        select(*_WHO, placement.c.provision, placement.c.checks, home.c.registered, home.c.urn, home.c.grade,
               home.c.provision_type)
    ).where(home.c.kind == "sa").order_by(placement.c.started_at.desc(), placement.c.id)  # fmt: skip
    if only is not None:
        query = query.where(placement.c.id == only)
    found = []
    for row in session.execute(live(query, placement)):
        category = row.provision if row.provision in CATEGORIES else None
        category = category or _CATEGORY_OF.get(supported_category(row.provision_type) or "")
        bare = SupportedRow(row.where, _about(row, today), category, row.registered, row.urn or "", row.grade,
                            age_of(row, today), tuple(row.checks))  # fmt: skip
        found.append(replace(bare, missing=registers.supported_missing(bare)))
    return found


def connected(session: Session, today: date, closed: bool = False, only: UUID | None = None) -> list[KinshipRow]:
    """Temporary approvals of connected persons, those that end first first."""
    query = _placed(select(kinship, *_WHO), kinship).order_by(
        func.coalesce(kinship.c.extended_until, kinship.c.approved_until), kinship.c.id
    )
    query = _narrowed(query, kinship.c, kinship.c.closed_at, closed, only)
    found = []
    for row in session.execute(live(query, kinship)):
        new = NewKinship(row.approved_on, row.approved_until, row.nominated_officer, tuple(row.checks),
                         row.approved_fully_on, row.note)  # fmt: skip
        until = row.extended_until or row.approved_until
        bare = KinshipRow(row.id, _about(row, today), new, row.approved_until, registers.week_of(row.approved_on, today),
                          (until - today).days, row.extended_until, row.panel_on, row.iro_told_at, row.closed_at)  # fmt: skip
        found.append(replace(bare, missing=registers.kinship_missing(bare, today)))
    return found


def open_entry(session: Session, register: str, key: UUID) -> UUID | None:
    """The entry of a placement (of a child, for an order) in a register that is not closed yet, or None."""
    queries = {
        "dol": select(deprivation.c.id).where(
            deprivation.c.child_id == key, deprivation.c.ended_at.is_(None), deprivation.c.struck_at.is_(None)
        ),
        "unregistered": select(unregistered.c.id).where(
            unregistered.c.placement_id == key, unregistered.c.closed_at.is_(None), unregistered.c.struck_at.is_(None)
        ),
        "kinship": select(kinship.c.id).where(
            kinship.c.placement_id == key, kinship.c.closed_at.is_(None), kinship.c.struck_at.is_(None)
        ),
    }
    return session.execute(queries[register].limit(1)).scalar()


def _placed(query: Select[Any], table: Any) -> Select[Any]:
    return _joined(query.join(placement, placement.c.id == table.c.placement_id))


def _going_on(query: Select[Any]) -> Select[Any]:
    return _joined(query.select_from(placement)).where(placement.c.ended_on.is_(None))


def _joined(query: Select[Any]) -> Select[Any]:
    return (
        query.join(child, child.c.id == placement.c.child_id)
        .join(home, home.c.id == placement.c.home_id)
        .join(provider, provider.c.id == home.c.provider_id)
        .outerjoin(referral, referral.c.id == placement.c.referral_id)
    )


def _narrowed(query: Select[Any], c: Any, over: Any, also: bool, only: UUID | None) -> Select[Any]:
    if only is not None:
        return query.where(c.id == only)
    return query if also else query.where(over.is_(None))


def _about(row: Any, today: date) -> About:
    return About(row.who, child_row(_Known(row), today).words, row.identifier, row.where, row.home_id,
                 row.home_name or "", row.started_at, row.ended_on, row.reference)  # fmt: skip


class _Known:
    """A joined row as a child's, whose id stands under another name there."""

    def __init__(self, row: Any) -> None:
        self._row, self.id = row, row.who

    def __getattr__(self, name: str) -> Any:
        return getattr(self._row, name)
