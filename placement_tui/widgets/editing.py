"""A text being typed: its characters, where the caret is, and what each editing key does. No painting here."""

from __future__ import annotations

import unicodedata

from rich.cells import cell_len, get_character_cell_size, split_graphemes

HARD_LIMIT = 1_000_000  # characters; a paste beyond it is refused whole, since it stays on the clipboard
_UNDO_STEPS = 200


class Editor:
    """One text under edit. `at` is the caret, an index into `text`; `many` allows more than one line."""

    def __init__(self, text: str = "", many: bool = False) -> None:
        self.many = many
        self.text = self._usable(text)
        self.at = len(self.text)
        self._past: list[tuple[str, int]] = []
        self._typing = False

    def put(self, text: str) -> None:
        """Replace the whole text; the caret goes to its end."""
        self._remember()
        self.text = self._usable(text)
        self.at = len(self.text)

    def insert(self, text: str) -> str:
        """Put `text` in at the caret. Returns "" or the sentence why it was not put in; then nothing has changed."""
        text = self._usable(text)
        if len(self.text) + len(text) > HARD_LIMIT:
            return f"{len(text):,} characters are more than a field holds; nothing was pasted"
        if not (self._typing and len(text) == 1):
            self._remember()
        self._typing = len(text) == 1 and not text.isspace()
        self.text = self.text[: self.at] + text + self.text[self.at :]
        self.at += len(text)
        return ""

    def press(self, key: str) -> bool:
        """Do what an editing key does; False when it is none of ours (the caret may have nowhere to go)."""
        action = _KEYS.get(key)
        if action is None:
            return False
        if action in ("_undo", "_up", "_down"):
            return bool(getattr(self, action)())
        if action.startswith("_cut"):
            self._remember()
        self._typing = False
        getattr(self, action)()
        return True

    # keys

    def _left(self) -> None:
        self.at = before(self.text, self.at)

    def _right(self) -> None:
        self.at = after(self.text, self.at)

    def _home(self) -> None:
        self.at = self.text.rfind("\n", 0, self.at) + 1

    def _end(self) -> None:
        end = self.text.find("\n", self.at)
        self.at = len(self.text) if end < 0 else end

    def _word_left(self) -> None:
        self.at = self._word_start()

    def _word_right(self) -> None:
        at = self.at
        while at < len(self.text) and self.text[at].isspace():
            at += 1
        while at < len(self.text) and not self.text[at].isspace():
            at += 1
        self.at = at

    def _cut_left(self) -> None:
        start = before(self.text, self.at)
        self.text, self.at = self.text[:start] + self.text[self.at :], start

    def _cut_right(self) -> None:
        self.text = self.text[: self.at] + self.text[after(self.text, self.at) :]

    def _cut_word(self) -> None:
        start = self._word_start()
        self.text, self.at = self.text[:start] + self.text[self.at :], start

    def _cut_to_end(self) -> None:
        at = self.at
        self._end()
        self.text, self.at = self.text[:at] + self.text[self.at :], at

    def _cut_to_start(self) -> None:
        at = self.at
        self._home()
        self.text = self.text[: self.at] + self.text[at:]

    def _undo(self) -> bool:
        """Take back the last typing; False when there is none, so that the key may mean more elsewhere."""
        self._typing = False
        if not self._past:
            return False
        self.text, self.at = self._past.pop()
        return True

    def _up(self) -> bool:
        start = self.text.rfind("\n", 0, self.at)
        if not self.many or start < 0:
            return False
        column = self.at - start - 1
        above = self.text.rfind("\n", 0, start) + 1
        self.at = min(above + column, start)
        return True

    def _down(self) -> bool:
        end = self.text.find("\n", self.at)
        if not self.many or end < 0:
            return False
        column = self.at - self.text.rfind("\n", 0, self.at) - 1
        last = self.text.find("\n", end + 1)
        self.at = min(end + 1 + column, len(self.text) if last < 0 else last)
        return True

    def _word_start(self) -> int:
        at = self.at
        while at > 0 and self.text[at - 1].isspace():
            at -= 1
        while at > 0 and not self.text[at - 1].isspace():
            at -= 1
        return at

    def _remember(self) -> None:
        self._typing = False
        if not self._past or self._past[-1][0] != self.text:
            self._past.append((self.text, self.at))
            del self._past[:-_UNDO_STEPS]

    def _usable(self, text: str) -> str:
        """Control characters do not get in: line breaks stay where there may be several lines, else become spaces."""
        if text.isprintable():
            return text
        text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")
        if not self.many:
            text = text.replace("\n", " ")
        if text.isprintable():
            return text
        return "".join(c for c in text if c == "\n" or unicodedata.category(c) not in ("Cc", "Cs"))


_KEYS = {
    "left": "_left", "right": "_right", "home": "_home", "ctrl+a": "_home", "end": "_end",
    "ctrl+left": "_word_left", "ctrl+right": "_word_right", "backspace": "_cut_left", "ctrl+h": "_cut_left",
    "delete": "_cut_right", "ctrl+d": "_cut_right", "ctrl+w": "_cut_word", "ctrl+k": "_cut_to_end",
    "ctrl+u": "_cut_to_start", "ctrl+z": "_undo", "up": "_up", "down": "_down",
}  # fmt: skip


def before(text: str, at: int) -> int:
    """Where the character before `at` begins, with the marks that stand on it."""
    at -= 1
    while at > 0 and _stands_on(text[at]):
        at -= 1
    return max(0, at)


def after(text: str, at: int) -> int:
    """Where the character after `at` ends, with the marks that stand on it."""
    at += 1
    while at < len(text) and _stands_on(text[at]):
        at += 1
    return min(len(text), at)


def _stands_on(character: str) -> bool:
    return character > "\u02ff" and get_character_cell_size(character) == 0


def window(text: str, at: int, width: int) -> tuple[str, int]:
    """The part of a line that shows in `width` cells with the caret at index `at` in it, and the caret's cell there."""
    if text.isascii():
        start = max(0, at - width * 2 // 3) if at >= width else 0
        return text[start : start + width], at - start
    if cell_len(text) < width:
        return text, cell_len(text[:at])
    left = cell_len(text[:at])
    start = max(0, left - width * 2 // 3) if left >= width else 0
    cells, begin, shown = 0, None, []
    for first, last, size in split_graphemes(text)[0]:
        if cells >= start and begin is None:
            begin = cells
        if begin is not None:
            if cells + size - begin > width:
                break
            shown.append(text[first:last])
        cells += size
    return "".join(shown), left - (begin or 0)
