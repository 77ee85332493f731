"""A provider's page: one key from a home, what is logged there by a key, and the merge that is shown before it is made."""

from __future__ import annotations

from pathlib import Path

from placement_tui.bootstrap import Services
from placement_tui.domain.approaches import Refusal
from placement_tui.domain.providers import NewConcern, NewContact, NewVisit
from tests import builders
from tests.officer import Officer, at_desk


async def open_page(officer: Officer, name: str = "brackenfield ca") -> str:
    """From anywhere, by a few letters."""
    await officer.press("slash")
    await officer.sees("A few letters of a child")
    await officer.type(name)
    await officer.sees("provider")
    while "provider" not in officer.text().split("\n")[0] and not any(
        "›" in line and "provider" in line for line in officer.lines()
    ):
        await officer.press("down")
    await officer.press("enter")
    return await officer.sees("What we asked, 12 months", "sector")


async def test_the_page_is_one_key_from_the_call_list_and_says_what_they_answered(
    timed: Services, store_path: Path, clock: builders.Clock
) -> None:
    key = builders.referral(timed)
    home = timed.homes.resolve("Brackenfield House")
    approach = timed.approaches.ask(key, [home.id]).approaches[0]
    clock.forward(hours=2)
    timed.approaches.refuse(approach, Refusal(("C1",), would_change=("fee",)))
    timed.providers.add_contact(home.provider_id, NewContact("Jo Hale", "manager", "0151 496 0123", "07700 900123"))
    timed.providers.raise_concern(NewConcern(home.id, "No cook since Monday", timed.desk.today))
    timed.providers.log_visit(NewVisit(home.id, due_on=timed.desk.today))
    clock.forward(days=2)
    async with at_desk(store_path, (120, 60), clock) as officer:
        await officer.press("enter")
        await officer.sees("Brackenfield House")
        await officer.press("greater_than_sign")
        shown = await officer.sees("Brackenfield Care", "1 open concern, 1 visit overdue", "0 of 1 answers were offers")
        assert "2.0h in the middle (n=1)" in shown
        assert "fee 1" in shown
        assert shown.index("No cook since Monday") < shown.index("What we asked")
        await officer.press("Y")
        await officer.sees("Copied 07700 900123 (Jo Hale)")
        await officer.press("d")
        await officer.sees("What would make the difference: Brackenfield Care", "The fee")


async def test_a_contact_a_visit_a_concern_and_its_end_are_a_key_and_a_line_each(
    timed: Services, store_path: Path, clock: builders.Clock
) -> None:
    async with at_desk(store_path, (100, 50), clock) as officer:
        await open_page(officer)
        await officer.press("a")
        await officer.sees("whom to ring")
        await officer.type("Jo Hale")
        await officer.press("enter")
        await officer.sees("There is no way to reach Jo Hale")
        await officer.type(", night 07700 900123")
        await officer.press("enter")
        await officer.sees("Jo Hale is on the list of contacts", "07700 900123")
        await officer.press("v")
        await officer.sees("Brackenfield House: visit")
        await officer.type("due in 3 days")
        await officer.press("enter")
        await officer.sees("visit due on 21/10/2026", "due Wed 21 Oct")
        await officer.press("c")
        await officer.type("No cook since Monday")
        await officer.press("enter")
        await officer.sees("Concerns (1 open)", "No cook since Monday", "1 open concern")
        await officer.press("t")
        await officer.sees("how was it settled?")
        await officer.type("One began")
        await officer.press("enter")
        await officer.sees("Concerns (0 open)", "settled: One began")
        await officer.press("u")
        await officer.sees("Concerns (1 open)")


async def test_what_a_child_said_is_kept_in_their_words_with_who_said_it(
    timed: Services, store_path: Path, clock: builders.Clock
) -> None:
    builders.placed(timed)
    home = timed.placements.open()[0]
    provider = timed.homes.page(home.home_id).candidate.provider
    async with at_desk(store_path, (100, 50), clock) as officer:
        await open_page(officer, provider.lower())
        await officer.press("w")
        await officer.sees("Who said it?", "KJ (", "a child who is not named")
        await officer.press("1")
        await officer.sees("As they said it")
        await officer.type("The dog sleeps on my bed")
        await officer.press("enter")
        await officer.sees("“The dog sleeps on my bed”", "KJ, today", "heard by Karen Moss")


async def test_suspending_and_lifting_ask_why_and_the_page_says_it_first(
    timed: Services, store_path: Path, clock: builders.Clock
) -> None:
    async with at_desk(store_path, (100, 50), clock) as officer:
        await open_page(officer)
        await officer.press("s")
        await officer.sees("Brackenfield House: not to be used, why?")
        await officer.press("enter")
        await officer.sees("cannot be left out")
        await officer.type("Two staff dismissed")
        await officer.press("enter")
        await officer.sees("Not used: every home", "not used: Two staff dismissed")
        await officer.press("s")
        await officer.sees("used again, why?")
        await officer.type("New manager")
        await officer.press("enter")
        await officer.sees("lifted: New manager")
        await officer.sees_no("Not used: every home")


async def test_a_merge_says_first_what_would_move_and_is_undone_by_one_key(
    timed: Services, store_path: Path, clock: builders.Clock
) -> None:
    async with at_desk(store_path, (100, 50), clock) as officer:
        await open_page(officer, "fern care")
        await officer.press("m")
        await officer.sees("Fern Care is the double of")
        await officer.type("brackenfield")
        await officer.press("enter")
        await officer.sees("Merge Fern Care into Brackenfield Care?", "1 home goes to Brackenfield Care")
        await officer.press("m")
        await officer.sees_no("Merge Fern Care into")
        assert len([row for row in timed.providers.every() if row.name == "Fern Care"]) == 1, "the asking key says no"
        await officer.press("m")
        await officer.type("brackenfield")
        await officer.press("enter")
        await officer.sees("Merge Fern Care into Brackenfield Care?")
        await officer.press("e")
        await officer.sees("Homes (2)", "also called", "Fern Care")
        await officer.press("u")
        await officer.sees("Homes (1)")
        await officer.sees_no("also called")


async def test_of_many_homes_one_is_chosen_by_letters(timed: Services, store_path: Path, clock: builders.Clock) -> None:
    from placement_tui.db.tables import Home

    provider = timed.homes.resolve("Brackenfield House").provider_id
    with timed.desk.write("many homes") as session:
        for number in range(20):
            session.add(Home(provider_id=provider, name=f"House {'ABCDEFGHIJKLMNOPQRST'[number]}", kind="res"))
    async with at_desk(store_path, (100, 50), clock) as officer:
        await open_page(officer)
        await officer.press("c")
        await officer.sees("A few letters of its name: there are 21")
        await officer.type("house")
        await officer.press("enter")
        await officer.sees("21 homes answer to")
        await officer.type(" q")
        await officer.press("enter")
        await officer.sees("House Q: a concern")


async def test_without_a_home_in_hand_the_key_says_where_there_is_one(
    timed: Services, store_path: Path, clock: builders.Clock
) -> None:
    async with at_desk(store_path, clock=clock) as officer:
        await officer.press("greater_than_sign")
        await officer.sees("No provider is in hand here")
