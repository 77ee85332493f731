"""How the rows of a child's time in care hang together: what begins and ends with what, and a placement that opens care."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from uuid import UUID

from placement_tui.db.changes import care as changes
from placement_tui.db.engine import Session
from placement_tui.db.reads import care as reads
from placement_tui.domain.care import (
    CareHistory,
    CarePeriod,
    MissingRow,
    NewPeriod,
    NewStatus,
    ReviewRow,
    Row,
    Status,
    open_period,
    status_on,
)
from placement_tui.domain.codes.ssda903 import LEGAL_STATUS
from placement_tui.errors import NotFound, Refused
from placement_tui.services.desk import Desk


def history(session: Session, child_id: UUID, today: date) -> CareHistory:
    """One child's time in care as it stands in this session. Raises NotFound."""
    found = reads.histories(session, today, [child_id])
    if not found:
        raise NotFound("There is no such child", mend="it may have been undone")
    return found[0]


def begin(session: Session, child_id: UUID, new: NewPeriod, known: CareHistory) -> UUID:
    """Write a period and its first legal status; the child's own home postcode where none is given."""
    row = changes.add(session, "care", {
        "child_id": child_id, "began_on": new.began_on, "ended_on": new.ended_on, "cin": new.cin, "rec": new.rec,
        "home_postcode": new.home_postcode or known.home_postcode,
    })  # fmt: skip
    if new.status is not None:
        first = NewStatus(new.status, new.began_on, new.ended_on)
        changes.add(session, "legal_status", status_columns(first) | {"child_id": child_id})
    return row.id


def open_with_placement(session: Session, desk: Desk, child_id: UUID, day: date, code: str | None) -> str:
    """A placement starts: where it is certain that care begins with it, care and its legal status are opened too.

    It is certain where the legal status is known and neither a period, a status nor an earlier placement says that the
    child was in care on that day or just before. Gives the words to add: what was opened, or what the return would miss.
    """
    known = history(session, child_id, desk.today)
    if status_on(known, day) is not None and open_period(known) is not None:
        return ""
    over = max((each.ended_on for each in known.periods if each.ended_on), default=date.min)
    earlier = any(stay.from_on < day and (stay.until_on is None or stay.until_on > over) for stay in known.stays)
    later = any(each.began_on >= day or each.ended_on is None for each in known.periods) or over > day
    if code in LEGAL_STATUS and day <= desk.today and not earlier and not later:
        begin(session, child_id, NewPeriod(day, status=code), known)
        return f"{known.initials} in care from {day:%d/%m/%Y}, {LEGAL_STATUS.spoken(code)}" if code else ""
    return f"{known.initials}: no {'legal status' if open_period(known) else 'period of care'} is logged, the return would miss it"  # fmt: skip


def noun_of(row: Row) -> str:
    """The table that a row is of."""
    names = {CarePeriod: "care", Status: "legal_status", MissingRow: "missing", ReviewRow: "review"}
    return names[type(row)]


def statuses_in(known: CareHistory, period: CarePeriod) -> list[Status]:
    """The legal statuses that began within a period."""
    end = period.ended_on or date.max
    return [each for each in known.statuses if period.began_on <= each.from_on < end]


def move_period(session: Session, known: CareHistory, row: CarePeriod, new: NewPeriod) -> None:
    """The first legal status begins with the period, the last one ends with it."""
    inside = statuses_in(known, row)
    for status in inside:
        begins = new.began_on if status.from_on == row.began_on else status.from_on
        ends = status.until_on
        if status is inside[-1] and status.until_on == row.ended_on:
            ends = new.ended_on
        if begins < new.began_on or (new.ended_on or date.max) < (ends or new.ended_on or date.max) or (ends or date.max) <= begins:  # fmt: skip
            raise Refused(
                f"{LEGAL_STATUS.spoken(status.code)} from {status.from_on:%d/%m/%Y} would lie outside of it",
                mend="correct that legal status first",
            )
        changes.change(session, "legal_status", status.id, {"from_on": begins, "until_on": ends})
    changes.change(session, "care", row.id, {
        "began_on": new.began_on, "ended_on": new.ended_on, "cin": new.cin, "rec": new.rec,
        "home_postcode": new.home_postcode or row.home_postcode,
    })  # fmt: skip


def without_neighbours(known: CareHistory, row: Status) -> CareHistory:
    """Without those that begin or end with a status: they follow it, and are no overlap."""
    kept = tuple(
        each for each in known.statuses
        if each is not row and not (each.until_on == row.from_on or (row.until_on and each.from_on == row.until_on))
    )  # fmt: skip
    return replace(known, statuses=kept)


def move_status(session: Session, known: CareHistory, row: Status, new: NewStatus) -> None:
    """Correct a status; the one before ends where it begins, the one after begins where it ends. Raises Refused."""
    for each in known.statuses:
        if each is row:
            continue
        if each.until_on == row.from_on != new.from_on:
            _still_lasts(each, each.from_on, new.from_on)
            changes.change(session, "legal_status", each.id, {"until_on": new.from_on})
        if row.until_on and each.from_on == row.until_on != new.until_on:
            if new.until_on is None:
                raise Refused(
                    f"{LEGAL_STATUS.spoken(each.code)} follows on {each.from_on:%d/%m/%Y}", mend="strike that out first"
                )
            _still_lasts(each, new.until_on, each.until_on)
            changes.change(session, "legal_status", each.id, {"from_on": new.until_on})
    changes.change(session, "legal_status", row.id, status_columns(new))


def _still_lasts(row: Status, first: date, last: date | None) -> None:
    if last is not None and last <= first:
        raise Refused(f"Nothing would be left of {LEGAL_STATUS.spoken(row.code)}", mend="strike that out first")


def status_columns(new: NewStatus) -> dict[str, object]:
    """What was typed of a legal status, as columns."""
    return {"code": new.code, "from_on": new.from_on, "until_on": new.until_on}
