"""Days as officers type them, on any day of the year."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from placement_tui.domain.typed import day, day_words
from placement_tui.errors import Invalid

TUESDAY = date(2025, 10, 14)
DAYS = st.dates(date(2000, 1, 1), date(2090, 12, 31))


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("today", date(2025, 10, 14)),
        ("Tomorrow", date(2025, 10, 15)),
        ("wed", date(2025, 10, 15)),
        ("tuesday", date(2025, 10, 21)),
        ("wed 15", date(2025, 10, 15)),
        ("sat 15", date(2025, 11, 15)),
        ("15 oct", date(2025, 10, 15)),
        ("15th of October", date(2025, 10, 15)),
        ("oct 15", date(2025, 10, 15)),
        ("15/10", date(2025, 10, 15)),
        ("15/10/2025", date(2025, 10, 15)),
        ("15/10/25", date(2025, 10, 15)),
        ("wed 15/10/2025", date(2025, 10, 15)),
        ("2025-10-15", date(2025, 10, 15)),
        ("+3d", date(2025, 10, 17)),
        ("in 2 weeks", date(2025, 10, 28)),
        ("9 jan", date(2026, 1, 9)),
    ],
)
def test_a_day_ahead(typed: str, found: date) -> None:
    assert day(typed, TUESDAY) == found


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("yesterday", date(2025, 10, 13)),
        ("last wed", date(2025, 10, 8)),
        ("last tue", date(2025, 10, 7)),
        ("3d ago", date(2025, 10, 11)),
        ("2 weeks ago", date(2025, 9, 30)),
        ("13 oct", date(2025, 10, 13)),
        ("wed 8", date(2025, 10, 8)),
        ("3/5/2024", date(2024, 5, 3)),
        ("20 dec", date(2025, 12, 20)),
    ],
)
def test_a_day_gone_by(typed: str, found: date) -> None:
    assert day(typed, TUESDAY, past=True) == found


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("yesterday", "Mon 13 Oct"),
        ("13/10/2025", "passed"),
        ("13 oct", "needs its year"),
        ("31/2", "February has 29 days"),
        ("31 nov", "November has 30 days"),
        ("29/2/2027", "February 2027 has 28 days"),
        ("10/15/2025", "day comes before the month"),
        ("thu 15", "15 Oct 2025 is a Wednesday"),
        ("14/10/2035", "5 years"),
        ("someday", "not a day"),
        ("next wed", "not a day"),
        ("", "No day"),
        ("x" * 5000, "not a day"),
    ],
)
def test_a_day_that_cannot_be_says_why(typed: str, why: str) -> None:
    with pytest.raises(Invalid) as refusal:
        day(typed, TUESDAY, field="needed_by")
    assert refusal.value.field == "needed_by"
    assert why in str(refusal.value)
    assert refusal.value.mend


@given(DAYS, st.integers(0, 1800))
def test_a_day_written_in_full_is_itself(today: date, ahead: int) -> None:
    wanted = today + timedelta(days=ahead)
    for text in (f"{wanted:%d/%m/%Y}", f"{wanted:%Y-%m-%d}", f"{wanted.day}.{wanted.month}.{wanted.year}"):
        assert day(text, today) == wanted


@given(DAYS, st.integers(-180, 180))
def test_a_day_in_words_is_read_back(today: date, step: int) -> None:
    wanted = today + timedelta(days=step)
    assert day(day_words(wanted, today), today, past=True) == wanted
    if step >= 0:
        assert day(day_words(wanted, today), today) == wanted


def test_days_for_people() -> None:
    assert day_words(TUESDAY, TUESDAY) == "today"
    assert day_words(date(2025, 10, 15), TUESDAY) == "Wed 15 Oct"
    assert day_words(date(2026, 10, 14), TUESDAY) == "Wed 14 Oct 2026"


@given(st.text(max_size=50) | st.text("0123456789/.- wedoctagoin+", max_size=16), DAYS, st.booleans())
def test_any_text_is_a_day_in_reach_or_refused(text: str, today: date, past: bool) -> None:
    try:
        found = day(text, today, past=past)
    except Invalid as refusal:
        problem = refusal
    else:
        assert found >= today or past
        return
    assert problem.mend


@given(DAYS)
def test_the_examples_of_a_refusal_work_on_their_day(today: date) -> None:
    with pytest.raises(Invalid) as refusal:
        day("what", today)
    for example in refusal.value.mend.removeprefix("Type it like ").replace(" or ", ", ").split(", "):
        assert day(example, today) > today
