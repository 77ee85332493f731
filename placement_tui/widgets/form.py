"""A form: labelled fields in one widget, one paint a key, nothing typed is ever lost."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from rich.cells import cell_len
from textual import events
from textual.geometry import Offset, Region
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from placement_tui.errors import Invalid
from placement_tui.widgets.choose import flow
from placement_tui.widgets.editing import window
from placement_tui.widgets.fields import Field
from placement_tui.widgets.inks import palette, spans_strip
from placement_tui.widgets.outside import edit_outside
from placement_tui.widgets.picker import caret_spans
from placement_tui.widgets.sheet import Entry, Sheet
from placement_tui.widgets.text import Line, Span, breaks, fit, glyph, plain, spans, wrap

HELP_LINES = 3  # under the fields, always there, so that nothing jumps
_LABEL_MOST = 22


class _FormMessage(Message):
    def __init__(self, form: Form) -> None:
        super().__init__()
        self.form = form

    @property
    def control(self) -> Form:
        """The form."""
        return self.form


class Form(Widget, can_focus=True):
    """Fields one under the other; below them, always in the same place, three lines of help for the field in hand.

    Enter, Tab and Down go on; Shift+Tab and Up go back; Left and Right step through the options of an empty or chosen
    `choice`. `save()` is for the screen's save command: it posts `Saved` when every field can be read, else goes to the
    first that cannot and posts `Refused`. `Changed` comes at every change, for drafts.
    """

    DEFAULT_CSS = "Form { height: 1fr; width: 1fr; }"

    class Changed(_FormMessage):
        """What is typed has changed: `texts` as typed, by field id; `field_id` is the one that changed."""

        def __init__(self, form: Form, texts: dict[str, str], field_id: str) -> None:
            super().__init__(form)
            self.texts, self.field_id = texts, field_id

    class Moved(_FormMessage):
        """Another field is in hand."""

        def __init__(self, form: Form, field_id: str) -> None:
            super().__init__(form)
            self.field_id = field_id

    class Saved(_FormMessage):
        """Every field could be read: `values` as read, `texts` as typed."""

        def __init__(self, form: Form, values: dict[str, Any], texts: dict[str, str]) -> None:
            super().__init__(form)
            self.values, self.texts = values, texts

    class Refused(_FormMessage):
        """A field could not be read; the form is on it and says why."""

        def __init__(self, form: Form, errors: dict[str, Invalid]) -> None:
            super().__init__(form)
            self.errors = errors

    def __init__(
        self,
        fields: Sequence[Field] = (),
        texts: Mapping[str, str] | None = None,
        *,
        id: str | None = None,  # noqa: A002 - Textual's own parameter name
    ) -> None:
        super().__init__(id=id)
        self._sheet = Sheet(fields, texts)
        self._top = 0
        self._said: Line = ""
        self._places: list[tuple[int, int]] = []  # for each painted line: (entry index, line within the entry)

    # what is in it

    @property
    def texts(self) -> dict[str, str]:
        """What is typed, by field id, for a draft; secrets are left out."""
        return self._sheet.texts

    @property
    def errors(self) -> dict[str, Invalid]:
        """What cannot be read, by field id."""
        return self._sheet.errors

    @property
    def field(self) -> Field:
        """The field in hand."""
        return self._sheet.hand.field

    def set_fields(self, fields: Sequence[Field], texts: Mapping[str, str] | None = None) -> None:
        """Other fields; what was typed in those that stay, stays. `texts` fills fields, such as from a draft."""
        self._sheet.set_fields(fields, texts)
        self._settle()
        self.refresh()

    def fill(self, texts: Mapping[str, str]) -> None:
        """Put text into fields by id."""
        self._sheet.fill(texts)
        self._settle()
        self.refresh()

    def save(self) -> bool:
        """Read every field and post `Saved`; or go to the first that cannot be read and post `Refused`."""
        wrong = self._sheet.check()
        if wrong:
            self._go(wrong[0])
            self.post_message(self.Refused(self, self.errors))
        else:
            self.post_message(self.Saved(self, self._sheet.values, self.texts))
        self.refresh()
        return not wrong

    def refuse(self, error: Invalid) -> None:
        """Show a refusal that came from saving at its field, and go there."""
        at = self._sheet.index(error.field)
        if at is None:
            self.say(str(error))
            return
        entry = self._sheet.entries[at]
        entry.error, entry.touched = error, True
        self._go(at)
        self.refresh()

    def go_to(self, field_id: str) -> None:
        """Take a field in hand."""
        at = self._sheet.index(field_id)
        if at is not None:
            self._go(at)

    def edit_outside(self) -> None:
        """Open the field in hand in the user's own editor; only a `long` field has one."""
        entry = self._sheet.hand
        if entry.field.kind != "long":
            self.say("Only a field of several lines opens in your editor")
            return
        text, trouble = edit_outside(self.app, entry.editor.text)
        if trouble:
            self.say(trouble)
        elif text != entry.editor.text:
            entry.editor.put(text)
            self._changed(entry)

    def say(self, words: str) -> None:
        """A sentence in the help's place, until the next key."""
        self._said = Span(words, "warn")
        self._refresh_help()

    # keys

    def on_key(self, event: events.Key) -> None:
        """Type, edit, or go to another field; anything else goes to the screen."""
        if not self._sheet.entries:
            return
        entry, key = self._sheet.hand, event.key
        text, at, said = entry.editor.text, entry.editor.at, self._said
        self._said = ""
        if event.is_printable and event.character:
            self._trouble(entry.type(event.character))
        elif key == "enter" and entry.field.kind == "long":
            self._trouble(entry.type("\n"))
        elif (
            (key in ("left", "right") and entry.turn(1 if key == "right" else -1))
            or entry.erase(key)
            or (entry.editor.press(key) and (entry.editor.text, entry.editor.at) != (text, at))
        ):
            pass
        elif key in ("enter", "tab", "down", "shift+tab", "up"):
            self._leave(1 if key in ("enter", "tab", "down") else -1)
        elif key not in ("left", "right", "home", "end", "backspace", "delete"):
            if said:
                self._refresh_help()
            return
        event.stop()
        event.prevent_default()
        if entry.editor.text != text:
            self._changed(entry)
        elif entry is self._sheet.hand:
            self.refresh()

    def on_paste(self, event: events.Paste) -> None:
        """Everything pasted goes in, at once; a field that is then too long says so and keeps it."""
        event.stop()
        if self._sheet.entries:
            entry = self._sheet.hand
            self._trouble(entry.type(event.text))
            self._changed(entry)

    def on_click(self, event: events.Click) -> None:
        """A click takes a field in hand."""
        at = self._top + event.y
        if event.y < self._room and at < len(self._places):
            entry = self._places[at][0]
            if self._sheet.entries[entry].field.kind != "head":
                self._go(entry)

    def _trouble(self, words: str) -> None:
        if words:
            self._said = Span(words, "warn")

    def _changed(self, entry: Entry) -> None:
        entry.read()
        self._settle()
        self.refresh()
        self.post_message(self.Changed(self, self.texts, entry.field.id))

    def _leave(self, by: int) -> None:
        self._sheet.hand.touched = True
        to = self._sheet.step(by)
        if to == self._sheet.at:
            self.refresh()
        self._go(to)

    def _go(self, to: int) -> None:
        if to != self._sheet.at:
            self._sheet.at = to
            self._settle()
            self.refresh()
            self.post_message(self.Moved(self, self.field.id))

    # painting

    @property
    def _room(self) -> int:
        return max(1, self.size.height - HELP_LINES)

    @property
    def _label_width(self) -> int:
        labels = [entry.field.label for entry in self._sheet.entries if entry.field.kind != "head"]
        return min(max((cell_len(plain(label)) for label in labels), default=0), _LABEL_MOST)

    def on_resize(self) -> None:
        """Break long fields anew and keep the field in hand in sight."""
        self._settle()
        self.refresh()

    def on_focus(self) -> None:
        """Show the caret."""
        self.refresh()

    def on_blur(self) -> None:
        """Hide it."""
        self.refresh()

    def _settle(self) -> None:
        """Lay the entries out in lines, and scroll so that the one in hand shows."""
        self._places = []
        for n, entry in enumerate(self._sheet.entries):
            high = entry.field.lines if entry.field.kind == "long" else 1
            self._places += [(n, line) for line in range(high)]
        mine = [y for y, (n, _) in enumerate(self._places) if n == self._sheet.at]
        if mine:
            first, last = mine[0], mine[-1]
            if first < self._top:
                self._top = max(0, first - 1)
            elif last >= self._top + self._room:
                self._top = last - self._room + 1
        self._top = max(0, min(self._top, len(self._places) - self._room))

    def _refresh_help(self) -> None:
        self.refresh(Region(0, self._room, self.size.width, HELP_LINES))

    def render_line(self, y: int) -> Strip:
        """One line, for Textual."""
        width, inks = self.size.width, palette(self.app)
        if y >= self._room:
            helping = self._help(width - 2)
            n = y - self._room
            return spans_strip(inks, [Span(" "), *spans(helping[n] if n < len(helping) else "")], width)
        at = self._top + y
        if at >= len(self._places):
            return spans_strip(inks, (), width)
        n, line = self._places[at]
        entry = self._sheet.entries[n]
        if entry.field.kind == "head":
            return spans_strip(inks, [Span(" " + plain(entry.field.label), "head")], width)
        return spans_strip(inks, self._entry_line(n, entry, line, y, width), width)

    def _entry_line(self, n: int, entry: Entry, line: int, y: int, width: int) -> list[Span]:
        hand = n == self._sheet.at
        label_width = self._label_width
        label = fit(plain(entry.field.label), label_width) if line == 0 else " " * label_width
        sign = glyph("cursor") if hand and line == 0 else " "
        needed = "*" if entry.field.required and line == 0 else " "
        parts = [Span(f"{sign} ", "key"), Span(label, "strong" if hand else "muted"), Span(needed + " ", "accent")]
        room = max(4, width - label_width - 5)
        if entry.field.kind == "long":
            return parts + self._long_line(entry, line, hand, label_width + 4, y, room)
        wrong = entry.wrong
        note = _beside(wrong) if wrong else _meaning(entry)
        text = plain(entry.editor.text) if entry.field.kind != "secret" else "*" * len(entry.editor.text)
        room_text = max(room // 2, room - cell_len(note) - 3) if wrong else room
        shown, caret = window(text, _plain_at(entry), room_text - 1)
        if hand and self.has_focus:
            self.app.cursor_position = Offset(self.region.x + label_width + 4 + caret, self.region.y + y)
            parts += caret_spans(shown, caret)
        elif shown:
            parts.append(Span(shown))
        else:
            parts.append(Span(plain(entry.field.example), "muted") if not hand else Span(""))
        used = cell_len(shown) + 1
        if note and used + 2 < room:
            parts.append(Span("  " + fit(note, min(cell_len(note), room - used - 2)), "bad" if wrong else "muted"))
        return parts

    def _long_line(self, entry: Entry, line: int, hand: bool, left: int, y: int, room: int) -> list[Span]:
        text, caret_at = entry.editor.text, entry.editor.at
        rows: list[tuple[int, int]] = []
        start = 0
        for part in text.split("\n"):
            rows += [(start + a, start + b) for a, b in breaks(part, room - 1)]
            start += len(part) + 1
        caret_row = max((n for n, (a, _) in enumerate(rows) if a <= caret_at), default=0)
        first = max(0, min(caret_row - entry.field.lines // 2, len(rows) - entry.field.lines)) if hand else 0
        n = first + line
        if n >= len(rows):
            return []
        a, b = rows[n]
        shown = plain(text[a:b])
        if hand and self.has_focus and n == caret_row:
            cell = cell_len(plain(text[a:caret_at]))
            self.app.cursor_position = Offset(self.region.x + left + cell, self.region.y + y)
            return caret_spans(shown, cell)
        more = n == first + entry.field.lines - 1 and n < len(rows) - 1
        return [Span(shown)] if not more else [Span(shown + " "), Span(glyph("more"), "accent")]

    def _help(self, width: int) -> list[Line]:
        """Help, options or what is wrong, for the field in hand."""
        if not self._sheet.entries:
            return []
        entry = self._sheet.hand
        lines: list[Line] = []
        if self._said:
            lines = [Span(part, "warn") for part in wrap(spans(self._said)[0].text, width)]
        elif entry.wrong and entry.editor.text.strip():
            lines = [Span(part, "bad") for part in wrap(plain(str(entry.wrong)), width)]
        elif entry.field.help:
            lines = [Span(part, "muted") for part in wrap(plain(entry.field.help), width)]
        if entry.field.options:
            last = entry.editor.text if entry.field.kind == "choice" else entry.editor.text.rpartition(",")[2]
            whole = any(option.words == last for option in entry.field.options)
            options = entry.field.options if whole else entry.field.matching(last) or entry.field.options
            lines = [*lines[: 1 if entry.wrong else 0], *flow(_keyed(options), width)] if options else lines
        return lines[:HELP_LINES]


def _keyed(options: Sequence[Any]) -> list[Any]:
    """Options with the shortest thing that one may type for each: its key, or its code."""
    return [type(o)(o.value, o.words, o.key or str(o.value), o.ink, o.reason_not) for o in options]


def _beside(error: Invalid) -> str:
    return f"! {plain(error.title)}"


def _meaning(entry: Entry) -> str:
    """What was understood, where that is not what was typed: the words of codes."""
    if entry.field.kind == "multi" and entry.value:
        words = {option.value: option.words for option in entry.field.options}
        return f" {glyph('dot')} ".join(plain(words.get(value, str(value))) for value in entry.value)
    return ""


def _plain_at(entry: Entry) -> int:
    """The caret's index in the text as painted."""
    return len(plain(entry.editor.text[: entry.editor.at])) if entry.field.kind != "secret" else entry.editor.at
