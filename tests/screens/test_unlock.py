"""Opening an encrypted store: a wrong passphrase costs nothing but that passphrase."""

from __future__ import annotations

from pathlib import Path

from placement_tui.app import PlacementApp
from placement_tui.bootstrap import Services
from tests import builders
from tests.officer import At, Officer


async def test_after_a_wrong_passphrase_the_next_is_typed_at_once(services: Services, store_path: Path) -> None:
    app = PlacementApp(At(store_path, None, None))
    async with app.run_test(size=(80, 24)) as pilot:
        officer = Officer(pilot)
        await officer.sees("is encrypted")
        await officer.type("quite another one")
        await officer.press("enter")
        shown = await officer.sees("does not open this store")
        assert "last field" not in shown
        await officer.type(builders.PASSPHRASE)
        await officer.press("enter")
        await officer.sees("No referral is open")
        await officer.sees("1 failed try to open as you since your last visit")
        await app.action_quit()
