"""Two laptops and a server, four hours apart: work that crosses, one meeting each, an officer settles, all three agree."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

import pytest

from placement_tui.bootstrap import Services
from placement_tui.db.changes import rows
from placement_tui.db.tables import Home
from placement_tui.domain.endings import NewEnding
from placement_tui.domain.offers import NewOffer
from placement_tui.domain.placements import NewPlacement
from tests import builders
from tests.laptops import laptop, sync
from tests.services.test_meetings import agree

NINE = datetime(2026, 10, 14, 8, 0, tzinfo=UTC)


@pytest.fixture
def three(tmp_path: Path) -> Iterator[tuple[Services, Services, Services]]:
    """The team's store and two laptops made from it at nine, each with a clock of its own."""
    (tmp_path / "server").mkdir(mode=0o700)
    server = builders.team(tmp_path / "server" / "team.db", builders.Clock(NINE - timedelta(hours=1)))
    builders.homes(server, ("Ash", "Beech", "Cope"), ("res",))
    with server.desk.write("one bed") as session:
        rows.change(session, Home, server.homes.find("cope").matches[0].candidate.id, {"places": 1})
    for initials, number in (("AA", 1), ("BB", 2), ("CC", 3), ("DD", 4)):
        builders.referral(server, builders.child(initials, f"W-{number}"))
    builders.offered(server, key_of(server, "26-0004"), NewOffer(81_200, expires_at=NINE + timedelta(hours=3)))
    made = [laptop(server, tmp_path, f"Laptop {number}", clock=builders.Clock(NINE)) for number in (1, 2)]
    server.desk.store.clock.now = NINE  # type: ignore[attr-defined]  # a test's clock
    yield server, made[0], made[1]
    for each in (server, *made):
        each.close()


def key_of(services: Services, reference: str) -> UUID:
    return next(row.id for row in services.referrals.board().rows if row.reference == reference)


def later(services: Services, **parts: float) -> None:
    services.desk.store.clock.forward(**parts)  # type: ignore[attr-defined]  # a test's clock


def place(services: Services, reference: str, home: str) -> UUID:
    """A child moves in: asked, offered, accepted, started."""
    referral = key_of(services, reference)
    found = services.homes.find(home).matches[0].candidate.id
    services.approaches.ask(referral, [found])
    call = next(row for row in services.approaches.calls(referral).rows if row.home_id == found)
    offer, _ = services.offers.log(call.id, NewOffer(90_000))
    services.offers.accept(offer)
    return services.placements.start(offer, NewPlacement(services.desk.now)).placements[0]


def test_four_hours_apart_then_one_meeting_each_and_nothing_is_lost(
    three: tuple[Services, Services, Services],
) -> None:
    server, one, two = three
    first = key_of(server, "26-0001")
    offer = server.offers.of(key_of(server, "26-0004"))[0].id
    for services, note in ((one, "Mum rang: he is calm"), (two, "Carer says until Friday")):
        later(services, hours=1)
        services.referrals.amend(first, {"note": note}, seen=services.conflicts.seen())
        services.approaches.ask(first, services.homes.nearest(first, 1))
    later(one, hours=1)
    one.offers.accept(offer)  # at eleven, while it stands
    place(one, "26-0002", "cope")
    later(two, hours=2, minutes=30)
    assert two.offers.get(offer).lapsed(two.desk.now)
    two.offers.decline(offer, "too_late", "it lapsed at twelve")
    moved = place(two, "26-0003", "cope")
    kept = builders.referral(one, builders.child("EE", "W-9"))
    twice = builders.referral(two, builders.child("EE", "W-9", born_on=NINE.date().replace(year=2012)))
    for services in three:
        services.desk.store.clock.now = NINE + timedelta(hours=4)  # type: ignore[attr-defined]  # a test's clock
        assert services.conflicts.count() == 0
        assert services.doubles.found() == []
    for services in (one, two):
        assert services.meetings.status().endswith("met 4 h ago")
        assert services.meetings.last()[0].unshared > 10

    sync(one, server)
    assert server.conflicts.count() == 0
    sync(two, server)
    waiting = server.conflicts.unsettled()
    assert {row.noun for row in waiting} == {"referral", "offer"}
    by_words = {row.field: [side.words for side in row.sides] for row in waiting}
    assert ["Mum rang: he is calm", "Carer says until Friday"] in by_words.values()
    due = [row for row in server.tasks.due() if row.rule == "double"]
    assert sorted(row.title for row in due) == ["Cope House: more of ours than places", "made twice: which is kept?"]

    for row in waiting:  # the first is the laptop's that was there in time
        server.conflicts.settle(row, row.sides[0].op)
    children = [server.referrals.get(key).children[0].id for key in (twice, kept)]
    server.doubles.merge_children(*children)
    server.endings.end(moved, NewEnding(server.desk.today, "CREQB", note="the bed was given at ten"))
    assert (server.conflicts.count(), server.doubles.found()) == (0, [])
    assert [row for row in server.tasks.due() if row.rule == "double"] == []

    for services in (one, two, one):
        sync(services, server)
    agree(server, one, two)
    for services in three:
        assert services.offers.get(offer).state == "accepted"
        assert services.referrals.get(first).note == "Mum rang: he is calm"
        assert len(services.approaches.calls(first).rows) >= 1
        assert [services.referrals.get(key).children[0].id for key in (twice, kept)] == [children[1]] * 2
        assert services.referrals.get(twice).children[0].born_on == NINE.date().replace(year=2012)
        assert (services.conflicts.count(), services.doubles.found()) == (0, [])
    assert [services.meetings.status() for services in three] == [
        "",
        "all shared, met just now",
        "all shared, met just now",
    ]
