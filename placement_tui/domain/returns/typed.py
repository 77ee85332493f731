"""What the return says of a placement, typed as one line: `U6 PR4 L20 3AA SC123456 same carer`."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from placement_tui.domain import typed_text
from placement_tui.domain.care import Stay
from placement_tui.domain.codes.ssda903 import PLACE, PLACE_PROVIDER
from placement_tui.domain.typed_text import shown
from placement_tui.errors import Invalid

EXAMPLE = "U6 PR4 L20 3AA SC123456 same carer"
HELP = "Type, provider, postcode, URN; same carer or another carer. A part left out is what the home says"
_URN = re.compile(r"SC\d{6}|\d{7,8}|X{7}", re.ASCII)
_CARER = {"SAME": True, "OTHER": False, "ANOTHER": False, "NEW": False}


@dataclass(frozen=True, slots=True)
class Returned:
    """The parts that were said of the placement itself; None for one that is as the home says."""

    place: str | None = None
    place_provider: str | None = None
    postcode: str | None = None
    urn: str | None = None
    same_carer: bool | None = None


def parse_returned(text: str) -> Returned:
    """What was typed, in any order. Raises Invalid (field `returned`) for a word that is none of the parts."""
    parts: dict[str, str] = {}
    same: bool | None = None
    rest: list[str] = []
    for word in typed_text.clean(text).upper().replace(",", " ").split():
        if word in PLACE:
            _once(parts, "place", word)
        elif word in PLACE_PROVIDER:
            _once(parts, "place_provider", word)
        elif _URN.fullmatch(word):
            _once(parts, "urn", word)
        elif word in _CARER:
            same = _CARER[word]
        elif word != "CARER":
            rest.append(word)
    if rest:
        parts["postcode"] = _postcode(rest)
    return Returned(parts.get("place"), parts.get("place_provider"), parts.get("postcode"), parts.get("urn"), same)


def _once(parts: dict[str, str], name: str, word: str) -> None:
    if name in parts:
        raise Invalid("returned", f"{parts[name]} and {word}", "one of the two is meant", f"Type it as {EXAMPLE}")
    parts[name] = word


def _postcode(words: list[str]) -> str:
    try:
        return typed_text.postcode("".join(words))
    except Invalid:
        said = shown(" ".join(words))
        mend = f"Type it as {EXAMPLE}"
        raise Invalid("returned", f"{said} is no type, provider, postcode or URN", "", mend) from None


def returned_text(stay: Stay) -> str:
    """What the return says of a placement now, as it would be typed."""
    carer = {True: "same carer", False: "another carer", None: ""}[stay.same_carer]
    return " ".join(part for part in (stay.place, stay.place_provider, stay.postcode, stay.urn, carer) if part)


def checked_returned(exists: Callable[[str], object]) -> Callable[[str], Returned]:
    """A reader of the line that asks of the postcode whether it exists; `exists` raises Invalid where it does not."""

    def read(text: str) -> Returned:
        found = parse_returned(text)
        if found.postcode:
            exists(found.postcode)
        return found

    return read
