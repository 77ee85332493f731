"""The write-ahead log is emptied while nobody needs it, and nobody waits for that."""

from __future__ import annotations

import threading
import time
from pathlib import Path

import pytest
from sqlalchemy import select

from placement_tui.bootstrap import Services
from placement_tui.db.columns import child
from placement_tui.services import watch
from tests import builders

pytestmark = pytest.mark.file_store


def log_of(services: Services) -> Path:
    return services.desk.store.path.with_name(f"{services.desk.store.path.name}-wal")


def test_what_a_log_holds_goes_into_the_store_and_the_log_is_emptied(services: Services) -> None:
    store, log = services.desk.store, log_of(services)
    builders.referral(services, builders.child("AB", "W-1"))
    assert not store.tidy(log.stat().st_size)  # it may be as long as this
    assert store.tidy(log.stat().st_size - 1)
    assert log.stat().st_size == 0
    assert [row.child.split()[0] for row in services.referrals.board().rows] == ["AB"]
    assert not store.tidy(0)


def test_a_writer_and_a_reader_go_on_beside_it(services: Services) -> None:
    store, log = services.desk.store, log_of(services)
    with services.desk.read() as session:
        before = len(session.execute(select(child)).all())
        builders.referral(services, builders.child("AB", "W-1"))
        assert not store.tidy(0)  # the reader needs what was before
        assert len(session.execute(select(child)).all()) == before
        builders.referral(services, builders.child("CD", "W-2"))
    with services.desk.write("log it") as session:
        assert not store.tidy(0)  # a writer stands in line: it gives up at once, where waiting would be for ever
    assert log.stat().st_size > 0
    assert store.tidy(0)
    assert len(services.referrals.board().rows) == 2


def test_the_program_does_so_while_it_is_open(services: Services, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watch, "LOOK", 0.001)
    monkeypatch.setattr(watch, "LOG", 0)
    builders.referral(services, builders.child("AB", "W-1"))
    said = threading.Event()
    services.watch.start(lambda _: said.set())
    deadline = time.monotonic() + 30
    while log_of(services).stat().st_size and time.monotonic() < deadline:
        time.sleep(0.01)
    services.watch.stop()
    assert log_of(services).stat().st_size == 0
    assert not said.is_set()
