"""What an officer types before the store is open is neither lost nor done in another order, and nothing is done to a board
that was so yesterday.
"""

from __future__ import annotations

import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from placement_tui.app import PlacementApp
from placement_tui.bootstrap import Services
from tests import builders
from tests.officer import At, Officer


class Slow(At):
    """A store on a slow disk: it opens when the test says so."""

    def __init__(self, path: Path) -> None:
        super().__init__(path, None, builders.PASSPHRASE)
        self.go = threading.Event()

    def open(self, officer: str | None, passphrase: str | None) -> Services:
        """Wait, then open."""
        assert self.go.wait(30)
        return super().open(officer, passphrase)


@asynccontextmanager
async def starting(opening: Slow) -> AsyncIterator[Officer]:
    """The program before its store is open; it is quit at the end."""
    app = PlacementApp(opening)
    async with app.run_test(size=(100, 24)) as pilot:
        officer = Officer(pilot)
        await officer.sees("Duty board")
        yield officer
        opening.go.set()
        await app.action_quit()


def kept(services: Services) -> None:
    """The board as it is now, kept for the next start."""
    assert services.glances.keep(services.referrals.board(), services.glances.arrived())


async def test_keys_typed_before_the_store_is_open_move_and_open_in_their_order(
    services: Services, store_path: Path
) -> None:
    builders.referral(services)
    second = builders.referral(services, urgency="date", needed_by=services.desk.now)
    opening = Slow(store_path)
    async with starting(opening) as officer:
        await officer.press("j", "enter")
        opening.go.set()
        await officer.sees("Nobody has been asked yet")
        assert officer.app.place.about == second


async def test_a_command_of_anywhere_does_not_overtake_one_of_the_board(services: Services, store_path: Path) -> None:
    referral = builders.referral(services)
    opening = Slow(store_path)
    async with starting(opening) as officer:
        await officer.press("enter", "f7")  # the call list, and back to the board
        opening.go.set()
        await officer.sees("1 open")
        for _ in range(500):
            if officer.app.recent("calls") and officer.app.in_front == "board":
                break
            await officer.pilot.pause(0.02)
        assert officer.app.recent("calls") == [referral]
        assert officer.app.in_front == "board"


async def test_help_needs_no_store_and_its_keys_are_its_own(services: Services, store_path: Path) -> None:
    builders.referral(services)
    opening = Slow(store_path)
    async with starting(opening) as officer:
        await officer.press("question_mark")
        await officer.sees("closes this")
        await officer.press("escape")
        await officer.sees_no("closes this")
        opening.go.set()
        await officer.sees("1 open")


async def test_the_last_board_says_when_it_was_read_and_acts_on_nothing_until_it_is_true(
    services: Services, store_path: Path
) -> None:
    first = builders.referral(services)
    kept(services)
    opening = Slow(store_path)
    opening.look_ahead()
    assert opening._ahead is not None
    opening._ahead.join()
    services.referrals.close(first, "the aunt took her in")
    second = builders.referral(services)
    async with starting(opening) as officer:
        shown = await officer.sees("1 open", "as of ")
        reference = services.referrals.get(first).reference
        assert reference in shown
        await officer.press("enter")
        await officer.pilot.pause()
        assert officer.app.in_front == "board"
        opening.go.set()
        await officer.sees("Nobody has been asked yet")
        assert officer.app.place.about == second  # the row that is there now, not the one that was
        await officer.press("f7")
        await officer.sees_no("as of ")
        await officer.sees_no(reference)
