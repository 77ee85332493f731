"""A line that drops leaves the program as it was on the server, and the next one finds it there, painted at once."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

pytest.importorskip("termios", reason="a pseudo-terminal")
from tests.journeys import keepers
from tests.journeys.terminals import ROOT, AnyTerminal, board, until

pytestmark = [pytest.mark.pty, pytest.mark.xdist_group("terminals")]
RETURN = 12_000  # bytes of the whole screen, at 80x24, as tmux writes it


def drops(term: AnyTerminal) -> None:
    """The line is gone, as when a lid closes: whoever was attached hears no goodbye."""
    os.close(term.fd)
    term.fd = os.open(os.devnull, os.O_RDONLY)
    term.ended = True

    def gone() -> bool:
        pid, _ = os.waitpid(term.pid, os.WNOHANG)
        return bool(pid)

    until(gone, "the line is gone and its end is not")
    term.pid = 0x7FFFFFFF


def half_typed(term: AnyTerminal) -> None:
    term.wait(board)
    term.press("e")
    term.wait("› Child")
    term.press(*"KJ W-1")
    term.wait("KJ W-1")
    term.idle()


def test_tmux_brings_a_dropped_session_back_at_any_size(demo: Path, tmp_path: Path) -> None:
    with keepers.tmux(tmp_path, demo) as keeper:
        with keeper.attached() as term:
            half_typed(term)
            drops(term)
        pid = keeper.says("display-message", "-p", "#{pane_pid}")
        assert "TERM=tmux-256color" in Path(f"/proc/{pid}/environ").read_text().split("\0")
        for size in ((80, 24), (100, 30), (60, 20), (80, 24)):
            with keeper.attached(size) as term:
                term.wait(lambda screen: "KJ W-1" in "\n".join(screen.display))
                until(lambda: term.quiet(0.1) or _fits(term), "it is drawn at another size")
                assert sum(len(data) for _, data in term.chunks) < RETURN * 3  # drawn as it was, then as it is
                drops(term)
        with keeper.attached() as term:
            term.wait(lambda screen: "KJ W-1" in "\n".join(screen.display))
            term.quiet(0.3)
            term.press("\x1b[O", "\x1b[I", "\x1b[O", "\x1b[I")  # the window loses the focus and has it again
            term.press(*"0234")
            term.wait("KJ W-10234")
            assert keeper.says("display-message", "-p", "#{pane_pid}") == pid  # it was never started again
            term.press("escape")
            term.wait(board)
            term.press("ctrl+q")
            term.wait("[exited]")
            assert term.exit_code(30) == 0


def _fits(term: AnyTerminal) -> bool:
    """True once the title's line reaches to the right edge."""
    title = term.screen.display[0]
    return title.rstrip().endswith("eight fields") and len(title.rstrip()) >= term.screen.columns - 2


def test_coming_back_asks_nothing_of_the_program_and_sends_the_screen_once(demo: Path, tmp_path: Path) -> None:
    with keepers.tmux(tmp_path, demo) as keeper:
        with keeper.attached() as term:
            term.wait(board)
            term.idle()
            drops(term)
        with keeper.attached() as term:
            term.wait(board)
            term.quiet(0.3)
            assert sum(len(data) for _, data in term.chunks) < RETURN


def test_screen_brings_it_back_too(demo: Path, tmp_path: Path) -> None:
    with keepers.screen(tmp_path, demo) as keeper:
        with keeper.attached() as term:
            half_typed(term)
            drops(term)
        with keeper.attached((100, 30)) as term:
            term.wait(lambda screen: "KJ W-1" in "\n".join(screen.display))
            until(lambda: term.quiet(0.1) or _fits(term), "it is drawn at another size")
            term.press(*"0234")
            term.wait("KJ W-10234")
            term.press("escape")
            term.wait(board)
            term.press("ctrl+q")
            assert term.exit_code(30) == 0


def test_the_measurement_of_coming_back_runs(demo: Path) -> None:
    script = ROOT / "tests" / "speed" / "bench_return.py"
    done = subprocess.run(
        [sys.executable, str(script), "--store", str(demo), "--rounds", "2"], capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert "milliseconds" in done.stdout
    assert " bytes" in done.stdout
