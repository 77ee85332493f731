"""The cells of the terminal as they were last written, and the least that has to be written to change them.

Textual writes every line of a region that may have changed; here a frame is laid into a grid and only the cells that
differ go out, in one string (`strokes`).
"""

from __future__ import annotations

import re

from rich.cells import cell_len, get_character_cell_size, split_graphemes

from placement_tui.looks import PLAIN, Looks, ascii_for
from placement_tui.strokes import BLANK, Row, Strokes

_TOKEN = re.compile(r"\x1b\[(\d+);(\d+)H|\x1b\[([\d;]*)m|([^\x1b\n]+)|(\n)|(\x1b)")
_CONTROLS = re.compile("[\0-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]")
_MARK = "\ufffd"


class Cells:
    """A grid of cells. `colour` False leaves every colour out; `encoding` is what the terminal reads, `able` what it can."""

    def __init__(
        self, columns: int, rows: int, *, colour: bool = True, encoding: str = "utf-8", able: bool = False
    ) -> None:
        self.columns, self.rows = columns, rows
        self.looks = Looks(colour)
        self._narrow = "" if encoding in ("utf-8", "utf8") else encoding
        self._grid: list[Row] = [[BLANK] * columns for _ in range(rows)]
        self._uneven: set[int] = set()  # rows that hold, or held when last written, a wide or combining character
        self._stale = True
        self._before: dict[int, Row] = {}  # rows that were laid over, as the terminal still shows them
        self._cursor = (0, 0)  # where the frame wants the cursor
        self._strokes = Strokes(self.looks, columns, able)

    def resize(self, columns: int, rows: int) -> None:
        """The terminal has another size: what it shows is not known any more."""
        kept = [row[:columns] + [BLANK] * (columns - len(row)) for row in self._grid[:rows]]
        self._grid = kept + [[BLANK] * columns for _ in range(rows - len(kept))]
        self.columns, self.rows = columns, rows
        self._strokes.columns = columns
        self._uneven = set(range(rows)) if self._uneven else set()
        self._before.clear()
        self.forget()

    def forget(self) -> None:
        """Something else may have been written to the terminal: the next frame clears it and writes every cell."""
        self._stale = True

    @property
    def stale(self) -> bool:
        """True while the terminal may show something else than it was last sent."""
        return self._stale

    def frame(self, data: str) -> str:
        """What to write so that the terminal shows what `data`, one frame of Textual, would make it show."""
        self.lay(data)
        return self.changes()

    def changes(self) -> str:
        """What to write so that the terminal shows the frames laid since the last time; "" when nothing changes.

        Nothing but moves, looks and printable text ever goes out: any other control character or sequence can only come
        from what people wrote, and is drawn as a mark.
        """
        before, self._before = self._before, {}
        strokes, grid = self._strokes, self._grid
        if self._stale:
            self._stale = False
            before = dict.fromkeys(range(self.rows), strokes.clear())
        elif not self._uneven:
            strokes.shift(before, grid)
        changed = [(y, before[y], grid[y]) for y in sorted(before) if before[y] != grid[y]]
        self._uneven -= strokes.rows(changed, self._uneven)
        strokes.move(*self._cursor)
        return strokes.taken()

    def lift(self) -> str:
        """What to write before anything that is not a frame, so that it does not inherit our colours."""
        self._strokes.lift()
        return self._strokes.taken()

    # laying a frame into the grid

    def lay(self, data: str) -> None:
        """Put a frame into the grid, over what is there."""
        before = self._before
        y = x = 0
        look = PLAIN
        for row, column, sgr, text, line_end, other in _TOKEN.findall(data):
            if text or other:
                if not 0 <= y < self.rows:
                    continue
                if y not in before:
                    before[y] = self._grid[y].copy()
                x = self._put(y, x, text or _MARK, look)
            elif row:
                y, x = int(row) - 1, int(column) - 1
            elif line_end:
                x = 0
                y += 1
            else:
                look = self.looks.apply(look, sgr)
        self._cursor = (min(max(y, 0), self.rows - 1), min(max(x, 0), self.columns - 1))

    def _put(self, y: int, x: int, text: str, look: int) -> int:
        """Put text into a row; returns the column after it."""
        row, columns = self._grid[y], self.columns
        if not text.isprintable():
            text = _CONTROLS.sub(_MARK, text)
        blank = (" ", self.looks.blank(look))
        if self._narrow and not text.isascii():
            text = ascii_for(text, self._narrow)
        if text.isascii() or all(get_character_cell_size(character) == 1 for character in text):
            cells = [blank if character == " " else (character, look) for character in text]
        else:
            self._uneven.add(y)
            cells = []
            for start, end, size in split_graphemes(text)[0]:
                if size == 0:
                    where, at = (cells, len(cells) - 1) if cells else (row, x - 1)
                    if 0 <= at < columns and where[at][0]:
                        where[at] = (where[at][0] + text[start:end], where[at][1])
                    continue
                cells.append((text[start:end], look))
                if size == 2:
                    cells.append(("", look))
        end = x + len(cells)
        if end > columns:
            del cells[max(0, columns - x) :]
            if cells and end - columns < 2 and cell_len(cells[-1][0]) == 2:
                cells[-1] = blank  # half of it would not fit
        if cells:
            if row[x][0] == "" and x:
                row[x - 1] = (" ", row[x - 1][1])
            last = x + len(cells)
            if last < columns and row[last][0] == "":
                row[last] = (" ", row[last][1])
            row[x:last] = cells
        return end
