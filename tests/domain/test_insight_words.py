"""Figures as words: what a reader sees beside a label."""

from __future__ import annotations

from datetime import date

import pytest

from placement_tui.domain.insight import Period
from placement_tui.domain.insight_words import period_words, shown


@pytest.mark.parametrize(
    ("pence", "said"), [(412_000, "£4,120"), (-953_900, "-£9,539"), (0, "£0"), (-40, "£0"), (None, "-")]
)
def test_what_our_own_costs_more_stands_with_its_sign_before_the_pound(pence: float | None, said: str) -> None:
    assert shown(pence, "pence") == said


def test_a_period_of_one_day_is_that_day() -> None:
    assert period_words(Period(date(2026, 11, 22), date(2026, 11, 22))) == "22 Nov 2026"
    assert period_words(Period(date(2025, 11, 23), date(2026, 11, 22))) == "23 Nov 2025 to 22 Nov 2026"
