"""Text, names and contact details as people type them: what is kept, and what is refused with an example that works."""

from __future__ import annotations

import re
import unicodedata

from placement_tui.errors import Invalid

# An escape sequence of a terminal: CSI, a string (OSC, DCS, SOS, PM, APC) with its end, or two characters.
_ESCAPES = re.compile(r"(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]|\x1b[\]PX^_][^\x07\x1b\x9c]*(?:\x07|\x1b\\|\x9c)|\x1b[ -~]?")
# Characters that reorder what is drawn: a name must not be able to turn the line around.
BIDI = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff")
MARK = "\ufffd"
_BREAKS = frozenset("\n\r\t\v\f\x85\u2028\u2029")
_POSTCODE_IN = r"[0-9][ABD-HJLNP-UW-Z]{2}"
_DISTRICT = r"(?:[A-PR-UWYZ](?:[0-9]{1,2}|[A-HK-Y][0-9]|[A-HK-Y][0-9][0-9ABEHMNPRVWXY]|[0-9][A-HJKPSTUW])|GIR)"
_POSTCODE = re.compile(f"({_DISTRICT})({_POSTCODE_IN})")
_DISTRICT_ONLY = re.compile(_DISTRICT)
_PHONE = re.compile(r"\+?[0-9 ().-]+(?: ?(?:ext\.?|extension|x) ?[0-9]{1,6})?", re.IGNORECASE | re.ASCII)


