"""The installed command as a process: how fast it answers, what it loads, descriptors, terminals, pipes, exit codes."""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from placement_tui.bootstrap import make_store
from placement_tui.db import slots
from placement_tui.paths import keys_path
from tests.cli.conftest import PASSPHRASE

HEAVY = (
    "textual", "rich", "sqlmodel", "sqlalchemy", "pydantic", "numpy", "rapidfuzz", "geopy", "pyproj", "keyring", "alembic",
    "sqlcipher3", "cryptography",
)  # fmt: skip


def placement(
    *words: str, fd: str | None = None, env: dict[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """Run the command; `fd` is what its passphrase descriptor gives."""
    command, given = [sys.executable, "-m", "placement_tui", *words], ()
    if fd is not None:
        reading, writing = os.pipe()
        os.write(writing, fd.encode())
        os.close(writing)
        command, given = [*command, "--passphrase-fd", str(reading)], (reading,)
    try:
        return subprocess.run(
            command, capture_output=True, text=True, stdin=subprocess.DEVNULL, pass_fds=given, env=env, timeout=60
        )
    finally:
        for each in given:
            os.close(each)


@pytest.fixture(scope="module")
def locked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with one officer and a passphrase."""
    path = tmp_path_factory.mktemp("locked") / "team.db"
    make_store(path, "E08000015", "Karen Moss", PASSPHRASE).close()
    return path


@pytest.mark.parametrize(
    "words", [("--help",), ("--version",), ("keys",), ("paths",), ("codes", "refusals"), ("find", "--help")]
)
def test_what_needs_no_store_loads_nothing_heavy(words: tuple[str, ...]) -> None:
    code = (
        "import sys\nfrom placement_tui.cli.main import main\n"
        f"code = main({list(words)!r})\n"
        f"loaded = sorted(set({HEAVY!r}) & set(sys.modules))\n"
        "print('loaded', loaded, file=sys.stderr)\nsys.exit(code or bool(loaded))"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60)
    assert ran.returncode == 0
    assert ran.stdout
    assert "loaded []" in ran.stderr


def test_help_reads_few_files() -> None:
    code = (
        "import sys\nbefore = set(sys.modules)\nfrom placement_tui.cli.main import main\nmain(['--help'])\n"
        "own = sorted(name for name in set(sys.modules) - before if name.startswith('placement_tui'))\n"
        "print(' '.join(own), file=sys.stderr)"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60)
    assert set(ran.stderr.split()) == {
        "placement_tui", "placement_tui.cli", "placement_tui.cli.asking", "placement_tui.cli.main",
        "placement_tui.cli.registry", "placement_tui.errors",
    }  # fmt: skip


def test_the_passphrase_comes_from_a_descriptor_and_only_its_first_line(locked: Path) -> None:
    ran = placement("officers", "--store", str(locked), "--format", "csv", fd=f"{PASSPHRASE}\nmore\n")
    assert ran.returncode == 0
    header, row = ran.stdout.splitlines()
    assert header.startswith("name,initials,role,id,")
    assert row.startswith("Karen Moss,KM,administrator,")


def test_a_wrong_passphrase_is_3_and_is_not_repeated(locked: Path) -> None:
    ran = placement("--store", str(locked), "referrals", fd="horse battery staple\n")
    assert ran.returncode == 3
    assert ran.stdout == ""
    assert "does not open this store" in ran.stderr
    assert "horse" not in ran.stderr


def test_without_a_terminal_nothing_asks_it_says_how(locked: Path) -> None:
    ran = placement("--store", str(locked), "referrals")
    assert ran.returncode == 3
    assert "--passphrase-fd" in ran.stderr
    made = placement("--store", str(locked.with_name("new.db")), "init", "--authority", "E08000015", "--officer", "KM")
    assert made.returncode == 3
    assert "--passphrase-fd" in made.stderr
    assert not locked.with_name("new.db").exists()


def test_on_a_terminal_the_passphrase_is_asked_for_unseen(locked: Path) -> None:
    pty = pytest.importorskip("pty")
    pid, terminal = pty.fork()
    if pid == 0:  # the child: the command, on the terminal
        os.execv(sys.executable, [sys.executable, "-m", "placement_tui", "--store", str(locked), "officers"])
    shown = b""
    while b"Passphrase" not in shown:
        shown += os.read(terminal, 1000)
    os.write(terminal, PASSPHRASE.encode() + b"\n")
    with contextlib.suppress(OSError):
        while more := os.read(terminal, 1000):
            shown += more
    _, status = os.waitpid(pid, 0)
    assert os.waitstatus_to_exitcode(status) == 0
    assert b"Karen Moss" in shown
    assert PASSPHRASE.encode() not in shown


def test_a_file_that_is_no_store_is_4_and_none_at_all_is_1(locked: Path, tmp_path: Path) -> None:
    harmed = tmp_path / "harmed.db"
    harmed.write_bytes(b"this is not a store " * 400)
    harmed.chmod(0o600)
    shutil.copy2(keys_path(locked), keys_path(harmed))
    ran = placement("--store", str(harmed), "referrals", fd=PASSPHRASE + "\n")
    assert ran.returncode == 4
    assert "not a store" in ran.stderr
    keys_path(harmed).write_text("{}")
    assert placement("--store", str(harmed), "referrals", fd=PASSPHRASE + "\n").returncode == 4
    none = placement("--store", str(tmp_path / "none.db"), "referrals")
    assert none.returncode == 1
    assert "no store" in none.stderr


def test_a_closed_pipe_is_no_error(store: Path) -> None:
    query = "WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c LIMIT 200000) SELECT x FROM c"
    for shape in ("table", "json", "csv"):
        ran = subprocess.run(
            ["bash", "-c", f'set -o pipefail; "{sys.executable}" -m placement_tui sql "$0" --format {shape} | head -1', query],
            capture_output=True, text=True, timeout=60, env=os.environ | {"PLACEMENT_STORE": str(store)},
        )  # fmt: skip
        assert (ran.returncode, ran.stderr) == (0, "")
        assert ran.stdout


def test_a_full_disk_behind_the_data_is_a_sentence() -> None:
    if not Path("/dev/full").exists():
        pytest.skip("this system has no /dev/full")
    with open("/dev/full", "w") as full:
        ran = subprocess.run(
            [sys.executable, "-m", "placement_tui", "keys"], stdout=full, stderr=subprocess.PIPE, text=True, timeout=60
        )
    assert ran.returncode == 1
    assert "The system refused" in ran.stderr
    assert "Traceback" not in ran.stderr


def test_no_command_without_a_terminal_says_where_to_go() -> None:
    ran = placement()
    assert ran.returncode == 2
    assert "placement --help" in ran.stderr


def test_the_store_is_named_by_the_environment_too(store: Path) -> None:
    ran = placement("referrals", "--format", "json", env=os.environ | {"PLACEMENT_STORE": str(store)})
    assert ran.returncode == 0
    assert ran.stdout == "[]\n"


def test_a_demonstration_opens_without_a_passphrase(store: Path) -> None:
    assert slots.read(store).demo
    assert placement("--store", str(store), "officers").returncode == 0


def test_letters_that_a_terminal_lacks_are_spelt() -> None:
    pty = pytest.importorskip("pty")
    pid, terminal = pty.fork()
    if pid == 0:
        os.environ |= {"LC_ALL": "C", "LANG": "C", "PLACEMENT_ASCII": "1", "COLUMNS": "200"}
        os.execv(sys.executable, [sys.executable, "-m", "placement_tui", "find", "--help"])
    shown = b""
    with contextlib.suppress(OSError):
        while more := os.read(terminal, 1000):
            shown += more
    os.waitpid(pid, 0)
    assert shown.isascii()
    assert b"GBP 900" in shown


@pytest.mark.parametrize("shell", ["bash", "fish"])
def test_the_completion_is_a_script_that_its_shell_reads(shell: str) -> None:
    if shutil.which(shell) is None:
        pytest.skip(f"{shell} is not installed")
    script = placement("completion", shell).stdout
    ran = subprocess.run([shell, "-n"], input=script, capture_output=True, text=True, timeout=60)
    assert (ran.returncode, ran.stderr) == (0, "")


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        (["ref"], {"referral", "referrals"}),
        (["log", "no"], {"no-reply", "not-needed"}),
        (["log", "refusal", "KJ", "--rea"], {"--reason"}),
        (["--store", "x.db", "find", "--f"], {"--for", "--format"}),
        (["referrals", "--format", "j"], {"json"}),
    ],
)
def test_bash_completes(typed: list[str], offered: set[str]) -> None:
    if shutil.which("bash") is None:
        pytest.skip("bash is not installed")
    words = " ".join(f"'{word}'" for word in ["placement", *typed])
    script = placement("completion", "bash").stdout
    script += f"\nCOMP_WORDS=({words}); COMP_CWORD={len(typed)}; _placement; printf '%s\\n' \"${{COMPREPLY[@]}}\"\n"
    ran = subprocess.run(["bash"], input=script, capture_output=True, text=True, timeout=60)
    assert set(ran.stdout.split()) == offered
    assert ran.stderr == ""
