"""Every placement open on a day with what the regional census asks of it."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from placement_tui.db.columns import child, home, live, need, placement, provider, referral_child, unregistered
from placement_tui.db.reads import care
from placement_tui.domain.care import CareHistory, Liberty, Stay
from placement_tui.domain.census import Facts
from placement_tui.domain.clocks_days import london_day
from placement_tui.domain.typed_ages import age_on
from placement_tui.domain.typed_times import london

YEAR = timedelta(days=365)


def open_on(session: Session, on: date, today: date) -> list[Facts]:
    """The placements that a child lived in on that day, by identifier and start."""
    tomorrow = datetime.combine(on + timedelta(days=1), time(), london())
    query = live(
        select(
            placement, child.c.initials, child.c.identifier, child.c.born_on, child.c.age_said, child.c.age_said_on,
            child.c.sex, child.c.ethnicity, child.c.uasc, home.c.name.label("home_name"), home.c.kind,
            home.c.urn.label("home_urn"), home.c.registered, home.c.authority, home.c.area,
            provider.c.name.label("provider_name"), provider.c.sector, provider.c.urn.label("provider_urn"),
        )
        .join(child, child.c.id == placement.c.child_id)
        .join(home, home.c.id == placement.c.home_id)
        .join(provider, provider.c.id == home.c.provider_id)
        .where(placement.c.started_at < tomorrow, or_(placement.c.ended_on.is_(None), placement.c.ended_on > on))
        .order_by(child.c.identifier, placement.c.started_at, placement.c.id),
        placement, child,
    )  # fmt: skip
    rows = session.execute(query).all()
    histories = {each.child_id: each for each in care.histories(session, today, {row.child_id for row in rows})}
    without = _unregistered(session, on)
    plans = _with_plans(session)
    return [_facts(row, on, histories.get(row.child_id), without, plans) for row in rows]


def open_placements_of(session: Session, child_id: UUID) -> list[UUID]:
    """A child's placements that go on."""
    query = select(placement.c.id).where(placement.c.child_id == child_id, placement.c.ended_on.is_(None))
    return list(session.execute(live(query.order_by(placement.c.started_at.desc()), placement)).scalars())


def _facts(row: Any, on: date, history: CareHistory | None, without: set[UUID], plans: set[UUID]) -> Facts:
    stay = next((each for each in history.stays if each.id == row.id), None) if history else None
    statuses = [each for each in history.statuses if each.from_on <= on] if history else []
    current = [each.code for each in statuses if each.until_on is None or each.until_on >= on]
    return Facts(
        placement_id=row.id,
        child=row.initials,
        identifier=row.identifier,
        age=_age(row, on),
        sex=row.sex,
        ethnicity=row.ethnicity,
        legal_status=current[-1] if current else row.legal_status,
        uasc=row.uasc,
        provision=row.provision,
        route=row.route,
        provider=row.provider_name,
        sector=row.sector,
        home=row.home_name or row.provider_name,
        kind=row.kind,
        home_urn=(stay.urn if stay and stay.urn else row.urn or row.home_urn),
        provider_urn=row.provider_urn,
        authority=row.authority,
        host=row.area,
        registered=row.registered,
        unregistered=row.id in without,
        started_on=london_day(row.started_at),
        care_pence=row.care_pence,
        education_pence=row.education_pence,
        health_pence=row.health_pence,
        package=row.package,
        liberty=_liberty(history.liberty, on) if history else "no",
        solo_required=row.solo_required,
        solo=row.solo,
        distance_reason=row.distance_reason,
        in_area=row.in_area,
        miles=row.miles,
        ehcp=row.child_id in plans,
        missing=sum(on - YEAR < each.from_on <= on for each in history.missing) if history else 0,
        placements=_lately(history.stays, on) if history else 1,
    )


def _age(row: Any, on: date) -> int | None:
    if row.born_on is not None:
        return age_on(row.born_on, on)
    if row.age_said is None:
        return None
    since = (on - row.age_said_on).days // 365 if row.age_said_on else 0
    return int(row.age_said) + max(0, since)


def _liberty(orders: tuple[Liberty, ...], on: date) -> str:
    began = [each for each in orders if each.from_on <= on]
    if any(each.until_on is None or each.until_on >= on for each in began):
        return "current"
    return "previous" if began else "no"


def _lately(stays: tuple[Stay, ...], on: date) -> int:
    """The placements that a child was in within the year before; one that went on with the same carer is no other."""
    return sum(
        each.from_on <= on and (each.until_on is None or each.until_on > on - YEAR) and not each.same_carer
        for each in stays
    )


def _unregistered(session: Session, on: date) -> set[UUID]:
    closed = or_(unregistered.c.closed_at.is_(None), func.date(unregistered.c.closed_at) > on)
    query = live(select(unregistered.c.placement_id).where(closed), unregistered)
    return set(session.execute(query).scalars())


def _with_plans(session: Session) -> set[UUID]:
    """Children with special educational needs, or an education, health and care plan, among the needs of a referral."""
    query = (
        select(referral_child.c.child_id)
        .join(need, need.c.referral_id == referral_child.c.referral_id)
        .where(need.c.code == "SEND", or_(need.c.child_id.is_(None), need.c.child_id == referral_child.c.child_id))
    )
    return set(session.execute(live(query, need, referral_child)).scalars())
