"""Signs, plans, steps down and lessons on the screen: one line while they speak, and what follows from it."""

from __future__ import annotations

from pathlib import Path

from placement_tui.bootstrap import Services
from placement_tui.domain.clocks_days import london_day
from placement_tui.domain.endings import NewEnding
from placement_tui.domain.warnings import NewWarning
from tests import builders
from tests.officer import at_desk


async def test_a_sign_is_typed_on_the_placement_and_the_ending_knows_of_it(
    services: Services, store_path: Path
) -> None:
    builders.placed(services)
    async with at_desk(store_path, (120, 40)) as officer:
        await officer.press("p")
        await officer.sees("KJ 14 M", "go on")
        await officer.press("w")
        await officer.sees(": warning")
        await officer.type("ca3 carer")
        await officer.press("enter")
        await officer.sees("Say what was seen")
        await officer.type(" third call; respite")
        await officer.sees("burn-out, carer says: third call (today); done: respite")
        await officer.press("enter")
        await officer.sees("warning saved", "warned now", "warned today: burn-out, carer says third call")
        await officer.press("e")
        await officer.sees("leaves", "third call (done: respite)")
        await officer.press("escape")
        await officer.sees("go on")
        await officer.press("P")
        await officer.sees("1 plans 0", "5 warnings 1", "has no plan")
        await officer.press("5")
        await officer.sees("open 0 days")
        await officer.press("d")
        await officer.sees("A sign is not done")
        await officer.press("c")
        await officer.sees("the warning is closed")
        await officer.press("enter")
        await officer.sees("No warning is open")
    assert services.warnings.open() == []


async def test_a_plan_is_made_and_followed_by_single_keys(services: Services, store_path: Path) -> None:
    placement = services.placements.get(builders.placed(services))
    async with at_desk(store_path) as officer:
        await officer.press("p")
        await officer.sees("KJ 14 M", "go on")
        await officer.press("P")
        await officer.sees("has no plan")
        await officer.press("n")
        await officer.type("moon")
        await officer.press("enter")
        await officer.sees("is not a plan for permanence")
        await officer.press("ctrl+u")
        await officer.type("ltf by 31 mar, waits for a match")
        await officer.press("enter")
        await officer.sees("plan saved, long-term foster by 31/03/")
        await officer.press("a")
        await officer.sees("another step")
        await officer.type("panel")
        await officer.press("enter")
        await officer.sees("step added, panel")
        await officer.press("d")
        await officer.sees("panel done; no step is left")
        await officer.press("b")
        await officer.sees("what holds it up?")
        await officer.press("ctrl+u", "enter")
        await officer.sees("nothing holds it up")
        await officer.press("enter")
        await officer.sees("Long-term foster care", "panel: done")
        await officer.press("escape")
        await officer.sees_no("Long-term foster care")
        await officer.press("2", "n")
        await officer.sees("step down")
        await officer.type("home by 1 mar")
        await officer.press("enter")
        await officer.sees("step down saved, to home by 01/03/")
        await officer.press("enter")
        await officer.sees("go on")
    (plan,) = services.permanence.of_child(placement.child_id)
    assert (plan.new.plan, plan.new.held_up_by, [step.what for step in plan.steps]) == (
        "long_term_foster",
        "",
        ["panel"],
    )
    assert services.step_downs.open_of(placement.id) is not None


async def test_a_lesson_is_found_by_its_words_and_leads_to_its_placement(timed: Services, store_path: Path) -> None:
    placement = builders.placed(timed)
    today = london_day(timed.desk.now)
    timed.warnings.log(placement, NewWarning("shouting", today))
    lesson = NewEnding(today, "CREQB", lesson="Ring the carer on Fridays", lesson_needs=("VIOLENCE",))
    timed.endings.end(placement, lesson)
    builders.referral(timed, builders.child("AB", "W-2", age=12))
    async with at_desk(store_path, (120, 40)) as officer:
        await officer.press("p")
        await officer.sees("No placement goes on now")
        await officer.press("L")
        await officer.sees("Ring the carer on Fridays", "1 lessons, 1 bear on", "bears on now: AB 26-")
        await officer.press("i")
        await officer.type("mondays")
        await officer.sees("No lesson says that")
        await officer.press("ctrl+u")
        await officer.type("fri kj")
        await officer.press("enter")
        await officer.sees("Ring the carer on Fridays")
        await officer.press("enter")
        await officer.sees("ended by", "CREQB")
        await officer.press("escape", "p")
        await officer.sees("1 ended", "disrupted")
