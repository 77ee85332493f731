"""A child's age or date of birth as people type it, and the age on a day."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from placement_tui.domain.typed_dates import LONGEST, MONTHS, Asked, day_month_year, folded, real_date
from placement_tui.domain.typed_text import shown
from placement_tui.errors import Invalid

ADULT = 18
_YEARS = re.compile(
    r"([0-9]{1,3}) ?(?:y|yo|y/o|years? old|(?:y|yrs?|years?)(?: ?(?:and )?[0-9]{1,2} ?(?:m|mths?|months?))?)?"
)
_MONTHS_OLD = re.compile(r"([0-9]{1,3}) ?(?:mths?|months?|months? old|mo)")
_SHORT_MONTHS = re.compile(r"([0-9]{1,3}) ?m")
_YOUNGER = re.compile(r"([0-9]{1,3}) ?(w|wks?|weeks?|d|days?)(?: old)?")
_FIGURES = re.compile(r"([0-9]{1,2})[/. -]([0-9]{1,2})[/. -]([0-9]{1,4})")
_ISO = re.compile(r"([0-9]{4})[-/.]([0-9]{1,2})[-/.]([0-9]{1,2})")
_UNBORN = ("unborn", "not born", "not yet born", "expected")
_TERM_DAYS = 301  # 43 weeks: no birth is expected later


class AgeOrBirth(NamedTuple):
    """A child's age in whole years, and the date of birth where it was typed."""

    age: int | None
    born: date | None


@dataclass(frozen=True, slots=True)
class _AskedAge(Asked):
    def examples(self) -> str:
        year = self.today.year - 14
        return f"Type an age like 14, or a date of birth like 3/5/{year} or 3 May {year}"


def age_on(born: date, day: date) -> int:
    """Whole years on that day; negative before birth.

    An age is reached at the start of its birthday (Family Law Reform Act 1969, s.9); who was born on 29 February
    reaches it on 1 March in a common year.
    """
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def birthday(born: date, years: int) -> date:
    """The day on which that age is reached; who was born on 29 February reaches it on 1 March in a common year."""
    try:
        return born.replace(year=born.year + years)
    except ValueError:
        return date(born.year + years, 3, 1)


def check_age(age: int | None, born: date | None, today: date, field: str = "age") -> int | None:
    """The age of a child, from the date of birth where that is known.

    Raises Invalid where age and date of birth contradict each other, or the child is 18 or not yet born on `today`.
    """
    if born is None:
        return None if age is None else _under_18(age, _AskedAge(f"{age}", field, today))
    words = f"{born.day} {MONTHS[born.month - 1]} {born.year}"
    asked = _AskedAge(words, field, today)
    if born > today:
        mend = "For an unborn child type unborn, or due and the day"
        raise asked.refusal("is still to come", "A date of birth cannot be ahead", mend)
    real = _under_18(age_on(born, today), asked)
    if age is not None and age != real:
        raise Invalid(
            field,
            f"The age {age} contradicts the date of birth",
            f"Born on {words}, the child is {real}",
            "Correct whichever is wrong, or leave the age empty",
        )
    return real


def age_or_birth(text: str, today: date, field: str = "age") -> AgeOrBirth:
    """An age (`14`, `14y`, `7m`, `7 months`, `3 weeks`) or a date of birth (`3/5/2012`, `3 May 2012`, `2012-05-03`).

    `unborn`, or `due 3/1/2027`, is age 0 without a date of birth. Raises Invalid for what is no date, a birth still to
    come, 18 and over, a year of two figures, and `14m`, which could be fourteen months or a boy of fourteen.
    """
    asked = _AskedAge(text, field, today)
    plain = folded(text)
    if not plain:
        raise Invalid(field, "No age was typed", "A home is approved by age", asked.examples())
    if len(plain) > LONGEST:
        raise _unreadable(asked)
    if plain in _UNBORN:
        return AgeOrBirth(0, None)
    if plain.startswith("due"):
        return _due(plain[3:].strip(), asked)
    if (age := _age(plain, asked)) is not None:
        return AgeOrBirth(_under_18(age, asked), None)
    born = _date(plain.removeprefix("born ").removeprefix("dob "), asked)
    return AgeOrBirth(check_age(None, born, today, field), born)


def _age(plain: str, asked: Asked) -> int | None:
    """Whole years of an age in years, months, weeks or days; None where the words are no age."""
    if years := _YEARS.fullmatch(plain):
        return int(years[1])
    if months := _MONTHS_OLD.fullmatch(plain):
        return int(months[1]) // 12
    if younger := _YOUNGER.fullmatch(plain):
        days = int(younger[1]) * (7 if younger[2].startswith("w") else 1)
        return days * 100 // 36525
    short = _SHORT_MONTHS.fullmatch(plain)
    if short is None:
        return None
    if int(short[1]) >= 12:
        two = f"{short[1]} months, or a boy of {short[1]}"
        raise asked.refusal("can be read in two ways", two, f"Type {short[1]}, or {short[1]} months")
    return 0


def _under_18(age: int, asked: Asked) -> int:
    if age >= ADULT:
        raise asked.refusal(f"is {age} years", "A child in care is under 18 (Children Act 1989, s.105)")
    if age < 0:
        raise asked.refusal("is not an age", "An age is 0 to 17")
    return age


def _date(plain: str, asked: Asked) -> date:
    """The full date in the words; a year of two figures or none at all is asked for."""
    if iso := _ISO.fullmatch(plain):
        return real_date(asked, int(iso[3]), int(iso[2]), int(iso[1]))
    if figures := _FIGURES.fullmatch(plain):
        number, month, year = int(figures[1]), int(figures[2]), figures[3]
    elif named := day_month_year(plain):
        number, month, year = named[0], named[1], named[2] or ""
    else:
        raise _unreadable(asked)
    if len(year) != 4:
        why = "The century cannot be told from it" if year else "The year is missing"
        raise asked.refusal("needs a year of four figures", why)
    return real_date(asked, number, month, int(year))


def _due(plain: str, asked: Asked) -> AgeOrBirth:
    due = _date(plain, asked) if plain else asked.today
    if not 0 <= (due - asked.today).days <= _TERM_DAYS:
        why = "That day has passed" if due < asked.today else "That is more than 43 weeks ahead"
        raise Invalid(asked.field, f"{shown(asked.typed)} cannot be", why, "Type unborn, or due and the day expected")
    return AgeOrBirth(0, None)


def _unreadable(asked: Asked) -> Invalid:
    return asked.refusal("is neither an age nor a date of birth", "It could not be read")
