"""From an accepted offer to a placement, and everyone who has to hear of it."""

from __future__ import annotations

from pathlib import Path

from placement_tui.bootstrap import Services
from placement_tui.domain.offers import NewOffer
from tests import builders
from tests.officer import at_desk

PLAIN = NewOffer(81_200)


async def test_an_offer_becomes_a_placement_and_everyone_is_told(services: Services, store_path: Path) -> None:
    referral = builders.referral(services)
    first, second = builders.offered(services, referral, PLAIN, NewOffer(360_000, 55_000))
    async with at_desk(store_path) as officer:
        await officer.press("o")
        await officer.sees("2 of 2 open")
        await officer.press("1", "a")
        await officer.sees("Enter starts the placement")
        await officer.press("enter")
        shown = await officer.sees("declines 1 other offer", "£812", "Others: no", "s20")
        assert "What was wanted" in shown
        await officer.press("down", "down")
        await officer.type("res")
        await officer.sees("res where foster was wanted")
        await officer.press("up", "up", "ctrl+s")
        shown = await officer.sees(
            "Tell: 26-0001", "to tell", "placed elsewhere", "Pat Lowe", "0151 496 0900", "KJ 14 M: placed with"
        )
        placement = services.placements.of_referral(referral)[0]
        assert (placement.type_wanted, placement.type_obtained, placement.care_pence) == (
            "foster",
            "residential",
            81_200,
        )
        assert services.offers.get(second).declined_reason == "other_accepted"
        assert services.referrals.get(referral).state == "placed"
        await officer.press("enter", "space")
        await officer.sees(": told")
        await officer.pilot.pause()
        assert sum(person.told_at is not None for person in services.placements.to_tell(referral)) == 2
        await officer.press("escape")
        await officer.sees("accepted: ")  # back to the offers: the form that made the placement is closed behind it
        assert services.offers.get(first).state == "accepted"
        await officer.press("enter")
        await officer.sees("26-0001 is placed already: t lists whom to tell")


async def test_what_the_law_still_wants_stands_on_the_form_and_goes_as_it_is_answered(
    services: Services, store_path: Path
) -> None:
    services.settings.change("emergency_approver", "the duty manager")
    builders.offered(services, builders.referral(services), PLAIN)
    async with at_desk(store_path, (80, 24)) as officer:
        await officer.press("o")
        await officer.sees("1 of 1 open")
        await officer.press("enter")
        await officer.sees("law: an emergency: name the manager who agreed (council policy)")
        await officer.press("ctrl+s")
        await officer.sees("! Name the manager who agreed")
        await officer.type("Helen Rowe")
        await officer.sees("law: family and friends")
        await officer.sees_no("name the manager")


async def test_a_start_before_the_offer_is_refused_at_its_field_and_one_placement_at_a_time(
    services: Services, store_path: Path
) -> None:
    builders.placed(services)
    referral = builders.referral(services)  # the same child again
    offer = services.offers
    services.approaches.ask(referral, services.homes.nearest(referral))
    offer.log(services.approaches.calls(referral).rows[3].id, PLAIN)
    async with at_desk(store_path) as officer:
        await officer.press("o")
        await officer.sees("1 of 1 open")
        await officer.press("enter")
        await officer.sees("KJ 14 M to")
        await officer.press("ctrl+u")
        await officer.type("1 jan 2020")
        await officer.press("ctrl+s")
        await officer.sees("before it was offered", "Correct the start")
        assert officer.cursor_line().startswith("› Starts")
        await officer.press("ctrl+u", *"now", "ctrl+s")
        await officer.sees("two placements of a child never overlap", "end that one first")
        await officer.press("escape")
        await officer.sees("KJ 14 M to", "now")  # what was typed is still there


async def test_one_of_two_brothers_may_be_placed_and_the_referral_goes_on(services: Services, store_path: Path) -> None:
    referral = builders.referral(services, builders.child(), builders.child("TJ", "W-2", age=9), together=False)
    builders.offered(services, referral, PLAIN)
    async with at_desk(store_path) as officer:
        await officer.press("o")
        await officer.sees("1 of 1 open")
        await officer.press("enter")
        await officer.sees("Children")
        await officer.press("down")
        await officer.type("TJ")
        await officer.press("ctrl+s")
        await officer.sees("Tell: 26-0001")
        assert [row.identifier for row in services.placements.of_referral(referral)] == ["W-2"]
        assert services.referrals.get(referral).state == "open"
