"""A table that paints only the rows that show: a million open as fast as ten."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from typing import Any, ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Offset, Region
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from placement_tui.widgets.columns import Column, Columns
from placement_tui.widgets.inks import palette, spans_strip
from placement_tui.widgets.text import Line, Span, glyph, spans, width_of

LIT_SECONDS = 1.0  # how long a row changed by somebody else stays lit


class RecordTable(Widget, can_focus=True):
    """Rows with a cursor and marks, painted on demand.

    `cells(row)` gives a row's cells, in the columns' order, each a `Line`; `key(row)` what it is known by. Rows may be
    any sequence: only those that show are ever read. The cursor stays on its row's key when rows are replaced.
    """

    DEFAULT_CSS = "RecordTable { height: 1fr; width: 1fr; }"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("j,down", "move(1)", show=False),
        Binding("k,up", "move(-1)", show=False),
        Binding("g,home", "top", show=False),
        Binding("G,end", "bottom", show=False),
        Binding("pagedown,ctrl+f", "page(1)", show=False),
        Binding("pageup,ctrl+b", "page(-1)", show=False),
    ]

    class Moved(Message):
        """The cursor is on another row, or on none (key None)."""

        def __init__(self, table: RecordTable, key: Hashable) -> None:
            super().__init__()
            self.table, self.key = table, key

        @property
        def control(self) -> RecordTable:
            """The table."""
            return self.table

    class Chosen(Moved):
        """Enter or a second click on the row under the cursor."""

    def __init__(
        self,
        columns: Sequence[Column],
        cells: Callable[[Any], Sequence[Line]],
        key: Callable[[Any], Hashable] = lambda row: row.id,
        *,
        empty: Line = "",
        choosing: bool = True,
        titles: bool = True,
        id: str | None = None,  # noqa: A002 - Textual's own parameter name
    ) -> None:
        super().__init__(id=id)
        self._columns, self._cells, self._key = Columns(columns), cells, key
        self._empty, self._choosing, self._head = empty, choosing, int(titles)
        self._rows: Sequence[Any] = ()
        self._at = self._top = 0
        self._known = False  # before rows were shown once, nobody can say that there are none
        self._marks: set[Hashable] = set()
        self._lit: set[Hashable] = set()

    # what it shows

    @property
    def rows(self) -> Sequence[Any]:
        """The rows, as given."""
        return self._rows

    @property
    def cursor(self) -> int:
        """Index of the row under the cursor; 0 when there are none."""
        return self._at

    @property
    def row(self) -> Any | None:
        """The row under the cursor."""
        return self._rows[self._at] if self._at < len(self._rows) else None

    @property
    def key(self) -> Hashable:
        """The key of the row under the cursor; None when there are no rows."""
        return self._key(self._rows[self._at]) if self._at < len(self._rows) else None

    @property
    def marks(self) -> frozenset[Hashable]:
        """Keys of the marked rows."""
        return frozenset(self._marks)

    def show(
        self, rows: Sequence[Any], *, changed: Iterable[Hashable] = (), cursor: Hashable = None,
        empty: Line | None = None,
    ) -> None:  # fmt: skip
        """Replace the rows. The cursor follows its row's key, or goes to `cursor`, a key; where that row is gone it
        stays at its height. Rows whose key is in `changed` are lit for a second.
        """
        before, wanted = self.key, self.key if cursor is None else cursor
        if empty is not None:
            self._empty = empty
        offset = self._at - self._top
        self._rows, self._known = rows, True
        if wanted is not None:
            at = self._find(wanted)
            self._at = min(self._at, max(0, len(rows) - 1)) if at is None else at
        else:
            self._at = 0
        self._top = self._at - offset if before is not None else 0  # what stands above the first cursor is not hidden
        self._settle()
        self.refresh()
        if changed:
            self.light(changed)
        if self.key != before:
            self.post_message(self.Moved(self, self.key))

    def refresh_row(self, key: Hashable) -> None:
        """Paint one row again, where it shows."""
        for at in range(self._top, min(len(self._rows), self._top + self._page)):
            if self._key(self._rows[at]) == key:
                self._repaint(at)

    def light(self, keys: Iterable[Hashable]) -> None:
        """Light rows that somebody else changed; after a second they are as before. Nothing moves."""
        keys = set(keys)
        self._lit |= keys
        for key in keys:
            self.refresh_row(key)
        if self.is_attached:
            self.set_timer(LIT_SECONDS, lambda: self._unlight(keys))

    def _unlight(self, keys: set[Hashable]) -> None:
        self._lit -= keys
        for key in keys:
            self.refresh_row(key)

    def mark(self, keys: Iterable[Hashable], on: bool = True) -> None:
        """Mark rows by key, or unmark them."""
        for key in keys:
            (self._marks.add if on else self._marks.discard)(key)
            self.refresh_row(key)

    def unmark_all(self) -> None:
        """Remove every mark."""
        self.mark(tuple(self._marks), on=False)

    # where the cursor is

    def move_to(self, key: Hashable) -> bool:
        """Put the cursor on the row of that key; False when it is not here."""
        at = self._find(key)
        if at is not None:
            self._go(at)
        return at is not None

    def action_move(self, by: int) -> None:
        """Move the cursor by rows."""
        self._go(self._at + by)

    def action_page(self, by: int) -> None:
        """Move the cursor by pages; it keeps its height on the screen."""
        step = by * max(1, self._page - 1)
        self._go(self._at + step, step)

    def action_top(self) -> None:
        """The first row."""
        self._go(0)

    def action_bottom(self) -> None:
        """The last row."""
        self._go(len(self._rows) - 1)

    def _go(self, to: int, scroll: int = 0) -> None:
        to = max(0, min(to, len(self._rows) - 1))
        if to == self._at:
            return
        before, top, self._at = self._at, self._top, to
        self._top += scroll
        self._settle()
        if self._top != top:
            self.refresh()
        else:
            self._repaint(before)
            self._repaint(to)
        self.post_message(self.Moved(self, self.key))

    def _find(self, key: Hashable) -> int | None:
        count = len(self._rows)
        near = range(max(0, self._at - 50), min(count, self._at + 50))
        for at in near:
            if self._key(self._rows[at]) == key:
                return at
        for at in range(count):
            if at not in near and self._key(self._rows[at]) == key:
                return at
        return None

    @property
    def _page(self) -> int:
        return max(1, self.size.height - self._head)

    def _settle(self) -> None:
        """Scroll so that the cursor shows and no space is left below."""
        page = self._page
        self._top = max(0, min(self._top, len(self._rows) - page))
        if self._at < self._top:
            self._top = self._at
        elif self._at >= self._top + page:
            self._top = self._at - page + 1

    def _repaint(self, at: int) -> None:
        self.refresh(Region(0, self._head + at - self._top, self.size.width, 1))

    # events

    def on_resize(self) -> None:
        """Keep the cursor in sight."""
        self._settle()
        self.refresh()

    def on_focus(self) -> None:
        """The cursor's line looks alive."""
        self._repaint(self._at)

    def on_blur(self) -> None:
        """The cursor's line rests."""
        self._repaint(self._at)

    def on_key(self, event: events.Key) -> None:
        """Enter chooses, unless the screen wants the key itself."""
        if event.key == "enter" and self._choosing and self._rows:
            event.stop()
            self.post_message(self.Chosen(self, self.key))

    def on_click(self, event: events.Click) -> None:
        """A click moves the cursor; on the row under the cursor it chooses."""
        at = self._top + event.y - self._head
        if event.y >= self._head and at < len(self._rows):
            if at == self._at:
                self.post_message(self.Chosen(self, self.key))
            self._go(at)

    def on_mouse_scroll_down(self) -> None:
        """The wheel moves the cursor, so that what is acted on is in sight."""
        self.action_move(3)

    def on_mouse_scroll_up(self) -> None:
        """The same upwards."""
        self.action_move(-3)

    # painting

    def render_line(self, y: int) -> Strip:
        """One line, for Textual."""
        width = self.size.width
        inks = palette(self.app)
        if self._head and y == 0:
            return spans_strip(inks, self._columns.titles(width), width)
        at = self._top + y - self._head
        if at < len(self._rows):
            return self._row_strip(at, width)
        if self._known and not self._rows and y == self._head + 1:
            return spans_strip(inks, [Span("  "), *(Span(s.text, s.ink or "muted") for s in spans(self._empty))], width)
        return spans_strip(inks, (), width)

    def _row_strip(self, at: int, width: int) -> Strip:
        """One row. The cursor's ground lies under what names the row: under all of it, every move would send it all."""
        row = self._rows[at]
        key = self._key(row)
        under = at == self._at
        if under and self.has_focus:
            self._here(at)
        parts = self._columns.join(self._cells(row), self._gutter(at), width, "" if under else "key")
        lead = self._columns.lead(parts, width) if under else 0
        if len(self._rows) > self._page:
            parts.append(self._thumb(at, width, width_of(parts)))
        inks = palette(self.app)
        strip = spans_strip(inks, parts, width, "changed" if key in self._lit else "")
        if not under:
            return strip
        bar = spans_strip(inks, parts, width, "cursor" if self.has_focus else "resting")
        return Strip.join([bar.crop(0, lead), strip.crop(lead, width)])

    def _here(self, at: int) -> None:
        """Put the terminal's own cursor, though hidden, where a Braille display looks for it."""
        self.app.cursor_position = Offset(self.region.x, self.region.y + self._head + at - self._top)

    def _gutter(self, at: int) -> str:
        mark = glyph("mark") if self._marks and self._key(self._rows[at]) in self._marks else " "
        return (glyph("cursor") if at == self._at else " ") + mark

    def _thumb(self, at: int, width: int, used: int) -> Span:
        page, count = self._page, len(self._rows)
        size = max(1, page * page // count)
        start = (page - size) * self._top // max(1, count - page)
        line = at - self._top
        return Span(" " * (width - 1 - used) + (glyph("thumb") if start <= line < start + size else " "), "muted")
