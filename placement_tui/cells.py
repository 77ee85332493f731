"""The cells of the terminal as they were last written, and the least that has to be written to change them.

Textual writes every line of a region that may have changed; here a frame is laid into a grid and only the cells that
differ go out, in one string. Rows with wide or combining characters go out whole, each such character followed by an
absolute move, so that a terminal which measures it otherwise is put right at once.
"""

from __future__ import annotations

import re

from rich.cells import cell_len, get_character_cell_size, split_graphemes

from placement_tui.looks import PLAIN, Looks, ascii_for

_TOKEN = re.compile(r"\x1b\[(\d+);(\d+)H|\x1b\[([\d;]*)m|([^\x1b\n]+)|(\n)|(\x1b)")
_CONTROLS = re.compile("[\0-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]")
_MARK = "\ufffd"
_GAP = 4  # unchanged cells between two changes that cost no more to write again than to step over

Cell = tuple[str, int]  # its characters ("" for the right half of a wide one), its look
_BLANK: Cell = (" ", PLAIN)


class Cells:
    """A grid of cells. `colour` False leaves every colour out; `encoding` is what the terminal reads."""

    def __init__(self, columns: int, rows: int, *, colour: bool = True, encoding: str = "utf-8") -> None:
        self.columns, self.rows = columns, rows
        self.looks = Looks(colour)
        self._narrow = "" if encoding in ("utf-8", "utf8") else encoding
        self._grid: list[list[Cell]] = [[_BLANK] * columns for _ in range(rows)]
        self._uneven: set[int] = set()  # rows that hold, or held when last written, a wide or combining character
        self._stale = True
        self._cursor = (0, 0)  # where the frame wants the cursor
        self._at: tuple[int, int] | None = None  # where the terminal's cursor is, (row, column)
        self._pen = PLAIN

    def resize(self, columns: int, rows: int) -> None:
        """The terminal has another size: what it shows is not known any more."""
        kept = [row[:columns] + [_BLANK] * (columns - len(row)) for row in self._grid[:rows]]
        self._grid = kept + [[_BLANK] * columns for _ in range(rows - len(kept))]
        self.columns, self.rows = columns, rows
        self._uneven = set(range(rows)) if self._uneven else set()
        self.forget()

    def forget(self) -> None:
        """Something else may have been written to the terminal: the next frame clears it and writes every cell."""
        self._stale = True

    def frame(self, data: str) -> str:
        """What to write so that the terminal shows what `data`, one frame of Textual, would make it show.

        "" when nothing changes. Nothing but moves, looks and printable text ever goes out: any other control character
        or sequence can only come from what people wrote, and is drawn as a mark.
        """
        before = self._lay(data)
        out: list[str] = []
        if self._stale:
            out.append("\x1b[0m\x1b[2J")
            self._stale, self._pen, self._at = False, PLAIN, None
            blank = [_BLANK] * self.columns
            before = dict.fromkeys(range(self.rows), blank)
        for y in sorted(before):
            old, new = before[y], self._grid[y]
            if old != new:
                if y in self._uneven:
                    self._write_whole(y, new, out)
                else:
                    self._write_changes(y, old, new, out)
        if self._at != self._cursor:
            self._move(*self._cursor, out)
        return "".join(out)

    def lift(self) -> str:
        """What to write before anything that is not a frame, so that it does not inherit our colours."""
        if self._pen == PLAIN:
            return ""
        self._pen = PLAIN
        return "\x1b[0m"

    # laying a frame into the grid

    def _lay(self, data: str) -> dict[int, list[Cell]]:
        """Put a frame into the grid; returns the rows it touches as they were."""
        before: dict[int, list[Cell]] = {}
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
        return before

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

    # writing what has changed

    def _write_changes(self, y: int, old: list[Cell], new: list[Cell], out: list[str]) -> None:
        changed = [x for x, (was, now) in enumerate(zip(old, new, strict=True)) if was != now]
        start = 0
        while start < len(changed):
            end = start + 1
            while end < len(changed):
                left, right = changed[end - 1] + 1, changed[end]
                if right > left and (right - left > _GAP or not self._same(new, left - 1, right)):
                    break
                end += 1
            self._move(y, changed[start], out)
            self._write_cells(y, new, changed[start], changed[end - 1] + 1, out)
            start = end

    def _same(self, row: list[Cell], left: int, right: int) -> bool:
        """True when the cells after `left`, before `right`, can be written with the pen that wrote `left`."""
        look = row[left][1]
        blank = self.looks.blank(look)
        return all(own == look or (text == " " and own == blank) for text, own in row[left + 1 : right])

    def _write_cells(self, y: int, row: list[Cell], start: int, end: int, out: list[str]) -> None:
        pen, change = self._pen, self.looks.change
        for x, (text, look) in enumerate(row[start:end], start):
            if look != pen and change(pen, look, text == " "):
                if text == " ":  # the pen of the next text is as good for the blanks before it
                    after = next((own for other, own in row[x:end] if other != " "), look)
                    look = after if self.looks.blank(after) == look else look
                out.append(change(pen, look, False))
                pen = look
            out.append(text)
        self._pen = pen
        self._at = (y, end) if end < self.columns else None

    def _write_whole(self, y: int, row: list[Cell], out: list[str]) -> None:
        start = 0
        for x, (text, look) in enumerate(row):
            if len(text) == 1 and get_character_cell_size(text) == 1:
                continue
            if text == "":
                start = x + 1
                continue
            if x > start:
                self._move(y, start, out)
                self._write_cells(y, row, start, x, out)
            self._move(y, x, out)
            self._write_cells(y, [(" ", look)] * (x + 2), x, min(x + 2, self.columns), out)
            self._at = None
            self._move(y, x, out)
            self._write_cells(y, row, x, x + 1, out)
            self._at = None
            start = x + 1
        if start < len(row):
            self._move(y, start, out)
            self._write_cells(y, row, start, len(row), out)
        if all(len(text) == 1 and get_character_cell_size(text) == 1 for text, _ in row):
            self._uneven.discard(y)

    def _move(self, y: int, x: int, out: list[str]) -> None:
        at = self._at
        if at != (y, x):
            if at is not None and at[0] == y and x > at[1]:
                step = x - at[1]
                out.append("\x1b[C" if step == 1 else f"\x1b[{step}C")
            elif at is not None and at[0] == y and x == 0:
                out.append("\r")
            elif at is not None and at[0] + 1 == y and x == 0:
                out.append("\r\n")
            else:
                out.append(f"\x1b[{y + 1};{x + 1}H" if x else f"\x1b[{y + 1}H")
            self._at = (y, x)
