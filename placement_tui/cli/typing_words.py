"""Words that options hold, read strictly: whole numbers, yes and no, codes of a set, moments, days."""

from __future__ import annotations

from typing import TYPE_CHECKING

from placement_tui.domain.codes import Code, CodeSet
from placement_tui.domain.typed_text import clean, long_text, short_text, shown
from placement_tui.errors import Invalid

if TYPE_CHECKING:
    from typing import TypeVar

    C = TypeVar("C", bound=Code)

TEXT_LIMIT = 20_000
LINE_LIMIT = 200
_YES, _NO = ("yes", "y", "true", "1"), ("no", "n", "false", "0")
_UNKNOWN = ("", "?", "unknown", "not known")


def whole(field: str, text: str | None, otherwise: int, most: int = 10_000_000, least: int = 1) -> int:
    """A whole number, `otherwise` where none was given. Raises Invalid."""
    from placement_tui.domain.typed_numbers import count

    return otherwise if text is None else count(text, field, least=least, most=most)


def yes_or_no(field: str, text: str | None) -> bool | None:
    """True, False, or None for not known. Raises Invalid."""
    word = clean(text or "").casefold()
    if word in _UNKNOWN:
        return None
    if word in _YES or word in _NO:
        return word in _YES
    raise Invalid(field, f"{shown(text or '')} is neither yes nor no", mend="type yes, no, or leave it out")


def code(field: str, text: str, codes: CodeSet[C]) -> str:
    """The code of a set that was typed as code, label or short label. Raises Invalid with the nearest."""
    found = codes.find(text)
    if found is None:
        raise codes.unknown(text, field)
    return found.code


def codes_of(field: str, text: str, codes: CodeSet[C]) -> tuple[str, ...]:
    """Several codes apart by commas, each once, the first one first. Raises Invalid."""
    parts = [part for part in text.replace(";", ",").split(",") if clean(part)]
    return tuple(dict.fromkeys(code(field, part, codes) for part in parts))


def text_of(field: str, typed: str | None) -> str:
    """A note of several lines. Raises Invalid where it is too long."""
    return long_text(field, typed or "", TEXT_LIMIT)


def line_of(field: str, typed: str | None) -> str:
    """One line: a person's name. Raises Invalid where it is too long."""
    return short_text(field, typed or "", LINE_LIMIT)
