"""Every indicator on a small fictional council, each answer worked out by hand; where its traps are kept apart."""

from __future__ import annotations

from collections import Counter
from datetime import date

import pytest

from placement_tui.domain.indicators import INDICATORS, THEMES, Facts, Living, by_theme, indicator, measure
from placement_tui.domain.indicators.elsewhere import ELSEWHERE, UNANSWERED
from placement_tui.domain.indicators.facts import Ceased, End, Start
from placement_tui.domain.insight import Period
from placement_tui.errors import NotFound
from tests.domain.test_indicators_stability import AROUND, YEAR, counted, day, figure, stay

# Twenty children on 31 March 2026. Foster care: 8 with our own carers (2 of them U4, 1 U1), 4 with an agency; 3 in children's
# homes, of which one outside the area; 2 in supported accommodation; 1 with parents; 1 placed for adoption; 1 on holiday.
STOCK = Counter(
    {
        Living(9, "U6", "PR1", True, True, False, True, "inhouse", same_carer=True, same_place=True, two_and_a_half=True,
               two_years=True, placements_year=1, placements_two=1): 5,
        Living(3, "U4", "PR1", True, True, False, True, "inhouse"): 2,
        Living(0, "U1", "PR1", True, True, False, True, "inhouse", two_years=True, placements_two=3, placements_year=3, moves_two=2): 1,
        Living(12, "U6", "PR4", False, False, True, True, "agency", grade="good"): 2,
        Living(12, "U6", "PR4", True, False, False, True, "agency", grade="requires_improvement"): 2,
        Living(15, "K2", "PR4", True, True, False, True, "res", True, "good", "direct", placements_year=4, moves_year=3, moves_two=3,
               two_and_a_half=True, two_years=True, placements_two=4): 2,
        Living(15, "K2", "PR5", False, False, True, False, "res", True, "inadequate", "nw_residential", overstays=True): 1,
        Living(16, "K3", "PR4", True, True, False, True, "sa", False, remanded=True): 1,
        Living(17, "K3", "PR4", True, True, False, True, "sa", True, uasc=True): 1,
        Living(7, "P1", "PR0", True, True, False, True): 1,
        Living(2, "A6", "PR1", None, None, None, None): 1,
        Living(None, "T2", None, None, True, False, True, liberty=True): 1,
    }
)  # fmt: skip
FACTS = Facts(
    YEAR, STOCK,
    starts=Counter({
        Start(12, "K2", "PR4", "res", True, True, "foster", "residential", "good", True, True): 2,
        Start(15, "K2", "PR4", "res", False, False, "residential", "residential", "inadequate", False, False): 1,
        Start(9, "U6", "PR1", "inhouse", True, True, "foster", "foster", None, False, None, "K2"): 3,
        Start(9, "U6", "PR4", "agency", False, False, None, "foster", "outstanding", False, False): 2,
    }),
    ends=Counter({End("CREQB"): 2, End("CHILD"): 1, End("LAREQ"): 1, End("CREQO"): 1, End("CARPL"): 3, End("CLOSE"): 1, End("APPRR"): 1,
                  End("PLACE"): 2, End(None): 4, End("CUSTOD"): 1}),
    began=6, ceased=Counter({Ceased("E4A", True): 2, Ceased("E11", False): 1}), outside_before=8,
    entry_to_moving_in=(300, 400), entry_to_order=(500,), order_to_match=(90, 110, 130),
    open_days=(1, 2, 3, 29, 40), answer_hours=(2.0, 10.0, 30.0), word_hours=(1.0, 23.9, 24.0, 167.0, 200.0),
    scores=(14, 13, 20), siblings=(True, True, False), leavers=(True, False, True, True),
)  # fmt: skip
# code: (numerator, denominator) of a share, or the value of a count, a median or a mean
WORKED: dict[str, tuple[int, int] | float] = {
    "I-1": (3, 20), "I-2": (5, 7), "I-2b": (5, 7), "I-3": (3, 8), "S-1": (3, 20), "S-2": (2, 20),
    "I-4a": (14, 20), "I-4b": (15, 18), "I-4c": (3, 19), "L-1": (5, 20), "L-2": (3, 20), "L-3": (16, 20), "L-4": (3, 20),
    "L-5": (2, 20), "L-6": (18, 19), "L-7": 5, "L-8": (3, 8),
    "H-1": (12, 20), "H-2": (8, 12), "H-3": (8, 20), "H-4": (3, 20), "H-5": (1, 20), "H-6": (1, 20), "H-7": (3, 20), "H-8": 3,
    "H-9": 1, "H-10": (2, 20), "H-11": (1, 20), "H-12": (0, 20), "H-13": (9, 20), "H-14": (0, 20), "H-15": (8, 20), "H-16": (1, 20),
    "H-17": (4, 7), "H-18": (1, 2), "H-19": 1, "H-20": (2, 3), "H-21": (1, 3),
    "C-1": 20, "C-2": 1, "C-3": 1, "C-4": 1, "A-1": (1, 19), "A-2": (3, 19), "A-3": (6, 19), "A-4": (7, 19), "A-5": (2, 19),
    "F-1": 6, "F-2": 3, "F-3": (2, 3), "F-4": 8, "F-5": 3, "F-6": 2, "F-7": (2, 6), "F-8": (4, 5), "F-9": (2, 3), "F-10": 3,
    "F-11": (2, 8), "F-12": (2, 5), "F-13": (5, 8), "F-14": (3, 8), "F-15": (2, 3), "D-1": 350, "D-2": 500, "D-3": 110, "D-4": (3, 4),
    "E-1": (5, 11), "E-2": (4, 11), "E-3": (1, 11), "E-4": 2, "E-5": (2, 13), "E-6": (1, 13), "E-7": (1, 13), "E-8": (1, 13),
    "M-1": 3, "M-2": 40, "M-3": (2, 5), "M-4": 10.0, "M-5": (2, 5), "M-6": (4, 5), "M-7": (2, 3),
}  # fmt: skip


