"""People's text made safe to paint: literal, one line, exactly as many cells as it takes."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from rich.cells import cell_len, set_cell_size, split_graphemes

from placement_tui.domain.typed_text import BIDI, MARK
from placement_tui.terminal import ascii_only


class Span(NamedTuple):
    """A run of text in one ink (see `inks`)."""

    text: str
    ink: str = ""


Line = str | Span | Sequence[str | Span]

_MARKS_KEPT = 4  # combining marks on one letter; no script needs more, and a thousand would not be a letter
_POUNDS = "GBP "  # where the terminal has no pound sign
_AMOUNT = re.compile(rf"{_POUNDS}[0-9.,]+")
_GLYPHS = {
    "cursor": ("›", ">"), "rule": "─-", "thumb": "▐#", "more": "…~", "mark": ("+", "+"), "barred": ("x", "x"),
    "dot": "·-", "arrow": ("→", "->"), "left": "‹<", "right": "›>", "bar": "│|", "tick": ("v", "v"),
}  # fmt: skip


def glyph(name: str) -> str:
    """A drawing sign by its name, in ASCII where the terminal has no UTF-8."""
    return _GLYPHS[name][ascii_only()]


def plain(text: str) -> str:
    """The same text as one harmless line: no control characters, no direction overrides, no half surrogates.

    Line breaks and tabs become a space; other control characters, those that turn the direction of writing, and code
    points that no font has become U+FFFD; other invisible format characters go, and of a pile of combining marks four are kept. Markup is left alone: nothing that
    paints this text reads markup.
    """
    return text if text.isascii() and text.isprintable() else _plain(text)


@lru_cache(maxsize=1024)
def _plain(text: str) -> str:
    text = unicodedata.normalize("NFC", text)  # a letter with its mark is one cell in every terminal
    if "£" in text and ascii_only():
        text = text.replace("£ ", _POUNDS).replace("£", _POUNDS)  # one letter in its place would be read as a figure
    kept: list[str] = []
    marks = 0
    for at, character in enumerate(text):
        category = unicodedata.category(character)
        if category in ("Mn", "Me"):
            marks += 1
            if not kept:
                kept.append(" ")
            if marks > _MARKS_KEPT or "\ufe00" <= character <= "\ufe0f" or character >= "\U000e0100":
                continue
        elif character in BIDI:
            marks = 0
            character = MARK
        elif category == "Cf":
            joins = character in "\u200c\u200d" and kept and unicodedata.category(kept[-1])[0] in "LM"
            if not (joins and at + 1 < len(text) and unicodedata.category(text[at + 1])[0] in "LM"):
                continue
        else:
            marks = 0
            if character in "\t\n\r\v\f\x85" or category in ("Zl", "Zp"):
                character = " "
            elif category in ("Cc", "Cs", "Cn"):
                character = "\ufffd"
        kept.append(character)
    return "".join(kept)


def fit(text: str, width: int, align: str = "left") -> str:
    """`text`, already plain, cut or padded to exactly `width` cells; a cut is shown. `align` is left, right, centre."""
    if width <= 0:
        return ""
    size = cell_len(text)
    if size > width and _AMOUNT.fullmatch(text):
        text = text.removeprefix(_POUNDS)  # a figure that is cut is another figure; its column says what it counts
        size = len(text)
    if size > width:
        more = glyph("more")
        return set_cell_size(text, width - 1) + more if width > 1 else set_cell_size(text, width)
    gap = width - size
    if align == "right":
        return " " * gap + text
    if align == "centre":
        return " " * (gap // 2) + text + " " * (gap - gap // 2)
    return text + " " * gap


def spans(line: Line) -> list[Span]:
    """A line as a list of plain spans."""
    if isinstance(line, str):
        return [Span(plain(line))]
    if isinstance(line, Span):
        return [Span(plain(line.text), line.ink)]
    return [Span(plain(part)) if isinstance(part, str) else Span(plain(part.text), part.ink) for part in line]


def width_of(line: Line) -> int:
    """Cells that a line takes."""
    return sum(cell_len(span.text) for span in spans(line))


@lru_cache(maxsize=512)
def wrap(text: str, width: int) -> tuple[str, ...]:
    """A paragraph as lines of at most `width` cells, broken at spaces where there are any; always at least one line."""
    return tuple(text[start:end].rstrip(" ") if end < len(text) else text[start:] for start, end in breaks(text, width))


def breaks(text: str, width: int) -> list[tuple[int, int]]:
    """Where `wrap` breaks one paragraph: (start, end) indices that cover it without gaps."""
    width = max(1, width)
    if len(text) <= width and text.isascii():
        return [(0, len(text))]
    found: list[tuple[int, int]] = []
    if text.isascii():
        start = 0
        while len(text) - start > width:
            cut = text.rfind(" ", start, start + width) + 1
            cut = cut if cut > start else start + width
            found.append((start, cut))
            start = cut
        return [*found, (start, len(text))]
    start = size = 0
    last_space = -1
    for begin, end, cells in split_graphemes(text)[0]:
        if size + cells > width and begin > start:
            cut = last_space if last_space > start else begin
            found.append((start, cut))
            size = cell_len(text[cut:begin])
            start, last_space = cut, -1
        size += cells
        if text[begin] == " ":
            last_space = end
    return [*found, (start, len(text))]
