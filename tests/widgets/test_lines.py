"""Title, status, toast and footer: they say what is, where we are and what can be done, and nothing jumps."""

from __future__ import annotations

from typing import Any, ClassVar

import pytest
from textual.color import Color
from textual.geometry import Size
from textual.screen import Screen

from placement_tui import commands
from placement_tui.commands import Command
from placement_tui.widgets import themes
from placement_tui.widgets.bindings import Commanded, bindings_for, reasons
from placement_tui.widgets.inks import contrast, palette
from placement_tui.widgets.lines import Block, FooterLine, Rule, StatusLine, TitleLine, ToastLine, spread
from placement_tui.widgets.reading import Reading
from placement_tui.widgets.size import SizeMinded, TooSmall
from placement_tui.widgets.text import Span
from tests.widgets.faces import ALL, Face, lines, shown
from tests.widgets.test_table import Row, table


@pytest.mark.parametrize("width", [120, 80, 60, 40, 24])
async def test_a_demo_says_so_on_every_screen_however_narrow(width: int) -> None:
    title = TitleLine("26-0142 KJ 14 M · foster, then residential", "Tue 14 Oct 16:32", council="Wirral", demo=True)
    app = ALL(title)
    async with app.run_test(size=(width, 4)) as pilot:
        await pilot.pause()
        assert "DEMO" in lines(app)[0]
        title.say("Homes", "16:33")
        await pilot.pause()
        assert "DEMO" in lines(app)[0]
        assert "Homes" in lines(app)[0]
        assert lines(app)[0].rstrip().endswith("16:33")


async def test_a_store_that_is_no_demo_does_not_say_demo() -> None:
    app = ALL(TitleLine("Duty board", "16:32", council="Wirral"))
    async with app.run_test(size=(80, 4)) as pilot:
        await pilot.pause()
        assert "Wirral" in lines(app)[0]
        assert "DEMO" not in lines(app)[0]


async def test_a_toast_says_what_was_saved_and_how_to_take_it_back_in_its_own_line() -> None:
    toast = ToastLine()
    app = ALL(Rule(), toast, StatusLine("14 of 412"))
    async with app.run_test(size=(80, 4)) as pilot:
        await pilot.pause()
        before = lines(app)
        toast.saved("Cedar House: no, matching")
        await pilot.pause()
        assert lines(app)[1].strip() == "Cedar House: no, matching. u undoes"
        assert toast.said == "Cedar House: no, matching. u undoes"
        assert (lines(app)[0], lines(app)[2]) == (before[0], before[2])
        toast.refused("No offer to accept")
        await pilot.pause()
        assert lines(app)[1].strip() == "No offer to accept"
        toast.clear()
        await pilot.pause()
        assert lines(app) == before


async def test_a_footer_shows_as_many_hints_as_fit_and_always_help() -> None:
    footer = FooterLine(commands.footer_for("calls"), place="calls")
    app = ALL(footer)
    async with app.run_test(size=(120, 4)) as pilot:
        await pilot.pause()
        assert lines(app)[0].startswith(" 1-9 no  c what would change it  o offer  - no reply")
        assert lines(app)[0].rstrip().endswith("? help")
        await pilot.resize_terminal(60, 4)
        await pilot.pause(0.1)
        assert lines(app)[0].rstrip().endswith("? help")
        assert len(lines(app)[0]) == 60


class Board(Commanded, Screen[None]):
    """A screen with the board's commands."""

    BINDINGS: ClassVar[list[Any]] = bindings_for("board")

    def __init__(self) -> None:
        super().__init__()
        self.ran: list[str] = []

    def compose(self) -> Any:
        yield table(choosing=False)
        yield ToastLine()
        yield FooterLine(commands.footer_for("board"), place="board")

    def reason_not(self, command_id: str) -> str | None:
        return "No offer yet" if command_id == "board.offers" else None

    def say_why_not(self, command: Command, reason: str) -> None:
        self.query_one(ToastLine).refused(reason)

    def action_open(self) -> None:
        self.ran.append("open")

    def action_offers(self) -> None:
        self.ran.append("offers")


class Program(Commanded, Face):
    """An application with the commands of anywhere."""

    BINDINGS: ClassVar[list[Any]] = bindings_for("anywhere")

    def action_new_referral(self) -> None:
        self.heard.append("new")

    def action_switch(self) -> None:
        self.heard.append("switch")

    def action_help(self) -> None:
        self.heard.append("help")


