"""Stores of one team that meet: whatever was done where, in whatever order they meet and however often, they agree."""

from __future__ import annotations

import json
import random
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from placement_tui.bootstrap import Services
from placement_tui.db.changes import meetings as changes
from placement_tui.db.changes import rows
from placement_tui.db.columns import columns_of, local, operation
from placement_tui.db.tables import RECORDS, Child, Home
from placement_tui.db.verify import verify
from placement_tui.domain.approaches import Refusal
from placement_tui.domain.identifiers import new_id
from placement_tui.domain.meetings import Met
from placement_tui.errors import PlacementError, Refused, WrongUse
from tests import builders, engines

NOW = datetime(2026, 10, 14, 9, 0, tzinfo=UTC)


class Team:
    """A team's store and laptops made from it, each with a clock of its own."""

    def __init__(self, folder: Path, laptops: int = 2, skews: tuple[timedelta, ...] = ()) -> None:
        self.folder = folder
        self.clocks = [builders.Clock(NOW)]
        (folder / "0").mkdir(mode=0o700)
        team = builders.team(folder / "0" / "team.db", self.clocks[0])
        builders.homes(team, ("Ash", "Beech", "Cope"))
        self.stores = [team]
        members = []
        for number in range(1, laptops + 1):
            with team.desk.write("add laptop") as session:
                members.append(changes.add_member(session, f"laptop {number}", chr(ord("A") + number)).id)
        team.desk.store.checkpoint()
        for number, member in enumerate(members, 1):
            (folder / str(number)).mkdir(mode=0o700)
            engines.copied(folder / "0" / "team.db", folder / str(number) / "team.db")
            clock = builders.Clock(NOW + (skews[number - 1] if skews else timedelta()))
            self.clocks.append(clock)
            laptop = builders.opened(folder / str(number) / "team.db", clock)
            with laptop.desk.store.write(None, "join") as session:
                changes.become(session, member)
            self.stores.append(laptop)

    def close(self) -> None:
        for each in self.stores:
            each.close()


@pytest.fixture
def trio(tmp_path: Path) -> Any:
    team = Team(tmp_path)
    yield team
    team.close()


def give(giver: Services, taker: Services, frames: int | None = None, times: int = 1) -> Met:
    """One way of a meeting, as it travels: JSON. With `frames` the line breaks after so many of them."""
    met = Met()
    other = giver.meetings.meet(json.loads(json.dumps(taker.meetings.hello())))
    for number, frame in enumerate(giver.meetings.give(other)):
        if number == frames:
            break
        for _ in range(times):
            met.add(taker.meetings.take(json.loads(json.dumps(frame))))
    return met


def meet(one: Services, other: Services) -> None:
    give(one, other)
    give(other, one)


def everything(services: Services) -> dict[str, list[Any]]:
    """Every record of every table, and the whole journal, as they lie there."""
    with services.desk.read() as session:
        found = {
            noun: sorted(tuple(map(str, row)) for row in session.execute(select(*columns_of(table))))
            for noun, table in RECORDS.items()
        }
        c = operation.c
        journal = session.execute(select(c.id, c.device, c.sequence, c.hlc, c.key, c.fields, c.base, c.salt, c.hash))
        found["operation"] = sorted(tuple(map(str, row)) for row in journal)
        conflicts = session.execute(select(local.c.value).where(local.c.name == "conflicts")).scalar()
    found["conflicts"] = sorted((conflicts or {}).items())
    return found


def agree(*stores: Services) -> None:
    """They hold the same, and each verifies."""
    first = everything(stores[0])
    for other in stores[1:]:
        found = everything(other)
        assert {noun for noun in first if first[noun] != found[noun]} == set()
    for each in stores:
        assert verify(each.desk.store).faults == ()


def test_what_was_logged_on_a_laptop_is_on_the_server_and_the_other_way_round(trio: Team) -> None:
    server, one, two = trio.stores
    at_office = builders.referral(server, builders.child("AB", "W-1"))
    at_home = builders.referral(one, builders.child("CD", "W-2"))
    assert one.referrals.get(at_home).reference == "26-B0001"
    meet(one, server)
    meet(two, server)
    assert {row.reference for row in two.referrals.board().rows} == {"26-0001", "26-B0001"}
    assert one.referrals.get(at_office).child == server.referrals.get(at_office).child
    meet(one, server)  # the laptop learns nothing that the other laptop had not said
    agree(server, one, two)
    again = give(server, one)
    assert (again.taken, again.records) == (0, set())


def test_an_answer_that_two_wrote_down_says_whose_and_of_which_home(trio: Team) -> None:
    server, one, _ = trio.stores
    key = builders.referral(server)
    server.approaches.ask(key, server.homes.nearest(key)[:1])
    meet(one, server)
    (asked,) = server.approaches.calls(key).rows
    server.approaches.refuse(asked.id, Refusal(("M1",)))
    one.approaches.no_reply(asked.id)
    meet(one, server)
    found = one.conflicts.unsettled()
    assert {row.about for row in found} == {f"approach: 26-0001 KJ 14 M, {asked.name}"}


