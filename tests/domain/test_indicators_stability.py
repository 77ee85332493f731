"""How placements and carers are counted, each case worked out by hand beside it. The day is 31 March 2026."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pytest

from placement_tui.domain.indicators import Facts, Measured, indicator, measure
from placement_tui.domain.indicators.collecting import facts
from placement_tui.domain.indicators.histories import Around, Person, Records, Span, Stay, by_child
from placement_tui.domain.insight import Period

YEAR = Period(date(2025, 4, 1), date(2026, 3, 31))
HERE = "E08000015"
AROUND = Around(
    HERE, frozenset({"E08000012"}), {HERE: "North West", "E08000012": "North West", "E08000030": "West Midlands"}
)


def day(said: str) -> date:
    """`31/3/24` as a date."""
    number, month, year = (int(part) for part in said.split("/"))
    return date(2000 + year, month, number)


def stay(first: str, until: str | None = None, home: str = "A", child: str = "K", **more: object) -> Stay:
    """A foster placement."""
    values: dict[str, object] = {"place": "U6", "provider": "PR1", "legal": "C2"}
    made = Stay(f"{child}{home}{first}", child, home, day(first), day(until) if until else None)
    return made._replace(**(values | more))  # type: ignore[arg-type]  # fields of a placement


def counted(
    *stays: Stay, care: Sequence[tuple[str, str | None]] = (), born: str = "1/1/15", period: Period = YEAR,
    statuses: Sequence[Span] = (), rec: str | None = None,
) -> Facts:  # fmt: skip
    """The facts of the children of those placements, who are all born on a day; `care` are the periods of child K."""
    children = {each.child for each in stays} | {"K"}
    periods = {"K": [Span(day(first), day(until) if until else None, rec) for first, until in care]} if care else {}
    records = Records(
        by_child(stays), {child: Person(day(born)) for child in children}, periods, {"K": statuses} if statuses else {}
    )
    return facts(records, period, AROUND)


def figure(code: str, known: Facts) -> tuple[int | None, int | None]:
    """Numerator and denominator."""
    found: Measured = measure(indicator(code), known)
    return found.numerator, found.denominator


def test_three_placements_are_two_moves() -> None:
    known = counted(stay("1/1/24", "1/6/25", "A"), stay("1/6/25", "1/9/25", "B"), stay("1/9/25", None, "C"))
    assert figure("I-1", known) == (1, 1)  # A, B and C each had a day in the year
    assert figure("S-2", known) == (0, 1)  # two moves are not three
    assert figure("S-1", known) == (1, 1)  # they are the two moves in two years that Wirral counts
    assert figure("I-3", known) == (1, 1)  # looked after since 1 January 2024: two years on the day


def test_four_placements_are_the_three_moves_that_walsall_counts() -> None:
    known = counted(
        stay("1/1/24", "1/6/25", "A"), stay("1/6/25", "1/9/25", "B"), stay("1/9/25", "1/10/25", "C"), stay("1/10/25", None, "D")
    )  # fmt: skip
    assert figure("S-2", known) == (1, 1)


def test_a_placement_left_on_the_first_day_of_the_year_counts_and_one_left_the_day_before_does_not() -> None:
    first = counted(stay("1/1/24", "1/4/25", "A"), stay("1/4/25", "1/9/25", "B"), stay("1/9/25", None, "C"))
    before = counted(stay("1/1/24", "31/3/25", "A"), stay("31/3/25", "1/9/25", "B"), stay("1/9/25", None, "C"))
    assert figure("I-1", first) == (1, 1)
    assert figure("I-1", before) == (0, 1)


def test_a_placement_that_began_on_the_last_day_counts_and_two_on_one_day_are_two() -> None:
    known = counted(stay("1/1/24", "31/3/26", "A"), stay("31/3/26", "31/3/26", "B"), stay("31/3/26", None, "C"))
    assert figure("I-1", known) == (1, 1)
    assert figure("F-4", known)[1] is None
    assert measure(indicator("F-4"), known).value == 2  # B and C began in the year


@pytest.mark.parametrize(
    "between",
    [
        {"place": "T1"},  # a week in hospital
        {"place": "T3"},  # the carer's holiday
    ],
)
def test_a_temporary_move_is_no_placement_and_the_carer_is_the_same_afterwards(between: dict[str, str]) -> None:
    known = counted(
        stay("1/1/23", "1/6/25", "A"), stay("1/6/25", "8/6/25", "H", **between), stay("8/6/25", None, "A"),
        care=[("1/1/23", None)],
    )  # fmt: skip
    assert figure("I-1", known) == (0, 1)
    assert figure("I-2", known) == (1, 1)


def test_on_a_temporary_move_the_child_still_lives_with_the_carer() -> None:
    known = counted(stay("1/1/23", "30/3/26", "A"), stay("30/3/26", None, "H", place="T1"), care=[("1/1/23", None)])
    assert figure("I-2", known) == (1, 1)


def test_the_same_carer_in_another_house_is_no_move_and_a_change_of_status_only_is_none() -> None:
    moved_house = counted(
        stay("1/1/23", "1/6/25", "A"), stay("1/6/25", None, "B", same_carer=True), care=[("1/1/23", None)]
    )
    assert figure("I-1", moved_house) == (0, 1)
    assert figure("I-2", moved_house) == (1, 1)
    assert figure("I-2b", moved_house) == (0, 1)  # the older measure asks for the same placement
    status = counted(
        stay("1/1/23", "1/6/25", "A", reason="PLACE"), stay("1/6/25", None, "B", place="U4"), care=[("1/1/23", None)]
    )
    assert figure("I-2", status) == (1, 1)


def test_adoption_by_the_carers_is_the_same_carer_and_adoption_by_others_adds_to_the_older_measure_only() -> None:
    theirs = counted(stay("1/1/23", "1/6/25", "A"), stay("1/6/25", None, "B", place="A5"), care=[("1/1/23", None)])
    assert figure("I-2", theirs) == (1, 1)
    others = counted(stay("1/1/23", "1/6/25", "A"), stay("1/6/25", None, "B", place="A6"), care=[("1/1/23", None)])
    assert figure("I-2", others) == (0, 1)
    assert figure("I-2b", others) == (1, 1)


def test_back_with_the_same_carer_after_a_time_at_home_is_a_new_placement() -> None:
    known = counted(
        stay("1/1/24", "1/6/25", "A"), stay("1/8/25", None, "A"), care=[("1/1/24", "1/6/25"), ("1/8/25", None)]
    )  # fmt: skip
    assert measure(indicator("F-4"), known).value == 1
    assert figure("I-3", known) == (0, 0)  # looked after since 1 August only
    assert figure("S-1", known) == (0, 1)  # coming back into care is no move


@pytest.mark.parametrize(("began", "among"), [("30/9/23", 1), ("1/10/23", 0)])
def test_two_and_a_half_years_are_thirty_months_to_the_day(began: str, among: int) -> None:
    known = counted(stay(began, None, "A"), care=[(began, None)])
    assert figure("I-2", known)[1] == among


@pytest.mark.parametrize(("began", "same"), [("31/3/24", 1), ("1/4/24", 0)])
def test_two_years_with_the_same_carer_are_two_years_to_the_day(began: str, same: int) -> None:
    known = counted(stay("1/1/22", began, "A"), stay(began, None, "B"), care=[("1/1/22", None)])
    assert figure("I-2", known) == (same, 1)


@pytest.mark.parametrize(("born", "among"), [("31/3/10", 0), ("1/4/10", 1)])
def test_who_turns_sixteen_on_the_day_is_not_under_sixteen(born: str, among: int) -> None:
    assert figure("I-2", counted(stay("1/1/22"), care=[("1/1/22", None)], born=born))[1] == among


def test_periods_of_care_without_a_day_between_are_one() -> None:
    known = counted(stay("1/1/22"), care=[("1/1/22", "1/1/25"), ("1/1/25", None)])
    assert figure("I-2", known) == (1, 1)
    assert measure(indicator("F-1"), known).value == 0


@pytest.mark.parametrize(("until", "number"), [("31/3/26", 0), ("1/4/26", 1), (None, 1)])
def test_who_ceases_on_the_day_is_not_looked_after_on_it(until: str | None, number: int) -> None:
    known = counted(stay("1/1/24", until), care=[("1/1/24", until)])
    assert measure(indicator("C-1"), known).value == number
    assert measure(indicator("F-2"), known).value == (until == "31/3/26")


def test_an_agreed_series_of_short_breaks_is_not_counted() -> None:
    breaks = [Span(day("1/1/24"), None, "V4")]
    known = counted(stay("1/5/25", "3/5/25", "A"), stay("30/3/26", None, "B"), care=[("1/1/24", None)], statuses=breaks)
    assert measure(indicator("C-1"), known).value == 0
    assert measure(indicator("F-4"), known).value == 0


def test_without_a_logged_period_an_open_placement_says_that_a_child_is_looked_after() -> None:
    known = counted(stay("1/1/22", "1/5/25", "A"), stay("1/5/25", None, "B"))
    assert measure(indicator("C-1"), known).value == 1
    assert not next(iter(known.living)).by_care
    assert figure("I-2", known) == (0, 1)  # looked after since 2022 by placements that follow each other
    ended = counted(stay("1/1/22", "1/5/25", "A"))
    assert measure(indicator("C-1"), ended).value == 0


def test_in_care_without_a_placement_on_record_counts_as_looked_after_somewhere_unknown() -> None:
    known = counted(care=[("1/1/24", None)])
    assert measure(indicator("C-1"), known).value == 1
    assert figure("I-4a", known) == (0, 1)
    assert figure("I-4b", known) == (0, 0)
    assert figure("I-2", known) == (0, 0)
