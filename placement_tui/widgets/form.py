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
from placement_tui.widgets.fields import Field
from placement_tui.widgets.formlines import HELP_LINES, entry_line, help_lines
from placement_tui.widgets.inks import palette, spans_strip
from placement_tui.widgets.outside import edit_outside
from placement_tui.widgets.sheet import Entry, Sheet
from placement_tui.widgets.text import Line, Span, plain, spans

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

    class Ended(_FormMessage):
        """Enter on the last field: a screen whose form is short may take it as save."""

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
        self._places: list[tuple[int, int]] = []  # for each line of the whole form: (entry index, line of the entry)
        self._helping: list[Line] | None = None  # the lines under the fields, made when they are painted

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
        self._refresh_all()

    def fill(self, texts: Mapping[str, str]) -> None:
        """Put text into fields by id."""
        self._sheet.fill(texts)
        self._refresh_all()

    def save(self) -> bool:
        """Read every field and post `Saved`; or go to the first that cannot be read and post `Refused`."""
        wrong, self._said = self._sheet.check(), ""
        if wrong:
            self._go(wrong[0])
            self.post_message(self.Refused(self, self.errors))
        else:
            self.post_message(self.Saved(self, self._sheet.values, self.texts))
        self._refresh_all()
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
        self._refresh_all()

    def object_to(self, error: Invalid) -> None:
        """Show what a look-up found wrong with a field that was left already; the field in hand stays in hand."""
        at = self._sheet.index(error.field)
        if at is not None:
            entry = self._sheet.entries[at]
            entry.error, entry.touched = error, True
            self._refresh_entry(at)
            self._refresh_help()

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
            before = self._sheet.at
            self._leave(1 if key in ("enter", "tab", "down") else -1)
            if key == "enter" and self._sheet.at == before:
                self.post_message(self.Ended(self))
        elif key not in ("left", "right", "home", "end", "backspace", "delete"):
            if said:
                self._refresh_help()
            return
        event.stop()
        event.prevent_default()
        if entry.editor.text != text:
            self._changed(entry)
        elif entry is self._sheet.hand:
            self._refresh_entry(self._sheet.at)
            self._refresh_help()

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
        self._refresh_entry(self._sheet.at)
        self._refresh_help()
        self.post_message(self.Changed(self, self.texts, entry.field.id))

    def _leave(self, by: int) -> None:
        self._sheet.hand.touched = True
        to = self._sheet.step(by)
        if to == self._sheet.at:
            if by > 0:
                self._said = Span("That is the last field. Ctrl+S saves", "accent")
            self._refresh_entry(to)
            self._refresh_help()
        self._go(to)

    def _go(self, to: int) -> None:
        if to == self._sheet.at:
            return
        before, top = self._sheet.at, self._top
        self._sheet.at = to
        self._settle()
        if self._top != top:
            self._refresh_all()
        else:
            self._refresh_entry(before)
            self._refresh_entry(to)
            self._refresh_help()
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
        self._refresh_all()

    def on_focus(self) -> None:
        """Show the caret."""
        self._refresh_entry(self._sheet.at)

    def on_blur(self) -> None:
        """Hide it."""
        self._refresh_entry(self._sheet.at)

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
        self._helping = None
        self.refresh(Region(0, self._room, self.size.width, HELP_LINES))

    def _refresh_entry(self, at: int) -> None:
        lines = [y for y, (n, _) in enumerate(self._places) if n == at]
        if lines:
            self.refresh(Region(0, lines[0] - self._top, self.size.width, len(lines)))

    def _refresh_all(self) -> None:
        self._helping = None
        self._settle()
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """One line, for Textual."""
        width, inks = self.size.width, palette(self.app)
        if y >= self._room:
            if self._helping is None:
                entries = self._sheet.entries
                self._helping = help_lines(self._sheet.hand, self._said, width - 2) if entries else []
            n = y - self._room
            return spans_strip(inks, [Span(" "), *spans(self._helping[n] if n < len(self._helping) else "")], width)
        at = self._top + y
        if at >= len(self._places):
            return spans_strip(inks, (), width)
        n, line = self._places[at]
        entry = self._sheet.entries[n]
        if entry.field.kind == "head":
            return spans_strip(inks, [Span(" " + plain(entry.field.label), "head")], width)
        hand = n == self._sheet.at
        parts, caret = entry_line(entry, line, self._label_width, width, hand, hand and self.has_focus)
        if caret is not None:
            self.app.cursor_position = Offset(self.region.x + caret, self.region.y + y)
        return spans_strip(inks, parts, width)
