"""Moments as officers type them, also on the nights when the clocks change."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from placement_tui.domain.typed import age_words, london, needed, urgency, when
from placement_tui.errors import Invalid

NOW = datetime(2025, 10, 14, 16, 32, 20, tzinfo=london())
MOMENTS = st.datetimes(datetime(2000, 1, 1), datetime(2090, 12, 31), timezones=st.just(UTC))


def at(month: int, day: int, hour: int, minute: int = 0, year: int = 2025, fold: int = 0) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=london(), fold=fold)


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("now", NOW),
        ("today", at(10, 14, 17)),
        ("tonight", at(10, 14, 19)),
        ("tonight 21:30", at(10, 14, 21, 30)),
        ("tomorrow", at(10, 15, 9)),
        ("tomorrow 10:00", at(10, 15, 10)),
        ("10:00 tomorrow", at(10, 15, 10)),
        ("tomorrow at 10 am", at(10, 15, 10)),
        ("16:45", at(10, 14, 16, 45)),
        ("1645", at(10, 14, 16, 45)),
        ("4.45pm", at(10, 14, 16, 45)),
        ("16:32", at(10, 14, 16, 32)),
        ("16:31", at(10, 15, 16, 31)),
        ("noon", at(10, 15, 12)),
        ("+20", NOW + timedelta(minutes=20)),
        ("20m", NOW + timedelta(minutes=20)),
        ("in 20 min", NOW + timedelta(minutes=20)),
        ("2h", NOW + timedelta(hours=2)),
        ("2h30", NOW + timedelta(hours=2, minutes=30)),
        ("wed", at(10, 15, 9)),
        ("wed 15 10:00", at(10, 15, 10)),
        ("15 oct", at(10, 15, 9)),
        ("15/10 10:00", at(10, 15, 10)),
        ("15/10 1645", at(10, 15, 16, 45)),
        ("15 oct 2025 16:45", at(10, 15, 16, 45)),
        ("15/10/2025 10:00", at(10, 15, 10)),
        ("2025-10-15 10:00", at(10, 15, 10)),
        ("2025-10-15T10:00", at(10, 15, 10)),
        ("2025-10-15T10:00Z", datetime(2025, 10, 15, 10, tzinfo=UTC)),
        ("1 dec 10:00", at(12, 1, 10)),
    ],
)
def test_a_moment_ahead(typed: str, found: datetime) -> None:
    assert when(typed, NOW) == found
    assert when(typed, NOW).tzinfo is UTC


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("yesterday 22:00", at(10, 13, 22)),
        ("16:00", at(10, 14, 16)),
        ("20m ago", NOW - timedelta(minutes=20)),
        ("2 hours ago", NOW - timedelta(hours=2)),
        ("13 oct 09:00", at(10, 13, 9)),
        ("last wed 10:00", at(10, 8, 10)),
    ],
)
def test_a_moment_gone_by(typed: str, found: datetime) -> None:
    assert when(typed, NOW, past=True) == found
    if typed != "16:00":
        with pytest.raises(Invalid):
            when(typed, NOW)


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("today 16:00", "That was 16:00 today, and it is 16:32"),
        ("24:00", "23:59"),
        ("13pm", "no 13 pm"),
        ("9", "could not be read"),
        ("15.10", "15:10 or 15/10"),
        ("15/10 2026", "15/10/2026, or 15/10 20:26"),
        ("13/10/2025 10:00", "passed"),
        ("whenever", "could not be read"),
        ("", "No time"),
        ("1" * 5000, "could not be read"),
    ],
)
def test_a_moment_that_cannot_be_says_why(typed: str, why: str) -> None:
    with pytest.raises(Invalid) as refusal:
        when(typed, NOW, field="call_back")
    assert refusal.value.field == "call_back"
    assert why in str(refusal.value)
    assert refusal.value.mend


def test_late_in_the_day_today_and_tonight_still_lie_ahead() -> None:
    late = at(10, 14, 22, 10)
    assert when("today", late) == at(10, 14, 23, 59)
    assert when("tonight", late) == at(10, 14, 23, 59)


def test_the_hour_that_the_clocks_skip_is_refused() -> None:
    night = at(3, 28, 23, 0, 2026)
    with pytest.raises(Invalid) as refusal:
        when("01:30", night)
    assert "29 Mar 2026" in refusal.value.detail
    assert when("02:30", night) == datetime(2026, 3, 29, 1, 30, tzinfo=UTC)
    assert when("+180", night) == datetime(2026, 3, 29, 2, 0, tzinfo=UTC)


def test_of_the_hour_that_comes_twice_the_first_still_ahead_is_meant() -> None:
    assert when("01:30", at(10, 26, 0, 10)) == datetime(2025, 10, 26, 0, 30, tzinfo=UTC)
    assert when("01:30", at(10, 26, 1, 40)) == datetime(2025, 10, 26, 1, 30, tzinfo=UTC)
    assert when("01:30", at(10, 26, 1, 40, fold=1)) == at(10, 27, 1, 30)


def test_a_naive_now_is_a_mistake_of_the_program() -> None:
    with pytest.raises(ValueError, match="aware"):
        when("now", datetime(2025, 10, 14, 16, 32))


@given(MOMENTS, st.integers(0, 23), st.integers(0, 59))
def test_a_clock_time_is_the_next_time_the_clock_shows_it(now: datetime, hour: int, minute: int) -> None:
    try:
        found = when(f"{hour:02}:{minute:02}", now)
    except Invalid as refusal:
        problem = refusal
    else:
        here = found.astimezone(london())
        assert (here.hour, here.minute) == (hour, minute)
        assert now.replace(second=0, microsecond=0) <= found <= now + timedelta(hours=25)
        return
    assert "clocks go forward" in problem.detail


@given(MOMENTS, st.integers(0, 9999))
def test_minutes_from_now_are_real_minutes(now: datetime, minutes: int) -> None:
    assert when(f"+{minutes}", now) - now == timedelta(minutes=minutes)


@given(MOMENTS, st.integers(1, 100_000))
def test_a_moment_in_iso_is_itself(now: datetime, minutes: int) -> None:
    wanted = now.replace(second=0, microsecond=0) + timedelta(minutes=minutes)
    assert when(wanted.isoformat(), now) == wanted


@given(st.text(max_size=50) | st.text("0123456789:/.- apmtwedoct+hZ", max_size=18), MOMENTS, st.booleans())
def test_any_text_is_a_moment_or_refused(text: str, now: datetime, past: bool) -> None:
    try:
        found = when(text, now, past=past)
    except Invalid as refusal:
        problem = refusal
    else:
        assert past or found >= now.replace(second=0, microsecond=0)
        return
    assert problem.mend


@given(MOMENTS)
def test_the_examples_of_a_refusal_work_at_their_moment(now: datetime) -> None:
    with pytest.raises(Invalid) as refusal:
        when("what", now)
    for example in refusal.value.mend.removeprefix("Type it like ").replace(" or ", ", ").split(", "):
        assert when(example, now) >= now.replace(second=0, microsecond=0)
    with pytest.raises(Invalid) as refusal:
        urgency("what", now)
    examples = refusal.value.mend.replace("Type ", "").replace("or a day like ", "").replace(" or ", ", ")
    for example in examples.split(", "):
        assert urgency(example, now).urgency in ("now", "today", "date")


@pytest.mark.parametrize(
    ("typed", "word", "by"),
    [
        ("now", "now", None),
        ("asap", "now", None),
        ("today", "today", None),
        ("tonight", "today", None),
        ("19:00", "today", None),
        ("14/10/2025", "today", None),
        ("tomorrow", "date", date(2025, 10, 15)),
        ("by fri", "date", date(2025, 10, 17)),
        ("wed 15", "date", date(2025, 10, 15)),
        ("31 oct", "date", date(2025, 10, 31)),
    ],
)
def test_how_soon(typed: str, word: str, by: date | None) -> None:
    assert urgency(typed, NOW) == (word, by)


@pytest.mark.parametrize("typed", ["", "soonish", "13/10/2025", "31/2"])
def test_how_soon_that_cannot_be(typed: str) -> None:
    with pytest.raises(Invalid) as refusal:
        urgency(typed, NOW)
    assert refusal.value.field == "needed_by"
    assert refusal.value.mend


@given(st.text(max_size=50), MOMENTS)
def test_any_text_is_an_urgency_or_refused(text: str, now: datetime) -> None:
    try:
        found = urgency(text, now)
    except Invalid:
        return
    assert (found.needed_by is None) == (found.urgency != "date")


@pytest.mark.parametrize(
    ("minutes", "words"),
    [(0, "0m"), (2, "2m"), (59, "59m"), (60, "1h"), (239, "3h"), (1439, "23h"), (1440, "1d"), (6000, "4d"), (-7, "0m")],
)
def test_how_long_ago(minutes: int, words: str) -> None:
    assert age_words(minutes) == words
    assert age_words(timedelta(minutes=minutes, seconds=30)) == words


def test_a_time_of_today_is_today_by_then() -> None:
    found = needed("23:58", NOW)
    assert found.urgency == "today"
    assert found.needed_by == when("23:58", NOW)
    assert needed("tonight", NOW) == ("today", None)
    assert needed("now", NOW) == ("now", None)
    assert needed("in 9 days", NOW).urgency == "date"
    assert needed("in 9 days", NOW).needed_by is not None
