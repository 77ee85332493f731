"""Who saw and changed it: reached by one key, narrowed by officer, day and kind, every value drawn as it is kept."""

from __future__ import annotations

import asyncio
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from placement_tui.bootstrap import Services
from placement_tui.domain.typed_times import london
from placement_tui.errors import Invalid
from placement_tui.screens.audit import _read_days, _within
from tests import builders
from tests.officer import at_desk

TODAY = date(2026, 10, 14)


async def test_one_key_says_who_saw_and_who_changed_the_referral_in_front(services: Services, store_path: Path) -> None:
    key = builders.referral(services, why_now="Carer taken ill")
    services.referrals.amend(key, {"why_now": "Carer taken ill, in hospital"})
    builders.referral(services, builders.child("AB", "W-2"), why_now="Another story")
    async with at_desk(store_path, size=(120, 40)) as officer:
        await officer.sees("26-0001")
        if "26-0001" not in officer.cursor_line():
            await officer.press("j")
        await officer.press("enter")
        await officer.sees("Nobody has been asked")
        await asyncio.sleep(0.6)  # a look is noted a moment after it
        await officer.press("H")
        shown = await officer.sees("Who saw and changed it", "views and changes", "call list")
        assert "Another story" not in shown
        await officer.press("v")
        await officer.sees("opened and looked at")
        await officer.press("v")
        await officer.sees("why_now Carer taken ill -> Carer taken ill, in hospital")
        assert "call list" not in officer.text()
        await officer.press("enter")
        assert "Who saw and changed it" in officer.text()  # nothing is opened
        await officer.press("q")
        await officer.sees("Nobody has been asked")


async def test_it_is_narrowed_by_officer_and_by_day(services: Services, store_path: Path) -> None:
    services.officers.add("Pat Lowe", "officer", "plum ocean tractor violin")
    builders.referral(services)
    async with at_desk(store_path, name="Karen Moss") as officer:
        await officer.sees("26-0001")
        await officer.press("H")
        await officer.sees("views and changes")
        await officer.press("o")
        await officer.sees("Whose views and changes?", "Pat Lowe")
        await officer.press("2")
        await officer.sees("of Pat Lowe", "Nobody saw or changed anything")
        await officer.press("o", "escape")
        assert "of Pat Lowe" in officer.text()
        await officer.press("x")
        await officer.sees_no("of Pat Lowe")
        await officer.press("d")
        await officer.type("yesterday")
        await officer.press("enter")
        await officer.sees("on ", "Nobody saw or changed anything")
        await officer.press("d")
        await officer.type("nonsense")
        await officer.press("enter")
        await officer.sees("Enter saves")
        await officer.press("ctrl+u", "enter")
        await officer.sees("log referral")


async def test_what_people_wrote_is_drawn_and_not_obeyed(services: Services, store_path: Path) -> None:
    from placement_tui.db.tables import Referral

    key = builders.referral(services)
    with services.desk.write("plant") as session:
        row = session.get(Referral, key)
        assert row is not None
        row.note = "[red]x[/] \x1b]52;c;QUJD\x07 \u202egnirts\x9b2J"
    async with at_desk(store_path, size=(120, 40)) as officer:
        await officer.sees("26-0001")
        await officer.press("H")
        shown = await officer.sees("[red]x[/]")
        assert "\ufffd]52;c;QUJD\ufffd \ufffdgnirts\ufffd2J" in shown
        assert not set(shown) & {"\x1b", "\x07", "\x9b", "\u202e"}


async def test_reading_the_audit_of_a_child_is_itself_a_look_at_it(services: Services, store_path: Path) -> None:
    builders.referral(services)
    async with at_desk(store_path) as officer:
        await officer.sees("26-0001")
        await officer.press("H")
        await officer.sees("views and changes", "log referral")
        await asyncio.sleep(0.8)
        assert [row.command for row in officer.services.audit.find(kind="view")] == ["view who saw and changed it"]


def test_days_as_they_are_typed() -> None:
    assert _read_days("", TODAY) == ()
    assert _read_days("yesterday", TODAY) == (date(2026, 10, 13), date(2026, 10, 13))
    assert _read_days("12 oct - 3 oct", TODAY) == (date(2026, 10, 3), date(2026, 10, 12))
    with pytest.raises(Invalid):
        _read_days("soon", TODAY)


def test_a_day_is_the_day_in_england_when_the_clocks_go_back() -> None:
    since, until = _within((date(2026, 10, 25), date(2026, 10, 25)))
    assert since is not None
    assert until is not None
    assert since.astimezone(UTC) == datetime(2026, 10, 24, 23, 0, tzinfo=UTC)
    assert until.astimezone(UTC) == datetime(2026, 10, 26, 0, 0, tzinfo=UTC)
    assert since.tzinfo == london()
