"""A terminal that is too small is told so, on the screen; all is as it was when it is large enough."""

from __future__ import annotations

from typing import Any

from rich.console import Console
from textual import events
from textual._compositor import CompositorUpdate
from textual.app import App
from textual.geometry import Size
from textual.screen import Screen

from placement_tui.terminal import LEAST_SIZE
from placement_tui.widgets.text import wrap

_STILL_HEARD = ("ctrl+q", "ctrl+o")  # leaving and locking need nothing to be seen


class TooSmall(CompositorUpdate):
    """What is painted in place of everything while the terminal is smaller than the program can draw."""

    def __init__(self, size: Size) -> None:
        self.size = size

    @property
    def lines(self) -> list[str]:
        """The few words, as far as there is room for them."""
        columns, rows = LEAST_SIZE
        said = (f"Too small: {self.size.width}x{self.size.height}", f"Make it {columns}x{rows} at least", "All is kept")
        width, height = self.size
        lines = [line.rstrip() for sentence in said for line in wrap(sentence, width)]
        return [line.ljust(width) for line in [*lines, *[""] * height][:height]]

    def render_segments(self, console: Console) -> str:  # noqa: ARG002 - no colour is needed
        """As Textual's own updates are written."""
        return "".join(f"\x1b[{row};1H\x1b[0m{line}" for row, line in enumerate(self.lines, 1))


class SizeMinded(App[None]):
    """An App that minds its size. Places and dialogs come and go behind the words as they would in front."""

    too_small: TooSmall | None = None  # what is painted now instead of everything

    def on_resize(self, event: events.Resize) -> None:
        """Show the words where it is too small, and nothing of them where it is not."""
        columns, rows = LEAST_SIZE
        small = event.size.width < columns or event.size.height < rows
        self.too_small = TooSmall(event.size) if small else None
        if small and self.screen_stack:
            self._display(self.screen, self.too_small)

    def _display(self, screen: Screen[Any], renderable: Any) -> None:
        shown: Any = self.too_small or renderable
        super()._display(screen, shown)

    async def on_event(self, event: events.Event) -> None:
        """Keys would act on what cannot be seen."""
        if self.too_small is None or not self._unseen(event):
            await super().on_event(event)

    @staticmethod
    def _unseen(event: events.Event) -> bool:
        by_hand = isinstance(event, (events.InputEvent, events.Paste)) and not event.is_forwarded
        return by_hand and not (isinstance(event, events.Key) and event.key in _STILL_HEARD)
