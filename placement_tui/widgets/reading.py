"""A page to read: lines of literal text that scroll."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.geometry import Offset
from textual.strip import Strip
from textual.widget import Widget

from placement_tui.widgets.inks import palette, spans_strip
from placement_tui.widgets.text import Line, Span, glyph, spans


class Reading(Widget, can_focus=True):
    """Lines that scroll with j, k, arrows and pages. They are not broken: whoever makes them knows the width."""

    DEFAULT_CSS = "Reading { height: 1fr; width: 1fr; }"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("j,down", "scroll_by(1)", show=False),
        Binding("k,up", "scroll_by(-1)", show=False),
        Binding("g,home", "scroll_by(-1000000)", show=False),
        Binding("G,end", "scroll_by(1000000)", show=False),
        Binding("pagedown,space", "scroll_page(1)", show=False),
        Binding("pageup", "scroll_page(-1)", show=False),
    ]

    def __init__(self, lines: Iterable[Line] = (), *, id: str | None = None) -> None:  # noqa: A002 - Textual's own
        super().__init__(id=id)
        self._text: list[Line] = list(lines)
        self._first = 0

    def show(self, lines: Iterable[Line], keep: bool = False) -> None:
        """Show other lines, from the top, or with `keep` from where it stands."""
        self._text = list(lines)
        self._first = min(self._first, self._last) if keep else 0
        self.refresh()

    @property
    def _last(self) -> int:
        return max(0, len(self._text) - self.size.height)

    def action_scroll_by(self, by: int) -> None:
        """Scroll by lines."""
        to = max(0, min(self._first + by, self._last))
        if to != self._first:
            self._first = to
            self.refresh()

    def action_scroll_page(self, by: int) -> None:
        """Scroll by pages."""
        self.action_scroll_by(by * max(1, self.size.height - 1))

    def on_mouse_scroll_down(self) -> None:
        """The wheel scrolls."""
        self.action_scroll_by(3)

    def on_mouse_scroll_up(self) -> None:
        """The same upwards."""
        self.action_scroll_by(-3)

    def on_resize(self) -> None:
        """Leave no space below the last line."""
        self.action_scroll_by(0)

    def render_line(self, y: int) -> Strip:
        """One line, for Textual."""
        width, inks = self.size.width, palette(self.app)
        if y == 0 and self.has_focus:
            self.app.cursor_position = Offset(self.region.x, self.region.y)
        at = self._first + y
        line = spans(self._text[at]) if at < len(self._text) else []
        if self._last and self.size.height:
            size = max(1, self.size.height * self.size.height // len(self._text))
            start = (self.size.height - size) * self._first // self._last
            if start <= y < start + size:
                body = spans_strip(inks, line, width - 1)
                return Strip([*body, *spans_strip(inks, [Span(glyph("thumb"), "muted")], 1)], width)
        return spans_strip(inks, line, width)
