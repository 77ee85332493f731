"""The registers on the screen: what is missing, filled in; one key from a placement to its entry."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from placement_tui.bootstrap import Services
from placement_tui.db.changes import rows
from placement_tui.db.tables import Home
from placement_tui.domain.registers import NewKinship
from tests import builders
from tests.officer import at_desk


async def test_one_key_logs_an_order_of_a_placement_and_the_register_says_what_is_missing(
    services: Services, store_path: Path
) -> None:
    builders.placed(services)
    async with at_desk(store_path) as officer:
        await officer.press("p")
        await officer.sees("KJ 14 M", "Placements")
        await officer.press("r")
        await officer.sees("which register?", "1 Deprivation of liberty", "4 Connected persons")
        await officer.press("3")
        await officer.sees("is no supported accommodation")
        await officer.press("1")
        await officer.sees("KJ 14 M: deprivation of liberty", "Not logged yet", "a new entry")
        await officer.type("today")
        await officer.press("down")
        await officer.type("yesterday")
        await officer.press("ctrl+s")
        await officer.sees("before it was made", "Correct the day")
        await officer.press("ctrl+u")
        await officer.type("+84d")
        await officer.press("ctrl+s")
        await officer.sees("saved; missing: case number")
        await officer.press("l")
        await officer.sees("1 open, 1 lack something", "case number; review day", "1 DoL 1 !1", "until ")
        await officer.press("enter")
        await officer.sees("Missing: case number; review day; order to Ofsted")
        await officer.press("down", "down", "down")
        await officer.type("FD26C40123")
        await officer.press("ctrl+s")
        await officer.sees("missing: review day; order to Ofsted; judgment to Ofsted")
        await officer.press("c")
        await officer.sees("Nobody is on this register")
        await officer.press("u")
        await officer.sees("1 open, 1 lack something")
        await officer.press("c", "x")
        await officer.sees("with those over", "over")
    assert len(services.registers.rows("dol", closed=True)) == 1


async def test_an_unregistered_home_stands_there_before_anybody_logged_why(
    services: Services, store_path: Path
) -> None:
    placement = builders.placed(services)
    with services.desk.write("change home") as session:
        rows.change(session, Home, services.placements.get(placement).home_id, {"kind": "res", "registered": False})
    async with at_desk(store_path) as officer:
        await officer.press("r")
        await officer.sees("Deprivation of liberty", "unregistered 1 !1")
        await officer.press("2")
        await officer.sees("everything: not logged", "0 days")
        await officer.press("c")
        await officer.sees("Nobody has logged why yet")
        await officer.press("enter")
        await officer.sees("KJ 14 M: unregistered homes", "s11 Care Standards Act 2000")
        await officer.type("nobody registered said yes")
        await officer.press("ctrl+s")
        await officer.sees("agreed by; end plan")
    (row,) = services.registers.rows("unregistered")
    assert row.id is not None


async def test_kinship_is_typed_with_its_checks_and_16_17_with_its_category(
    services: Services, store_path: Path
) -> None:
    placement = builders.placed(services, builders.child(age=16))
    async with at_desk(store_path) as officer:
        await officer.press("p")
        await officer.sees("KJ 16 M")
        await officer.press("r", "4")
        await officer.sees("Regs 24, 25 CPPCR 2010", "Approved")
        await officer.type("today")
        await officer.press("down", "down")
        await officer.type("Ann Poole")
        await officer.press("down")
        await officer.type("visited, dbs")
        await officer.press("ctrl+s")
        await officer.sees("connected persons: saved; missing: 6 of 8 checks")
        with services.desk.write("change home") as session:
            rows.change(session, Home, services.placements.get(placement).home_id, {"kind": "sa"})
        await officer.press("l", "3")
        await officer.sees("16 and 17 in supported accommodation", "which of the four categories")
        await officer.press("enter")
        await officer.sees("Category")
        await officer.press("2")
        await officer.sees("Category 2: Shared or group living")
        await officer.press("ctrl+s")
        await officer.sees("category 2", "saved")
        await officer.press("c")
        await officer.sees("It ends with the placement")
        await officer.press("4")
        await officer.sees("week 1, 112 d left")


async def test_the_one_extension_is_typed_in_the_entry_from_week_12(
    timed: Services, store_path: Path, clock: builders.Clock
) -> None:
    placement = builders.placed(timed)
    timed.registers.log_kinship(placement, NewKinship(clock.now.date(), None, "Ann Poole"))
    clock.forward(days=83)
    async with at_desk(store_path, clock=clock) as officer:
        await officer.press("r")
        await officer.sees("4 kinship 1")
        await officer.press("4")
        await officer.sees("week 12, 29 d left")
        await officer.press("enter")
        await officer.sees("Fully approved")
        assert "Extend to" not in officer.text()
        await officer.press("escape")
        clock.forward(days=2)
        await officer.press("enter")
        await officer.sees("Extend to")
        officer.app.screen.form.go_to("extend")
        await officer.type("+90d")
        await officer.press("ctrl+s")
        await officer.sees("more than eight weeks on")
        assert officer.cursor_line().startswith("› Extend to")
        await officer.press("ctrl+u")
        await officer.type("+80d")
        await officer.press("ctrl+s")
        await officer.sees("panel is asked first")
        await officer.type("today")
        await officer.press("down")
        await officer.type("now")
        await officer.press("ctrl+s")
        await officer.sees("connected persons: saved")
    (row,) = timed.registers.rows("kinship")
    assert row.until == clock.now.date() + timedelta(80)  # type: ignore[union-attr]  # a kinship row
