"""Choosing with one key: a strip that keeps its place in the screen, and the list of options that dialogs show."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from textual import events
from textual.widget import Widget

from placement_tui.commands.declaring import NAMED_KEYS, key_words
from placement_tui.widgets.lines import Block
from placement_tui.widgets.text import Line, Span, fit, plain, width_of

_READY = object()
KEYS = "123456789abcdefghijklmnoprstuvwxyz"  # labels for options that name no key; q is left for going back


@dataclass(frozen=True, slots=True)
class Option:
    """One thing to choose: what it stands for, its words, and its key (given by its place where it names none)."""

    value: Any
    words: str
    key: str = ""
    ink: str = ""
    reason_not: str = ""  # why it cannot be chosen now


def keyed(options: Sequence[Option]) -> tuple[Option, ...]:
    """The options, each with a key; those without get the first free labels."""
    taken = {option.key for option in options}
    free = iter([key for key in KEYS if key not in taken])
    return tuple(option if option.key else replace(option, key=next(free, "")) for option in options)


def fitted(
    options: Sequence[Option], width: int, height: int, picked: Sequence[Any] = (), lead: str = ""
) -> list[Line]:
    """`flow` in at most `height` lines: words are cut, muted ones first, until every key shows."""
    lines = flow(options, width, picked, lead)
    for most in range(18, 2, -1):
        if len(lines) <= height:
            break
        short = [
            replace(option, words=fit(plain(option.words), max(3, most - 4 * (option.ink == "muted"))).rstrip())
            for option in options
        ]
        lines = flow(short, width, picked, lead)
    return lines


def flow(options: Sequence[Option], width: int, picked: Sequence[Any] = (), lead: str = "") -> list[Line]:
    """Options as lines: `1 no bed  2 matching ...`, broken between options; those picked are marked with a +."""
    lines: list[list[Span]] = [[Span(" " + lead, "strong")]] if lead else [[]]
    used = width_of(lines[0]) if lead else 0
    for option in options:
        sign = "+" if option.value in picked else ""
        look = "struck" if option.reason_not else "accent" if sign else option.ink
        key = key_words(option.key) if len(option.key) == 1 or option.key in NAMED_KEYS else option.key
        part = [Span(f"{sign}{key}", "key"), Span(" " + plain(option.words), look)] if key else []
        part = part or [Span(sign + plain(option.words), look)]
        size = width_of(part) + 2
        if used + size > width and lines[-1]:
            lines.append([Span("  ")])
            used = 2
        elif not lines[-1]:
            lines[-1].append(Span(" "))
            used = 1
        else:
            lines[-1].append(Span("  "))
        lines[-1] += part
        used += size
    return list(lines)


class ChooseStrip(Block, can_focus=True):
    """A strip of options that waits for one key. It is always in its place: while nothing is asked it shows `rest`.

    `ask` takes the focus and gives it back. `done` gets the value, a tuple of values with `many` (a key marks, Enter is
    ready), or None when it was left with Escape, or with any other key when it is `passing`: that key then does what
    it does in the place that asked.
    """

    DEFAULT_CSS = "ChooseStrip { height: 2; width: 1fr; }"

    def __init__(self, *rest: Line, id: str | None = None) -> None:  # noqa: A002 - Textual's own parameter name
        super().__init__(*rest, id=id)
        self._rest: tuple[Line, ...] = rest
        self._options: tuple[Option, ...] = ()
        self._title = ""
        self._many = self._passing = False
        self._picked: list[Any] = []
        self._done: Callable[[Any], object] | None = None
        self._before: Widget | None = None
        self.can_focus = False

    @property
    def asking(self) -> bool:
        """True while it waits for a key."""
        return self._done is not None

    def rest(self, *lines: Line) -> None:
        """What it shows while nothing is asked."""
        self._rest = lines
        if not self.asking:
            self.show(*lines)

    def ask(
        self, title: str, options: Sequence[Option], done: Callable[[Any], object], *, many: bool = False,
        passing: bool = False, picked: Sequence[Any] = (),
    ) -> None:  # fmt: skip
        """Show options and wait for a key."""
        self._title, self._options, self._done = title, keyed(options), done
        self._many, self._passing, self._picked = many, passing, list(picked)
        if self.screen.focused is not self:
            self._before = self.screen.focused
        self.can_focus = True
        self._paint()
        self.focus(scroll_visible=False)

    def leave(self) -> None:
        """Stop asking, as Escape does."""
        self._finish(None)

    def on_resize(self) -> None:
        """Break the options anew."""
        if self.asking:
            self._paint()

    def on_key(self, event: events.Key) -> None:
        """One key: choose, mark, or leave."""
        if not self.asking:
            return
        pressed = event.character if event.is_printable and event.character else event.key
        option = next((option for option in self._options if option.key == pressed), None)
        passing = option is None and self._passing and event.key not in ("escape", "enter")
        if not passing:
            event.stop()
            event.prevent_default()
        if option is not None and option.reason_not:
            self._paint(option.reason_not)
        elif option is not None and self._many:
            (self._picked.remove if option.value in self._picked else self._picked.append)(option.value)
            self._paint()
        elif option is not None:
            self._finish(option.value)
        elif event.key == "enter" and self._many:
            self._finish(tuple(self._picked))
        elif passing or event.key == "escape" or event.character == "q":
            self._finish(None)
        else:
            self._paint("Esc leaves it as it is")

    def _finish(self, value: Any) -> None:
        done, self._done = self._done, None
        self.can_focus = False
        self.show(*self._rest)
        if self._before is not None and self._before.is_attached:
            self._before.focus(scroll_visible=False)
        elif self.has_focus:
            self.blur()
        if done is not None:
            done(value)

    def _paint(self, said: str = "") -> None:
        lead = f"{plain(self._title)}:" if self._title else ""
        # what ends the marking is told in its own place: it is never what is cut
        shown = (*self._options, Option(_READY, "ready", "enter", "muted")) if self._many else self._options
        lines = fitted(shown, self.size.width, max(1, self.size.height), self._picked, lead)
        if said:
            lines = [*lines[: max(0, self.size.height - 1)], Span(" " + said, "warn")]
        self.show(*lines)
