"""Pages to read: lines of label and value, headings and paragraphs, broken for a width. No widget here."""

from __future__ import annotations

from placement_tui.widgets.text import Line, Span, plain, width_of, wrap

LABEL = 14


def heading(words: str) -> list[Line]:
    """A heading with a line before it."""
    return ["", Span(f" {words}", "head")]


def said(label: str, value: Line, width: int, ink: str = "", label_width: int = LABEL) -> list[Line]:
    """A label and its value; a long one goes on below itself. Nothing at all for an empty value."""
    if not value:
        return []
    lead = Span(f" {label}".ljust(label_width + 1) + " " * (len(label) >= label_width), "muted")
    if not isinstance(value, str | Span):
        return [[lead, *value]]
    text, own = (value.text, value.ink) if isinstance(value, Span) else (value, ink)
    made: list[Line] = []
    for part in text.split("\n"):
        for line in wrap(plain(part), max(10, width - label_width - 2)):
            first = lead if not made else Span(" " * (label_width + 1))
            made.append([first, Span(line, own)])
    return made


def paragraph(text: str, width: int, indent: int = 1, ink: str = "") -> list[Line]:
    """Somebody's words."""
    return [
        Span(" " * indent + line, ink)
        for part in text.split("\n")
        for line in wrap(plain(part), max(10, width - indent - 1))
    ]


def columns(parts: list[tuple[Line, int]]) -> Line:
    """Values under each other from line to line: each in so many cells, the last as long as it is."""
    line: list[Span | str] = ["   "]
    for value, width in parts:
        spans = [value] if isinstance(value, str | Span) else list(value)
        line += spans
        line.append(" " * max(1, width - width_of(spans)))
    return line
