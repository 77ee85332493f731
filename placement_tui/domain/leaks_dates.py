"""A date of birth in a text, in any written form: in figures, in words, spaced out, without its year, as an exact age."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from functools import lru_cache

from placement_tui.domain.leaks_seen import Seen

Span = tuple[int, int]
_MONTHS = ("january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
           "december")  # fmt: skip
_ONES = ("", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen",
         "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen")  # fmt: skip
_TENS = {2: "twenty", 3: "thirty"}
_ORDINALS = {1: "first", 2: "second", 3: "third", 5: "fifth", 8: "eighth", 9: "ninth", 12: "twelfth"}
_SEP = r"[\s./,\-_:|\\'’()]{1,4}"
_NUMBER = "|".join(_ONES[1:])
_MONTH_WORD = "(?:" + "|".join(f"{name[:3]}(?:{name[3:]})?" for name in _MONTHS) + r"|sept)\b\.?"
_DATED = (
    rf"(?:\d{{1,4}}{_SEP}\d{{1,2}}{_SEP}\d{{2,4}}|\d{{1,2}}\s*(?:st|nd|rd|th)?\s*(?:of\s+)?(?:{_MONTH_WORD})"
    rf"|(?:{_MONTH_WORD})\s*(?:the\s+)?\d{{1,2}}(?!\d)|\d{{1,2}}[/.]\d{{1,2}}(?!\d)|\b\d{{6}}(?:\d\d)?\b)"
)
_LABELLED = re.compile(
    rf"\b(?:d\.?\s?o\.?\s?b\b\.?|date of birth|birth\s?date|born(?:\s+on)?|birthday)\b[^\n\d]{{0,20}}?(?P<date>{_DATED})",
    re.IGNORECASE,
)
_BIRTHDAY = re.compile(r"\b(?:birthday|born|birth|dob|turn(?:s|ed|ing)?)\b", re.IGNORECASE)
_EXACT = re.compile(
    rf"\b(?:\d{{1,2}}|{_NUMBER})\s*(?:years?|yrs?|y)\b[\s,]*(?:and\s+)?(?:\d{{1,2}}|{_NUMBER})\s*(?:months?|mths?|m)\b"
    rf"[\s,]*(?:and\s+)?(?:\d{{1,2}}|{_NUMBER})\s*(?:days?|weeks?|d|w)\b"
    r"|\b\d{1,2},?\d{3}\s+days\s+old\b",
    re.IGNORECASE,
)
_FIGURES = re.compile(
    rf"(?<!\d)(?=(\d{{1,4}}){_SEP}(\d{{1,2}}){_SEP}(\d{{1,4}})(?!\d))"
)  # looked ahead: figures may overlap
_ROMANS = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii")
_ROMAN = re.compile(rf"(?<!\d)(\d{{1,2}}){_SEP}([ivx]{{1,4}}){_SEP}(\d{{4}}|\d{{2}})(?!\d)", re.IGNORECASE)
_BORN_IN = re.compile(
    rf"\b(?:born|birth(?:day)?|d\.?o\.?b\.?)\b[^\n\d]{{0,12}}?\b(?P<month>{_MONTH_WORD})[\s,]{{1,3}}(?:of\s)?(?P<year>\d{{4}})(?!\d)",
    re.IGNORECASE,
)
_PAIR = re.compile(r"(?<![\d/.-])(\d{1,2})[/.](\d{1,2})(?![\d/.-]|\.\d)")
_YEAR_AFTER = re.compile(r"[\s,'’./-]{0,3}(?:of\s+)?(\d{4}|\d{2})(?!\d|\s?(?:am|pm|:|st|nd|rd|th|years?|times|%))")


def find_dates(seen: Seen, born: date) -> Iterator[Span]:
    """Where a date stands in any form; spans of the whole text."""
    for match in _FIGURES.finditer(seen.flat):
        if _is(match[1], match[2], match[3], born):
            yield seen.flat_span(match.start(1), match.end(3))
    for match in _compact(born).finditer(seen.flat):
        if len(match[0]) > 6 or match[0].isdigit():
            yield seen.flat_span(*match.span())
    for match in _ROMAN.finditer(seen.flat):
        if match[2].casefold() == _ROMANS[born.month - 1] and _is(match[1], str(born.month), match[3], born):
            yield seen.flat_span(*match.span())
    for match in _BORN_IN.finditer(seen.flat):
        if match["month"][:3].casefold() == _MONTHS[born.month - 1][:3] and int(match["year"]) == born.year:
            yield seen.flat_span(*match.span())
    yield from _in_words(seen, born)
    for match in _PAIR.finditer(seen.flat):
        near = seen.flat[max(0, match.start() - 40) : match.end() + 20]
        if _birthday(match[1], match[2], born) and _BIRTHDAY.search(near):
            yield seen.flat_span(*match.span())


def find_labelled(seen: Seen) -> Iterator[Span]:
    """Dates that are said to be of birth, and ages to the day, whosever they are."""
    for match in _LABELLED.finditer(seen.flat):
        yield seen.flat_span(*match.span("date"))
    for match in _EXACT.finditer(seen.flat):
        yield seen.flat_span(*match.span())


def _in_words(seen: Seen, born: date) -> Iterator[Span]:
    folded = seen.folded
    marks = (str(born.day), *_day_words(born.day))
    for middle in _month_places(folded, born.month):
        around = folded[max(0, middle - 44) : middle + 60]
        if not any(mark in around for mark in marks):
            continue
        for form in _forms(born):
            start = folded.find(form, max(0, middle - 44), middle + 60)
            while 0 <= start <= middle:
                end = start + len(form)
                if end > middle and _whole(seen, start, end) and not _another_year(seen, end, form, born):
                    yield seen.span(start, end)
                start = folded.find(form, start + 1, middle + 60)


def _month_places(folded: str, month: int) -> Iterator[int]:
    short = _MONTHS[month - 1][:3]
    place = folded.find(short)
    while place >= 0:
        yield place
        place = folded.find(short, place + 1)


def _whole(seen: Seen, start: int, end: int) -> bool:
    """True where no figure or letter goes on before or after it."""
    before = start == 0 or seen.gaps[start] or seen.folded[start - 1].isdigit() != seen.folded[start].isdigit()
    after = end >= len(seen.folded) or seen.gaps[end] or seen.folded[end - 1].isdigit() != seen.folded[end].isdigit()
    return bool(before and after)


def _another_year(seen: Seen, end: int, form: str, born: date) -> bool:
    """True for a day and month that go on with another year than that of birth: something else happened then."""
    years = {str(born.year), f"{born.year % 100:02d}", _year_words(born.year), _year_words(born.year, True)}
    if any(form.endswith(year) or form.startswith(year) for year in years if len(year) > 2):
        return False
    if form[-2:] == f"{born.year % 100:02d}" and form[-2:] != f"{born.day:02d}":
        return False
    rest = seen.text[seen.at[end - 1] + 1 : seen.at[end - 1] + 14]
    match = _YEAR_AFTER.match(rest)
    if match is None:
        around = seen.text[max(0, seen.at[end - 1] - 60) : seen.at[end - 1] + 40]
        return bool(re.search(r"(?:19|20)\d\d", around)) and not _BIRTHDAY.search(around)
    return int(match[1]) not in (born.year, born.year % 100)


def _is(one: str, two: str, three: str, born: date) -> bool:
    day, month = born.day, born.month
    year = {born.year, born.year % 100}
    first, second, third = int(one), int(two), int(three)
    if len(one) == 4:
        return first == born.year and {second, third} == {month, day}
    if third in year and len(three) in (2, 4):
        return (first, second) in ((day, month), (month, day))
    return first in year and len(one) == 2 and len(three) < 3 and (second, third) == (month, day)


def _birthday(one: str, two: str, born: date) -> bool:
    return (int(one), int(two)) in ((born.day, born.month), (born.month, born.day))


@lru_cache(maxsize=64)
def _compact(born: date) -> re.Pattern[str]:
    """The date as one run of figures, joined or each apart from the next."""
    forms = ("%d%m%Y", "%m%d%Y", "%Y%m%d", "%Y%d%m", "%d%m%y", "%y%m%d", "%m%d%y")
    runs = sorted({born.strftime(form) for form in forms}, key=len, reverse=True)
    apart = [r"[\s./\-_]{1,3}".join(run) for run in runs]
    return re.compile(rf"(?<!\d)(?:{'|'.join([*runs, *apart])})(?!\d)")


@lru_cache(maxsize=64)
def _forms(born: date) -> tuple[str, ...]:
    """Every way to write the day with the month's name, folded: with the year before or after it, or without."""
    number = born.day
    words = _day_words(number)
    ordinal = {1: "st", 2: "nd", 3: "rd"}.get(number % 10 if number not in (11, 12, 13) else 0, "th")
    days = {str(number), f"{number:02d}", f"{number}{ordinal}", f"{number:02d}{ordinal}", *words}
    name = _MONTHS[born.month - 1]
    months = {name, name[:3], *({"sept"} if born.month == 9 else ())}
    years = {"", str(born.year), f"{born.year % 100:02d}", _year_words(born.year), _year_words(born.year, True)}
    made = set()
    for month in months:
        for day in days:
            for year in years:
                for joined in (
                    f"{day}{month}",
                    f"{day}of{month}",
                    f"{day}dayof{month}",
                    f"{month}{day}",
                    f"{month}the{day}",
                ):
                    made.add(f"{joined}{year}")
                    if year:
                        made.add(f"{year}{joined}")
                        made.add(f"{joined}in{year}")
    return tuple(sorted(made, key=len, reverse=True))


def _day_words(number: int) -> tuple[str, ...]:
    tens, ones = divmod(number, 10)
    if number < 20:
        plain, last = _ONES[number], _ordinal(number)
        return plain, last
    lead = _TENS[tens]
    return (lead + _ONES[ones], lead + _ordinal(ones)) if ones else (lead, lead[:-1] + "ieth")


def _ordinal(number: int) -> str:
    return _ORDINALS.get(number, _ONES[number] + "th")


def _year_words(year: int, parted: bool = False) -> str:
    """A year in words, folded: twothousandandtwelve, or twentytwelve."""
    rest = year % 100
    tens, ones = divmod(rest, 10)
    tail = _ONES[rest] if rest < 20 else {2: "twenty", 3: "thirty", 4: "forty"}.get(tens, "") + _ONES[ones]
    if parted:
        return "twenty" + (tail if rest > 9 else "oh" + tail) if year >= 2000 else str(year)
    return "twothousand" + ("and" + tail if rest else "") if year >= 2000 else str(year)
