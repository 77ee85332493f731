"""What the terminal shows is the same, cell by cell, whether Textual's frames are written whole or only their changes."""

from __future__ import annotations

import re
import unicodedata

import pyte
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from placement_tui.cells import Cells
from placement_tui.looks import Looks, ascii_for

COLUMNS, ROWS = 24, 6
STYLES = [
    "",
    "1",
    "2;31",
    "1;38;2;10;20;30;48;2;1;2;3",
    "48;2;1;2;3",
    "7",
    "4;38;5;120",
    "9;90;107",
    "3;48;5;17",
    "38;5;9",
]
NARROW = st.text(st.sampled_from("  abcXYZ19-|─│é£[]/"), max_size=COLUMNS)
WIDE = st.lists(st.sampled_from(["a", " ", "b", "é", "漢", "字", "🙂", "e\u0301", "─"]), max_size=COLUMNS // 2)


@st.composite
def frames(draw: st.DrawFn) -> list[str]:
    """Frames as Textual makes them: spans of styled text at places, wide characters only in rows written whole."""
    made, uneven = [], set[int]()
    for _ in range(draw(st.integers(1, 6))):
        parts = []
        for y in sorted(draw(st.sets(st.integers(0, ROWS - 1), min_size=1))):
            if y in uneven or draw(st.integers(0, 5)) == 0:
                text = "".join(draw(WIDE))
                uneven.add(y)
                filler = " " * (COLUMNS - cell_len(text))
                pieces = [(0, [(text, draw(st.sampled_from(STYLES))), (filler, draw(st.sampled_from(STYLES)))])]
            else:
                pieces = []
                for _ in range(draw(st.integers(1, 2))):
                    x = draw(st.integers(0, COLUMNS - 1))
                    text = draw(NARROW)[: COLUMNS - x]
                    half = draw(st.integers(0, len(text)))
                    spans = [(text[:half], draw(st.sampled_from(STYLES))), (text[half:], draw(st.sampled_from(STYLES)))]
                    pieces.append((x, spans))
            line = ""
            for x, spans in pieces:
                body = "".join(f"\x1b[{sgr}m{text}\x1b[0m" if sgr else text for text, sgr in spans if text)
                line += f"\x1b[{y + 1};{x + 1}H{body}"
            parts.append(line)
        cursor = f"\x1b[{draw(st.integers(1, ROWS))};{draw(st.integers(1, COLUMNS))}H"
        made.append("\n".join(parts) + cursor)
    return made


class Emulated:
    """A terminal of pyte that is fed strings."""

    def __init__(self) -> None:
        self.screen = pyte.Screen(COLUMNS, ROWS)
        self.stream = pyte.Stream(self.screen)
        self.stream.feed("\x1b[?7l")

    def cells(self) -> list[list[tuple[object, ...]]]:
        """What one would see of every cell: on a blank, only what shows on a blank."""
        seen = []
        for y in range(ROWS):
            row = []
            for x in range(COLUMNS):
                cell = self.screen.buffer[y][x]
                marked = cell.underscore or cell.strikethrough or cell.reverse
                blank = cell.data == " " and not marked
                fore = "default" if blank else (cell.fg, cell.bold, cell.italics)
                row.append((cell.data, fore, cell.bg, cell.underscore, cell.strikethrough, cell.reverse))
            seen.append(row)
        return seen


@given(frames())
def test_changes_only_show_the_same_as_whole_frames(made: list[str]) -> None:
    whole, changes, cells = Emulated(), Emulated(), Cells(COLUMNS, ROWS)
    for frame in made:
        whole.stream.feed(frame)
        changes.stream.feed(cells.frame(frame))
        assert changes.cells() == whole.cells()
        assert (changes.screen.cursor.y, changes.screen.cursor.x) == (whole.screen.cursor.y, whole.screen.cursor.x)


@given(frames())
def test_a_frame_seen_before_writes_nothing(made: list[str]) -> None:
    cells = Cells(COLUMNS, ROWS)
    for frame in made:
        cells.frame(frame)
        assert cells.frame(frame) == ""


@given(frames(), st.text(max_size=200))
def test_a_repaint_mends_whatever_another_program_wrote(made: list[str], noise: str) -> None:
    whole, changes, cells = Emulated(), Emulated(), Cells(COLUMNS, ROWS)
    for frame in made:
        whole.stream.feed(frame)
        changes.stream.feed(cells.frame(frame))
    changes.stream.feed("wall: going down\r\n" + "".join(c for c in noise if unicodedata.category(c) != "Cc"))
    cells.forget()
    changes.stream.feed(cells.frame(""))
    assert changes.cells() == whole.cells()


@given(frames())
def test_without_colour_no_colour_is_sent(made: list[str]) -> None:
    cells = Cells(COLUMNS, ROWS, colour=False)
    for frame in made:
        written = cells.frame(frame)
        assert not any(f"{colour}" in written for colour in ("38;", "48;", "[31", ";31", "90", "107"))


@given(frames())
def test_without_utf8_every_byte_is_ascii_and_columns_stay(made: list[str]) -> None:
    plain, cells = Emulated(), Cells(COLUMNS, ROWS, encoding="ascii")
    for frame in made:
        written = cells.frame(frame)
        assert written.isascii()
        plain.stream.feed(written)
    assert all(len(line) == COLUMNS for line in plain.screen.display)


def test_a_new_size_keeps_what_both_sizes_show() -> None:
    cells = Cells(10, 2)
    cells.frame("\x1b[1;1Habcdefghij\n\x1b[2;1Hklmnopqrst\x1b[1;1H")
    cells.resize(5, 3)
    screen = pyte.Screen(5, 3)
    pyte.Stream(screen).feed(cells.frame("\x1b[3;1Hxyz\x1b[1;1H"))
    assert screen.display == ["abcde", "klmno", "xyz  "]


def test_a_sequence_that_stands_in_a_text_is_drawn_and_never_sent() -> None:
    cells = Cells(40, 2)
    sent = cells.frame("\x1b[1;1H\x1b]52;c;QUJD\x07\x9b2J\x1b[2Jab\x1bc\x1b[1;1H")
    assert "\ufffd]52;c;QUJD\ufffd\ufffd2J\ufffd[2Jab\ufffdc" in sent
    assert not set(sent.replace("\x1b[0m\x1b[2J", "", 1)) & {"\x07", "\x9b"}


@given(st.text(st.characters(codec="utf-8"), max_size=60))
def test_no_control_character_of_a_text_arrives_at_a_terminal(text: str) -> None:
    sent = Cells(80, 3).frame(f"\x1b[2;1H{text}\x1b[0m\x1b[1;1H")
    bare = re.sub(r"\x1b\[(?:\d*(?:;\d+)?H|[\d;]*m|2J|\d*C)|\r\n?", "", sent)
    assert not re.search("[\0-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]", bare), bare


def test_a_cursor_that_moves_down_a_list_writes_two_rows() -> None:
    row = "\x1b[{y};1H\x1b[{sgr}m{text}\x1b[0m"
    plain, lit = "38;2;224;224;224;48;2;18;18;18", "38;2;224;224;224;48;2;10;63;105"
    cells = Cells(80, 24)
    cells.frame("\n".join(row.format(y=y, sgr=plain, text=f"{y:>80}") for y in range(1, 25)) + "\x1b[1;1H")
    moved = [row.format(y=4, sgr=plain, text=f"{4:>80}"), row.format(y=5, sgr=lit, text=f"{5:>80}")]
    assert len(cells.frame("\n".join(moved) + "\x1b[5;1H")) < 2 * 80 + 40


@pytest.mark.parametrize(
    ("text", "encoding", "shown"),
    [
        ("Ó Súilleabháin", "ascii", "O Suilleabhain"),
        ("Ó Súilleabháin", "iso-8859-1", "Ó Súilleabháin"),
        ("┌─┐ › …", "ascii", "+-+ > ~"),
        ("漢字", "ascii", "????"),
        ("naïve €5", "iso-8859-1", "naïve ?5"),
    ],
)
def test_text_for_terminals_without_utf8(text: str, encoding: str, shown: str) -> None:
    assert ascii_for(text, encoding) == shown


def test_the_shorter_way_between_two_looks_is_taken() -> None:
    looks = Looks()
    bold = looks.apply(0, "1;38;2;1;2;3;48;2;9;9;9")
    light = looks.apply(0, "38;2;1;2;3;48;2;9;9;9")
    assert looks.change(bold, light, False) == "\x1b[22m"
    assert looks.change(light, 0, False) == "\x1b[m"
    assert looks.change(light, looks.apply(0, "48;2;9;9;9"), True) == ""
