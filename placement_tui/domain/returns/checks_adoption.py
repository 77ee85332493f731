"""Adoption: what the episodes ask of the parts that are kept as they came (AD1, PlacedAdoption).

The program does not log these itself: a fault is mended in the council's case system and brought in again.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

from placement_tui.domain.codes.ssda903_tables import DATES, TABLES
from placement_tui.domain.returns import About, ChildReturn, Fault, HeldRow
from placement_tui.domain.returns.saying import of_episode, of_record

_ADOPTED = ("E11", "E12")
_PLACED = ("A3", "A4", "A5", "A6")
_AD1 = TABLES["AD1"][2:]
_IN = "Bring in the year's file again, corrected (placement import ssda903)"
# part, column: rule, codes
_CODES = {
    ("AD1", "FOSTER_CARE"): ("114", ("0", "1")),
    ("AD1", "NB_ADOPTR"): ("175", ("1", "2")),
    ("AD1", "SEX_ADOPTR"): ("176", ("M1", "F1", "MM", "FF", "MF")),
    ("AD1", "LS_ADOPTR"): ("177", ("L0", "L11", "L12", "L2", "L3", "L4")),
    ("PlacedAdoption", "REASON_PLACED_CEASED"): ("120", ("RD1", "RD2", "RD3", "RD4")),
}
_DAYS = {
    ("AD1", "DATE_INT"): "112",
    ("AD1", "DATE_MATCH"): "113",
    ("PlacedAdoption", "DATE_PLACED"): "115",
    ("PlacedAdoption", "DATE_PLACED_CEASED"): "116",
}


def check(child: ChildReturn, _: About) -> Iterator[Fault]:
    """AD1 and PlacedAdoption against the episodes."""
    for each in child.held:
        yield from _values(child, each)
    adopted = [row for row in child.rows if row.rec in _ADOPTED]
    ad1 = list(child.held_of("AD1"))
    for row in adopted:
        if not ad1:
            yield of_episode(child, row, "601", f"adopted ({row.rec}), but no AD1 is held", _IN, noun="care")
    for held in ad1:
        some, whole = any(held[column] for column in _AD1), all(held[column] for column in _AD1)
        if not adopted and some:
            rules = ("602",) if whole else ("602", "151")
            yield _of_held(child, held, rules, "AD1 is of children adopted in the year; this one was not")
        elif adopted and not whole:
            yield _of_held(child, held, ("601", "151") if some else ("601",), "AD1 is not complete")
    yield from _decisions(child)


def _decisions(child: ChildReturn) -> Iterator[Fault]:
    decided = list(child.held_of("PlacedAdoption"))
    days = [held["DATE_PLACED"] for held in decided]
    for row in child.rows:
        if row.place in _PLACED and not any(days):
            text = "no date of the decision that the child should be placed for adoption"
            also = ("553",) if row.ls == "E1" and not decided else ()
            yield of_episode(child, row, "551", text, _IN, noun="care", also=also)
        elif row.ls == "E1" and not decided:
            text = "a placement order, but no decision that the child should be placed for adoption"
            yield of_episode(child, row, "553", text, _IN, noun="care")
        left = row.rec not in ("", "X1", *_ADOPTED)
        if left and (row.place in _PLACED or row.ls == "E1") and not all(_ended(held) for held in decided):
            text = "left care without an adoption, and the decision to place for adoption was not ended"
            yield of_episode(child, row, "557", text, _IN, noun="care")
    for held in decided:
        if bool(held["DATE_PLACED_CEASED"]) != bool(held["REASON_PLACED_CEASED"]):
            yield _of_held(child, held, ("119",), "the decision was ended: its day and its reason go together")


def _ended(held: HeldRow) -> bool:
    return bool(held["DATE_PLACED_CEASED"] and held["REASON_PLACED_CEASED"])


def _values(child: ChildReturn, row: HeldRow) -> Iterator[Fault]:
    for column in TABLES.get(row.part, ()):
        value = row[column]
        if not value:
            continue
        rule, codes = _CODES.get((row.part, column), ("", ()))
        if rule and value not in codes:
            yield _of_held(child, row, (rule,), f"{column} {value} is no code")
        rule = _DAYS.get((row.part, column), "")
        if rule and column in DATES and _day(value) is None:
            yield _of_held(child, row, (rule,), f"{column} {value} is no day")


def _day(value: str) -> date | None:
    for form in ("%d/%m/%Y", "%Y-%m-%d"):
        try:
            return datetime.strptime(value, form).date()  # noqa: DTZ007  # a day has no zone
        except ValueError:
            continue
    return None


def _of_held(child: ChildReturn, row: HeldRow, rules: tuple[str, ...], text: str) -> Fault:
    return of_record(child, "held", row.id, None, rules, text, _IN)
