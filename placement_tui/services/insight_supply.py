"""What the market lacks, as a view of insight."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, time, timedelta
from uuid import UUID

from placement_tui.db.engine import Session
from placement_tui.db.reads import spending, supply
from placement_tui.domain.insight import Behind, Cut, Period, Report
from placement_tui.domain.supply import (
    Asked,
    Begun,
    LocalHome,
    age_band,
    away,
    demand,
    flow,
    forced,
    holders,
    not_asked,
)
from placement_tui.domain.typed_times import london
from placement_tui.services.desk import Desk

_OF_REFERRALS = frozenset({"type", "age", "need", "month"})


def report(desk: Desk, period: Period, by: str) -> Report:
    """Referrals per vacancy, their flow, forced choices, who holds local beds, local beds that were not asked for."""
    start, end = _moments(period)
    with desk.read() as session:
        asked = supply.asked(session, start, end, desk.today)
        free = supply.free(session, desk.now, desk.today, desk.authority)
        begun = supply.begun(session, start, end)
        homes = supply.local_homes(session, desk.authority)
        missed = _missed(session, period, begun, homes)
        gone = supply.away_now(session)
    blocks = (
        demand(asked, free, by or "type"), flow(asked, period.first, period.last), forced(begun), holders(homes, gone), away(begun, missed),
    )  # fmt: skip
    return Report("market", "What the market lacks", period, blocks, by or "type")


def behind(desk: Desk, period: Period, cuts: Sequence[Cut], limit: int) -> list[Behind]:
    """The referrals of a demand, or the placements of a forced choice or that went away."""
    start, end = _moments(period)
    with desk.read() as session:
        if any(cut.dimension == "holder" for cut in cuts):
            return [
                Behind("home", str(home.id), home.said_at and home.said_at.astimezone(london()).date(), "", "", f"{home.name}: {home.others} of others")
                for home in supply.local_homes(session, desk.authority) if home.others
            ][:limit]  # fmt: skip
        if any(cut.dimension in _OF_REFERRALS for cut in cuts):
            month = any(cut.dimension == "month" for cut in cuts)
            rows = supply.asked(session, start, end, desk.today)
            kept = {row.id for row in rows if (month or row.state == "open") and all(_asked(row, cut) for cut in cuts)}
            return supply.referrals(session, kept, limit)
        begun = supply.begun(session, start, end)
        named = next((cut.value for cut in cuts if cut.dimension == "away"), None)
        if named is not None:
            missed = _missed(session, period, begun, supply.local_homes(session, desk.authority))
            return spending.placements(
                session, {key for key, names in missed.items() if not named or named in names}, limit
            )
        wanted = next((cut.value for cut in cuts if cut.dimension == "wanted"), "")
        return spending.placements(
            session,
            {row.id for row in begun if row.wanted and row.got != row.wanted and wanted in ("", row.wanted)},
            limit,
        )


def _missed(
    session: Session, period: Period, begun: Sequence[Begun], homes: Sequence[LocalHome]
) -> dict[UUID, tuple[str, ...]]:
    start, end = _moments(period)
    by_id = {home.id: home for home in homes}
    gone = {row.referral_id for row in begun if row.in_area is False and row.referral_id is not None}
    return not_asked(begun, supply.words(session, by_id, start, end), by_id, supply.approached(session, gone))


def _asked(row: Asked, cut: Cut) -> bool:
    if cut.dimension == "age":
        return cut.value in {age_band(age) for age in row.ages}
    if cut.dimension == "month":
        return f"{row.received_on:%Y-%m}-01" == cut.value
    return cut.value in row.needs if cut.dimension == "need" else cut.value == row.type


def _moments(period: Period) -> tuple[datetime, datetime]:
    """The first moment of the period and the first after it."""
    first, after = period.first, period.last + timedelta(days=1)
    return (
        datetime.combine(first, time(), london()).astimezone(UTC),
        datetime.combine(after, time(), london()).astimezone(UTC),
    )
