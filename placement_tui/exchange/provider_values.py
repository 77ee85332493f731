"""The values of a team's list, read from one cell's text each: strictly, and with the reason where a cell is no value."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TypeVar

from placement_tui.domain import typed
from placement_tui.domain.codes.grades import model_of, parse_grade
from placement_tui.domain.codes.provision import ROUTES
from placement_tui.domain.folding import fold
from placement_tui.errors import Invalid
from placement_tui.exchange.cells import CellError, collapse, read_count

OLDEST = 25  # care leavers may stay
MOST_PLACES = 500
MOST_TIERS = 20
_NOTHING = {
    "",
    "n a",
    "na",
    "none",
    "nil",
    "tbc",
    "tba",
    "unknown",
    "not known",
    "not recorded",
    "not stated",
    "null",
    "redacted",
}
_DASH = "(?:-|\u2010|\u2011|\u2012|\u2013|\u2014|to|until|till|up to|and)"
_UNIT = r"(?:years?|yrs?|y|yo)?(?: old| of age)?"
_RANGE = re.compile(rf"(?:ages?|aged|from|between)? ?(\d{{1,2}}) ?{_UNIT} ?{_DASH} ?(\d{{1,2}}) ?{_UNIT}", re.ASCII)
_FROM_BIRTH = re.compile(rf"(?:birth|newborn|baby|babies|unborn) ?{_DASH} ?(\d{{1,2}}) ?{_UNIT}", re.ASCII)
_FROM_MONTHS = re.compile(rf"(\d{{1,2}}) ?(?:months?|mths?|weeks?|wks?) ?{_DASH} ?(\d{{1,2}}) ?{_UNIT}", re.ASCII)
_AND_OVER = re.compile(
    rf"(?:ages?|aged|over)? ?(\d{{1,2}}) ?{_UNIT} ?(?:\+|plus|and over|and above|or over|upwards)", re.ASCII
)
_UP_TO = re.compile(rf"(?:up to|to|under|below|max(?:imum)?) ?(\d{{1,2}}) ?{_UNIT}", re.ASCII)
_ANY_AGE = {"any", "any age", "all", "all ages", "no preference", "any ages"}
_AS_DATE = re.compile(r"\d{4}-(\d{2})-(\d{2})|\d{1,2}[- ](?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*.*")
_NUMBER = re.compile(r"(?:\+|\b)\d[\d ().-]{5,}\d(?: ?(?:ext\.?|x|extension) ?\d{1,6})?", re.IGNORECASE | re.ASCII)
_EMAIL = re.compile(r"[^@\s,;<>()\[\]]+@[^@\s,;<>()\[\]]+\.[^@\s,;<>()\[\].]{2,}")
_URN = re.compile(r"SC\d{6}|\d{7,8}", re.ASCII)
_TIER = re.compile(r"(?:.*\b)?(?:tier|t) ?(\d{1,2})\b.*|(\d{1,2})(?:st|nd|rd|th)?(?: tier)?", re.ASCII)
_TIER_WORDS = {"one": "1", "two": "2", "three": "3", "four": "4", "five": "5"}
_GRADE_LETTERS = {"o": "outstanding", "g": "good", "i": "inadequate", "ri": "requires improvement"}
_NOT_GRADED = re.compile(
    r".*\b(?:awaiting|not (?:yet )?(?:graded|rated|inspected)|new(?:ly)?(?: registered)?|no grade|unrated)\b.*"
)
_IN_USE = {"active", "open", "approved", "registered", "current", "live", "available", "in use", "on framework", "ok"}
_IN_USE |= {
    "full",
    "occupied",
    "vacant",
    "vacancy",
    "vacancies",
    "no",
    "n",
    "false",
    "0",
    "not suspended",
    "operational",
}
_NOT_IN_USE = re.compile(
    r"\b(?:suspend\w*|hold|closed|closing|resign\w*|deregister\w*|de registered|cancel\w*|do not use|embargo\w*|inactive"
    r"|retired|not in use|unavailable|withdrawn|investigation|allegation\w*|terminated|ceased|left|not approved|removed)\b"
)
_YES = {"yes", "y", "true", "1", "x", "suspended"}
V = TypeVar("V")


def said(text: str) -> str:
    """The text on one line, "" where it says that there is nothing: `n/a`, `-`, `TBC`, `REDACTED`."""
    line = typed.clean(text)
    folded = fold(line)
    return "" if folded in _NOTHING or folded.startswith(("not provided", "not applicable")) else line


def by_typed(read: Callable[[str], V]) -> Callable[[str], V]:
    """A parser of typed fields as a reader of cells: its refusal becomes a CellError."""

    def reader(text: str) -> V:
        try:
            return read(text)
        except Invalid as refusal:
            reason = ": ".join(
                part for part in (refusal.title, refusal.detail[:1].lower() + refusal.detail[1:]) if part
            )
            raise CellError(reason, refusal.mend + ("" if refusal.mend.endswith((".", "?")) else "."))

    return reader


def read_ages(text: str) -> tuple[int, int]:
    """The lowest and the highest age, whole years, of `0-17`, `11 to 17`, `5+`, `up to 12`, `birth to 4`, `any`.

    A spreadsheet turns `5-12` into a date: that is refused with this reason. Raises CellError.
    """
    line = collapse(text).casefold()
    if line in _ANY_AGE:
        return 0, 17
    if _AS_DATE.fullmatch(line):
        raise CellError(
            "the spreadsheet has turned this age range into a date",
            "Format the column as text and type it again as 5-12.",
        )
    if match := _RANGE.fullmatch(line):
        return _ages(int(match[1]), int(match[2]))
    if match := _FROM_BIRTH.fullmatch(line):
        return _ages(0, int(match[1]))
    if match := _FROM_MONTHS.fullmatch(line):
        return _ages(0, int(match[2]))
    if match := _AND_OVER.fullmatch(line):
        return _ages(int(match[1]), max(17, int(match[1])))
    if match := _UP_TO.fullmatch(line):
        top = int(match[1]) - (1 if line.startswith(("under", "below")) else 0)
        return _ages(0, max(top, 0))
    raise CellError("this is not an age range", "Write the lowest and the highest age, such as 0-17 or 11 to 17.")


def _ages(low: int, high: int) -> tuple[int, int]:
    if low > high:
        raise CellError(f"the lowest age, {low}, is above the highest, {high}", "Write the lower age first.")
    if high > OLDEST:
        raise CellError(f"an age above {OLDEST} cannot be", "Correct the age.")
    return low, high


def read_age(text: str) -> int:
    """One age in whole years: `11`, `11 years`; months and `birth` count as 0. Raises CellError."""
    line = collapse(text).casefold()
    if re.fullmatch(r"(?:birth|newborn|\d{1,2} ?(?:months?|mths?|weeks?|wks?))", line):
        return 0
    match = re.fullmatch(rf"(\d{{1,2}}) ?{_UNIT}\+?", line, re.ASCII)
    if match is None:
        raise CellError("this is not an age", "Write whole years, such as 11.")
    return _ages(0, int(match[1]))[1]


def read_places(text: str) -> int:
    """How many: `3`, `3 beds`, `three`. Raises CellError for ranges and sums, since a search needs one number."""
    line = re.sub(r" ?(?:beds?|places?|children|child|yp|young people)$", "", collapse(text).casefold())
    if fold(line) in ("one", "two", "three", "four", "five", "six"):
        return ("one", "two", "three", "four", "five", "six").index(fold(line)) + 1
    try:
        found = read_count(line, MOST_PLACES)
    except CellError as error:
        raise CellError(error.reason, "Write one number; what depends on siblings goes into the notes.")
    if found is None:
        raise CellError("this is not a whole number", "Write one number, or leave the cell empty.")
    return found


def read_fee(text: str) -> int:
    """A weekly fee in pence. A calculated number is rounded to the penny. Raises CellError."""
    line = collapse(text)
    if re.fullmatch(r"\d{1,6}\.\d{3,}", line, re.ASCII):
        line = f"{float(line):.2f}"
    return by_typed(typed.money)(line)


def read_tier(text: str) -> int:
    """The framework tier: `1`, `Tier 2`, `T1`, `Lot 3 tier 1`. Raises CellError."""
    folded = " ".join(_TIER_WORDS.get(word, word) for word in fold(text).split())
    match = _TIER.fullmatch(folded)
    tier = int(match[1] or match[2]) if match else 0
    if not 1 <= tier <= MOST_TIERS:
        raise CellError("this is not a tier", "Write its number, such as 1.")
    return tier


def read_route(text: str) -> str:
    """The contract route's code where it is one of the census's routes, otherwise the words as they stand."""
    found = ROUTES.find(text)
    if found is None and fold(text) in ("spot", "spot purchase", "off framework", "direct award", "off contract"):
        found = ROUTES["direct"]
    return found.code if found else collapse(text)


def read_grade(text: str, kind: str) -> str | None:
    """The grade's code, of the model that the kind of home has; `Good (2023)` and `RI` too. Raises CellError."""
    folded = fold(text)
    if _NOT_GRADED.fullmatch(folded):
        return None
    bare = collapse(re.split(r"[(,;/\u2013]| - |\d", text, maxsplit=1)[0])
    grade = by_typed(parse_grade)(_GRADE_LETTERS.get(fold(bare), bare) if bare else text)
    if grade is not None and grade not in model_of(kind):
        raise CellError("this grade is not one for this kind of home", "Supported accommodation has words of its own.")
    return grade


