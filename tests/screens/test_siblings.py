"""Brothers and sisters on the screen: together first, the least bad split, asked by one key, parted with a reason."""

from __future__ import annotations

from pathlib import Path

from placement_tui.bootstrap import Services
from placement_tui.domain.offers import NewOffer
from tests import builders
from tests.officer import at_desk

YOUNGER = (builders.child("AB", "W-1", age=4, sex="F"), builders.child("CD", "W-2", age=6, sex="M"))
ELDER = builders.child("EF", "W-3", age=9, sex="F")


async def test_the_homes_of_a_split_are_asked_by_one_key(services: Services, store_path: Path) -> None:
    key = builders.referral(services, *YOUNGER, wanted=("residential",))
    async with at_desk(store_path) as officer:
        await officer.press("+")
        shown = await officer.sees("26-0001 siblings", "AB 4 F, CD 6 M", "all together", "6 homes may take one")
        assert officer.cursor_line().lstrip("› ").startswith("all together")
        assert "all in one home" in shown
        await officer.press("enter")
        await officer.sees("1 asked")
        assert len(services.approaches.calls(key).rows) == 1
        await officer.press("+")
        await officer.sees("26-0001 siblings")
        await officer.press("enter")
        await officer.sees("These homes were asked already")
        await officer.press("i", *"20mi", "enter")
        await officer.sees("· 20mi")


async def test_referrals_are_linked_and_parted_in_a_few_keys(services: Services, store_path: Path) -> None:
    pair = builders.referral(services, *YOUNGER, wanted=("residential",), urgency="now")
    builders.referral(services, ELDER, wanted=("residential",))
    async with at_desk(store_path) as officer:
        await officer.press("+")
        await officer.sees("26-0001 siblings", "all together")
        await officer.press("x")
        await officer.sees("linked to no other")
        await officer.press("l")
        await officer.sees("Link a brother or sister")
        await officer.type("EF")
        await officer.press("enter")
        await officer.sees("Linked: 26-0001, 26-0002", "AB 4 F, CD 6 M, EF 9 F")
        await officer.press("p")
        await officer.sees("Why are they parted?", "1 No home had room for all of them")
        await officer.press("1")
        await officer.sees("In your words")
        await officer.type("none of six had three beds")
        await officer.press("enter")
        await officer.sees("parted: no room for all (none of six had three beds)")
        await officer.press("t")
        await officer.sees("looked for together again")
        await officer.press("x")
        await officer.sees("26-0001: unlinked")
    assert services.siblings.group_of(pair) is None


async def test_one_child_says_how_to_link(services: Services, store_path: Path) -> None:
    builders.referral(services)
    async with at_desk(store_path) as officer:
        await officer.press("+")
        await officer.sees("26-0001 siblings", "There is one child here: l links the referral of a brother or sister")
        await officer.press("p")
        await officer.sees("There is one child here: l links")
        await officer.press("enter")
        await officer.sees("No home is under the cursor")


async def test_placing_one_of_two_asks_why_they_are_parted(services: Services, store_path: Path) -> None:
    pair = builders.referral(services, *YOUNGER)
    builders.offered(services, pair, NewOffer(81_200))
    async with at_desk(store_path) as officer:
        await officer.press("o")
        await officer.sees("1 of 1 open")
        await officer.press("enter")
        await officer.sees("Children", "Parted", "In words")
        await officer.press("down")
        await officer.type("CD")
        await officer.press(*["down"] * 14)
        await officer.sees("Agreed by")
        await officer.press("ctrl+s")
        await officer.sees("AB 4 F would live elsewhere")
        assert officer.cursor_line().startswith("› Parted")
        await officer.type("tonight")
        await officer.sees("For tonight only")
    assert services.referrals.get(pair).state == "open"
