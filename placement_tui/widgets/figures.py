"""A page of figures with a cursor that stands on what has records behind it: titles of blocks and their rows."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from typing import ClassVar, NamedTuple

from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Offset, Region
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from placement_tui.domain.insight import Block, Row
from placement_tui.widgets.inks import palette, spans_strip
from placement_tui.widgets.text import Line, Span, glyph, spans, width_of


class Stop(NamedTuple):
    """Where the cursor can stand: a line of the page, its block, and its row where it is one."""

    at: int
    block: Block
    row: Row | None

    @property
    def key(self) -> Hashable:
        """What it is known by when the page is made anew."""
        return (self.block.name, self.row.label, self.row.across) if self.row else (self.block.name,)


class FiguresPage(NamedTuple):
    """Lines, and where the cursor can stand on them, from top to bottom."""

    lines: Sequence[Line] = ()
    stops: Sequence[Stop] = ()


class Figures(Widget, can_focus=True):
    """Scrolls with its cursor; between two stops that are far apart it scrolls by lines."""

    DEFAULT_CSS = "Figures { height: 1fr; width: 1fr; }"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("j,down", "move(1)", show=False),
        Binding("k,up", "move(-1)", show=False),
        Binding("g,home", "end(-1)", show=False),
        Binding("G,end", "end(1)", show=False),
        Binding("pagedown,ctrl+f,space", "page(1)", show=False),
        Binding("pageup,ctrl+b", "page(-1)", show=False),
    ]

    class Moved(Message):
        """The cursor is somewhere else."""

    def __init__(self, id: str | None = None) -> None:  # noqa: A002 - Textual's own parameter name
        super().__init__(id=id)
        self._page = FiguresPage()
        self._at = self._top = 0

    @property
    def stop(self) -> Stop | None:
        """What the cursor stands on."""
        return self._page.stops[self._at] if self._at < len(self._page.stops) else None

    def show(self, page: FiguresPage) -> None:
        """Show another page; the cursor stays on what it stands on, where that is still there, at its height."""
        before = self.stop
        height = before.at - self._top if before else 0
        self._page = page
        found = [n for n, stop in enumerate(page.stops) if before and stop.key == before.key]
        if not found and before:
            found = [n for n, stop in enumerate(page.stops) if stop.key == (before.block.name,)]
        self._at = found[0] if found else min(1, max(0, len(page.stops) - 1))
        now = self.stop
        self._top = max(0, now.at - height) if found and now and now.at >= self._rows else 0
        self._settle()
        self.refresh()
        self.post_message(self.Moved())

    def action_move(self, by: int) -> None:
        """The next stop, or some lines where it is out of sight."""
        to = self._at + by
        if not 0 <= to < len(self._page.stops):
            self._scroll(by * 3)
            return
        far = self._page.stops[to].at
        if far >= self._top + 2 * self._rows - 1 or far < self._top - self._rows:
            self._scroll(by * max(1, self._rows // 2))
            return
        self._go(to)

    def action_end(self, by: int) -> None:
        """The first or the last."""
        self._go(len(self._page.stops) - 1 if by > 0 else 0)
        self._scroll(by * len(self._page.lines))

    def action_page(self, by: int) -> None:
        """A page on; the cursor goes to the first stop that shows."""
        self._scroll(by * max(1, self._rows - 1))
        shown = [n for n, stop in enumerate(self._page.stops) if self._top <= stop.at < self._top + self._rows]
        if shown:
            self._go(shown[0] if by > 0 or self._top else 0)

    def _go(self, to: int) -> None:
        if not 0 <= to < len(self._page.stops) or to == self._at:
            return
        before, top, self._at = self.stop, self._top, to
        self._settle()
        if self._top != top or before is None:
            self.refresh()
        else:
            for stop in (before, self._page.stops[to]):
                self.refresh(Region(0, stop.at - self._top, self.size.width, 1))
        self.post_message(self.Moved())

    def _scroll(self, by: int) -> None:
        top, self._top = self._top, self._top + by
        self._top = max(0, min(self._top, len(self._page.lines) - self._rows))
        if self._top != top:
            self.refresh()

    @property
    def _rows(self) -> int:
        return max(1, self.size.height)

    def _settle(self) -> None:
        """The cursor's line shows, with the title above it where it is a block's first row."""
        stop = self.stop
        if stop is not None:
            first = self._at and self._page.stops[self._at - 1].row is None and stop.row is not None
            above = self._page.stops[self._at - 1].at if first else stop.at
            if above < self._top:
                self._top = above
            elif stop.at >= self._top + self._rows:
                self._top = stop.at - self._rows + 1
            if self._at == 0:
                self._top = 0
        self._top = max(0, min(self._top, len(self._page.lines) - self._rows))

    def on_resize(self) -> None:
        """Keep the cursor in sight."""
        self._settle()

    def on_focus(self) -> None:
        """The cursor's line looks alive."""
        self.refresh()

    def on_click(self, event: events.Click) -> None:
        """A click moves the cursor."""
        for n, stop in enumerate(self._page.stops):
            if stop.at == self._top + event.y:
                self._go(n)

    def on_mouse_scroll_down(self) -> None:
        """The wheel scrolls."""
        self._scroll(3)

    def on_mouse_scroll_up(self) -> None:
        """The same upwards."""
        self._scroll(-3)

    def render_line(self, y: int) -> Strip:
        """One line, for Textual."""
        width, inks, at = self.size.width, palette(self.app), self._top + y
        if at >= len(self._page.lines):
            return spans_strip(inks, (), width)
        stop = self.stop
        under = stop is not None and stop.at == at
        base = "" if not under else "cursor" if self.has_focus else "resting"
        if under and self.has_focus:
            self.app.cursor_position = Offset(self.region.x, self.region.y + y)
        parts = [Span(glyph("cursor") if under else " ", "key"), *spans(self._page.lines[at])]
        if len(self._page.lines) > self._rows:
            size = max(1, self._rows * self._rows // len(self._page.lines))
            start = (self._rows - size) * self._top // max(1, len(self._page.lines) - self._rows)
            thumb = glyph("thumb") if start <= y < start + size else " "
            parts.append(Span(" " * max(0, width - 1 - width_of(parts)) + thumb, "muted"))
        return spans_strip(inks, parts, width, base)
