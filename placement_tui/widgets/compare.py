"""Things side by side: a column for each, a line for each question, as many columns as the width allows."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Offset, Region
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from placement_tui.widgets.columns import cell_spans
from placement_tui.widgets.inks import palette, spans_strip
from placement_tui.widgets.text import Line, Span, glyph, plain, wrap

LEAST = 25  # cells of a column; with less, what is said in it cannot be read
_BETWEEN = 2


@dataclass(frozen=True, slots=True)
class Compared:
    """One of the things: what it is known by, its title, and its answer to each question.

    An answer that is one span or a string is broken into lines where it is long; one of several spans is cut.
    """

    key: Hashable
    title: str
    cells: tuple[Line, ...]


class Comparison(Widget, can_focus=True):
    """The things, one of them chosen. `choose` moves sideways; more lines than fit scroll with Up and Down."""

    DEFAULT_CSS = "Comparison { height: 1fr; width: 1fr; }"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("j,down", "scroll_lines(1)", show=False),
        Binding("k,up", "scroll_lines(-1)", show=False),
        Binding("pagedown", "scroll_lines(10)", show=False),
        Binding("pageup", "scroll_lines(-10)", show=False),
    ]

    class Moved(Message):
        """Another one is chosen, or none (key None)."""

        def __init__(self, comparison: Comparison, key: Hashable) -> None:
            super().__init__()
            self.comparison, self.key = comparison, key

        @property
        def control(self) -> Comparison:
            """The comparison."""
            return self.comparison

    def __init__(self, empty: Line = "", most: int = 6, *, id: str | None = None) -> None:  # noqa: A002 - Textual's own
        """`most` is how many lines a long answer may take."""
        super().__init__(id=id)
        self._empty, self._most = empty, most
        self._labels: tuple[str, ...] = ()
        self._things: tuple[Compared, ...] = ()
        self._at = self._first = self._top = 0
        self._lines: list[tuple[str, list[Line]]] = []  # label, then a cell for each column that shows

    @property
    def things(self) -> tuple[Compared, ...]:
        """What is compared."""
        return self._things

    @property
    def at(self) -> int:
        """Index of the chosen one."""
        return self._at

    @property
    def key(self) -> Hashable:
        """What the chosen one is known by; None when there is nothing."""
        return self._things[self._at].key if self._things else None

    @property
    def columns(self) -> int:
        """How many show side by side."""
        room = self.size.width - self._label_width
        return max(1, min(len(self._things), (room + _BETWEEN) // (LEAST + _BETWEEN)))

    def show(self, labels: Sequence[str], things: Sequence[Compared], key: Hashable = None) -> None:
        """Show these; the chosen one stays chosen, or `key` is."""
        before = self.key
        wanted = before if key is None else key
        self._labels, self._things = tuple(labels), tuple(things)
        keys = [thing.key for thing in things]
        self._at = keys.index(wanted) if wanted in keys else min(self._at, max(0, len(keys) - 1))
        self._lay()
        if self.key != before:
            self.post_message(self.Moved(self, self.key))

    def choose(self, at: int) -> None:
        """Choose one by its index; nothing happens beyond the ends."""
        if 0 <= at < len(self._things) and at != self._at:
            first, self._at = self._first, at
            self._settle()
            if first != self._first:
                self._lay()
            else:
                self.refresh(Region(0, 0, self.size.width, 1))
            self.post_message(self.Moved(self, self.key))

    def action_scroll_lines(self, by: int) -> None:
        """Scroll by lines."""
        to = max(0, min(self._top + by, len(self._lines) - (self.size.height - 1)))
        if to != self._top:
            self._top = to
            self.refresh()

    def on_resize(self) -> None:
        """As many columns as fit now."""
        self._lay()

    def on_click(self, event: events.Click) -> None:
        """A click chooses."""
        column = (event.x - self._label_width) // (self._width + _BETWEEN)
        if 0 <= column < self.columns:
            self.choose(self._first + column)

    @property
    def _label_width(self) -> int:
        return max((len(label) for label in self._labels), default=0) + 3

    @property
    def _width(self) -> int:
        room = self.size.width - self._label_width - 1
        return max(8, (room - _BETWEEN * (self.columns - 1)) // self.columns)

    @property
    def _shown(self) -> tuple[Compared, ...]:
        return self._things[self._first : self._first + self.columns]

    def _settle(self) -> None:
        count = self.columns
        if self._at < self._first:
            self._first = self._at
        elif self._at >= self._first + count:
            self._first = self._at - count + 1
        self._first = max(0, min(self._first, len(self._things) - count))

    def _lay(self) -> None:
        self._settle()
        width = self._width
        self._lines = []
        for number, label in enumerate(self._labels):
            cells = [self._broken(thing.cells[number], width) for thing in self._shown]
            high = max((len(cell) for cell in cells), default=1)
            for line in range(high):
                parts: list[Line] = [cell[line] if line < len(cell) else "" for cell in cells]
                self._lines.append((label if line == 0 else "", parts))
        self._top = max(0, min(self._top, len(self._lines) - (self.size.height - 1)))
        self.refresh()

    def _broken(self, cell: Line, width: int) -> list[Line]:
        if not isinstance(cell, str | Span):
            return [cell]
        text, ink = (cell.text, cell.ink) if isinstance(cell, Span) else (cell, "")
        parts = wrap(plain(text), width)
        if len(parts) > self._most:
            parts = (*parts[: self._most - 1], parts[self._most - 1][: width - 1] + glyph("more"))
        return [Span(part, ink) for part in parts]

    def render_line(self, y: int) -> Strip:
        """One line, for Textual."""
        width, inks = self.size.width, palette(self.app)
        if not self._things:
            return spans_strip(inks, [Span("  "), Span(str(self._empty), "muted")] if y == 1 else [], width)
        if y == 0:
            return self._titles(width)
        at = self._top + y - 1
        if at >= len(self._lines):
            return spans_strip(inks, [], width)
        label, cells = self._lines[at]
        parts = [Span(f"  {label}".ljust(self._label_width), "muted")]
        for cell in cells:
            parts += [*cell_spans(cell, self._width), Span(" " * _BETWEEN)]
        return spans_strip(inks, parts, width)

    def _titles(self, width: int) -> Strip:
        inks, before = palette(self.app), self._first > 0
        lead = f"{self._first} more {glyph('left')}" if before else ""
        strips = [spans_strip(inks, [Span(lead.rjust(self._label_width - 1), "muted")], self._label_width)]
        used = self._label_width
        for number, thing in enumerate(self._shown, self._first):
            chosen = number == self._at
            sign = glyph("cursor") if chosen else " "
            title = [Span(f"{sign}{number + 1} ", "key"), Span(plain(thing.title), "strong")]
            base = ("cursor" if self.has_focus else "resting") if chosen else ""
            strips.append(spans_strip(inks, cell_spans(title, self._width), self._width, base))
            strips.append(spans_strip(inks, [], _BETWEEN))
            used += self._width + _BETWEEN
            if chosen:
                self.app.cursor_position = Offset(self.region.x + used - self._width, self.region.y)
        after = len(self._things) - self._first - self.columns
        if after > 0:
            tail = f"{glyph('right')} {after} more"
            strips[-2] = (
                spans_strip(inks, [], 0) if self._width < 12 else strips[-2].crop(0, self._width - len(tail) - 1)
            )
            strips[-1] = spans_strip(inks, [Span(" " + tail + " ", "muted")], len(tail) + 1 + _BETWEEN)
        return Strip.join(strips).adjust_cell_length(width)
