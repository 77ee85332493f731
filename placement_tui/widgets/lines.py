"""Lines that change without layout: title, status, toast, footer, rules and blocks of text. Nothing jumps."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget

from placement_tui.commands import key_words, keys_words
from placement_tui.commands.declaring import Command
from placement_tui.commands.forms import TYPED
from placement_tui.widgets.inks import palette, spans_strip
from placement_tui.widgets.text import Line, Span, fit, glyph, spans, width_of


class Block(Widget):
    """Lines of literal text. As high as its styles say; a line beyond is not shown, a missing one is blank."""

    DEFAULT_CSS = "Block { height: 1; width: 1fr; }"
    BASE = ""

    def __init__(self, *lines: Line, base: str | None = None, id: str | None = None) -> None:  # noqa: A002 - Textual's own
        super().__init__(id=id)
        self._base = self.BASE if base is None else base
        self._lines: list[Line] = list(lines)

    @property
    def lines(self) -> tuple[Line, ...]:
        """What it shows."""
        return tuple(self._lines)

    def show(self, *lines: Line) -> None:
        """Show these lines; only those that differ are painted again."""
        before, self._lines = self._lines, list(lines)
        for y in range(max(len(before), len(lines))):
            if y >= len(before) or y >= len(lines) or before[y] != lines[y]:
                self.refresh(Region(0, y, self.size.width, 1))

    def render_line(self, y: int) -> Strip:
        """One line, for Textual."""
        line: Line = self.compose_line(y, self.size.width)
        return spans_strip(palette(self.app), spans(line), self.size.width, self._base)

    def compose_line(self, y: int, width: int) -> Line:  # noqa: ARG002 - subclasses use both
        """The text of a line; subclasses that fit their text to the width override it."""
        return self._lines[y] if y < len(self._lines) else ""


class Rule(Block):
    """A line that separates."""

    def compose_line(self, y: int, width: int) -> Line:  # noqa: ARG002 - subclasses use both
        """The rule across the width."""
        return Span(glyph("rule") * width, "muted")


def spread(parts: Sequence[Line], width: int) -> list[Span]:
    """Lines set left, (middle,) and right in one width; the left one is cut first, then the middle one goes."""
    made = [spans(part) for part in parts]
    sizes = [width_of(part) for part in made]
    right, right_size = made[-1], sizes[-1]
    room = max(0, width - right_size - (1 if right_size else 0))
    left_size = min(sizes[0], room)
    line = _clip(made[0], left_size)
    at = left_size
    if len(made) == 3 and sizes[1] and left_size + sizes[1] + 2 <= room:
        start = max(left_size + 2, min((width - sizes[1]) // 2, room - sizes[1]))
        line += [Span(" " * (start - at)), *made[1]]
        at = start + sizes[1]
    line.append(Span(" " * max(0, width - at - right_size)))
    return line + right


def _clip(parts: list[Span], width: int) -> list[Span]:
    kept: list[Span] = []
    for part in parts:
        size = width_of(part)
        if size > width:
            # in a single cell the first digit of a figure would be another figure
            kept.append(Span(glyph("more") if width == 1 and part.text.strip() else fit(part.text, width), part.ink))
            break
        kept.append(part)
        width -= size
    return kept


class _Spread(Block):
    """One line of two or three parts."""

    def __init__(self, left: Line = "", right: Line = "", middle: Line = "", *, id: str | None = None) -> None:  # noqa: A002 - Textual's own parameter name
        super().__init__(id=id)
        self._parts: tuple[Line, ...] = (left, middle, right)

    def compose_line(self, y: int, width: int) -> Line:  # noqa: ARG002 - subclasses use both
        """The parts, one cell from each edge."""
        return [Span(" "), *spread(self._parts, max(0, width - 2)), Span(" ")]

    def say(self, left: Line = "", right: Line = "", middle: Line = "") -> None:
        """Change what it says; painted again only if it differs."""
        if (left, middle, right) != self._parts:
            self._parts = (left, middle, right)
            self.refresh(Region(0, 0, self.size.width, 1))

    @property
    def said(self) -> str:
        """Its present words, left to right."""
        return "  ".join(text for part in self._parts if (text := "".join(s.text for s in spans(part))))


class TitleLine(_Spread):
    """The first line of a screen: where we are, whose store it is (DEMO where it is one), and the time or state."""

    BASE = "bar"

    def __init__(
        self,
        left: Line = "",
        right: Line = "",
        *,
        council: str = "",
        demo: bool = False,
        id: str | None = None,  # noqa: A002 - as Textual names it
    ) -> None:
        super().__init__(left, right, _whose(council, demo), id=id)
        self._whose = _whose(council, demo)

    def say(self, left: Line = "", right: Line = "", middle: Line = "") -> None:
        """Change the place and the state; whose store it is stays, unless `middle` is given."""
        super().say(left, right, middle or self._whose)

    def belongs_to(self, council: str, demo: bool) -> None:
        """Whose store it is, when it becomes known."""
        self._whose = _whose(council, demo)
        left, _, right = self._parts
        self.say(left, right)

    def compose_line(self, y: int, width: int) -> Line:  # noqa: ARG002 - subclasses use both
        """The place in strong ink; DEMO is kept when there is little room."""
        left, middle, right = self._parts
        left = Span(left, "strong") if isinstance(left, str) else left
        parts: list[Line] = [left, middle, right]
        room = max(0, width - 2)
        if width_of(middle) and width_of(left) + width_of(middle) + width_of(right) + 3 > room:
            short = [span for span in spans(middle) if span.ink == "warn"]
            parts = [left, "", [*short, Span("  "), *spans(right)] if short else right]
        return [Span(" "), *spread(parts, room), Span(" ")]


def _whose(council: str, demo: bool) -> Line:
    if not demo:
        return Span(council, "muted")
    return [Span(council, "muted"), Span(" · " if council else "", "muted"), Span("DEMO", "warn")]


class StatusLine(_Spread):
    """A quiet line: what the list shows, in words, and how much of it."""


class ToastLine(_Spread):
    """A line of its own, always there, that says what was just done and how to take it back."""

    def saved(self, words: str, undo: bool = True) -> None:
        """Something was saved: "Cedar House: no, matching. u undoes"."""
        text = words if words.endswith((".", "?", "!")) else words + "."
        self.say([Span(text, "good"), *([Span(" "), Span("u", "key"), Span(" undoes", "muted")] if undo else [])])

    def refused(self, words: str) -> None:
        """Something was not done, and why."""
        self.say(Span(words, "warn"))

    def told(self, words: str, key: str, does: str) -> None:
        """Something that a colleague did and that matters here: beside what was said last, where both have room.

        `key` shows more of it; empty where letters are typed.
        """
        hint = [Span(" "), Span(key, "key"), Span(f" {does}", "muted")] if key else []
        news: list[Span] = [Span(words, "accent"), *hint]
        left = self._parts[0]
        if left and width_of(left) + width_of(news) + 3 > self.size.width:
            left = ""
        self.say(left or news, news if left else "")

    def failed(self, words: str) -> None:
        """Something went wrong."""
        self.say(Span(words, "bad"))

    def clear(self) -> None:
        """Say nothing."""
        self.say()


class FooterLine(Block):
    """The next likely keys, as many as fit; one that cannot be used now is struck faint, and says why when pressed."""

    def __init__(
        self,
        commands: Sequence[Command] = (),
        *,
        place: str = "",
        id: str | None = None,  # noqa: A002 - as Textual names it
    ) -> None:
        super().__init__(id=id)
        self._commands, self._place = tuple(commands), place
        self._reasons: dict[str, str] = {}

    def offer(self, commands: Sequence[Command], reasons: Mapping[str, str] | None = None, place: str = "") -> None:
        """Show these commands; `reasons` says for a command's id why it cannot run now."""
        now = (tuple(commands), dict(reasons or {}), place or self._place)
        if now != (self._commands, self._reasons, self._place):
            self._commands, self._reasons, self._place = now
            self.refresh(Region(0, 0, self.size.width, 1))

    def compose_line(self, y: int, width: int) -> Line:  # noqa: ARG002 - subclasses use both
        """Hints from the left; the last one, which is help, always has its room."""
        hints = [self._hint(command) for command in self._commands]
        if not hints:
            return ""
        last = hints[-1]
        line, at = [Span(" ")], 1
        for hint in hints[:-1]:
            size = width_of(hint) + 2
            if at + size + width_of(last) > width:
                break
            line += [*hint, Span("  ")]
            at += size
        return [*line, *last]

    def _hint(self, command: Command) -> list[Span]:
        keys = command.keys_in(self._place) or command.keys
        if self._place in TYPED:  # a letter would be typed there
            keys = tuple(key for key in keys if len(key) > 1) or keys
        shown = keys_words(keys) if len(keys) > 2 and keys[0].isdigit() else key_words(keys[0]) if keys else ":"
        if command.id in self._reasons:
            return [Span(shown, "muted"), Span(" "), Span(command.hint, "struck")]
        return [Span(shown, "key"), Span(" " + command.hint, "muted")]
