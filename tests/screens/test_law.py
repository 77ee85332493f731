"""What law and policy say, on the screens: on an offer, set aside by a manager, at the start, and of those that go on."""

from __future__ import annotations

from pathlib import Path
from uuid import UUID

import pytest

from placement_tui.bootstrap import Services
from placement_tui.db.changes import settings as changes
from placement_tui.db.tables import Home
from placement_tui.domain.identifiers import new_id
from placement_tui.domain.offers import NewOffer
from tests import builders
from tests.officer import at_desk


def fell(services: Services, offer_id: UUID) -> None:
    """The grade of the home that offers fell."""
    home_id = services.offers.get(offer_id).home_id
    with services.desk.write("the grade fell") as session:
        session.get_one(Home, home_id).grade = "inadequate"


@pytest.fixture
def manager(services: Services) -> None:
    """The officer at the desk is a manager."""
    from placement_tui.db.tables import Officer

    with services.desk.write("role") as session:
        session.get_one(Officer, services.desk.officer.id).role = "manager"


@pytest.mark.usefixtures("manager")
async def test_a_manager_sets_a_rule_aside_with_one_key_and_a_reason(services: Services, store_path: Path) -> None:
    [offer] = builders.offered(services, builders.referral(services), NewOffer(81_200))
    fell(services, offer)
    async with at_desk(store_path) as officer:
        await officer.press("o")
        await officer.sees("policy: good or better (manager) (council policy)")
        await officer.press("l")
        await officer.sees("Law and policy:", "council policy, rule L21", "a manager may set it aside, with a reason")
        await officer.press("escape", "o")
        await officer.sees("Set aside: policy", "It is kept with your name")
        await officer.type("agreed")
        await officer.press("enter")
        await officer.sees("In 3 words or more")
        await officer.type(" with the panel today")
        await officer.press("enter")
        await officer.sees("set aside by KM", "u undoes")
        assert [row.why for row in services.overrides.latest()] == ["agreed with the panel today"]
        await officer.press("o")
        await officer.sees("No rule stands in the way")
        await officer.press("u")
        await officer.sees("set a rule aside")
        assert services.overrides.latest() == []


async def test_an_officer_is_told_whom_to_ask(services: Services, store_path: Path) -> None:
    [offer] = builders.offered(services, builders.referral(services), NewOffer(81_200))
    fell(services, offer)
    async with at_desk(store_path) as officer:
        await officer.press("o")
        await officer.sees("policy: good or better")
        await officer.press("o")
        await officer.sees("may not set a rule aside: ask a manager")
        assert services.overrides.latest() == []


async def test_the_start_asks_what_was_considered_and_keeps_it(services: Services, store_path: Path) -> None:
    referral = builders.referral(services)
    builders.offered(services, referral, NewOffer(81_200))
    async with at_desk(store_path) as officer:
        await officer.press("o")
        await officer.sees("1 of 1 open")
        await officer.press("1", "a")
        await officer.sees("Enter starts the placement")
        await officer.press("enter")
        await officer.sees("Agreed by", "School changes", "Considered", "law: at once: name the manager who agreed")
        await officer.press("ctrl+s")
        await officer.sees("placed with", "Mind: ")
        [row] = services.placements.of_referral(referral)
        assert "L2" in row.considered.shown


async def test_of_those_that_go_on_what_is_against_the_law_is_counted_and_said(
    services: Services, store_path: Path
) -> None:
    key = builders.placed(services)
    with services.desk.write("the registration ended") as session:
        changes.add_officer(session, new_id(), "Helen Rowe", "manager")
        home = session.get_one(Home, services.placements.get(key).home_id)
        home.registered, home.kind = False, "res"
    async with at_desk(store_path) as officer:
        await officer.press("p")
        await officer.sees(
            "1 against law or policy", "law L18", "not registered with Ofsted (s11 Care Standards Act 2000)"
        )
        await officer.press("enter")
        await officer.sees("Law and policy today", "find a registered one")
