"""Half past four on the Friday before a bank holiday: no bed in the area. From the call to every notice on its day."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from placement_tui.bootstrap import Services, wire
from placement_tui.db.changes import settings as people
from placement_tui.domain import settings as names
from placement_tui.domain.clocks_days import london_day
from placement_tui.domain.identifiers import new_id
from placement_tui.services.desk import Desk
from tests import builders
from tests.officer import at_desk

LIVERPOOL = "E08000012"
EIGHT = ("KJ", "14", "m", "CH41 5AL", "At the office", "foster", "", "Carer taken ill")
TOLD = {
    "tell the child", "tell the parents", "tell those with contact", "tell the last carer", "tell the health body",
    "tell the health body there", "tell the GP", "tell the school", "tell the IRO",
    "tell the area authority, with needs, reasons and care plan",
}  # fmt: skip


@pytest.fixture
def clock() -> builders.Clock:
    """Friday 28 August 2026, 16:30 in London; Monday is the summer bank holiday."""
    return builders.Clock(datetime(2026, 8, 28, 15, 30, tzinfo=UTC))


@pytest.fixture
def helen(timed: Services) -> Services:
    """The desk of the manager, who is the nominated officer; Liverpool adjoins the council."""
    key = new_id()
    with timed.desk.write("add officer") as session:
        people.add_officer(session, key, "Helen Rowe", "manager")
        people.put(session, names.ADJOINING, [LIVERPOOL])
    timed.desk.refresh()
    return wire(Desk(timed.desk.store, key))


async def test_out_of_area_at_half_past_four_with_every_notice_due_on_the_right_day(
    timed: Services, helen: Services, store_path: Path, clock: builders.Clock
) -> None:
    builders.homes(timed, ("Zinnia",), ("household",), authority=LIVERPOOL)
    async with at_desk(store_path, size=(120, 40), clock=clock) as officer:
        # the call: eight fields, and the list of homes is there
        await officer.press("f9")
        await officer.sees("Emergency referral")
        for number, text in enumerate(EIGHT):
            if number:
                await officer.press("tab")
            await officer.type(text)
        await officer.press("enter")
        await officer.sees("Homes for 26-0001 KJ 14 M")
        services = officer.services
        referral = services.referrals.resolve("26-0001")

        # the one home with a bed is in Liverpool: found by name, marked, asked
        await officer.press("i")
        await officer.type("zinnia")
        await officer.press("enter")
        await officer.sees("mind: out of area: the nominated officer approves (Reg 11(1)(a) CPPCR 2010)")
        await officer.press("space", "w")
        await officer.sees("Zinnia House", "waiting", "1 home to call")
        await officer.press("o")
        await officer.sees("Zinnia House")
        await officer.type("4150")
        await officer.press("enter")
        await officer.sees("offer, £4,150 a week")

        # nobody goes out of area without the nominated officer (reg 11): the start is refused, and says who is asked
        await officer.press("=")
        await officer.sees("out of area: not yet approved by the nominated officer", "needs out of area")
        await officer.press("1")
        await officer.press("a")
        await officer.sees("needs sign-off first: out of area (Reg 11(1)(a) CPPCR 2010)")
        assert services.placements.open() == []
        await officer.press("s")
        await officer.sees("Enter ready")
        await officer.press("enter")
        await officer.sees("out of area asked of Helen Rowe")
        for asked in helen.sign_offs.queue():
            helen.sign_offs.approve(asked.sign_off.id, "nothing nearer has a bed")
        await officer.sees("approved by HR 16:3")
        clock.forward(minutes=25)

        # the start: what the form still wants, and whom to tell
        await officer.press("enter")
        await officer.sees("in an emergency", "notices and plan within 5 working days", "name the manager who agreed")
        while not officer.cursor_line().startswith("› Agreed by"):
            await officer.press("down")
        await officer.type("Helen Rowe")
        await officer.press("ctrl+s")
        await officer.sees("Tell: 26-0001 KJ 14 M", "the area authority", "KJ by Mon 7 Sep (Reg 13)")
        [placed] = services.placements.of_referral(referral)
        assert (placed.approved_by, placed.in_area) == ("Helen Rowe", False)

        # what the law wants, by when: five working days after a Friday before a bank holiday is Monday week
        rows = services.tasks.due()
        assert {row.title for row in rows if row.rule == "L6"} == TOLD
        assert {london_day(row.due_at).isoformat() for row in rows if row.rule in ("L6", "L8")} == {"2026-09-07"}

        # the same for the officer's eyes
        await officer.press("ctrl+t")
        shown = await officer.sees("tell the area authority, with needs", "make the placement plan", "Reg 13")
        assert shown.count("by Mon 7 Sep") >= len(TOLD) + 1
        assert "0 late" in shown
        while "area authority" not in officer.cursor_line():
            await officer.press("j")
        await officer.press("enter")
        shown = await officer.sees("Tell: 26-0001", "› the area authority")
        assert "KJ by Mon 7 Sep (Reg 13)" in shown
        await officer.press("space")
        await officer.sees("tell the area authority, with needs, reasons and care plan: done")

        # on the last day nothing is late; the day after, what was not sent is
        await officer.press("ctrl+t")
        clock.now = datetime(2026, 9, 7, 16, 0, tzinfo=UTC)
        assert services.tasks.counts() == (0, len(rows) - 1)
        clock.now += timedelta(days=1)
        assert services.tasks.counts() == (len(rows) - 1, 0)
