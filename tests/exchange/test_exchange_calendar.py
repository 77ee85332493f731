"""Working days in England, against the bank holidays that GOV.UK published, copied by hand."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from placement_tui.exchange.calendar import is_working

# Bank holidays in England and Wales as published: substitute days, and the one-offs of 2020 (VE Day), 2022 (Platinum
# Jubilee, the Queen's funeral) and 2023 (Coronation).
PUBLISHED = {
    2020: ["1 jan", "10 apr", "13 apr", "8 may", "25 may", "31 aug", "25 dec", "28 dec"],
    2021: ["1 jan", "2 apr", "5 apr", "3 may", "31 may", "30 aug", "27 dec", "28 dec"],
    2022: ["3 jan", "15 apr", "18 apr", "2 may", "2 jun", "3 jun", "29 aug", "19 sep", "26 dec", "27 dec"],
    2023: ["2 jan", "7 apr", "10 apr", "1 may", "8 may", "29 may", "28 aug", "25 dec", "26 dec"],
    2024: ["1 jan", "29 mar", "1 apr", "6 may", "27 may", "26 aug", "25 dec", "26 dec"],
    2025: ["1 jan", "18 apr", "21 apr", "5 may", "26 may", "25 aug", "25 dec", "26 dec"],
    2026: ["1 jan", "3 apr", "6 apr", "4 may", "25 may", "31 aug", "25 dec", "28 dec"],
    2027: ["1 jan", "26 mar", "29 mar", "3 may", "31 may", "30 aug", "27 dec", "28 dec"],
    2028: ["3 jan", "14 apr", "17 apr", "1 may", "29 may", "28 aug", "25 dec", "26 dec"],
}
MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]


def on(year: int, words: str) -> date:
    """`8 may` of a year."""
    number, month = words.split()
    return date(year, MONTHS.index(month) + 1, int(number))


@pytest.mark.parametrize("year", PUBLISHED)
def test_the_weekdays_that_are_not_worked_are_those_that_were_published(year: int) -> None:
    days = (date(year, 1, 1) + timedelta(days=number) for number in range(366))
    off = [day for day in days if day.year == year and day.weekday() < 5 and not is_working(day)]
    assert off == [on(year, words) for words in PUBLISHED[year]]


def test_a_weekend_is_never_worked_and_no_scottish_or_irish_holiday_counts() -> None:
    assert not any(is_working(day) for day in (date(2026, 10, 17), date(2026, 10, 18)))
    assert is_working(date(2026, 1, 2))  # Scotland's second of January
    assert is_working(date(2026, 3, 17))  # Saint Patrick's Day, in Northern Ireland
    assert is_working(date(2026, 7, 13))  # the twelfth of July, observed there
