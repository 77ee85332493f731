"""Nothing of a child stays outside the store, however the program ends: markers are planted, then looked for."""

from __future__ import annotations

import base64
import os
import re
import shutil
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

pytest.importorskip("termios", reason="a pseudo-terminal")

from placement_tui.bootstrap import open_services
from tests import needs
from tests.leaks import MARKERS, PASSPHRASE, Account, Search, Watched, planted

pytestmark = pytest.mark.pty
LOCK = "ctrl+o"


@pytest.fixture(scope="module")
def made(made_team: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store in which the markers stand, made once."""
    path = tmp_path_factory.mktemp("planted") / "team.db"
    for end in ("", ".keys"):
        shutil.copy(f"{made_team}{end}", f"{path}{end}")
        Path(f"{path}{end}").chmod(0o600)
    services = open_services(path, None, PASSPHRASE)
    planted(services)
    services.close()
    return path


@pytest.fixture
def account(made: Path, tmp_path: Path) -> Account:
    """An account with a copy of that store."""
    mine = Account(tmp_path)
    for end in ("", ".keys"):
        shutil.copy(f"{made}{end}", f"{mine.store}{end}")
        Path(f"{mine.store}{end}").chmod(0o600)
    return mine


def at_the_call_list(term: Watched) -> None:
    """Open the store, then the referral: its markers are on the screen."""
    term.wait("Passphrase")
    term.press(PASSPHRASE, "enter")
    term.wait(MARKERS["why"][:12])
    term.press("enter")
    term.wait("waiting")
    term.quiet(0.3)


def half_typed(term: Watched) -> None:
    """A form with something in it that is not saved."""
    term.press("f9")
    term.wait("eight fields")
    term.quiet(0.1)
    term.press(*["tab"] * 7)
    term.wait("› Why now")
    term.press(MARKERS["draft"])
    term.wait(MARKERS["draft"])
    term.quiet(0.3)


def quits(term: Watched) -> None:
    term.press("ctrl+q")


def locks_and_quits(term: Watched) -> None:
    term.press(LOCK)
    term.wait("locked at")
    term.press("ctrl+q")


def by(number: signal.Signals) -> Callable[[Watched], None]:
    return lambda term: os.kill(term.pid, number)


ENDINGS: dict[str, tuple[Callable[[Watched], None], int]] = {
    "Ctrl+Q": (quits, 0),
    "locked, then Ctrl+Q": (locks_and_quits, 0),
    "SIGTERM": (by(signal.SIGTERM), 128 + 15),
    "SIGHUP": (by(signal.SIGHUP), 128 + 1),
    "SIGKILL": (by(signal.SIGKILL), -9),
}


def searched(account: Account, term: Watched) -> Search:
    """Every place after the program has ended."""
    search = Search()
    search.terminal(term)
    search.files(account.files())
    search.look("window titles and other strings", b"".join(re.findall(rb"\x1b\][^\x07\x1b]*", term.sent)))
    return search


def report(what: str, search: Search) -> None:
    print(f"{what}: {len(MARKERS)} markers, {search.places} places, {search.bytes:,} bytes")


@pytest.mark.parametrize("ending", ENDINGS)
def test_nothing_stays_however_the_program_ends(account: Account, ending: str) -> None:
    end, code = ENDINGS[ending]
    with Watched(account.argv, env=account.env) as term:
        at_the_call_list(term)
        term.press("/")
        term.wait("A few letters of a child")
        term.press(MARKERS["search"])
        term.wait(MARKERS["search"])
        term.press("escape")
        term.quiet(0.1)
        half_typed(term)
        running = Search()
        running.process(term.pid)
        running.found_nothing()
        assert MARKERS["why"][:12].encode() in term.sent  # it was there to be left behind
        end(term)
        assert term.exit_code() == code
        term.quiet(0.4)
        search = searched(account, term)
    report(ending, search)
    search.found_nothing()
    assert not term.screen.away, "the alternate screen was not left"
    assert not term.screen.titles
    assert account.store.exists()


@pytest.mark.parametrize("fails", ["service", "thread"])
def test_a_failure_is_one_sentence_and_its_log_has_no_value(account: Account, fails: str) -> None:
    program = [sys.executable, str(Path(__file__).with_name("failing_program.py")), *account.argv[3:]]
    with Watched(program, env={**account.env, "FAILS": fails}) as term:
        at_the_call_list(term)
        term.press("1")
        assert term.exit_code() == 1
        term.quiet(0.3)
        search = searched(account, term)
        left = term.screen.shown()
    report(f"failure in a {fails}", search)
    search.found_nothing()
    said = " ".join(left.split())
    assert "Traceback" not in left
    assert "╭" not in left
    reference = re.search(r"reference (F-[0-9A-F]{6})", said)
    assert reference, left
    log = account.home / ".local/state/placement/placement.log"
    assert stat.S_IMODE(log.stat().st_mode) == 0o600
    line = next(line for line in log.read_text().splitlines() if reference[1] in line)
    assert "RuntimeError at" in line
    assert re.search(r"failing_program|__main__:\d+", line)


def test_a_failing_command_line_is_a_sentence_too(account: Account) -> None:
    program = [sys.executable, str(Path(__file__).with_name("failing_program.py")), *account.argv[3:]]
    read, write = os.pipe()
    os.write(write, PASSPHRASE.encode() + b"\n")
    os.close(write)
    done = subprocess.run(
        [*program, "--passphrase-fd", str(read), "log", "refusal", "26-0001", "Alder Fostering", "--reason", "M1"],
        env={"PATH": os.environ["PATH"], **account.env}, pass_fds=(read,), capture_output=True, check=False,
    )  # fmt: skip
    os.close(read)
    search = Search()
    search.look("stdout", done.stdout)
    search.look("stderr", done.stderr)
    search.files(account.files())
    search.found_nothing()
    assert done.returncode == 1
    assert b"reference F-" in done.stderr
    assert b"Traceback" not in done.stderr


def test_locked_nothing_of_the_child_is_on_the_terminal_and_nothing_comes(account: Account) -> None:
    with Watched(account.argv, env=account.env) as term:
        at_the_call_list(term)
        term.press("y")
        term.wait("Copied")
        term.press(LOCK)
        term.wait("locked at")
        term.quiet(0.8)
        after = len(term.sent)
        search = Search()
        search.terminal(term)
        search.found_nothing()
        assert "26-0001" not in term.screen.shown()
        assert "QZXV" not in term.screen.shown()
        copied, emptied = re.findall(rb"\x1b\]52;c;([^\x07]*)\x07", term.sent)[:2]
        assert base64.b64decode(copied)
        assert base64.b64decode(emptied).strip() == b""
        log_elsewhere(account, MARKERS["cli"])
        term.press("f7", "f1", "f3", ":", "ctrl+p", "?", "ctrl+l", LOCK)
        term.quiet(1.0)
        search.look("what was sent while it was locked", term.sent[after:])
        search.terminal(term)
        report("locked", search)
        search.found_nothing()
        assert "QZXV" not in term.sent[after:].decode(errors="replace")
        assert "locked at" in term.screen.shown()
        term.press("backspace", *["backspace"] * 8, "not the passphrase", "enter")
        term.wait("does not open")
        term.press(PASSPHRASE, "enter")
        term.wait("waiting")
        assert "QZXV" in term.screen.shown()
        term.press("ctrl+q")
        assert term.exit_code() == 0


def log_elsewhere(account: Account, words: str) -> None:
    """A colleague at the command line logs another referral meanwhile, without a word of it as an argument."""
    read, write = os.pipe()
    os.write(write, PASSPHRASE.encode() + b"\n")
    os.close(write)
    done = subprocess.run(
        [*account.argv, "--passphrase-fd", str(read), "--words-fd", "0"],
        input=f"referral\nadd\n--child\nQX,12,F,CH41 5AL,W-5\n--wanted\nfoster\n--why\n{words}\n".encode(),
        env={"PATH": os.environ["PATH"], **account.env}, pass_fds=(read,), capture_output=True, check=False,
    )  # fmt: skip
    os.close(read)
    assert done.returncode == 0, done.stderr


def test_a_shell_remembers_nothing_of_what_is_given_as_words(account: Account) -> None:
    bash = needs.program("bash")
    with Watched(
        [bash, "--norc", "--noprofile", "-i"], env={**account.env, "HISTSIZE": "100", "PS1": "ready> "}
    ) as term:
        term.wait("ready>")
        term.press(f"{' '.join(account.argv)} --words-fd 0", "enter")
        time.sleep(0.5)
        term.press("referral\nadd\n--child\nQX,12,F,CH41 5AL,W-5\n--wanted\nfoster\n--why\n", MARKERS["cli"], "\n")
        term.press("ctrl+d")
        term.wait("Passphrase for")
        term.press(PASSPHRASE, "enter")
        term.wait("logged")
        term.press("exit", "enter")
        term.exit_code()
    history = account.home / ".bash_history"
    assert "--words-fd 0" in history.read_text()
    search = Search()
    search.files(account.files())
    report("shell", search)
    search.found_nothing()


def test_tmux_keeps_nothing_in_its_history(account: Account) -> None:
    tmux = needs.program("tmux")
    socket = str(account.temporary / "socket")
    env = {"PATH": os.environ["PATH"], "LANG": "C.UTF-8", "TERM": "xterm-256color", **account.env}

    def run(*words: str) -> str:
        done = subprocess.run([tmux, "-S", socket, *words], env=env, capture_output=True, text=True, check=True)
        return done.stdout

    def waits(words: str) -> None:
        for _ in range(200):
            if words in run("capture-pane", "-p"):
                return
            time.sleep(0.05)
        raise TimeoutError(run("capture-pane", "-p"))

    search = Search()
    run("-f", os.devnull, "new-session", "-d", "-x", "100", "-y", "30", "sh")
    try:
        for how in ("C-q", "KILL"):
            run("send-keys", "-l", "clear; " + " ".join(account.argv))
            run("send-keys", "Enter")
            waits("Passphrase")
            run("send-keys", "-l", PASSPHRASE)
            run("send-keys", "Enter")
            waits(MARKERS["why"][:12])
            run("send-keys", "Enter")
            waits("waiting")
            if how == "KILL":
                pid = run("display-message", "-p", "#{pane_pid}").strip()
                children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
                os.kill(int(children[0]), signal.SIGKILL)
            else:
                run("send-keys", how)
            time.sleep(1.0)
            search.look(f"tmux after {how}", run("capture-pane", "-p", "-S", "-"))
            kept = subprocess.run(
                [tmux, "-S", socket, "capture-pane", "-a", "-p"], env=env, capture_output=True, check=False
            )
            search.look(f"tmux's alternate screen after {how}", kept.stdout)
            assert run("display-message", "-p", "#{alternate_on}").strip() == "0"
            title = run("display-message", "-p", "#{pane_title}")
            search.look("the title", title)
    finally:
        run("kill-server")
    report("tmux", search)
    search.found_nothing()


def test_no_core_dump_no_reading_of_its_memory() -> None:
    asked = (
        "from placement_tui import hardening as h; h.begin(); h.harden(); p = h.protection(); "
        "print(p.core_dumps, p.memory_closed)"
    )
    done = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["True", "True" if sys.platform == "linux" else "None"]


@pytest.mark.skipif(sys.platform != "linux", reason="limits are read from /proc")
def test_the_program_itself_writes_no_core_dump(account: Account) -> None:
    with Watched(account.argv, env=account.env) as term:
        at_the_call_list(term)
        limits = Path(f"/proc/{term.pid}/limits").read_text()
        assert re.search(r"Max core file size\s+0\s+0", limits)
        os.kill(term.pid, signal.SIGABRT)
        assert term.exit_code() == -signal.SIGABRT
        term.quiet(0.3)
        search = searched(account, term)
    search.found_nothing()


def test_a_terminal_that_goes_away_ends_the_program_and_leaves_nothing(account: Account) -> None:
    with Watched(account.argv, env=account.env) as term:
        at_the_call_list(term)
        half_typed(term)
        kept, term.fd = term.fd, os.open(os.devnull, os.O_RDONLY)
        os.close(kept)
        for _ in range(200):
            pid, status = os.waitpid(term.pid, os.WNOHANG)
            if pid:
                break
            time.sleep(0.05)
        term.pid = 0x7FFFFFFF  # nothing is left to kill
        assert os.waitstatus_to_exitcode(status) in (0, 128 + 1)
        search = Search()
        search.files(account.files())
    search.found_nothing()


def test_what_textual_would_write_into_files_it_does_not(account: Account) -> None:
    noisy = {
        "TEXTUAL": "debug,devtools", "TEXTUAL_LOG": str(account.home / "keys.log"), "TEXTUAL_SCREENSHOT": "1",
        "TEXTUAL_SCREENSHOT_LOCATION": str(account.home),
    }  # fmt: skip
    with Watched(account.argv, env={**account.env, **noisy}) as term:
        at_the_call_list(term)
        term.press("ctrl+q")
        assert term.exit_code() == 0
    assert not (account.home / "keys.log").exists()
    assert not list(account.home.rglob("*.svg"))
    search = Search()
    search.files(account.files())
    search.found_nothing()


def test_every_file_is_its_owners_alone(account: Account) -> None:
    with Watched(account.argv, env=account.env) as term:
        at_the_call_list(term)
        half_typed(term)
        open_to_others = [path for path in account.files() if path.stat().st_mode & 0o077]
        assert open_to_others == []
        term.press("ctrl+q")
        assert term.exit_code() == 0
    assert [path for path in account.files() if path.stat().st_mode & 0o077] == []


HOSTILE = [
    "\x1b]52;c;UFdORUQ=\x07", "\x1b[2J\x1b[1;1Hpwned", "\x9b2Jpwned", "\x9d52;c;UFdORUQ=\x9c", "\x1b]0;pwned\x07", "\x1bc",
    "\u202edenwp", "\x07", "\rpwned", "a\nb", "\x1b[6n", "\x1bP+q544e\x1b\\",
]  # fmt: skip


def test_what_is_planted_in_the_store_itself_moves_no_terminal(account: Account) -> None:
    """As a colleague's own tool, an import of before, or a tampered bundle might have written it."""
    from placement_tui.db.tables import Child, Home, Lesson, Provider, Referral

    services = open_services(account.store, None, PASSPHRASE)
    poison = "|".join(HOSTILE)
    with services.desk.write("plant") as session:
        from sqlmodel import select

        for kind, fields in (
            (Referral, ("why_now", "tonight", "note", "must_have", "social_worker")), (Child, ("initials", "name")),
            (Home, ("name", "phone")), (Provider, ("name", "phone")), (Lesson, ("lesson",)),
        ):  # fmt: skip
            for row in session.execute(select(kind)).scalars():
                for field in fields:
                    setattr(row, field, poison)
    services.close()
    with Watched(account.argv, env=account.env) as term:
        term.wait("Passphrase")
        term.press(PASSPHRASE, "enter")
        term.wait("1 open")
        term.quiet(0.5)
        for key in (
            "enter",
            "j",
            "enter",
            "escape",
            "d",
            "escape",
            "f",
            "escape",
            "y",
            "H",
            "escape",
            "f7",
            "f3",
            "escape",
            "?",
            "escape",
        ):
            term.press(key)
            term.quiet(0.3)
        term.press("ctrl+q")
        assert term.exit_code() == 0
    sent = term.sent.decode(errors="replace")
    assert "\ufffd" in sent
    for bad in ("\x9b", "\x9d", "\x90", "\u202e", "\x1b]0;", "\x1b]2;", "\x1bc", "\x1b[6n", "\x1bP", "\x1b]52;c;UFd"):
        assert bad not in sent, (bad, sent[max(0, sent.find(bad) - 30) : sent.find(bad) + 30])
    assert "\x07" not in re.sub("\x1b\\]52;c;[^\x07]*\x07", "", sent)
    assert term.screen.titles == []
    for shape, command in (
        ("table", ["referrals"]), ("csv", ["calls", "26-0001"]), ("json", ["show", "26-0001"]), ("table", ["show", "26-0001"]),
        ("table", ["audit"]), ("csv", ["homes"]),
    ):  # fmt: skip
        done = subprocess.run(
            [*account.argv, "--passphrase-fd", "0", "--format", shape, *command], input=PASSPHRASE.encode() + b"\n",
            env={"PATH": os.environ["PATH"], **account.env}, capture_output=True, check=False,
        )  # fmt: skip
        shown = (done.stdout + done.stderr).decode()
        assert done.returncode == 0, shown
        assert not re.search("[\0-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", shown), (command, shape)
