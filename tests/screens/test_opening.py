"""The duty board while its store is still being opened."""

from __future__ import annotations

import threading
from pathlib import Path

from placement_tui.app import PlacementApp
from placement_tui.bootstrap import Services
from placement_tui.widgets.place import Done
from tests import builders
from tests.officer import At, Officer, at_desk


class Slow(At):
    """A store on a slow disk."""

    def __init__(self, path: Path) -> None:
        super().__init__(path, None, builders.PASSPHRASE)
        self.go = threading.Event()

    def open(self, officer: str | None, passphrase: str | None) -> Services:
        """Wait until the test lets it open."""
        self.go.wait(10)
        return super().open(officer, passphrase)


async def test_a_board_that_was_not_read_yet_does_not_call_itself_empty(services: Services, store_path: Path) -> None:
    opening = Slow(store_path)
    app = PlacementApp(opening)
    async with app.run_test(size=(80, 24)) as pilot:
        officer = Officer(pilot)
        shown = await officer.sees("opening the store")
        assert "No referral is open" not in shown
        opening.go.set()
        await officer.sees("No referral is open")
        await app.action_quit()


async def test_leaving_while_something_was_just_read_ends_in_peace(services: Services, store_path: Path) -> None:
    builders.referral(services)
    async with at_desk(store_path) as officer:
        await officer.press("enter")
        await officer.sees("Nobody has been asked yet")
        place, told = officer.app.place, []
        place.post_message(Done(lambda _: told.append(place.services.desk.now), None))
        await officer.app.action_quit()
        await officer.pilot.pause()
        assert len(told) == 1
