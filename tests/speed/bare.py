"""The least that a Textual program can be: what a start, a key and a dialog cost before anything is added to them."""

from __future__ import annotations

from textual.app import App, ComposeResult
from textual.widgets import Input, Static


class Bare(App[None]):
    """A line of text and a field, as Textual draws them."""

    def compose(self) -> ComposeResult:
        """Two widgets."""
        yield Static("ready")
        yield Input()


if __name__ == "__main__":
    Bare().run()
