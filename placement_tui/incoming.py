"""Keys told from a paste in a terminal that does not put brackets around what is pasted.

A paste into a list would run a command for every letter. So text that comes at once, and is more than fingers type, is a
paste; but what a terminal announces as one is left to the parser whole, and keys held back by a line that stalled count.
"""

from __future__ import annotations

import re

# With Enter or Tab among them they may be keys held back by a line that stalled, and each of those must count.
_PASTE, _PASTE_WITH_KEYS = 64, 2000
_HELD = frozenset("jk")  # a key held down to move: no text is of nothing else
_TEXT = re.compile("[^\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]*")
_OPENS, _CLOSES = "\x1b[200~", "\x1b[201~"
_UNFINISHED = re.compile(r"\x1b(?:\[[0-9;]*)?\Z")


class Incoming:
    """What came from the terminal so far, as far as the next piece depends on it."""

    def __init__(self) -> None:
        self._inside, self._last = False, ""

    def may_go_on(self, text: str) -> bool:
        """True where text has come that no finger types so quickly, and more of the same may still be on its way."""
        return len(text) > 1 and not self._parsers and _TEXT.fullmatch(text) is not None

    def split(self, text: str) -> tuple[str, str]:
        """A paste that nobody announced, or nothing; and what is for the parser."""
        pasted = ""
        if not self._parsers:
            found = _TEXT.match(text)
            assert found is not None  # it may be empty
            head = found[0]
            if len(head) >= (_PASTE if head.isprintable() else _PASTE_WITH_KEYS) and not _HELD.issuperset(head):
                pasted, text = head, text[len(head) :]
        seen = self._last + text
        opened, closed = seen.rfind(_OPENS), seen.rfind(_CLOSES)
        if opened != closed:
            self._inside = opened > closed
        self._last = seen[1 - len(_OPENS) :]
        return pasted, text

    def silent(self) -> None:
        """Nothing came for a while: an Escape was a key, not the beginning of something."""
        self._last = ""

    @property
    def _parsers(self) -> bool:
        """True in the middle of what only the parser knows: an announced paste, or a sequence that came in two pieces."""
        return self._inside or _UNFINISHED.search(self._last) is not None
