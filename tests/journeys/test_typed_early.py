"""What an officer types before the store is open, or a place, is neither lost nor done in another order, and nothing is
done to a board that was so yesterday.
"""

from __future__ import annotations

import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from textual import events

from placement_tui.app import PlacementApp
from placement_tui.bootstrap import Services
from placement_tui.errors import Locked
from placement_tui.widgets.picker import Picker
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


async def board_of(officer: Officer, opening: Slow) -> None:
    """The board as it is, with nothing waiting to be typed."""
    opening.go.set()
    await officer.sees("1 open")
    await officer.pilot.pause(0.1)


async def test_keys_that_come_at_once_go_where_the_first_of_them_leads(services: Services, store_path: Path) -> None:
    """As after a line that stalled: letters of a home's name are neither lost nor commands of the board or the list."""
    builders.homes(services)
    builders.referral(services)
    opening = Slow(store_path)
    async with starting(opening) as officer:
        await board_of(officer, opening)
        for letter in "fibrwi":  # on the board i brings in a register; in the list r relaxes, w makes the wave
            officer.app.post_message(events.Key(letter, letter))
        await officer.sees("Search  brwi")
        assert [place.PLACE for place in officer.app.places] == ["board", "homes"]


async def test_letters_typed_while_a_place_reads_are_not_its_commands(services: Services, store_path: Path) -> None:
    builders.homes(services)
    builders.referral(services)
    opening = Slow(store_path)
    async with starting(opening) as officer:
        await board_of(officer, opening)
        await officer.press("f")
        place = officer.app.place
        place._held = place._held or []  # it has not read anything yet
        await officer.press("i", "b", "r")
        assert place.query_one("#list", Picker).query_text == ""
        place.release()
        await officer.sees("Search  br")


async def test_a_key_goes_on_where_the_widget_that_took_the_last_one_is_gone(
    services: Services, store_path: Path
) -> None:
    builders.referral(services)
    opening = Slow(store_path)
    async with starting(opening) as officer:
        await board_of(officer, opening)
        for key in ("f1", "escape", "slash", "escape", "f1", "escape", "colon", "escape", "enter"):
            officer.app.post_message(events.Key(key, {"slash": "/", "colon": ":"}.get(key)))
        await officer.sees("Nobody has been asked yet")


class Forgotten(Slow):
    """What this machine remembered does not open the store."""

    def open(self, officer: str | None, passphrase: str | None) -> Services:
        """Refuse once, when the test says so."""
        if self.passphrase is None:
            return super().open(officer, passphrase)
        assert self.go.wait(30)
        self.passphrase = None
        raise Locked("The store is locked", "", "Type your passphrase")


async def test_what_was_typed_for_a_board_that_does_not_open_is_no_passphrase(
    services: Services, store_path: Path
) -> None:
    builders.referral(services)
    opening = Forgotten(store_path)
    async with starting(opening) as officer:
        await officer.press("j", "f")
        opening.go.set()
        await officer.sees("It opens with your passphrase")
        await officer.type(builders.PASSPHRASE)
        await officer.press("enter")
        await officer.sees("1 open")
