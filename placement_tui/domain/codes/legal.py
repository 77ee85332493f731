"""How people say a legal status: `s20`, `ICO`, `police protection`, `UASC s20`; the list is in ssda903.py."""

from __future__ import annotations

from typing import NamedTuple

from placement_tui.domain.codes import fold
from placement_tui.domain.codes.ssda903 import LEGAL_STATUS


class Legal(NamedTuple):
    """A legal status as typed: the statutory code, and whether an unaccompanied asylum-seeking child was meant."""

    code: str
    unaccompanied: bool


_WORDS = {
    "accommodated": "V2",
    "section20": "V2",
    "voluntary": "V2",
    "interimcare": "C1",
    "s38": "C1",
    "careorder": "C2",
    "co": "C2",
    "fco": "C2",
    "s31": "C2",
    "po": "E1",
    "police": "L1",
    "pp": "L1",
    "ppo": "L1",
    "s46": "L1",
    "emergencyprotection": "L2",
    "s44": "L2",
    "remanded": "J1",
    "yro": "J3",
    "respite": "V4",
    "shortbreak": "V4",
}


def parse_legal(text: str) -> Legal:
    """The legal status that was typed: a code (`C2`) or what people say (`s20`, `ICO`, `remand`, `UASC s20`).

    `UASC` alone means s20, the usual one. Raises Invalid (field `legal_status`) with the nearest codes.
    """
    word = fold(text)
    unaccompanied = "uasc" in word
    rest = word.replace("uasc", "") or ("s20" if unaccompanied else "")
    found = LEGAL_STATUS.find(rest) or LEGAL_STATUS.find(_WORDS.get(rest, ""))
    if found is None:
        raise LEGAL_STATUS.unknown(text, "legal_status")
    return Legal(found.code, unaccompanied)


def legal_words(code: str, unaccompanied: bool = False) -> str:
    """What is said of a legal status: `s20`, `ICO`, `UASC s20`; an unknown code is shown as itself."""
    spoken = LEGAL_STATUS.spoken(code)
    return f"UASC {spoken}" if unaccompanied else spoken
