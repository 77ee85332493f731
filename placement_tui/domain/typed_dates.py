"""Days as people type them, and days as people read them. No clock: every function is given today.

A day is typed as `today`, `tomorrow`, `wed`, `wed 15`, `15 oct`, `15/10`, `15/10/2026`, `2026-10-15` or `+3d`; the day
comes before the month. English names only, so that no machine's locale changes what is understood or shown.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date, timedelta

from placement_tui.domain.typed_text import clean, shown
from placement_tui.errors import Invalid

DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_FULL_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_FULL_MONTHS = (
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
)
AHEAD_YEARS = 5  # beyond it a year was mistyped
BACK_YEARS = 30
HALF_A_YEAR = 183  # days
LONGEST = 40  # characters: no way to say a day or a moment is longer

_FIGURES = re.compile(r"([0-9]{1,2})[/.-]([0-9]{1,2})(?:[/.-]([0-9]{4}|[0-9]{2}))?")
_ISO = re.compile(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})")
_FROM_NOW = re.compile(r"(?:in |\+ ?)?([0-9]{1,3}) ?(d|days?|w|wks?|weeks?)")
_AGO = re.compile(r"([0-9]{1,3}) ?(d|days?|w|wks?|weeks?) ago")
_DAY_NUMBER = re.compile(r"([0-9]{1,2})(?:st|nd|rd|th)?")
_NEAR = {"today": 0, "tomorrow": 1, "tmrw": 1, "tom": 1, "yesterday": -1}


def folded(text: str) -> str:
    """What was typed in lower case, full-width letters as plain ones, commas and spaces folded."""
    return " ".join(unicodedata.normalize("NFKC", clean(text)).casefold().replace(",", " ").split())


def weekday_of(word: str) -> int | None:
    """0 for `mon` to 6 for `sunday`, from three letters on; None for anything else."""
    return _prefixed(word, _FULL_DAYS)


def month_of(word: str) -> int | None:
    """1 for `jan` to 12 for `december`, from three letters on; None for anything else."""
    found = _prefixed(word, _FULL_MONTHS)
    return None if found is None else found + 1


def _prefixed(word: str, names: tuple[str, ...]) -> int | None:
    word = word.rstrip(".")
    return next((at for at, name in enumerate(names) if len(word) >= 3 and name.startswith(word)), None)


@dataclass(frozen=True, slots=True)
class Asked:
    """What was typed into which field, on what day: enough to refuse it with an example that works on that day."""

    typed: str
    field: str
    today: date
    past: bool = False

    def refusal(self, what: str, why: str, mend: str = "") -> Invalid:
        """The refusal `"31/2" is not a date. <why>. <mend>.`; without `mend` it gives examples."""
        return Invalid(self.field, f"{shown(self.typed)} {what}", why, mend or self.examples())

    def examples(self) -> str:
        """Ways to type a day, each of which works on `today`."""
        soon = self.today + timedelta(days=7)
        name = f"{soon.day} {MONTHS[soon.month - 1].lower()}"
        return f"Type it like tomorrow, {DAYS[soon.weekday()].lower()}, {name} or {soon.day}/{soon.month}/{soon.year}"


def real_date(asked: Asked, number: int, month: int, year: int) -> date:
    """The date of three figures. Raises Invalid with why there is none: 31/2, month 13, the year 12."""
    if not 1 <= month <= 12:
        why = "The day comes before the month" if 1 <= number <= 12 else "There are twelve months"
        raise asked.refusal("is not a date", why)
    if not 1900 <= year <= 2999:
        raise asked.refusal("is not a date", f"The year {year} cannot be")
    length = _length(year, month)
    if not 1 <= number <= length:
        name = _FULL_MONTHS[month - 1].title()
        raise asked.refusal("is not a date", f"{name}{f' {year}' if month == 2 else ''} has {length} days")
    return date(year, month, number)


def _length(year: int, month: int) -> int:
    return (date(year + month // 12, month % 12 + 1, 1) - date(year, month, 1)).days


def day(text: str, today: date, *, past: bool = False, field: str = "date") -> date:
    """The day that was typed; with `past`, days gone by too (`yesterday`, `last wed`, `3d ago`).

    A weekday alone is the next one after today, and beside a date it must agree with it. A day without a year is the
    next such day, or with `past` the nearest; where that lies in another year and more than half a year ahead, the
    year is asked for. Raises Invalid, also for a day gone by without `past`, and beyond 5 years ahead or 30 back.
    """
    asked = Asked(text, field, today, past)
    plain = folded(text)
    if not plain:
        raise Invalid(field, "No day was typed", "", asked.examples())
    found = read_day(plain, asked) if len(plain) <= LONGEST else None
    if found is None:
        raise asked.refusal("is not a day", "It could not be read")
    return found


def read_day(plain: str, asked: Asked) -> date | None:
    """The day that folded words say, None where they say none. Raises Invalid as `day` does."""
    found = _day(plain, asked)
    return None if found is None else in_reach(found, asked)


def in_reach(found: date, asked: Asked) -> date:
    """The day itself, where it lies between today (or 30 years ago, with `past`) and 5 years ahead; or Invalid."""
    today = asked.today
    if found < today and not asked.past:
        raise asked.refusal("has passed", f"That was {day_words(found, today)}")
    if not today.year - BACK_YEARS <= found.year <= today.year + AHEAD_YEARS:
        why = f"{found.year} is more than {AHEAD_YEARS if found > today else BACK_YEARS} years away"
        raise asked.refusal("is too far away", why, "Check the year")
    return found


def _day(plain: str, asked: Asked) -> date | None:
    today, words = asked.today, plain.split()
    if plain in _NEAR:
        return today + timedelta(days=_NEAR[plain])
    if ahead := _FROM_NOW.fullmatch(plain):
        return today + timedelta(days=_days(ahead))
    if ago := _AGO.fullmatch(plain):
        return today - timedelta(days=_days(ago))
    if words[0] == "last" and len(words) == 2 and (weekday := weekday_of(words[1])) is not None:
        return today - timedelta(days=(today.weekday() - weekday - 1) % 7 + 1)
    weekday = weekday_of(words[0])
    if weekday is None:
        return _dated(plain, asked)
    if len(words) == 1:
        return today + timedelta(days=(weekday - today.weekday() - 1) % 7 + 1)
    found = _of_month(words[1], weekday, asked) if len(words) == 2 else None
    found = found or _dated(" ".join(words[1:]), asked)
    if found is not None and found.weekday() != weekday:
        why = f"{found.day} {MONTHS[found.month - 1]} {found.year} is a {_FULL_DAYS[found.weekday()].title()}"
        raise asked.refusal("does not agree with itself", why, "Type the day or the date alone")
    return found


def _days(match: re.Match[str]) -> int:
    return int(match[1]) * (7 if match[2].startswith("w") else 1)


def _of_month(word: str, weekday: int, asked: Asked) -> date | None:
    """`wed 15`: the nearest Wednesday that is a 15th, else the nearest 15th; ahead of today unless `past`."""
    number = _DAY_NUMBER.fullmatch(word)
    if number is None:
        return None
    days = (asked.today + timedelta(days=step) for step in range(-31 if asked.past else 0, 62))
    fitting = [each for each in days if each.day == int(number[1])]
    return min(fitting, key=lambda each: (each.weekday() != weekday, abs((each - asked.today).days)), default=None)


def _dated(plain: str, asked: Asked) -> date | None:
    """A day and a month, with or without a year; None where the words are none."""
    if iso := _ISO.fullmatch(plain):
        return real_date(asked, int(iso[3]), int(iso[2]), int(iso[1]))
    if figures := _FIGURES.fullmatch(plain):
        return _with_year(int(figures[1]), int(figures[2]), figures[3], asked)
    named = day_month_year(plain)
    return None if named is None else _with_year(*named, asked)


def day_month_year(plain: str) -> tuple[int, int, str | None] | None:
    """Day, month and year (as typed, or None) of `3 may 2012`, `3rd of may`, `may 3 2012`, `3-may-12`; or None."""
    words = [word for word in re.split("[ /.-]+", plain) if word and word != "of"]
    if len(words) not in (2, 3):
        return None
    if month_of(words[0]) is not None:
        words[0], words[1] = words[1], words[0]
    number, month = _DAY_NUMBER.fullmatch(words[0]), month_of(words[1])
    if number is None or month is None or (len(words) == 3 and not re.fullmatch("[0-9]{2}|[0-9]{4}", words[2])):
        return None
    return int(number[1]), month, words[2] if len(words) == 3 else None


def _with_year(number: int, month: int, year: str | None, asked: Asked) -> date:
    if year is not None:
        return real_date(asked, number, month, int(year) + (2000 if len(year) == 2 else 0))
    if month == 2 and number > 29:
        raise asked.refusal("is not a date", "February has 29 days at most")
    real_date(asked, number, month, 2000)  # a leap year: whether there ever is such a day
    today = asked.today
    years = range(today.year - 8 if asked.past else today.year, today.year + 9)
    days = [date(each, month, number) for each in years if number <= _length(each, month)]
    nearest = min((each for each in days if asked.past or each >= today), key=lambda each: abs((each - today).days))
    if nearest.year > today.year and (nearest - today).days > HALF_A_YEAR:
        name = f"{number} {MONTHS[month - 1]}"
        why = f"The next {name} is more than half a year away"
        raise asked.refusal("needs its year", why, f"If that is meant, type {name} {nearest.year}")
    return nearest


def day_words(found: date, today: date) -> str:
    """A day for people: `today`, `Tue 14 Oct`, and with its year where it is more than half a year away."""
    if found == today:
        return "today"
    words = f"{DAYS[found.weekday()]} {found.day} {MONTHS[found.month - 1]}"
    return words if abs((found - today).days) <= HALF_A_YEAR else f"{words} {found.year}"
