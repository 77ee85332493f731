"""A laptop's board says how much of its work nobody else has, and when it last met the team."""

from __future__ import annotations

from pathlib import Path

from placement_tui.db.changes import doubles, rows
from placement_tui.db.changes import meetings as changes
from placement_tui.db.reads import meetings as reads
from placement_tui.db.tables import Child
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
        await officer.sees("all shared, met just now")
        clock.forward(hours=3)
        builders.referral(officer.services, builders.child("AB", "W-1"))
        await officer.press("ctrl+l")
        shown = await officer.sees("not shared, met 3 h ago")
        assert "26-A0001" in shown


async def test_the_team_s_own_board_says_who_works_there(store_path: Path, clock: builders.Clock) -> None:
    async with at_desk(store_path, clock=clock) as officer:
        assert "not shared" not in await officer.sees("Karen Moss")


async def test_a_child_made_twice_is_due_and_one_key_keeps_one(store_path: Path, clock: builders.Clock) -> None:
    services = builders.opened(store_path, clock)
    kept = builders.referral(services, builders.child("AB", "W-1"))
    other = builders.referral(services, builders.child("AB", "W-2", name="Abel"))
    with services.desk.write("as another machine made it") as session:
        rows.change(session, Child, services.referrals.get(other).children[0].id, {"identifier": "W-1"})
    with services.desk.store.write(None, "meet") as session:
        doubles.note(session, clock.now)
    services.close()
    async with at_desk(store_path, clock=clock) as officer:
        await officer.sees("2 open", "due")
        await officer.press("t")
        await officer.sees("made twice: which is kept?", "AB W-1")
        while "made twice" not in officer.cursor_line():
            await officer.press("j")
        await officer.sees("2 children under W-1: AB, AB (26-0001 and 26-0002)")
        await officer.press("enter")
        await officer.sees("One child, logged twice", "1 26-0001", "2 26-0002", "u undoes. Where they")
        await officer.press("1")
        await officer.sees("AB W-1 is one child now")
        await officer.sees_no("made twice")
        child = officer.services.referrals.get(other).children[0]
        assert child.id == officer.services.referrals.get(kept).children[0].id
        await officer.press("u")
        await officer.sees("made twice: which is kept?")
        assert officer.services.referrals.get(other).children[0].id != child.id
