"""An ending is written once, and the next search knows what was learned."""

from __future__ import annotations

from pathlib import Path

from placement_tui.bootstrap import Services
from placement_tui.domain.endings import NewFactor
from placement_tui.widgets.ending_fields import read_factors
from tests import builders
from tests.officer import at_desk

LESSON = "Goes to his brother's when frightened"


async def test_a_placement_ends_with_its_reason_factors_and_lesson(services: Services, store_path: Path) -> None:
    placement = builders.placed(services)
    row = services.placements.get(placement)
    async with at_desk(store_path) as officer:
        await officer.press("p")
        await officer.sees("KJ 14 M", row.name, "1 go on")
        await officer.press("e")
        await officer.sees(f"KJ 14 M leaves {row.name}", "placed today, 0 days")
        await officer.press("tab")
        await officer.type("creqb")
        await officer.sees("counts as disrupted")
        await officer.press("tab")
        await officer.sees("IN information")
        await officer.type("IN2 carer, SU1 sw")
        await officer.sees("risks not shared, CAMHS")
        await officer.press("tab")
        await officer.type("none")
        await officer.press("tab", "y", "tab")
        await officer.type("two calls")
        await officer.press("tab", "n", "tab", "tab")
        await officer.type(LESSON)
        await officer.sees("mental-health, self-harm")  # what the factors speak of is there already
        await officer.press("ctrl+s")
        await officer.sees("CREQB (counts as disrupted)", "0 go on")
        ending = services.endings.of(placement)
        assert (ending.reason_class, ending.notice_days, ending.warned, ending.stability_meeting) == (
            "disrupted",
            0,
            True,
            False,
        )
        assert ending.factors == (NewFactor("IN2", "carer", True), NewFactor("SU1", "social_worker"))
        await officer.press("x", "enter")
        await officer.sees("The ending", "counts as disrupted")
        await officer.press("G")
        await officer.sees("IN2 risks not shared (carer), the main one", LESSON)
        await officer.press("escape", "e")
        await officer.sees("It ended on today")
        await officer.press("h")
        await officer.sees("Lessons (1)", LESSON)
        await officer.press("G")
        await officer.sees("disrupted CREQB")
        again = builders.referral(services)
        await officer.press("f7")
        await officer.sees("26-0002")
        await officer.press("f")
        await officer.sees("Homes for 26-0002", LESSON)
        assert services.endings.lessons_for(children=[services.referrals.get(again).children[0].id])[0].lesson == LESSON


async def test_other_needs_a_note_and_what_the_codes_mean_is_a_key_away(services: Services, store_path: Path) -> None:
    placement = builders.placed(services)
    async with at_desk(store_path) as officer:
        await officer.press("p")
        await officer.sees("1 go on")
        await officer.press("e")
        await officer.sees("KJ 14 M leaves")
        await officer.press("f5")
        await officer.sees("What the codes mean", "CREQB")
        await officer.press("f5")
        await officer.sees_no("What the codes mean")
        await officer.press("tab")
        await officer.type("other")
        await officer.sees("OTHER is for the exceptional: it needs a note")
        await officer.press("ctrl+s")
        await officer.sees("OTHER needs a note")
        assert officer.cursor_line().startswith("› Note")
        assert services.placements.get(placement).ended_on is None
        await officer.type("Moved abroad with an aunt")
        await officer.press("up", "up", "up", "up", "up", "up", "up", "up", "up", "up", "up")
        await officer.press("ctrl+u")
        await officer.type("1 jan 2020")
        await officer.press("ctrl+s")
        await officer.sees("is before the placement started", "Moved abroad with an aunt")
        await officer.press("ctrl+u", *"today", "ctrl+s")
        await officer.sees("left", "OTHER")


def test_what_contributed_is_typed_by_code_or_word_and_refused_in_words() -> None:
    import pytest

    from placement_tui.errors import Invalid

    assert read_factors("risks not shared iro; CH1 yp; CH1 yp") == (
        NewFactor("IN2", "iro", True),
        NewFactor("CH1", "child"),
    )
    with pytest.raises(Invalid, match="Nobody is called 'zebra' after IN2"):
        read_factors("IN2 zebra")
    with pytest.raises(Invalid, match="is not a contributing factor"):
        read_factors("the weather")


async def test_the_day_that_is_suggested_gives_way_to_the_first_letter(services: Services, store_path: Path) -> None:
    builders.placed(services)
    async with at_desk(store_path) as officer:
        await officer.press("p")
        await officer.sees("KJ 14 M")
        await officer.press("e")
        await officer.sees("placed today, 0 days")
        await officer.type("yesterday")
        assert "today" not in officer.cursor_line().replace("yesterday", "")
