"""What goes wrong around the program: each ends with a sentence, and with nothing lost."""

from __future__ import annotations

import os
import resource
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from placement_tui.bootstrap import Services, open_services
from placement_tui.db import queue
from placement_tui.errors import Refused, StoreDamaged
from placement_tui.paths import backups_dir
from placement_tui.services import backups, watch
from tests import builders, needs
from tests.officer import Officer, at_desk
from tests.ptydrive import Terminal
from tests.reliability import planted

PLACEMENT = [sys.executable, "-m", "placement_tui"]
TYPED = "at the office with the duty worker until eight"
posix = pytest.mark.skipif(os.name != "posix", reason="a matter of POSIX systems")


def copied(made: Path, folder: Path) -> Path:
    """A store of this test's own in a folder of its own."""
    folder.mkdir(mode=0o700, exist_ok=True)
    for name in (made.name, made.name + ".keys"):
        shutil.copy(made.parent / name, folder / name)
        (folder / name).chmod(0o600)
    return folder / made.name


def mounted(*words: str) -> None:
    """Mount, or say why this cannot be tried here."""
    if os.geteuid() != 0:
        pytest.skip("needs the right to mount a small file system")
    if subprocess.run(["mount", *words], check=False, capture_output=True).returncode:
        needs.missing("no right to mount a small file system here")


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of a few megabytes."""
    place = tmp_path / "small"
    place.mkdir(mode=0o700)
    mounted("-t", "tmpfs", "-o", "size=6m,mode=0700", "tmpfs", str(place))
    yield place
    subprocess.run(["umount", "-l", str(place)], check=False)


async def emergency(officer: Officer, where: str = TYPED) -> None:
    """An emergency referral, all typed and not saved yet."""
    await officer.press("e")
    await officer.sees("eight fields")
    for text in ("KJ W-1", "14", "m", "CH41 5AL"):
        await officer.type(text)
        await officer.press("enter")
    await officer.type(where)


def found(path: Path) -> Services:
    """The store as the next officer opens it; nothing of it is harmed."""
    services = open_services(path, None, builders.PASSPHRASE)
    assert services.history.verify().faults == ()
    return services


# the disk


@posix
async def test_a_disk_that_fills_says_so_keeps_what_is_typed_and_saves_it_when_there_is_room(
    made_team: Path, small_disk: Path
) -> None:
    path = copied(made_team, small_disk / "store")
    async with at_desk(path) as officer:
        await emergency(officer)
        fill = small_disk / "fill"
        with fill.open("wb", buffering=0) as out, pytest.raises(OSError, match="No space"):
            while True:
                out.write(b"\0" * 4096)
        await officer.press("ctrl+s")
        await officer.sees("The disk is full: nothing was saved")
        await officer.press("enter")  # the sentence is read
        await officer.sees(TYPED[:20])
        fill.unlink()
        await officer.press("ctrl+s")
        await officer.sees("logged")
    services = found(path)
    assert [row.child for row in services.referrals.board().rows] == ["KJ 14 M"]
    services.close()


@posix
@posix
def test_an_erasure_whose_disk_fills_behind_it_says_what_is_gone_and_what_is_not(
    made_team: Path, small_disk: Path
) -> None:
    """The records are gone and the file is not clean: it is never told that nothing was saved."""
    path = copied(made_team, small_disk / "store")
    services = found(path)
    child = planted.child(services, "GO", "Qgone").child
    fill = small_disk / "fill"

    def filled(_: object) -> None:
        services.desk.store.checkpoint()  # as a colleague's program may, which gives the log's room to whoever wants it
        with fill.open("wb", buffering=0) as out, pytest.raises(OSError, match="No space"):
            while True:
                out.write(b"\0" * 4096)

    services.desk.listen(filled)
    done = services.retention.erase({child}, "asked for by the person")
    services.desk.unlisten(filled)
    assert any("free pages" in each and "retention --finish" in each for each in done.left), done.left
    rows = services.audit.find(child=child, kind="change", limit=1000)
    assert {row.erased for row in rows if row.command != "erase child"} == {True}
    fill.unlink()
    assert not any("free pages" in each for each in services.retention.finish().left)
    services.close()
    assert list(path.parent.glob("*.part")) == []
    found(path).close()


@posix
@pytest.mark.parametrize("room", [0, 200_000])
def test_a_disk_without_room_for_a_new_data_key_says_so_and_the_old_one_holds(
    made_team: Path, small_disk: Path, room: int
) -> None:
    """SQLCipher itself is silent about it."""
    path = copied(made_team, small_disk / "store")
    services = found(path)
    fill = small_disk / "fill"
    with fill.open("wb", buffering=0) as out, pytest.raises(OSError, match="No space"):
        while True:
            out.write(b"\0" * 4096)
    os.truncate(fill, fill.stat().st_size - room)
    before = services.desk.store.data_key
    with pytest.raises(Refused, match="The disk is full") as caught:
        services.officers.rotate()
    assert "free" in caught.value.mend
    fill.unlink()
    assert services.desk.store.data_key == before
    services.officers.rotate()
    services.close()
    assert found(path).desk.store.data_key != before


def test_a_limit_on_the_size_of_files_is_a_sentence_too(store_path: Path) -> None:
    """Quotas and limits refuse without a full disk; SIGXFSZ must not end the program."""
    code = """
