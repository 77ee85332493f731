"""Failures that nobody foresaw are told in one sentence and noted without a value."""

from __future__ import annotations

import logging
import re
import subprocess
import sys
from pathlib import Path

import pytest

from placement_tui import failures

SECRET = "Quibblefrost of Wobblesome Terrace"


@pytest.fixture(autouse=True)
def state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An account's own state."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    return tmp_path / "state"


def failed() -> BaseException:
    """An exception as they are: its words, its cause and the variables around it hold a record."""
    note = SECRET
    try:
        try:
            {}[note]
        except KeyError as cause:
            raise ValueError(f"no {note}") from cause
    except ValueError as error:
        return error


def test_a_note_names_kinds_modules_and_lines_and_nothing_else() -> None:
    reference = failures.note(failed())
    text = failures.log_path().read_text()
    assert re.fullmatch(r"F-[0-9A-F]{6}", reference)
    assert re.search(
        rf"Z \| {reference} \| ValueError at \S*test_failures:\d+ \| KeyError at \S+:\d+$", text, re.MULTILINE
    )
    assert "Quibblefrost" not in text
    assert failures.log_path().stat().st_mode & 0o777 == 0o600
    assert reference in failures.sentence(reference)
    assert str(failures.log_path()) in failures.sentence(reference)


def test_a_log_that_grows_begins_anew_and_the_one_before_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(failures, "LARGEST", 400)
    for _ in range(20):
        failures.note(failed())
    assert failures.log_path().stat().st_size < 800
    assert failures.log_path().with_suffix(".log.1").exists()


def test_a_log_that_cannot_be_written_is_done_without(state: Path) -> None:
    state.write_text("in the way")
    assert failures.note(failed()).startswith("F-")


def test_a_link_in_the_logs_place_is_not_followed(tmp_path: Path) -> None:
    failures.log_path().parent.mkdir(parents=True)
    failures.log_path().symlink_to(tmp_path / "elsewhere")
    failures.note(failed())
    assert not (tmp_path / "elsewhere").exists()


def test_what_packages_log_and_warn_of_is_reduced(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(logging, "lastResort", logging.lastResort)
    root = logging.getLogger()
    before = root.handlers[:]
    root.handlers[:] = []
    try:
        failures.quiet_logging()
        try:
            raise failed()
        except ValueError:
            logging.getLogger("some.package").exception("it was %s", SECRET)
    finally:
        root.handlers[:] = before
    text = failures.log_path().read_text()
    assert "ERROR of some.package" in text
    assert "ValueError at" in text
    assert "Quibblefrost" not in text


WATCHED = """
import sys, threading, warnings
from placement_tui import failures
failures.watch(); failures.quiet_logging()
note = {secret!r}
{body}
"""


@pytest.mark.parametrize("body", [
    "raise RuntimeError(note)",
    "t = threading.Thread(target=lambda: 1 / 0 if note else None); t.start(); t.join(); raise SystemExit(1)",
    "warnings.warn(note); raise SystemExit(1)",
    "class Bad:\n    def __del__(self): raise RuntimeError(note)\nb = Bad(); del b; raise SystemExit(1)",
    "from concurrent.futures import Future\nf = Future(); f.add_done_callback(lambda f: 1 / 0); f.set_result(note); raise SystemExit(1)",
    "import asyncio\nasync def fails(): raise RuntimeError(note)\nasync def main():\n    asyncio.create_task(fails()); await asyncio.sleep(0.05)\nasyncio.run(main()); import gc; gc.collect(); raise SystemExit(1)",
], ids=["uncaught", "thread", "warning", "thrown away", "callback", "task"])  # fmt: skip
def test_no_way_of_failing_prints_a_value(body: str, tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", WATCHED.format(secret=SECRET, body=body)], capture_output=True, text=True, check=False,
        env={"XDG_STATE_HOME": str(tmp_path / "state"), "HOME": str(tmp_path), "PATH": ""}, cwd=Path(__file__).parents[2],
    )  # fmt: skip
    assert done.returncode == 1
    assert done.stdout == ""
    assert "Quibblefrost" not in done.stderr
    assert "Traceback" not in done.stderr
    text = failures.log_path().read_text()
    assert text.strip()
    assert "Quibblefrost" not in text
