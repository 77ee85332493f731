"""What is due by a tracker is done, and moved, where it is kept: the step, the review, the warning, the plan's day."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from placement_tui.db.changes import permanence, placements, step_downs, warnings
from placement_tui.db.engine import Session
from placement_tui.db.reads import warnings as warning_reads
from placement_tui.domain.clocks_days import london_day
from placement_tui.domain.step_downs import REVIEW_EVERY
from placement_tui.domain.tasks import TaskRow
from placement_tui.domain.trackers import EMERGENCY, REVIEW, STEP, TARGET, WARNING
from placement_tui.errors import Refused
from placement_tui.services.desk import Desk

# What is not ticked off, and what finishes it instead.
FINISHED_BY = {
    TARGET: "close the plan in Permanence (P), or move it and say what holds it up",
    EMERGENCY: "end the placement, or move it to the day that is planned now",
}


def finish(session: Session, desk: Desk, row: TaskRow, state: str, note: str) -> None:
    """A step is done; a review was held, and the next is in eight weeks; the warnings of a placement are closed.

    Raises Refused for one that is to be dropped, but a step: that is taken out.
    """
    key = _key(row)
    if row.rule == STEP and state == "dropped":
        permanence.strike_step(session, key, desk.now)
    elif state == "dropped":
        mend = (
            "Done closes it, and says what was done" if row.rule == WARNING else "close the step down in Permanence (P)"
        )
        raise Refused(f"{row.title}: that is looked at, not dropped", mend=mend)
    elif row.rule == STEP:
        permanence.change_step(session, key, {"done_on": desk.today})
    elif row.rule == REVIEW:
        step_downs.change(session, key, {"reviewed_on": desk.today, "review_on": desk.today + REVIEW_EVERY})
    elif row.rule == WARNING:
        for each in warning_reads.of_placement(session, key, desk.today):
            if each.open:
                done = "; ".join(part for part in (each.new.action, note) if part)
                warnings.change(session, each.id, {"closed_on": desk.today, "action": done})


def move(session: Session, row: TaskRow, due_at: datetime, why: str) -> None:
    """Set another day where the first one is kept. Raises Refused for a warning: a new sign is a new day."""
    key, on = _key(row), london_day(due_at)
    if row.rule == WARNING:
        raise Refused(f"{row.title}: that is not moved", mend="log what was seen since: w, in the placements")
    if row.rule == STEP:
        permanence.change_step(session, key, {"due_on": on})
    elif row.rule == TARGET:
        plan = permanence.change(session, key, {"target_on": on})
        permanence.change(session, key, {"held_up_by": f"{plan.held_up_by}\n{why}".strip()})
    elif row.rule == REVIEW:
        kept = step_downs.change(session, key, {"review_on": on})
        step_downs.change(session, key, {"note": f"{kept.note}\n{why}".strip()})
    else:
        where = placements.get(session, key)
        where.planned_end_on, where.note = on, f"{where.note}\n{why}".strip()


def _key(row: TaskRow) -> UUID:
    return UUID(row.source.split("/")[1])
