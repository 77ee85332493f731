"""A small application with every widget in it, for tests, and what it shows as text."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from textual.app import App, ComposeResult
from textual.widget import Widget

import placement_tui
from placement_tui.widgets import themes

STYLES = Path(placement_tui.__file__).parent / "styles" / "placement.tcss"


class Face(App[None]):
    """Shows the widgets it is given, and notes every message that they send."""

    CSS_PATH = STYLES
    ENABLE_COMMAND_PALETTE = False

    def __init__(self, *widgets: Widget, **options: Any) -> None:
        super().__init__(**options)
        self._shown = widgets
        self.heard: list[Any] = []
        themes.register(self)

    def compose(self) -> ComposeResult:
        """The widgets, one under the other."""
        yield from self._shown

    def heard_of(self, kind: type[Any]) -> list[Any]:
        """The messages of a kind."""
        return [message for message in self.heard if type(message) is kind]

    async def on_event(self, event: Any) -> None:
        """As Textual does."""
        await super().on_event(event)


def listening(face: type[Face], names: Iterable[str]) -> type[Face]:
    """A Face that hears the messages of these handler names."""

    def hear(self: Face, message: Any) -> None:
        self.heard.append(message)

    return type("Listening", (face,), dict.fromkeys(names, hear))


ALL = listening(
    Face,
    [
        "on_record_table_moved", "on_record_table_chosen", "on_picker_typed", "on_picker_turned", "on_form_changed",
        "on_form_moved", "on_form_saved", "on_form_refused",
    ],
)  # fmt: skip


def lines(app: App[Any]) -> list[str]:
    """What the screen shows, line by line."""
    return [strip.text for strip in app.screen._compositor.render_strips()]


def shown(app: App[Any]) -> str:
    """What the screen shows."""
    return "\n".join(line.rstrip() for line in lines(app))
