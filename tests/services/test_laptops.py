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
from placement_tui.db.columns import columns_of, operation
from placement_tui.db.reads import laptops as reads
from placement_tui.db.tables import RECORDS
from placement_tui.db.verify import verify
from placement_tui.domain.offers import NewOffer
from placement_tui.errors import Refused
from placement_tui.services.laptops import join
from tests import builders
from tests.reliability import erasing, plain_pages, planted
from tests.services.test_meetings import everything, give

NOW = datetime(2026, 10, 14, 9, 0, tzinfo=UTC)


def laptop(server: Services, folder: Path, name: str, *, open_only: bool = True) -> Services:
    """A laptop's store, made of its file as the pages say."""
    stick = folder / name / "stick"
    stick.mkdir(parents=True, mode=0o700)
    file = server.laptops.make_file(name, stick, open_only)
    target = folder / name / "store"
    target.mkdir(mode=0o700)
    join(file, target / "laptop.db", None, builders.PASSPHRASE, server.desk.store.clock)
    return builders.opened(target / "laptop.db", server.desk.store.clock)


def sync(one: Services, server: Services) -> int:
    """One meeting, the laptop calling; gives how many records the laptop let go of."""
    to_server, to_one = server.meetings.meet(one.meetings.hello()), one.meetings.meet(server.meetings.hello())
    met = give(one, server)
    server.meetings.keep(to_server)
    met = give(server, one)
    one.meetings.keep(to_one)
    server.meetings.keep(to_server)
    return one.meetings.clean(met, to_one)


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Services]:
    (tmp_path / "server").mkdir(mode=0o700)
    services = builders.team(tmp_path / "server" / "team.db", builders.Clock(NOW))
    builders.homes(services)
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
