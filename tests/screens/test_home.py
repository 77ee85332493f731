"""A home's page, and free beds logged from it."""

from __future__ import annotations

from pathlib import Path

from placement_tui.bootstrap import Services
from placement_tui.domain.approaches import Refusal
from tests import builders
from tests.officer import at_desk


async def test_a_home_tells_who_it_is_what_it_answered_and_who_is_free(services: Services, store_path: Path) -> None:
    referral = builders.referral(services)
    services.approaches.ask(referral, services.homes.nearest(referral))
    row = services.approaches.calls(referral).rows[0]
    services.approaches.refuse(row.id, Refusal(("M1",)))
    async with at_desk(store_path) as officer:
        await officer.press("enter")
        await officer.sees("18 waiting")
        await officer.press("g", "enter")
        await officer.sees("may take", "URN", "Answers to us: 1 asked in 12 months, 1 no", "no: matching")
        await officer.press("v")
        await officer.sees("free beds", "2 girls 8-14 from mon, Jo")
        await officer.type("9 until 30 dec")
        await officer.press("enter")
        await officer.sees("cannot have 9 beds free", "9 until 30 dec", "Correct the number")  # nothing is typed twice
        await officer.press("home", "delete", "2")
        await officer.press("enter")
        await officer.sees(f"{row.name}: 2 beds free", "2 free", "until")
        await officer.press("Y")
        await officer.sees("no number for the night")


async def test_the_page_is_read_at_any_size(services: Services, store_path: Path) -> None:
    builders.placed(services)
    async with at_desk(store_path, size=(120, 40)) as officer:
        await officer.press("p")
        await officer.sees("1 go on")
        await officer.press("h")
        await officer.sees("Our children there (1)", "there now", "Beds said to be free")
