"""Lines that suit a child: nobody's brother is called `she`."""

from __future__ import annotations

import re
from functools import cache

_HE = re.compile(r"\b(?:he|his|him|himself)\b", re.IGNORECASE)
_SHE = re.compile(r"\b(?:she|her|hers)\b", re.IGNORECASE)
_THEY = re.compile(
    r"\b(?:all three|together|the others|the eldest|one of them|not both|brothers live)\b", re.IGNORECASE
)


@cache
def suited(lines: tuple[str, ...], sex: str, several: bool = False) -> tuple[str, ...]:
    """Those of the lines that may be said of a child of that sex (`M`, `F`, `U`), or of `several` children."""
    unsuited = [] if several else [_THEY]
    if several or sex != "M":
        unsuited.append(_HE)
    if several or sex != "F":
        unsuited.append(_SHE)
    return tuple(line for line in lines if not any(each.search(line) for each in unsuited)) or lines
