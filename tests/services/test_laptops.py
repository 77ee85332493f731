"""A laptop that holds the open referrals alone: closed cases are not on its disk, its journal is whole, nothing it lacks is lost."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select

from placement_tui.bootstrap import Services
from placement_tui.db.changes import rows
from placement_tui.db.columns import columns_of
from placement_tui.db.reads import laptops as reads
from placement_tui.db.reads.audit import find
from placement_tui.db.tables import RECORDS, Referral, SiblingGroup
from placement_tui.db.verify import verify
from placement_tui.domain.audit import changed_words
from placement_tui.domain.offers import NewOffer
from placement_tui.errors import NotFound, Refused
from placement_tui.services.backups import open_backup
from placement_tui.services.laptops import join
from tests import builders
from tests.laptops import laptop as made
from tests.laptops import sync
from tests.reliability import erasing, plain_pages, planted
from tests.services.test_meetings import everything

NOW = datetime(2026, 10, 14, 9, 0, tzinfo=UTC)


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Services]:
    (tmp_path / "server").mkdir(mode=0o700)
    services = builders.team(tmp_path / "server" / "team.db", builders.Clock(NOW))
    builders.homes(services, builders.NAMES[:6])
    yield services
    services.close()


def reopen(services: Services, child: UUID) -> UUID:
    """Another referral for a child whom the team knows."""
    with services.desk.read() as session:
        c = columns_of(RECORDS["child"])
        known = session.execute(select(c["identifier"], c["initials"]).where(c["id"] == child)).one()
    key = builders.referral(services, builders.child(known.initials, known.identifier))
    assert services.referrals.get(key).children[0].id == child
    return key


def shown(services: Services) -> dict[str, dict[str, Any]]:
    """Every record that is there, by table and id."""
    return {noun: {row[0]: row for row in found} for noun, found in everything(services).items() if noun in RECORDS}


@pytest.mark.file_store
def test_a_laptop_is_made_of_its_file_and_of_no_other_copy_of_the_team(server: Services, tmp_path: Path) -> None:
    made(server, tmp_path, "Laptop 1")
    (tmp_path / "stick").mkdir(mode=0o700)
    server.laptops.make_file("Laptop 2", tmp_path / "stick")
    backup = server.backups.make(tmp_path / "stick").path
    for file in (server.desk.store.path, backup):
        with pytest.raises(NotFound, match="not made for a laptop"):
            join(file, tmp_path / "stick" / "mine.db", None, builders.PASSPHRASE)
        assert not (tmp_path / "stick" / "mine.db").exists()


@pytest.mark.slow
def test_closed_cases_are_not_on_the_disk_and_the_journal_is_whole(server: Services, tmp_path: Path) -> None:
    gone = planted.child(server, "CL", "Qclosedx")
    there = planted.child(server, "OP", "Qopenx")
    reopen(server, there.child)
    one = laptop(server, tmp_path, "Laptop 1")
    folder = tmp_path / "Laptop 1"
    keys = [server.desk.store.data_key, one.desk.store.data_key]
    found, searched = plain_pages.hits(erasing.everything(one, folder, keys), [*gone.markers, *there.markers])
    assert searched > 100_000
    assert {marker for marker in gone.markers if found[marker]} == set()
    half = {marker for marker in there.markers if not found[marker]}
    assert half == {"Qopenxdraft", "Qopenxhalf"}  # what was half-typed at the council stays with who typed it
    assert list((tmp_path / "server").glob(".laptop-*")) == []
    checked = verify(one.desk.store)
    assert checked.faults == ()
    assert "closed cases are kept at the council" in " ".join(checked.said)
    here, council = shown(one), shown(server)
    for noun, records in here.items():
        if noun != "setting":  # the laptop's own key has a day of its own
            assert {key: council[noun][key] for key in records} == records, noun
    assert set(here["home"]) == set(council["home"])
    one.close()


def laptop(server: Services, folder: Path, name: str) -> Services:
    """One that holds the open referrals alone."""
    return made(server, folder, name, open_only=True)


def closed(services: Services, initials: str, identifier: str, **fields: Any) -> tuple[UUID, UUID]:
    """A child who was referred, called for and whose referral is closed; the referral's and the child's ids."""
    key = builders.referral(services, builders.child(initials, identifier, **fields), note=f"{identifier} note")
    services.approaches.ask(key, services.homes.nearest(key, 3))
    services.referrals.close(key, "home")
    return key, services.referrals.get(key).children[0].id


def journal(services: Services) -> dict[Any, Any]:
    """Every operation by its id, as it lies there."""
    return {row[0]: row for row in everything(services)["operation"]}


def references(services: Services) -> set[str]:
    with services.desk.read() as session:
        c = columns_of(RECORDS["referral"])
        return set(session.execute(select(c["reference"])).scalars())


def test_what_the_laptop_logs_arrives_whole_and_nothing_of_the_council_is_blanked(
    server: Services, tmp_path: Path
) -> None:
    closed(server, "CL", "W-1")
    at_office = builders.referral(server, builders.child("OP", "W-2"))
    one = laptop(server, tmp_path, "Laptop 1")
    assert references(one) == {"26-0002"}
    before = journal(server)
    mine = builders.referral(one, builders.child("NE", "W-3"), note="from the phone")
    offer = builders.offered(one, mine, NewOffer(81_200))[0]
    one.approaches.ask(at_office, one.homes.nearest(at_office, 2))
    assert sync(one, server) == 0
    after = journal(server)
    assert {key: after[key] for key in before} == before
    assert server.referrals.get(mine).note == "from the phone"
    assert offer in shown(server)["offer"] or str(offer) in shown(server)["offer"]
    for noun, records in shown(one).items():
        assert {key: shown(server)[noun][key] for key in records} == records, noun
    assert verify(server.desk.store).faults == verify(one.desk.store).faults == ()
    again = journal(server)
    assert sync(one, server) == 0
    assert journal(server) == again
    one.close()


def test_a_case_that_is_opened_again_arrives_with_its_past_and_one_that_is_closed_goes(
    server: Services, tmp_path: Path
) -> None:
    old, child = closed(server, "CL", "W-1", name="Qmarkername")
    stays = builders.referral(server, builders.child("OP", "W-2", name="Qothername"))
    one = laptop(server, tmp_path, "Laptop 1")
    assert references(one) == {"26-0002"}
    with server.desk.write("change") as session:  # a change of a closed case travels without what it says
        rows.change(session, RECORDS["child"], child, {"name": "Qmarkernew"})
    assert sync(one, server) == 0
    assert references(one) == {"26-0002"}
    reopen(server, child)
    sync(one, server)
    assert references(one) == {"26-0001", "26-0002", "26-0003"}
    assert len(one.approaches.calls(old).rows) == 3
    assert shown(one)["child"] == shown(server)["child"]
    assert verify(one.desk.store).faults == ()
    one.backups.make()
    server.referrals.close(stays, "home")
    assert sync(one, server) > 0
    assert references(one) == {"26-0001", "26-0003"}
    keys = [one.desk.store.data_key]
    found, _ = plain_pages.hits(erasing.everything(one, one.desk.store.path.parent, keys), ["Qothername", "Qmarkernew"])
    assert found["Qothername"] == 0 < found["Qmarkernew"]
    assert verify(one.desk.store).faults == verify(server.desk.store).faults == ()
    one.close()


def test_brothers_and_sisters_come_with_a_child_and_so_does_whoever_has_their_number(
    server: Services, tmp_path: Path
) -> None:
    closed(server, "AA", "W-1")
    both = builders.referral(server, builders.child("AA", "W-1"), builders.child("BB", "W-2"))
    server.referrals.close(both, "home")
    grouped, _ = closed(server, "CC", "W-3")
    closed(server, "ZZ", "W-9")
    twin = builders.referral(server, builders.child("AA", " w-1"))
    with server.desk.write("group") as session:
        group = SiblingGroup(name="the Qs")
        session.add(group)
        session.flush()
        for key in (grouped, twin):
            rows.change(session, Referral, key, {"sibling_group_id": group.id})
    one = laptop(server, tmp_path, "Laptop 1")
    c = columns_of(RECORDS["child"])
    with one.desk.read() as session:
        assert set(session.execute(select(c["initials"])).scalars()) == {"AA", "BB", "CC"}
        assert len(reads.families(session)) == 1
    assert shown(one)["sibling_group"] == shown(server)["sibling_group"]
    one.close()


def test_two_laptops_of_which_one_holds_the_open_referrals_alone_do_not_meet(server: Services, tmp_path: Path) -> None:
    one, two = laptop(server, tmp_path, "Laptop 1"), made(server, tmp_path, "Laptop 2")
    three = laptop(server, tmp_path, "Laptop 3")
    for first, second in ((one, two), (two, one), (one, three)):
        with pytest.raises(Refused, match="meets the council's store"):
            first.meetings.meet(second.meetings.hello())
    assert [row.holds for row in server.laptops.every()] == [
        "everything",
        "open referrals",
        "everything",
        "open referrals",
    ]
    for each in (one, two, three):
        each.close()


def test_a_store_that_holds_everything_takes_no_operation_without_its_values(server: Services, tmp_path: Path) -> None:
    builders.referral(server, builders.child("OP", "W-2"))
    one = laptop(server, tmp_path, "Laptop 1")
    builders.referral(one, builders.child("NE", "W-3"))
    frame = next(iter(one.meetings.give(one.meetings.meet(server.meetings.hello()))))
    frame["operations"][1] |= {"fields": None, "salt": "withheld"}
    before = journal(server)
    with pytest.raises(Refused, match="changed on its way"):
        server.meetings.take(frame)
    assert journal(server) == before
    one.close()


def test_values_that_come_later_must_be_those_that_were_hashed(server: Services, tmp_path: Path) -> None:
    _, child = closed(server, "CL", "W-1")
    one = laptop(server, tmp_path, "Laptop 1")
    reopen(server, child)
    frame = next(iter(server.meetings.give(server.meetings.meet(one.meetings.hello()))))
    row = next(each for each in frame["operations"] if each["fields"] and "initials" in each["fields"])
    row["fields"] = {**row["fields"], "initials": "XX"}
    before = journal(one)
    with pytest.raises(Refused, match="changed on its way"):
        one.meetings.take(frame)
    assert journal(one) == before
    one.close()


def test_figures_returns_and_erasures_are_made_at_the_council(server: Services, tmp_path: Path) -> None:
    closed(server, "CL", "W-1")
    key = builders.referral(server, builders.child("OP", "W-2"))
    one = laptop(server, tmp_path, "Laptop 1")
    for ask in (
        lambda: one.insight.report("refusals"), lambda: one.delay.times(), lambda: one.returns.of_year(2026), one.census.page,
        lambda: one.retention.erase({one.referrals.get(key).children[0].id}, "asked for"),
    ):  # fmt: skip
        with pytest.raises(Refused, match="made at the council"):
            ask()
    with one.desk.read() as session:
        said = {changed_words(row) for row in find(session, limit=5_000)}
    assert ("(kept at the council)",) in said
    assert ("(erased)",) not in said
    one.approaches.ask(key, one.homes.nearest(key, 1))
    one.referrals.close(key, "home")
    sync(one, server)
    with pytest.raises(Refused, match="kept at the council"):
        one.history.undo()
    one.close()


def test_a_server_put_back_from_a_backup_gets_what_can_stand_alone_and_loses_nothing(
    server: Services, tmp_path: Path
) -> None:
    one = laptop(server, tmp_path, "Laptop 1")
    folder = tmp_path / "back"
    (folder / "copy").mkdir(parents=True, mode=0o700)
    copy = server.backups.make(folder / "copy").path
    before = builders.referral(server, builders.child("OP", "W-2"))
    sync(one, server)
    first = builders.referral(one, builders.child("NE", "W-3"))
    closed(server, "CL", "W-1")
    sync(one, server)
    then = builders.referral(one, builders.child("LA", "W-4"))
    (folder / "store").mkdir(mode=0o700)
    backup = open_backup(copy, None, builders.PASSPHRASE, server.desk.store.clock)
    backup.into(folder / "store" / "team.db")
    backup.close()
    restored = builders.opened(folder / "store" / "team.db", server.desk.store.clock)
    sync(one, restored)
    assert references(restored) >= {server.referrals.get(before).reference, one.referrals.get(first).reference}
    assert one.referrals.get(then).reference not in references(restored)
    assert one.meetings.last()[0].unshared > 0
    assert verify(restored.desk.store).faults == verify(one.desk.store).faults == ()
    whole = made(server, tmp_path, "Laptop 2")
    sync(whole, restored)
    sync(one, restored)
    assert one.referrals.get(then).reference in references(restored)
    assert one.meetings.last()[0].unshared == 0
    for each in (one, restored, whole):
        each.close()


def test_a_bundle_for_such_a_laptop_says_no_more_than_a_line(server: Services, tmp_path: Path) -> None:
    _, child = closed(server, "CL", "W-1", name="Qclosedname")
    one = laptop(server, tmp_path, "Laptop 1")
    for store in (server, one):
        store.meetings.own_key()
    sync(one, server)
    closed(server, "CM", "W-5", name="Qalsoclosed")
    reopen(server, child)
    file = tmp_path / "coming.bundle"
    server.meetings.write_bundle("Laptop 1", file)
    other, met = one.meetings.read_bundle(file)
    one.meetings.clean(met, other)
    assert any("Qclosedname" in row for row in shown(one)["child"].values())
    assert not any("Qalsoclosed" in str(row) for row in journal(one).values())
    assert verify(one.desk.store).faults == ()
    one.close()
