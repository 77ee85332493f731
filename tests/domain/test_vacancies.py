"""What is said of free beds on the phone, and which of it stands."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from placement_tui.domain.capacity import Left, still_free
from placement_tui.domain.vacancies import NewVacancy, standing
from placement_tui.domain.vacancies_typed import read
from placement_tui.errors import Invalid

TODAY = date(2026, 10, 18)  # a Sunday


@pytest.mark.parametrize(
    ("typed", "heard"),
    [
        ("none", "no bed free"),
        ("full", "no bed free"),
        ("2", "2 beds free"),
        ("2 girls 8-14 from mon, Jo", "2 beds free, ages 8 to 14, girls only, from Mon 19 Oct; said by Jo"),
        ("1 from mon until 30 oct", "1 bed free, from Mon 19 Oct until Fri 30 Oct"),
        ("1 from 3 nov to 30 nov", "1 bed free, from Tue 3 Nov until Mon 30 Nov"),
        (
            "1 expected from fri, said by Jo Bell, short breaks",
            "1 bed expected, from Fri 23 Oct, short breaks; said by Jo Bell",
        ),
        ("a girl up to 12", "1 bed free, ages up to 12, girls only"),
        ("1 boy or girl 5 to 9", "1 bed free, ages 5 to 9"),
        ("1 girl aged 8", "1 bed free, ages 8 to 8, girls only"),
        ("2 8-14", "2 beds free, ages 8 to 14"),
        ("1 BED free from today", "1 bed free"),
        ("one bed, boy 12 to 15, from fri, Jo", "1 bed free, ages 12 to 15, boys only, from Fri 23 Oct; said by Jo"),
        ("1 from mon, girls, until 30 oct", "1 bed free, girls only, from Mon 19 Oct until Fri 30 Oct"),
        ("1, until 30 oct, from mon, Jo", "1 bed free, from Mon 19 Oct until Fri 30 Oct; said by Jo"),
        ("2, Jo, 8-14, no pets, please", "2 beds free, ages 8 to 14, no pets, please; said by Jo"),
        ("2, Jo, from the agency", "2 beds free, from the agency; said by Jo"),
    ],
)
def test_it_is_understood_as_it_is_said(typed: str, heard: str) -> None:
    assert read(typed, TODAY).words(TODAY) == heard


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("", "How many beds"),
        ("girls 8-14", "does not say how many"),
        ("2 grils", '"grils" was not understood'),
        ("a few", "not understood"),
        ("-1", "not understood"),
        ("1 from blah", "is not a day"),
        ("1 until yesterday", "has passed"),
        ("1 from 3/10/2026", "has passed"),
        ("1 from fri until mon", "gone before it is free"),
        ("1 girl 14-8", "goes backwards"),
        ("1 expected", "From which day"),
        ("1 1", "not understood"),
        ("1, from 3/10/2026, Jo", "has passed"),
        ("1, until blah", "is not a day"),
    ],
)
def test_what_it_cannot_be_is_refused_with_how_to_say_it(typed: str, said: str) -> None:
    with pytest.raises(Invalid, match=said) as refused:
        read(typed, TODAY)
    assert refused.value.mend


@given(st.text(max_size=60))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        new = read(text, TODAY)
    except Invalid:
        return
    assert 0 <= new.beds <= 99
    assert new.from_on is None or new.from_on > TODAY


@dataclass(frozen=True)
class Said:
    """A word of a home."""

    beds: int
    said_at: datetime
    from_on: date | None = None
    until_on: date | None = None
    expected: bool = False


def at(day: int, hour: int = 9) -> datetime:
    return datetime(2026, 10, day, hour, tzinfo=UTC)


def test_the_latest_word_counts_and_one_for_a_day_to_come_waits_for_its_day() -> None:
    monday = Said(1, at(12), date(2026, 10, 20))
    later = Said(0, at(15))
    words = [Said(2, at(10)), monday, later]
    assert standing(words, TODAY) == (later, (monday,), None)
    assert standing(words, date(2026, 10, 20)) == (monday, (), None)


def test_a_word_that_is_over_leaves_nobody_knowing_and_no_older_one_comes_back() -> None:
    assert standing([Said(2, at(10)), Said(1, at(12), until_on=date(2026, 10, 17))], TODAY) == (None, (), None)


def test_an_expected_bed_is_never_free_by_itself_and_is_asked_for_on_its_day() -> None:
    expected = Said(1, at(12), date(2026, 10, 20), expected=True)
    now = Said(0, at(13))
    assert standing([expected, now], TODAY) == (now, (expected,), None)
    assert standing([expected, now], date(2026, 10, 20)) == (now, (), expected)
    said_since = Said(1, at(20, 12))
    assert standing([expected, now, said_since], date(2026, 10, 21)) == (said_since, (), None)


def test_a_word_for_a_day_is_taken_back_by_another_for_that_day() -> None:
    day = date(2026, 10, 20)
    assert standing([Said(1, at(12), day), Said(0, at(13), day)], TODAY).coming == ()


def test_a_child_who_left_since_frees_a_bed_and_one_who_came_takes_it() -> None:
    from uuid import uuid4

    said_at = at(15)
    before = Left(uuid4(), "KJ", at(1), date(2026, 10, 16), at(16))
    same_morning = Left(uuid4(), "AB", at(1), date(2026, 10, 15), at(15, 8))
    came_since = Left(uuid4(), "CD", at(16), date(2026, 10, 17), at(17))
    assert still_free(1, said_at, [], [], [before]) == 2
    assert (
        still_free(1, said_at, [], [], [same_morning, came_since]) == 1
    )  # they spoke knowing the one; the other evens out
    assert still_free(1, said_at, [at(16)], [], [before]) == 1
    assert still_free(1, said_at, [], [], [before], most=1) == 1
    assert still_free(None, None, [], [], [before]) is None


def test_a_bed_from_today_is_a_bed_now() -> None:
    assert read("1 from today", TODAY) == NewVacancy(1)
