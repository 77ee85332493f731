"""Two laptops and a server: hours apart, work that crosses, one meeting each over a real ssh, and all three agree."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from placement_tui.bootstrap import open_services
from placement_tui.db import slots
from placement_tui.db.changes import rows
from placement_tui.db.tables import RECORDS
from placement_tui.db.verify import verify
from tests import builders
from tests.journeys.sshd import Server, serving

PLACEMENT = str(Path(sys.executable).parent / "placement")


class Ran:
    def __init__(self, done: subprocess.CompletedProcess[str]) -> None:
        self.code, self.out, self.err = done.returncode, done.stdout, done.stderr


def run(store: Path, *words: str, there: bool = False, fresh: str = "") -> Ran:
    """The installed program, as a person runs it; passphrases come on descriptors."""
    read, write = os.pipe()
    other_read, other_write = os.pipe()
    os.write(write, builders.PASSPHRASE.encode() + b"\n")
    os.write(other_write, builders.PASSPHRASE.encode() + b"\n")
    os.close(write)
    os.close(other_write)
    line = [PLACEMENT, "--store", str(store), "--passphrase-fd", str(read), *words]
    if there:
        line += ["--there-fd", str(other_read)]
    try:
        done = subprocess.run(
            line, capture_output=True, text=True, pass_fds=(read, other_read), timeout=120, check=False
        )
    finally:
        os.close(read)
        os.close(other_read)
    return Ran(done)


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    with serving(tmp_path / "sshd") as found:
        yield found


@pytest.fixture
def team(tmp_path: Path) -> Path:
    (tmp_path / "server").mkdir(mode=0o700)
    services = builders.team(tmp_path / "server" / "team.db")
    builders.homes(services)
    builders.referral(services, builders.child("AB", "W-1"), note="as referred")
    services.close()
    return tmp_path / "server" / "team.db"


def laptop(team: Path, folder: Path, name: str) -> Path:
    """A laptop's store, made as the pages say."""
    folder.mkdir(mode=0o700)
    (folder / "stick").mkdir(mode=0o700)
    made = run(team, "laptop", "add", name, "--to", str(folder / "stick"))
    assert made.code == 0, made.err
    file = made.out.strip().splitlines()[-1]
    store = folder / "laptop.db"
    joined = run(store, "--as", "Karen Moss", "init", "--join", file)
    assert joined.code == 0, joined.err
    assert f"Made {store}: {name}" in joined.err
    return store


def sync(store: Path, team: Path, server: Server) -> dict[str, Any]:
    done = run(
        store,
        "sync",
        server.where,
        "--there",
        str(team),
        "--ssh",
        server.ssh,
        "--program",
        PLACEMENT,
        "--format",
        "json",
        there=True,
    )
    assert done.code == 0, done.err
    found = json.loads(done.out)
    return dict(found[0] if isinstance(found, list) else found)


