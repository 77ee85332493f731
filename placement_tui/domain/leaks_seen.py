"""A text as the leak check reads it: letters folded to one spelling, each with the place where it really stands.

Case, accents, full-width and look-alike letters, and characters that are not seen change nothing; what stands between
two letters is kept as one of five kinds of gap.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from functools import cached_property, lru_cache
from typing import NamedTuple

NONE, APOSTROPHE, SPACE, LINE, JOINED, BREAK = range(6)  # JOINED: signs without a space; BREAK: signs with one
_APOSTROPHES = frozenset("'’‘`´ʼ′＇")
_ENDS = frozenset(".!?:;•*>#|—–\u2026")
_UNSEEN = frozenset({"Cf", "Mn", "Me", "Cc"})
# Letters of other scripts that look like Latin ones: a name typed with them reads as the name.
_ALIKE = str.maketrans(
    "аеорсухівкмнтѕјԁԛԝһӏгαβεηικμνορτυχ", "aeopcyxibkmhtsjdqwhlrabenikmvoptux"
)  # fmt: skip
_SPELT = {"ø": "o", "æ": "ae", "œ": "oe", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ħ": "h", "ı": "i"}

# What a mail program or a web page writes between the letters of a word.
_MARKUP = re.compile(
    r"&#(?P<number>[0-9]{1,6});|&#x(?P<hex>[0-9a-f]{1,5});|(?P<space>&nbsp;|=20|=(?:C2=)?A0)|=\r?\n"
    r"|</?(?:b|i|u|em|strong|span|font|small|wbr)\s?/?>|(?P<line></?(?:p|div|br)\s?/?>)",
    re.IGNORECASE,
)


class Word(NamedTuple):
    """A run of letters and figures: as folded, and from where to where in the folded text."""

    text: str
    start: int
    end: int


class Seen:
    """A text to be checked. `folded` are its letters and figures alone; `flat` the text with one spelling a letter."""

    def __init__(self, text: str) -> None:
        self.text = text
        packed: list[str] = []
        flat: list[str] = []
        self.at: list[int] = []  # of each folded letter, where it stands in the text
        self.flat_at: list[int] = []
        self.gaps = bytearray()  # of each folded letter, what stands before it
        self.capital = bytearray()
        between = ""
        quoted = True  # only marks of a quotation, and spaces, stand before this in its line
        marked = {match.start(): match for match in _MARKUP.finditer(text)}
        until = 0
        for place, letter in enumerate(text):
            if place < until:
                continue
            if match := marked.get(place):
                until, letter = match.end(), _meant(match)
            elif quoted and letter in ">|\\":
                letter = " "
            quoted = letter == "\n" or (quoted and letter in " \t")
            plain, shown = _folded(letter) if letter else ("", "")
            if shown:
                for each in shown:
                    flat.append(each)
                    self.flat_at.append(place)
            if not plain:
                if shown:
                    between += letter
                continue
            gap = _gap(between) if between else NONE
            big = letter.isupper()
            for each in plain:
                packed.append(each)
                self.at.append(place)
                self.gaps.append(gap)
                self.capital.append(big)
                gap = NONE
            between = ""
        self.folded, self.flat = "".join(packed), "".join(flat)

    @cached_property
    def words(self) -> list[Word]:
        """Runs of letters with nothing between them but apostrophes."""
        return list(self._words())

    def _words(self) -> Iterator[Word]:
        start = 0
        for place in range(1, len(self.folded) + 1):
            if place == len(self.folded) or self.gaps[place] > APOSTROPHE:
                yield Word(self.folded[start:place], start, place)
                start = place

    @cached_property
    def word_starts(self) -> list[int]:
        """Where each word begins in the folded text."""
        return [word.start for word in self.words]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """From where to where some folded letters stand in the text."""
        return self.at[start], self.at[end - 1] + 1

    def flat_span(self, start: int, end: int) -> tuple[int, int]:
        """The same of a run of `flat`."""
        return self.flat_at[start], self.flat_at[end - 1] + 1

    def begins(self, place: int) -> bool:
        """True where a word begins: after a gap, at a change from figures to letters, at a capital after a small one."""
        if place == 0 or self.gaps[place]:
            return True
        before, here = self.folded[place - 1], self.folded[place]
        return before.isdigit() != here.isdigit() or bool(self.capital[place] and not self.capital[place - 1])

    def ends(self, place: int, possessive: bool = False) -> bool:
        """True where a word ends; with `possessive` also before an s that ends it."""
        if place >= len(self.folded) or self.begins(place):
            return True
        return (
            possessive and self.folded[place] == "s" and (place + 1 >= len(self.folded) or bool(self.gaps[place + 1]))
        )

    def pieces(self, start: int, end: int) -> list[str]:
        """Some folded letters as the gaps between them part them; apostrophes part nothing."""
        found, last = [], start
        for place in range(start + 1, end):
            if self.gaps[place] > APOSTROPHE:
                found.append(self.folded[last:place])
                last = place
        return [*found, self.folded[last:end]]

    def named(self, start: int) -> bool:
        """True where a letter is a capital for no other reason than that a name begins: not at a sentence's beginning."""
        if not self.capital[start]:
            return False
        if self._shouted(start):
            return False
        place = self.at[start] - 1
        lines = 0
        while place >= 0 and (self.text[place].isspace() or self.text[place] in "\"“”'‘’([-_\\"):
            lines += self.text[place] == "\n"
            place -= 1
        return place >= 0 and self.text[place] not in _ENDS and lines < 2

    def _shouted(self, start: int) -> bool:
        """True in a passage that is all capitals: there a capital says nothing."""
        around = range(max(0, start - 12), min(len(self.folded), start + 12))
        letters = [place for place in around if self.folded[place].isalpha()]
        return len(letters) > 8 and sum(self.capital[place] for place in letters) > 0.8 * len(letters)

    def inside(self, start: int, end: int) -> list[Word]:
        """The words that lie between two places of the folded text."""
        first, last = bisect_left(self.word_starts, start), bisect_right(self.word_starts, end - 1)
        return self.words[first:last]


