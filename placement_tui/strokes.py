"""The fewest bytes that make a terminal show other cells: ordered by look, since a colour costs more than a move.

Every look is written once, wherever it stands, and the runs of it are reached by the shortest move. Blanks to the end
of a line, and long ones within it, are erased where the terminal erases with the ground of the pen. Lines that moved
up or down are moved by the terminal. Rows with wide or combining characters go out whole, each such character followed
by an absolute move, so that a terminal which measures it otherwise is put right at once.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rich.cells import get_character_cell_size

from placement_tui.looks import PLAIN, Looks

Cell = tuple[str, int]  # its characters ("" for the right half of a wide one), its look
Row = list[Cell]
BLANK: Cell = (" ", PLAIN)
_UNKNOWN: Cell = ("", -1)  # what a line shows that the terminal has made room for

_GAP = 4  # unchanged cells between two changes that cost no more to write again than to step over
_TAIL = 3  # blanks at the end of a line that cost no more to write than to erase
_LONG = " " * 11  # blanks within a line that cost more to write than to erase and step over
_LEAST_MOVED = 6  # lines that have to be saved before moving a band of them is worth its bytes
_SHIFTS = (1, -1, 2, -2, 3, -3)
# Terminals that erase with the colour of the pen, erase within a line, and move lines. GNU screen does not do the first
# and calls itself `screen`; what is not known does nothing of it.
_ABLE = (
    "xterm", "tmux", "linux", "putty", "rxvt", "alacritty", "foot", "kitty", "vte", "gnome", "konsole", "st-", "wezterm",
    "ghostty", "contour", "iterm", "mlterm",
)  # fmt: skip


def able(term: str) -> bool:
    """True for a terminal (TERM) known to erase with the colour of the pen and to move lines."""
    return term.startswith(_ABLE)


class Strokes:
    """The terminal's pen and cursor, and how rows are written with them. `able` as the function of that name says."""

    def __init__(self, looks: Looks, columns: int, able: bool) -> None:
        self.looks, self.columns, self._able = looks, columns, able
        self.pen = PLAIN
        self.at: tuple[int, int] | None = None  # where the terminal's cursor is, (row, column)
        self._out: list[str] = []

    def taken(self) -> str:
        """What is to be written, once."""
        out, self._out = self._out, []
        return "".join(out)

    def clear(self) -> Row:
        """Clear the terminal; gives what each of its rows is then."""
        self._out.append("\x1b[0m\x1b[2J")
        self.pen, self.at = PLAIN, None
        return [BLANK] * self.columns

    def lift(self) -> None:
        """Put the pen down in the terminal's own colours."""
        if self.pen != PLAIN:
            self._out.append("\x1b[0m")
            self.pen = PLAIN

    def move(self, y: int, x: int) -> None:
        """Go to a cell."""
        if self.at != (y, x):
            self._out.append(_way(self.at, y, x))
            self.at = (y, x)

    def rows(self, changed: Sequence[tuple[int, Row, Row]], whole: set[int]) -> set[int]:
        """Write rows, each (its number, as it is, as it should be); gives those of `whole` that need it no more."""
        groups: dict[int, list[tuple[int, int, int]]] = {}  # look -> runs: row, start, end
        blanks: dict[int, list[tuple[int, int, int]]] = {}  # ground -> runs in which there is no text
        becoming: dict[int, Row] = {}
        for y, old, new in changed:
            becoming[y] = new
            if y not in whole:
                self._runs(y, old, new, groups, blanks)
        while groups or blanks:
            look = self._next(groups, blanks)
            ground = self.looks.blank(look)
            runs = groups.pop(look, []) + blanks.pop(ground, [])
            for y, start, end in sorted(runs):
                self.move(y, start)
                self._take(look)
                self._write(y, becoming[y], start, end)
        for y, _, new in changed:
            if y in whole:
                self._write_whole(y, new)
        return {y for y, _, new in changed if y in whole and not any(map(_uneven, new))}

    def _next(self, groups: Mapping[int, object], blanks: Mapping[int, object]) -> int:
        """The look that costs least to take up; text first, since blanks can be written with it."""
        looks, pen = self.looks, self.pen
        if pen in groups:
            return pen
        if groups:
            return min(groups, key=lambda look: len(looks.change(pen, look, False)))
        return pen if looks.blank(pen) in blanks else min(blanks, key=lambda look: len(looks.change(pen, look, True)))

    def _runs(
        self, y: int, old: Row, new: Row, groups: dict[int, list[tuple[int, int, int]]],
        blanks: dict[int, list[tuple[int, int, int]]],
    ) -> None:  # fmt: skip
        """Cut a row's changes into runs that one pen can write."""
        columns, blank = self.columns, self.looks.blank
        tail = self._tail(new)
        x = next(x for x in range(columns) if old[x] != new[x])
        while x < columns:
            start = last = x
            text, look = new[x]
            pen, ground = (None, look) if text == " " else (look, blank(look))
            while x < columns:
                text, look = new[x]
                if text == " ":
                    if look != ground:
                        break
                elif look != pen:
                    if pen is not None or blank(look) != ground:
                        break
                    pen = look
                if old[x] != new[x]:
                    last = x
                    if x >= tail:
                        last = columns - 1
                        break
                elif x - last > _GAP:
                    break
                x += 1
            run = (y, start, last + 1)
            if pen is None:
                blanks.setdefault(ground, []).append(run)
            else:
                groups.setdefault(pen, []).append(run)
            x = last + 1
            while x < columns and old[x] == new[x]:
                x += 1

    def _tail(self, row: Row) -> int:
        """Where the blanks begin that can be erased up to the end of the row."""
        tail, last = self.columns, row[-1]
        if last[0] == " " and self._erases(last[1]):
            while tail and row[tail - 1] == last:
                tail -= 1
        return tail if self.columns - tail > _TAIL else self.columns

    def _erases(self, look: int) -> bool:
        """True where an erased cell looks as a blank of that look does."""
        return self.looks.bare(look) and (self._able or look == PLAIN)

    def _write(self, y: int, row: Row, start: int, end: int) -> None:
        """Write the cells of one run with the pen that is in hand."""
        tail = max(start, self._tail(row)) if end == self.columns else end
        if end - tail <= _TAIL:
            tail = end
        text = "".join([character for character, _ in row[start:tail]])
        x = 0
        if self._able and self.looks.bare(self.looks.blank(self.pen)):
            while (gap := text.find(_LONG, x)) >= 0:
                stop = len(text) - len(text[gap:].lstrip(" "))
                self._put(y, start + x, text[x:gap])
                self.move(y, start + gap)
                self._out.append(f"\x1b[{stop - gap}X")
                x = stop
        self._put(y, start + x, text[x:])
        if tail < end:
            self.move(y, tail)
            self._out.append("\x1b[K")

    def _put(self, y: int, x: int, text: str) -> None:
        if text:
            self.move(y, x)
            self._out.append(text)
            end = x + len(text)
            self.at = (y, end) if end < self.columns else None

    def _take(self, look: int) -> None:
        """Take up the pen of a look."""
        if look != self.pen:
            self._out.append(self.looks.change(self.pen, look, False))
            self.pen = look

    # rows with characters that terminals measure in their own ways

    def _write_whole(self, y: int, row: Row) -> None:
        start = 0
        for x, (text, look) in enumerate(row):
            if not _uneven((text, look)):
                continue
            if text == "":
                start = x + 1
                continue
            self._write_plain(y, row, start, x)
            self._write_plain(y, [(" ", look)] * (x + 2), x, min(x + 2, self.columns))
            self.at = None
            self._write_plain(y, row, x, x + 1)
            self.at = None
            start = x + 1
        self._write_plain(y, row, start, len(row))

    def _write_plain(self, y: int, row: Row, start: int, end: int) -> None:
        if start >= end:
            return
        self.move(y, start)
        for text, look in row[start:end]:
            if look != self.pen and not (text == " " and self.looks.blank(self.pen) == look):
                self._take(look)
            self._out.append(text)
        self.at = (y, end) if end < self.columns else None

    # lines that moved

    def shift(self, before: dict[int, Row], after: Sequence[Row]) -> None:
        """Have the terminal move a band of lines where that saves writing them; `before` is then as it made it."""
        changed = [y for y in sorted(before) if before[y] != after[y]]
        if not self._able or len(changed) < _LEAST_MOVED:
            return
        shown = [before.get(y, row) for y, row in enumerate(after)]
        same = [_like(*rows) for rows in zip(shown, after, strict=True)]
        best, by, top, end = _LEAST_MOVED - 1, 0, 0, 0
        for shift in _SHIFTS:
            moved = [
                y for y in changed if 0 <= y + shift < len(after) and not same[y] and _like(shown[y + shift], after[y])
            ]
            if len(moved) > best:
                first, last = moved[0] + min(0, shift), moved[-1] + max(0, shift)
                saved = len(moved) - sum(same[first : last + 1])
                if saved > best and first > 0:  # a line that leaves at the top of the screen may be kept by a terminal
                    best, by, top, end = saved, shift, first, last + 1
        if not by:
            return
        move = _steps(abs(by), "M" if by > 0 else "L")
        self._out.append(f"\x1b[{top + 1};{end}r\x1b[{top + 1}H{move}\x1b[r")
        self.at = None  # at the top left, most say
        room = [[_UNKNOWN] * self.columns for _ in range(abs(by))]
        band = shown[top:end]
        made = band[by:] + room if by > 0 else room + band[:by]
        before.update(zip(range(top, end), made, strict=True))


