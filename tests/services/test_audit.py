"""Who saw and who changed what: noted by itself, read with filters, and never in the way of the work."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from placement_tui.bootstrap import Services, open_services, wire
from placement_tui.db.changes import officers, settings
from placement_tui.db.reads import operations
from placement_tui.domain.approaches import Refusal
from placement_tui.domain.identifiers import new_id
from placement_tui.domain.offers import NewOffer
from placement_tui.domain.officers import AttemptRow
from placement_tui.domain.placements import NewPlacement
from placement_tui.errors import Refused
from placement_tui.services.desk import Desk
from placement_tui.services.queries import Queries
from tests import builders

Sit = Callable[[str, str], Services]


@pytest.fixture
def as_role(timed: Services) -> Iterator[Sit]:
    """Another officer of a role at the same store, without a slot of their own."""
    opened: list[Services] = []

    def sit(name: str, role: str) -> Services:
        key = new_id()
        with timed.desk.write("add officer") as session:
            settings.add_officer(session, key, name, role)
        opened.append(wire(Desk(timed.desk.store, key)))
        return opened[-1]

    yield sit
    for each in opened:
        each.audit.close()


def views(services: Services) -> list[tuple[str, str, str]]:
    services.audit.close()  # whatever waits is written
    return [(row.initials, row.command, row.what) for row in services.audit.find(kind="view")]


def test_opening_a_record_is_noted_once_in_a_quarter_of_an_hour(timed: Services, clock: builders.Clock) -> None:
    referral = builders.referral(timed)
    for _ in range(3):
        timed.audit.seen("referral", referral, "call list")
    timed.audit.seen("referral", referral, "offers")
    assert views(timed) == [("KM", "view offers", "KJ W-10234"), ("KM", "view call list", "KJ W-10234")]
    clock.forward(minutes=14)
    timed.audit.seen("referral", referral, "call list")
    assert len(views(timed)) == 2
    clock.forward(minutes=2)
    timed.audit.seen("referral", referral, "call list")
    assert len(views(timed)) == 3


def test_the_same_officer_at_another_desk_is_noted_once(timed: Services, clock: builders.Clock) -> None:
    referral = builders.referral(timed)
    other = open_services(timed.desk.store.path, None, builders.PASSPHRASE, clock)
    timed.audit.seen("referral", referral, "call list")
    assert len(views(timed)) == 1
    other.audit.seen("referral", referral, "call list")
    other.close()
    assert len(views(timed)) == 1


def test_a_look_at_an_offer_or_a_placement_is_a_look_at_its_child_alone(timed: Services) -> None:
    two = (builders.child(), builders.child("AB", "W-2"))
    offer = builders.offered(timed, builders.referral(timed, *two, together=False), NewOffer(81_200))[0]
    children = timed.referrals.board().rows
    assert len(children) == 1
    first = timed.referrals.get(children[0].id).children[0]
    placement = timed.placements.start(offer, NewPlacement(timed.desk.now, children=(first.id,))).placements[0]
    timed.audit.seen("offer", offer, "offer form")
    timed.audit.seen("placement", placement, "placement")
    assert views(timed) == [
        ("KM", "view placement", "KJ W-10234"),
        ("KM", "view offer form", "AB W-2"),
        ("KM", "view offer form", "KJ W-10234"),
    ]


def test_views_wait_for_nobody_and_are_there_when_the_program_ends(timed: Services, store_path: Path) -> None:
    referral = builders.referral(timed)
    with timed.desk.store.write(timed.desk.officer.id, "held by another"):
        timed.audit.seen("referral", referral, "call list")  # returns although the store is taken
    timed.close()
    again = open_services(store_path, None, builders.PASSPHRASE)
    assert [row.command for row in again.audit.find(kind="view")] == ["view call list"]
    assert again.history.verify().faults == ()
    again.close()


def test_a_viewer_who_may_change_nothing_is_noted_too(timed: Services, as_role: Sit) -> None:
    referral = builders.referral(timed)
    viewer = as_role("Vic Owen", "viewer")
    viewer.audit.seen("referral", referral, "call list")
    viewer.audit.close()
    assert views(timed) == [("VO", "view call list", "KJ W-10234")]


def test_a_look_changes_nothing_and_is_not_undone(timed: Services) -> None:
    referral = builders.referral(timed)
    key = timed.approaches.ask(referral, timed.homes.nearest(referral, 1)).approaches[0]
    timed.approaches.refuse(key, Refusal(("M1",)))
    with timed.desk.read() as session:
        arrived = operations.latest(session)
    timed.audit.seen("referral", referral, "call list")
    timed.audit.close()
    with timed.desk.read() as session:
        assert operations.since(session, arrived)[1].nouns == frozenset()  # no screen reads again for it
    child = timed.referrals.get(referral).children[0].id
    assert [row.command for row in timed.history.of(child)] == ["log referral"]
    assert timed.history.undo().words.startswith("undid: log refusal")
    timed.audit.noted("referral", referral, "call list")
    assert timed.history.redo().words.startswith("did again: log refusal")
    assert timed.history.verify().faults == ()


def test_the_audit_of_a_child_holds_everything_that_is_about_them(timed: Services) -> None:
    placement = builders.placed(timed)
    other = builders.referral(timed, builders.child("ZZ", "W-9"))
    child = timed.placements.get(placement).child_id
    timed.audit.noted("placement", placement, "placement")
    rows = timed.audit.find(child=child, limit=1000)
    assert {"child", "referral", "referral_child", "need", "wave", "approach", "offer", "placement", "told"} <= {
        row.noun for row in rows
    }
    assert rows[0].kind == "view"
    assert other not in {row.key for row in rows}
    assert "home" not in {row.noun for row in rows}
    assert [row.at for row in rows] == sorted((row.at for row in rows), reverse=True)


def test_a_change_is_read_with_what_was_there_before(timed: Services) -> None:
    referral = builders.referral(timed)
    key = timed.approaches.ask(referral, timed.homes.nearest(referral, 1)).approaches[0]
    timed.approaches.refuse(key, Refusal(("M1",)))
    row = timed.audit.find(about=key)[0]
    assert row.command == "log refusal"
    assert row.what.startswith("26-")
    assert {(each.name, each.before, each.after) for each in row.fields} >= {
        ("outcome", "awaiting", "refusal"),
        ("reason", None, "M1"),
    }


def test_filters_narrow_by_officer_time_and_kind(timed: Services, clock: builders.Clock, as_role: Sit) -> None:
    first = builders.referral(timed)
    between = clock.now
    clock.forward(hours=3)
    manager = as_role("Ada Bell", "manager")
    second = builders.referral(manager, builders.child("ZZ", "W-9"))
    manager.audit.noted("referral", first, "call list")
    found = timed.audit.find
    assert {row.initials for row in found(officer=manager.desk.officer.id)} == {"AB"}
    assert second not in {row.key for row in found(until=between + timedelta(hours=1))}
    assert first not in {row.key for row in found(since=between + timedelta(hours=1))}
    assert [row.kind for row in found(kind="view")] == ["view"]
    assert "view" not in {row.kind for row in found(kind="change", limit=1000)}
    assert len(found(limit=3)) == 3


def test_an_officer_reads_their_own_doings_and_nobody_elses(timed: Services, as_role: Sit) -> None:
    referral = builders.referral(timed)
    officer = as_role("Ola Crane", "officer")
    officer.audit.noted("referral", referral, "call list")
    assert [row.command for row in officer.audit.find(officer=officer.desk.officer.id)] == ["view call list"]
    with pytest.raises(Refused, match="may not read who saw and changed what"):
        officer.audit.find()
    with pytest.raises(Refused, match="Ask a manager or an administrator"):
        officer.audit.find(officer=timed.desk.officer.id)


def test_a_query_of_ones_own_reads_no_more_than_the_role_and_is_a_look(timed: Services, as_role: Sit) -> None:
    builders.referral(timed)
    viewer = as_role("Vic Owen", "viewer")
    asked, manager = Queries(viewer.desk), Queries(as_role("Mo Reed", "manager").desk)
    for table in ("operation", "attempt", "erasure", "local", "draft"):
        for query in (f"SELECT * FROM {table}", f"SELECT 1 WHERE EXISTS (SELECT 1 FROM main.{table.upper()})"):
            with pytest.raises(Refused, match=f"The table {table} is not open to you"):
                asked.sql(query)
    assert list(manager.sql("SELECT count(*) FROM attempt").rows) == [[0]]
    for secret in ("local", "draft"):  # nobody's: a key of the store's own, and what colleagues have half typed
        with pytest.raises(Refused, match="not open to you"):
            manager.sql(f"SELECT * FROM {secret}")
    assert next(asked.sql("SELECT count(*) FROM home").rows)[0] > 20  # the market is no child's
    assert views(timed) == []
    for _ in range(2):
        assert list(asked.sql("SELECT initials FROM child JOIN referral_child ON child_id = child.id").rows) == [["KJ"]]
    assert views(timed) == [("VO", "view sql: child, referral_child", "Vic Owen")]
    assert timed.history.verify().faults == ()


def test_the_failed_tries_of_others_are_no_history_of_the_work(timed: Services, as_role: Sit) -> None:
    with timed.desk.write("failed tries to open") as session:
        officers.add_attempts(session, [AttemptRow("Karen Moss", timed.desk.now, "desk-2", "karen")])
    assert any(row.noun == "attempt" for row in timed.history.latest())
    assert not any(row.noun == "attempt" for row in as_role("Vic Owen", "viewer").history.latest())