def test_no_reference_is_given_out_twice_after_a_meeting(trio: Team) -> None:
    server, one, two = trio.stores
    for number, each in enumerate((server, server, one, two, two, two)):
        builders.referral(each, builders.child("AB", f"W-{number}"))
    for each in (one, two, one):
        meet(each, server)
    for number, each in enumerate((server, one, two, server)):
        builders.referral(each, builders.child("CD", f"X-{number}"))
    for each in (one, two, one):
        meet(each, server)
    found = sorted(row.reference for row in server.referrals.board().rows)
    assert found == [f"26-000{n}" for n in (1, 2, 3, 4)] + ["26-B0001", "26-B0002"] + [
        f"26-C000{n}" for n in (1, 2, 3, 4)
    ]


def test_what_nobody_said_travels_and_comes_back(trio: Team) -> None:
    server, one, _ = trio.stores
    nobody_knows = builders.child("CD", "")  # our own number comes later
    key = builders.referral(one, nobody_knows)
    meet(one, server)
    assert server.referrals.get(key).child == "CD 14 M"
    child = server.referrals.get(key).children[0].id
    server.referrals.amend_child(key, child, builders.child("CD", "W-7"))
    server.history.undo()
    assert server.referrals.child(child).identifier == ""
    meet(one, server)
    agree(server, one)


def test_two_values_of_one_field_wait_for_an_officer_and_settling_travels(trio: Team) -> None:
    server, one, two = trio.stores
    key = builders.referral(server, builders.child("AB", "W-1"), note="as referred")
    meet(one, server)
    meet(two, server)
    for store, note in ((one, "Mum rang: he is calm"), (two, "Carer says until Friday")):
        with store.desk.write("change referral") as session:
            rows.get(session, RECORDS["referral"], key).note = note  # type: ignore[attr-defined]
    meet(one, server)
    met = give(two, server)
    assert met.clashing == {key}
    waiting = server.conflicts.unsettled()
    assert [side.values["note"] for side in waiting[0].sides] == ["Mum rang: he is calm", "Carer says until Friday"]
    server.conflicts.settle(waiting[0], waiting[0].sides[0].op)
    meet(server, two)
    meet(server, one)
    assert two.conflicts.count() == one.conflicts.count() == 0
    assert two.referrals.get(key).note == "Mum rang: he is calm"
    agree(server, one, two)


def test_that_each_store_has_a_data_key_of_its_own_day_is_nothing_to_settle(trio: Team) -> None:
    server, one, _ = trio.stores
    for store in (server, one):
        store.officers.rotate()
    meet(one, server)
    assert server.conflicts.count() == one.conflicts.count() == 0
    assert server.conflicts.unsettled() == []
    agree(server, one)


def test_a_line_that_breaks_after_any_frame_goes_on_where_it_was(trio: Team) -> None:
    server, one, _ = trio.stores
    with one.desk.write("many") as session:
        session.add_all([Child(identifier=f"W-{n}", initials="XX") for n in range(900)])
    assert give(one, server, frames=2, times=2).taken == 400
    assert verify(server.desk.store).faults == ()
    assert give(one, server, frames=1).taken == 200
    assert give(one, server).taken == 300
    agree(server, one)


@pytest.mark.parametrize("harm", ["gap", "value", "hash", "order", "kind", "noise", "forked"])
def test_a_stream_that_was_changed_on_its_way_is_refused_whole(trio: Team, harm: str) -> None:
    server, one, _ = trio.stores
    for number in range(3):
        builders.referral(one, builders.child("AB", f"W-{number}"))
    before = everything(server)
    frame = json.loads(json.dumps(next(iter(one.meetings.give(one.meetings.meet(server.meetings.hello()))))))
    batch = frame["operations"]
    if harm == "gap":
        del batch[2]
    elif harm == "value":
        batch[3]["fields"] = {**batch[3]["fields"], "note": "not so"}
    elif harm == "hash":
        batch[-1]["hash"] = "0" * 64
    elif harm == "order":
        batch.reverse()
    elif harm == "kind":
        batch[0]["key"] = 7
    elif harm == "noise":
        frame = {"operations": "x"}
    else:
        give(one, server)
        before = everything(server)
        for row in batch:
            row["hash"] = "1" * 64
    with pytest.raises((Refused, WrongUse)):
        server.meetings.take(frame)
    assert everything(server) == before


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"protocol": 99}, "another version"), ({"tables": "9999"}, "another version"), ({"standing": []}, "does not speak"),
        ({"now": "soon"}, "does not speak"), ({"standing": {"0" * 32: [3, "ab"]}}, "not of one team"),
    ],
)  # fmt: skip
def test_who_cannot_merge_is_told_before_anything_is_exchanged(trio: Team, said: dict[str, Any], words: str) -> None:
    server, one, _ = trio.stores
    with pytest.raises(PlacementError, match=words):
        server.meetings.meet({**one.meetings.hello(), **said})


