"""Children of a referral's form: a brother taken out again, and a second open referral asked about."""

from __future__ import annotations

from pathlib import Path

from placement_tui.bootstrap import Services
from tests import builders
from tests.officer import at_desk

THREE = (
    builders.child("AB", "W-1", age=4, sex="F"), builders.child("CD", "W-2", age=6, sex="M"),
    builders.child("EF", "W-3", age=9, sex="F"),
)  # fmt: skip


async def test_a_brother_on_record_is_taken_out_and_undo_brings_him_back(services: Services, store_path: Path) -> None:
    key = builders.referral(services, *THREE)
    async with at_desk(store_path, (100, 40)) as officer:
        await officer.press("d")
        await officer.sees("26-0001 AB 4 F +2", "CD W-2", "EF W-3")
        screen = officer.app.screen
        screen.form.go_to("2:child")
        await officer.press("ctrl+r")
        await officer.sees("Take CD 6 M out?", "t take out")
        await officer.press("t")
        await officer.sees("CD 6 M taken out", "26-0001 AB 4 F +1")
        await officer.sees_no("CD W-2")
        assert [child.initials for child in services.referrals.get(key).children] == ["AB", "EF"]
        shown = officer.text()
        assert "EF W-3" in shown
        await officer.press("escape")
        await officer.sees(" open ")
        await officer.press("u")
        await officer.sees("AB 4 F +2")
    assert [child.initials for child in services.referrals.get(key).children] == ["AB", "CD", "EF"]


async def test_a_child_only_typed_goes_by_the_same_key_and_one_must_stay(services: Services, store_path: Path) -> None:
    builders.referral(services, THREE[0])
    async with at_desk(store_path, (100, 40)) as officer:
        await officer.press("d")
        await officer.sees("26-0001 AB 4 F")
        await officer.press("ctrl+r")
        await officer.sees("A referral is for one child at least")
        await officer.press("f5")
        await officer.type("GH")
        await officer.sees("GH")
        await officer.press("ctrl+r")
        await officer.sees_no("GH")


async def test_a_second_open_referral_of_a_child_is_asked_about(services: Services, store_path: Path) -> None:
    builders.referral(services, THREE[0])
    async with at_desk(store_path) as officer:
        await officer.press("e")
        await officer.sees("Emergency referral")
        await officer.type("AB W-1")
        screen = officer.app.screen
        screen.form.go_to("wanted")
        await officer.type("foster")
        await officer.press("ctrl+s")
        await officer.sees("AB W-1 has an open referral already, 26-0001", "log this one too")
        await officer.press("escape")
        assert len(services.referrals.board().rows) == 1
        await officer.press("ctrl+s")
        await officer.sees("log this one too")
        await officer.press("l")
        await officer.sees("26-0002 logged")
    assert len(services.referrals.board().rows) == 2
