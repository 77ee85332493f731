"""Permanence: where a child is to grow up, in which steps, by when, and what holds it up."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from placement_tui.db.changes import permanence as changes
from placement_tui.db.reads import children
from placement_tui.db.reads import permanence as reads
from placement_tui.domain.approaches import Saved
from placement_tui.domain.codes.permanence import PLANS
from placement_tui.domain.permanence import MOST_STEPS, TEXT, NewPlan, PlanRow, StepRow, check, check_step
from placement_tui.domain.typed_text import long_text
from placement_tui.errors import Invalid, NotFound, Refused
from placement_tui.services.desk import Desk


class Permanence:
    """What an officer does with permanence plans."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def rows(self, closed: bool = False) -> list[PlanRow]:
        """Plans that are followed, the nearest target first; with `closed` also those that are over."""
        with self._desk.read() as session:
            return (reads.everything if closed else reads.open_now)(session, self._desk.today)

    def of_child(self, child_id: UUID) -> list[PlanRow]:
        """A child's plans, the one that is followed first."""
        with self._desk.read() as session:
            return reads.of_child(session, child_id, self._desk.today)

    def get(self, plan_id: UUID) -> PlanRow:
        """One plan. Raises NotFound."""
        with self._desk.read() as session:
            row = reads.get(session, plan_id, self._desk.today)
        if row is None:
            raise NotFound("There is no such plan", mend="it may have been undone")
        return row

    def add(self, child_id: UUID, new: NewPlan) -> tuple[UUID, Saved]:
        """A child's plan. Raises Invalid, Refused where the child has one that is followed, NotFound."""
        new = check(new, self._desk.today)
        with self._desk.write("log permanence plan") as session:
            who = children.get(session, child_id, self._desk.today)
            if who is None:
                raise NotFound("There is no such child", mend="it may have been undone")
            known = next((row for row in reads.of_child(session, child_id, self._desk.today) if row.open), None)
            if known is not None:
                raise Refused(
                    f"{known.child} has a plan: {PLANS.spoken(known.new.plan)}", "a child has one plan at a time",
                    "change it, or close it and say why",
                )  # fmt: skip
            row = changes.add(session, _columns(new) | {
                "child_id": child_id, "logged_at": self._desk.now, "officer_id": self._desk.officer.id,
            })  # fmt: skip
        return row.id, Saved(f"{who.words}: plan saved, {_plan_words(new)}", (row.id,))

    def change(self, plan_id: UUID, new: NewPlan) -> Saved:
        """Correct a plan, or say what holds it up. Raises Invalid, Refused where it is closed."""
        row, new = self._open(plan_id), check(new, self._desk.today)
        with self._desk.write("change permanence plan") as session:
            changes.change(session, plan_id, _columns(new))
        return Saved(f"{row.child}: plan changed, {_plan_words(new)}", (plan_id,))

    def hold_up(self, plan_id: UUID, words: str) -> Saved:
        """What holds a plan up; empty where nothing does any more. Raises Invalid, Refused."""
        row, words = self._open(plan_id), long_text("held_up", words, TEXT).strip()
        with self._desk.write("say what holds a plan up") as session:
            changes.change(session, plan_id, {"held_up_by": words})
        return Saved(f"{row.child}: held up by {words}" if words else f"{row.child}: nothing holds it up", (plan_id,))

    def close(self, plan_id: UUID, why: str) -> Saved:
        """The plan is reached, or is the plan no more. Raises Invalid without a reason, Refused where it is closed."""
        row, why = self._open(plan_id), long_text("why", why, TEXT).strip()
        if not why:
            raise Invalid("why", "Say why the plan is closed", mend="reached, another plan, left care: a few words do")
        with self._desk.write("close permanence plan") as session:
            changes.change(session, plan_id, {"closed_on": self._desk.today, "closed_why": why})
        return Saved(f"{row.child}: plan closed, {why}", (plan_id,))

    # steps

    def add_step(self, plan_id: UUID, what: str, due_on: date | None = None) -> tuple[UUID, Saved]:
        """A step more, after the others. Raises Invalid, Refused where the plan is closed or has too many."""
        row, (what, due_on) = self._open(plan_id), check_step(what, due_on, self._desk.today)
        if len(row.steps) >= MOST_STEPS:
            raise Refused(f"A plan has {MOST_STEPS} steps at most", mend="close this plan and begin another")
        with self._desk.write("add step") as session:
            at = max((step.position for step in row.steps), default=-1) + 1
            columns = {"permanence_plan_id": plan_id, "what": what, "due_on": due_on, "position": at}
            made = changes.add_step(session, columns)
        by = f", by {due_on:%d/%m/%Y}" if due_on else ""
        return made.id, Saved(f"{row.child}: step added, {what}{by}", (made.id, plan_id))

    def change_step(self, step_id: UUID, what: str, due_on: date | None) -> Saved:
        """Correct a step. Raises Invalid, NotFound, Refused."""
        row, _ = self._step(step_id)
        what, due_on = check_step(what, due_on, self._desk.today)
        with self._desk.write("change step") as session:
            changes.change_step(session, step_id, {"what": what, "due_on": due_on})
        return Saved(f"{row.child}: step changed, {what}", (step_id, row.id))

    def step_done(self, step_id: UUID, on: date | None = None) -> Saved:
        """A step was taken. Raises Refused where it was already, Invalid for a day to come."""
        row, step = self._step(step_id)
        if step.done_on is not None:
            raise Refused(f"{step.what}: done on {step.done_on:%d/%m/%Y} already", mend="u undoes your last change")
        day = on or self._desk.today
        if day > self._desk.today:
            raise Invalid("done", f"{day:%d/%m/%Y} is still to come", mend="mark it done on the day")
        with self._desk.write("step done") as session:
            changes.change_step(session, step_id, {"done_on": day})
        left = sum(each.done_on is None for each in row.steps) - 1
        return Saved(
            f"{row.child}: {step.what} done; {f'{left} to go' if left else 'no step is left'}", (step_id, row.id)
        )

    def drop_step(self, step_id: UUID) -> Saved:
        """A step that is not to be taken after all is taken out. Raises NotFound, Refused."""
        row, step = self._step(step_id)
        with self._desk.write("take out step") as session:
            changes.strike_step(session, step_id, self._desk.now)
        return Saved(f"{row.child}: {step.what} taken out", (step_id, row.id))

    def _open(self, plan_id: UUID) -> PlanRow:
        row = self.get(plan_id)
        if row.closed_on is not None:
            raise Refused(f"This plan was closed on {row.closed_on:%d/%m/%Y}", row.closed_why, "log a new plan")
        return row

    def _step(self, step_id: UUID) -> tuple[PlanRow, StepRow]:
        with self._desk.read() as session:
            found = reads.step(session, step_id)
        if found is None:
            raise NotFound("There is no such step", mend="it may have been undone")
        return self._open(found[0]), found[1]


def _plan_words(new: NewPlan) -> str:
    by = f" by {new.target_on:%d/%m/%Y}" if new.target_on else ""
    return f"{PLANS.spoken(new.plan)}{by}"


def _columns(new: NewPlan) -> dict[str, Any]:
    return {name: getattr(new, name) for name in ("plan", "decided_on", "target_on", "held_up_by", "note")}
