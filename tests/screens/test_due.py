"""The place of what is due: late first, done, moved with a reason, handed on; from anywhere by one key."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from placement_tui.bootstrap import Services
from placement_tui.db.changes import settings as people
from placement_tui.domain.identifiers import new_id
from tests import builders
from tests.officer import at_desk
from tests.services.test_tasks import placed


async def test_nothing_is_due_and_the_place_says_what_will_be(
    timed: Services, store_path: Path, clock: builders.Clock
) -> None:
    async with at_desk(store_path, clock=clock) as officer:
        await officer.press("t")
        shown = await officer.sees("Nothing is due. A placement opens its notices")
        assert "0 late" in shown
        await officer.press("d")
        await officer.sees("Nothing is due here")
        await officer.press("f")
        await officer.sees("Nothing is due from you. f shows what the team has")


async def test_what_is_late_comes_first_and_is_done_by_one_key(
    timed: Services, store_path: Path, clock: builders.Clock
) -> None:
    placed(timed)
    clock.forward(days=9)
    key = builders.referral(timed)
    approach = timed.approaches.ask(key, timed.homes.nearest(key, 1)).approaches[0]
    timed.approaches.call_back(approach, clock.now + timedelta(minutes=30))
    late = timed.tasks.counts().overdue
    async with at_desk(store_path, clock=clock) as officer:
        await officer.sees(f"{late + 1} due, {late} late")
        await officer.press("ctrl+t")
        shown = await officer.sees(f"{late} late", "1 today", "Reg 13 CPPCR 2010")
        assert "late Fri 23 Oct" in officer.cursor_line()
        assert shown.index("late Fri 23 Oct") < shown.index("today 14:30")
        await officer.press("d")
        await officer.sees(": done", f"{late - 1} late")
        await officer.press("u")
        await officer.sees(f"{late} late")


async def test_all_notices_of_a_child_are_marked_by_one_key_and_done_by_another(
    timed: Services, store_path: Path, clock: builders.Clock
) -> None:
    placed(timed)
    async with at_desk(store_path, clock=clock) as officer:
        await officer.press("t")
        await officer.sees("tell the GP", "by Fri 23 Oct")
        while "tell" not in officer.cursor_line():
            await officer.press("j")
        await officer.press("a")
        await officer.sees("8 marked: d finishes them all")
        await officer.press("d")
        await officer.sees("8 tasks: done")
        await officer.press("x")
        await officer.sees("8 finished", "done")
        assert [row.title for row in officer.services.tasks.due()] == ["make the placement plan"]


async def test_a_clock_is_moved_with_a_reason_and_never_into_the_past(
    timed: Services, store_path: Path, clock: builders.Clock
) -> None:
    placed(timed)
    async with at_desk(store_path, clock=clock) as officer:
        await officer.press("t")
        await officer.sees("make the placement plan")
        await officer.press("m")
        await officer.sees("Move: ", "The law's day stays the measure of being late")
        await officer.type("yesterday")
        await officer.press("enter")
        await officer.sees("has passed")
        await officer.press("ctrl+u")
        await officer.type("30 oct")
        await officer.press("enter")
        await officer.sees("Why? A few words")
        await officer.press("enter")
        assert not any(row.moved for row in officer.services.tasks.due())  # without a reason nothing is moved
        await officer.type("worker is ill")
        await officer.press("enter")
        await officer.sees("moved", "the law says by Fri 23 Oct; moved: worker is ill")


async def test_what_need_not_be_done_is_said_why_and_what_is_handed_on_has_a_new_name(
    timed: Services, store_path: Path, clock: builders.Clock
) -> None:
    placed(timed)
    with timed.desk.write("add officer") as session:
        people.add_officer(session, new_id(), "Priya Lal", "officer")
    async with at_desk(store_path, clock=clock) as officer:
        await officer.press("t")
        await officer.sees("tell the parents")
        await officer.press("h")
        await officer.sees("Hand to whom", "PL Priya Lal")
        await officer.press("2")
        await officer.sees("now with Priya Lal")
        await officer.press("f")
        await officer.sees("mine 15:0", "f shows all")
        assert len(officer.services.tasks.due(owner=officer.services.desk.officer.id)) == 8
        await officer.press("n")
        await officer.sees("Not needed:")
        await officer.type("no such person")
        await officer.press("enter")
        await officer.sees(": not needed")


async def test_enter_opens_the_record_that_it_comes_from(
    timed: Services, store_path: Path, clock: builders.Clock
) -> None:
    placed(timed)
    key = builders.referral(timed)
    approach = timed.approaches.ask(key, timed.homes.nearest(key, 1)).approaches[0]
    timed.approaches.call_back(approach, clock.now + timedelta(minutes=30))
    async with at_desk(store_path, clock=clock) as officer:
        await officer.press("t")
        await officer.sees("call back", "with nobody")
        await officer.press("enter")
        await officer.sees("26-0002 KJ", "back 15:30")
        await officer.press("escape", "j")
        while "make the placement plan" not in officer.cursor_line():
            await officer.press("j")
        await officer.press("enter")
        await officer.sees("Placements", "1 go on")
        await officer.press("escape")
        await officer.sees("make the placement plan")
        while "tell" not in officer.cursor_line():
            await officer.press("j" if "call" in officer.cursor_line() else "k")
        await officer.press("enter")
        shown = await officer.sees("Tell: 26-0001", "to tell", "› the ")
        assert "KJ by Fri 23 Oct (Reg 13)" in shown


async def test_a_notice_is_ticked_off_on_the_list_of_those_to_tell_too(
    timed: Services, store_path: Path, clock: builders.Clock
) -> None:
    placed(timed)
    waiting = len(timed.tasks.due())
    async with at_desk(store_path, clock=clock) as officer:
        await officer.press("t")
        await officer.sees("tell the GP")
        while "tell" not in officer.cursor_line():
            await officer.press("j")
        await officer.press("enter")
        await officer.sees("Tell: 26-0001", "› the ")
        await officer.press("space")
        await officer.sees(": done. u undoes")
        assert len(officer.services.tasks.due()) == waiting - 1
