"""What people wrote never moves a terminal: every format of the command line, for any text."""

from __future__ import annotations

import io
import json
import re
import sys
from contextlib import redirect_stderr, redirect_stdout

import pytest
from hypothesis import given
from hypothesis import strategies as st

from placement_tui.cli.output import Column, Output, sentences
from placement_tui.domain.typed_text import MARK, drawn

HOSTILE = [
    "\x1b]52;c;QUJD\x07", "\x1b[2J\x1b[31m", "\x9b2J", "\x9d52;c;QUJD\x9c", "\x1bc", "\x90q\x1b\\", "\x07", "\b\b\b", "\r overwritten",
    "\u202egnirts", "\u2066\u2069", "\u200e\u200f\u061c", "\x00", "\x7f", "a\nb", "\x1b]0;title\x07", "\u2028", "\x0e\x0f", "\x85",
    "\x1b]8;;http://x\x1b\\link", "\x1b[6n", "\x1bP+q544e\x1b\\", "\ud800",
]  # fmt: skip
ANY = st.one_of(
    st.sampled_from(HOSTILE), st.text(max_size=40), st.lists(st.sampled_from(HOSTILE), max_size=4).map("x".join)
)
MOVES = re.compile("[\0-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
COLUMNS = [
    Column[dict[str, str]]("name", "Name", lambda row: row["name"]),
    Column[dict[str, str]]("note", "Note", lambda row: row["note"]),
]


def printed(shape: str, *rows: dict[str, str]) -> str:
    """What stands on the terminal."""
    out = io.StringIO()
    with redirect_stdout(out), redirect_stderr(out):
        Output(shape).rows(COLUMNS, rows, "nothing")
    return out.getvalue()


@pytest.mark.parametrize("shape", ["table", "json", "csv"])
@given(name=ANY, note=ANY)
def test_no_format_sends_a_control_character_of_a_text(shape: str, name: str, note: str) -> None:
    shown = printed(shape, {"name": name, "note": note})
    assert not MOVES.search(shown), ascii(shown)
    if shape == "table":
        assert shown.count("\n") <= 2  # a title and a row: no line of anybody's making


@given(name=ANY)
def test_json_loses_nothing_of_it(name: str) -> None:
    assert json.loads(printed("json", {"name": name, "note": ""}))[0]["name"] == name


@given(ANY)
def test_words_for_people_send_none_either(text: str) -> None:
    assert not MOVES.search(sentences(text))
    out = io.StringIO()
    with redirect_stdout(out), redirect_stderr(out):
        Output("table").line(text)
        Output("table").say(text)
        Output("table").saved(text, {"x": text}, text)
        Output("table").fields(COLUMNS, {"name": text, "note": text})
    assert not MOVES.search(out.getvalue()), ascii(out.getvalue())


def test_what_was_planted_is_seen() -> None:
    assert drawn("a\x1b]52;c;QUJD\x07b") == f"a{MARK}]52;c;QUJD{MARK}b"
    assert drawn("\u202egnirts") == f"{MARK}gnirts"
    assert MARK in printed("csv", {"name": "\x9b2J", "note": ""})
    assert "\\u009b2J" in printed("json", {"name": "\x9b2J", "note": ""})


@given(what=ANY)
def test_a_bar_of_progress_draws_its_words(what: str) -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    screen = Terminal()
    before, sys.stderr = sys.stderr, screen
    try:
        with Output("table").progress(what) as bar:
            bar(1, 2)
    finally:
        sys.stderr = before
    assert not MOVES.search(screen.getvalue().replace("\r\x1b[K", "").replace("\r", "", 1))
