"""The tables of the SSDA903 return: their exact columns in order, and the years in which each is asked for.

A year is that in which the collection year ends: 2026 is 1 April 2025 to 31 March 2026. Source: Department for Education,
guide to the SSDA903 collection, as the sector's validator reads its files.
"""

from __future__ import annotations

from datetime import date

TABLES: dict[str, tuple[str, ...]] = {
    "Header": ("CHILD", "SEX", "DOB", "ETHNIC", "UPN", "MOTHER", "MC_DOB"),
    "Episodes": (
        "CHILD",
        "DECOM",
        "RNE",
        "LS",
        "CIN",
        "PLACE",
        "PLACE_PROVIDER",
        "DEC",
        "REC",
        "REASON_PLACE_CHANGE",
        "HOME_POST",
        "PL_POST",
        "URN",
    ),
    "Reviews": ("CHILD", "DOB", "REVIEW", "REVIEW_CODE"),
    "UASC": ("CHILD", "SEX", "DOB", "DUC"),
    "OC2": (
        "CHILD",
        "DOB",
        "SDQ_SCORE",
        "SDQ_REASON",
        "CONVICTED",
        "HEALTH_CHECK",
        "IMMUNISATIONS",
        "TEETH_CHECK",
        "HEALTH_ASSESSMENT",
        "SUBSTANCE_MISUSE",
        "INTERVENTION_RECEIVED",
        "INTERVENTION_OFFERED",
    ),
    "OC3": ("CHILD", "DOB", "IN_TOUCH", "ACTIV", "ACCOM"),
    "AD1": ("CHILD", "DOB", "DATE_INT", "DATE_MATCH", "FOSTER_CARE", "NB_ADOPTR", "SEX_ADOPTR", "LS_ADOPTR"),
    "PlacedAdoption": ("CHILD", "DOB", "DATE_PLACED", "DATE_PLACED_CEASED", "REASON_PLACED_CEASED"),
    "PrevPerm": ("CHILD", "DOB", "PREV_PERM", "LA_PERM", "DATE_PERM"),
    "Missing": ("CHILD", "DOB", "MISSING", "MIS_START", "MIS_END"),
    "SWEpisodes": ("CHILD", "DOB", "SW_ID", "SW_DECOM", "SW_DEC", "SW_REASON"),
    "DoLo": ("CHILD", "DOB", "DOLO_START", "DOLO_END"),
}
"""Every table of the return by the name of its part, with its columns in the order in which they are written."""

HELD = ("OC2", "OC3", "AD1", "PlacedAdoption", "PrevPerm", "SWEpisodes")
"""The parts that this program does not derive from what the team logs: their rows are kept as they came."""

FIRST_YEAR = {"DoLo": 2027}
"""The first collection year of the parts that were not always asked for."""

DATES = frozenset(
    {"DOB", "MC_DOB", "DECOM", "DEC", "REVIEW", "DUC", "DATE_INT", "DATE_MATCH", "DATE_PLACED"}
) | frozenset(
    {"DATE_PLACED_CEASED", "DATE_PERM", "MIS_START", "MIS_END", "SW_DECOM", "SW_DEC", "DOLO_START", "DOLO_END"}
)
"""The columns that hold a day, written dd/mm/yyyy."""


def asked(year: int) -> tuple[str, ...]:
    """The parts that the collection year asks for, in order."""
    return tuple(name for name in TABLES if year >= FIRST_YEAR.get(name, 0))


def first_day(year: int) -> date:
    """The first day of the collection year that ends in `year`: 1 April of the year before."""
    return date(year - 1, 4, 1)


def last_day(year: int) -> date:
    """The last day of the collection year that ends in `year`: 31 March."""
    return date(year, 3, 31)


def year_of(day: date) -> int:
    """The collection year in which a day falls, named by the year in which it ends."""
    return day.year + 1 if (day.month, day.day) >= (4, 1) else day.year
