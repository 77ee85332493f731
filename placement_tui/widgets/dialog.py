"""Dialogs: small, in the middle, over a screen that stays readable behind them. All text is literal."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar, Generic, TypeVar

from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.screen import ModalScreen

from placement_tui.commands import key_words
from placement_tui.errors import PlacementError
from placement_tui.widgets.choose import Option, flow, keyed
from placement_tui.widgets.gathering import Gathering
from placement_tui.widgets.lines import Block
from placement_tui.widgets.text import Line, Span, plain, wrap

Answer = TypeVar("Answer")
WIDTH = 64


class Dialog(ModalScreen[Answer], Gathering[Answer], Generic[Answer]):
    """A box with a title, lines and keys. The screen behind is neither dimmed nor painted again."""

    DEFAULT_CSS = """
    Dialog { align: center middle; background: transparent; }
    Dialog > Vertical { width: 66; max-width: 100%; height: auto; max-height: 100%; border: solid $accent; }
    """
    AUTO_FOCUS = None
    ink: ClassVar[str] = "strong"

    def __init__(self, title: str) -> None:
        super().__init__()
        self._title = title

    def compose(self) -> ComposeResult:
        """The box."""
        with Vertical():
            width = min(WIDTH, self.app.size.width - 4)
            block = Block(*paragraphs(self._title, width, self.ink), "", *self.body(width), base="panel", id="said")
            block.styles.height = len(block.lines)
            yield block

    def body(self, width: int) -> list[Line]:  # noqa: ARG002 - for dialogs to override
        """The lines under the title, for a width."""
        return []

    def on_key(self, event: events.Key) -> None:
        """Every key stays here."""
        event.stop()
        pressed = event.character if event.is_printable and event.character else event.key
        self.press(pressed)

    def press(self, key: str) -> None:
        """One key: a character, or a name such as `enter`."""
        if key in ("escape", "q"):
            self.dismiss(None)


def paragraphs(text: str, width: int, ink: str = "") -> list[Line]:
    """Literal text as lines of a dialog, one cell in from each side."""
    return [Span(" " + line, ink) for part in text.split("\n") for line in wrap(plain(part), width - 2)]


class Message(Dialog[None]):
    """Something to read: what, where and why, and what to do. Any key closes it."""

    def __init__(self, title: str, detail: str = "", mend: str = "", ink: str = "warn") -> None:
        super().__init__(title)
        self._detail, self._mend, self._ink = detail, mend, ink

    @classmethod
    def of(cls, error: PlacementError) -> Message:
        """The message of a refusal."""
        return cls(error.title, error.detail, error.mend)

    def body(self, width: int) -> list[Line]:
        """Detail, then what to do."""
        lines: list[Line] = []
        if self._detail:
            lines += [*paragraphs(self._detail, width), ""]
        if self._mend:
            lines += [*paragraphs(self._mend, width, "accent"), ""]
        return [*lines, [Span(" Any key", "key"), Span(" closes this", "muted")]]

    def press(self, key: str) -> None:  # noqa: ARG002 - any key
        """Close."""
        self.dismiss(None)


class Confirm(Dialog[bool]):
    """Asks before what one key cannot undo. The confirming key is not the one that asked; every other key says no."""

    ink = "bad"

    def __init__(self, title: str, detail: str, word: str, asked_with: str = "", key: str = "") -> None:
        """`word` names what is done; `asked_with` is the key that asked; `key` confirms (chosen when not given)."""
        super().__init__(title)
        self._detail, self._word = detail, word
        wanted = [key, *word.lower(), "y", "c"]
        self.key = next(k for k in wanted if k and k.isalnum() and k not in (asked_with.lower(), "q"))

    def body(self, width: int) -> list[Line]:
        """What will happen, and both ways out."""
        keys = [Span(" " + key_words(self.key), "key"), Span(f" {plain(self._word)}", "bad")]
        keys += [Span("   any other key", "key"), Span(" leaves it as it is", "muted")]
        return [*paragraphs(self._detail, width), "", keys]

    def press(self, key: str) -> None:
        """Confirm, or not."""
        self.dismiss(key == self.key)


class Choose(Dialog[Any]):
    """One of several by one key, or several with `many`; answers the value (a tuple of values), None when left."""

    def __init__(
        self, title: str, options: Sequence[Option], *, many: bool = False, picked: Sequence[Any] = (),
        detail: str = "", again: str = "", column: bool = True,
    ) -> None:  # fmt: skip
        """`again` is a key that chooses the first option: the key that opened this, pressed twice."""
        super().__init__(title)
        self._options, self._many, self._again = keyed(options), many, again
        self._picked, self._detail, self._column = list(picked), detail, column

    def body(self, width: int) -> list[Line]:
        """The options, one a line unless they are to flow."""
        lines: list[Line] = [*paragraphs(self._detail, width), ""] if self._detail else []
        if self._column:
            for option in self._options:
                lines += flow([option], width, self._picked)
        else:
            lines += flow(self._options, width, self._picked)
        ready = [Span(" Enter", "key"), Span(" ready  ", "muted")] if self._many else [Span(" ")]
        return [*lines, "", [*ready, Span("Esc", "key"), Span(" leaves it as it is", "muted")]]

    def press(self, key: str) -> None:
        """Choose, mark, or leave."""
        option = next((option for option in self._options if option.key == key), None)
        if key == self._again and option is None and self._options:
            option = self._options[0]
        if option is not None and option.reason_not:
            self.query_one("#said", Block).show(*self._lines_said(option.reason_not))
        elif option is not None and self._many:
            (self._picked.remove if option.value in self._picked else self._picked.append)(option.value)
            self.query_one("#said", Block).show(*self._lines_said())
        elif option is not None:
            self.dismiss(option.value)
        elif key == "enter" and self._many:
            self.dismiss(tuple(self._picked))
        elif key in ("escape", "q"):
            self.dismiss(None)

    def _lines_said(self, said: str = "") -> list[Line]:
        width = min(WIDTH, self.app.size.width - 4)
        lines = [*paragraphs(self._title, width, self.ink), "", *self.body(width)]
        if said:
            lines[-1] = Span(" " + said, "warn")
        return lines
