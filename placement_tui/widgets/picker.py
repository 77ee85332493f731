"""Query line, list and status in one widget, so that a key is one paint: search for homes, find anything."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from typing import Any, Self

from rich.cells import cell_len
from textual import events
from textual.geometry import Offset, Region
from textual.message import Message
from textual.strip import Strip

from placement_tui.widgets.columns import Column
from placement_tui.widgets.editing import Editor, window
from placement_tui.widgets.formlines import caret_spans
from placement_tui.widgets.inks import palette, spans_strip
from placement_tui.widgets.lines import spread
from placement_tui.widgets.table import RecordTable
from placement_tui.widgets.text import Line, Span, glyph, plain

LABELS = "123456789"
MOST_MADE = 60  # painted rows that are kept while a query is typed


class Picker(RecordTable):
    """A `RecordTable` under a query line and a status line.

    While `typing`, letters edit the query and the arrows move the cursor; in the list, keys that are not the list's
    own go to the screen. With `labels`, the first nine rows show carry a digit which chooses them while a word is being
    typed (a digit that begins a word is typed). With `choosing`, Enter chooses; without, Enter, Tab and Down lead from
    the query into the list.

    With `at_once`, a key is one frame: it is called with the query and its serial before the key is painted, may `show`
    what is found by then, and says whether that was all; only where it was not, `Typed` follows. With `most`, no more
    rows than that show from a query's first letter on until the keys go to the list: the best are among them, and a
    bad line carries ten rows in the time in which the next letter comes.
    """

    class Typed(Message):
        """The query has changed. Answer with `show(..., serial=serial)`: an answer to an older query is dropped."""

        def __init__(self, picker: Picker, text: str, serial: int) -> None:
            super().__init__()
            self.picker, self.text, self.serial = picker, text, serial

        @property
        def control(self) -> Picker:
            """The picker."""
            return self.picker

    class Turned(Message):
        """The keys now go to the query (`typing`) or to the list."""

        def __init__(self, picker: Picker, typing: bool) -> None:
            super().__init__()
            self.picker, self.typing = picker, typing

        @property
        def control(self) -> Picker:
            """The picker."""
            return self.picker

    def __init__(
        self,
        columns: Sequence[Column],
        cells: Callable[[Any], Sequence[Line]],
        key: Callable[[Any], Hashable] = lambda row: row.id,
        *,
        prompt: str = "",
        query: str = "",
        empty: Line = "",
        choosing: bool = True,
        labels: bool = False,
        titles: bool = False,
        typing: bool = True,
        at_once: Callable[[str, int], bool] | None = None,
        most: int | None = None,
        id: str | None = None,  # noqa: A002 - Textual's own parameter name
    ) -> None:
        super().__init__(columns, cells, key, empty=empty, choosing=choosing, titles=titles, id=id)
        self._titles = titles
        self._head = 3 if titles else 2
        self._edit = Editor(query)
        self._prompt, self._labels, self._typing = prompt, labels, typing
        self._status: tuple[Line, Line] = ("", "")
        self._at_once, self._most = at_once, most
        self._few = self._holding = False
        self._ready: dict[int, Strip] = {}  # lines made to see whether they differ, and not painted yet
        self._shown: list[Strip] = []
        self._made: dict[Hashable, tuple[Any, Strip]] = {}
        self.serial = 0

    @property
    def query_text(self) -> str:
        """What is typed."""
        return self._edit.text

    @property
    def typing(self) -> bool:
        """True while letters go to the query."""
        return self._typing

    def turn(self, typing: bool) -> None:
        """Send the keys to the query, or to the list."""
        if typing != self._typing:
            self._typing, self._few = typing, False
            self._settle()
            self.refresh()
            self.post_message(self.Turned(self, typing))

    def put_query(self, text: str) -> None:
        """Replace the query, as if it had been typed."""
        self._edit.put(text)
        self._changed()

    def show(
        self, rows: Sequence[Any], status: Line = "", count: Line = "", *, serial: int | None = None,
        changed: Iterable[Hashable] = (), cursor: Hashable = None, empty: Line | None = None,
    ) -> None:  # fmt: skip
        """Show an answer: rows, the filter in words, the count at the right. Dropped when it answers an older query.

        While a query is typed the cursor goes to the first row, which is the best; otherwise it follows its row.
        """
        if serial is not None and serial != self.serial:
            return
        self._status = (status, count)
        if serial is None:
            self._made = {}
        if serial is not None and self._typing and cursor is None:
            before, self._at, self._top, self._rows = self.key, 0, 0, ()
            super().show(rows, changed=changed, empty=empty)
            if not rows and before is not None:
                self.post_message(self.Moved(self, None))
        else:
            super().show(rows, changed=changed, cursor=cursor, empty=empty)

    def say(self, status: Line, count: Line | None = None) -> None:
        """Change the status line only."""
        self._status = (status, self._status[1] if count is None else count)
        self.refresh()

    def on_key(self, event: events.Key) -> None:
        """Typing edits; what is not editing moves, chooses or goes to the screen. (The table's own handler follows.)"""
        if not self._typing:
            return
        key = event.key
        if event.is_printable and event.character:
            if self._labels and event.character in LABELS and self._word_begun():
                self._choose_label(int(event.character) - 1)
            else:
                self._edit.insert(event.character)
                self._changed()
        elif key in ("up", "pageup", "pagedown") or (key == "down" and self._choosing):
            return
        elif key in ("down", "tab", "enter") and not self._choosing:
            self.turn(False)
        elif key == "enter":
            if self._rows:
                self.post_message(self.Chosen(self, self.key))
        elif key in ("home", "end") or not self._edit.press(key):
            return
        else:
            self._changed()
        event.stop()
        event.prevent_default()

    def on_paste(self, event: events.Paste) -> None:
        """Pasted text is typed into the query, its first line only."""
        event.stop()
        self.turn(True)
        self._edit.insert(event.text.strip().split("\n", 1)[0][:500])
        self._changed()

    def _word_begun(self) -> bool:
        word = self._edit.text[: self._edit.at].rsplit(" ", 1)[-1]
        return bool(word) and not word[0].isdigit() and word[0] not in "+("

    def _choose_label(self, n: int) -> None:
        at = self._top + n
        if at < len(self._rows):
            self._go(at)
            self.post_message(self.Chosen(self, self.key))

    def _changed(self) -> None:
        self.serial += 1
        self._few = self._most is not None and self._typing
        self._holding = True
        try:
            whole = self._at_once is not None and self._at_once(self._edit.text, self.serial)
        finally:
            self._holding = False
        if not whole:
            self.post_message(self.Typed(self, self._edit.text, self.serial))
        self.refresh()

    @property
    def _page(self) -> int:
        page = super()._page
        return min(page, self._most) if self._few and self._most is not None else page

    def refresh(self, *regions: Region, repaint: bool = True, layout: bool = False, recompose: bool = False) -> Self:
        """Paint again: those regions, or the lines that differ from what shows."""
        self._ready = {}
        if regions or layout or recompose or not repaint:
            return super().refresh(*regions, repaint=repaint, layout=layout, recompose=recompose)
        if self._holding:
            return self
        (width, height), shown, end = self.size, self._shown, self._end
        used = min(height, end + 1, self._head + max(2, len(self._rows) - self._top))
        blank = spans_strip(palette(self.app), (), width)
        self._shown = [*(self._line(y, width, end) for y in range(used)), *[blank] * (height - used)]
        if len(shown) != height:
            return super().refresh()
        differing = [y for y, strip in enumerate(self._shown) if strip != shown[y]]
        if differing:
            super().refresh(*(Region(0, first, width, count) for first, count in runs(differing)))
            self._ready = {y: self._shown[y] for y in differing}
        return self

    def render_line(self, y: int) -> Strip:
        """One line, for Textual."""
        made = self._ready.pop(y, None)
        strip = self._line(y, self.size.width, self._end) if made is None else made
        if y < len(self._shown):
            self._shown[y] = strip
        return strip

    @property
    def _end(self) -> int:
        """The line after the last row that may show."""
        return self._head + self._page

    def _line(self, y: int, width: int, end: int) -> Strip:
        if self._head <= y < end:
            at = self._top + y - self._head
            return self._row_strip(at, width) if at < len(self._rows) else super().render_line(y)
        inks = palette(self.app)
        if y == 0:
            return spans_strip(inks, self._query_line(width), width)
        if y == 1:
            return spans_strip(inks, [Span(" "), *spread(self._status, max(0, width - 2)), Span(" ")], width)
        if y == 2 and self._titles:
            return spans_strip(inks, self._columns.titles(width), width)
        more = self._few and y == end and len(self._rows) > self._page and not self._choosing
        return spans_strip(inks, [Span("   Tab shows the rest", "muted")] if more else (), width)

    def _row_strip(self, at: int, width: int) -> Strip:
        if not self._few:
            return super()._row_strip(at, width)
        row = self._rows[at]  # from letter to letter many rows stay, and as the very same objects
        looks = (
            id(row),
            self._gutter(at),
            at == self._at,
            self._key(row) in self._lit,
            self.has_focus,
            width,
            self.app.theme,
        )
        held = self._made.get(looks)
        if held is None or held[0] is not row:
            if len(self._made) >= MOST_MADE:
                self._made = {}
            held = self._made[looks] = (row, super()._row_strip(at, width))
        return held[1]

    def _query_line(self, width: int) -> list[Span]:
        prompt = f" {plain(self._prompt)} " if self._prompt else " "
        text, at = plain(self._edit.text), len(plain(self._edit.text[: self._edit.at]))
        shown, caret = window(text, at, max(4, width - cell_len(prompt) - 2))
        if not (self._typing and self.has_focus):
            return [Span(prompt, "muted"), Span(shown, "typed" if shown else "")]
        self.app.cursor_position = Offset(self.region.x + cell_len(prompt) + caret, self.region.y)
        return [Span(prompt, "accent"), *caret_spans(shown, caret)]

    def _thumb(self, at: int, width: int, used: int) -> Span:
        return Span("") if self._few else super()._thumb(at, width, used)

    def _here(self, at: int) -> None:
        if not self._typing:
            super()._here(at)

    def _gutter(self, at: int) -> str:
        if self._labels and self._typing and at - self._top < len(LABELS):
            return (glyph("cursor") if at == self._at else " ") + LABELS[at - self._top]
        return super()._gutter(at)


def runs(lines: Sequence[int]) -> list[tuple[int, int]]:
    """Rising numbers as (first, how many) of those that follow each other."""
    found: list[tuple[int, int]] = []
    for y in lines:
        if found and sum(found[-1]) == y:
            found[-1] = (found[-1][0], found[-1][1] + 1)
        else:
            found.append((y, 1))
    return found
