"""The lock: covers everything, closes the store, and gives back exactly what was there to whoever was there."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest

from placement_tui.bootstrap import Services, open_services
from placement_tui.db.changes import settings as changes
from placement_tui.db.shut import ShutStore
from placement_tui.domain import settings
from placement_tui.errors import Locked, Refused
from placement_tui.widgets.place import Leave, Open
from tests import builders
from tests.officer import Officer, at_desk

OTHERS = "plum ocean tractor violin"


class Away:
    """Lets time pass for the program without anybody pressing a key."""

    def __init__(self, app: Any) -> None:
        self.app, self.ahead, self._real = app, 0.0, app.clocks
        app.clocks = lambda: tuple(now + self.ahead for now in self._real())

    async def minutes(self, count: float) -> None:
        """That many, as if the terminal had been left alone."""
        self.ahead += count * 60
        self.app._look_at_clock()
        await asyncio.sleep(0.05)


async def locked(officer: Officer) -> str:
    """Wait until it is covered and the store is closed."""
    shown = await officer.sees("locked at", "Passphrase")
    for _ in range(400):
        if isinstance(officer.services.desk.store, ShutStore):
            return shown
        await asyncio.sleep(0.02)
    raise AssertionError("the store is still open")


async def come_back(officer: Officer) -> None:
    """Type the passphrase."""
    await officer.type(builders.PASSPHRASE)
    await officer.press("enter")
    await officer.sees_no("locked at")


async def test_ten_minutes_without_a_key_lock_it_and_a_key_in_time_does_not(
    services: Services, store_path: Path
) -> None:
    builders.referral(services)
    async with at_desk(store_path) as officer:
        await officer.sees("tonight")
        away = Away(officer.app)
        await away.minutes(9.4)
        assert "locked" not in officer.text()
        await away.minutes(0.2)
        assert "locks in half a minute" in officer.text()
        await officer.press("j")
        await officer.sees_no("half a minute")
        await away.minutes(9.4)
        assert "locked at" not in officer.text()
        await away.minutes(0.7)
        shown = await locked(officer)
        assert "KM locked at" in shown
        assert "Nobody pressed a key for 10 minutes" in shown
        assert "KJ" not in shown
        assert "26-0001" not in shown


async def test_a_key_after_the_limit_finds_it_locked_as_when_a_laptop_is_opened(
    services: Services, store_path: Path
) -> None:
    builders.referral(services)
    async with at_desk(store_path) as officer:
        await officer.sees("tonight")
        away = Away(officer.app)
        away.ahead = 8 * 3600.0  # asleep: no timer ran
        await officer.press("enter")
        await locked(officer)
        await come_back(officer)
        assert "Duty board" in officer.text()  # the key did nothing


async def test_the_council_says_how_long(services: Services, store_path: Path) -> None:
    with services.desk.write("set") as session:
        changes.put(session, settings.IDLE_MINUTES, 2)
    async with at_desk(store_path) as officer:
        await officer.sees("tonight")
        away = Away(officer.app)
        await away.minutes(2.1)
        assert "for 2 minutes" in await locked(officer)


@pytest.mark.parametrize(
    ("chosen", "minutes"), [(None, 10), (1, 1), (0, 1), (-4, 1), (999, 240), ("x", 10), (True, 10)]
)
def test_a_choice_that_makes_no_sense_still_locks(chosen: object, minutes: int) -> None:
    assert settings.idle_minutes(chosen) == minutes


async def test_half_typed_text_a_dialog_and_the_cursor_are_there_again(services: Services, store_path: Path) -> None:
    builders.referral(services)
    second = builders.referral(services, builders.child("AB", "W-2", age=4, sex="F"))
    assert second
    async with at_desk(store_path) as officer:
        await officer.sees("tonight")
        await officer.press("j", "X")
        await officer.sees("Close 26-0002 AB")
        await officer.type("aunt has ro")
        await officer.press("ctrl+o")
        shown = await locked(officer)
        assert "aunt" not in shown
        await come_back(officer)
        await officer.sees("Close 26-0002 AB", "aunt has ro")
        await officer.type("om")
        await officer.sees("aunt has room")


async def test_what_was_just_typed_is_in_the_draft_before_the_store_closes(
    services: Services, store_path: Path
) -> None:
    async with at_desk(store_path) as officer:
        await officer.sees("tonight")
        await officer.press("e")
        await officer.sees("eight fields")
        await officer.type("KJ")
        await officer.press("ctrl+o")
        await locked(officer)
        again = open_services(store_path, None, builders.PASSPHRASE)
        try:
            assert [(form, about) for form, about, _ in again.drafts.waiting()] == [("referral", "new")]
            assert "KJ" in str(again.drafts.load("referral", "new"))
        finally:
            again.close()


async def test_while_it_is_locked_the_store_has_no_key_and_refuses_every_use(
    services: Services, store_path: Path
) -> None:
    builders.referral(services)
    async with at_desk(store_path) as officer:
        await officer.sees("tonight")
        await officer.press("ctrl+o")
        await locked(officer)
        store = officer.services.desk.store
        for name in ("_key", "way", "_reader", "_writer"):
            assert not getattr(store, name, None)
        with pytest.raises(Locked):
            officer.services.referrals.board()
        with pytest.raises(Locked):
            store.raw()


async def test_only_the_officer_who_was_there_comes_back_and_a_wrong_passphrase_is_said(
    services: Services, store_path: Path
) -> None:
    async with at_desk(store_path) as officer:
        await officer.sees("tonight")
        services.officers.add("Pat Lowe", "officer", OTHERS)
        await officer.press("ctrl+o")
        await locked(officer)
        await officer.type(OTHERS)
        await officer.press("enter")
        await officer.sees("does not open")
        await come_back(officer)
        assert officer.services.desk.officer.name == "Karen Moss"


async def test_wrong_passphrases_slow_the_next_try_down_and_it_says_so(services: Services, store_path: Path) -> None:
    async with at_desk(store_path) as officer:
        await officer.sees("tonight")
        await officer.press("ctrl+o")
        await locked(officer)
        for _ in range(8):
            await officer.type("wrong")
            await officer.press("enter")
            while officer.app.screen._trying:
                await asyncio.sleep(0.02)
            if "wait" in officer.text():
                break
        assert "second" in await officer.sees("tries to open the store")


async def test_no_key_gets_past_it(services: Services, store_path: Path) -> None:
    builders.referral(services)
    async with at_desk(store_path) as officer:
        await officer.sees("tonight")
        await officer.press("ctrl+o")
        await locked(officer)
        before = officer.app.screen
        await officer.press(
            "escape", "f1", "f2", "f3", "f4", "f6", "f7", "f9", "ctrl+o", "tab", "ctrl+p", "ctrl+l", "ctrl+z", "ctrl+n"
        )
        assert officer.app.screen is before
        assert "locked at" in officer.text()
        assert len(officer.app.screen_stack) == 2 + 1


async def test_what_ends_meanwhile_waits_behind_the_cover(services: Services, store_path: Path) -> None:
    key = builders.referral(services)
    async with at_desk(store_path) as officer:
        await officer.sees("tonight")
        board = officer.app.place
        await officer.press("enter")
        await officer.sees("Nobody has been asked")
        calls = officer.app.place
        await officer.press("ctrl+o")
        await officer.sees("locked at")
        calls.show_error(Refused("A refusal that is longer than a line", "x" * 60, "y" * 60))
        await locked(officer)
        calls.post_message(Leave("done"))
        board.post_message(Open("referral", key))
        await asyncio.sleep(0.2)
        assert "locked at" in officer.text()
        assert "KJ" not in officer.text()
        assert "refusal" not in officer.text()
        await come_back(officer)
        await officer.sees("Carer taken ill today")


async def test_a_place_that_is_left_takes_its_dialog_with_it(services: Services, store_path: Path) -> None:
    builders.referral(services)
    async with at_desk(store_path) as officer:
        await officer.sees("tonight")
        await officer.press("enter")
        await officer.sees("Nobody has been asked")
        calls = officer.app.place
        await officer.press("question_mark")
        await officer.sees("closes this")
        calls.post_message(Leave("It is done"))
        await officer.sees("Duty board", "It is done")
        assert "closes this" not in officer.text()


async def test_others_changes_show_after_coming_back(services: Services, store_path: Path) -> None:
    builders.referral(services)
    async with at_desk(store_path) as officer:
        await officer.sees("tonight")
        await officer.sees("26-0001")
        await officer.press("ctrl+o")
        await locked(officer)
        builders.referral(services, builders.child("ZW", "W-9"))
        await asyncio.sleep(0.8)
        assert "26-0002" not in officer.text()
        await come_back(officer)
        await officer.sees("26-0002")
        builders.referral(services, builders.child("YV", "W-10"))
        await officer.sees("26-0003")  # and the feed goes on


async def test_the_clipboard_is_emptied_when_asked_and_by_the_lock(services: Services, store_path: Path) -> None:
    builders.referral(services)
    async with at_desk(store_path) as officer:
        await officer.sees("tonight")
        await officer.sees("26-0001")
        await officer.press("y")
        await officer.sees("Copied 26-0001")
        assert officer.app.clipboard == "26-0001"
        await officer.press("colon")
        await officer.type("empty the cl")
        await officer.press("enter")
        await officer.sees("The clipboard is empty")
        assert officer.app.clipboard == ""
        await officer.press("y", "ctrl+o")
        await locked(officer)
        assert officer.app.clipboard == ""


async def test_a_picture_of_the_screen_is_not_to_be_had(services: Services, store_path: Path, tmp_path: Path) -> None:
    async with at_desk(store_path) as officer:
        await officer.sees("tonight")
        officer.app.action_screenshot()
        with pytest.raises(Refused, match="picture"):
            officer.app.save_screenshot(path=str(tmp_path))
        with pytest.raises(Refused, match="picture"):
            officer.app.deliver_screenshot()
    assert not list(tmp_path.glob("*.svg"))