import resource, sys
from pathlib import Path
from placement_tui.bootstrap import open_services
from placement_tui.errors import PlacementError
from tests import builders
path = Path(sys.argv[1])
services = open_services(path, None, builders.PASSPHRASE)
hard = resource.getrlimit(resource.RLIMIT_FSIZE)[1]
resource.setrlimit(resource.RLIMIT_FSIZE, (path.stat().st_size + 200_000, hard))
saved = 0
try:
    while True:
        builders.referral(services, builders.child(identifier=""), note="x" * 19_000)
        saved += 1
except PlacementError as error:
    print(saved, error)
resource.setrlimit(resource.RLIMIT_FSIZE, (hard, hard))
builders.referral(services, builders.child(identifier=""))
services.close()
"""
    done = subprocess.run([sys.executable, "-c", code, str(store_path)], capture_output=True, text=True, timeout=60,
                          check=False, cwd=Path(__file__).parents[2])  # fmt: skip
    assert done.returncode == 0, done.stderr
    saved, said = done.stdout.split(" ", 1)
    assert "nothing was saved" in said
    services = found(store_path)
    assert len(services.referrals.board().rows) == int(saved) + 1
    services.close()


@posix
async def test_a_disk_that_refuses_to_write_says_so_and_what_is_typed_waits(store_path: Path) -> None:
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    async with at_desk(store_path) as officer:
        await emergency(officer)
        resource.setrlimit(resource.RLIMIT_FSIZE, (0, hard))
        try:
            await officer.press("ctrl+s")
            await officer.sees("nothing was saved")
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
        await officer.press("enter")
        await officer.sees(TYPED[:20])
        await officer.press("ctrl+s")
        await officer.sees("logged")
    services = found(store_path)
    assert [row.child for row in services.referrals.board().rows] == ["KJ 14 M"]
    services.close()


@posix
def test_a_disk_that_is_read_only_is_named_and_nothing_on_it_changes(made_team: Path, small_disk: Path) -> None:
    path = copied(made_team, small_disk / "store")
    before = {each.name: each.read_bytes() for each in path.parent.iterdir()}
    mounted("-o", "remount,ro", str(small_disk))
    with pytest.raises((Refused, StoreDamaged), match="may not be written") as caught:
        services = open_services(path, None, builders.PASSPHRASE)
        try:
            builders.referral(services)
        finally:
            services.close()
    assert "read-only disk" in str(caught.value)
    assert {each.name: each.read_bytes() for each in path.parent.iterdir()} == before
    mounted("-o", "remount,rw", str(small_disk))
    services = found(path)
    builders.referral(services)
    services.close()


# the file


@posix
async def test_a_store_that_is_deleted_while_open_is_told_rescued_and_written_no_more(
    made_team: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(watch, "LOOK", 0.05)
    path = copied(made_team, tmp_path / "store")
    async with at_desk(path, (120, 40)) as officer:
        await officer.sees("No referral is open")
        referral = builders.referral(officer.services)
        await officer.sees("26-0001")
        for end in ("", "-wal", "-shm"):
            path.with_name(path.name + end).unlink(missing_ok=True)
        await officer.sees("The store's file was removed while it was open", "placement restore")
        await officer.press("enter")
        with pytest.raises(StoreDamaged, match="was removed while it was open: nothing was saved"):
            officer.services.referrals.close(referral, "went home")
        assert officer.services.referrals.get(referral).state == "open"  # what was open is still read
    assert not path.exists()  # and no empty store was made in its place
    (copy,) = backups.listed(backups_dir(path))
    assert copy.kind == "rescued"
    restoring = backups.open_backup(copy.path, None, builders.PASSPHRASE)
    restoring.into(tmp_path / "again.db")
    restoring.close()
    services = found(tmp_path / "again.db")
    assert services.referrals.get(referral).reference == "26-0001"
    services.close()


@posix
def test_another_file_in_the_place_of_the_store_is_not_written(
    services: Services, store_path: Path, made_team: Path
) -> None:
    """Restored over, or brought by a synchronising folder: half of what is written would go into nothing."""
    builders.referral(services)
    other = copied(made_team, store_path.parent / "other")
    before = other.read_bytes()
    os.replace(other, store_path)
    with pytest.raises(StoreDamaged, match="Another file was put in the place of the store"):
        builders.referral(services)
    with pytest.raises(StoreDamaged):
        services.drafts.save("referral", "new", {"why": "x"})
    assert store_path.read_bytes() == before


# the clock


async def test_a_clock_that_jumps_keeps_the_order_of_what_was_done(store_path: Path, clock: builders.Clock) -> None:
    async with at_desk(store_path, clock=clock) as officer:
        await officer.sees("No referral is open")
        services = officer.services
        referral = builders.referral(services)
        services.referrals.amend(referral, {"tonight": "first"})
        clock.forward(hours=-1)
        services.referrals.amend(referral, {"tonight": "second"})
        clock.forward(days=365)
        services.referrals.amend(referral, {"tonight": "third"})
        clock.forward(days=-365)
        services.referrals.amend(referral, {"tonight": "fourth"})
        said = [(op.fields or {}).get("tonight") for op in reversed(services.history.of(referral))]
        assert said[1:] == ["first", "second", "third", "fourth"]
        assert services.referrals.get(referral).tonight == "fourth"
        for left in ("third", "second", "first"):
            services.history.undo()
            assert services.referrals.get(referral).tonight == left
        await officer.sees("26-0001")
        assert services.history.verify().faults == ()


def test_a_clock_that_stands_a_day_wrong_is_told(
    timed: Services, clock: builders.Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(watch, "LOOK", 0.01)
    clock.forward(days=400)
    builders.referral(timed)
    clock.forward(days=-400)
    said: list[str] = []
    timed.watch.start(lambda error: said.append(str(error)))
    deadline = time.monotonic() + 10
    while not said and time.monotonic() < deadline:
        time.sleep(0.01)
    timed.watch.stop()
    assert said[0].startswith("The clock of this machine says 18 Oct 2026")
    assert "22 Nov 2027" in said[0]
    assert "Set this machine's clock" in said[0]


# the program


def terminal(store: Path, home: Path) -> Terminal:
    """The program on a real pseudo-terminal, with its board showing."""
    term = Terminal([*PLACEMENT, "--store", str(store)], 80, 24, {"HOME": str(home), "CI": ""})
    term.wait("Passphrase")
    term.press(builders.PASSPHRASE, "enter")
    term.wait("No referral is open")
    return term


def drafted(store: Path) -> dict[str, Any]:
    """What the store keeps of the half-typed emergency referral."""
    services = found(store)
    waiting = services.drafts.waiting()
    draft = services.drafts.load(waiting[0][0], waiting[0][1]) if waiting else None
    services.close()
    assert len(waiting) <= 1
    return draft[0] if draft else {}


@posix
@pytest.mark.pty
@pytest.mark.parametrize("how", ["killed", "hung up", "terminal closed"])
def test_a_form_that_is_being_typed_survives_its_program(store_path: Path, tmp_path: Path, how: str) -> None:
    with terminal(store_path, tmp_path) as term:
        term.press("e")
        term.wait("eight fields")
        term.press(*"KJ W-1", "enter")
        term.wait("Age or birth")
        before, last = TYPED[:-5], TYPED[-5:]
        for letter in before:
            term.press(letter)
            term.quiet(0.004)
        deadline = time.monotonic() + 20  # a disk that others keep busy
        while before not in drafted(store_path).values():
            assert time.monotonic() < deadline, "what is typed is not kept"
            time.sleep(0.05)
        term.press(*last)
        if how == "killed":
            os.kill(term.pid, signal.SIGKILL)
        elif how == "hung up":
            os.kill(term.pid, signal.SIGHUP)
        else:
            spare = os.open(os.devnull, os.O_RDONLY)
            os.dup2(spare, term.fd)  # the other end is gone, as when a line drops
            os.close(spare)
            term.ended = True
        deadline = time.monotonic() + 10
        while os.waitpid(term.pid, os.WNOHANG)[0] == 0:
            assert time.monotonic() < deadline, "the program goes on without its terminal"
            time.sleep(0.02)
        term.pid = 0x7FFFFFFF
    typed = drafted(store_path)
    assert typed["child"] == "KJ W-1"
    kept = next(text for name, text in typed.items() if name == "age")
    assert TYPED.startswith(kept)
    assert len(kept) >= len(before)  # the last keystrokes at most


@posix
@pytest.mark.pty
def test_a_laptop_that_slept_sees_what_others_did_and_goes_on(
    store_path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queue, "WAIT", 2.0)
    with terminal(store_path, tmp_path) as term:
        other = open_services(store_path, None, builders.PASSPHRASE)
        for again in range(10):
            os.kill(term.pid, signal.SIGSTOP)
            try:
                builders.referral(other)
                break
            except Refused:  # it was stopped while it wrote something itself, which the next test is about
                assert again < 9
                os.kill(term.pid, signal.SIGCONT)
                time.sleep(0.5)
        time.sleep(0.5)
        os.kill(term.pid, signal.SIGCONT)
        term.wait("26-0001")
        term.press("X")
        term.wait("Close 26-0001")
        term.press(*"went home", "enter")
        term.wait("closed")
        assert other.referrals.board().rows == ()
        other.close()
        term.press("ctrl+q")
        assert term.exit_code() == 0


@posix
def test_a_program_that_sleeps_in_the_middle_of_saving_holds_nobody_up_for_long(
    store_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    code = """
