"""Given a placement as it is coded, when days pass, then what the return and the law say (L20, L22, L23).

The texts beside the numbers are the sector's own validation rules for the SSDA903 return.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from placement_tui.domain.homes import Policy
from placement_tui.domain.rules import Standing, as_it_stands, returns
from tests.domain.rule_tables import STARTS, decision, home, said

START = datetime(2026, 11, 23, 18, 30, tzinfo=UTC)

# "Child in supported accommodation ... should be at least 16" (371), "in youth custody ... at least 10" (372), "in a
# school ... at least 4" (373), "in residential employment ... at least 14" (374): the day before the birthday, and on it.
FLOORS = [
    ("K3", 15, "371"), ("K3", 16, None), ("K3", 17, None),
    ("R5", 9, "372"), ("R5", 10, None),
    ("S1", 3, "373"), ("S1", 4, None),
    ("P3", 13, "374"), ("P3", 14, None),
    ("K2", 0, None), ("U6", 0, None),
]  # fmt: skip
# The sector says: "Hospitalisation ... exceeds six weeks" (375), "holiday of usual foster carer(s) cannot exceed three weeks" (376),
# "unspecified reason (T4) cannot exceed seven days" (379).
LONGEST = [
    ("T1", 41, None), ("T1", 42, None), ("T1", 43, "375"),
    ("T3", 20, None), ("T3", 21, None), ("T3", 22, "376"),
    ("T4", 6, None), ("T4", 7, None), ("T4", 8, "379"),
    ("T2", 90, None), ("U6", 900, None),
]  # fmt: skip


@pytest.mark.parametrize(("place", "age", "number"), FLOORS)
def test_age_floors_of_placement_types(place: str, age: int, number: str | None) -> None:
    found = said(decision((age,), place=place), ("L23",))
    assert [each.law for each in found] == ([f"SSDA903 rule {number}"] if number else [])


@pytest.mark.parametrize(("place", "days", "number"), LONGEST)
def test_longest_times_of_temporary_moves(place: str, days: int, number: str | None) -> None:
    planned = said(decision(place=place, planned_end_on=STARTS + timedelta(days=days)), ("L23",))
    passed = as_it_stands(standing(place=place), Policy(), START, STARTS + timedelta(days=days))
    law = [f"SSDA903 rule {number}"] if number else []
    assert [each.law for each in planned] == law
    assert [each.law for each in passed if each.rule == "L23"] == law


# "Only two temporary placements coded as being due to holiday ... in any 12-month period" (377).
@pytest.mark.parametrize(
    ("earlier", "blocks"),
    [
        ((), False),
        ((date(2026, 6, 1),), False),
        ((date(2026, 6, 1), date(2026, 8, 1)), True),
        ((date(2025, 11, 24), date(2026, 8, 1)), True),
        ((date(2025, 11, 23), date(2026, 8, 1)), False),
    ],
    ids=["the first", "the second", "the third", "a year less a day before", "a year before to the day"],
)
def test_two_carers_holidays_in_twelve_months(earlier: tuple[date, ...], blocks: bool) -> None:
    found = said(decision(place="T3", child_carers_holidays=earlier), ("L23",))
    assert [each.law for each in found] == (["SSDA903 rule 377"] if blocks else [])


# "Police protection ... lasted longer than maximum 72 hours" (361); section 46(6) Children Act 1989.
@pytest.mark.parametrize(("hours", "minutes", "warns"), [(71, 59, False), (72, 0, False), (72, 1, True), (96, 0, True)])
def test_police_protection_ends_after_72_hours(hours: int, minutes: int, warns: bool) -> None:
    now = START + timedelta(hours=hours, minutes=minutes)
    found = as_it_stands(standing(legal_status="L1"), Policy(), now, now.date())
    assert [each.law for each in found if each.rule == "L23"] == (
        ["s46 Children Act 1989, SSDA903 rule 361"] if warns else []
    )
    assert not [
        each for each in as_it_stands(standing(legal_status="C2"), Policy(), now, now.date()) if each.rule == "L23"
    ]


# "A child who is placed with parent(s) cannot be looked after under ... Section 20" (378).
@pytest.mark.parametrize(
    ("place", "legal", "warns"), [("P1", "V2", True), ("P1", "C2", False), ("U6", "V2", False), ("P1", None, False)]
)
def test_with_parents_under_section_20(place: str, legal: str | None, warns: bool) -> None:
    found = said(decision(place=place, legal_status=legal), ("L23",))
    assert [each.law for each in found] == (["SSDA903 rule 378"] if warns else [])


# 709: with a DoLO the placement is expected to be K2, Z12 or Z13; 710: it can not be K1, P1, R5 or K3.
@pytest.mark.parametrize(
    ("place", "number"),
    [("K2", None), ("Z12", None), ("Z13", None), ("K1", "710"), ("P1", "710"), ("R5", "710"), ("K3", "710"),
     ("U6", "709"), ("S1", "709"), ("R2", "709"), ("Z11", "709"), (None, None)],
)  # fmt: skip
def test_a_deprivation_of_liberty_goes_with_few_placement_types(place: str | None, number: str | None) -> None:
    law = [f"SSDA903 rule {number}"] if number else []
    assert [each.law for each in said(decision(place=place, child_deprived=True), ("L20",))] == law
    assert said(decision(place=place), ("L20",)) == []
    found = as_it_stands(standing(place=place, deprived=True), Policy(), START, STARTS)
    assert [each.law for each in found if each.rule == "L20"] == law


# Regulation 48(2)(c): 17 days each (365), 75 days in any twelve months (367).
@pytest.mark.parametrize(
    ("legal", "days", "warns"),
    [("V3", 16, False), ("V3", 17, False), ("V3", 18, True), ("V4", 18, True), ("V2", 18, False), ("V3", None, False)],
)
def test_a_short_break_is_17_days_at_most(legal: str, days: int | None, warns: bool) -> None:
    end = None if days is None else STARTS + timedelta(days=days)
    found = said(decision(legal_status=legal, planned_end_on=end), ("L22",))
    assert [each.law for each in found] == (["Reg 48 CPPCR 2010"] if warns else [])


@pytest.mark.parametrize(
    ("earlier", "days", "warns"),
    [
        ([(date(2026, 5, 1), 60)], 14, False),
        ([(date(2026, 5, 1), 60)], 15, False),
        ([(date(2026, 5, 1), 60)], 16, True),
        ([(date(2025, 10, 1), 60)], 16, False),
        ([(date(2026, 1, 1), 30), (date(2026, 6, 1), 30)], 16, True),
    ],
    ids=["74 days", "75 days", "76 days", "most of it over a year ago", "76 days in three breaks"],
)
def test_short_breaks_are_75_days_in_twelve_months(earlier: list[tuple[date, int]], days: int, warns: bool) -> None:
    spans = tuple((start, start + timedelta(days=lasts)) for start, lasts in earlier)
    made = decision(legal_status="V4", planned_end_on=STARTS + timedelta(days=days), child_short_breaks=spans)
    found = [each for each in said(made, ("L22",)) if "12 months" in each.text]
    assert [each.law for each in found] == (["Reg 48 CPPCR 2010"] if warns else [])


@pytest.mark.parametrize(
    ("day", "before"),
    [
        (date(2024, 2, 29), date(2023, 2, 28)),
        (date(2025, 2, 28), date(2024, 2, 28)),
        (date(2026, 3, 1), date(2025, 3, 1)),
    ],
)
def test_twelve_months_before_a_leap_day(day: date, before: date) -> None:
    assert returns.year_before(day) == before


def standing(kind: str = "household", **known: Any) -> Standing:
    """A placement that goes on since Monday, and in which all is well but for what is given."""
    of_home = {name.removeprefix("home_"): known.pop(name) for name in list(known) if name.startswith("home_")}
    usual: dict[str, Any] = {
        "id": UUID(int=9), "candidate": home(kind, **of_home), "age": 15, "age_at_start": 15, "started_at": START,
        "started_on": STARTS,
    }  # fmt: skip
    return Standing(**(usual | known))


@pytest.mark.parametrize(
    ("what", "facts", "rules"),
    [
        ("all is well", {}, []),
        ("its registration ended", {"kind": "res", "home_registered": False}, [("block", "L18")]),
        ("its grade fell", {"kind": "res", "home_grade": "inadequate"}, [("block", "L21")]),
        ("its grade fell, and that was set aside", {"kind": "res", "home_grade": "inadequate", "set_aside": frozenset({"L21"})}, [("warn", "L21")]),
        ("its grade was signed off", {"kind": "res", "home_grade": "inadequate", "approved": frozenset({"grade"})}, []),
        ("another thing was signed off", {"kind": "res", "home_grade": "inadequate", "approved": frozenset({"budget"})}, [("block", "L21")]),
        ("the council stopped using it", {"kind": "res", "home_suspended": "enquiry"}, [("block", "suspended")]),
        ("a child of 15 lives in supported accommodation", {"kind": "sa", "category": "sa_1"}, [("block", "L15")]),
        ("the child turned 16 there", {"kind": "sa", "category": "sa_1", "age": 16, "place": "K3"}, [("warn", "L23")]),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)  # fmt: skip
def test_what_was_lawful_on_the_first_day_need_not_be_today(
    what: str, facts: dict[str, Any], rules: list[tuple[str, str]]
) -> None:
    found = as_it_stands(standing(**facts), Policy(), START, STARTS)
    assert [(each.level, each.rule) for each in found] == rules
