"""A child's time in care on the screen: begun, changed, corrected and struck out by keys, from the list of placements."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from uuid import UUID

from placement_tui.bootstrap import Services
from placement_tui.domain.care import NewMissing, NewPeriod, NewStatus
from tests import builders
from tests.officer import Officer, at_desk

NOW = "18 oct 2026"


def child_of(services: Services) -> UUID:
    """KJ, who lives at a home since today; the legal status is not known."""
    return services.placements.get(builders.placed(services, builders.child(), legal_status=None)).child_id


async def to_care(officer: Officer, *words: str) -> None:
    """From the board to the child's time in care."""
    await officer.press("p")
    await officer.sees("go on", "Alder")
    await officer.press("c")
    await officer.sees("time in care", *words)


async def test_an_empty_page_says_what_to_do_and_the_form_does_it(
    timed: Services, store_path: Path, clock: builders.Clock
) -> None:
    child = child_of(timed)
    async with at_desk(store_path, clock=clock) as officer:
        await to_care(officer, "The return would miss: no period of care")
        await officer.press("l")
        await officer.sees("No period of care is logged: b begins one")
        await officer.press("b")
        await officer.sees("Legal status", "Need")
        await officer.type("today")
        await officer.press("enter")
        await officer.type("s20")
        await officer.press("enter")
        await officer.type("n1")
        await officer.press("ctrl+s")
        await officer.sees("In care", "N1", "KJ: in care from 18/10/2026, s20")
        found = officer.services.care.of_child(child)
        assert [(each.code, each.from_on) for each in found.statuses] == [("V2", date(2026, 10, 18))]
        await officer.press("u")
        await officer.sees("Undid: begin care", "no period of care")
        assert officer.services.care.of_child(child).periods == ()


async def test_a_refusal_stands_at_its_field_and_nothing_typed_is_lost(
    timed: Services, store_path: Path, clock: builders.Clock
) -> None:
    child_of(timed)
    async with at_desk(store_path, clock=clock) as officer:
        await to_care(officer)
        await officer.press("b")
        await officer.sees("Legal status", "Need")
        await officer.type("today")
        await officer.press("ctrl+s")
        await officer.sees("Say under which legal status it begins")
        await officer.type("ico")
        await officer.press("ctrl+s")
        await officer.sees("KJ: in care from 18/10/2026, ICO")


async def test_missing_and_back_by_one_key_each(timed: Services, store_path: Path, clock: builders.Clock) -> None:
    child = child_of(timed)
    timed.care.begin(child, NewPeriod(date(2026, 3, 2), "N1", "V2"))
    async with at_desk(store_path, clock=clock) as officer:
        await to_care(officer, "2 Mar 2026")
        await officer.press("m")
        await officer.sees("Since", "Back")
        await officer.type("16 oct 2026")
        await officer.press("ctrl+s")
        await officer.sees("missing, not back yet")
        await officer.press("m")
        await officer.sees("KJ is back since?")
        await officer.press("enter")
        await officer.sees("KJ: back on 18/10/2026")
        assert officer.services.care.of_child(child).missing[0].until_on == date(2026, 10, 18)


async def test_a_row_is_corrected_and_struck_out_after_another_key(
    timed: Services, store_path: Path, clock: builders.Clock
) -> None:
    child = child_of(timed)
    timed.care.begin(child, NewPeriod(date(2026, 3, 2), "N1", "V2"))
    timed.care.change_status(child, NewStatus("C1", date(2026, 6, 1)))
    async with at_desk(store_path, clock=clock) as officer:
        await to_care(officer, "ICO")
        await officer.press("j")
        assert "C1" in officer.cursor_line()
        await officer.press("enter")
        await officer.sees("correct: legal status", "1 Jun 2026")
        await officer.press("tab", "ctrl+u")
        await officer.type("4 jun 2026")
        await officer.press("ctrl+s")
        await officer.sees("KJ: corrected")
        await officer.sees("4 Jun 2026")
        await officer.press("d")
        await officer.sees("Strike this row out?")
        await officer.press("s")
        await officer.sees("KJ: struck out")
        await officer.sees_no("ICO")
        assert [each.code for each in officer.services.care.of_child(child).statuses] == ["V2"]


async def test_enter_on_a_placement_leads_to_it(timed: Services, store_path: Path, clock: builders.Clock) -> None:
    child_of(timed)
    async with at_desk(store_path, clock=clock) as officer:
        await to_care(officer, "Placement")
        await officer.press("enter")
        await officer.sees("Placements", "go on")


async def test_a_look_at_a_childs_time_in_care_is_noted(
    timed: Services, store_path: Path, clock: builders.Clock
) -> None:
    child = child_of(timed)
    timed.care.begin(child, NewPeriod(date(2026, 3, 2), "N1", "V2"))
    timed.care.log_missing(child, NewMissing(date(2026, 4, 2), date(2026, 4, 3)))
    async with at_desk(store_path, clock=clock) as officer:
        await to_care(officer)
        await officer.press("s")
        await officer.sees("KJ W-10234: story")
    said = [(row.command, row.what) for row in timed.audit.find(kind="view")]
    assert ("view time in care", "KJ W-10234") in said
    assert ("view story", "KJ W-10234") in said
