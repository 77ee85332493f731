"""Ages and dates of birth: the boundary days, leap days, and what a child in care cannot be."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from placement_tui.domain.typed import age_on, age_or_birth, check_age
from placement_tui.errors import Invalid

TODAY = date(2026, 10, 14)
DAYS = st.dates(date(2000, 1, 1), date(2090, 12, 31))


@pytest.mark.parametrize(
    ("typed", "age"),
    [
        ("14", 14),
        ("14y", 14),
        ("14 yrs", 14),
        ("14 years old", 14),
        ("5y 3m", 5),
        ("7m", 0),
        ("7 months", 0),
        ("18 months", 1),
        ("3w", 0),
        ("10 days", 0),
        ("0", 0),
        ("17", 17),
        ("unborn", 0),
        ("due 3/1/2027", 0),
        ("due 3 jan 2027", 0),
        ("１４", 14),
    ],
)
def test_an_age(typed: str, age: int) -> None:
    assert age_or_birth(typed, TODAY) == (age, None)


@pytest.mark.parametrize(
    "typed",
    [
        "3/5/2012",
        "03.05.2012",
        "3-5-2012",
        "3 May 2012",
        "3rd of May 2012",
        "May 3, 2012",
        "2012-05-03",
        "born 3/5/2012",
    ],
)
def test_a_date_of_birth_day_before_month(typed: str) -> None:
    assert age_or_birth(typed, TODAY) == (14, date(2012, 5, 3))


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("31/2/2012", "February 2012 has 29 days"),
        ("29/2/2013", "February 2013 has 28 days"),
        ("31/4/2012", "April has 30 days"),
        ("5/13/2012", "day comes before the month"),
        ("15/10/2026", "cannot be ahead"),
        ("14/10/2008", "is 18 years"),
        ("18", "under 18"),
        ("45", "under 18"),
        ("220 months", "under 18"),
        ("3/5/12", "century"),
        ("3 May 12", "century"),
        ("3 May", "year is missing"),
        ("14m", "14 months, or a boy of 14"),
        ("due 1/10/2026", "passed"),
        ("due 3/1/2028", "43 weeks"),
        ("", "No age"),
        ("-3", "neither an age"),
        ("fourteen-ish", "neither an age"),
        ("1" * 5000, "neither an age"),
    ],
)
def test_what_no_child_in_care_is_says_why(typed: str, why: str) -> None:
    with pytest.raises(Invalid) as refusal:
        age_or_birth(typed, TODAY, "child_age")
    assert refusal.value.field == "child_age"
    assert why in str(refusal.value)
    assert refusal.value.mend


def test_the_last_day_of_being_17_is_taken_and_the_birthday_is_not() -> None:
    assert age_or_birth("15/10/2008", TODAY) == (17, date(2008, 10, 15))
    with pytest.raises(Invalid):
        age_or_birth("14/10/2008", TODAY)
    assert age_or_birth("14/10/2026", TODAY) == (0, TODAY)


def test_who_is_born_on_a_leap_day_is_a_year_older_on_1_march() -> None:
    born = date(2012, 2, 29)
    assert age_on(born, date(2026, 2, 28)) == 13
    assert age_on(born, date(2026, 3, 1)) == 14
    assert age_on(born, date(2028, 2, 28)) == 15
    assert age_on(born, date(2028, 2, 29)) == 16


@given(DAYS, st.integers(0, 30))
def test_an_age_is_reached_on_the_birthday_and_not_before(born: date, years: int) -> None:
    birthday = date(born.year + years, *((3, 1) if (born.month, born.day) == (2, 29) else (born.month, born.day)))
    if (born.month, born.day) == (2, 29) and (born.year + years) % 4 == 0:
        birthday = date(born.year + years, 2, 29)
    assert age_on(born, birthday) == years
    assert age_on(born, birthday - timedelta(days=1)) == years - 1


@given(DAYS, st.integers(0, 6500))
def test_every_way_to_write_a_birth_says_the_same(today: date, days: int) -> None:
    born = today - timedelta(days=days)
    said = {
        age_or_birth(text, today)
        for text in (f"{born.day}/{born.month}/{born.year}", f"{born:%Y-%m-%d}", f"{born:%d.%m.%Y}")
    }
    assert said == {(age_on(born, today), born)}


def test_an_age_that_contradicts_the_date_of_birth_is_refused() -> None:
    born = date(2012, 5, 3)
    assert check_age(14, born, TODAY) == 14
    assert check_age(None, born, TODAY) == 14
    assert check_age(9, None, TODAY) == 9
    assert check_age(None, None, TODAY) is None
    with pytest.raises(Invalid) as refusal:
        check_age(13, born, TODAY)
    assert "13" in refusal.value.title
    assert "the child is 14" in refusal.value.detail
    with pytest.raises(Invalid):
        check_age(18, None, TODAY)


@given(st.text(max_size=50) | st.text("0123456789/.- ymdue", max_size=14), DAYS)
def test_any_text_is_an_age_or_refused(text: str, today: date) -> None:
    try:
        found = age_or_birth(text, today)
    except Invalid as refusal:
        problem = refusal
    else:
        assert found.age is not None
        assert 0 <= found.age < 18
        assert found.born is None or age_on(found.born, today) == found.age
        return
    assert problem.mend


@given(DAYS)
def test_the_examples_of_a_refusal_work_on_their_day(today: date) -> None:
    with pytest.raises(Invalid) as refusal:
        age_or_birth("what", today)
    examples = refusal.value.mend.removeprefix("Type an age like ").replace("or a date of birth like ", "")
    for example in examples.replace(" or ", ", ").split(", "):
        assert age_or_birth(example, today).age in (13, 14)
