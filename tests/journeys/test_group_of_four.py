"""A group of four: two referrals linked, no home with four places, parted with a reason, asked by one key, placed by twos;
and the household that takes all four, since they are brothers and sisters.
"""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from placement_tui.domain.offers import NewOffer
from tests import builders
from tests.officer import Officer, at_desk

ELDER = (builders.child("AB", "W-1", age=11, sex="F"), builders.child("CD", "W-2", age=9, sex="M"))
YOUNGER = (builders.child("EF", "W-3", age=6, sex="M"), builders.child("GH", "W-4", age=4, sex="F"))


@pytest.fixture
def clock() -> builders.Clock:
    """Tuesday 20 October 2026, 11:00 in London."""
    return builders.Clock(datetime(2026, 10, 20, 10, 0, tzinfo=UTC))


async def linked(officer: Officer) -> None:
    """From the board: the younger two's referral is linked to the elder two's."""
    await officer.sees("26-0001", "26-0002")
    await officer.press("+")
    await officer.sees("26-0001 siblings")
    await officer.press("l")
    await officer.sees("Link a brother or sister")
    await officer.type("GH")
    await officer.press("enter")
    await officer.sees("Linked: 26-0001, 26-0002", "GH 4 F, EF 6 M, CD 9 M, AB 11 F")


async def start(officer: Officer) -> None:
    """From the offers: the placement that the offer under the cursor becomes."""
    await officer.press("enter")
    await officer.sees("Starts", "Obtained")
    while not officer.cursor_line().startswith("› Agreed by"):
        await officer.press("down")
    await officer.type("Helen Rowe")
    await officer.press("ctrl+s")


async def test_no_home_for_four_parts_them_by_twos_with_every_step_said(tmp_path: Path, clock: builders.Clock) -> None:
    path = tmp_path / "four.db"
    services = builders.team(path, clock)
    _, near, far = builders.homes(services, ("Alder", "Birch", "Cedar"), ("res",), places=2)
    for pair in (ELDER, YOUNGER):
        builders.referral(services, *pair, wanted=("residential",), kin_explored="nobody")
    async with at_desk(path, (80, 24), clock) as officer:
        await linked(officer)
        shown = await officer.sees("3 homes may take one, 0 all 4", "2+2")
        assert "all together" not in shown
        await officer.press("p")
        await officer.sees("Why are they parted?")
        await officer.press("1")
        await officer.sees("In your words")
        await officer.type("none of three had four beds")
        await officer.press("enter")
        await officer.sees("26-0001: parted, no room for all", "(none of three had four bed")

        # the least bad split, and how far apart they are: Alder has one bed free
        assert "2+2" in officer.cursor_line()
        await officer.sees("miles apart: Birch House to Cedar House 0.5", "sum 30.9 = 2 homes 30.0")
        await officer.press("enter")
        await officer.sees("2 asked")
        calls = services.approaches.calls(services.referrals.resolve("26-0001")).rows
        assert {row.home_id for row in calls} == {near, far}

        # the elder two first; nobody asks again why they are parted
        await officer.press("o")
        await officer.type("4150")
        await officer.press("enter")
        await officer.sees("offer, £4,150 a week")
        await officer.press("=")
        await officer.sees("1 of 1 open")
        await start(officer)
        await officer.sees("Tell: 26-0001", "placed with")

    with_elder = services.placements.open()
    assert {row.child for row in with_elder} == {"AB 11 F", "CD 9 M"}
    notices = [row for row in services.tasks.due() if row.rule == "L6"]
    assert {row.child for row in notices} == {"AB", "CD"}
    services.history.undo()
    assert services.placements.open() == []
    group = services.siblings.group_of(services.referrals.resolve("26-0001"))
    assert group is not None
    assert (len(group.children), group.parted_reason) == (4, "no_home")
    services.close()


async def test_a_household_takes_all_four_because_they_are_brothers_and_sisters(
    tmp_path: Path, clock: builders.Clock
) -> None:
    """Schedule 7 Children Act 1989, paragraph 3: any number of siblings, and no exemption; a fifth child is one too many."""
    path = tmp_path / "four.db"
    services = builders.team(path, clock)
    builders.homes(services, ("Dunne",), ("household",), places=5)
    key = builders.referral(services, *ELDER, *YOUNGER, wanted=("foster",), kin_explored="nobody")
    [offer] = builders.offered(services, key, NewOffer(320_000))
    stranger = builders.referral(services, builders.child("ZZ", "W-9", age=10), wanted=("foster",))
    async with at_desk(path, (80, 24), clock) as officer:
        await officer.press("o")
        await officer.sees("4 siblings: lawful while no other child is there", "Sch 7")
        await start(officer)
        await officer.sees("Tell: 26-0001", "placed with Dunne House")
        assert len(services.placements.open()) == 4
        await officer.press("f7")
        await officer.sees("ZZ 10 M")
        await officer.sees_no("AB 11 F")
        await officer.press("f")
        await officer.sees("Homes for 26-0002 ZZ 10 M", "0 of 1")
        await officer.press("r")
        await officer.sees("over 3, and no exemption")
    assert services.offers.get(offer).state == "accepted"
    [said] = {finding.rule for each in services.rules.of_open().values() for finding in each if finding.rule == "L13"}
    assert said == "L13"
    assert services.referrals.get(stranger).state == "open"
    services.close()
