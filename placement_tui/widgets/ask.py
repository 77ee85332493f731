"""One line asked in a dialog: a fee, a time, a reason. Enter takes it when it can be read, Escape leaves."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from textual import events

from placement_tui.errors import Invalid
from placement_tui.widgets.dialog import Dialog, paragraphs
from placement_tui.widgets.editing import Editor, window
from placement_tui.widgets.formlines import caret_spans
from placement_tui.widgets.lines import Block
from placement_tui.widgets.text import Line, Span, plain

MOST = 20_000


class Ask(Dialog[Any]):
    """Asks for one line; answers what `check` makes of it, or None. What is wrong is said under the line at once.

    With `heard`, what was understood so far stands under the line in words as it is typed. `wrong` is why the text given
    was refused before.
    """

    def __init__(
        self, title: str, help_: str, check: Callable[[str], Any], text: str = "",
        *, heard: Callable[[Any], str] | None = None, wrong: str = "",
    ) -> None:  # fmt: skip
        super().__init__(title)
        self._help, self._check, self._edit, self._said = help_, check, Editor(text), wrong
        self._heard = heard

    def body(self, width: int) -> list[Line]:
        """The line, then its help or what is wrong with it: always the same height."""
        shown, at = window(self._edit.text, self._edit.at, width - 4)
        understood = "" if self._said else self._understood()
        ink = "warn" if self._said else "good" if understood else "muted"
        below = paragraphs(self._said or understood or self._help, width, ink)[:3]
        keys: list[Line] = [
            [Span(" Enter", "key"), Span(" saves  ", "muted"), Span("Esc", "key"), Span(" leaves", "muted")]
        ]
        line: list[Span] = [Span(" "), *caret_spans(plain(shown), at)]
        return [line, "", *below, *[""] * (3 - len(below)), *keys]

    def on_key(self, event: events.Key) -> None:
        """Edit, take, or leave."""
        event.stop()
        event.prevent_default()
        if event.key == "escape":
            self.dismiss(None)
            return
        if event.key == "enter":
            self._take()
            return
        if not self._edit.press(event.key) and event.is_printable and event.character:
            self._edit.insert(event.character)
        self._said = ""
        self._paint()

    def on_paste(self, event: events.Paste) -> None:
        """What is pasted is typed."""
        event.stop()
        self._edit.insert(event.text[:MOST])
        self._said = f"only the first {MOST:,} of {len(event.text):,} characters fit" if len(event.text) > MOST else ""
        self._paint()

    def _understood(self) -> str:
        if self._heard is None or not self._edit.text.strip():
            return ""
        try:
            return self._heard(self._check(self._edit.text))
        except Invalid:
            return ""  # it is still being typed; Enter says what is wrong

    def _take(self) -> None:
        try:
            value = self._check(self._edit.text)
        except Invalid as error:
            self._said = str(error)
            self._paint()
            return
        self.dismiss(value)

    def _paint(self) -> None:
        width = min(64, self.app.size.width - 4)
        self.query_one("#said", Block).show(Span(" " + plain(self._title), self.ink), "", *self.body(width))
