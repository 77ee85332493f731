"""The council's own choices, at the screen: read by everybody, changed by Enter where the role allows it."""

from __future__ import annotations

from pathlib import Path

from placement_tui.bootstrap import Services
from placement_tui.db.tables import Officer as OfficerRecord
from placement_tui.domain.policy import SETTINGS
from tests.officer import Officer, at_desk


async def cursor_at(officer: Officer, words: str) -> None:
    while words not in officer.cursor_line():
        await officer.press("j")


async def test_enter_changes_a_setting_and_undo_takes_it_back(services: Services, store_path: Path) -> None:
    async with at_desk(store_path, (80, 24)) as officer:
        await officer.press("C")
        await officer.sees("Settings", f"of {len(SETTINGS)} chosen", "Grades accepted of children's homes")
        await cursor_at(officer, "A vacancy is an old word after")
        await officer.sees("like  48 · stale_hours")
        await officer.press("enter")
        await officer.sees("Like: 48")
        await officer.press("ctrl+u")
        await officer.type("soon")
        await officer.press("enter")
        await officer.sees("stale_hours cannot be", "A whole number of hours")
        assert services.desk.policy.stale_hours == 48
        await officer.press("ctrl+u", *"24", "enter")
        await officer.sees("A vacancy is an old word after: 24 hours")
        assert "24 hours" in officer.cursor_line()
        assert services.settings.get("stale_hours").value == 24
        await officer.press("x")
        await officer.sees("48 hours, as the program has it")
        await officer.press("x")
        await officer.sees("It is as the program comes")
        await officer.press("u")
        await officer.sees("Undid: forget stale hours")
        await officer.sees("24 hours")


async def test_who_may_not_change_them_reads_them_and_is_told_who_may(services: Services, store_path: Path) -> None:
    with services.desk.write("role") as session:
        session.get_one(OfficerRecord, services.desk.officer.id).role = "officer"
    async with at_desk(store_path, (80, 24)) as officer:
        await officer.press("C")
        await officer.sees("Grades accepted of children's homes")
        await officer.press("enter")
        await officer.sees("may not", "ask a manager")