@pytest.mark.parametrize("code", [each.code for each in INDICATORS])
def test_each_indicator_is_what_a_person_works_out(code: str) -> None:
    found, worked = measure(indicator(code), FACTS), WORKED[code]
    if isinstance(worked, tuple):
        assert (found.numerator, found.denominator) == worked
        assert found.value == pytest.approx(worked[0] / worked[1])
    else:
        assert found.value == worked


@pytest.mark.parametrize("one", INDICATORS, ids=lambda each: each.code)
def test_nothing_to_divide_by_gives_no_figure_and_no_error(one: object) -> None:
    found = measure(one, Facts(YEAR))  # type: ignore[arg-type]  # an indicator
    assert found.n == 0
    assert not found.value


def test_each_has_a_name_a_definition_and_a_source_of_its_own() -> None:
    assert len({each.code for each in INDICATORS}) == len({each.name for each in INDICATORS}) == len(INDICATORS)
    assert {each.theme for each in INDICATORS} == set(THEMES)
    for each in INDICATORS:
        assert each.source
        assert each.numerator
        assert bool(each.denominator) == (each.unit != "count")
        assert each.name.lower() not in ("", each.numerator.lower())
    assert sum(len(by_theme(theme)) for theme in THEMES) == len(INDICATORS)


def test_what_is_not_answered_here_says_where_or_why() -> None:
    assert all(words and view for words, view in ELSEWHERE)
    assert all(words and why for words, why in UNANSWERED)


def test_a_code_is_found_in_any_case_and_an_unknown_one_names_them_all() -> None:
    assert indicator("i-4A").name == "In the local authority's own area"
    with pytest.raises(NotFound) as refused:
        indicator("Z-1")
    assert "I-4b" in str(refused.value)


def test_20_miles_are_within_and_a_tenth_more_is_not() -> None:
    near, far = stay("1/1/24", miles=20.0), stay("1/1/24", home="B", child="L", miles=20.1)
    known = counted(near, far)
    assert figure("I-4b", known) == (1, 2)
    assert figure("L-2", known) == (1, 2)


def test_the_area_within_20_miles_or_either_are_three_figures() -> None:
    known = counted(
        stay("1/1/24", child="K", inside=True, miles=30.0), stay("1/1/24", child="L", inside=False, miles=5.0),
        stay("1/1/24", child="M", inside=False, miles=50.0), stay("1/1/24", child="N", inside=True, miles=None),
    )  # fmt: skip
    assert figure("I-4a", known) == (2, 4)
    assert figure("I-4b", known) == (1, 3)
    assert figure("L-3", known) == (3, 4)
    assert figure("L-2", known) == (2, 4)  # out of all four: the rest of I-4b is out of three


@pytest.mark.parametrize(
    ("authority", "distant", "in_region"),
    [
        ("E08000015", (0, 1), (1, 1)),
        ("E08000012", (0, 1), (1, 1)),
        ("E08000030", (1, 1), (0, 1)),
        (None, (0, 0), (0, 0)),
    ],
)
def test_a_home_in_an_adjoining_authority_is_not_at_a_distance(
    authority: str | None, distant: tuple[int, int], in_region: tuple[int, int]
) -> None:
    known = counted(stay("1/1/24", authority=authority, inside=None if authority else False))
    assert figure("I-4c", known) == distant
    assert figure("L-6", known) == in_region
    assert AROUND.adjoining


def test_the_reduction_compares_the_day_before_the_period_with_its_last() -> None:
    known = counted(
        stay("1/1/24", "1/6/25", "A", inside=False), stay("1/6/25", None, "B", inside=True),
        stay("1/1/24", None, "C", child="L", inside=False), stay("1/4/25", None, "C", child="M", inside=False),
    )  # fmt: skip
    assert known.outside_before == 2  # K and L on 31 March 2025; M came the day after
    assert figure("L-8", known) == (0, 2)


def test_from_a_childrens_home_to_a_family_is_a_move_and_no_new_entry_into_care() -> None:
    known = counted(stay("1/1/24", "1/6/25", "A", place="K2"), stay("1/6/25", None, "B"))
    assert measure(indicator("F-10"), known).value == 1
    apart = counted(stay("1/1/24", "1/6/25", "A", place="K2"), stay("1/9/25", None, "B"))
    assert measure(indicator("F-10"), apart).value == 0


def test_days_to_adoption_are_counted_as_the_councils_name_them() -> None:
    period = Period(date(2025, 4, 1), date(2026, 3, 31))
    known = counted(
        stay("1/1/24", "1/5/24", "A"), stay("1/5/24", "1/9/25", "B", place="A6"), care=[("1/1/24", "1/9/25")], rec="E11", period=period
    )  # fmt: skip
    assert known.entry_to_moving_in == (121,)  # 1 January to 1 May 2024, a leap year
    assert known.entry_to_order == ((day("1/9/25") - day("1/1/24")).days,)
    with_carers = counted(
        stay("1/1/24", "1/5/24", "A"), stay("1/5/24", "1/9/25", "A", place="A5"), care=[("1/1/24", "1/9/25")], rec="E12", period=period
    )  # fmt: skip
    assert with_carers.entry_to_moving_in == (0,)  # they moved in with those who adopted on the first day


@pytest.mark.parametrize(("until", "within"), [("30/6/25", 1), ("1/7/25", 0)])
def test_within_twelve_months_is_under_twelve_months(until: str, within: int) -> None:
    assert figure("F-3", counted(stay("1/7/24", until), care=[("1/7/24", until)])) == (within, 1)
