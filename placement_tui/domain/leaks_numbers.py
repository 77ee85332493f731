"""What gives somebody away without a name: postcodes, telephone numbers, addresses, handles, case and register numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from placement_tui.domain.leaks_seen import Seen, fold_word


class Match(NamedTuple):
    """What was found, and where in the whole text."""

    what: str
    start: int
    end: int


_POSTCODE = re.compile(
    r"(?<![A-Za-z0-9])([A-PR-UWYZ][A-HK-Y]?[0-9][0-9A-HJKMNPR-Y]?)[\s.,_\-]{0,3}([0-9][ABD-HJLNP-UW-Z]{2})(?![A-Za-z0-9])",
    re.IGNORECASE,
)
_ORDINAL = re.compile(r"[0-9](?:st|nd|rd|th)", re.IGNORECASE)
_PHONE = re.compile(r"(?<![\d£$€])(?:\+\s?|\(\s?\+?)?\d(?:[\s().\-/·_]{0,3}\d){8,15}(?!\d)")
_BEGINS_DATED = re.compile(r"\d{1,4}[/.\-]\d{1,2}[/.\-]\d{2,4}")
_SPOKEN = re.compile(
    r"\b(?:(?:zero|oh|nought|nil|one|two|three|four|five|six|seven|eight|nine|double|triple)\b[\s,.\-]{0,3}){7,16}",
    re.IGNORECASE,
)
_AT = r"\s{0,2}(?:@|\(at\)|\[at\]|\{at\})\s{0,2}"
_DOT = r"\s{0,2}(?:\.|\(dot\)|\[dot\]|\{dot\})\s{0,2}"
_MAIL = re.compile(
    rf"(?<![\w.+'-])[\w.+'-]{{1,64}}(?:{_AT}[\w-]{{1,63}}(?:{_DOT}[\w-]{{1,63}}){{1,5}}"
    r"|\s{1,2}at\s{1,2}[\w-]{1,63}(?:\s{1,2}dot\s{1,2}[\w-]{1,63}){1,5})",
    re.IGNORECASE,
)
_WEB = re.compile(
    r"\bhttps?:/{0,2}[^\s<>\"]{1,500}|\bwww\.[^\s<>\"]{1,500}"
    r"|(?<![\w@.-])(?:[\w-]{1,63}\.){1,4}(?:co\.uk|org\.uk|gov\.uk|nhs\.uk|sch\.uk|ac\.uk|com|org|net|uk|info)\b(?:/[^\s<>\"]{0,300})?",
    re.IGNORECASE,
)
_HANDLE = re.compile(r"(?<![\w@.])@[A-Za-z0-9_.]{3,30}")
_NHS = re.compile(r"(?<!\d)\d(?:[\s.\-]{0,2}\d){9}(?!\d)")
_PUPIL = re.compile(r"(?<![A-Za-z0-9])[A-HJ-NP-RT-Z](?:[\s.\-]?\d){11}[\s.\-]?[0-9A-Z](?![A-Za-z0-9])", re.IGNORECASE)
_INSURANCE = re.compile(
    r"(?<![A-Za-z0-9])[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z]\s?(?:\d\d\s?){3}[A-D](?![A-Za-z0-9])", re.IGNORECASE
)
_CASE = re.compile(
    r"\b(?:case|ref|reference|client|person|child|mosaic|lcs|liquidlogic|eclipse|local|upn|nhs|id|passport|home office)\b"
    r"[ .:#]{0,3}(?:(?:id|no|number|num|ref|reference)\b)?[ .:#]{0,4}([A-Z]{0,4}[-/ ]?\d{5,10}|\d{2}[-/]\d{4})(?![\d/])",
    re.IGNORECASE,
)
_ALIKE = {"0": "[0o]", "o": "[0o]", "1": "[1il]", "i": "[1il]", "l": "[1il]", "5": "[5s]", "s": "[5s]"}


def find_numbers(seen: Seen) -> Iterator[Match]:
    """Everything of these kinds in a text, whosever it is."""
    flat = seen.flat
    for match in _POSTCODE.finditer(flat):
        if not _ORDINAL.fullmatch(match[2]) or match[2].isupper():
            yield _at(seen, "a postcode", match)
    for match in _PHONE.finditer(flat):
        if _is_phone(match[0]):
            yield _at(seen, "a telephone number", match)
    for what, pattern in (("a telephone number in words", _SPOKEN), ("an e-mail address", _MAIL), ("a web address", _WEB),
                          ("somebody's name on a site", _HANDLE), ("a pupil number", _PUPIL),
                          ("a National Insurance number", _INSURANCE)):  # fmt: skip
        for match in pattern.finditer(flat):
            yield _at(seen, what, match)
    for match in _NHS.finditer(flat):
        if _nhs("".join(letter for letter in match[0] if letter.isdigit())):
            yield _at(seen, "an NHS number", match)
    for match in _CASE.finditer(flat):
        yield Match("a case number", *seen.flat_span(*match.span(1)))


def find_postcode(seen: Seen, postcode: str) -> Iterator[Match]:
    """A postcode that is known, however it is spaced or mistyped; its sector too, which is more than the district."""
    plain = fold_word(postcode)
    if len(plain) < 5:
        return
    pattern = re.compile("".join(_ALIKE.get(letter, letter) for letter in plain))
    for match in pattern.finditer(seen.folded):
        start, end = match.span()
        if seen.begins(start) and (end >= len(seen.folded) or seen.gaps[end]):
            yield Match("the home's postcode", *seen.span(start, end))
    sector = re.compile(
        rf"(?<![A-Za-z0-9]){plain[:-3]}\s{{0,2}}{plain[-3]}(?![A-Za-z0-9]|\s?[a-z]{{3}})", re.IGNORECASE
    )
    for match in sector.finditer(seen.flat):
        yield _at(seen, "more of the postcode than its district", match)


def find_phone(seen: Seen, phone: str) -> Iterator[Match]:
    """A telephone number that is known, in any grouping, with or without the country's."""
    digits = "".join(letter for letter in phone if letter.isdigit())
    if len(digits) < 6:
        return
    bare = re.sub("^(?:0044|44|0)", "", digits)
    for part in {bare, bare[-7:]}:
        pattern = re.compile(r"(?<!\d)(?:[\d+()\s]{0,8})" + r"[\s().\-/·_]{0,3}".join(part) + r"(?!\d)")
        for match in pattern.finditer(seen.flat):
            lead = len(match[0]) - len(match[0].lstrip())
            yield Match("a telephone number", *seen.flat_span(match.start() + lead, match.end()))


