"""Whoever opens a child's record on the screen is noted, wherever they open it from, and the list of all is no look."""

from __future__ import annotations

from pathlib import Path

from placement_tui.bootstrap import Services
from tests import builders
from tests.officer import at_desk


async def test_the_places_that_an_officer_opened_are_in_the_audit(services: Services, store_path: Path) -> None:
    referral = builders.referral(services)
    services.approaches.ask(referral, services.homes.nearest(referral, 3))
    async with at_desk(store_path) as officer:
        await officer.sees("KJ")
        assert services.audit.find(kind="view") == ()  # the board lists everybody
        await officer.press("enter")
        await officer.sees("3 waiting")
        await officer.press("equals_sign")
        await officer.sees("offer")
        await officer.press("escape")
        await officer.sees("3 waiting")
    rows = services.audit.find(kind="view")
    assert [(row.command, row.what) for row in reversed(rows)] == [
        ("view call list", "KJ W-10234"),
        ("view offers", "KJ W-10234"),
    ]
    assert services.history.verify().faults == ()
