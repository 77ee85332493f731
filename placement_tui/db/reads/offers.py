"""Offers as rows."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from placement_tui.db.columns import approach, home, live, offer, provider, referral
from placement_tui.db.reads import restricted
from placement_tui.domain.clocks_days import london_day
from placement_tui.domain.codes.provision import serves
from placement_tui.domain.offers import OfferRow, year_end_cost


def of_referral(session: Session, referral_id: UUID, own: str | None, today: date) -> list[OfferRow]:
    """A referral's offers in the order in which they came; `own` is the council's authority."""
    query = _query().where(approach.c.referral_id == referral_id).order_by(offer.c.offered_at, offer.c.id)
    return [_row(session, row, own, today) for row in session.execute(query)]


def get(session: Session, offer_id: UUID, own: str | None, today: date) -> OfferRow | None:
    """One offer, or None."""
    row = session.execute(_query().where(offer.c.id == offer_id)).first()
    return _row(session, row, own, today) if row else None


def obtained(kind: str, wanted: tuple[str, ...]) -> tuple[str, int | None]:
    """The provision kind that a home of that kind would be, of those wanted, and its place among them (0 first)."""
    served = serves(kind)
    for rank, wish in enumerate(wanted):
        if wish in served:
            return wish, rank
    return (served[0] if served else "other"), None


def _query() -> Select[Any]:
    return live(
        select(
            offer,
            approach.c.referral_id, approach.c.home_id, approach.c.miles, referral.c.reference, referral.c.wanted,
            home.c.name.label("home_name"), home.c.kind, home.c.grade, home.c.graded_on, home.c.authority, home.c.location,
            home.c.restricted,
            func.coalesce(home.c.route, provider.c.route).label("route_of"),
            func.coalesce(func.nullif(home.c.phone, ""), provider.c.phone).label("phone"),
            provider.c.name.label("provider_name"),
        )
        .join(approach, approach.c.id == offer.c.approach_id)
        .join(referral, referral.c.id == approach.c.referral_id)
        .join(provider, provider.c.id == approach.c.provider_id)
        .outerjoin(home, home.c.id == approach.c.home_id),
        offer,
    )  # fmt: skip


def _row(session: Session, row: Any, own: str | None, today: date) -> OfferRow:
    kind, wish = obtained(row.kind or "other", tuple(row.wanted))
    total = row.care_pence + row.education_pence + row.health_pence
    start = london_day(row.start_at) if row.start_at else today
    return OfferRow(
        row.id, row.approach_id, row.referral_id, row.reference, row.home_id, row.home_name or row.provider_name,
        row.provider_name, row.kind or "other", row.phone or "", row.offered_at, row.care_pence, row.education_pence,
        row.health_pence, row.start_at, row.expires_at, row.conditions, row.state, row.declined_reason,
        restricted.miles(session, row.miles, row.restricted),
        row.location == "approximate", None if not row.authority or not own else row.authority == own, row.grade,
        row.graded_on, kind, wish, row.route_of, year_end_cost(total, start) if total else None, row.note,
    )  # fmt: skip
