"""The program in a real terminal: the same cells as with Textual's own driver, far fewer bytes, and Escape at once."""

from __future__ import annotations

import re
import statistics
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

pytest.importorskip("termios", reason="a pseudo-terminal")

from tests.ptydrive import Terminal

pytestmark = pytest.mark.pty
PROGRAM = [sys.executable, str(Path(__file__).with_name("board_program.py"))]
STOCK = {"PLACEMENT_DRIVER": "stock"}


def colours(sent: bytes) -> set[str]:
    """The colour parameters among what was sent."""
    parameters = {part for sgr in re.findall(rb"\x1b\[([\d;]*)m", sent) for part in sgr.decode().split(";") if part}
    return {part for part in parameters if 30 <= int(part) <= 38 or 40 <= int(part) <= 48 or 90 <= int(part) <= 107}


def board(env: Mapping[str, str] | None = None, cols: int = 120, rows: int = 40) -> Terminal:
    return Terminal(PROGRAM, cols, rows, {"PYTHONPATH": str(Path(__file__).parent), **(env or {})})


KEYS = [
    ("j", "› 26-0001"), ("down", "› 26-0002"), ("pagedown", "› 26-002"), ("g", "› 26-0000"),
    ("f", "Homes for"), ("o", "names like o"), ("\u00f3", "names like oó"), ("backspace", lambda s: "oó" not in s.display[2]),
    ("tab", "Homes for"), ("j", "›"), ("escape", "Duty board"), ("X", "Close 26-0142?"), ("c", "Closed"),
    ("d", "New referral"), ("K", "* K"), ("tab", "› Why"), ("漢", "漢"), ("escape", "Duty board"),
]  # fmt: skip


@pytest.mark.parametrize("cols", [120, 60])
@pytest.mark.parametrize("theme", ["placement-dark", "ansi-dark"])
def test_every_screen_is_the_same_cell_by_cell_as_with_textuals_own_driver(cols: int, theme: str) -> None:
    with board({"THEME": theme, **STOCK}, cols, 24) as stock, board({"THEME": theme}, cols, 24) as changes:
        for term in (stock, changes):
            term.wait("Duty board")
            term.wait("26-0000")
            term.quiet()
        assert changes.cells() == stock.cells()
        for key, until in KEYS:
            for term in (stock, changes):
                term.press(key)
            for term in (stock, changes):
                term.wait(until)
                term.quiet(0.08)
            assert changes.cells() == stock.cells(), f"after {key!r}:\n{stock.text}\n{changes.text}"


def test_the_bytes_of_a_key_a_dialog_and_a_screen() -> None:
    """At 120x40: echo 130, cursor 350, search key 600 (800 with two names of wide characters), dialog 3.5 k, screen 7 k."""
    with board({"ROWS": "5000"}) as term:
        assert term.measure("", "26-0000").size < 10_000
        term.quiet(0.3)
        for key, until, most in [
            ("j", "› 26-0001", 350), ("j", "› 26-0002", 350), ("pagedown", "› 26-0036", 3_500), ("f", "Homes for", 7_000),
            ("e", "names like e", 800), ("l", "names like el", 600), ("escape", "Duty board", 7_000),
            ("X", "Close 26-0142?", 3_500), ("c", "Closed", 3_500), ("d", "New referral", 7_000), ("K", "* K", 130),
            ("J", "* KJ", 130),
        ]:  # fmt: skip
            sample = term.measure(key, until, quiet=0.1)
            assert sample.size <= most, (key, sample.size)
        term.chunks.clear()
        term.quiet(0.6)
        assert term.chunks == []  # nothing is written while nothing happens


def test_a_key_is_one_write() -> None:
    with board() as term:
        term.wait("26-0000")
        term.quiet(0.3)
        assert [len(term.measure("j", f"› 26-000{n}").chunks) for n in (1, 2, 3)] == [1, 1, 1]


def test_escape_is_known_at_once_and_a_sequence_is_not_taken_for_it() -> None:
    with board() as term:
        term.wait("26-0000")
        took = []
        for _ in range(5):
            term.press("f")
            term.wait("Homes for")
            term.quiet(0.05)
            took.append(term.measure("escape", "Duty board", quiet=0.05).seconds)
        assert statistics.median(took) < 0.1  # Textual's own thread looks every 0.1 s, after waiting as long
        term.press("f")
        term.wait("Homes for")
        term.press("\x1b")
        term.press("[B")
        term.wait("›")
        assert term.shows("Homes for")


def test_quitting_gives_the_terminal_back() -> None:
    with board() as term:
        term.wait("26-0000")
        term.press("ctrl+q")
        assert term.exit_code() == 0
        tail = b"".join(data for _, data in term.chunks)
        assert b"\x1b[?1049l" in tail
        assert tail.rindex(b"\x1b[?25h") > tail.rindex(b"\x1b[?1049l")