async def test_a_key_runs_its_command_or_says_why_not() -> None:
    app, board = Program(), Board()
    async with app.run_test(size=(80, 24)) as pilot:
        await app.push_screen(board)
        board.query_one(type(table())).show([Row(1, "a")])
        await pilot.press("enter")
        assert board.ran == ["open"]
        await pilot.press("o")
        assert board.ran == ["open"]
        assert "No offer yet" in shown(app)
        board.query_one(FooterLine).offer(commands.footer_for("board"), reasons("board", board), "board")
        await pilot.press("n", "f2", "apostrophe", "question_mark", "f1")
        assert app.heard == ["new", "new", "switch", "help", "help"]


async def test_a_page_scrolls_and_leaves_no_space_below() -> None:
    page = Reading([f"line {n}" for n in range(100)])
    app = ALL(page)
    async with app.run_test(size=(40, 10)) as pilot:
        page.focus()
        await pilot.press("j", "j", "k")
        assert lines(app)[0].startswith("line 1 ")
        await pilot.press("pagedown")
        assert lines(app)[0].startswith("line 10")
        await pilot.press("G")
        assert lines(app)[-1].startswith("line 99")
        page.show(["short"])
        await pilot.pause()
        assert lines(app)[0].startswith("short")


async def test_a_terminal_that_is_too_small_is_told_so_and_comes_back_as_it_was() -> None:
    class Small(SizeMinded, Face):
        pass

    app = Small(Block("the board"))
    async with app.run_test(size=(80, 24)) as pilot:
        pressed: list[str] = []
        app.screen._forward_event = lambda event: pressed.append(event.key)  # type: ignore[method-assign]  # what arrives
        await pilot.resize_terminal(40, 10)
        await pilot.pause(0.1)
        assert app.too_small is not None
        assert [line.rstrip() for line in app.too_small.lines][:3] == [
            "Too small: 40x10", "Make it 60x20 at least", "All is kept"
        ]  # fmt: skip
        await pilot.press("q")
        await pilot.resize_terminal(60, 20)
        await pilot.pause(0.1)
        assert app.too_small is None
        await pilot.press("j")
        assert pressed == ["j"]
        assert "the board" in shown(app)


@pytest.mark.parametrize("columns", [1, 7, 59])
@pytest.mark.parametrize("rows", [1, 2, 19])
def test_what_is_said_of_a_small_terminal_fits_it(columns: int, rows: int) -> None:
    lines = TooSmall(Size(columns, rows)).lines
    assert len(lines) == rows
    assert {len(line) for line in lines} == {columns}
    said = f"Too small: {columns}x{rows}Make it 60x20 at leastAll is kept".replace(" ", "")
    assert said.startswith("".join(lines).replace(" ", ""))


@pytest.mark.parametrize("name", ["placement-dark", "placement-light", "placement-contrast", "nord", "solarized-light"])
async def test_every_ink_can_be_read_on_every_ground(name: str) -> None:
    """WCAG 2.2, 1.4.3: 4.5 to 1."""
    app = ALL(Block("x"))
    async with app.run_test(size=(80, 24)) as pilot:
        app.theme = name
        await pilot.pause()
        inks = palette(app)
        for base in ("", "cursor", "resting", "changed", "bar", "panel"):
            for ink in ("", "muted", "strong", "accent", "good", "warn", "bad", "head", "key"):
                style = inks.style(ink, base)
                assert style.color is not None
                assert style.bgcolor is not None
                front, back = Color.from_rich_color(style.color), Color.from_rich_color(style.bgcolor)
                assert contrast(front, back) >= 4.5, (base, ink, contrast(front, back))


@pytest.mark.parametrize("name", themes.NAMES)
async def test_every_theme_has_every_ink(name: str) -> None:
    app = ALL(Block([Span(ink, ink) for ink in ("good", "warn", "bad", "muted", "key")]), table())
    async with app.run_test(size=(80, 24)) as pilot:
        app.theme = name
        await pilot.pause()
        assert "goodwarnbadmutedkey" in shown(app)


def test_a_terminal_with_few_colours_starts_in_its_own() -> None:
    assert themes.start_theme("", "truecolor", False) == "placement-dark"
    assert themes.start_theme("", "standard", False) == "ansi-dark"
    assert themes.start_theme("", "truecolor", True) == "ansi-dark"
    assert themes.start_theme("placement-light", "standard", False) == "placement-light"


def test_contrast_is_the_standards() -> None:
    assert contrast(Color(0, 0, 0), Color(255, 255, 255)) == pytest.approx(21)
    assert contrast(Color(0x77, 0x77, 0x77), Color(255, 255, 255)) == pytest.approx(4.48, abs=0.01)


def test_a_figure_that_does_not_fit_is_no_other_figure() -> None:
    for width in range(12, 30):
        said = "".join(span.text for span in spread(([Span("60 open  "), Span("12 drafts")], "Priya"), width))
        assert "1 " not in said
