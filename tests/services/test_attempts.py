"""Failed tries to open the store: slowed, noted, told to whose name was used, read by who may audit."""

from __future__ import annotations

import json
import os
from datetime import timedelta
from pathlib import Path

import pytest

from placement_tui.bootstrap import Services, open_services
from placement_tui.db import attempts
from placement_tui.domain.officers import wait_after
from placement_tui.errors import Locked, Refused
from placement_tui.paths import attempts_path
from tests import builders

WRONG = "no passphrase of this store"
PRIYA = "velvet anchor toucan plum"


def tried(path: Path, clock: builders.Clock, passphrase: str, name: str = "Karen Moss") -> str:
    """What a try is answered; empty where it opened the store."""
    try:
        open_services(path, name, passphrase, clock).close()
    except Locked as refusal:
        return str(refusal)
    return ""


def test_after_three_failures_the_next_try_waits_longer_and_longer_but_never_for_good(
    store_path: Path, clock: builders.Clock
) -> None:
    for _ in range(3):
        assert "does not open" in tried(store_path, clock, WRONG)
    refused = tried(store_path, clock, builders.PASSPHRASE)
    assert "3 tries" in refused
    assert "in 1 second." in refused
    waits = []
    for _ in range(8):
        waits.append(0)
        while "failed" in tried(store_path, clock, WRONG):
            waits[-1] += 1
            clock.forward(seconds=1)
    assert waits == [1, 2, 4, 8, 16, 30, 30, 30]
    clock.forward(seconds=30)
    assert tried(store_path, clock, builders.PASSPHRASE) == ""  # nobody is kept out for good
    assert [wait_after(number).total_seconds() for number in (0, 2, 3, 4, 50)] == [0, 0, 1, 2, 30]


def test_guessing_at_a_desk_left_open_is_slowed_and_noted_as_well(timed: Services, clock: builders.Clock) -> None:
    for _ in range(3):
        with pytest.raises(Locked, match="not your passphrase"):
            timed.officers.change_passphrase(WRONG, PRIYA)
    with pytest.raises(Locked, match="3 tries"):
        timed.officers.change_passphrase(builders.PASSPHRASE, PRIYA)
    clock.forward(seconds=1)
    timed.officers.change_passphrase(builders.PASSPHRASE, PRIYA)
    again = open_services(timed.desk.store.path, None, PRIYA, clock)
    assert len(again.officers.failed) == 3
    again.close()


def test_a_colleagues_failures_delay_neither_other_names_nor_other_accounts(
    timed: Services, clock: builders.Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    timed.officers.add("Priya Lal", "officer", PRIYA)
    path = timed.desk.store.path
    for _ in range(5):
        clock.forward(seconds=30)
        tried(path, clock, WRONG)
    assert "failed" in tried(path, clock, WRONG)
    assert tried(path, clock, PRIYA, "Priya Lal") == ""
    monkeypatch.setattr(attempts, "account", lambda: "another account")
    assert tried(path, clock, builders.PASSPHRASE) == ""


def test_who_got_in_after_a_slip_starts_afresh(store_path: Path, clock: builders.Clock) -> None:
    for _ in range(4):
        assert "does not open" in tried(store_path, clock, WRONG)
        assert "does not open" in tried(store_path, clock, WRONG)
        assert tried(store_path, clock, builders.PASSPHRASE) == ""


def test_a_quarter_of_an_hour_later_everything_is_forgiven(store_path: Path, clock: builders.Clock) -> None:
    for _ in range(6):
        clock.forward(seconds=30)
        tried(store_path, clock, WRONG)
    clock.forward(minutes=15)
    assert "does not open" in tried(store_path, clock, WRONG)
    assert "does not open" in tried(store_path, clock, WRONG)


def test_an_officer_is_told_once_of_tries_in_their_name_whoever_opened_the_store_between(
    timed: Services, clock: builders.Clock
) -> None:
    path = timed.desk.store.path
    timed.officers.add("Priya Lal", "viewer", PRIYA)
    for _ in range(2):
        tried(path, clock, WRONG)
    clock.forward(hours=9)
    hers = open_services(path, "Priya Lal", PRIYA, clock)
    assert hers.officers.failed_words == ""
    hers.close()
    mine = open_services(path, "Karen Moss", builders.PASSPHRASE, clock)
    said = mine.officers.failed_words
    assert said.startswith("2 failed tries to open as you since your last visit, the last Sun 18 Oct 15:00 on ")
    assert [row.name for row in mine.officers.attempts()] == ["Karen Moss", "Karen Moss"]
    mine.close()
    again = open_services(path, "Karen Moss", builders.PASSPHRASE, clock)
    assert again.officers.failed_words == ""
    assert len(again.officers.attempts()) == 2
    again.close()


def test_only_who_may_audit_reads_them(timed: Services, clock: builders.Clock) -> None:
    timed.officers.add("Priya Lal", "officer", PRIYA)
    hers = open_services(timed.desk.store.path, "Priya Lal", PRIYA, clock)
    with pytest.raises(Refused, match="who saw and changed what"):
        hers.officers.attempts()
    hers.close()


def test_what_is_noted_holds_no_passphrase_and_is_as_private_as_the_store(
    store_path: Path, clock: builders.Clock
) -> None:
    tried(store_path, clock, "a slip of my real passphrase")
    tried(store_path, clock, WRONG, "my passphrase typed as a name")
    noted = attempts_path(store_path)
    assert noted.stat().st_mode & 0o777 == store_path.stat().st_mode & 0o777
    (line,) = noted.read_text().splitlines()
    assert set(json.loads(line)) == {"name", "at", "machine", "account"}
    assert "slip" not in line


def test_it_stays_small_and_survives_what_something_else_wrote_into_it(store_path: Path, clock: builders.Clock) -> None:
    noted = attempts_path(store_path)
    noted.write_bytes(
        b'\xff\x00{"name"\n[1]\n{"name": 3, "at": "x"}\n{"at": "9999-12-31T23:59:59-23:59"}\n' + b"[" * 100_000
    )
    noted.chmod(0o600)
    for _ in range(attempts.MOST + 20):
        attempts.note(store_path, "Karen Moss", clock())
    assert len(noted.read_bytes().splitlines()) == attempts.MOST
    clock.forward(minutes=20)
    opened = open_services(store_path, None, builders.PASSPHRASE, clock)
    assert len(opened.officers.attempts(1000)) == attempts.MOST
    opened.close()
    assert noted.read_bytes() == b""


def test_a_clock_that_was_set_back_keeps_nobody_out(store_path: Path, clock: builders.Clock) -> None:
    for _ in range(6):
        clock.forward(seconds=30)
        tried(store_path, clock, WRONG)
    clock.now -= timedelta(hours=3)
    assert tried(store_path, clock, builders.PASSPHRASE) == ""


@pytest.mark.file_store
@pytest.mark.skipif(os.name != "posix", reason="links are followed by POSIX systems")
def test_a_link_in_its_place_is_not_written_through(store_path: Path, clock: builders.Clock, tmp_path: Path) -> None:
    other = tmp_path / "precious"
    other.write_text("kept")
    attempts_path(store_path).symlink_to(other)
    attempts.note(store_path, "Karen Moss", clock())
    assert other.read_text() == "kept"
    with pytest.raises(Refused, match="is a link"):
        open_services(store_path, None, builders.PASSPHRASE, clock)
