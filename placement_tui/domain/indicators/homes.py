"""With whom and in what kind of home children live on a day, and who they are: a stock, never to be read as a flow.

"In-house" has two denominators in the councils' papers, so that it is two figures here.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from placement_tui.domain.indicators.facts import (
    ADOPTION,
    FOSTER,
    FOUR_POINT,
    GOOD,
    KINSHIP,
    LONG_TERM,
    SPOT,
    SUPPORTED,
    Living,
)
from placement_tui.domain.indicators.kinds import Indicator, Theirs
from placement_tui.domain.indicators.stability import CLA

_HOMES, _CHILDREN = "homes", "children"
_DFE = "Department for Education, looked-after children statistics"


def _in(*places: str) -> Callable[[Living], bool]:
    known = frozenset(places)
    return lambda row: row.place in known


def _foster(row: Living) -> bool:
    return row.place in FOSTER


def _own_foster(row: Living) -> bool:
    return row.place in FOSTER and row.provider == "PR1"


def _supported(row: Living) -> bool:
    return row.place in SUPPORTED


def _home(
    code: str, name: str, numerator: str, source: str, counts: Callable[[Living], bool], **more: Any
) -> Indicator:
    return Indicator(
        code, name, _HOMES, numerator, str(more.pop("denominator", CLA)), source, of="living", counts=counts, **more
    )


def _run_by(code: str, name: str, provider: str, theirs: str) -> Indicator:
    return _home(code, name, f"of them, in provision of PLACE_PROVIDER {provider}", _DFE, lambda row: row.provider == provider,
                 theirs=Theirs(theirs))  # fmt: skip


HOMES: tuple[Indicator, ...] = (
    _home("H-1", "With foster carers", "of them, placed U1 to U6", "Wirral 2019; Wirral 2022-25; Walsall 2023-26", _foster, up=True,
          theirs=Theirs("pct_foster")),
    _home("H-2", "With our own foster carers, of those in foster care", "of them, with the council's own (PR1)",
          "Wirral 2019; Worcestershire 2015", _own_foster, up=True, among=_foster,
          denominator="children looked after on the day who are placed U1 to U6", note="the paper's 62% of the 75%"),
    _home("H-3", "With our own foster carers, of all children", "of them, placed U1 to U6 with the council's own (PR1)",
          "Wirral 2019", _own_foster, up=True, note="the paper's 62% of children looked after: another figure than H-2"),
    _home("H-4", "Long-term with foster carers", "of them, placed U1 or U4", "Wirral 2022-25", lambda row: row.place in LONG_TERM, up=True),
    _home("H-5", "With relatives or friends who foster", "of them, placed U1 to U3", "Sefton 2023", lambda row: row.place in KINSHIP),
    _home("H-6", "With their own parents", "of them, placed P1", "Sefton 2023", _in("P1"), theirs=Theirs("pct_placed_with_parents")),
    _home("H-7", "In children's homes", "of them, placed K2", "Wirral 2019; Sefton 2023", _in("K2"), up=False,
          theirs=Theirs("pct_childrens_homes", "the Department's may hold secure homes as well")),
    _home("H-8", "Children in children's homes", f"{CLA}, placed K2", "Wirral 2019", _in("K2"), unit="count", up=False, denominator=""),
    _home("H-9", "Children in children's homes outside the area", f"{CLA}, placed K2 outside the council's own area", "Sefton 2023",
          lambda row: row.place == "K2" and row.inside is False, unit="count", up=False, denominator=""),
    _home("H-10", "In supported accommodation", "of them, placed K3 (until 2024-25 H5 or P2)", "Walsall 2023-26", _supported,
          theirs=Theirs("pct_supported_accommodation", "the Department's earlier years count other semi-independent settings")),
    _home("H-11", "Placed for adoption", "of them, placed A3 to A6", _DFE, lambda row: row.place in ADOPTION,
          theirs=Theirs("pct_placed_for_adoption")),
    _home("H-12", "In residential schools", "of them, placed S1", _DFE, _in("S1"), theirs=Theirs("pct_residential_schools")),
    _run_by("H-13", "In the council's own provision", "PR1", "pct_own_provision"),
    _run_by("H-14", "In another authority's provision", "PR2", "pct_other_la_provision"),
    _run_by("H-15", "In private provision", "PR4", "pct_private_provision"),
    _run_by("H-16", "In voluntary provision", "PR5", "pct_voluntary_provision"),
    _home("H-17", "In homes that are good or outstanding", "of them, in one graded good or outstanding", "Sefton 2023",
          lambda row: row.grade in GOOD, up=True, among=lambda row: row.grade in FOUR_POINT,
          denominator="children looked after on the day whose home or agency has a grade of the four-point scale",
          note="by the grade as it is now; at the start of a placement it is F-8"),
    _home("H-18", "Supported accommodation with a registered provider", "of them, with one that is registered",
          "Sefton 2023; Walsall 2023-26", lambda row: row.registered is True, up=True, among=_supported,
          denominator="children looked after on the day in supported accommodation"),
    _home("H-19", "Children in a setting that is not registered", f"{CLA} in a home or supported accommodation without registration",
          "Sefton 2023; Walsall 2023-26", lambda row: row.registered is False and row.kind in ("res", "sa", "secure", "other"),
          unit="count", up=False, denominator=""),
    _home("H-20", "Bought outside any contract or framework", "of them, by direct award", "Walsall 2023-26",
          lambda row: row.route == SPOT, up=False, among=lambda row: row.route is not None,
          denominator="children looked after on the day whose placement has a contract route"),
    _home("H-21", "In a children's home past the planned end", "of them, past the day on which it was to end", "Sefton 2023",
          lambda row: row.overstays, up=False, among=_in("K2"), denominator="children looked after on the day, placed K2"),
)  # fmt: skip


def _aged(code: str, name: str, first: int, last: int, theirs: str) -> Indicator:
    return Indicator(code, name, _CHILDREN, f"of them, aged {first} to {last} on the day" if last < 100 else f"of them, {first} or over",
                     "children looked after on the day whose date of birth is known", "Wirral 2019", of="living",
                     counts=lambda row: row.age is not None and first <= row.age <= last, among=lambda row: row.age is not None,
                     theirs=Theirs(theirs))  # fmt: skip


def _number(
    code: str, name: str, numerator: str, source: str, counts: Callable[[Living], bool], **more: Any
) -> Indicator:
    return Indicator(code, name, _CHILDREN, numerator, "", source, unit="count", of="living", counts=counts, **more)


CHILDREN: tuple[Indicator, ...] = (
    _number("C-1", "Children looked after", f"{CLA}: those in a period of care, or where nobody logged one in a placement; "
            "an agreed series of short breaks (V3, V4) left out", _DFE, lambda _: True, theirs=Theirs("cla_31_march")),
    _number("C-2", "Unaccompanied asylum-seeking children", f"{CLA} who are UASC then", "Sefton 2023; Walsall 2023-26", lambda row: row.uasc),
    _number("C-3", "Children on remand", f"{CLA} whose legal status is J1", "Walsall 2023-26", lambda row: row.remanded),
    _number("C-4", "Children under an order that permits depriving them of liberty", f"{CLA} with such an order in force",
            "Walsall 2023-26", lambda row: row.liberty),
    _aged("A-1", "Under 1", 0, 0, "pct_age_u1"),
    _aged("A-2", "1 to 4", 1, 4, "pct_age_1_4"),
    _aged("A-3", "5 to 9", 5, 9, "pct_age_5_9"),
    _aged("A-4", "10 to 15", 10, 15, "pct_age_10_15"),
    _aged("A-5", "16 and over", 16, 200, "pct_age_16p"),
)  # fmt: skip
