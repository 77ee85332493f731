"""A child's time in care: when it began and ended, under which legal status, when the child was missing, how it was reviewed."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import date
from uuid import UUID

from placement_tui.db.changes import care as changes
from placement_tui.db.engine import Session
from placement_tui.db.reads import care as reads
from placement_tui.domain import care_checks as checks
from placement_tui.domain.approaches import Saved
from placement_tui.domain.care import (
    CareHistory,
    CarePeriod,
    MissingRow,
    NewMissing,
    NewPeriod,
    NewReview,
    NewStatus,
    Particulars,
    ReviewRow,
    Status,
    found_in,
    open_period,
    period_on,
    status_on,
)
from placement_tui.domain.codes.care import CEASED, MISSING, REVIEW_CODES
from placement_tui.domain.codes.ssda903 import LEGAL_STATUS
from placement_tui.errors import Invalid, NotFound, Refused
from placement_tui.services.care_rows import (
    begin,
    history,
    move_period,
    move_status,
    noun_of,
    status_columns,
    statuses_in,
    without_neighbours,
)
from placement_tui.services.desk import Desk


class Care:
    """What an officer does with a child's time in care."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def histories(self, children: Collection[UUID] | None = None, since: date | None = None) -> list[CareHistory]:
        """What the return asks for, of those children or of all who were in care; `since` leaves out who left before."""
        with self._desk.read() as session:
            return reads.histories(session, self._desk.today, children, since)

    def of_child(self, child_id: UUID) -> CareHistory:
        """One child's time in care. Raises NotFound."""
        with self._desk.read() as session:
            return history(session, child_id, self._desk.today)

    # beginning and ceasing

    def begin(self, child_id: UUID, new: NewPeriod) -> tuple[UUID, Saved]:
        """Begin a period of care, with its first legal status. Raises Invalid, naming the field."""
        new = self._placed_at(new)
        with self._desk.write("begin care") as session:
            known = history(session, child_id, self._desk.today)
            if new.status is None:
                raise Invalid("status", "Say under which legal status it begins", mend="s20, ICO, police protection")
            checks.check_period(new, known, self._desk.today)
            row = begin(session, child_id, new, known)
        words = f"{known.initials}: in care from {new.began_on:%d/%m/%Y}, {LEGAL_STATUS.spoken(new.status)}"
        return row, Saved(words, (row,))

    def cease(self, child_id: UUID, on: date, rec: str) -> Saved:
        """Care ceases: the open period ends with its reason (REC), and so do the legal status and a time missing.

        Raises Invalid, Refused where no period is open.
        """
        with self._desk.write("cease care") as session:
            known = history(session, child_id, self._desk.today)
            period = self._open(known)
            checks.check_period(replace(_as_new(period), ended_on=on, rec=rec), known, self._desk.today, period.id)
            changes.change(session, "care", period.id, {"ended_on": on, "rec": rec})
            self._end_with(session, known, period, on)
        words = f"{known.initials}: care ceased on {on:%d/%m/%Y}, {CEASED.spoken(rec).lower()}"
        there = next((stay for stay in known.stays if stay.until_on is None), None)
        return Saved(words + (f". Still placed at {there.home}: end that too" if there else ""), (period.id,))

    def _end_with(self, session: Session, known: CareHistory, period: CarePeriod, on: date) -> None:
        for status in known.statuses:
            if status.from_on >= period.began_on and (status.until_on is None or status.until_on > on):
                if status.from_on >= on:
                    raise Refused(
                        f"{LEGAL_STATUS.spoken(status.code)} began on {status.from_on:%d/%m/%Y}, after care ceased",
                        mend="correct that legal status, or the day",
                    )
                changes.change(session, "legal_status", status.id, {"until_on": on})
        for absence in known.missing:
            if absence.until_on is None and period.began_on <= absence.from_on <= on:
                changes.change(session, "missing", absence.id, {"until_on": on})

    # legal status

    def change_status(self, child_id: UUID, new: NewStatus) -> tuple[UUID, Saved]:
        """Another legal status from a day on, until the next one that is known; the one before ends on that day.

        Raises Invalid, Refused.
        """
        with self._desk.write("change legal status") as session:
            known = history(session, child_id, self._desk.today)
            before = status_on(known, new.from_on)
            if before is not None and before.code == new.code:
                raise Refused(
                    f"It is {LEGAL_STATUS.spoken(new.code)} already", f"since {before.from_on:%d/%m/%Y}",
                    "give another status, or another day",
                )  # fmt: skip
            new, others = replace(new, until_on=new.until_on or _until_next(known, new.from_on)), known
            if before is not None and before.from_on < new.from_on:
                ended = replace(before, until_on=new.from_on)
                others = replace(known, statuses=tuple(ended if e is before else e for e in known.statuses))
                changes.change(session, "legal_status", before.id, {"until_on": new.from_on})
            checks.check_status(new, others, self._desk.today)
            row = changes.add(session, "legal_status", status_columns(new) | {"child_id": child_id})
        words = f"{known.initials}: {LEGAL_STATUS.spoken(new.code)} from {new.from_on:%d/%m/%Y}"
        return row.id, Saved(words + (f", {LEGAL_STATUS.spoken(before.code)} until then" if before else ""), (row.id,))

    # missing, reviews

    def log_missing(self, child_id: UUID, new: NewMissing) -> tuple[UUID, Saved]:
        """A time missing, or away without authorisation; open while the child is not back. Raises Invalid."""
        with self._desk.write("log missing") as session:
            known = history(session, child_id, self._desk.today)
            checks.check_missing(new, known, self._desk.today)
            row = changes.add(session, "missing", _missing_columns(new) | {"child_id": child_id})
        return row.id, Saved(f"{known.initials}: {_missing_words(new)}", (row.id,))

    def back(self, child_id: UUID, on: date) -> Saved:
        """The child is back. Raises Invalid, Refused where none is missing."""
        with self._desk.write("log back") as session:
            known = history(session, child_id, self._desk.today)
            row = next((each for each in reversed(known.missing) if each.until_on is None), None)
            if row is None:
                raise Refused(f"{known.initials} is not missing", mend="log since when, if that was not logged yet")
            checks.check_missing(NewMissing(row.from_on, on, row.kind), known, self._desk.today, row.id)
            changes.change(session, "missing", row.id, {"until_on": on})
        return Saved(f"{known.initials}: back on {on:%d/%m/%Y}", (row.id,))

    def log_review(self, child_id: UUID, new: NewReview) -> tuple[UUID, Saved]:
        """A review of the child's case. Raises Invalid."""
        with self._desk.write("log review") as session:
            known = history(session, child_id, self._desk.today)
            checks.check_review(new, known, self._desk.today)
            row = changes.add(session, "review", {"child_id": child_id, "held_on": new.held_on, "code": new.code})
        words = f"{known.initials}: review on {new.held_on:%d/%m/%Y}, {REVIEW_CODES.spoken(new.code)}"
        return row.id, Saved(words, (row.id,))

    def say(self, child_id: UUID, new: Particulars) -> Saved:
        """What the return's header says: ethnicity, pupil number, motherhood, asylum. Raises Invalid, NotFound."""
        new = replace(new, upn=new.upn.strip().upper() or None if new.upn else None)
        with self._desk.write("change particulars") as session:
            known = history(session, child_id, self._desk.today)
            checks.check_particulars(new, known, self._desk.today)
            changes.change_child(session, child_id, {
                "ethnicity": new.ethnicity, "upn": new.upn, "mother": new.mother, "mother_since": new.mother_since,
                "uasc": new.uasc, "uasc_ceased_on": new.uasc_ceased_on,
            })  # fmt: skip
        return Saved(f"{known.initials}: particulars saved", (child_id,))

    # correcting and striking out

    def correct(
        self, child_id: UUID, key: UUID, new: NewPeriod | NewStatus | NewMissing | NewReview
    ) -> Saved:  # fmt: skip
        """Correct one row; what begins or ends with it follows. Raises Invalid, naming the field, NotFound."""
        if isinstance(new, NewPeriod):
            new = self._placed_at(new)
        with self._desk.write("correct care") as session:
            known = history(session, child_id, self._desk.today)
            row, today = found_in(known, key), self._desk.today
            if isinstance(new, NewPeriod) and isinstance(row, CarePeriod):
                checks.check_period(new, known, today, key)
                move_period(session, known, row, new)
            elif isinstance(new, NewStatus) and isinstance(row, Status):
                checks.check_status(new, without_neighbours(known, row), today, key)
                move_status(session, known, row, new)
            elif isinstance(new, NewMissing) and isinstance(row, MissingRow):
                checks.check_missing(new, known, today, key)
                changes.change(session, "missing", key, _missing_columns(new))
            elif isinstance(new, NewReview) and isinstance(row, ReviewRow):
                checks.check_review(new, known, today, key)
                changes.change(session, "review", key, {"held_on": new.held_on, "code": new.code})
            else:
                raise NotFound("There is no such entry", mend="it may have been undone")
        return Saved(f"{known.initials}: corrected", (key,))

    def strike(self, child_id: UUID, key: UUID) -> Saved:
        """Strike out a row that was never so. A period takes its legal statuses along; a status gives its days back to the
        one before. Raises NotFound.
        """
        with self._desk.write("strike out care") as session:
            known = history(session, child_id, self._desk.today)
            row = found_in(known, key)
            changes.strike(session, noun_of(row), key, self._desk.now)
            also = 0
            if isinstance(row, CarePeriod):
                for status in statuses_in(known, row):
                    changes.strike(session, "legal_status", status.id, self._desk.now)
                    also += 1
            elif isinstance(row, Status):
                before = next((each for each in known.statuses if each.until_on == row.from_on), None)
                if before is not None:
                    changes.change(session, "legal_status", before.id, {"until_on": row.until_on})
        more = f", with {also} legal status{'' if also == 1 else 'es'}" if also else ""
        return Saved(f"{known.initials}: struck out{more}", (key,))

    def _open(self, known: CareHistory) -> CarePeriod:
        period = open_period(known)
        if period is None:
            raise Refused(f"No period of care is open for {known.initials}", mend="begin care first")
        return period

    def _placed_at(self, new: NewPeriod) -> NewPeriod:
        """With its home postcode as postcodes are written. Raises Invalid where there is none such."""
        typed = (new.home_postcode or "").strip()
        if not typed:
            return replace(new, home_postcode=None)
        try:
            return replace(new, home_postcode=self._desk.place_of(typed).postcode)
        except Invalid as error:
            raise Invalid("home_postcode", error.title, error.detail, error.mend) from None


def _as_new(row: CarePeriod) -> NewPeriod:
    return NewPeriod(row.began_on, row.cin, None, row.home_postcode, row.ended_on, row.rec)


def _until_next(known: CareHistory, day: date) -> date | None:
    """Until when a status from that day may last: the next one begins, or care has ceased; None for neither."""
    period = period_on(known, day)
    later = [each.from_on for each in known.statuses if each.from_on > day]
    return min([*later, *([period.ended_on] if period and period.ended_on else [])], default=None)


def _missing_columns(new: NewMissing) -> dict[str, object]:
    return {"kind": new.kind, "from_on": new.from_on, "until_on": new.until_on, "note": new.note.strip()}


def _missing_words(new: NewMissing) -> str:
    until = f" to {new.until_on:%d/%m/%Y}" if new.until_on else ", not back yet"
    return f"{MISSING.spoken(new.kind)} from {new.from_on:%d/%m/%Y}{until}"
