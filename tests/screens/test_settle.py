"""Two values of one field, as the officer meets them: at saving, and on the board."""

from __future__ import annotations

from pathlib import Path

from placement_tui.bootstrap import Services
from placement_tui.domain.offers import NewOffer
from tests import builders
from tests.officer import at_desk


async def test_the_board_says_how_many_wait_and_one_key_settles_each(services: Services, store_path: Path) -> None:
    referral = builders.referral(services)
    seen = services.conflicts.seen()
    services.referrals.amend(referral, {"tonight": "With an aunt", "wanted": ("foster",)})
    services.referrals.amend(referral, {"tonight": "In a taxi", "wanted": ("residential",)}, seen=seen)
    async with at_desk(store_path) as officer:
        await officer.sees("! 1 to settle")
        await officer.press("!")
        await officer.sees("Two values of", "and 1 more", "26-0001 KJ 14 M", "theirs")
        first = "tonight" if "‘tonight’" in officer.text() else "wanted"
        await officer.press("m" if "m  yours" in officer.text() else "t")
        await officer.sees("26-0001 KJ 14 M: " + first)
        await officer.press("escape")  # the other is left for later
        await officer.sees("! 1 to settle")
        await officer.press("!")
        await officer.sees("Two values of")
        await officer.press("m")
        await officer.sees_no("to settle")
        assert services.conflicts.unsettled() == []
        await officer.press("!")
        await officer.sees("No field has two values")


async def test_a_draft_of_yesterday_is_not_saved_over_what_a_colleague_saved_today(
    services: Services, store_path: Path
) -> None:
    """The draft keeps what its form had been read at: what came since is put beside it."""
    referral = builders.referral(services)
    async with at_desk(store_path) as officer:
        await officer.press("d")
        await officer.sees("26-0001 KJ 14 M", "Carer taken ill today")
        for _ in range(8):
            await officer.press("down")
        await officer.press("ctrl+u")
        await officer.type("With an aunt")
        await officer.press("escape")
        await officer.sees("Duty board", "The draft is kept")
    services.referrals.amend(referral, {"tonight": "In a taxi"})
    async with at_desk(store_path) as officer:
        await officer.sees("26-0001")
        await officer.press("d")
        await officer.sees("With an aunt")
        await officer.press("ctrl+s")
        await officer.sees("Two values of ‘tonight’", "In a taxi", "With an aunt")
        await officer.press("t")
        await officer.sees("26-0001: saved")
        assert services.referrals.get(referral).tonight == "In a taxi"
        assert services.conflicts.count() == 0


async def test_the_terms_of_an_offer_are_settled_in_its_form(services: Services, store_path: Path) -> None:
    referral = builders.referral(services)
    offer = builders.offered(services, referral, NewOffer(81_200))[0]
    async with at_desk(store_path) as officer:
        await officer.press("o")
        await officer.sees("£812")
        await officer.press("e")
        await officer.sees("£ a week", "812")
        await officer.press("ctrl+u")
        await officer.type("900")
        services.offers.amend(offer, NewOffer(85_000))
        await officer.sees("A colleague changed this too: £ a week")
        await officer.press("ctrl+s")
        await officer.sees("Two values of ‘fee for care’", "‘£850’", "‘£900’")
        await officer.press("m")
        await officer.sees("offer saved")
        assert services.offers.get(offer).care_pence == 90_000
        assert services.conflicts.count() == 0
