"""A new data key while others work: who goes on, what a crash leaves, and what an older slot file opens."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import text

from placement_tui import locks
from placement_tui.bootstrap import Services, open_services
from placement_tui.db import rotation, slots, ways
from placement_tui.errors import Locked, Refused, StoreDamaged
from placement_tui.paths import keys_path
from tests import builders

PRIYA = "velvet anchor toucan plum"
NEW = "marble kettle onward drift"


def until(true: Callable[[], bool], seconds: float = 5) -> bool:
    """Wait for it."""
    deadline = time.monotonic() + seconds
    while not true() and time.monotonic() < deadline:
        time.sleep(0.02)
    return true()


def test_many_threads_write_and_read_through_rotations(services: Services) -> None:
    services.officers.add("Priya Lal", "officer", PRIYA)
    hers = open_services(services.desk.store.path, "Priya Lal", PRIYA)
    stop, failures, written = threading.Event(), [], []

    def work(session: Services) -> None:
        number = 0
        while not stop.is_set():
            try:
                written.append(builders.referral(session, builders.child(identifier=""), note=str(number)))
                session.referrals.board()
            except Exception as cause:
                failures.append(cause)
                return
            number += 1

    threads = [threading.Thread(target=work, args=(each,)) for each in (services, hers, hers)]
    for thread in threads:
        thread.start()
    for _ in range(8):
        services.officers.rotate()
    stop.set()
    for thread in threads:
        thread.join()
    hers.close()
    assert failures == []
    assert {row.id for row in services.referrals.board().rows} == set(written)
    assert services.history.verify().faults == ()


def test_the_watch_for_others_changes_goes_on_under_a_new_key(services: Services) -> None:
    services.officers.add("Priya Lal", "officer", PRIYA)
    hers = open_services(services.desk.store.path, "Priya Lal", PRIYA)
    heard: list[str] = []
    hers.desk.listen(lambda changed: heard.extend(changed.nouns))
    hers.feed.start()
    services.officers.rotate()
    builders.referral(services)
    assert until(lambda: "referral" in heard)
    services.officers.rotate()
    heard.clear()
    builders.referral(services, builders.child(identifier=""))
    assert until(lambda: "referral" in heard)
    hers.close()


def test_an_open_session_hears_that_it_is_to_lock_or_was_ended(services: Services) -> None:
    key = services.officers.add("Priya Lal", "officer", PRIYA)
    hers = open_services(services.desk.store.path, "Priya Lal", PRIYA)
    reasons: list[str] = []
    hers.feed.when_locked(reasons.append)
    hers.feed.start()
    time.sleep(0.1)
    assert reasons == []
    locks.ask(services.desk.store.path)
    assert until(lambda: len(reasons) == 1)
    assert "placement lock" in reasons[0]
    hers.drafts.save("referral", "", {"why_now": "half a sen"})
    services.officers.disable(key, "left the team")
    assert until(lambda: len(reasons) == 2)
    assert "taken away" in reasons[1]
    time.sleep(0.7)
    assert len(reasons) == 2  # said once
    hers.close()
    services.officers.enable(key, NEW)
    again = open_services(services.desk.store.path, "Priya Lal", NEW)
    kept = again.drafts.load("referral")
    assert kept is not None
    assert kept[0] == {"why_now": "half a sen"}
    again.close()


@pytest.mark.parametrize("encrypted", [False, True])
def test_a_rotation_that_was_killed_is_finished_or_cleared_away_by_the_next_to_open(
    store_path: Path, encrypted: bool
) -> None:
    opened = open_services(store_path, None, builders.PASSPHRASE)
    store, old = opened.desk.store, opened.desk.store.data_key
    key = slots.new_key()
    following = ways.resealed(slots.read(store_path), key)
    slots.save(store_path, following, slots.next_path(store_path))
    if encrypted:
        rotation._encrypt_again(store, key)
    assert len(opened.referrals.board().rows) == 0  # a session that is open goes on either way
    opened.close()
    again = open_services(store_path, None, builders.PASSPHRASE)
    assert again.desk.store.data_key == (key if encrypted else old)
    assert not slots.next_path(store_path).exists()
    assert slots.read(store_path).mac == (following.mac if encrypted else slots.read(store_path).mac)
    builders.referral(again)
    again.close()


def test_an_older_slot_file_put_back_is_refused(services: Services) -> None:
    """It lets in somebody who was taken out, or a passphrase that was changed because others knew it."""
    path = services.desk.store.path
    older = keys_path(path).read_bytes()
    services.officers.add("Priya Lal", "officer", PRIYA)
    services.close()
    keys_path(path).write_bytes(older)
    with pytest.raises(Locked, match="older copy than the store"):
        open_services(path, None, builders.PASSPHRASE)


def test_the_slot_files_of_two_stores_do_not_mix(services: Services, tmp_path: Path) -> None:
    folder = tmp_path / "other"
    other = builders.team(folder / "team.db")
    other.close()
    path = services.desk.store.path
    services.close()
    keys_path(path).write_bytes(keys_path(folder / "team.db").read_bytes())
    with pytest.raises(StoreDamaged, match="not with this key file"):
        open_services(path, None, builders.PASSPHRASE)


def test_a_removal_without_its_rotation_is_completed_by_the_next_to_open(services: Services) -> None:
    """As a kill between the two leaves it: the slot is gone, the data key still the one that its officer knew."""
    path, store = services.desk.store.path, services.desk.store
    before = store.data_key
    with store.write(services.desk.officer.id, "test") as session:
        rotation.put_slots(session, store, lambda old, _: old, due=True)
    services.close()
    again = open_services(path, None, builders.PASSPHRASE)
    assert again.desk.store.data_key != before
    assert not slots.read(path).due
    again.close()


def test_nothing_is_left_of_an_officer_whose_adding_failed(services: Services, monkeypatch: pytest.MonkeyPatch) -> None:
    before = keys_path(services.desk.store.path).read_bytes()

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(slots, "save", full)
    with pytest.raises(OSError, match="No space"):
        services.officers.add("Priya Lal", "officer", PRIYA)
    monkeypatch.undo()
    assert [row.name for row in services.officers.everyone()] == ["Karen Moss"]
    assert keys_path(services.desk.store.path).read_bytes() == before
    services.officers.add("Priya Lal", "officer", PRIYA)


def test_a_data_key_that_cannot_be_changed_leaves_the_old_one_and_says_so(
    services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = services.officers.add("Priya Lal", "officer", PRIYA)
    store = services.desk.store
    real = store.raw

    def refusing(*, query_only: bool = True) -> object:
        if query_only:
            return real(query_only=True)
        import sqlcipher3.dbapi2 as driver

        raise driver.OperationalError("database or disk is full")

    monkeypatch.setattr(store, "raw", refusing)
    with pytest.raises(Refused, match="can no longer open the store, but the store has no new data key") as caught:
        services.officers.disable(key, "left")
    assert "disk is full" in caught.value.detail
    monkeypatch.undo()
    assert not slots.next_path(store.path).exists()
    assert slots.read(store.path).due
    builders.referral(services)
    with pytest.raises(Locked, match="No officer called"):
        open_services(store.path, "Priya Lal", PRIYA)
    again = open_services(store.path, None, builders.PASSPHRASE)
    assert not slots.read(store.path).due
    again.close()


def test_a_slot_changed_by_hand_is_refused_whatever_was_changed(store_path: Path) -> None:
    file = slots.read(store_path)
    slot = file.slots[0]
    key = ways.unlock(slot, builders.PASSPHRASE).key(file)
    other = ways.make_slot(builders.UUID(int=7), "Mallory", PRIYA, key)
    for changed in (
        replace(file, slots=(slot, other)),
        replace(file, slots=(replace(slot, name="Mallory"),)),
        replace(file, generation=99),
        replace(file, due=True),
    ):
        slots.save(store_path, changed, keys_path(store_path))
        with pytest.raises(Locked):
            open_services(
                store_path, "Mallory" if changed.slots[0].name == "Mallory" else "Karen Moss", builders.PASSPHRASE
            )
    for cheaper in ({"memory_kib": 8}, {"memory_kib": 2**31}, {"passes": 0}, {"lanes": 0}, {"memory_kib": 20 * 1024}):
        slots.save(store_path, replace(file, slots=(replace(slot, **cheaper),)), keys_path(store_path))
        with pytest.raises(Locked):
            open_services(store_path, None, builders.PASSPHRASE)


def test_nothing_of_before_a_rotation_is_left_in_the_file(services: Services) -> None:
    """No page of before can be read with the old key, in the file or its log."""
    store = services.desk.store
    with store.read() as session:
        pages = session.execute(text("PRAGMA page_count")).scalar_one()
    before = store.path.read_bytes()
    services.officers.rotate()
    after = store.path.read_bytes()
    kept = [n for n in range(pages) if before[n * 4096 : n * 4096 + 4096] == after[n * 4096 : n * 4096 + 4096]]
    assert kept == []
    log = store.path.with_name(store.path.name + "-wal").read_bytes()
    assert not any(before[n * 4096 + 16 : n * 4096 + 4000] in log for n in range(pages))
