"""A child's story on the screen: in order, without addresses, written to a file that only its officer may read."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from placement_tui.bootstrap import Services
from placement_tui.db.changes import rows
from placement_tui.db.tables import Home
from placement_tui.domain.endings import NewEnding, NewFactor
from tests import builders
from tests.officer import Officer, at_desk


def moved(services: Services, clock: builders.Clock) -> None:
    """KJ came into care, lived at one home for a week that did not last, and lives at another."""
    first = builders.placed(services)
    clock.forward(days=7)
    ended = NewEnding(services.desk.today, "CREQB", (NewFactor("SU1", "carer", True),), 2, True, "slept badly",
                      kept_going="someone on call at night", lesson="settle him before nine")  # fmt: skip
    services.endings.end(first, ended)
    builders.placed(services)
    clock.forward(days=1)


async def to_story(officer: Officer) -> None:
    """From the board."""
    await officer.press("p")
    await officer.sees("go on")
    await officer.press("s")
    await officer.sees("KJ W-10234: story", "How it stands")


async def test_the_story_is_told_in_the_order_of_its_days(
    timed: Services, store_path: Path, clock: builders.Clock
) -> None:
    moved(timed, clock)
    async with at_desk(store_path, size=(120, 60), clock=clock) as officer:
        await to_story(officer)
        shown = await officer.sees("came into care", "carer asks, behaviour (disrupted)", "settle him before nine")
        order = ["came into care", "! left ", "someone on call at night", "Learned", "Moved in"]
        days = shown[shown.index("In the order of days") :]
        assert days.index(order[0]) < days.index(order[1]) < days.index(order[2]) < days.index(order[3])
        assert days.rindex("Moved in") > days.index("Learned")


async def test_it_is_written_to_a_file_without_the_carers_names_or_any_address(
    timed: Services, store_path: Path, clock: builders.Clock, tmp_path: Path
) -> None:
    key = builders.placed(timed)
    home = timed.placements.get(key).home_id
    with timed.desk.write("change home") as session:
        rows.change(session, Home, home, {
            "kind": "inhouse", "name": "Dawn and Ali Nuttall", "restricted": True, "postcode": "CH41 5AA",
            "address": "3 Secret Lane", "town": "Birkenhead",
        })  # fmt: skip
    clock.forward(days=1)
    target = tmp_path / "story.txt"
    async with at_desk(store_path, clock=clock) as officer:
        await to_story(officer)
        await officer.sees("Nuttall")
        await officer.press("x")
        await officer.sees("without carers' names")
        await officer.press("w")
        await officer.sees("Write the story to a file")
        await officer.press("ctrl+u")
        await officer.type(str(target))
        await officer.press("enter")
        await officer.sees("the story is in")
    text = target.read_text()
    assert "foster carers of our own" in text
    for secret in ("Nuttall", "Secret Lane", "CH41", "Birkenhead"):
        assert secret not in text, secret
    assert target.stat().st_mode & 0o077 == 0
    assert timed.desk.today - timedelta(days=1) == timed.placements.get(key).started_at.date()
