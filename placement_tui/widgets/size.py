"""A terminal that is too small is told so, on the screen; it comes back as it was when it is large enough."""

from __future__ import annotations

from textual import events
from textual.app import ComposeResult
from textual.screen import ModalScreen

from placement_tui.terminal import LEAST_SIZE
from placement_tui.widgets.lines import Block
from placement_tui.widgets.text import Span


class TooSmall(ModalScreen[None]):
    """Covers everything while the terminal is smaller than the program can draw."""

    DEFAULT_CSS = "TooSmall { background: $background; } TooSmall Block { height: 1fr; }"

    def compose(self) -> ComposeResult:
        """The few words."""
        yield Block()

    def on_resize(self, event: events.Resize) -> None:
        """Say how large it is, and how large it should be."""
        columns, rows = LEAST_SIZE
        self.query_one(Block).show(
            Span("Too small", "strong"),
            f"now {event.size.width}x{event.size.height}",
            f"needs {columns}x{rows}",
            Span("all is kept", "muted"),
        )

    def on_key(self, event: events.Key) -> None:
        """Keys would act on what cannot be seen."""
        event.stop()


class SizeMinded:
    """What the App adds to mind its size."""

    def on_resize(self, event: events.Resize) -> None:
        """Cover the screen when it is too small, uncover it when it is not."""
        small = event.size.width < LEAST_SIZE[0] or event.size.height < LEAST_SIZE[1]
        top = self.screen  # type: ignore[attr-defined]  # App has it
        if small and not isinstance(top, TooSmall):
            self.push_screen(TooSmall())  # type: ignore[attr-defined]  # the App has it
        elif not small and isinstance(top, TooSmall):
            self.pop_screen()  # type: ignore[attr-defined]  # the App has it
