"""Work of two machines that crossed: a child made twice, a bed given twice, a child in two homes, an offer taken and lost."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from placement_tui.bootstrap import Services
from placement_tui.db.changes import rows
from placement_tui.db.columns import columns_of
from placement_tui.db.tables import Home, Offer, Placement
from placement_tui.domain.offers import NewOffer
from placement_tui.errors import Refused
from tests import builders
from tests.services.test_meetings import Team, agree, meet


@pytest.fixture
def pair(tmp_path: Path) -> Any:
    team = Team(tmp_path, laptops=1)
    yield team.stores
    team.close()


def kinds(services: Services) -> list[str]:
    return [row.kind for row in services.doubles.found()]


def test_a_child_made_on_two_machines_becomes_one_and_undo_takes_it_back(pair: list[Services]) -> None:
    server, laptop = pair
    here = builders.referral(server, builders.child("AB", "W-1", name="Abel Brown"))
    there = builders.referral(laptop, builders.child("AB", "w-1 ", born_on=server.desk.today.replace(year=2012)))
    meet(laptop, server)
    assert kinds(server) == kinds(laptop) == ["child twice"]
    found = server.doubles.found()[0]
    assert set(found.references) == {"26-0001", "26-B0001"}
    assert (
        "placement merge children 26-B0001 26-0001" in found.mend
        or "placement merge children 26-0001 26-B0001" in found.mend
    )
    kept, double = server.referrals.get(here).children[0].id, server.referrals.get(there).children[0].id
    server.doubles.merge_children(double, kept)
    assert kinds(server) == []
    assert server.referrals.get(there).children[0].id == kept
    assert server.referrals.get(there).children[0].born_on == server.desk.today.replace(year=2012)  # taken over
    server.history.undo()
    assert kinds(server) == ["child twice"]
    server.doubles.merge_children(double, kept)
    meet(laptop, server)
    assert kinds(laptop) == []
    agree(server, laptop)


def test_two_children_are_never_made_one(pair: list[Services]) -> None:
    server, _ = pair
    one = server.referrals.get(builders.referral(server, builders.child("AB", "W-1"))).children[0].id
    other = server.referrals.get(builders.referral(server, builders.child("CD", "W-2"))).children[0].id
    with pytest.raises(Refused, match="They are two children"):
        server.doubles.merge_children(one, other)
    with pytest.raises(Refused, match="They are two children"):
        server.doubles.merge_children(one, one)


def test_one_bed_given_on_both_machines_is_put_before_a_person(pair: list[Services]) -> None:
    server, laptop = pair
    with server.desk.read() as session:
        home = session.execute(select(columns_of(Home)["id"]).where(columns_of(Home)["kind"] == "res")).scalar_one()
    with server.desk.write("one place") as session:
        rows.change(session, Home, home, {"places": 1})
    meet(laptop, server)
    for number, store in enumerate(pair):
        referral = builders.referral(store, builders.child("XY", f"W-{number + 5}"))
        child = store.referrals.get(referral).children[0].id
        with store.desk.write("place") as session:
            session.add(Placement(child_id=child, home_id=home, referral_id=referral, started_at=store.desk.now))
        assert kinds(store) == []
    meet(laptop, server)
    assert kinds(server) == kinds(laptop) == ["one bed twice"]
    agree(server, laptop)


def test_a_child_placed_on_both_machines_is_put_before_a_person(pair: list[Services]) -> None:
    server, laptop = pair
    referral = builders.referral(server)
    child = server.referrals.get(referral).children[0].id
    homes = server.homes.nearest(referral, 2)
    meet(laptop, server)
    for store, home in zip(pair, homes, strict=True):
        with store.desk.write("place") as session:
            session.add(Placement(child_id=child, home_id=home, referral_id=referral, started_at=store.desk.now))
    meet(laptop, server)
    found = server.doubles.found()
    assert [(row.kind, row.words.split(":")[0]) for row in found] == [("two homes", "KJ W-10234 lives in 2 homes")]
    with server.desk.write("end") as session:
        rows.change(session, Placement, found[0].keys[0], {"ended_on": server.desk.today})
    meet(laptop, server)
    assert kinds(laptop) == []


def test_an_offer_accepted_here_and_lapsed_there_waits_with_both(pair: list[Services]) -> None:
    server, laptop = pair
    offer = builders.offered(server, builders.referral(server), NewOffer(81_200))[0]
    meet(laptop, server)
    server.offers.accept(offer)
    with laptop.desk.write("lapse offer") as session:
        rows.change(session, Offer, offer, {"state": "lapsed"})
    meet(laptop, server)
    waiting = server.conflicts.unsettled()
    assert any(row.noun == "offer" and "state" in row.fields for row in waiting)
    assert laptop.conflicts.count() == server.conflicts.count() > 0


def test_what_was_made_twice_is_due_until_it_is_mended_and_again_when_that_is_undone(pair: list[Services]) -> None:
    server, laptop = pair
    builders.referral(server, builders.child("AB", "W-1"))
    builders.referral(laptop, builders.child("AB", "W-1"))
    assert [row for row in server.tasks.due() if row.rule == "double"] == []
    other = laptop.meetings.meet(server.meetings.hello())
    meet(laptop, server)
    server.meetings.keep(server.meetings.meet(laptop.meetings.hello()))
    laptop.meetings.keep(other)
    for store in pair:
        [row] = [row for row in store.tasks.due() if row.rule == "double"]
        assert (row.title, row.child) == ("made twice: which is kept?", "AB W-1")
        assert row.today(store.desk.now)
        with pytest.raises(Refused, match="not ticked off"):
            store.tasks.done(row.id)
        with pytest.raises(Refused, match="not moved"):
            store.tasks.move(row.id, store.desk.now.replace(hour=23), "later")
    assert [row.id for row in server.tasks.due()] == [row.id for row in laptop.tasks.due()]
    assert server.tasks.counts().today == 1 + len([row for row in server.tasks.due() if row.rule == "needed_by"])
    found = server.doubles.of_task(next(row.source for row in server.tasks.due() if row.rule == "double"))
    server.doubles.merge_children(found.twins[1].id, found.twins[0].id)
    assert [row for row in server.tasks.due() if row.rule == "double"] == []
    server.history.undo()
    assert len([row for row in server.tasks.due() if row.rule == "double"]) == 1
