"""A home rings with a bed, and a search goes tier by tier: as an officer does it, with the keys counted."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from pathlib import Path

from placement_tui.bootstrap import open_services
from placement_tui.domain.approaches import Refusal
from placement_tui.domain.endings import NewEnding
from placement_tui.domain.offers import NewOffer
from placement_tui.domain.placements import NewPlacement
from placement_tui.domain.vacancies import NewVacancy
from tests import builders
from tests.officer import Officer, at_desk

SAID = "1 girl 8-14, Jo"


async def to_list(officer: Officer) -> None:
    await officer.press("V")
    await officer.sees("Free beds", "to check")


async def test_a_bed_is_logged_while_they_are_on_the_phone_in_ten_keys_beyond_what_they_say(store_path: Path) -> None:
    services = open_services(store_path, None, builders.PASSPHRASE)
    girl = builders.referral(services, builders.child("AB", "W-1", sex="F", age=9))
    builders.referral(services, builders.child("CD", "W-2", sex="M", age=9))
    reference = services.referrals.get(girl).reference
    services.close()
    async with at_desk(store_path) as officer:
        await officer.press("p")  # somewhere else entirely
        await officer.sees("Placements")
        officer.pressed = 0
        await officer.press("ctrl+g")
        await officer.sees("Which home?")
        await officer.type("brack")
        await officer.sees("Brackenfield House")
        await officer.press("1")
        await officer.sees("Brackenfield House: free beds", "Or: none")
        await officer.type(SAID)
        await officer.sees("1 bed free, ages 8 to 14, girls only; said by Jo")
        await officer.press("enter")
        await officer.sees(f"Brackenfield House: 1 bed free, ages 8 to 14, girls only. Fits {reference}", "Placements")
        assert officer.pressed - len(SAID) <= 10
        await officer.press("u")
        await officer.sees("Undid: log vacancy")


async def test_what_is_wrong_is_said_under_the_line_and_nothing_is_typed_twice(store_path: Path) -> None:
    async with at_desk(store_path) as officer:
        await officer.press("v")
        await officer.sees("Which home?")
        await officer.type("brack")
        await officer.sees("Brackenfield House")
        await officer.press("enter")
        await officer.sees("free beds")
        await officer.type("2 grils")
        await officer.press("enter")
        await officer.sees('"grils" was not understood')
        await officer.press("backspace", "backspace", "backspace", "backspace", "backspace")
        await officer.type("girls, Jo")
        await officer.press("home", "delete", "9", "enter")
        await officer.sees("cannot have 9 beds free", "9 girls, Jo")
        await officer.press("home", "delete", "1", "enter")
        await officer.sees("1 bed free, girls only")


async def test_a_colleagues_bed_says_whom_it_fits_wherever_one_is_and_keeps_what_was_done(store_path: Path) -> None:
    colleague = open_services(store_path, None, builders.PASSPHRASE)
    colleague.officers.add("Adam Doyle", "officer", "a passphrase that is long enough")
    colleague.close()
    adam = open_services(store_path, "Adam Doyle", "a passphrase that is long enough")
    key = builders.referral(adam, builders.child("AB", "W-1", sex="F", age=9))
    reference = adam.referrals.get(key).reference
    home = adam.homes.resolve("Brackenfield House").id
    async with at_desk(store_path, size=(120, 40), name="Karen Moss") as officer:
        await officer.press("enter")
        await officer.sees("Nobody has been asked")
        adam.vacancies.log(home, NewVacancy(1, said_by="Jo"))
        await officer.sees(f"Brackenfield House: 1 bed fits {reference}", "J shows")
        await officer.press("J")
        await officer.sees("Free beds", "Brackenfield House", "Jo to AD")
    adam.close()


async def test_the_morning_round_is_one_key_for_each_home(store_path: Path) -> None:
    clock = builders.Clock((await now_of(store_path)) + timedelta(days=3))
    async with at_desk(store_path, clock=clock) as officer:
        await to_list(officer)
        await officer.press("f")
        await officer.sees("f shows all")
        before = len(officer.app.place.table.rows)
        assert before >= 2
        officer.pressed = 0
        await officer.press("s")
        await officer.sees("1 bed free. u undoes")
        await officer.press("x")
        await officer.sees("no bed free. u undoes")
        assert officer.pressed == 2
        for _ in range(100):
            if len(officer.app.place.table.rows) == before - 2:
                break
            await asyncio.sleep(0.05)
        assert len(officer.app.place.table.rows) == before - 2


async def now_of(store_path: Path):  # type: ignore[no-untyped-def]  # a moment
    services = open_services(store_path, None, builders.PASSPHRASE)
    now = services.desk.now
    services.close()
    return now


async def test_a_bed_is_put_to_the_referral_that_it_fits_in_two_keys(store_path: Path) -> None:
    services = open_services(store_path, None, builders.PASSPHRASE)
    key = builders.referral(services, builders.child("AB", "W-1", sex="F", age=9))
    home = services.homes.resolve("Brackenfield House").id
    services.vacancies.log(home, NewVacancy(1, 8, 10, "F"))
    services.close()
    async with at_desk(store_path) as officer:
        await to_list(officer)
        rows = officer.app.place.table.rows
        officer.app.place.table.move_to(next(row.id for row in rows if row.home_id == home))
        await officer.sees("fits 1 of 1 open", "1 need")
        officer.pressed = 0
        await officer.press("a")
        await officer.sees("Brackenfield House: ask for")
        await officer.press("1")
        await officer.sees("Brackenfield House is on the call list", "1 asked  1 waiting")
        assert officer.pressed == 2
        assert [row.home_id for row in officer.services.approaches.calls(key).rows] == [home]


async def test_a_search_goes_tier_by_tier_and_the_next_is_one_key(store_path: Path) -> None:
    clock = builders.Clock(await now_of(store_path))
    services = open_services(store_path, None, builders.PASSPHRASE, clock)
    key = builders.referral(services)
    services.close()
    async with at_desk(store_path, clock=clock) as officer:
        await officer.press("f")
        await officer.sees("of 25")
        officer.pressed = 0
        await officer.press("t")
        await officer.sees("of tier 1 marked")
        await officer.press("w")
        await officer.sees("Wave 1, tier 1:", "tier 1, until")
        assert officer.pressed == 2
        clock.forward(hours=3)
        officer.app.place.again()
        await officer.sees("time is over", "N asks the next tier")
        await officer.press("N")
        await officer.sees("Wave 2, tier 2:")
        assert {row.tier for row in officer.services.approaches.calls(key).rows} == {1, 2}


async def test_off_framework_asks_why_in_one_line(store_path: Path) -> None:
    from tests.services.test_waves import direct

    services = open_services(store_path, None, builders.PASSPHRASE)
    key = builders.referral(services)
    direct(services, *services.homes.nearest(key, 20))
    services.close()
    async with at_desk(store_path) as officer:
        await officer.press("f")
        await officer.sees("of 25")
        await officer.press("a", "w")
        await officer.sees("off framework", "Why will no home on a framework do?")
        await officer.type("nobody takes twins")
        await officer.press("enter")
        await officer.sees("Wave 1")
        assert officer.services.waves.of(key)[0].off_framework_why == "nobody takes twins"


async def test_a_re_referral_opens_with_what_was_tried_refused_and_learned(store_path: Path) -> None:
    services = open_services(store_path, None, builders.PASSPHRASE)
    first = builders.referral(services)
    sent = services.approaches.ask(first, services.homes.nearest(first, 3))
    for approach in sent.approaches[:2]:
        services.approaches.refuse(approach, Refusal(("M1",)))
    offer, _ = services.offers.log(sent.approaches[2], NewOffer(80_000))
    placement = services.placements.start(offer, NewPlacement(services.desk.now)).placements[0]
    services.endings.end(
        placement, NewEnding(services.desk.today, "CREQB", lesson="Ring his brother when he is frightened")
    )
    builders.referral(services)
    services.close()
    async with at_desk(store_path) as officer:
        await officer.press("enter")
        await officer.sees(
            "tried before", "3 asked, 2 no, mostly matching, 1 offer", "Ring his brother when he is frightened"
        )


async def test_a_new_referral_shows_the_fresh_beds_that_fit_it(store_path: Path) -> None:
    services = open_services(store_path, None, builders.PASSPHRASE)
    builders.referral(services, builders.child("AB", "W-1", sex="F", age=9))
    services.vacancies.log(services.homes.resolve("Brackenfield House").id, NewVacancy(1, said_by="Jo"))
    services.close()
    async with at_desk(store_path) as officer:
        await officer.press("enter")
        await officer.sees("free beds said lately may fit", "miles, 1 bed")


async def test_one_tier_asked_where_a_home_is_needed_now_is_not_said_to_be_every_tier(store_path: Path) -> None:
    services = open_services(store_path, None, builders.PASSPHRASE)
    key = builders.referral(services, builders.child("AB", "W-1", age=9), urgency="now")
    services.close()
    async with at_desk(store_path, size=(120, 40)) as officer:
        await officer.press("f")
        await officer.sees("Homes for 26-0001")
        await officer.press("t")
        await officer.sees("of tier 1 marked")
        await officer.press("w")
        await officer.sees("Wave 1, tier 1:", "tier 1, until")
        [wave] = officer.services.waves.of(key)
        assert (wave.tier, wave.emergency) == (1, False)
        assert wave.until_at is not None
