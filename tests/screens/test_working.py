"""Work on threads: what was asked for is done although its place was closed, and a failure is not swallowed."""

from __future__ import annotations

import asyncio
import threading
from pathlib import Path
from typing import Any

import pytest

from placement_tui.bootstrap import Services
from placement_tui.screens.finder import FinderDialog
from placement_tui.widgets.place import Leave
from tests import builders
from tests.officer import at_desk


async def test_a_change_asked_for_before_its_place_was_closed_is_made(services: Services, store_path: Path) -> None:
    key = builders.referral(services)
    async with at_desk(store_path) as officer:
        await officer.sees("tonight")
        await officer.press("enter")
        await officer.sees("Nobody has been asked")
        place: Any = officer.app.place
        hold = threading.Event()
        place.write(hold.wait, lambda _: None)
        place.write(lambda: place.services.referrals.close(key, "stays with his aunt"), lambda _: None)
        place.post_message(Leave())
        await officer.sees("Duty board")
        await asyncio.sleep(0.1)
        assert not place.is_attached
        hold.set()
        await officer.sees("No referral is open")


async def test_letters_typed_into_a_box_that_is_left_at_once_harm_nothing(services: Services, store_path: Path) -> None:
    builders.referral(services)
    async with at_desk(store_path) as officer:
        await officer.sees("tonight")
        hold = threading.Event()
        for _ in range(4):  # every reader is busy
            officer.app.place.read(hold.wait, lambda _: None, group="busy")
        await officer.press("slash", "a", "l", "escape")
        assert not isinstance(officer.app.screen, FinderDialog)
        hold.set()
        await asyncio.sleep(0.3)
        assert "Duty board" in officer.text()


async def test_a_failure_on_a_thread_ends_the_program_with_a_sentence(
    services: Services, store_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(ZeroDivisionError):
        async with at_desk(store_path) as officer:
            await officer.sees("0 open")
            officer.app.place.read(lambda: 1 // 0, lambda _: None, group="fails")
            await asyncio.sleep(0.5)
    said = capfd.readouterr().err
    assert "reference F-" in said
    assert "Traceback" not in said
