"""A sign-off that lapses: asked at the desk, not decided in time, the bed lost and counted, asked anew, given, placed."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from placement_tui.bootstrap import Services, wire
from placement_tui.db.changes import settings as changes
from placement_tui.domain.identifiers import new_id
from placement_tui.domain.offers import NewOffer
from placement_tui.services.desk import Desk
from tests import builders
from tests.officer import at_desk

LIVERPOOL = "E08000012"


async def test_a_bed_lost_while_nobody_decided_is_seen_counted_and_asked_for_again(
    timed: Services, store_path: Path, clock: builders.Clock
) -> None:
    """15:00: an offer outside the area that stands until 16:30. The manager is in a meeting."""
    helen = new_id()
    with timed.desk.write("add officer") as session:
        changes.add_officer(session, helen, "Helen Rowe", "manager")
    manager = wire(Desk(timed.desk.store, helen))
    [zinnia] = builders.homes(timed, ("Zinnia",), ("res",), authority=LIVERPOOL)
    child = builders.referral(timed)
    [call] = timed.approaches.ask(child, [zinnia]).approaches
    timed.offers.log(call, NewOffer(415_000, expires_at=timed.desk.now + timedelta(minutes=90)))
    async with at_desk(store_path, (80, 24), clock) as officer:
        await officer.press("o")
        await officer.sees("needs out of area: s asks")
        await officer.press("s", "enter")
        await officer.sees("out of area asked of Helen Rowe")
        await officer.press("f7")
        await officer.sees("1 sign-off")

        clock.forward(hours=1, minutes=40)  # 16:40: it lapsed at 16:30
        await officer.press("s")
        await officer.sees(
            "0 for you to decide", "1 bed lost waiting", "LOST 16:30", "lapsed 16:30 waiting since 15:00"
        )
        assert manager.sign_offs.waiting() == []
        assert next(row.n for row in manager.delay.figures() if row.code == "lost") == 1
        await officer.press("enter")
        await officer.sees("LAPSED", "bed lost")
        await officer.press("1")
        await officer.sees("lapsed while it waited")
        await officer.press("escape")

        await officer.press("e")  # the home rings back: they hold it until nine
        await officer.sees("Could start", "£4,150 a week")
        await officer.press("tab", "tab")
        await officer.press(*["backspace"] * 30)
        await officer.type("21:00")
        await officer.press("ctrl+s")
        await officer.sees("offer saved", "21:00")
        await officer.press("s", "enter")
        await officer.sees("out of area asked of Helen Rowe")

        clock.forward(minutes=7)
        [again] = manager.sign_offs.waiting(helen)
        manager.sign_offs.approve(again.id, "Nothing nearer stands")
        await officer.sees("approved by HR 16:4")
        await officer.press("1")
        await officer.sees("Accept the offer")
        await officer.press("a")
        await officer.sees("offer accepted")
    figures = {row.code: row for row in manager.delay.figures()}
    assert (figures["lost"].n, figures["taken"].n) == (1, 1)
    assert figures["deciding"].median_minutes is not None
    assert 107 <= figures["deciding"].median_minutes <= 108, (
        "from the first request to the decision, the lost bed included"
    )
