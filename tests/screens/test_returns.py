"""The statutory return on the screen: faults by rule, explained, one key to each record; who may look at it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from placement_tui.bootstrap import Services
from tests import builders
from tests.officer import at_desk
from tests.ssda903 import dirty, kids
from tests.ssda903.check_903 import AFTER


@pytest.fixture
def clock() -> builders.Clock:
    """20 April 2027: the return of 2026-27 is due."""
    return builders.Clock(AFTER)


async def test_faults_stand_by_rule_and_the_line_under_the_cursor_says_what_to_do(
    timed: Services, store_path: Path, clock: builders.Clock
) -> None:
    moved = dirty.clean(1)
    dirty._move(reason=None, day=date(2026, 9, 1))(moved)
    kids.save(timed, [moved, dirty.clean(2, sex="U"), dirty.clean(3, upn=None)])
    async with at_desk(store_path, clock=clock) as officer:
        await officer.press("S")
        await officer.sees(
            "Statutory return 2026-27", "3 children, 2 to mend, 1 to explain", "1 April 2026 to 31 March 2027"
        )
        shown = await officer.sees("Rule 225, to be mended", "Log why the placement ended", "Enter: the ending")
        rules = [line.split()[0].strip("›") or line.split()[1] for line in shown.splitlines()[3:6]]
        assert rules == ["225", "442", "232"], "what is to be mended first, then what is to be explained"
        await officer.press("x")
        await officer.sees("only what is to be mended")
        assert "232" not in officer.text()
        await officer.press("x", "G")
        await officer.sees("Rule 232, to be explained where it is right")


async def test_enter_goes_to_the_ending_of_the_placement(
    timed: Services, store_path: Path, clock: builders.Clock
) -> None:
    moved = dirty.clean(1)
    dirty._move(reason=None, day=date(2026, 9, 1))(moved)
    kids.save(timed, [moved])
    async with at_desk(store_path, clock=clock) as officer:
        await officer.press("S")
        await officer.sees("ended 1 Sep 2026 without a reason")
        await officer.press("enter")
        await officer.sees("Carer D-001")


async def test_the_other_years_come_one_after_the_other(
    timed: Services, store_path: Path, clock: builders.Clock
) -> None:
    kids.save(timed, [dirty.clean(1)])
    async with at_desk(store_path, clock=clock) as officer:
        await officer.press("S")
        await officer.sees("Nothing to mend in the return of 2026-27: e writes its files")
        for year in ("2027-28", "2025-26", "2024-25", "2026-27"):
            await officer.press("tab")
            await officer.sees(f"Statutory return {year}", "1 children, nothing to mend")


async def test_who_may_only_look_is_told_why_there_is_no_return(
    timed: Services, store_path: Path, clock: builders.Clock
) -> None:
    kids.save(timed, [dirty.clean(1)])
    builders.as_role(timed, "viewer")
    async with at_desk(store_path, clock=clock) as officer:
        await officer.press("S")
        await officer.sees("may not make the statutory return")
        assert "D-001" not in officer.text()
