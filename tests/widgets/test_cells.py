"""What the terminal shows is the same, cell by cell, whether Textual's frames are written whole or only their changes."""

from __future__ import annotations

import re
import unicodedata

import pyte
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len

from placement_tui.cells import Cells
from placement_tui.looks import Looks, ascii_for
from placement_tui.strokes import able

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


HIGH, WIDE_ENOUGH = 16, 60  # enough lines to be moved, and blanks to be erased


@st.composite
def lists(draw: st.DrawFn) -> list[str]:
    """Frames of a list between a title and a foot, moved by a few lines or by many, with a cursor and a thumb."""
    ground = draw(st.sampled_from(["", "48;5;233", "48;2;1;2;3"]))
    inks = draw(st.lists(st.sampled_from(["1;38;5;210", "38;5;245", "4;38;5;74", "7", "9", "38;5;252"]), min_size=3))
    made, at = [], 5
    for _ in range(draw(st.integers(1, 6))):
        at = max(0, at + draw(st.sampled_from([-9, -3, -2, -1, 0, 1, 2, 3, 9])))
        first, last = draw(st.sampled_from([(0, HIGH), (1, HIGH - 2), (3, HIGH)]))
        cursor = draw(st.integers(first, last - 1))
        parts = []
        for y in range(first, last):
            row = at + y
            wide = "漢" if row % draw(st.sampled_from([7, 1000])) == 3 else ""
            words = [
                str(row * 37 % 1000),
                "house" * (row % 3),
                f"{wide}TONIGHT"[: row % 11],
                " " * (row % 17),
                "x" * (row % 5),
            ]
            under = "48;5;24" if y == cursor else ground
            line, width = f"\x1b[{under}m{'>' if y == cursor else ' '} ", 2
            for n, word in enumerate(words):
                line += f"\x1b[0;{inks[(n + row) % len(inks)]}{';' + under if under else ''}m{word}\x1b[0;{under}m  "
                width += cell_len(word) + 2
            line += " " * (WIDE_ENOUGH - 1 - width) + ("#" if (y + at) % 8 < 3 else " ")
            parts.append(f"\x1b[{y + 1};1H{line}\x1b[0m")
        made.append("\n".join(parts) + f"\x1b[{cursor + 1};1H")
    return made


class Emulated:
    """A terminal of pyte that is fed strings."""

    def __init__(self, columns: int = COLUMNS, rows: int = ROWS) -> None:
        self.screen = pyte.Screen(columns, rows)
        self.stream = pyte.Stream(self.screen)
        self.stream.feed("\x1b[?7l")

    def cells(self) -> list[list[tuple[object, ...]]]:
        """What one would see of every cell: on a blank, only what shows on a blank."""
        seen = []
        for y in range(self.screen.lines):
            row = []
            for x in range(self.screen.columns):
                cell = self.screen.buffer[y][x]
                marked = cell.underscore or cell.strikethrough or cell.reverse
                blank = cell.data == " " and not marked
                fore = "default" if blank else (cell.fg, cell.bold, cell.italics)
                row.append((cell.data, fore, cell.bg, cell.underscore, cell.strikethrough, cell.reverse))
            seen.append(row)
        return seen


@given(frames(), st.booleans())
def test_changes_only_show_the_same_as_whole_frames(made: list[str], knows: bool) -> None:
    whole, changes, cells = Emulated(), Emulated(), Cells(COLUMNS, ROWS, able=knows)
    for frame in made:
        whole.stream.feed(frame)
        changes.stream.feed(cells.frame(frame))
        assert changes.cells() == whole.cells()
        assert (changes.screen.cursor.y, changes.screen.cursor.x) == (whole.screen.cursor.y, whole.screen.cursor.x)


@settings(max_examples=60)
@given(lists(), st.booleans())
def test_a_list_that_moves_shows_the_same_however_the_terminal_is_made_to_move_it(made: list[str], knows: bool) -> None:
    whole, changes = Emulated(WIDE_ENOUGH, HIGH), Emulated(WIDE_ENOUGH, HIGH)
    cells = Cells(WIDE_ENOUGH, HIGH, able=knows)
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


def listed(first: int, cursor: int) -> str:
    """A list of long lines from `first`, with its cursor on a line of the screen."""
    lines = [
        f"\x1b[{y + 1};1H{'>' if y == cursor else ' '} {first + y} the same words in every line of it, and {first + y}"
        for y in range(2, HIGH)
    ]
    return "\n".join(lines) + f"\x1b[{cursor + 1};1H"


@pytest.mark.parametrize("by", [1, -1, 3])
def test_lines_that_move_are_moved_by_a_terminal_that_can(by: int) -> None:
    knows, other = Cells(WIDE_ENOUGH, HIGH, able=True), Cells(WIDE_ENOUGH, HIGH)
    screen = pyte.Screen(WIDE_ENOUGH, HIGH)
    stream = pyte.Stream(screen)
    stream.feed(knows.frame(listed(100, 8)))
    other.frame(listed(100, 8))
    sent = knows.frame(listed(100 + by, 8))
    stream.feed(sent)
    assert screen.display[2].startswith(f"  {102 + by} the same")
    assert screen.display[8].startswith(f"> {108 + by} the same")
    assert screen.display[HIGH - 1].rstrip().endswith(f"and {99 + HIGH + by}")
    assert len(sent) < 60 + 70 * abs(by)
    assert "r" not in re.sub(r"[a-z ,>\d]{9,}", "", other.frame(listed(100 + by, 8)))  # no margins


def test_the_first_line_is_never_moved_off_the_screen() -> None:
    """A terminal may keep what leaves it at the top."""
    cells = Cells(WIDE_ENOUGH, HIGH, able=True)
    whole = [f"\x1b[{y + 1};1Hline {y}, as long as the others" for y in range(HIGH)]
    cells.frame("\n".join(whole))
    moved = [f"\x1b[{y + 1};1Hline {y + 1}, as long as the others" for y in range(HIGH)]
    assert not re.search(r"\x1b\[\d+;\d+r", cells.frame("\n".join(moved)))


def test_each_look_is_taken_up_once_and_blanks_are_erased() -> None:
    cells = Cells(WIDE_ENOUGH, HIGH, able=True)
    rows = [
        f"\x1b[{y + 1};1H\x1b[48;5;233mplain \x1b[1;38;5;210;48;5;233mNOW\x1b[0;48;5;233m {' ' * 50}\x1b[0m"
        for y in range(HIGH)
    ]
    sent = cells.frame("\n".join(rows))
    assert sent.count("210") == 1
    assert " " * 4 not in sent
    assert len(sent) < 26 * HIGH


@pytest.mark.parametrize(
    ("term", "can"),
    [("xterm-256color", True), ("tmux-256color", True), ("linux", True), ("screen", False), ("screen-256color", False),
     ("vt100", False), ("", False)],
)  # fmt: skip
def test_only_terminals_that_are_known_are_asked_to_erase_and_to_move_lines(term: str, can: bool) -> None:
    assert able(term) is can
