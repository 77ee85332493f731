"""Where the time goes, at the screen."""

from __future__ import annotations

from pathlib import Path

import pytest

from placement_tui.bootstrap import Services
from placement_tui.domain.delay import STEPS, Figure
from placement_tui.widgets.delay_words import delay_page
from placement_tui.widgets.text import spans, width_of
from tests import builders
from tests.officer import at_desk


async def test_the_figures_stand_with_their_n_and_what_they_count(
    timed: Services, store_path: Path, clock: builders.Clock
) -> None:
    key = builders.referral(timed)
    clock.forward(minutes=25)
    timed.approaches.ask(key, timed.homes.nearest(key, 3))
    async with at_desk(store_path, (80, 24), clock) as officer:
        await officer.press("colon")
        await officer.sees("commands")
        await officer.type("where the time")
        await officer.sees("Where the time goes")
        await officer.press("enter")
        shown = await officer.sees("all referrals  1 received", "received to first approach", "25m")
        assert "0 beds lost while waiting for sign-off" in shown
        await officer.press("tab")
        await officer.sees("needed today", "by urgency")
        await officer.press("tab")
        await officer.sees("October 2026", "by month")
        await officer.press("p")
        await officer.sees("19 Oct 2024 to 18 Oct 2026")
        await officer.press("G")
        await officer.sees("half took no longer")


def test_a_bar_is_as_long_as_its_median_and_no_line_is_wider_than_the_screen() -> None:
    minutes = {"search": (10.0, 20.0), "offer": (40.0, 80.0)}
    rows = [
        Figure("all", "", step.code, step.label, 3 if step.code in minutes else 0, *minutes.get(step.code, (None, None)),
               step.definition)
        for step in STEPS
    ]  # fmt: skip
    for width in (60, 79, 119):
        page = delay_page(rows, width)
        assert max(width_of(line) for line in page) <= width
    bars = [sum(part.text.count("█") for part in spans(line)) for line in delay_page(rows, 119)][1:4]
    assert bars[1] == pytest.approx(4 * bars[0], abs=3)
    assert bars[2] == 0, "a step that nobody took has no bar"