def _meant(match: re.Match[str]) -> str:
    """The letter that a mark stands for; "" for one that only dresses the letters."""
    if number := match["number"] or match["hex"]:
        value = int(number, 10 if match["number"] else 16)
        return chr(value) if 0 < value < 0x110000 else ""
    return " " if match["space"] else "\n" if match["line"] else ""


def listed(text: str) -> frozenset[str]:
    """The words of a text, as a set."""
    return frozenset(text.split())


def fold_word(text: str) -> str:
    """Letters and figures of a name or a number in the spelling of `Seen.folded`."""
    return "".join(_folded(letter)[0] for letter in text)


@lru_cache(maxsize=4096)
def _folded(letter: str) -> tuple[str, str]:
    """A letter as it is compared ("" for a sign), and as it is shown flat ("" for what is not seen)."""
    if letter in "\n\t ":
        return "", letter
    if letter in "⁄∕":
        return "", "/"
    if letter.isascii():
        return (letter.lower() if letter.isalnum() else ""), ("" if ord(letter) < 32 else letter)
    if letter in "\r\x0b\x0c\x85\u2028\u2029":
        return "", "\n"
    category = unicodedata.category(letter)
    if category in _UNSEEN:
        return "", ""
    parts = [part for part in unicodedata.normalize("NFKD", letter) if unicodedata.category(part) not in _UNSEEN]
    shown = []
    plain = []
    for part in parts:
        small = part.casefold()
        if (figure := unicodedata.digit(part, None)) is not None:
            plain.append(str(figure))
            shown.append(str(figure))
            continue
        latin = "".join(_SPELT.get(each, each) for each in small.translate(_ALIKE))
        if any(each.isalnum() for each in latin):
            plain.append(latin)
            shown.append(latin.upper() if part.isupper() else latin)
        else:
            shown.append("-" if unicodedata.category(part) == "Pd" else " " if part.isspace() else part)
    return "".join(plain), "".join(shown)


def _gap(between: str) -> int:
    spaces = any(letter.isspace() for letter in between)
    signs = [letter for letter in between if not letter.isspace()]
    if not signs:
        return LINE if "\n" in between else SPACE
    if not spaces:
        return APOSTROPHE if len(signs) == 1 and signs[0] in _APOSTROPHES else JOINED
    hyphenated = "\n" in between and len(signs) == 1 and signs[0] in "-=‐‑\u00ad" and between[0] == signs[0]
    return JOINED if hyphenated else BREAK