def find_reference(seen: Seen, reference: str, what: str) -> Iterator[Match]:
    """A number of ours: 26-0142 also as 260142 and 26/0142, W-10234 also as 10234."""
    plain = fold_word(reference)
    figures = "".join(letter for letter in plain if letter.isdigit())
    for part in {plain, figures}:
        if len(part) < (4 if part == plain and not part.isdigit() else 5):
            continue
        start = seen.folded.find(part)
        while start >= 0:
            end = start + len(part)
            # figures that go on are another number; letters before them are how it was written
            alone = start == 0 or seen.gaps[start] or not seen.folded[start - 1].isalnum() or part == figures
            digit_before = start > 0 and seen.folded[start - 1].isdigit() and not seen.gaps[start]
            digit_after = end < len(seen.folded) and seen.folded[end].isdigit() and not seen.gaps[end]
            if alone and not digit_before and not digit_after and (end >= len(seen.folded) or seen.ends(end)):
                yield Match(what, *seen.span(start, end))
            start = seen.folded.find(part, start + 1)


def _is_phone(run: str) -> bool:
    digits = "".join(letter for letter in run if letter.isdigit())
    if _BEGINS_DATED.match(run.lstrip("(+ ")):
        return False
    if digits.startswith("0044") or (digits.startswith("44") and "+" in run):
        return 11 <= len(digits) <= 15
    return (
        (digits[0] == "0" and digits[1] in "123578" and 10 <= len(digits) <= 11)
        or (digits.startswith("44") and len(digits) == 12)
        or (digits[0] == "7" and len(digits) == 10)
        or ("+" in run and len(digits) >= 9)
    )


def _nhs(digits: str) -> bool:
    """The check digit of an NHS number (modulus 11)."""
    check = 11 - sum(int(digit) * (10 - place) for place, digit in enumerate(digits[:9])) % 11
    return len(set(digits)) > 1 and check % 11 == int(digits[9]) and check != 10


def _at(seen: Seen, what: str, match: re.Match[str]) -> Match:
    return Match(what, *seen.flat_span(*match.span()))
