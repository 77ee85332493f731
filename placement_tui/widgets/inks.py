"""Inks: the few looks that text may have, taken from the theme; every one is also told by a word or a sign.

Inks are foregrounds, bases are what lies under a whole line. Taking them from the theme's own colours, and not from
component classes, keeps style matching off the way to the first paint and gives every theme all of them.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from rich.segment import Segment
from rich.style import Style
from textual.color import Color
from textual.strip import Strip

from placement_tui.widgets.text import Line, Span, fit, spans

if TYPE_CHECKING:
    from textual.app import App

INKS = (
    "", "muted", "strong", "accent", "good", "warn", "bad", "head", "key", "typed", "caret", "struck", "field", "hint",
)  # fmt: skip
BASES = ("", "cursor", "resting", "changed", "bar", "panel")

_THEME_COLOURS = ("foreground", "background", "accent", "success", "warning", "error", "primary")
# What a theme may say itself; blended from its colours where it does not.
_OWN = ("ink-muted", "ground-cursor", "ground-resting", "ground-changed", "ground-bar", "ground-panel")


class Palette:
    """The inks and bases of one theme."""

    def __init__(self, colours: tuple[str, ...], own: tuple[str, ...], native: bool, colour: bool) -> None:
        self._styles: dict[tuple[str, str], Style] = {}
        self._flat = native or not colour
        foreground, background, accent, good, warn, bad, primary = (Color.parse(value) for value in colours)
        self._inks = {
            "": foreground, "muted": foreground, "strong": foreground, "accent": accent, "good": good, "warn": warn,
            "bad": bad, "head": foreground, "key": accent, "typed": foreground, "caret": foreground,
            "struck": foreground,
        }  # fmt: skip
        muted, *grounds = own
        self._muted = Color.parse(muted) if muted else None
        self._grounds = {
            "": background, "cursor": background.blend(primary, 0.45, 1.0),
            "resting": background.blend(foreground, 0.10, 1.0), "changed": background.blend(accent, 0.30, 1.0),
            "bar": background.blend(foreground, 0.07, 1.0), "panel": background.blend(foreground, 0.05, 1.0),
        }  # fmt: skip
        said = zip(("cursor", "resting", "changed", "bar", "panel"), grounds, strict=True)
        self._grounds.update({name: Color.parse(ground) for name, ground in said if ground})

    def style(self, ink: str = "", base: str = "") -> Style:
        """The style of an ink on a base; an unknown ink is plain."""
        try:
            return self._styles[ink, base]
        except KeyError:
            made = self._styles[ink, base] = self._make(ink, base)
            return made

    def _make(self, ink: str, base: str) -> Style:
        bold = ink in ("strong", "accent", "good", "warn", "bad", "key", "head")
        if self._flat:  # the terminal's own colours, or none: what lies under a line is told by the line's own look
            faint = ink in ("muted", "struck", "hint") and base != "cursor"
            coloured = ink in ("accent", "good", "warn", "bad", "key") and base not in ("cursor",)
            return Style(
                color=self._inks.get(ink, self._inks[""]).rich_color if coloured else None,
                bgcolor=None,
                bold=bold or base in ("changed", "bar"),
                dim=faint,
                reverse=(base == "cursor") != (ink == "caret"),
                underline=base in ("changed", "resting") or ink in ("typed", "field", "hint"),
                strike=ink == "struck",
            )
        under = self._grounds.get("bar" if ink in ("field", "hint") else base, self._grounds[""])
        front = self._inks.get(ink, self._inks[""])
        if ink in ("muted", "struck", "head", "hint"):
            front = self._muted or under.blend(front, 0.6, 1.0)
        return Style(
            color=readable(front, under).rich_color,
            bgcolor=under.rich_color,
            bold=bold,
            reverse=ink == "caret",
            strike=ink == "struck",
        )


def contrast(one: Color, other: Color) -> float:
    """The contrast of two colours, 1 to 21 (WCAG 2.2, relative luminance)."""
    high, low = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def _luminance(colour: Color) -> float:
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in colour.normalized)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def readable(front: Color, under: Color) -> Color:
    """`front`, or the next of the 256 colours towards white or black with a contrast of 4.5 to 1 (WCAG 2.2, 1.4.3)."""
    if contrast(front, under) >= 4.5:
        return front
    white, black = Color(255, 255, 255), Color(0, 0, 0)
    extreme = white if contrast(white, under) > contrast(black, under) else black
    for step in range(1, 10):
        moved = front.blend(extreme, step / 10, alpha=1.0)
        near = Color(_level(moved.r), _level(moved.g), _level(moved.b))
        if contrast(near, under) >= 4.5:
            return near
    return extreme


def _level(part: int) -> int:
    return min((0, 95, 135, 175, 215, 255), key=lambda level: abs(level - part))


@lru_cache(maxsize=8)
def _palette(colours: tuple[str, ...], own: tuple[str, ...], native: bool, colour: bool) -> Palette:
    return Palette(colours, own, native, colour)


def palette(app: App[Any]) -> Palette:
    """The palette of the application's present theme."""
    variables = app.theme_variables
    theme = app.current_theme  # its own words where it has them: what Textual derives is a rounding away
    colours = tuple(getattr(theme, name) or variables[name] for name in _THEME_COLOURS)
    own = tuple(variables.get(name, "") for name in _OWN)
    return _palette(colours, own, app.native_ansi_color, not app.no_color)


def strip(inks: Palette, line: Line, width: int, base: str = "") -> Strip:
    """A line painted on a base, cut or padded to exactly `width` cells."""
    return spans_strip(inks, spans(line), width, base)


def spans_strip(inks: Palette, parts: Iterable[Span], width: int, base: str = "") -> Strip:
    """Plain spans painted on a base, cut or padded to exactly `width` cells."""
    segments: list[Segment] = []
    left = width
    for span in parts:
        if left <= 0:
            break
        text, size = _cut(span.text, left)
        if text:
            segments.append(Segment(text, inks.style(span.ink, base)))
            left -= size
    if left > 0:
        segments.append(Segment(" " * left, inks.style("", base)))
    return Strip(segments, width)


def _cut(text: str, width: int) -> tuple[str, int]:
    if text.isascii():
        return (text, len(text)) if len(text) <= width else (fit(text, width), width)
    from rich.cells import cell_len

    size = cell_len(text)
    return (text, size) if size <= width else (fit(text, width), width)
