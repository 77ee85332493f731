"""The hand-over on screen: one key there, one key to have handed over."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from placement_tui.bootstrap import Services
from placement_tui.errors import Invalid
from placement_tui.screens.handover import read_rota, read_target
from tests import builders
from tests.officer import at_desk


async def test_one_key_makes_the_sheet_and_one_hands_it_over(
    timed: Services, store_path: Path, clock: builders.Clock, tmp_path: Path
) -> None:
    clock.now = datetime(2026, 10, 20, 16, 15, tzinfo=UTC)
    builders.referral(timed)
    async with at_desk(store_path, clock=clock) as officer:
        await officer.sees("KJ 14 M")
        officer.pressed = 0
        await officer.press("h")
        await officer.sees("Hand-over to the night team", "KJ 14 M", "Nobody is named to approve", "FULL")
        assert officer.pressed == 1
        await officer.press("r")
        await officer.type("approver Pat Lowe 0151 496 0100")
        await officer.press("enter")
        await officer.sees("approves tonight", "Pat Lowe")
        await officer.press("a")
        await officer.sees("ANONYMISED", "a boy of 14")
        await officer.press("w")
        await officer.sees("ANONYMISED. Its ending says what")
        await officer.press("ctrl+u")
        await officer.type(str(tmp_path / "sheet.txt"))
        await officer.press("enter")
        await officer.sees("Written, ANONYMISED")
        assert "KJ" not in (tmp_path / "sheet.txt").read_text(encoding="utf-8")
        await officer.press("enter")
        await officer.sees("Handed over to the night team")
        await officer.press("tab")
        shown = await officer.sees("What the night brought", "since 17:15")
        assert "…" not in shown.splitlines()[0]


async def test_in_the_morning_the_same_key_tells_of_the_night(
    timed: Services, store_path: Path, clock: builders.Clock
) -> None:
    clock.now = datetime(2026, 10, 21, 7, 30, tzinfo=UTC)
    builders.referral(timed)
    async with at_desk(store_path, clock=clock) as officer:
        await officer.sees("KJ 14 M")
        await officer.press("h")
        await officer.sees("What the night brought", "referral for KJ 14 M")
        await officer.press("e")
        await officer.sees("Tab turns to it")


def test_somebody_on_call_is_typed_in_one_line() -> None:
    assert read_rota("carer  The Nuttalls") == ("carer", "The Nuttalls", "")
    assert read_rota("Approver Pat Lowe 0151 496 0100") == ("approver", "Pat Lowe", "0151 496 0100")
    with pytest.raises(Invalid, match="nobody's part"):
        read_rota("Pat Lowe 0151 496 0100")
    with pytest.raises(Invalid, match="has a name"):
        read_rota("approver 0151 496 0100")


def test_a_file_is_named_by_its_kind_and_none_is_written_over(tmp_path: Path) -> None:
    (tmp_path / "there.pdf").touch()
    with pytest.raises(Invalid, match="Its ending"):
        read_target("sheet")
    with pytest.raises(Invalid, match="already"):
        read_target(str(tmp_path / "there.pdf"))
