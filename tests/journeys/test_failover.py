"""Two servers, a primary and a standby: the primary dies in the middle of a busy evening, and the officers go on.

The standby follows by streaming replication and confirms each commit, so that nothing that a program was told is saved
is on one machine alone.
"""

from __future__ import annotations

import threading
import time
from pathlib import Path
from uuid import UUID

import psycopg
import pytest

from placement_tui.bootstrap import Services, make_store, open_services
from placement_tui.paths import typed_store
from tests import builders
from tests.postgres import SETTINGS, Cluster, as_server, program_of

OFFICERS = 3
BEFORE, AFTER = 6, 6  # referrals of each officer that are saved before the primary dies, and after
LONGEST = 180  # seconds of a machine that others keep busy


class Officer(threading.Thread):
    """Logs one referral after the other, and notes which of them the program said were saved."""

    def __init__(self, services: Services, number: int) -> None:
        super().__init__(daemon=True)
        self.services, self.number = services, number
        self.saved: list[UUID] = []
        self.failed: BaseException | None = None
        self.stop = threading.Event()

    def run(self) -> None:
        """Until told to stop."""
        try:
            while not self.stop.is_set():
                count = len(self.saved)
                child = builders.child(f"K{chr(65 + self.number)}", f"W-{self.number}-{count}")
                self.saved.append(builders.referral(self.services, child))
        except BaseException as error:
            self.failed = error


def standby_of(primary: Cluster) -> Cluster:
    """A server that follows another and confirms what it commits."""
    standby = Cluster(SETTINGS)
    as_server(program_of("pg_basebackup"), "-D", str(standby.data), "-h", "127.0.0.1", "-p", str(primary.port),
              "-U", "placement", "-R", "-X", "stream", "-c", "fast", "--no-sync")  # fmt: skip
    standby.start()
    primary.run("ALTER SYSTEM SET synchronous_standby_names = '*'")
    primary.run("SELECT pg_reload_conf()")
    deadline = time.monotonic() + LONGEST
    with psycopg.connect(primary.address("postgres"), autocommit=True) as connection:
        while not connection.execute("SELECT 1 FROM pg_stat_replication WHERE sync_state = 'sync'").fetchone():
            assert time.monotonic() < deadline, "the standby does not follow"
            time.sleep(0.05)
    return standby


def until(officers: list[Officer], count: int) -> None:
    """Wait until each has that many saved."""
    deadline = time.monotonic() + LONGEST
    while any(len(each.saved) < count for each in officers):
        for each in officers:
            if each.failed is not None:
                raise each.failed
        assert time.monotonic() < deadline, [len(each.saved) for each in officers]
        time.sleep(0.02)


@pytest.mark.slow
def test_the_primary_dies_the_standby_is_promoted_and_nothing_that_was_saved_is_lost(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    primary = Cluster(SETTINGS).make()
    primary.database("wirral")
    standby = standby_of(primary)
    both = f"postgresql://placement@127.0.0.1:{primary.port},127.0.0.1:{standby.port}/wirral"
    path = typed_store(both)
    make_store(path, builders.WIRRAL, "Karen Moss", builders.PASSPHRASE, authority_name="Wirral").close()
    desks = [open_services(path, None, builders.PASSPHRASE) for _ in range(OFFICERS)]
    officers = [Officer(services, number) for number, services in enumerate(desks)]
    for each in officers:
        each.start()
    until(officers, BEFORE)
    primary.stop("immediate")
    standby.promote()
    until(officers, len(max((each.saved for each in officers), key=len)) + AFTER)
    for each in officers:
        each.stop.set()
    for each in officers:
        each.join(LONGEST)
        assert each.failed is None
    saved = {key for each in officers for key in each.saved}
    standing = [row.id for row in desks[0].referrals.board().rows]
    assert saved <= set(standing)
    assert len(standing) == len(saved)  # and nothing was saved twice
    assert desks[0].history.verify().faults == ()
    for services in desks:
        services.close()
    standby.remove()
    primary.remove()