def read_urn(text: str) -> str:
    """A URN: SC and six digits, or seven or eight digits. Raises CellError."""
    urn = "".join(text.split()).upper()
    if not _URN.fullmatch(urn):
        raise CellError("this is not a URN", "A URN is SC and six digits, or seven or eight digits.")
    return urn


def read_phone(text: str) -> tuple[str, str]:
    """The first number, and "" or the whole text where it says more than one number (a name, a second number).

    A workbook that kept a number as a figure has lost the 0 in front: it is put back. Raises CellError.
    """
    line = collapse(text)
    if re.fullmatch(r"[1-9]\d{9}", line, re.ASCII):
        return f"0{line}", ""
    try:
        return typed.phone(line), ""
    except Invalid as refusal:
        match = _NUMBER.search(line)
        if match is None:
            raise CellError(refusal.title, refusal.mend + ".")
        return by_typed(typed.phone)(match[0].strip()), line


def read_email(text: str) -> tuple[str, str]:
    """The first e-mail address, and "" or the whole text where it says more. Raises CellError."""
    line = collapse(text)
    match = _EMAIL.search(line)
    if match is None:
        raise CellError(
            "this is not an e-mail address", "Write it like placements@example.org, or leave the cell empty."
        )
    return match[0], "" if match[0] == line else line


def read_suspended(text: str, is_status: bool) -> str | None:
    """Why a home is not to be used, None where it may be. Under a header like `Status` only known words count.

    Raises CellError for a status that says neither, since a wrong guess hides a home or sends a child to a closed one.
    """
    line, folded = collapse(text), fold(text)
    if not folded or folded in _IN_USE:
        return None
    if folded in _YES:
        return "Suspended"
    if is_status and not _NOT_IN_USE.search(folded):
        raise CellError("this does not say whether the home may be used", "Write Active, On hold, Suspended or Closed.")
    return line
