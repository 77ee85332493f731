"""A laptop's board says how much of its work nobody else has, and when it last met the team."""

from __future__ import annotations

from pathlib import Path

from placement_tui.db.changes import meetings as changes
from placement_tui.db.reads import meetings as reads
from tests import builders
from tests.officer import at_desk


async def test_the_board_of_a_laptop_says_what_is_not_shared(store_path: Path, clock: builders.Clock) -> None:
    services = builders.opened(store_path, clock)
    with services.desk.write("add laptop") as session:
        made = changes.add_member(session, "Laptop 1", "A")
    with services.desk.store.write(None, "join") as session:
        known = {key: number for key, (number, _) in reads.standing(session).items()}
        changes.become(session, made.id)
        changes.keep(session, "0" * 32, "the team", clock.now, known)
    services.close()
    async with at_desk(store_path, clock=clock) as officer:
        await officer.sees("everything shared, met the team just now")
        clock.forward(hours=3)
        builders.referral(officer.services, builders.child("AB", "W-1"))
        await officer.press("ctrl+l")
        shown = await officer.sees("changes not shared, met the team 3 h ago")
        assert "26-A0001" in shown


async def test_the_team_s_own_board_says_who_works_there(store_path: Path, clock: builders.Clock) -> None:
    async with at_desk(store_path, clock=clock) as officer:
        assert "not shared" not in await officer.sees("Karen Moss")
