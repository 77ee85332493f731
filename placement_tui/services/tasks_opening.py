"""The tasks that a placement's start and its end open, in the transaction that starts or ends it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

from placement_tui.db.changes import placements
from placement_tui.db.changes import tasks as changes
from placement_tui.db.engine import Session
from placement_tui.domain.clocks import About, Due, EndingFacts, PlacementFacts, ending_clocks, placement_clocks
from placement_tui.domain.clocks_days import NIGHT_ENDS, emergency_ends, london_day
from placement_tui.domain.clocks_registers import (
    DeprivationFacts,
    KinshipFacts,
    deprivation_clocks,
    kinship_clocks,
    unregistered_clocks,
)
from placement_tui.domain.codes.endings import class_of
from placement_tui.domain.endings import NewEnding
from placement_tui.domain.placements import NewPlacement
from placement_tui.domain.typed_times import OFFICE_CLOSES, london
from placement_tui.exchange.calendar import is_working
from placement_tui.services.desk import Desk

if TYPE_CHECKING:
    from placement_tui.db.tables import Placement

AT_ONCE = ("now", "today")  # urgencies of a referral whose home could not be planned
SUDDEN = ("disrupted", "protective")  # classes of an ending that may have left no time for a review


def is_emergency(new: NewPlacement, urgency: str, now: datetime) -> bool:
    """Whether a placement is made in an emergency: as said, else where a home was needed at once and it starts at once."""
    if new.emergency is not None:
        return new.emergency
    return urgency in AT_ONCE and london_day(new.started_at) <= london_day(now) + timedelta(days=1)


def night_bed_ends(new: NewPlacement, on_rota: bool) -> datetime | None:
    """When a bed for the night is over; None for a placement that goes on.

    Where nobody said, a carer on the night's rota who takes a child outside office hours has it for the night.
    """
    local = new.started_at.astimezone(london())
    in_office = is_working(local.date()) and NIGHT_ENDS <= local.time() < OFFICE_CLOSES
    night = on_rota and not in_office if new.night_only is None else new.night_only
    return emergency_ends(new.started_at, is_working) if night else None


def placements_started(session: Session, desk: Desk, made: Iterable[tuple[Placement, int | None]]) -> list[UUID]:
    """Open what the start of these placements makes due; each with the child's age in years."""
    dues: list[Due] = []
    for row, age in made:
        about = About(referral_id=row.referral_id, placement_id=row.id, child_id=row.child_id, home_id=row.home_id)
        facts = PlacementFacts(
            row.id, row.started_at, row.emergency, row.emergency_until, row.in_area, row.outside_terms, row.place,
            row.type_obtained, age, row.planned_end_on, about,
        )  # fmt: skip
        dues += placement_clocks(facts, is_working)
    return changes.open_for(session, dues, desk.now, desk.officer.id)


def placement_ended(session: Session, desk: Desk, row: Placement, new: NewEnding) -> list[UUID]:
    """Drop what nobody owes any more, and open the notice and the review of the ending."""
    reason_class = class_of(new.reason, row.place)
    changes.placement_ended(session, row.id, desk.now, desk.officer.id)
    about = About(referral_id=row.referral_id, placement_id=row.id, child_id=row.child_id, home_id=row.home_id)
    at_risk = reason_class in SUDDEN and not new.notice_days
    facts = EndingFacts(row.id, new.ended_on, at_risk, reason_class != "not_a_move", about, row.in_area)
    return changes.open_for(session, ending_clocks(facts, is_working), desk.now, desk.officer.id)


def register_changed(session: Session, desk: Desk, register: str, row: Any) -> None:
    """Bring the clocks of a register's entry to what it says now; one that is over has none."""
    about = _about(session, row)
    settled: set[str] = set()
    dues: tuple[Due, ...]
    if register == "dol":
        prefix, over = f"deprivation/{row.id}/", row.ended_at
        told, sent = row.ofsted_told_at is not None, row.judgment_sent_at is not None
        dues = deprivation_clocks(
            DeprivationFacts(row.id, row.logged_at, row.order_on, row.ends_on, row.review_on, told, sent, about)
        )
        settled = {f"{prefix}{key}" for key, done in (("order", told), ("judgment", sent)) if done}
    elif register == "kinship":
        prefix, over = f"kinship/{row.id}/", row.closed_at
        facts = KinshipFacts(
            row.id, row.approved_on, row.approved_until, row.extended_until, row.approved_fully_on, about
        )
        dues = kinship_clocks(facts)
        if row.approved_fully_on is not None:
            approved = KinshipFacts(row.id, row.approved_on, row.approved_until, row.extended_until, None, about)
            settled = {due.source for due in kinship_clocks(approved)}
    else:
        prefix, over = f"unregistered/{row.id}/", row.closed_at
        dues = unregistered_clocks(row.id, row.end_by, about)
        settled = {due.source for due in dues} if over is not None else set()
    changes.follow(session, prefix, () if over is not None else dues, settled, desk.now, desk.officer.id)


def _about(session: Session, row: Any) -> About:
    if row.placement_id is None:
        return About(referral_id=row.referral_id, child_id=row.child_id)
    where = placements.get(session, row.placement_id)
    return About(referral_id=where.referral_id, placement_id=where.id, child_id=where.child_id, home_id=where.home_id)
