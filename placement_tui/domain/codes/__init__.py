"""Code sets as data: every code with its label and the days between which it may be used.

A set is looked up strictly (`codeset[code]`), searched leniently for what a person typed (`codeset.find(text)`), and
asked for a day (`codeset.on(day)`), because the statutory lists change from one collection year to the next.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Generic, TypeVar

from placement_tui.domain.typed_text import shown
from placement_tui.errors import Invalid


@dataclass(frozen=True, slots=True)
class Code:
    """One code. `valid_from` and `valid_to` are its first and last day, both inclusive; None where no bound is known.

    `note` says where a label is inferred or how the code is to be used; `short` is what people say on the phone.
    """

    code: str
    label: str
    valid_from: date | None = None
    valid_to: date | None = None
    note: str = ""
    short: str = ""

    @property
    def spoken(self) -> str:
        """The short label where there is one, otherwise the label."""
        return self.short or self.label

    def valid(self, day: date) -> bool:
        """Whether the code may be used for something that happens on `day`."""
        return (self.valid_from is None or self.valid_from <= day) and (self.valid_to is None or day <= self.valid_to)


C = TypeVar("C", bound=Code, covariant=True)


@dataclass(frozen=True, slots=True)
class CodeSet(Generic[C]):
    """A named set of codes in the order in which people see them; `source` says whose list it is."""

    name: str
    source: str
    codes: tuple[C, ...]
    _by_code: dict[str, C] = field(init=False, repr=False, compare=False)
    _by_word: dict[str, C] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        by_code = {code.code: code for code in self.codes}
        if len(by_code) != len(self.codes):
            raise ValueError(f"{self.name} holds a code twice")
        by_word: dict[str, C] = {}
        for words in ([c.code for c in self.codes], [c.short for c in self.codes], [c.label for c in self.codes]):
            for word, code in zip(words, self.codes, strict=True):
                if word:
                    by_word.setdefault(fold(word), code)
        object.__setattr__(self, "_by_code", by_code)
        object.__setattr__(self, "_by_word", by_word)

    def __contains__(self, code: object) -> bool:
        return code in self._by_code

    def __iter__(self) -> Iterator[C]:
        return iter(self.codes)

    def __len__(self) -> int:
        return len(self.codes)

    def __getitem__(self, code: str) -> C:
        """The code, spelt exactly. Raises Invalid (field: the set's name) that names the set and the nearest codes."""
        found = self._by_code.get(code)
        if found is None:
            raise self.unknown(code)
        return found

    def find(self, text: str) -> C | None:
        """The code whose code, short label or label was typed, whatever its case, dashes and spaces; None for none."""
        return self._by_word.get(fold(text))

    def label(self, code: str) -> str:
        """The label for people; an unknown code (from a newer machine) is shown as itself: no screen fails on it."""
        found = self._by_code.get(code)
        return code if found is None else found.label

    def spoken(self, code: str) -> str:
        """The short label for people; an unknown code is shown as itself."""
        found = self._by_code.get(code)
        return code if found is None else found.spoken

    def on(self, day: date) -> tuple[C, ...]:
        """The codes that may be used on that day, in order."""
        return tuple(code for code in self.codes if code.valid(day))

    def valid(self, code: str, day: date) -> bool:
        """Whether this is a code of the set that may be used on that day."""
        found = self._by_code.get(code)
        return found is not None and found.valid(day)

    def nearest(self, text: str, most: int = 3) -> tuple[C, ...]:
        """The codes most like what was typed, by code, short label and label; the best first."""
        from difflib import SequenceMatcher

        matcher = SequenceMatcher(autojunk=False)
        matcher.set_seq2(fold(text)[:60])

        def likeness(at: int) -> float:
            best, code = 0.0, self.codes[at]
            for word in (code.code, code.short, code.label):
                matcher.set_seq1(fold(word))
                best = max(best, matcher.ratio() if word else 0.0)
            return best

        order = sorted(range(len(self.codes)), key=likeness, reverse=True)
        return tuple(self.codes[at] for at in order[:most])

    def unknown(self, text: str, field: str = "") -> Invalid:
        """The refusal of what is no code of this set, with the nearest codes; `field` names the form field."""
        near = ", ".join(
            c.code if fold(c.spoken) == fold(c.code) else f"{c.code} ({c.spoken})" for c in self.nearest(text)
        )
        return Invalid(
            field or self.name,
            f"{shown(text)} is not a{'n' * (self.name[0] in 'aeiou')} {self.name}",
            "No such code is on the list",
            f"Nearest: {near}",
        )


def fold(text: str) -> str:
    """Letters and digits only, without case: how typed words are compared. `Self-harm` and `self harm` are one."""
    return "".join(letter for letter in text.casefold() if letter.isalnum())
