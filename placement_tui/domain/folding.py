"""Names folded for search: one spelling for what people type, hear and read.

`fold` leaves lower-case words with single spaces. `initials` and `skeleton` are the two short hands in which officers
write a name on the phone: "fls" for Fir Lane School, "brdgvw" for Bridgeview.
"""

from __future__ import annotations

import re
from unicodedata import combining, normalize

_JOINERS = "'`´‘’ʼʹ′＇"  # O'Brien is one word, however the apostrophe was typed
_SPELT = {"ø": "o", "æ": "ae", "œ": "oe", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ħ": "h", "ı": "i", "&": " and "}
_ASCII: dict[int, str | None] = {code: " " for code in range(128) if not chr(code).isalnum()}
_ASCII.update({ord(mark): None for mark in _JOINERS if mark.isascii()} | {ord("&"): " and "})
_DOUBLED = re.compile(r"(.)\1+")
_SILENT = str.maketrans("", "", "aeiou")


def fold(text: str) -> str:
    """Lower case, without accents and punctuation, apostrophes joined, words apart by one space.

    `Ó Súilleabháin` gives `o suilleabhain`, `St. Mary's (North)` gives `st marys north`. Folding twice changes nothing.
    """
    if text.isascii():
        return " ".join(text.translate(_ASCII).lower().split())
    plain = normalize("NFKD", normalize("NFKD", text).casefold())
    kept: list[str] = []
    for mark in plain:
        if mark in _SPELT:
            kept.append(_SPELT[mark])
        elif mark.isalnum():
            kept.append(mark)
        elif not combining(mark) and mark not in _JOINERS:
            kept.append(" ")
    return " ".join("".join(kept).split())


def initials(folded: str) -> str:
    """The first letters of a folded name of two words or more, otherwise empty."""
    words = folded.split()
    return "".join(word[0] for word in words) if len(words) > 1 else ""


def skeleton(word: str) -> str:
    """The consonants of a folded word, doubled ones once: `bridgeview` gives `brdgvw`, `willow` gives `wlw`.

    A y counts as a consonant at the start only, since people drop it with the vowels.
    """
    bare = word[:1].translate(_SILENT) + word[1:].translate(_SILENT).replace("y", "")
    return _DOUBLED.sub(lambda run: run[1], bare)