def twin(laptop: Services, folder: Path) -> Services:
    """A second store that writes as the same laptop, open."""
    laptop.desk.store.checkpoint()
    folder.mkdir(mode=0o700)
    engines.copied(laptop.desk.store.path, folder / "team.db")
    return builders.opened(folder / "team.db", builders.Clock(NOW))


def test_a_copy_that_went_on_as_the_same_device_is_refused(tmp_path: Path) -> None:
    team = Team(tmp_path, laptops=1)
    server, one = team.stores
    copy = twin(one, tmp_path / "copy")
    builders.referral(one, builders.child("AB", "W-1"))
    builders.referral(copy, builders.child("CD", "W-2"))
    meet(one, server)
    before = everything(server)
    with pytest.raises(Refused, match="Two stores write as the same device"):
        meet(copy, server)
    assert everything(server) == before
    for each in (copy, *team.stores):
        each.close()


def test_a_second_store_of_one_file_is_told_before_it_takes_in_the_firsts_work(tmp_path: Path) -> None:
    team = Team(tmp_path, laptops=1)
    server, one = team.stores
    copy = twin(one, tmp_path / "copy")
    builders.referral(one, builders.child("AB", "W-1"))
    meet(one, server)
    before = everything(copy)
    with pytest.raises(Refused, match="Two stores write as the same device"):
        give(server, copy)
    assert everything(copy) == before
    builders.referral(copy, builders.child("CD", "W-2"))  # it still stands by itself
    for each in (copy, *team.stores):
        each.close()


@pytest.mark.parametrize("skew", [timedelta(hours=1), timedelta(days=-400), timedelta(days=365)])
def test_a_wrong_clock_is_told_and_hides_nothing(tmp_path: Path, skew: timedelta) -> None:
    team = Team(tmp_path, laptops=1, skews=(skew,))
    server, one = team.stores
    key = builders.referral(one, builders.child("AB", "W-1"), note="from the laptop")
    other = server.meetings.meet(one.meetings.hello())
    assert other.skew.startswith("The clock of laptop 1 is")
    met = give(one, server)
    assert bool(met.ahead) == (skew > timedelta(days=1))
    with server.desk.write("change referral") as session:  # who has read it changes it, whatever the clocks say
        rows.get(session, RECORDS["referral"], key).note = "settled at the office"  # type: ignore[attr-defined]
    meet(one, server)
    assert one.referrals.get(key).note == server.referrals.get(key).note == "settled at the office"
    assert one.conflicts.count() == 0
    agree(server, one)
    team.close()


def test_an_erasure_travels_and_takes_what_was_said_meanwhile(trio: Team) -> None:
    server, one, two = trio.stores
    placed = builders.placed(server, builders.child("GO", "W-GONE", name="Gone Child"))
    child = server.placements.get(placed).child_id
    meet(one, server)
    meet(two, server)
    with one.desk.write("change") as session:  # nobody there knows of the erasure
        rows.change(session, Child, child, {"name": "Gone Again"})
    with server.desk.write("end") as session:
        rows.change(session, RECORDS["placement"], placed, {"ended_on": NOW.date()})
    for referral in server.referrals.board().rows:
        server.referrals.close(referral.id, "home")
    server.retention.erase({child}, "asked for by the person")
    meet(two, server)
    meet(one, server)
    meet(two, server)
    agree(server, one, two)
    for store in trio.stores:
        with store.desk.read() as session:
            left = sum("Gone" in str(said) for said in session.execute(select(operation.c.fields)).scalars())
        assert left == 0


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(6))
def test_any_work_any_order_any_repetition(tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    skews = tuple(timedelta(hours=chance.uniform(-28, 28)) for _ in range(3))
    team = Team(tmp_path, laptops=3, skews=skews)
    with team.stores[0].desk.read() as session:
        homes = list(session.execute(select(columns_of(Home)["id"])).scalars())
    known = list(homes)
    said = 0
    for _ in range(40):
        store = chance.choice(team.stores)
        if chance.random() < 0.35:
            give(chance.choice(team.stores), store, frames=chance.choice((None, 0, 1)), times=chance.choice((1, 2)))
            continue
        with store.desk.write("work") as session:
            if chance.random() < 0.4:
                made = Child(id=new_id(), identifier=f"W-{said}", initials="XX")
                session.add(made)
            else:
                with session.no_autoflush:
                    row = session.get(Home, chance.choice(known))
                assert row is not None
                row.note = f"note {said}"
                if chance.random() < 0.3:
                    row.places = chance.randrange(1, 9)
                if chance.random() < 0.1:
                    row.struck_at = store.desk.now
        said += 1
    for _ in range(2):
        for store in team.stores[1:]:
            meet(store, team.stores[0])
    agree(*team.stores)
    rebuilt = everything(team.stores[0])["operation"]
    assert len({row[0] for row in rebuilt}) == len(rebuilt)
    team.close()
