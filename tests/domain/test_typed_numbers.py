"""Money in pence, its parts, miles and counts."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from placement_tui.domain.typed import FeeSplit, count, fee_split, fee_words, miles, money, money_words
from placement_tui.errors import Invalid

ANYTHING = st.text(max_size=50) | st.text("0123456789.,£-−+=/ carehudpw", max_size=30)
PENCE = st.integers(0, 5_000_000)


@pytest.mark.parametrize(
    ("typed", "pence"),
    [
        ("812", 81200),
        ("£812", 81200),
        ("£ 812", 81200),
        ("4,150.50", 415050),
        ("4150.5", 415050),
        ("812 pw", 81200),
        ("812 p/w", 81200),
        ("812 a week", 81200),
        ("812/week", 81200),
        ("0", 0),
        ("50,000", 5_000_000),
    ],
)
def test_money_by_the_week_is_pence(typed: str, pence: int) -> None:
    assert money(typed) == pence


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("-812", "below zero"),
        ("£-812", "below zero"),
        ("−5", "below zero"),
        ("812.555", "penny"),
        ("50,000.01", "over £50,000"),
        ("9" * 40, "over £50,000"),
        ("4,15", "not an amount"),
        ("1e9", "not an amount"),
        ("812 a month", "not by the week"),
        ("", "No amount"),
    ],
)
def test_money_that_cannot_be_says_why(typed: str, why: str) -> None:
    with pytest.raises(Invalid) as refusal:
        money(typed, "weekly_fee")
    assert refusal.value.field == "weekly_fee"
    assert why in refusal.value.title
    assert re.search(r"\d", refusal.value.mend), "an example that works"


@given(PENCE)
def test_money_in_words_is_read_back(pence: int) -> None:
    assert money(money_words(pence)) == pence


def test_money_for_people() -> None:
    assert money_words(415000) == "£4,150"
    assert money_words(415050) == "£4,150.50"
    assert money_words(0) == "£0"
    assert money_words(-5) == "-£0.05"


@pytest.mark.parametrize(
    ("typed", "total", "care", "education", "health"),
    [
        ("812", 812, 812, 0, 0),
        ("812 pw", 812, 812, 0, 0),
        ("3600/550/0", 4150, 3600, 550, 0),
        ("3600/550", 4150, 3600, 550, 0),
        ("3600/550/200 pw", 4350, 3600, 550, 200),
        ("3600 care + 550 edu", 4150, 3600, 550, 0),
        ("550 edu + 3600 care + 200 nhs", 4350, 3600, 550, 200),
        ("care £3,600 + education £550", 4150, 3600, 550, 0),
        ("4150 = 3600 care + 550 edu", 4150, 3600, 550, 0),
        ("4,150 = 550 edu", 4150, 3600, 550, 0),
        ("4150 = 3600/550", 4150, 3600, 550, 0),
    ],
)
def test_a_fee_and_its_parts(typed: str, total: int, care: int, education: int, health: int) -> None:
    assert fee_split(typed) == (total * 100, care * 100, education * 100, health * 100)


@pytest.mark.parametrize(
    "typed",
    [
        "4150 3600 550",
        "4000 = 3600 care + 550 edu",
        "100 = 200 edu",
        "3600 care + 10 care",
        "1/2/3/4",
        "4150 = 3600",
        "4150 =",
        "3600 cake + 5 edu",
    ],
)
def test_a_fee_that_is_not_clear_teaches_how(typed: str) -> None:
    with pytest.raises(Invalid) as refusal:
        fee_split(typed)
    assert "3600/550/0" in str(refusal.value)
    assert "4150 = 3600 care + 550 edu" in str(refusal.value)


def test_the_sum_that_does_not_add_up_is_shown() -> None:
    with pytest.raises(Invalid) as refusal:
        fee_split("4000 = 3600 care + 550 edu")
    assert "£4,150" in refusal.value.detail
    assert "£4,000" in refusal.value.detail


def test_parts_together_are_held_to_the_same_most() -> None:
    with pytest.raises(Invalid, match="over £50,000"):
        fee_split("49000/2000")


@given(PENCE, PENCE, PENCE)
def test_a_fee_in_words_is_read_back(care: int, education: int, health: int) -> None:
    care, education, health = care // 3, education // 3, health // 3
    split = FeeSplit(care + education + health, care, education, health)
    assert fee_split(fee_words(split)) == split


@pytest.mark.parametrize(("typed", "found"), [("20", 20.0), ("20mi", 20.0), ("6.5 miles", 6.5), ("0", 0.0)])
def test_miles(typed: str, found: float) -> None:
    assert miles(typed) == found


@pytest.mark.parametrize("typed", ["-3", "20km", "901", "far", "", "1" * 60])
def test_miles_that_cannot_be(typed: str) -> None:
    with pytest.raises(Invalid):
        miles(typed)


def test_counts() -> None:
    assert count("3") == 3
    assert count("three") == 3
    for typed in ("-1", "3.5", "100", "", "many", "9" * 50):
        with pytest.raises(Invalid):
            count(typed)
    with pytest.raises(Invalid, match="between 1 and 6"):
        count("0", "children", least=1, most=6)


@given(ANYTHING)
def test_any_text_is_a_number_or_refused(text: str) -> None:
    for parse in (money, fee_split, miles, count):
        try:
            found = parse(text)
        except Invalid as refusal:
            problem = refusal
        else:
            numbers = found if isinstance(found, tuple) else (found,)
            assert all(0 <= number <= 5_000_000 for number in numbers)
            if isinstance(found, FeeSplit):
                assert found.total == found.care + found.education + found.health
            continue
        assert problem.title
        assert problem.mend or problem.detail
