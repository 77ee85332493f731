"""What waits on a laptop for the next meeting, and what the next meeting does to it: sign-offs, ended access, erasures."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

import pytest

from placement_tui.bootstrap import Services
from placement_tui.db.changes import rows
from placement_tui.db.tables import RECORDS
from placement_tui.db.verify import verify
from placement_tui.domain.offers import NewOffer
from placement_tui.errors import Locked, Refused
from tests import builders
from tests.laptops import laptop, sync
from tests.reliability import erasing, plain_pages
from tests.services.test_sign_offs import LIVERPOOL, officer, seen_by

NOW = datetime(2026, 10, 14, 9, 0, tzinfo=UTC)


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Services]:
    (tmp_path / "server").mkdir(mode=0o700)
    services = builders.team(tmp_path / "server" / "team.db", builders.Clock(NOW))
    builders.homes(services, ("Ash", "Beech", "Cope"))
    yield services
    services.close()


def outside(one: Services) -> UUID:
    """An offer of a home in Liverpool, which needs a manager's word."""
    child = builders.referral(one, builders.child("NE", "W-3"))
    [home] = [row.candidate.id for row in one.homes.find("zinnia").matches][:1]
    one.approaches.ask(child, [home])
    return one.offers.log(one.approaches.calls(child).rows[0].id, NewOffer(415_000))[0]


def test_who_signs_off_hears_of_it_at_the_meeting_and_until_then_it_waits_in_sight(
    server: Services, tmp_path: Path
) -> None:
    helen = officer(server, "Helen Rowe", "manager")
    builders.homes(server, ("Zinnia",), ("res",), authority=LIVERPOOL)
    one = laptop(server, tmp_path, "Laptop 1")
    offer = outside(one)
    asked = one.sign_offs.ask(offer, words="Nothing nearer").ids[0]
    assert "(1 sign-off), met just now" in one.meetings.status()
    assert one.meetings.untold("sign_off") == {asked}
    with pytest.raises(Refused, match="waits for sign-off") as waits:
        one.offers.accept(offer)
    assert "hears of it when this laptop meets the team" in waits.value.detail
    at_office = seen_by(server, helen)
    assert at_office.sign_offs.queue() == []
    sync(one, server)
    assert one.meetings.status() == "all shared, met just now"
    assert one.meetings.untold("sign_off") == set()
    with pytest.raises(Refused) as waits:
        one.offers.accept(offer)
    assert "hears of it" not in waits.value.detail
    at_office.sign_offs.approve(asked)
    sync(one, server)
    one.offers.accept(offer)
    one.close()


def test_where_who_signs_off_sits_at_the_laptop_nobody_waits_for_a_meeting(server: Services, tmp_path: Path) -> None:
    helen = officer(server, "Helen Rowe", "manager")
    builders.homes(server, ("Zinnia",), ("res",), authority=LIVERPOOL)
    one = laptop(server, tmp_path, "Laptop 1")
    offer = outside(one)
    asked = one.sign_offs.ask(offer, words="Nothing nearer").ids[0]
    hers = seen_by(one, helen)
    assert [each.sign_off.id for each in hers.sign_offs.queue() if each.mine] == [asked]
    hers.sign_offs.approve(asked)
    one.offers.accept(offer)
    sync(one, server)
    assert server.sign_offs.get(asked).state == "approved"
    assert server.sign_offs.get(asked).decided_by == hers.sign_offs.get(asked).decided_by
    one.close()


def test_an_officer_whose_access_was_ended_is_kept_out_of_the_laptop_after_the_next_meeting(
    server: Services, tmp_path: Path
) -> None:
    helen = officer(server, "Helen Rowe", "manager")
    one = laptop(server, tmp_path, "Laptop 1")
    hers = seen_by(one, helen)
    builders.referral(hers, builders.child("NE", "W-3"))
    with server.desk.write("end access") as session:
        rows.change(session, RECORDS["officer"], helen, {"disabled_at": server.desk.now, "disabled_why": "left"})
    builders.referral(hers, builders.child("NF", "W-4"))  # nobody there knows yet
    sync(one, server)
    with pytest.raises(Locked, match="The access of Helen Rowe to this store was ended"):
        builders.referral(hers, builders.child("NG", "W-5"))
    assert len(server.referrals.board().rows) == 2  # what she logged before she could know stays, in her name
    one.close()


@pytest.mark.file_store
def test_an_erasure_at_the_council_takes_what_the_laptop_holds(server: Services, tmp_path: Path) -> None:
    key = builders.referral(server, builders.child("OP", "W-2", name="Qerasedname"))
    child = server.referrals.get(key).children[0].id
    one = laptop(server, tmp_path, "Laptop 1")
    with one.desk.write("change") as session:  # nobody there knows of the erasure
        rows.change(session, RECORDS["child"], child, {"name": "Qerasedagain"})
    server.referrals.close(key, "home")
    server.retention.erase({child}, "asked for by the person")
    sync(one, server)
    sync(one, server)
    keys = [one.desk.store.data_key, server.desk.store.data_key]
    for store in (one, server):
        markers = ["Qerasedname", "Qerasedagain"]
        found, _ = plain_pages.hits(erasing.everything(store, store.desk.store.path.parent, keys), markers)
        assert found == dict.fromkeys(markers, 0)
        assert verify(store.desk.store).faults == ()
    one.close()
