"""The lines of a form: label, what is typed, what is wrong with it, and the help under the fields. No widget here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from rich.cells import cell_len, split_text

from placement_tui.errors import Invalid
from placement_tui.widgets.choose import Option, fitted
from placement_tui.widgets.editing import after, window
from placement_tui.widgets.sheet import Entry
from placement_tui.widgets.text import Line, Span, breaks, fit, glyph, plain, wrap

HELP_LINES = 3
GUTTER = 2  # cells before the label: the cursor's sign
_FIELD = 30  # cells of ground under the field in hand


def entry_line(
    entry: Entry, line: int, label_width: int, width: int, hand: bool, caret: bool
) -> tuple[list[Span], int | None]:
    """One line of an entry, and the caret's cell in it where it has the caret."""
    label = fit(plain(entry.field.label), label_width) if line == 0 else " " * label_width
    sign = glyph("cursor") if hand and line == 0 else " "
    needed = "*" if entry.field.required and line == 0 else " "
    parts = [Span(f"{sign} ", "key"), Span(label, "strong" if hand else "muted"), Span(needed + " ", "accent")]
    left = GUTTER + label_width + 2
    room = max(4, width - left - 1)
    draw = _long_line if entry.field.kind == "long" else _short_line
    more, cell = draw(entry, line, room, hand, caret)
    return parts + more, None if cell is None else left + cell


def _short_line(entry: Entry, line: int, room: int, hand: bool, caret: bool) -> tuple[list[Span], int | None]:
    del line
    text, at = entry.editor.text, entry.editor.at
    if entry.field.kind == "secret":
        text = "*" * len(text)
    else:
        text, at = plain(text), len(plain(text[:at]))
    note = _beside(entry)
    note_room = min(cell_len(note) + 3, room * 2 // 3) if entry.wrong else 0
    shown, cell = window(text, at, room - note_room - 1)
    used = cell_len(shown) + 1
    if caret:
        parts = caret_spans(shown, cell, "field")
    elif hand:
        parts = [Span(shown + " ", "field")]
    else:
        parts = [Span(shown) if shown else Span(plain(entry.field.example), "muted")]
    if hand:  # the place to type in is seen, with an example while it is empty
        hint = plain(entry.field.example) if not shown else ""
        blank = min(room - note_room, max(used, _FIELD)) - used
        parts.append(Span(fit(hint, blank), "hint"))
        used += max(0, blank)
    if note and (shown or hand or entry.wrong) and used + 4 < room:
        parts.append(Span("  " + fit(note, min(cell_len(note), room - used - 2)), "bad" if entry.wrong else "muted"))
    return parts, cell if caret else None


def _long_line(entry: Entry, line: int, room: int, hand: bool, caret: bool) -> tuple[list[Span], int | None]:
    text, at, high = entry.editor.text, entry.editor.at, entry.field.lines
    rows = rows_of(text, room - 1)
    caret_row = next((n for n in range(len(rows) - 1, -1, -1) if rows[n][0] <= at), 0)
    first = max(0, min(caret_row - high // 2, len(rows) - high)) if hand else 0
    n = first + line
    if n >= len(rows):
        return [], None
    start, end = rows[n]
    shown = plain(text[start:end])
    if caret and n == caret_row:
        cell = cell_len(plain(text[start:at]))
        return caret_spans(shown, cell), cell
    if line == high - 1 and n < len(rows) - 1:
        return [Span(fit(shown, min(cell_len(shown), room - 2))), Span(" " + glyph("more"), "accent")], None
    return [Span(shown)], None


@lru_cache(maxsize=8)
def rows_of(text: str, width: int) -> tuple[tuple[int, int], ...]:
    """Where a text of several lines is broken for a width: (start, end) indices of every line shown."""
    rows: list[tuple[int, int]] = []
    start = 0
    for part in text.split("\n"):
        rows += [(start + first, start + last) for first, last in breaks(part, width)]
        start += len(part) + 1
    return tuple(rows)


def caret_spans(text: str, cell: int, ink: str = "") -> list[Span]:
    """A line's text with the caret at a cell; at its end the caret stands on one more cell."""
    left, rest = split_text(text, cell)
    if not rest:
        return [Span(left, ink), Span(" ", "caret")]
    end = after(rest, 0)
    return [Span(left, ink), Span(rest[:end], "caret"), Span(rest[end:] + " ", ink)]


def help_lines(entry: Entry, said: Line, width: int) -> list[Line]:
    """What is said, what is wrong, the options, or the help, for the field in hand; at most `HELP_LINES`."""
    lines: list[Line] = []
    field, text = entry.field, entry.editor.text
    typed = text if field.kind == "choice" else text.rpartition(",")[2]
    meant = field.matching(typed) if field.options else []
    shows = text.strip() or field.kind == "long"  # one line says beside itself that it is needed
    wrong = entry.wrong if shows and not (meant and typed.strip()) else None  # half a word is no mistake yet
    if said:
        lines = [said]
    elif wrong:
        lines = [Span(part, "bad") for part in wrap(plain(str(wrong)), width)]
    elif field.help:
        lines = [Span(part, "muted") for part in wrap(plain(field.help), width)]
    if field.options:
        whole = any(option.words == typed for option in field.options)
        options = field.options if whole else meant or field.options
        lines = lines[: 1 if said or wrong or len(lines) == 1 else 0]
        lines += fitted(typeable(options), width, HELP_LINES - len(lines))
    return lines[:HELP_LINES]


def typeable(options: Sequence[Option]) -> list[Option]:
    """Options with the shortest thing that one may type for each: its key, or its code where that is not a word."""
    return [replace(o, key=o.key or ("" if str(o.value).islower() else str(o.value))) for o in options]


def _beside(entry: Entry) -> str:
    """What is said beside the text: what is wrong with it, or the words of the codes that were typed."""
    wrong: Invalid | None = entry.wrong
    if wrong is not None:
        return f"! {plain(wrong.title)}"
    if entry.field.beside is not None and entry.value is not None:
        return plain(entry.field.beside(entry.value))
    if entry.field.kind == "multi" and entry.value:
        words = {option.value: option.words for option in entry.field.options}
        return f" {glyph('dot')} ".join(plain(words.get(value, str(value))) for value in entry.value)
    return ""
