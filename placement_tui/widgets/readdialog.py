"""A page to read over the screen that asked for it: scrolls, and closes with Escape."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.screen import ModalScreen

from placement_tui.widgets.gathering import Gathering
from placement_tui.widgets.lines import Block
from placement_tui.widgets.reading import Reading
from placement_tui.widgets.text import Line, Span, plain

WIDTH = 78


class ReadDialog(ModalScreen[None], Gathering[None]):
    """Lines of literal text. `closes` are keys that close it besides Escape, q and Enter: the one that opened it."""

    DEFAULT_CSS = """
    ReadDialog { align: center middle; background: transparent; }
    ReadDialog > Vertical { width: 80; max-width: 100%; height: 90%; max-height: 32; border: solid $accent; background: $surface; }
    """
    AUTO_FOCUS = "Reading"

    def __init__(self, title: str, page: Callable[[int], Sequence[Line]], closes: Sequence[str] = ()) -> None:
        """`page(width)` makes the lines for a width in cells."""
        super().__init__()
        self._title, self._page, self._closes = title, page, tuple(closes)

    def compose(self) -> ComposeResult:
        """Title, page, and how to leave."""
        with Vertical():
            yield Block(Span(" " + plain(self._title), "strong"))
            yield Reading(list(self._page(min(WIDTH, self.app.size.width - 2))))
            yield Block(
                [Span(" j k", "key"), Span(" scroll  ", "muted"), Span("Esc", "key"), Span(" closes this", "muted")]
            )

    def on_key(self, event: events.Key) -> None:
        """Close, or scroll; nothing else happens behind it."""
        if event.key in ("escape", "q", "enter", *self._closes):
            event.stop()
            self.dismiss(None)
