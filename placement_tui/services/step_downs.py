"""Steps down: who is to move on to a family or to less support, by when, and whether that is reviewed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

from placement_tui.db.changes import step_downs as changes
from placement_tui.db.reads import placements, trackers
from placement_tui.db.reads import step_downs as reads
from placement_tui.domain.approaches import Saved
from placement_tui.domain.codes.permanence import STEPS_DOWN
from placement_tui.domain.permanence import TEXT
from placement_tui.domain.step_downs import REVIEW_EVERY, NewStepDown, StepDownRow, check
from placement_tui.domain.trackers import EmergencyRow
from placement_tui.domain.typed_text import long_text
from placement_tui.errors import Invalid, NotFound, Refused
from placement_tui.services.desk import Desk


class StepDowns:
    """What an officer does with steps down, and with emergency placements that outlast their plan."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def rows(self, closed: bool = False) -> list[StepDownRow]:
        """Steps down that are followed, the next review first; with `closed` also those that are over."""
        with self._desk.read() as session:
            return (reads.everything if closed else reads.open_now)(session, self._desk.today)

    def emergencies(self) -> list[EmergencyRow]:
        """Placements made in an emergency that go on, the furthest past their plan first."""
        with self._desk.read() as session:
            return trackers.emergencies(session, self._desk.today)

    def get(self, step_down_id: UUID) -> StepDownRow:
        """One step down. Raises NotFound."""
        with self._desk.read() as session:
            row = reads.get(session, step_down_id, self._desk.today)
        if row is None:
            raise NotFound("There is no such step down", mend="it may have been undone")
        return row

    def open_of(self, placement_id: UUID) -> StepDownRow | None:
        """The step down of a placement that is followed, or None."""
        with self._desk.read() as session:
            return reads.open_of(session, placement_id, self._desk.today)

    def add(self, placement_id: UUID, new: NewStepDown) -> tuple[UUID, Saved]:
        """A child is to move on from a placement. Raises Invalid, Refused where it ended or has one, NotFound."""
        if new.review_on is None:
            new = replace(new, review_on=self._desk.today + REVIEW_EVERY)
        new = check(new, self._desk.today)
        with self._desk.write("log step down") as session:
            where = placements.get(session, placement_id, self._desk.today)
            if where is None:
                raise NotFound("There is no such placement", mend="it may have been undone")
            if where.ended_on is not None:
                raise Refused(f"This placement ended on {where.ended_on:%d/%m/%Y}", where.name, "name an open one")
            known = reads.open_of(session, placement_id, self._desk.today)
            if known is not None:
                raise Refused(
                    f"{where.child} is to step down to {STEPS_DOWN.spoken(known.new.to_type)} already",
                    mend="change that, or close it and say what came of it",
                )  # fmt: skip
            row = changes.add(session, _columns(new) | {
                "placement_id": placement_id, "logged_at": self._desk.now, "officer_id": self._desk.officer.id,
            })  # fmt: skip
        return row.id, Saved(f"{where.child}: step down saved, {_words(new)}", (row.id,))

    def change(self, step_down_id: UUID, new: NewStepDown) -> Saved:
        """Correct a step down. Raises Invalid, Refused where it is over."""
        row, new = self._open(step_down_id), check(new, self._desk.today)
        with self._desk.write("change step down") as session:
            changes.change(session, step_down_id, _columns(new))
        return Saved(f"{row.child}: step down changed, {_words(new)}", (step_down_id,))

    def reviewed(self, step_down_id: UUID, following: date | None = None) -> Saved:
        """It was reviewed today; the next review is on a day to come, eight weeks on where none is said. Raises Invalid."""
        row, today = self._open(step_down_id), self._desk.today
        following = following or today + REVIEW_EVERY
        if following <= today:
            raise Invalid("review", f"{following:%d/%m/%Y} is not after today", mend="give the day of the next review")
        check(replace(row.new, review_on=following), today)
        with self._desk.write("review step down") as session:
            changes.change(session, step_down_id, {"reviewed_on": today, "review_on": following})
        return Saved(f"{row.child}: step down reviewed, again on {following:%d/%m/%Y}", (step_down_id,))

    def close(self, step_down_id: UUID, outcome: str) -> Saved:
        """It came about, or will not. Raises Invalid without a word on what came of it, Refused where it is over."""
        row, outcome = self._open(step_down_id), long_text("outcome", outcome, TEXT).strip()
        if not outcome:
            raise Invalid("outcome", "Say what came of it", mend="moved, plan changed, not ready: a few words do")
        with self._desk.write("close step down") as session:
            changes.change(session, step_down_id, {"closed_on": self._desk.today, "outcome": outcome})
        return Saved(f"{row.child}: step down closed, {outcome}", (step_down_id,))

    def _open(self, step_down_id: UUID) -> StepDownRow:
        row = self.get(step_down_id)
        if row.closed_on is not None:
            raise Refused(f"This step down was closed on {row.closed_on:%d/%m/%Y}", row.outcome, "log a new one")
        if row.ended_on is not None:
            raise Refused(f"The placement ended on {row.ended_on:%d/%m/%Y}", row.name, "its step down is over")
        return row


def _words(new: NewStepDown) -> str:
    by = f" by {new.target_on:%d/%m/%Y}" if new.target_on else ""
    return f"to {STEPS_DOWN.spoken(new.to_type)}{by}"


def _columns(new: NewStepDown) -> dict[str, Any]:
    return {"to_type": new.to_type, "target_on": new.target_on, "review_on": new.review_on, "note": new.note}