def _like(old: Row, new: Row) -> bool:
    """True where two lines show the same but for their edges: the cursor's sign, and where in a list one is."""
    return old[2:-1] == new[2:-1]


def _uneven(cell: Cell) -> bool:
    """True for a cell that terminals may measure otherwise."""
    return len(cell[0]) != 1 or get_character_cell_size(cell[0]) != 1


def _way(at: tuple[int, int] | None, y: int, x: int) -> str:
    """The shortest move from one cell to another."""
    straight = f"\x1b[{y + 1};{x + 1}H" if x else f"\x1b[{y + 1}H" if y else "\x1b[H"
    if at is None:
        return straight
    down, right = y - at[0], x - at[1]
    if down == 0:
        way = (
            "\r"
            if x == 0
            else _steps(right, "C")
            if right > 0
            else "\b" * -right
            if right > -4
            else _steps(-right, "D")
        )
    elif right == 0:
        way = _steps(down, "B") if down > 0 else _steps(-down, "A")
    elif down == 1:
        way = "\r\n" if x == 0 else "\r\n" + _steps(x, "C")
    else:
        return straight
    return way if len(way) < len(straight) else straight


def _steps(count: int, letter: str) -> str:
    return f"\x1b[{count}{letter}" if count > 1 else f"\x1b[{letter}"