@pytest.mark.slow
def test_four_hours_offline_each_then_one_meeting_each(tmp_path: Path, team: Path, server: Server) -> None:
    one, two = laptop(team, tmp_path / "one", "Laptop 1"), laptop(team, tmp_path / "two", "Laptop 2")
    with_one, with_two = (open_services(path, "Karen Moss", builders.PASSPHRASE) for path in (one, two))
    key = with_one.referrals.board().rows[0].id
    for services, note, places in ((with_one, "Mum rang: he is calm", 3), (with_two, "Carer says until Friday", 5)):
        before = services.conflicts.seen()
        with services.desk.write("change referral") as session:
            rows.change(session, RECORDS["referral"], key, {"note": note})
        home = services.homes.nearest(key, 1)[0]
        with services.desk.write("terms") as session:
            rows.change(session, RECORDS["home"], home, {"places": places})
        assert services.conflicts.seen() > before
    builders.referral(with_one, builders.child("CD", "W-2"))
    builders.referral(with_two, builders.child("EF", "W-3"))
    assert with_one.meetings.status().startswith(f"{with_one.meetings.last()[0].unshared} not shared, met ")
    for services in (with_one, with_two):
        services.close()

    first = sync(one, team, server)
    assert (first["went"] > 0, first["conflicts"]) == (True, 0)
    second = sync(two, team, server)
    assert second["conflicts"] == 2  # the note and the places: both values kept
    at_server = open_services(team, "Karen Moss", builders.PASSPHRASE)
    waiting = at_server.conflicts.unsettled()
    assert sorted(row.field for row in waiting) == ["note", "places"]
    for row in waiting:
        at_server.conflicts.settle(row, row.sides[0].op)
    at_server.close()
    for store in (one, two, one):
        sync(store, team, server)

    opened = [open_services(path, "Karen Moss", builders.PASSPHRASE) for path in (team, one, two)]
    boards = [[(row.reference, row.child) for row in each.referrals.board().rows] for each in opened]
    assert boards[0] == boards[1] == boards[2]
    assert sorted(reference for reference, _ in boards[0]) == ["26-0001", "26-A0001", "26-B0001"]
    assert {each.conflicts.count() for each in opened} == {0}
    assert {each.referrals.get(key).note for each in opened} == {"Mum rang: he is calm"}
    for each in opened:
        assert verify(each.desk.store).faults == ()
        assert each.meetings.status() in ("", "all shared, met just now")
        each.close()


def test_a_bundle_carries_it_where_there_is_no_line(tmp_path: Path, team: Path) -> None:
    one = laptop(team, tmp_path / "one", "Laptop 1")
    services = open_services(one, "Karen Moss", builders.PASSPHRASE)
    builders.referral(services, builders.child("CD", "W-2"))
    services.close()
    file = tmp_path / "for-team.bundle"
    made = run(one, "bundle", str(file), "--for", "team")
    assert made.code == 0, made.err
    assert b"W-2" not in file.read_bytes()
    harmed = tmp_path / "harmed.bundle"
    harmed.write_bytes(file.read_bytes()[:-9] + b"x" * 9)
    refused = run(team, "bundle", str(harmed))
    assert (refused.code, "changed or harmed" in refused.err) == (4, True)
    taken = run(team, "bundle", str(file), "--format", "json")
    assert taken.code == 0, taken.err
    assert "nothing came that was not known" in run(team, "bundle", str(file)).err
    other = run(one, "bundle", str(file))
    assert (other.code, "not for this store" in other.err) == (1, True)
    back = tmp_path / "for-laptop.bundle"
    assert run(team, "bundle", str(back), "--for", "Laptop 1").code == 0
    assert run(one, "bundle", str(back)).code == 0
    opened = [open_services(path, "Karen Moss", builders.PASSPHRASE) for path in (team, one)]
    assert [row.reference for row in opened[0].referrals.board().rows] == [
        row.reference for row in opened[1].referrals.board().rows
    ]
    for each in opened:
        assert verify(each.desk.store).faults == ()
        each.close()


def test_a_laptop_opens_for_its_officer_alone(tmp_path: Path, team: Path) -> None:
    services = open_services(team, "Karen Moss", builders.PASSPHRASE)
    services.officers.add("Ruth Cole", "officer", "purple monkey dishwasher lamp")
    services.close()
    one = laptop_as(team, tmp_path / "one")
    names = [slot.name for slot in slots.read(one).slots]
    assert names == ["Karen Moss"]


def laptop_as(team: Path, folder: Path) -> Path:
    """A laptop of Karen's, where the team's store has several officers."""
    folder.mkdir(mode=0o700)
    (folder / "stick").mkdir(mode=0o700)
    made = run(team, "--as", "Karen Moss", "laptop", "add", "Laptop 1", "--to", str(folder / "stick"))
    assert made.code == 0, made.err
    store = folder / "laptop.db"
    joined = run(store, "--as", "Karen Moss", "init", "--join", made.out.strip().splitlines()[-1])
    assert joined.code == 0, joined.err
    again = run(folder / "again.db", "--as", "Ruth Cole", "init", "--join", made.out.strip().splitlines()[-1])
    assert again.code == 3  # another's passphrase opens no file of this team
    return store
