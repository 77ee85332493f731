"""How often children move, and how long they stay: four measures that councils' papers mix up, each by itself.

Three or more *placements* are two or more *moves*: the Department counts the first, some councils the second.
"""

from __future__ import annotations

from placement_tui.domain.indicators.facts import Living
from placement_tui.domain.indicators.kinds import Indicator, Theirs

_THEME = "stability"
_DFE = "Department for Education, looked-after children statistics"
CLA = "children looked after on the day"


def _long(row: Living) -> bool:
    return row.two_and_a_half and row.age is not None and row.age < 16


_U16 = "children under 16 on the day who are looked after without a break for 2.5 years or more"
_COUNTING = "a placement is a run with one carer; temporary moves (T0-T4), a change of legal status, with the same carer or of status only begin none"

STABILITY: tuple[Indicator, ...] = (
    Indicator("I-1", "Three or more placements during the year", _THEME,
              "of them, with three or more placements that had a day in the 12 months up to the day", CLA,
              f"{_DFE}; Walsall 2023-26 and Worcestershire 2015 ask for moves instead", up=False, of="living",
              counts=lambda row: row.placements_year >= 3, theirs=Theirs("pct_3plus_placements"), note=_COUNTING),
    Indicator("I-2", "Same carer for two years or more", _THEME, "of them, living with the same carer for 2 years or more", _U16,
              _DFE, up=True, of="living", counts=lambda row: row.same_carer, among=_long,
              theirs=Theirs("pct_stable_2yrs_u16"), note="2.5 and 2 years by the calendar, the first day counted"),
    Indicator("I-2b", "Same placement for two years or more (NI 63)", _THEME,
              "of them, in the same home for 2 years or more, or placed for adoption and there and in the placement before together",
              _U16, "Worcestershire 2015; Walsall 2023-26; NI 63", up=True, of="living",
              counts=lambda row: row.same_place, among=_long, note="the older measure: a move with the same carer ends it"),
    Indicator("I-3", "Three or more placements in the previous two years", _THEME,
              "of them, with three or more placements that had a day in the 24 months up to the day",
              "children who are looked after without a break for 2 years or more", _DFE, up=False, of="living",
              counts=lambda row: row.placements_two >= 3, among=lambda row: row.two_years,
              theirs=Theirs("pct_3plus_two_years"), note=_COUNTING),
    Indicator("S-1", "Two or more moves in the previous two years", _THEME,
              "of them, with two or more changes of carer in the 24 months up to the day", CLA, "Wirral 2022-25", up=False,
              of="living", counts=lambda row: row.moves_two >= 2,
              note="moves, not placements, and of all children: no figure of I-3"),
    Indicator("S-2", "Three or more moves in twelve months", _THEME,
              "of them, with three or more changes of carer in the 12 months up to the day", CLA,
              "Walsall 2023-26; Worcestershire 2015", up=False, of="living", counts=lambda row: row.moves_year >= 3,
              note="three moves are four placements: no figure of I-1"),
)  # fmt: skip