import os, signal, sys
from pathlib import Path
from placement_tui.bootstrap import open_services
from placement_tui.db.tables import Provider
from tests import builders
services = open_services(Path(sys.argv[1]), None, builders.PASSPHRASE)
with services.desk.write("half way") as session:
    session.add(Provider(name="Half"))
    session.flush()
    print("inside", flush=True)
    os.kill(os.getpid(), signal.SIGSTOP)
services.close()
"""
    sleeper = subprocess.Popen([sys.executable, "-c", code, str(store_path)], stdout=subprocess.PIPE, text=True,
                               cwd=Path(__file__).parents[2])  # fmt: skip
    try:
        assert sleeper.stdout is not None
        assert sleeper.stdout.readline() == "inside\n"
        awake = open_services(store_path, None, builders.PASSPHRASE)
        monkeypatch.setattr(queue, "WAIT", 0.3)
        began = time.monotonic()
        with pytest.raises(Refused, match="Another writer holds the store: nothing was saved"):
            builders.referral(awake)
        assert time.monotonic() - began < 5
        assert awake.referrals.board().rows == ()  # reading waits for nobody
        sleeper.send_signal(signal.SIGCONT)
        assert sleeper.wait(30) == 0
        builders.referral(awake)
        commands = {op.command for op in awake.history.latest(20)}
        awake.close()
        assert {"half way", "log referral"} <= commands
    finally:
        sleeper.kill()
        sleeper.wait()
    found(store_path).close()


def test_watching_ends_with_the_program(services: Services) -> None:
    services.watch.start(lambda _: None)
    began = time.monotonic()
    services.watch.stop()
    assert time.monotonic() - began < 1
