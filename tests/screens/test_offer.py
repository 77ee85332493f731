"""Offers side by side and their terms: what is compared, what is decided, and what is refused."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from placement_tui.bootstrap import Services
from placement_tui.domain.identifiers import new_id
from placement_tui.domain.offers import NewOffer
from tests import builders
from tests.officer import at_desk

SPLIT = NewOffer(360_000, 55_000)
PLAIN = NewOffer(81_200, conditions="Two visits first, and the school stays the same for the whole of the spring term")


async def test_two_offers_are_compared_line_by_line_and_more_are_a_key_away(
    services: Services, store_path: Path
) -> None:
    referral = builders.referral(services)
    builders.offered(services, referral, PLAIN, SPLIT, NewOffer(90_000))
    names = [offer.name for offer in services.offers.of(referral)]
    async with at_desk(store_path) as officer:
        await officer.press("o")
        shown = await officer.sees(
            f"1 {names[0]}", f"2 {names[1]}", "1 more", "£4,150 (care 3,600 edu 550)", "3 of 3 open"
        )
        assert names[2] not in shown.splitlines()[2]
        assert "foster: first choice" in shown
        assert "in area" in shown
        assert "nothing in the way" in shown
        assert "Two visits first, and" in shown  # broken into lines, not cut
        assert "the spring term" in shown
        await officer.press("right", "right")
        await officer.sees(f"3 {names[2]}")
    async with at_desk(store_path, size=(120, 40)) as officer:
        await officer.press("o")
        await officer.sees(*(f"{number} {name}" for number, name in enumerate(names, 1)))


async def test_accepting_takes_a_different_key_and_declining_one_reason(services: Services, store_path: Path) -> None:
    referral = builders.referral(services)
    first, second = builders.offered(services, referral, PLAIN, SPLIT)
    async with at_desk(store_path) as officer:
        await officer.press("o")
        await officer.sees("2 of 2 open")
        await officer.press("2")
        await officer.sees("Accept the offer of", "£4,150 (care 3,600 edu 550) a week")
        await officer.press("2")  # the key that asked says no
        await officer.sees_no("Accept the offer of")
        assert services.offers.get(second).state == "open"
        await officer.press("2", "a")
        await officer.sees("ACCEPTED", "offer accepted", "Enter starts the placement")
        await officer.press("1", "a")
        await officer.sees("is accepted already")
        await officer.press("left", "d")
        await officer.sees("5 child's wish")
        await officer.press("3")
        await officer.sees("declined, distance", "u undoes")
        assert [services.offers.get(key).state for key in (first, second)] == ["declined", "accepted"]
        await officer.press("u")
        await officer.sees_no("declined, distance")
        await officer.press("w")
        await officer.sees("withdrawn")
        assert services.offers.get(first).state == "withdrawn"


async def test_terms_are_changed_and_an_offer_below_zero_is_refused_in_words(
    services: Services, store_path: Path
) -> None:
    offer = builders.offered(services, builders.referral(services), PLAIN)[0]
    async with at_desk(store_path) as officer:
        await officer.press("o")
        await officer.sees("1 of 1 open")
        await officer.press("e")
        await officer.sees("offer of", "£812")
        await officer.press("ctrl+u")
        await officer.type("-5")
        await officer.press("ctrl+s")
        await officer.sees("is an offer below zero")
        await officer.press("ctrl+u")
        await officer.type("900/50")
        await officer.sees("£950 a week")
        await officer.press("tab", "tab")
        await officer.type("tomorrow 12:00")
        await officer.press("ctrl+s")
        await officer.sees("offer saved", "£950 (care 900 edu 50)")
        row = services.offers.get(offer)
        assert (row.care_pence, row.education_pence, row.conditions) == (90_000, 5_000, PLAIN.conditions)
        assert row.expires_at is not None


async def test_an_offer_that_lapsed_says_so_and_cannot_be_accepted(
    timed: Services, store_path: Path, clock: builders.Clock
) -> None:
    referral = builders.referral(timed)
    builders.offered(timed, referral, NewOffer(81_200, expires_at=clock() + timedelta(hours=1)))
    clock.forward(hours=2)
    async with at_desk(store_path, clock=clock) as officer:
        await officer.press("o")
        await officer.sees("LAPSED", "1h ago")
        await officer.press("1", "a")
        await officer.sees("lapsed", "log when it lapses now")


async def test_without_an_offer_the_place_says_what_to_do(services: Services, store_path: Path) -> None:
    builders.referral(services)
    async with at_desk(store_path) as officer:
        await officer.press("enter")
        await officer.sees("Nobody has been asked yet")
        await officer.press("=")
        await officer.sees("Nobody has offered yet", "c shows the call list")
        await officer.press("1")
        await officer.sees("Nobody has offered yet: c shows the call list")


async def test_a_form_about_what_was_undone_says_so_and_is_left_with_one_key(store_path: Path) -> None:
    async with at_desk(store_path) as officer:
        await officer.sees("0 open")
        officer.app.open_place("offer", new_id())  # type: ignore[attr-defined]  # as from a list that is a moment old
        await officer.sees("There is no such offer")
        await officer.press("ctrl+s", "escape")
        await officer.sees("Duty board")
