"""A home's page, and free beds logged from it."""

from __future__ import annotations

from pathlib import Path

import pytest

from placement_tui.bootstrap import Services
from placement_tui.domain.approaches import Refusal
from placement_tui.errors import Invalid
from placement_tui.widgets.home_words import read_vacancy
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
        await officer.sees("beds free", "2, none, 1 from mon")
        await officer.type("9")
        await officer.press("enter")
        await officer.sees("It has 4 places")
        await officer.press("enter")
        await officer.press("v")
        await officer.type("2 until 30 dec")
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


def test_free_beds_are_typed_as_they_are_said() -> None:
    from datetime import date

    today = date(2026, 10, 18)
    assert read_vacancy("none", today).beds == 0
    assert read_vacancy("1 from mon until 30 oct", today) == (1, date(2026, 10, 19), date(2026, 10, 30))
    for wrong in ("", "-1", "a few", "1 from blah"):
        with pytest.raises(Invalid):
            read_vacancy(wrong, today)
