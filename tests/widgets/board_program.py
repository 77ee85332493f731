"""A program with a board, a search, a form and a dialog, to be driven in a real terminal. Children are made up."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from typing import Any, ClassVar

from placement_tui import terminal
from placement_tui.errors import PlacementError

try:
    terminal.prepare_environment()
except PlacementError as error:
    sys.stderr.write(f"{error}\n")
    raise SystemExit(error.exit_code) from None

from faces import STYLES
from textual.app import App
from textual.screen import Screen

from placement_tui import commands
from placement_tui.widgets import themes
from placement_tui.widgets.bindings import Commanded, bindings_for
from placement_tui.widgets.columns import Column
from placement_tui.widgets.dialog import Confirm
from placement_tui.widgets.fields import Field
from placement_tui.widgets.form import Form
from placement_tui.widgets.lines import FooterLine, Rule, TitleLine, ToastLine
from placement_tui.widgets.picker import Picker
from placement_tui.widgets.size import SizeMinded
from placement_tui.widgets.table import RecordTable
from placement_tui.widgets.text import Span

NAMES = ["Ó Súilleabháin", "Smith [/b]", "漢字 House", "Alder", "Zoë 🙂", "Cedar", "Dunes", "Elm", "Fir", "Gorse"]


class Rows(Sequence[int]):
    """A million rows."""

    def __len__(self) -> int:
        return int(os.environ.get("ROWS", "1000000"))

    def __getitem__(self, at: Any) -> Any:
        return at


def cells(row: int) -> tuple[Any, ...]:
    tonight = row % 7 == 0
    return (
        f"26-{row:04d}",
        NAMES[row % 10],
        Span("TONIGHT" if tonight else "Wed 15", "warn" if tonight else ""),
        str(row),
    )


class Board(Commanded, Screen[None]):
    """Rows."""

    BINDINGS: ClassVar[list[Any]] = bindings_for("board")

    def compose(self) -> Any:
        yield TitleLine("Duty board", "Tue 14 Oct 16:32", council="Wirral", demo=True)
        yield Rule()
        yield RecordTable(
            [Column("Ref", 9), Column("Child"), Column("By", 8), Column("No", 7, "right")], cells, lambda row: row
        )
        yield ToastLine()
        yield FooterLine(commands.footer_for("board"), place="board")

    def on_mount(self) -> None:
        self.query_one(RecordTable).show(Rows())
        self.query_one(RecordTable).focus()

    def action_homes(self) -> None:
        self.app.push_screen(Homes())

    def action_details(self) -> None:
        self.app.push_screen(Details())

    def action_close_referral(self) -> None:
        ask = Confirm("Close 26-0142?", "Three approaches are withdrawn.", "close it", asked_with="X")
        self.app.push_screen(ask, lambda yes: self.query_one(ToastLine).saved("Closed" if yes else "Left as it is"))


class Homes(Commanded, Screen[None]):
    """A search."""

    BINDINGS: ClassVar[list[Any]] = bindings_for("homes")

    def compose(self) -> Any:
        yield TitleLine("Homes for 26-0142", council="Wirral", demo=True)
        yield Picker(
            [Column("Home"), Column("No", 4, "right")],
            lambda row: (f"{NAMES[row % 10]} {row}", str(row)),
            lambda row: row,
            choosing=False,
        )
        yield FooterLine(commands.footer_for("homes"), place="homes")

    def on_mount(self) -> None:
        self.query_one(Picker).show(range(10), "all homes", "10")
        self.query_one(Picker).focus()

    def on_picker_typed(self, message: Picker.Typed) -> None:
        rows = [row for row in range(100) if message.text.lower() in NAMES[row % 10].lower()][:10]
        message.picker.show(rows, f"names like {message.text}", f"{len(rows)} of 100", serial=message.serial)


class Details(Commanded, Screen[None]):
    """A form."""

    BINDINGS: ClassVar[list[Any]] = bindings_for("referral")

    def compose(self) -> Any:
        yield TitleLine("New referral", "draft kept", council="Wirral", demo=True)
        yield Form([Field("child", "Child", required=True), Field("why", "Why now", kind="long")])
        yield FooterLine(commands.footer_for("referral"), place="referral")

    def on_mount(self) -> None:
        self.query_one(Form).focus()

    def action_leave_form(self) -> None:
        self.app.pop_screen()

    def action_editor(self) -> None:
        self.query_one(Form).edit_outside()


class Program(SizeMinded, Commanded, App[None]):
    """All of it."""

    CSS_PATH = STYLES
    ENABLE_COMMAND_PALETTE = False
    BINDINGS: ClassVar[list[Any]] = bindings_for("anywhere")

    def __init__(self) -> None:
        super().__init__(driver_class=terminal.driver_class())
        themes.register(self)
        colours = os.environ.get("TEXTUAL_COLOR_SYSTEM", "")
        self.theme = themes.start_theme(os.environ.get("THEME", ""), colours, "NO_COLOR" in os.environ)
        self.set_class(terminal.ascii_only(), "-ascii")

    def on_mount(self) -> None:
        self.push_screen(Board())

    def action_back(self) -> None:
        if len(self.screen_stack) > 2:
            self.pop_screen()

    def action_repaint(self) -> None:
        repaint = getattr(self._driver, "repaint", None)
        if repaint:
            repaint()


if __name__ == "__main__":
    Program().run(mouse=False)
