"""How a home is found: how long referrals wait, how soon we answer, how fresh the word of a vacancy is."""

from __future__ import annotations

from collections.abc import Callable

from placement_tui.domain.indicators.facts import Facts
from placement_tui.domain.indicators.kinds import Indicator, Measured, middle, nine_in_ten, share_of
from placement_tui.domain.insight import Unit
from placement_tui.domain.profile_quality import PASS

_OPEN = "referrals open at the end of the day"


def _finding(
    code: str, name: str, numerator: str, denominator: str, source: str, figure: Callable[[Facts], Measured], unit: Unit, up: bool,
    note: str = "",
) -> Indicator:  # fmt: skip
    return Indicator(code, name, "finding", numerator, denominator, source, unit, up, figure=figure, note=note)


FINDING: tuple[Indicator, ...] = (
    _finding("M-1", "Days that referrals are open, the middle one", "median of the days since receipt", _OPEN, "Wirral 2019",
             lambda facts: middle(facts.open_days), "days", False),
    _finding("M-2", "Days that referrals are open, nine in ten", "90th percentile of the days since receipt (nearest rank)", _OPEN,
             "Wirral 2019", lambda facts: nine_in_ten(facts.open_days), "days", False),
    _finding("M-3", "Open for over 28 days", "of them, those received more than 28 days before", _OPEN, "Wirral 2019",
             lambda facts: share_of(days > 28 for days in facts.open_days), "share", False),
    _finding("M-4", "Hours until we answer an offer", "median of the hours from an offer to our decision", "offers decided in the period",
             "Wirral 2019", lambda facts: middle(facts.answer_hours), "hours", False, "in the period"),
    _finding("M-5", "Vacancies said within a day", "of them, those said in the 24 hours before",
             "homes' latest word of a vacancy at the end of the day", "Wirral 2019",
             lambda facts: share_of(hours < 24 for hours in facts.word_hours), "share", True),
    _finding("M-6", "Vacancies said within a week", "of them, those said in the 7 days before",
             "homes' latest word of a vacancy at the end of the day", "Wirral 2019",
             lambda facts: share_of(hours < 168 for hours in facts.word_hours), "share", True),
    _finding("M-7", "Profiles that pass when first sent", f"of them, with a score of {PASS} or more",
             "referrals whose first wave went out in the period with a profile that was scored", "Wirral 2019",
             lambda facts: share_of(score >= PASS for score in facts.scores), "share", True, "in the period"),
)  # fmt: skip
