"""A form's state: each field with what is typed in it, which one is in hand, and what a key does. No painting here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from placement_tui.errors import Invalid
from placement_tui.widgets.editing import Editor
from placement_tui.widgets.fields import Field


class Entry:
    """A field with what is typed in it, what that was read as, and what is wrong with it."""

    __slots__ = ("completed", "editor", "error", "field", "touched", "value")

    def __init__(self, field: Field, text: str = "") -> None:
        self.field = field
        self.editor = Editor(text, field.kind == "long")
        self.completed = ("", "")  # what was typed of a choice, and the option that it was completed to
        self.touched = False  # left, refused or filled once: before that an empty field is not called wrong
        self.value: Any = None
        self.error: Invalid | None = None
        self.read()

    def read(self) -> None:
        """Read what is typed."""
        if self.field.kind == "head":
            return
        try:
            self.value, self.error = self.field.read(self.editor.text), None
        except Invalid as error:
            self.value, self.error = None, error

    @property
    def wrong(self) -> Invalid | None:
        """What to say of it now: nothing of an empty field that nobody has left yet."""
        return self.error if self.touched or self.editor.text.strip() else None

    def type(self, text: str) -> str:
        """Type or paste; returns "" or why nothing was put in. A choice is completed once it can mean one only.

        Who types on then types the same option to its end; letters that it has not begin another.
        """
        choice = self.field.kind == "choice"
        if self.field.suggested and self.editor.text == self.field.suggested:
            self.editor.put("")
        if choice and any(self.editor.text == option.words for option in self.field.options):
            typed, words = self.completed
            further = typed + text
            if words == self.editor.text and any(option.words == words for option in self.field.matching(further)):
                self.completed = (further, words)
                return ""
            # letters that another option has too go on from what was typed, not from nothing
            goes_on = bool(typed) and words == self.editor.text and bool(self.field.matching(further))
            self.editor.put(typed if goes_on else "")
        trouble = self.editor.insert(text)
        if choice:
            matches = self.field.matching(self.editor.text)
            if len(matches) == 1:
                self.completed = (self.editor.text, matches[0].words)
                self.editor.put(matches[0].words)
        return trouble

    def erase(self, key: str) -> bool:
        """Backspace in a chosen option empties it, since its letters are not one's own; False when not that."""
        chosen = self.field.kind == "choice" and any(self.editor.text == option.words for option in self.field.options)
        if chosen and key in ("backspace", "ctrl+h", "ctrl+w"):
            self.editor.put("")
        return chosen and key in ("backspace", "ctrl+h", "ctrl+w")

    def turn(self, by: int) -> bool:
        """Step to the next option; only when the field is empty or shows a whole option."""
        options = self.field.options
        at = next((n for n, option in enumerate(options) if option.words == self.editor.text), None)
        if self.field.kind != "choice" or not options or (at is None and self.editor.text):
            return False
        self.editor.put(options[(-1 if by < 0 else 0) if at is None else (at + by) % len(options)].words)
        return True


class Sheet:
    """The entries of a form. `at` is the index of the one in hand."""

    def __init__(self, fields: Sequence[Field] = (), texts: Mapping[str, str] | None = None) -> None:
        self.entries: list[Entry] = []
        self.at = 0
        self.set_fields(fields, texts)

    def set_fields(self, fields: Sequence[Field], texts: Mapping[str, str] | None = None) -> None:
        """Other fields; what was typed in those that stay, stays."""
        kept = {entry.field.id: entry for entry in self.entries}
        hand = self.hand.field.id if self.entries else ""
        self.entries = []
        for field in fields:
            old = kept.get(field.id)
            entry = Entry(field, old.editor.text if old else "")
            if old is not None:
                entry.touched, entry.completed = old.touched, old.completed
                if old.field.kind == field.kind:
                    entry.editor = old.editor  # with its caret, and what can be taken back
            self.entries.append(entry)
        self.at = next((n for n, entry in enumerate(self.entries) if entry.field.id == hand), -1)
        if self.at < 0:
            self.at = next((n for n, entry in enumerate(self.entries) if entry.field.kind != "head"), 0)
        self.fill(texts or {})

    def fill(self, texts: Mapping[str, str]) -> None:
        """Put text into fields by id; unknown ids are ignored, so that an old draft still opens."""
        for entry in self.entries:
            text = texts.get(entry.field.id)
            if text is not None and text != entry.editor.text:
                entry.editor.put(text)
                entry.touched = True
                entry.read()

    @property
    def hand(self) -> Entry:
        """The entry in hand."""
        return self.entries[self.at]

    def index(self, field_id: str) -> int | None:
        """Where a field is."""
        return next((n for n, entry in enumerate(self.entries) if entry.field.id == field_id), None)

    def step(self, by: int) -> int:
        """The index of the next field to type in, in that direction; the present one at the end."""
        at = self.at + by
        while 0 <= at < len(self.entries) and self.entries[at].field.kind == "head":
            at += by
        return at if 0 <= at < len(self.entries) else self.at

    def check(self) -> list[int]:
        """Read every field; returns the indices of those that cannot be read."""
        for entry in self.entries:
            entry.touched = True
            entry.read()
        return [n for n, entry in enumerate(self.entries) if entry.error is not None]

    @property
    def texts(self) -> dict[str, str]:
        """What is typed, by field id; secrets are left out, so that no draft holds one."""
        return {e.field.id: e.editor.text for e in self.entries if e.field.kind not in ("head", "secret")}

    @property
    def values(self) -> dict[str, Any]:
        """What was read, by field id."""
        return {e.field.id: e.value for e in self.entries if e.field.kind != "head"}

    @property
    def errors(self) -> dict[str, Invalid]:
        """What cannot be read, by field id."""
        return {e.field.id: e.error for e in self.entries if e.error is not None}
