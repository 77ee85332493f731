"""Placements as rows."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from placement_tui.db.columns import child, ending, home, live, placement, provider, referral, told
from placement_tui.db.reads import restricted
from placement_tui.db.reads.children import child_row
from placement_tui.domain.clocks_days import london_day
from placement_tui.domain.placements import Considered, PlacementRow, ToTell


def open_now(session: Session, today: date, limit: int = 2000) -> list[PlacementRow]:
    """Open placements, the latest started first; more than any one council has."""
    return _rows(session, _query().where(placement.c.ended_on.is_(None)).limit(limit), today)


def ended(session: Session, today: date, limit: int = 200) -> list[PlacementRow]:
    """Placements that have ended, the latest first."""
    latest = _query().order_by(None).where(placement.c.ended_on.is_not(None))
    return _rows(session, latest.order_by(placement.c.ended_on.desc(), placement.c.id.desc()).limit(limit), today)


def of_child(session: Session, child_id: UUID, today: date) -> list[PlacementRow]:
    """A child's placements, the latest first."""
    return _rows(session, _query().where(placement.c.child_id == child_id), today)


def of_home(session: Session, home_id: UUID, today: date, limit: int = 20) -> list[PlacementRow]:
    """A home's placements, the latest first."""
    return _rows(session, _query().where(placement.c.home_id == home_id).limit(limit), today)


def of_referral(session: Session, referral_id: UUID, today: date) -> list[PlacementRow]:
    """The placements that a referral came to."""
    return _rows(session, _query().where(placement.c.referral_id == referral_id), today)


def get(session: Session, placement_id: UUID, today: date) -> PlacementRow | None:
    """One placement, or None."""
    rows = _rows(session, _query().where(placement.c.id == placement_id), today)
    return rows[0] if rows else None


def to_tell(session: Session, referral_id: UUID) -> list[ToTell]:
    """Whom to tell about a referral's placement, in the order of the list."""
    query = live(select(told).where(told.c.referral_id == referral_id), told).order_by(told.c.id)
    return [ToTell(row.id, row.who, row.what, "", row.told_at) for row in session.execute(query)]


def _query() -> Select[Any]:
    return live(
        select(
            placement,
            child.c.initials, child.c.identifier, child.c.name, child.c.born_on, child.c.age_said, child.c.age_said_on,
            child.c.sex, child.c.home_postcode, child.c.easting, child.c.northing, child.c.latitude, child.c.longitude,
            child.c.location, child.c.authority,
            home.c.name.label("home_name"), home.c.kind, home.c.restricted, provider.c.name.label("provider_name"),
            func.coalesce(func.nullif(home.c.phone, ""), provider.c.phone).label("phone"),
            referral.c.reference, ending.c.reason, ending.c.reason_class,
        )
        .join(child, child.c.id == placement.c.child_id)
        .join(home, home.c.id == placement.c.home_id)
        .join(provider, provider.c.id == home.c.provider_id)
        .outerjoin(referral, referral.c.id == placement.c.referral_id)
        .outerjoin(ending, (ending.c.placement_id == placement.c.id) & ending.c.struck_at.is_(None))
        .order_by(placement.c.started_at.desc(), placement.c.id.desc()),
        placement,
    )  # fmt: skip


def _rows(session: Session, query: Select[Any], today: date) -> list[PlacementRow]:
    found = []
    for row in session.execute(query):
        start = london_day(row.started_at)
        found.append(PlacementRow(
            row.id, row.child_id, child_row(row, today).words, row.identifier, row.home_id,
            row.home_name or row.provider_name, row.provider_name, row.kind, row.phone or "", row.reference,
            row.referral_id, row.started_at, row.planned_end_on, row.ended_on,
            max(0, ((row.ended_on or today) - start).days), row.type_wanted, row.type_obtained, row.provision, row.place,
            row.place_provider, row.route, row.care_pence, row.education_pence, row.health_pence,
            restricted.miles(session, row.miles, row.restricted), row.in_area,
            row.grade_at_start, row.reason, row.reason_class, row.legal_status, Considered.of(row.considered),
            row.approved_by, row.distance_reason, row.package, row.solo_required, row.solo, row.school, row.same_carer,
            row.school_changes,
        ))  # fmt: skip
    return found
