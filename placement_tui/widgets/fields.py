"""The fields of a form: what is typed stays as typed, and is read into a value by a check that says no in words."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from placement_tui.errors import Invalid
from placement_tui.widgets.choose import Option

KINDS = ("text", "choice", "multi", "long", "secret", "head")


@dataclass(frozen=True, slots=True)
class Field:
    """One field.

    `kind`: `text` (one line), `choice` (one of `options`), `multi` (several of them, with commas), `long` (lines, with
    $EDITOR), `secret` (not shown), `head` (a heading, nothing to type). `check(text)` reads the text into a value and
    raises `errors.Invalid` with what is wrong in words; it is asked at every key, so it must be quick. `limit` counts
    characters; longer text stays in the field and says that it is too long. `lines` is how high a `long` field is.
    `beside(value)` gives the words that stand beside what is typed: how it was understood.
    """

    id: str
    label: str
    help: str = ""
    kind: str = "text"
    options: tuple[Option, ...] = ()
    required: bool = False
    check: Callable[[str], Any] | None = None
    limit: int = 0
    lines: int = 3
    example: str = ""
    suggested: str = ""  # what stands in it as a suggestion: the first letter typed takes its place
    beside: Callable[[Any], str] | None = None

    @property
    def most(self) -> int:
        """Characters that can be saved."""
        return self.limit or (20_000 if self.kind == "long" else 200)

    def read(self, text: str) -> Any:
        """The value of what is typed: None when empty, an option's value, a tuple of them, or what `check` makes of it.

        Raises Invalid.
        """
        text = text if self.kind == "secret" else text.strip()
        if not text:
            if self.required:
                raise Invalid(self.id, "needed", mend=self.help)
            return () if self.kind == "multi" else None
        if len(text) > self.most:
            raise Invalid(self.id, f"{len(text):,} characters; {self.most:,} can be saved")
        if self.kind == "choice":
            value = self.one(text).value
        elif self.kind == "multi":
            value = tuple(dict.fromkeys(self.one(part).value for part in self.parts(text)))
        else:
            value = text
        if self.check is None:
            return value
        checked = self.check(text) if self.kind in ("text", "long", "secret") else self.check(value)
        return value if checked is None else checked

    def parts(self, text: str) -> list[str]:
        """What a `multi` field's text names, one by one: at commas, or at spaces when each piece is a code."""
        pieces = [piece.strip() for piece in re.split(r"[,;\n]", text) if piece.strip()]
        found: list[str] = []
        for piece in pieces:
            codes = piece.split()
            known = {str(option.value).casefold() for option in self.options}
            found += codes if len(codes) > 1 and all(code.casefold() in known for code in codes) else [piece]
        return found

    def one(self, text: str) -> Option:
        """The option that a typed letter, code or word names. Raises Invalid when none does, or several do."""
        matches = self.matching(text)
        if len(matches) == 1:
            return matches[0]
        if not matches:
            raise Invalid(self.id, f"{shorten(text)!r} is none of these", mend=_listed(self.options))
        raise Invalid(self.id, f"{shorten(text)!r} could be several", mend=_listed(matches))

    def matching(self, text: str) -> list[Option]:
        """The options that typed text may mean, strictest reading first: key or code, words, word starts."""
        wanted = text.strip().casefold()
        if not wanted:
            return list(self.options)
        exact = [o for o in self.options if wanted in (o.key.casefold(), str(o.value).casefold(), o.words.casefold())]
        if exact:
            return exact[:1]
        starts = [o for o in self.options if _starts(o, wanted)]
        if starts:
            return starts
        pieces = wanted.split()
        return [
            o for o in self.options
            if all(any(word.startswith(piece) for word in re.findall(r"\w+", o.words.casefold())) for piece in pieces)
        ]  # fmt: skip


def _starts(option: Option, wanted: str) -> bool:
    return str(option.value).casefold().startswith(wanted) or option.words.casefold().startswith(wanted)


def _listed(options: Sequence[Option], most: int = 12) -> str:
    words = ", ".join(option.words for option in options[:most])
    return words + (f" and {len(options) - most} more" if len(options) > most else "")


def shorten(text: str, most: int = 24) -> str:
    """A piece of a long text for a sentence about it."""
    return text if len(text) <= most else text[: most - 1] + "…"
