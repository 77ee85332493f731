"""Tasks: opened with what they come from, taken back with it, done, moved with a reason, handed on."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from placement_tui.bootstrap import Services
from placement_tui.db.changes import settings as people
from placement_tui.db.changes import tasks as changes
from placement_tui.domain.clocks import NOTICE, Due, PlacementFacts, with_parents
from placement_tui.domain.clocks_days import day_end, london_day
from placement_tui.domain.endings import NewEnding
from placement_tui.domain.identifiers import new_id
from placement_tui.domain.offers import NewOffer
from placement_tui.domain.placements import NewPlacement
from placement_tui.domain.tasks import TaskRow, read_due, task_id
from placement_tui.errors import Invalid, NotFound, Refused
from placement_tui.exchange.calendar import is_working
from tests import builders

DAY = timedelta(days=1)


def placed(services: Services, **fields: object) -> UUID:
    """KJ lives at a home of ours since now, in an emergency that a manager agreed to; the placement."""
    offer = builders.offered(services, builders.referral(services), NewOffer(81_200))[0]
    new = NewPlacement(services.desk.now, approved_by="Helen Rowe", **fields)  # type: ignore[arg-type]  # as its fields are
    return services.placements.start(offer, new).placements[0]


def titled(rows: Sequence[TaskRow], words: str) -> TaskRow:
    """The one task whose title begins so."""
    (found,) = [row for row in rows if row.title.startswith(words)]
    return found


def test_an_emergency_placement_opens_its_notices_and_its_plan_for_five_working_days(timed: Services) -> None:
    placement = placed(timed)
    rows = timed.tasks.due()
    assert len([row for row in rows if row.rule == NOTICE]) >= 8
    plan = titled(rows, "make the placement plan")
    assert (plan.law, plan.child, plan.reference, plan.officer) == ("Reg 9 CPPCR 2010", "KJ", "26-0001", "KM")
    assert london_day(plan.due_at).isoformat() == "2026-10-23"  # it is Sunday the 18th
    assert {row.placement_id for row in rows} == {placement}


def test_undoing_the_placement_takes_its_tasks_back_and_redoing_brings_them(timed: Services) -> None:
    placed(timed)
    before = timed.tasks.due()
    timed.history.undo()
    assert timed.tasks.due() == []
    timed.history.redo()
    assert [row.id for row in timed.tasks.due()] == [row.id for row in before]


def test_a_planned_placement_is_told_of_before_it_starts(timed: Services, clock: builders.Clock) -> None:
    offer = builders.offered(
        timed, builders.referral(timed, urgency="date", needed_by=clock.now + 9 * DAY), NewOffer(1)
    )[0]
    start = clock.now + 7 * DAY
    timed.placements.start(offer, NewPlacement(start))
    assert {row.due_at for row in timed.tasks.due()} == {start}


def test_a_bed_for_the_night_ends_at_five_on_the_next_working_day(timed: Services) -> None:
    placed(timed, night_only=True)
    night = titled(timed.tasks.due(), "find the next home")
    assert night.due_at == datetime(2026, 10, 19, 16, 0, tzinfo=UTC)  # Monday 17:00 in London
    assert night.rule == "L25"


def test_parents_assessed_early_bring_the_decision_nearer_and_undo_takes_both_back(
    timed: Services, clock: builders.Clock
) -> None:
    """Regulation 19(c): ten working days after the assessment is completed, whenever that is."""
    facts = PlacementFacts(new_id(), timed.desk.now, emergency=True, place="P1")
    with timed.desk.write("with parents") as session:
        changes.open_for(session, with_parents(facts, is_working), timed.desk.now, None)
    decided = titled(timed.tasks.due(), "get the decision")
    assert london_day(decided.due_at).isoformat() == "2026-11-13"  # Sunday 18 October: assessed by 30 October
    clock.forward(days=3)
    timed.tasks.done(titled(timed.tasks.due(), "assess").id)
    assert london_day(titled(timed.tasks.due(), "get the decision").due_at).isoformat() == "2026-11-04"
    timed.history.undo()
    assert titled(timed.tasks.due(), "get the decision").due_at == decided.due_at


def test_what_one_source_asks_for_is_opened_once(timed: Services) -> None:
    due = Due("test/1", "L8", "Reg 9 CPPCR 2010", "make the placement plan", "", timed.desk.now + DAY)
    with timed.desk.write("first") as session:
        assert changes.open_for(session, [due], timed.desk.now, None) == [task_id("test/1")]
    with timed.desk.write("again") as session:
        assert changes.open_for(session, [due], timed.desk.now, None) == []
    timed.tasks.done(task_id("test/1"))
    with timed.desk.write("once more") as session:
        assert changes.open_for(session, [due], timed.desk.now, None) == []
    assert timed.tasks.due() == []


def test_done_leaves_the_list_and_says_by_whom_and_undo_brings_it_back(timed: Services) -> None:
    placed(timed)
    plan = titled(timed.tasks.due(), "make the placement plan")
    assert timed.tasks.done(plan.id, "in the file").words == "make the placement plan: done"
    assert plan.id not in {row.id for row in timed.tasks.due()}
    finished = titled(timed.tasks.due(include_done=True), "make the placement plan")
    assert (finished.state, finished.done_by, finished.note) == ("done", "KM", "in the file")
    with pytest.raises(Refused, match="done already"):
        timed.tasks.done(plan.id)
    timed.history.undo()
    assert plan.id in {row.id for row in timed.tasks.due()}


def test_several_notices_are_done_in_one_step_and_undone_in_one(timed: Services) -> None:
    placed(timed)
    rows = timed.tasks.due()
    notices = [row.id for row in rows if row.rule == NOTICE]
    assert timed.tasks.done_all(notices).words == f"{len(notices)} tasks: done"
    assert [row.title for row in timed.tasks.due()] == ["make the placement plan"]
    timed.history.undo()
    assert len(timed.tasks.due()) == len(rows)


def test_what_need_not_be_done_wants_a_reason(timed: Services) -> None:
    placed(timed)
    parents = titled(timed.tasks.due(), "tell the parents")
    with pytest.raises(Invalid, match="Say why it need not be done"):
        timed.tasks.drop(parents.id, "  ")
    timed.tasks.drop(parents.id, "not to be told: risk of harm")
    kept = titled(timed.tasks.due(include_done=True), "tell the parents")
    assert (kept.state, kept.note) == ("dropped", "not to be told: risk of harm")


def test_a_moved_clock_keeps_the_laws_day_and_is_late_by_it(timed: Services, clock: builders.Clock) -> None:
    placed(timed)
    plan = titled(timed.tasks.due(), "make the placement plan")
    later = plan.due_at + 3 * DAY
    said = timed.tasks.move(plan.id, later, "social worker is away")
    assert "the law's day stays 23 Oct" in said.words
    moved = titled(timed.tasks.due(), "make the placement plan")
    assert (moved.due_at, moved.first_due_at, moved.moved_why) == (later, plan.due_at, "social worker is away")
    clock.now = plan.due_at + DAY
    assert titled(timed.tasks.due(), "make the placement plan").late(clock.now)
    assert timed.tasks.counts().overdue == len(timed.tasks.due()) == timed.referrals.board().overdue


@pytest.mark.parametrize("back", [timedelta(minutes=2), DAY])
def test_a_clock_is_not_moved_into_the_past(timed: Services, back: timedelta) -> None:
    placed(timed)
    plan = titled(timed.tasks.due(), "make the placement plan")
    with pytest.raises(Invalid) as refused:
        timed.tasks.move(plan.id, timed.desk.now - back, "because")
    assert refused.value.field == "when"
    assert "is past. A clock is not moved back. Give a time to come" in str(refused.value)
    with pytest.raises(Invalid, match="Say why it is moved"):
        timed.tasks.move(plan.id, timed.desk.now + DAY, "")


def test_a_typed_day_is_meant_until_it_is_over_and_a_typed_time_to_the_minute(clock: builders.Clock) -> None:
    assert read_due("wed", clock.now) == day_end(london_day(clock.now + 3 * DAY))
    assert read_due("today", clock.now) == day_end(london_day(clock.now))
    assert read_due("17:30", clock.now) == datetime(2026, 10, 18, 16, 30, tzinfo=UTC)
    with pytest.raises(Invalid):
        read_due("yesterday", clock.now)


def test_a_call_back_is_due_and_moves_on_the_call_list_and_is_done_there(
    timed: Services, clock: builders.Clock
) -> None:
    key = builders.referral(timed)
    approach = timed.approaches.ask(key, timed.homes.nearest(key, 1)).approaches[0]
    timed.approaches.call_back(approach, clock.now + timedelta(minutes=30))
    (task,) = timed.tasks.due()
    assert (task.title, task.child, task.stored) == ("call back Alder Fostering", "KJ", False)
    timed.tasks.move(task.id, clock.now + timedelta(hours=2), "in a meeting")
    row = timed.approaches.get(approach)
    assert (row.call_back_at, row.note) == (timed.tasks.due()[0].due_at, "in a meeting")
    timed.tasks.done(task.id)
    assert timed.tasks.due() == []
    assert timed.approaches.get(approach).call_back_at is None


def test_an_offer_that_lapses_is_moved_with_the_offer_but_not_ticked_off(
    timed: Services, clock: builders.Clock
) -> None:
    offer = builders.offered(timed, builders.referral(timed), NewOffer(1, expires_at=clock.now + timedelta(hours=2)))[0]
    (task,) = timed.tasks.due()
    with pytest.raises(Refused, match="Accept or decline the offer") as refused:
        timed.tasks.done(task.id)
    assert "offer of Alder Fostering lapses: that is not ticked off" in str(refused.value)
    timed.tasks.move(task.id, clock.now + DAY, "they hold it")
    assert timed.offers.get(offer).expires_at == timed.tasks.due()[0].due_at
    timed.offers.decline(offer, "price")
    assert timed.tasks.due() == []


def test_a_referral_past_its_needed_by_is_late_until_there_is_a_home(timed: Services, clock: builders.Clock) -> None:
    key = builders.referral(timed, urgency="date", needed_by=clock.now + timedelta(hours=1))
    assert timed.tasks.counts() == (0, 1)
    clock.forward(hours=2)
    assert timed.tasks.counts() == (1, 0)
    assert timed.referrals.board().rows[0].due[0].title == "a home is needed"
    timed.referrals.close(key, "went home")
    assert timed.tasks.counts() == (0, 0)


def test_a_task_is_handed_to_somebody_and_taken_back(timed: Services, clock: builders.Clock) -> None:
    colleague, viewer = new_id(), new_id()
    with timed.desk.write("add officers") as session:
        people.add_officer(session, colleague, "Priya Lal", "officer")
        people.add_officer(session, viewer, "Sam Okoro", "viewer")
    key = builders.referral(timed)
    approach = timed.approaches.ask(key, timed.homes.nearest(key, 1)).approaches[0]
    timed.approaches.call_back(approach, clock.now + timedelta(minutes=30))
    (task,) = timed.tasks.due()
    assert timed.tasks.hand_to(task.id, colleague).words == "call back Alder Fostering: now with Priya Lal"
    assert [row.officer for row in timed.tasks.due(owner=colleague)] == ["PL"]
    assert timed.tasks.due(owner=timed.desk.officer.id) == []
    with pytest.raises(Refused, match="Sam Okoro may only read"):
        timed.tasks.hand_to(task.id, viewer)
    timed.tasks.take(task.id)
    assert [row.officer for row in timed.tasks.due()] == ["KM"]
    assert {each.name for each in timed.tasks.people()} == {"Karen Moss", "Priya Lal"}


def test_when_a_placement_ends_its_plan_goes_its_unsent_notices_stay_and_the_ending_is_told(
    timed: Services, clock: builders.Clock
) -> None:
    placement = placed(timed, planned_end_on=london_day(clock.now) + 60 * DAY)
    notices = {row.id for row in timed.tasks.due() if row.rule == NOTICE}
    clock.forward(days=2)
    timed.endings.end(placement, NewEnding(london_day(clock.now), "CREQB", notice_days=0))
    rows = timed.tasks.due()
    assert notices <= {row.id for row in rows}
    assert {row.title for row in rows if row.id not in notices} == {
        "give notice that it ended, to those told of it",
        "review the case after the sudden ending",
    }
    assert london_day(titled(rows, "give notice").due_at).isoformat() == "2026-11-03"  # ten working days after Tuesday
    gone = titled(timed.tasks.due(include_done=True), "make the placement plan")
    assert (gone.state, gone.note) == ("dropped", "the placement ended")
    timed.history.undo()
    assert {row.title for row in timed.tasks.due() if row.rule != NOTICE} == {
        "make the placement plan",
        "review the case before it ends",
    }


def test_the_board_counts_what_is_due_today_and_its_line_says_what_the_law_asks_for_the_child(
    timed: Services, clock: builders.Clock
) -> None:
    placed(timed)
    builders.referral(timed)  # the same child needs another home
    board = timed.referrals.board()
    assert (board.due, board.overdue) == (0, 0)
    assert {row.short_law for row in board.rows[0].due} == {"Reg 13", "Reg 9"}
    clock.now = datetime(2026, 10, 23, 8, 0, tzinfo=UTC)
    board = timed.referrals.board()
    assert (board.due, board.overdue) == (len(timed.tasks.due()), 0)
    clock.forward(days=1)
    assert timed.referrals.board().overdue == len(timed.tasks.due())


def test_a_task_answers_to_the_first_letters_of_its_reference(timed: Services) -> None:
    placed(timed)
    plan = titled(timed.tasks.due(), "make the placement plan")
    assert len(plan.ref) == 5
    assert timed.tasks.resolve(plan.ref.upper()).id == plan.id
    with pytest.raises(NotFound, match="No task answers"):
        timed.tasks.resolve("zzzzz!")
    with pytest.raises(NotFound, match="No task answers"):
        timed.tasks.resolve(" ")


def test_until_a_day_shows_what_is_due_by_then(timed: Services, clock: builders.Clock) -> None:
    key = builders.referral(timed)
    approaches = timed.approaches.ask(key, timed.homes.nearest(key, 2)).approaches
    timed.approaches.call_back(approaches[0], clock.now + timedelta(hours=1))
    timed.approaches.call_back(approaches[1], clock.now + 3 * DAY)
    tonight = timed.tasks.due(until=day_end(london_day(clock.now)))
    assert [row.rule for row in tonight] == ["call_back", "wave"]
    assert len(timed.tasks.due()) == 3
