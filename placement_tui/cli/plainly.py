"""Letters for terminals that lack them: what cannot be encoded is spelt in ASCII."""

from __future__ import annotations

import codecs
import unicodedata
from typing import TextIO

_SPELT = {"…": "...", "£": "GBP ", "·": "-", "“": '"', "”": '"', "‘": "'", "’": "'", "–": "-", "—": "-", "→": "->"}
_NAME = "placement-plainly"


def use_plain_letters(stream: TextIO, ascii_only: bool) -> None:
    """Spell in ASCII what the stream's encoding lacks; everything beyond ASCII with `ascii_only`."""
    codecs.register_error(_NAME, _spelt)
    reconfigure = getattr(stream, "reconfigure", None)
    if reconfigure is not None:
        reconfigure(encoding="ascii" if ascii_only else None, errors=_NAME)


def _spelt(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    return "".join(_letter(letter) for letter in error.object[error.start : error.end]), error.end


def _letter(letter: str) -> str:
    bare = unicodedata.normalize("NFKD", _SPELT.get(letter, letter)).encode("ascii", "ignore").decode()
    return bare or ("" if unicodedata.combining(letter) else "?")
