"""Whatever the terminal says of itself, whatever it reads and however large it is: the words are there, and it is given back."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest

pytest.importorskip("termios", reason="a pseudo-terminal")
from tests.journeys.terminals import AnyTerminal, board, board_alone, colours

pytestmark = [pytest.mark.pty, pytest.mark.xdist_group("terminals")]

PLAIN = {"LC_ALL": "en_US.ISO-8859-1", "PYTHONUTF8": "0", "PYTHONIOENCODING": "ascii"}
TERMINALS: dict[str, tuple[dict[str, str], tuple[int, int]]] = {
    "xterm": ({}, (80, 24)),
    "xterm-256color": ({"COLORTERM": "truecolor"}, (200, 60)),
    "screen": ({"LANG": "C"}, (60, 20)),
    "screen-256color": (PLAIN, (80, 24)),
    "tmux-256color": ({"NO_COLOR": "1"}, (120, 40)),
    "linux": ({"LANG": "C", "NO_COLOR": "1"}, (80, 25)),
    "vt100": ({"LC_ALL": "POSIX"}, (80, 24)),
    "vt220": ({"LC_ALL": "en_US.ISO-8859-1"}, (132, 43)),
    "ansi": ({"PLACEMENT_ASCII": "1"}, (80, 24)),
    "": ({}, (60, 20)),
    "never-heard-of": ({"LANG": "C", "PLACEMENT_DRIVER": "stock"}, (100, 30)),
}
READS_UTF8 = {"xterm", "xterm-256color", "tmux-256color", ""}


@pytest.mark.parametrize("name", TERMINALS, ids=lambda name: name or "none")
def test_every_terminal_gets_the_words_and_itself_back(made_demo: Path, tmp_path: Path, name: str) -> None:
    env, size = TERMINALS[name]
    with AnyTerminal(made_demo, tmp_path, {"TERM": name, **env}, size) as term:
        term.wait(board)
        assert {"1049", "2004"} <= term.modes
        for keys, words in (
            ("enter", " waiting"), ("q", "Duty board"), (":", "letters find records too"), ("escape", board_alone),
            ("b", "every home in use"),
        ):  # fmt: skip
            term.press(keys)
            term.wait(words)
        term.quiet(0.3)
        shown = term.text
        if name in READS_UTF8:
            assert re.search(r"£[\d,]+ a week", shown)
            assert "›" in shown
        elif env.get("PLACEMENT_DRIVER") != "stock":
            assert re.search(r"GBP [\d,]+ a week", shown)
            assert ">" in shown
            assert term.sent.isascii()
            assert b"\\u" not in term.sent
        term.press("?")
        term.wait("closes this")
        term.leave()
        if "NO_COLOR" in env:
            assert not colours(term.sent)
        if env.get("COLORTERM") != "truecolor":
            assert b"8;2;" not in term.sent  # no 24-bit colour where nobody said so
        if "256color" not in name:
            assert b"8;5;" not in term.sent


def test_a_dumb_terminal_is_told_of_the_command_line_and_sent_no_sequence(made_demo: Path, tmp_path: Path) -> None:
    with AnyTerminal(made_demo, tmp_path, {"TERM": "dumb"}) as term:
        assert term.exit_code(30) == 2
        assert "cannot place its cursor" in term.text
        assert "placement --help" in term.text
        assert b"\x1b" not in term.sent
    argv = [sys.executable, "-m", "placement_tui", "--store", str(made_demo), "referrals"]
    with AnyTerminal(made_demo, tmp_path, {"TERM": "dumb", "LANG": "C"}, argv=argv) as term:
        term.wait("26-0")  # which does all of it
        assert term.exit_code(30) == 0
        assert b"\x1b" not in term.sent
        assert term.sent.isascii()
