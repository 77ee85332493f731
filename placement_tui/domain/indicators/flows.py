"""What happened in a time: who began and ceased to be looked after, placements that began and ended, adoption, siblings.

A flow is never to be read as a stock: 12% of the placements of a year and 15% of the children of a day are both true.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from placement_tui.domain.codes.endings import REASON_CLASS
from placement_tui.domain.indicators.facts import ADOPTION, FOSTER, FOUR_POINT, GOOD, End, Facts, Start
from placement_tui.domain.indicators.kinds import Indicator, Measured, Theirs, mean, share_of

_FLOWS, _ENDINGS = "flows", "endings"
_DFE = "Department for Education, looked-after children statistics"
_NEW = "placements with another carer that began in the period"
_FAMILY = FOSTER | ADOPTION | {"P1"}
_FEW = "in the period; few children, so that one moves the mean"


def _start(
    code: str, name: str, numerator: str, denominator: str, source: str, counts: Callable[[Start], bool], **more: Any
) -> Indicator:
    return Indicator(code, name, _FLOWS, numerator, denominator, source, of="starts", counts=counts, **more)


def _began(facts: Facts) -> Measured:
    return Measured(facts.began, facts.began)


FLOWS: tuple[Indicator, ...] = (
    Indicator("F-1", "Children who began to be looked after", _FLOWS,
              "children whose period of care began in the period, each once, an agreed series of short breaks left out", "",
              "Worcestershire 2015", unit="count", figure=_began, theirs=Theirs("cla_started"), note="in the period"),
    Indicator("F-2", "Children who ceased to be looked after", _FLOWS, "children whose period of care ended in the period, each once",
              "", "Worcestershire 2015", unit="count", of="ceased", theirs=Theirs("cla_ceased")),
    Indicator("F-3", "Ceased within twelve months", _FLOWS, "of them, those whose period of care had lasted under 12 months",
              "children whose period of care ended in the period", "Worcestershire 2015", of="ceased",
              counts=lambda row: row.within_year),
    _start("F-4", "New placements", _NEW, "", _DFE, lambda _: True, unit="count",
           theirs=Theirs("new_placements", "the Department's own count of new placements is not published in full")),
    _start("F-5", "New placements with our own foster carers", f"{_NEW}, U1 to U6 with PR1", "", "Sefton 2023",
           lambda row: row.place in FOSTER and row.provider == "PR1", unit="count", up=True),
    _start("F-6", "New placements with other foster carers", f"{_NEW}, U1 to U6 with another provider than PR1", "", "Sefton 2023",
           lambda row: row.place in FOSTER and row.provider not in (None, "PR1"), unit="count"),
    _start("F-7", "Forced substitution", "of them, those where another type was got than was wanted",
           f"{_NEW} and whose wanted type is known", "Worcestershire 2015", lambda row: row.wanted != row.obtained, up=False,
           among=lambda row: bool(row.wanted and row.obtained)),
    _start("F-8", "Begun in a home that was good or outstanding", "of them, those graded good or outstanding then",
           f"{_NEW} in a home with a grade of the four-point scale then", "Sefton 2023", lambda row: row.grade in GOOD, up=True,
           among=lambda row: row.grade in FOUR_POINT),
    _start("F-9", "Children's homes begun by children of 13 or under", "of them, those of children aged 13 or under that day",
           f"{_NEW}, placed K2, of children whose date of birth is known", "Walsall 2023-26", lambda row: (row.age or 0) <= 13,
           up=False, among=lambda row: row.place == "K2" and row.age is not None),
    _start("F-10", "From a children's home to a family", f"{_NEW}, U1 to U6, A3 to A6 or P1, straight from K2", "",
           "Wirral 2019; Sefton 2023; Walsall 2023-26", lambda row: row.before == "K2" and row.place in _FAMILY, unit="count", up=True),
    _start("F-11", "Begun in an emergency", "of them, those made at once", _NEW, "Walsall 2023-26", lambda row: row.emergency, up=False),
    _start("F-12", "Moves that changed the school", "of them, those that did", f"{_NEW} and of which somebody said whether the school changes",
           "Wirral 2022-25", lambda row: row.school is True, up=False, among=lambda row: row.school is not None,
           note="of placements: how many schools a child had is in no record here"),
    _start("F-13", "New placements in the area within 20 miles", "of them, in the area and 20.0 miles or less from home", _NEW, _DFE,
           lambda row: row.inside is True and row.near is True, up=True,
           theirs=Theirs("new_inside_near", "the Department says less than 20 miles")),
    _start("F-14", "New placements outside the area over 20 miles", "of them, outside the area and over 20.0 miles from home", _NEW, _DFE,
           lambda row: row.inside is False and row.near is False, up=False, theirs=Theirs("new_outside_far")),
    Indicator("F-15", "Sibling groups placed together", _FLOWS, "of them, those all of whose children moved to the same home",
              "referrals of two or more children, all placed by a referral's placements that began in the period", "Wirral 2019", up=True,
              figure=lambda facts: share_of(facts.siblings), note="in the period"),
    Indicator("D-1", "From entry into care to moving in with adopters (A10)", _FLOWS,
              "mean days from the start of the period of care to the placement with those who adopted",
              "children adopted (E11, E12) in the period", "Wirral 2022-25", unit="days", up=False,
              figure=lambda facts: mean(facts.entry_to_moving_in), note=_FEW),
    Indicator("D-2", "From entry into care to the adoption order (A20)", _FLOWS,
              "mean days from the start of the period of care to its end by adoption", "children adopted (E11, E12) in the period",
              "Wirral 2022-25", unit="days", up=False, figure=lambda facts: mean(facts.entry_to_order), note=_FEW),
    Indicator("D-3", "From the placement order to a match (A2)", _FLOWS,
              "mean days from the placement order (E1) to the match (AD1, DATE_MATCH)", "children matched in the period",
              "Wirral 2022-25", unit="days", up=False, figure=lambda facts: mean(facts.order_to_match), note=_FEW),
    Indicator("D-4", "Care leavers in suitable accommodation", _FLOWS, "of them, those whose ACCOM ends in 1",
              "care leavers of 17 and 18 of the return's year (OC3) whose accommodation is known", "Wirral 2022-25", up=True,
              figure=lambda facts: share_of(facts.leavers), note="in the period, by the latest return imported that it holds"),
)  # fmt: skip


def _class(name: str) -> Callable[[End], bool]:
    return lambda row: REASON_CLASS.get(row.reason or "") == name


def _a_move(row: End) -> bool:
    return row.reason in REASON_CLASS and REASON_CLASS[row.reason or ""] != "not_a_move"


def _ended(
    code: str, name: str, reasons: str, counts: Callable[[End], bool], source: str, up: bool | None = False
) -> Indicator:
    return Indicator(code, name, _ENDINGS, f"of them, {reasons}", "placements that ended in the period with a reason that is a move (all but PLACE)",
                     source, up=up, of="ends", counts=counts, among=_a_move)  # fmt: skip


def _reason(code: str, name: str, reason: str, theirs: str) -> Indicator:
    return Indicator(code, name, _ENDINGS, f"of them, {reason}", "placements that ended in the period with any reason, PLACE too", _DFE, up=False,
                     of="ends", counts=lambda row: row.reason == reason, among=lambda row: row.reason is not None,
                     theirs=Theirs(theirs, "the Department's are out of placements that changed; an ending here may be the last of a period of care"))  # fmt: skip


ENDINGS: tuple[Indicator, ...] = (
    _ended("E-1", "Placements that were disrupted", "CREQB, CREQO, CHILD, LAREQ", _class("disrupted"), "Wirral 2019"),
    _ended("E-2", "Placements that ended as planned", "CARPL, CLOSE", _class("planned"), "Walsall 2023-26", True),
    _ended("E-3", "Placements ended to protect a child", "ALLEG, STAND, APPRR", _class("protective"), "Sefton 2023", None),
    Indicator("E-4", "Carers and homes lost", _ENDINGS, "placements that ended in the period by CLOSE or APPRR", "", "Sefton 2023",
              unit="count", up=False, of="ends", counts=lambda row: row.reason in ("CLOSE", "APPRR")),
    _reason("E-5", "Carer asked, because of the child's behaviour", "CREQB", "reason_creqb"),
    _reason("E-6", "Carer asked, for another reason", "CREQO", "reason_creqo"),
    _reason("E-7", "The child asked", "CHILD", "reason_child"),
    _reason("E-8", "The authority asked", "LAREQ", "reason_lareq"),
)  # fmt: skip
