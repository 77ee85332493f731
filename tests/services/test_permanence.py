"""Plans for permanence and steps down: steps, days, what holds them up; late ones stand among what is due."""

from __future__ import annotations

from datetime import timedelta

import pytest

from placement_tui.bootstrap import Services
from placement_tui.db.changes import rows
from placement_tui.db.tables import Placement
from placement_tui.domain.clocks_days import london_day
from placement_tui.domain.permanence import NewPlan
from placement_tui.domain.step_downs import NewStepDown
from placement_tui.errors import Invalid, Refused
from tests import builders

DAY = timedelta(days=1)


def due(services: Services, rule: str) -> list[str]:
    """The titles of what is due by a rule."""
    return [row.title for row in services.tasks.due() if row.rule == rule]


def test_a_plan_has_steps_that_are_due_done_and_moved(timed: Services, clock: builders.Clock) -> None:
    today = london_day(clock.now)
    placement = timed.placements.get(builders.placed(timed))
    plan, _ = timed.permanence.add(placement.child_id, NewPlan("long_term_foster", target_on=today + 90 * DAY))
    panel, _ = timed.permanence.add_step(plan, "panel", today + 10 * DAY)
    timed.permanence.add_step(plan, "match agreed")
    assert due(timed, "permanence_step") == ["permanence: panel"]
    assert due(timed, "permanence") == ["permanence by now: long-term foster"]
    (step,) = (row for row in timed.tasks.due() if row.rule == "permanence_step")
    timed.tasks.move(step.id, clock.now + 20 * DAY, "panel is full")
    row = timed.permanence.get(plan)
    assert [(each.what, each.due_on) for each in row.steps] == [("panel", today + 20 * DAY), ("match agreed", None)]
    assert not row.late(today)
    assert row.late(today + 21 * DAY)
    timed.tasks.done(step.id)
    assert timed.permanence.get(plan).steps[0].done_on == today
    assert due(timed, "permanence_step") == []
    with pytest.raises(Refused, match="done on"):
        timed.permanence.step_done(panel)
    timed.history.undo()
    assert due(timed, "permanence_step") == ["permanence: panel"]
    with pytest.raises(Refused, match="has a plan: long-term foster"):
        timed.permanence.add(placement.child_id, NewPlan("adoption"))
    (target,) = (row for row in timed.tasks.due() if row.rule == "permanence")
    with pytest.raises(Refused, match="not ticked off"):
        timed.tasks.done(target.id)
    timed.tasks.move(target.id, clock.now + 120 * DAY, "waits for a match")
    row = timed.permanence.get(plan)
    assert (row.new.target_on, row.new.held_up_by) == (today + 120 * DAY, "waits for a match")
    with pytest.raises(Invalid, match="Say why"):
        timed.permanence.close(plan, " ")
    timed.permanence.close(plan, "matched")
    assert due(timed, "permanence") == []
    assert timed.permanence.rows() == []
    assert [row.closed_why for row in timed.permanence.of_child(placement.child_id)] == ["matched"]


@pytest.mark.parametrize(
    ("plan", "place", "matches"),
    [("long_term_foster", "U4", True), ("long_term_foster", "U6", False), ("return_home", "P1", True),
     ("residential", "K2", True), ("adoption", "U5", True), ("kinship", "U4", False), ("not_decided", "U6", None),
     ("independence", None, None)],
)  # fmt: skip
def test_a_child_lives_as_planned_or_not(timed: Services, plan: str, place: str | None, matches: bool | None) -> None:
    placement = builders.placed(timed)
    with timed.desk.write("code") as session:
        rows.change(session, Placement, placement, {"place": place})
    key, _ = timed.permanence.add(timed.placements.get(placement).child_id, NewPlan(plan))
    assert timed.permanence.get(key).matches is matches
    tracked = next(each for each in timed.insight.report("trackers").blocks if each.name == "match")
    assert tracked.rows[0].numerator == (matches is False)
    assert tracked.rows[0].denominator == (matches is not None)


def test_a_step_down_is_reviewed_and_drifts_past_its_target(timed: Services, clock: builders.Clock) -> None:
    today = london_day(clock.now)
    placement = builders.placed(timed)
    key, _ = timed.step_downs.add(placement, NewStepDown("foster", today + 30 * DAY))
    assert timed.step_downs.get(key).new.review_on == today + 56 * DAY  # eight weeks where nobody said
    assert due(timed, "step_down") == ["review the step down to foster"]
    clock.forward(days=57)
    later = london_day(clock.now)
    row = timed.step_downs.get(key)
    assert (row.review_late(later), row.drift(later)) == (True, 27)
    (review,) = (each for each in timed.tasks.due() if each.rule == "step_down")
    timed.tasks.done(review.id)
    row = timed.step_downs.get(key)
    assert (row.reviewed_on, row.new.review_on, row.review_late(later)) == (later, later + 56 * DAY, False)
    with pytest.raises(Invalid, match="is not after today"):
        timed.step_downs.reviewed(key, later)
    with pytest.raises(Refused, match="to step down to foster already"):
        timed.step_downs.add(placement, NewStepDown("home"))
    timed.step_downs.close(key, "moved to the Kenyons")
    assert due(timed, "step_down") == []


def test_an_emergency_that_outlasts_its_plan_is_due_until_a_new_day_is_set(
    timed: Services, clock: builders.Clock
) -> None:
    today = london_day(clock.now)
    placement = builders.placed(timed)
    with timed.desk.write("plan") as session:
        rows.change(session, Placement, placement, {"emergency": True, "planned_end_on": today + 5 * DAY})
    assert [row.past(today) for row in timed.step_downs.emergencies()] == [None]
    assert due(timed, "emergency") == []  # before its day nothing is late
    clock.forward(days=9)
    assert [row.past(london_day(clock.now)) for row in timed.step_downs.emergencies()] == [4]
    (late,) = (row for row in timed.tasks.due() if row.rule == "emergency")
    assert late.late(clock.now)
    timed.tasks.move(late.id, clock.now + 30 * DAY, "agreed with the manager")
    assert timed.placements.get(placement).planned_end_on == london_day(clock.now) + 30 * DAY
    assert due(timed, "emergency") == []
