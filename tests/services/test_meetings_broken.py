"""Meetings that go wrong: a line that breaks at any byte, another version at the other end, a clock that is wrong, work done twice."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from placement_tui.bootstrap import Services
from placement_tui.db import journal
from placement_tui.db.changes import rows
from placement_tui.db.columns import columns_of
from placement_tui.db.reads import meetings_erased as reads
from placement_tui.db.tables import RECORDS, Child
from placement_tui.db.verify import verify
from placement_tui.domain.meetings import PROTOCOL
from placement_tui.domain.offers import NewOffer
from placement_tui.errors import Refused
from placement_tui.services.meetings import Meetings
from tests import builders
from tests.reliability import meeting
from tests.services.test_meetings import NOW, Team, agree, everything, give
from tests.services.test_meetings import meet as meet_whole
from tests.services.test_meetings import trio as trio

PLACEMENT = str(Path(sys.executable).parent / "placement")


def many(store: Services, count: int, named: str = "W") -> None:
    with store.desk.write("many") as session:
        session.add_all([Child(identifier=f"{named}-{n}", initials="XX") for n in range(count)])


def children(store: Services, named: str = "W") -> int:
    with store.desk.read() as session:
        found = session.execute(select(columns_of(Child).identifier)).scalars()
        return sum(each.startswith(f"{named}-") for each in found)


def test_a_line_cut_anywhere_keeps_every_batch_that_came_and_says_how_many(trio: Team) -> None:
    server, one, _ = trio.stores
    many(server, 500, "S")
    many(one, 500)
    whole = meeting.meet(one, server, (None, 5_000))  # hears the hello and the start of what comes
    assert whole.caller is not None
    assert f"{500:,} changes had gone, 0 had come" in whole.caller.detail
    assert children(server) == 500
    before = 0
    for cut in (40_000, 60_000, 70_000):
        ended = meeting.meet(one, server, (None, cut))
        came = children(one, "S")
        assert came % 200 in (0, 100)
        assert came >= before
        before = came
        if ended.caller is not None:
            assert "meet again: it goes on where it was" in ended.caller.mend
    assert meeting.meet(one, server).caller is None
    agree(server, one)


def test_what_comes_in_while_two_talk_is_not_taken_for_known_to_the_other(trio: Team) -> None:
    server, one, two = trio.stores
    for store in trio.stores:
        store.meetings.own_key()
    for _ in range(2):
        for store in (one, two):
            meet_whole(store, server)
    other, given = server.meetings.meet(one.meetings.hello()), server.meetings.standing()
    give(server, one)
    builders.referral(two, builders.child("CD", "W-2"))
    give(two, server)  # a second laptop is quicker than the end of the first one's meeting
    server.meetings.keep(other, given)
    bundle = trio.folder / "for one"
    assert server.meetings.write_bundle("laptop 1", bundle)[0] > 0
    one.meetings.read_bundle(bundle)
    assert [row.child for row in one.referrals.board().rows] == ["CD 14 M"]
    agree(server, one)


def test_a_line_cut_within_an_erasure_leaves_a_store_that_verifies_and_is_cleaned(trio: Team) -> None:
    server, one, _ = trio.stores
    referral = builders.referral(server, builders.child("GO", "W-GONE", name="Gone Child"))
    child = server.referrals.get(referral).children[0].id
    many(server, 400)
    server.referrals.close(referral, "home")
    server.retention.erase({child}, "asked for by the person")
    server.meetings.batch = 50
    for frames in (1, 2, 1, 1):
        give(server, one, frames=frames)
        assert verify(one.desk.store).faults == ()
    give(server, one)
    with one.desk.read() as session:
        assert reads.unclean(session)
    one.meetings.finish()
    with one.desk.read() as session:
        assert not reads.unclean(session)
    agree(server, one)


def test_nobody_empties_what_nobody_erased(trio: Team) -> None:
    server, *_ = trio.stores
    builders.referral(server, builders.child("AB", "W-1"))
    ids = [key.hex for key, row in meeting.known(server).items() if row.noun == "referral"]
    before = everything(server)
    with pytest.raises(Refused, match="what nobody erased"):
        server.meetings.take({"operations": [], "emptied": ids})
    assert everything(server) == before


@pytest.mark.parametrize(
    "theirs", [{"protocol": PROTOCOL - 1}, {"protocol": PROTOCOL + 1}, {"tables": "0001"}, {"tables": "9999"}]
)
@pytest.mark.parametrize("older", ["caller", "answerer"])
def test_another_version_at_either_end_is_a_sentence_at_both_and_changes_nothing(
    trio: Team, theirs: dict[str, Any], older: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    server, one, _ = trio.stores
    for store in (server, one):
        builders.referral(store, builders.child("AB", "W-1"))
    before = [everything(store) for store in (server, one)]
    said = one if older == "caller" else server
    hello, right = said.meetings.hello(), Meetings.hello
    monkeypatch.setattr(Meetings, "hello", lambda self: {**hello, **theirs} if self._desk is said.desk else right(self))
    ended = meeting.meet(one, server)
    assert isinstance(ended.caller, Refused)
    assert ended.answerer is not None
    newer = theirs.get("protocol", 0) > PROTOCOL or theirs.get("tables", "") > hello["tables"]
    told = ended.caller if older == "answerer" else ended.answerer
    assert told is not None
    assert "of another version: nothing was exchanged" in told.title
    assert told.mend == ("update this program" if newer else "update the program at the other end")
    assert [everything(store) for store in (server, one)] == before


def test_a_frame_of_other_tables_is_refused_whole(trio: Team) -> None:
    server, one, _ = trio.stores
    builders.referral(one, builders.child("AB", "W-1"))
    frame = json.loads(json.dumps(next(iter(one.meetings.give(one.meetings.meet(server.meetings.hello()))))))
    before = everything(server)
    with pytest.raises(Refused, match="of another version"):
        server.meetings.take({**frame, "tables": "9999"})
    assert everything(server) == before


@pytest.mark.parametrize(
    ("version", "words"), [(b"2", "a newer version"), (b"0", "an older version"), (b"17", "a newer version")]
)
def test_a_bundle_of_another_version_says_so(trio: Team, version: bytes, words: str) -> None:
    server, one, _ = trio.stores
    for store in (server, one):
        store.meetings.own_key()
    assert meeting.meet(one, server).caller is None
    builders.referral(server, builders.child("AB", "W-1"))
    path = trio.folder / "bundle"
    server.meetings.write_bundle("laptop 1", path)
    path.write_bytes(path.read_bytes().replace(b"placement bundle 1\n", b"placement bundle " + version + b"\n", 1))
    before = everything(one)
    with pytest.raises(Refused, match=words):
        one.meetings.read_bundle(path)
    assert everything(one) == before


def test_a_field_that_this_program_does_not_know_is_kept_and_carried_on(trio: Team) -> None:
    server, one, two = trio.stores
    key = builders.referral(one, builders.child("AB", "W-1"))
    with one.desk.write("of a later version") as session:
        here = journal.context(session)
        journal.write(session, [(key, "referral", {"colour": "red"}, here.clock(), here.officer)])
    meet_whole(one, server)
    meet_whole(two, server)
    agree(server, one, two)
    assert any((row.fields or {}).get("colour") == "red" for row in meeting.known(two).values())


@pytest.mark.slow
def test_a_store_that_is_newer_than_the_program_there_is_a_sentence_here_and_is_left_alone(tmp_path: Path) -> None:
    team = Team(tmp_path, laptops=1)
    server, one = team.stores
    with server.desk.store.maintain() as connection, connection.begin():
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    for store in team.stores:
        store.desk.store.checkpoint()
    before = everything(one)
    team.close()
    there = tmp_path / "0" / "team.db"
    digest = hashlib.sha256(there.read_bytes()).hexdigest()
    ssh = tmp_path / "ssh"
    ssh.write_text('#!/bin/sh\nwhile [ "$1" != "--" ]; do shift; done\nshift\nexec sh -c "$*"\n', encoding="utf-8")
    ssh.chmod(0o700)
    ends = [os.pipe(), os.pipe()]
    for _, write in ends:
        os.write(write, builders.PASSPHRASE.encode() + b"\n")
        os.close(write)
    done = subprocess.run(
        [PLACEMENT, "--store", str(tmp_path / "1" / "team.db"), "--passphrase-fd", str(ends[0][0]), "sync", "karen@there", "--there",
         str(there), "--there-fd", str(ends[1][0]), "--ssh", str(ssh), "--program", PLACEMENT],
        capture_output=True, text=True, check=False, timeout=120, pass_fds=[read for read, _ in ends],
    )  # fmt: skip
    for read, _ in ends:
        os.close(read)
    assert done.returncode == 1
    assert "written by a newer version of this program" in done.stderr
    assert "Nobody answered at the other end" in done.stderr
    assert hashlib.sha256(there.read_bytes()).hexdigest() == digest
    again = builders.opened(tmp_path / "1" / "team.db")
    assert everything(again) == before
    again.close()


def both(team: Team) -> tuple[Services, Services, Any]:
    """A server and a laptop that know the same offer."""
    server, one, _ = team.stores
    offer = builders.offered(server, builders.referral(server), NewOffer(81_200))[0]
    meet_whole(one, server)
    return server, one, offer


def test_who_did_the_same_on_two_sides_has_nothing_to_settle(trio: Team) -> None:
    server, one, offer = both(trio)
    placed = builders.placed(server, builders.child("CD", "W-7"))
    gone = builders.referral(server, builders.child("EF", "W-8"))
    meet_whole(one, server)
    for store in (one, server):
        store.offers.decline(offer, "distance")
        task = next(row for row in store.tasks.of_placements([placed]) if row.state == "open")
        store.tasks.done(task.id)
        told = store.placements.to_tell(store.placements.get(placed).referral_id)[0]
        store.placements.told(told.id)
        with store.desk.write("taken back") as session:
            rows.get(session, RECORDS["referral"], gone).struck_at = store.desk.now
    met = give(one, server)
    meet_whole(one, server)
    assert met.clashing == set()
    assert server.conflicts.count() == one.conflicts.count() == 0
    assert server.conflicts.unsettled() == []
    agree(server, one)


def test_where_they_did_not_agree_one_choice_settles_it_with_its_times(trio: Team) -> None:
    server, one, offer = both(trio)
    server.offers.accept(offer)
    one.offers.decline(offer, "price")
    meet_whole(one, server)
    [row] = server.conflicts.unsettled()
    assert (row.noun, row.field) == ("offer", "state")
    assert {"decided_at", "decided_by", "declined_reason"} & set(row.fields) >= {"decided_at"}
    assert {side.words for side in row.sides} == {"accepted", "declined"}
    declined = next(side for side in row.sides if side.words == "declined")
    server.conflicts.settle(row, declined.op)
    meet_whole(one, server)
    for store in (server, one):
        assert store.conflicts.count() == 0
        assert store.offers.get(offer).state == "declined"
    agree(server, one)


@pytest.mark.parametrize("skew", [timedelta(hours=1), timedelta(days=365), timedelta(hours=-1), timedelta(days=-365)])
def test_a_wrong_clock_dates_its_own_work_and_nobody_elses(tmp_path: Path, skew: timedelta) -> None:
    team = Team(tmp_path, laptops=1, skews=(skew,))
    server, one = team.stores
    wrong = builders.referral(one, builders.child("AB", "W-1"))
    meet_whole(one, server)
    right = builders.referral(server, builders.child("CD", "W-2"), note="after")
    assert abs(server.referrals.get(right).received_at - NOW) < timedelta(hours=1)
    assert abs(server.referrals.get(wrong).received_at - NOW - skew) < timedelta(hours=1)
    for store, note in ((server, "the office"), (one, "the laptop")):
        with store.desk.write("change") as session:
            rows.get(session, RECORDS["referral"], wrong).note = note
    meet_whole(one, server)
    assert server.conflicts.count() == one.conflicts.count() == 1  # whoever's clock is ahead hides nothing
    agree(server, one)
    team.close()