def test_control_l_mends_what_another_program_wrote() -> None:
    with board() as term:
        term.wait("26-0000")
        term.quiet(0.3)
        before = term.cells()
        term.stream.feed(b"\x1b[5;10Hwall: the server goes down\r\n\r\nat 18:00\x1b[1;31m")
        assert term.cells() != before
        term.press("ctrl+l")
        term.wait(lambda _: term.cells() == before)


def test_another_size_is_painted_whole_and_too_small_is_said() -> None:
    with board() as term:
        term.wait("26-0000")
        term.resize(90, 30)
        term.wait(lambda screen: screen.display[0].rstrip().endswith("16:32") and len(screen.display[0]) == 90)
        term.quiet()
        with board({}, 90, 30) as fresh:
            fresh.wait("26-0000")
            fresh.quiet()
            assert term.text == fresh.text
        term.resize(40, 10)
        term.wait("Too small")
        term.resize(60, 20)
        term.wait("Duty board")


def test_ten_thousand_characters_pasted_are_all_there_with_or_without_bracketed_paste() -> None:
    for bracketed in (True, False):
        with board() as term:
            term.wait("26-0000")
            term.press("d")
            term.wait("New referral")
            term.quiet(0.1)
            term.paste("Carer ill. " * 1_000, bracketed)
            term.wait("10,999 characters; 200 can be saved")


def test_a_paste_without_brackets_into_a_list_runs_no_commands() -> None:
    with board() as term:
        term.wait("26-0000")
        term.quiet(0.2)
        before = term.text
        term.paste("Xc" * 200, bracketed=False)
        term.quiet(0.3)
        assert term.text == before


def test_keys_typed_before_the_first_paint_are_kept() -> None:
    with board() as term:
        term.press("j", "j", "j")
        term.wait("› 26-0003")


def test_no_color_sends_no_colour_and_the_cursor_still_shows() -> None:
    with board({"NO_COLOR": "1"}) as term:
        term.wait("26-0000")
        term.press("j")
        term.wait("› 26-0001")
        term.press("X")
        term.wait("Close 26-0142?")
        term.quiet()
        sent = b"".join(data for _, data in term.chunks)
        assert not colours(sent)
    with board({"NO_COLOR": "1"}) as term:
        term.wait("26-0000")
        term.quiet()
        assert not colours(b"".join(data for _, data in term.chunks))
        assert term.screen.buffer[3][4].reverse


@pytest.mark.parametrize("term_name", ["xterm", "linux", "screen", "vt100", "tmux-256color", "unknown"])
def test_other_terminals_get_the_same_words(term_name: str) -> None:
    with board({"TERM": term_name, "COLORTERM": ""}, 80, 24) as term:
        term.wait("26-0000")
        term.press("X")
        term.wait("Close 26-0142?")
        sent = b"".join(data for _, data in term.chunks)
        assert b"8;2;" not in sent  # no 24-bit colour where nobody said so


@pytest.mark.parametrize(
    "env",
    [
        {"LANG": "C"}, {"LC_ALL": "C"}, {"LC_ALL": "POSIX"},
        {"LC_ALL": "en_US.ISO-8859-1", "PYTHONUTF8": "0", "PYTHONIOENCODING": "ascii"},
        {"PLACEMENT_ASCII": "1"},
    ],
    ids=str,
)  # fmt: skip
def test_without_utf8_lines_and_names_are_ascii(env: dict[str, str]) -> None:
    with board(env, 80, 24) as term:
        term.wait("26-0000")
        term.press("X")
        term.wait("Close 26-0142?")
        term.quiet()
        sent = b"".join(data for _, data in term.chunks)
        assert sent.isascii()
        assert b"\\u" not in sent
        assert "O Suilleabhain" in term.text
        assert "> 26-0000" in term.text
        assert re.search(r"\+-{20,}\+", term.text)


def test_a_dumb_terminal_is_refused_in_words() -> None:
    with board({"TERM": "dumb"}) as term:
        assert term.exit_code() == 2
        assert "This terminal cannot place its cursor" in term.text


def test_the_own_editor_opens_and_the_screen_comes_back(tmp_path: Path) -> None:
    editor = tmp_path / "editor"
    editor.write_text('#!/bin/sh\necho EDITING; read line; echo "written outside" >> "$1"\n')
    editor.chmod(0o700)
    with board({"EDITOR": str(editor)}) as term:
        term.wait("26-0000")
        term.press("d")
        term.wait("New referral")
        term.press("tab")
        term.wait("› Why")
        term.press("s", "o", "enter", "ctrl+e")
        term.wait("EDITING")
        term.press("enter")
        term.wait("written outside")
        assert term.shows("New referral")
        term.press("escape")
        term.wait("Duty board")