_NEVER_IN_A_CELL = re.compile("[\0-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
_FORMULA = re.compile(r"[=@\t\n]|[+-](?![0-9 (.£]|$)")


def cell_text(text: str) -> str:
    """The text as a cell of a spreadsheet carries it: what a spreadsheet would run as a formula gets an apostrophe.

    Its lines and tabs stay; other control characters, and those that reorder what is drawn, are marked, for a CSV is
    looked at in a terminal too.
    """
    text = _NEVER_IN_A_CELL.sub(MARK, re.sub("\r\n?", "\n", text))
    return f"'{text}" if _FORMULA.match(text) else text


def shown(text: str, most: int = 40) -> str:
    """What was typed, in quotes and on one line, for a sentence that refuses it; cut after `most` characters."""
    plain = clean(text)
    return f'"{plain}"' if len(plain) <= most else f'"{plain[: most - 1]}…"'


def clean(text: str, lines: bool = False) -> str:
    """The text in NFC without escape sequences, control characters and reordering marks; spaces folded and trimmed.

    With `lines`, line breaks stay (as `\\n`) and only the ends of lines are trimmed; otherwise a break is a space.
    """
    text = _ESCAPES.sub("", text)
    if lines:
        text = re.sub("\r\n|[\r\v\f\x85\u2028\u2029]", "\n", text).replace("\t", " ")
    kept = "".join(_kept(letter, lines) for letter in text)
    kept = unicodedata.normalize("NFC", kept)
    if lines:
        return "\n".join(line.rstrip() for line in kept.split("\n")).strip()
    return " ".join(kept.split())


def drawn(text: str, lines: bool = False) -> str:
    """Text to be shown: `clean`, with a mark (U+FFFD) where a control character or a reordering one stands.

    Nothing of an escape sequence is left out, so that what was planted is seen.
    """
    return clean("".join(MARK if _harms(letter) else letter for letter in text), lines)


def _harms(letter: str) -> bool:
    return letter in BIDI or (letter not in _BREAKS and unicodedata.category(letter) in ("Cc", "Cs"))


def _kept(letter: str, lines: bool) -> str:
    if letter in _BREAKS:
        return letter if lines else " "
    # Cc are controls; Cs lone surrogates, which no file and no store can hold.
    return "" if letter in BIDI or unicodedata.category(letter) in ("Cc", "Cs") else letter


def short_text(field: str, text: str, limit: int, *, required: bool = False) -> str:
    """One line of text of at most `limit` characters, cleaned. '' stays '' unless `required`.

    Raises Invalid with how long it is and what the limit is; nothing is cut off.
    """
    return _limited(field, clean(text), limit, required)


def long_text(field: str, text: str, limit: int, *, required: bool = False) -> str:
    """A note of several lines and at most `limit` characters, cleaned. Raises Invalid as `short_text` does."""
    return _limited(field, clean(text, lines=True), limit, required)


def _limited(field: str, text: str, limit: int, required: bool) -> str:
    name = field.replace("_", " ")
    if required and not text:
        raise Invalid(field, f"The {name} is empty", "It cannot be left out", f"Type the {name}")
    if len(text) > limit:
        raise Invalid(
            field,
            f"The {name} is {len(text):,} characters long",
            f"The limit is {limit:,}",
            f"Shorten it by {len(text) - limit:,}, or put the rest into a note",
        )
    return text


def compact(text: str) -> str:
    """What was typed in capitals without spaces, full-width letters as plain ones: for codes, not for names."""
    return "".join(unicodedata.normalize("NFKC", clean(text)).split()).upper()


def spaced_postcode(text: str) -> str:
    """A postcode as people write it, whether there is one such or not: capitals, one space before the last three."""
    plain = compact(text)
    return f"{plain[:-3]} {plain[-3:]}" if len(plain) > 3 else plain


def initials(text: str) -> str:
    """A child's initials in capitals, 1 to 4 letters: `kj`, `K.J.` and `K J` are `KJ`. A name is refused.

    Raises Invalid (field `initials`).
    """
    plain = clean(text)
    letters = unicodedata.normalize("NFC", "".join(c for c in plain if c not in " .-'’").upper())
    typed = [part for part in re.split("[ .’'-]", plain) if part]
    if not letters:
        raise Invalid("initials", "The initials are empty", "A child is shown by initials", "Type them, for example KJ")
    if not all(letter.isalpha() or unicodedata.combining(letter) for letter in letters):
        raise Invalid("initials", f"{shown(text)} is not initials", "Only letters can be", "Type them as KJ")
    spelt = any(
        len(part) > 2 and part != part.upper() and not (part == part.lower() and len(part) < 4) for part in typed
    )
    if spelt or len(letters) > 4:
        raise Invalid(
            "initials",
            f"{shown(text)} looks like a name",
            "Lists show initials only, so that a name is not read over a shoulder",
            "Type at most four letters, for example KJ",
        )
    return letters


def postcode(text: str, *, district: bool = False) -> str:
    """A postcode with capitals and its space: `ch415al` is `CH41 5AL`. With `district`, `CH41` alone may stand too.

    Only the shape is looked at; whether it exists is for the postcode table. Raises Invalid (field `postcode`).
    """
    typed = compact(text)
    whole = _POSTCODE.fullmatch(typed)
    if whole:
        return f"{whole[1]} {whole[2]}"
    if _DISTRICT_ONLY.fullmatch(typed):
        if district:
            return typed
        raise Invalid(
            "postcode",
            f"{shown(text)} is the first half of a postcode",
            "The second half, a digit and two letters, is missing",
            f"Type all of it, like {typed} 5AL",
        )
    mistaken = _swapped(typed)
    mend = f"Did you mean {mistaken}?" if mistaken else "Type it like CH41 5AL or L1 8AA"
    raise Invalid("postcode", f"{shown(text)} is not a postcode", "It has not the shape of one", mend)


def _swapped(typed: str) -> str:
    """The postcode that was meant where letters O and I stand for figures or the other way about; '' for none."""
    if not 5 <= len(typed) <= 7:
        return ""
    outward, figure, rest = typed[:-3], typed[-3], typed[-2:]
    inward = figure.translate(_TO_FIGURE) + rest.translate(_TO_LETTER)
    for start in range(1, 3):
        tail = outward[start:]
        for end in (tail.translate(_TO_FIGURE), tail[:-1].translate(_TO_FIGURE) + tail[-1:]):
            match = _POSTCODE.fullmatch(outward[:start].translate(_TO_LETTER) + end + inward)
            if match:
                return f"{match[1]} {match[2]}"
    return ""


_TO_FIGURE = str.maketrans("OILS", "0115")
_TO_LETTER = str.maketrans("015", "OIS")


def phone(text: str) -> str:
    """A telephone number as it was typed, with spaces folded: figures, spaces, brackets, dots, dashes, a leading +.

    An extension may follow (`ext 204`). Raises Invalid (field `phone`) for other letters and for under 3 or over 15
    figures (ITU E.164).
    """
    plain = clean(unicodedata.normalize("NFKC", text))
    number = re.split("[ex]", plain, maxsplit=1, flags=re.IGNORECASE)[0]
    figures = sum(letter in "0123456789" for letter in number)
    if not _PHONE.fullmatch(plain):
        raise Invalid(
            "phone",
            f"{shown(text)} is not a telephone number",
            "Letters and other signs cannot be dialled",
            "Type figures, for example 0151 496 0133 or 0151 496 0133 ext 204, and names into the note",
        )
    if not 3 <= figures <= 15:
        raise Invalid(
            "phone", f"{shown(text)} has {figures} figures", "A number has 3 to 15", "Type it like 0151 496 0133"
        )
    return plain


_SEX = {
    **dict.fromkeys(("m", "male", "boy", "b", "man"), "M"),
    **dict.fromkeys(("f", "female", "girl", "g", "woman"), "F"),
    **dict.fromkeys(("u", "unknown", "not known", "notknown", "x", "?"), "U"),
}


def sex(text: str) -> str:
    """`M`, `F` or `U` from `m`, `boy`, `female`, `girl`, `not known`. Raises Invalid (field `sex`)."""
    found = _SEX.get(clean(text).casefold())
    if found is None:
        raise Invalid(
            "sex",
            f"{shown(text)} is not one of the return's three",
            "The statutory return knows male, female and not known",
            "Type m, f or u",
        )
    return found
