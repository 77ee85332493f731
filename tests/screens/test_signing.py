"""Sign-off at the screen: asked from the offer, decided in the queue, and what was lost by waiting."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest

from placement_tui.bootstrap import Services
from placement_tui.db.changes import settings as changes
from placement_tui.domain import settings as names
from placement_tui.domain.identifiers import new_id
from placement_tui.domain.offers import NewOffer
from tests import builders
from tests.officer import at_desk

LIVERPOOL = "E08000012"


@pytest.fixture
def outside(timed: Services) -> UUID:
    """An offer of a home in Liverpool that stands for three hours; Karen Moss is its nominated officer."""
    builders.homes(timed, ("Zinnia",), ("res",), authority=LIVERPOOL)
    child = builders.referral(timed)
    [found] = [row.candidate.id for row in timed.homes.find("zinnia").matches][:1]
    timed.approaches.ask(child, [found])
    [call] = timed.approaches.calls(child).rows
    return timed.offers.log(call.id, NewOffer(415_000, expires_at=timed.desk.now + timedelta(hours=3)))[0]


def asked_by_another(services: Services, offer_id: UUID) -> UUID:
    """A request of Priya's that Karen is to decide."""
    from placement_tui.bootstrap import wire
    from placement_tui.services.desk import Desk

    key = new_id()
    with services.desk.write("settings") as session:
        changes.add_officer(session, key, "Priya Lal", "officer")
        changes.put(session, names.APPROVERS, {"nominated_officer": "Karen Moss"})
    desk = Desk(services.desk.store, key)
    return wire(desk).sign_offs.ask(offer_id, words="Nearest that takes him tonight").ids[0]


async def test_two_keys_ask_and_the_offer_says_how_it_stands(
    timed: Services, outside: UUID, store_path: Path, clock: builders.Clock
) -> None:
    async with at_desk(store_path, (120, 40), clock) as officer:
        await officer.press("o")
        await officer.sees("needs out of area: s asks")
        await officer.press("1")
        await officer.sees("needs sign-off first", "a manager approves it")
        await officer.press("escape")
        officer.pressed = 0
        await officer.press("s")
        await officer.sees("sign-off of Zinnia House", "+1 out of area")
        await officer.press("enter")
        await officer.sees("out of area asked of a manager")
        assert officer.pressed == 2
        await officer.sees("asked of a manager 0m ago", "lapses 18:00")


async def test_at_night_what_the_approver_says_on_the_phone_is_logged_beside_the_offer(
    timed: Services, outside: UUID, store_path: Path, clock: builders.Clock
) -> None:
    with timed.desk.write("settings") as session:
        changes.put(session, names.APPROVERS, {"nominated_officer": "Anne Vale"})
    timed.desk.refresh()
    timed.sign_offs.ask(outside)
    async with at_desk(store_path, (120, 40), clock) as officer:
        await officer.press("o")
        await officer.sees("asked of Anne Vale")
        officer.pressed = 0
        await officer.press("s", "a")
        await officer.sees("Who said so?", "Anne Vale")
        await officer.press("enter")
        await officer.sees("approved by Anne Vale by phone", "logged by KM")
        assert officer.pressed == 3
        await officer.press("1", "a")
        await officer.sees("offer accepted")


async def test_one_key_approves_with_all_that_a_decision_needs_on_the_screen(
    timed: Services, outside: UUID, store_path: Path, clock: builders.Clock
) -> None:
    key = asked_by_another(timed, outside)
    clock.forward(minutes=31)
    async with at_desk(store_path, (80, 24), clock) as officer:
        await officer.sees("1 sign-off ")
        await officer.press("s")
        await officer.sees(
            "1 for you to decide", "Zinnia House", "out of area", "31m", "18:00 in 2h 28m", "£4,150 a week", "Reg 11(1)(a)",
            "PL 31m ago of Karen Moss: Nearest that takes him tonight", "KJ 14 M", "1 asked, 0 no, 0 waiting",
            "undecided by then, the bed is lost",
        )  # fmt: skip
        await officer.press("r")
        await officer.sees("What is missing?")
        await officer.press("enter")
        await officer.type("His brother")
        await officer.press("enter")
        await officer.sees("returned (out of area)", "1 returned, with the officer")
        await officer.press("u")
        await officer.sees("1 for you to decide")
        officer.pressed = 0
        await officer.press("a")
        await officer.sees("approved (out of area)", "Nothing waits for sign-off")
        assert officer.pressed == 1
    assert timed.sign_offs.get(key).state == "approved"


async def test_a_bed_lost_while_waiting_is_seen_and_asked_for_anew_when_the_home_offers_again(
    timed: Services, outside: UUID, store_path: Path, clock: builders.Clock
) -> None:
    asked_by_another(timed, outside)
    clock.forward(hours=4)
    async with at_desk(store_path, (80, 24), clock) as officer:
        await officer.press("s")
        await officer.sees("1 bed lost waiting", "LOST 18:00", "bed lost (out of area)")
        await officer.press("a")
        await officer.sees("It lapsed while it waited")
        await officer.press("s")
        await officer.sees("ring them: if it still stands")
        await officer.press("escape", "enter")
        await officer.sees("to year end", "bed lost")
        await officer.press("e")
        await officer.sees("Lapses")
        await officer.press("tab", "tab")
        await officer.press(*["backspace"] * 30)
        await officer.type("21:00")
        await officer.press("ctrl+s")
        await officer.sees("offer saved")
        await officer.press("s", "enter")
        await officer.sees("asked of Karen Moss")
    assert [row.state for row in timed.sign_offs.of_offer(outside)] == ["lapsed", "asked"]
