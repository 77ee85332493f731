"""What the returns say of one child as records of this program: each with its fields, and the row that says so."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from placement_tui.domain.codes import ssda903 as codes
from placement_tui.domain.ssda903_chains import Chains, Lived, chains
from placement_tui.domain.ssda903_rows import Fault, ReturnRow, key_of
from placement_tui.domain.typed_text import spaced_postcode

_SEX = {"1": "M", "2": "F"}


@dataclass(frozen=True, slots=True)
class Fact:
    """One record to be: its table's word, the day by which it is known again, its fields, the row that begins it.

    `lived` is the placement behind a fact of that noun, `year` the first return that says it.
    """

    noun: str
    day: date
    values: Mapping[str, Any]
    row: ReturnRow
    year: int
    lived: Lived | None = None

    @property
    def end(self) -> date | None:
        """Its last day, None while it is open; a day's fact ends on its day."""
        for name in ("ended_on", "until_on", "ends_on"):
            if name in self.values:
                end: date | None = self.values[name]
                return end
        return self.day


@dataclass(frozen=True, slots=True)
class Facts:
    """All that the returns say of a child: the child's own fields, with the rows that say them, and the records."""

    child: Mapping[str, Any]
    header: ReturnRow | None
    home_post: str
    records: tuple[Fact, ...]
    faults: tuple[Fault, ...]


def facts(rows: Iterable[ReturnRow], years: Collection[int]) -> Facts:
    """What the rows of one child come to; `years` are those whose Episodes are known."""
    ordered = sorted(rows, key=lambda row: row.year)
    of: dict[str, list[ReturnRow]] = {}
    for row in ordered:
        of.setdefault(row.part, []).append(row)
    lived = chains(of.get("Episodes", ()), years)
    header = of["Header"][-1] if "Header" in of else None
    records = [*_spans(lived), *_stays(lived), *_reviews(of.get("Reviews", ())), *_orders(of.get("DoLo", ()))]
    faults = list(lived.faults)
    records += _missing(of.get("Missing", ()), lived, faults)
    if header is None and "Episodes" in of:
        row = of["Episodes"][0]
        faults.append(
            Fault(
                row,
                "CHILD",
                "INT03",
                "the child has episodes and is not in Header",
                "Bring in Header too.",
                "the date of birth stays unknown",
            )
        )
    if header is not None and (born := header.day("DOB")):
        faults += [
            Fault(
                fact.row,
                "DECOM",
                "302",
                f"it begins before the child was born, on {header.text('DOB')}",
                "Correct one of the two days.",
                "it is kept as it came",
            )
            for fact in records
            if fact.noun == "placement" and fact.day < born
        ]
    home_post = next((spaced_postcode(each.home_post) for each in reversed(lived.periods) if each.home_post), "")
    return Facts(_child(of), header, home_post, tuple(records), tuple(faults))


def _child(of: Mapping[str, list[ReturnRow]]) -> dict[str, Any]:
    """The child's own fields: of each the latest return that says anything."""
    found: dict[str, Any] = {}
    for row in [*of.get("UASC", ()), *of.get("Header", ())]:
        said = {
            "born_on": row.day("DOB"),
            "sex": _SEX.get(row.text("SEX"), row.text("SEX")) if row.text("SEX") in codes.SEX else None,
            "ethnicity": row.text("ETHNIC") if row.text("ETHNIC") in codes.ETHNICITY else None,
            "upn": row.text("UPN") or None,
            "mother": {"1": True, "0": False}.get(row.text("MOTHER").removesuffix(".0")),
            "mother_since": row.day("MC_DOB"),
        }
        found |= {name: value for name, value in said.items() if value is not None}
    for row in of.get("UASC", ()):
        found["uasc"] = True
        if row.day("DUC"):
            found["uasc_ceased_on"] = row.day("DUC")
    return found


def _spans(lived: Chains) -> list[Fact]:
    found = [
        Fact(
            "care", each.start,
            {"began_on": each.start, "ended_on": each.end, "cin": each.code if each.code in codes.CIN else None,
             "rec": each.rec if each.rec in codes.REC else None, "home_postcode": spaced_postcode(each.home_post) or None},
            each.row, each.year,
        )
        for each in lived.periods
    ]  # fmt: skip
    found += [
        Fact(
            "legal_status",
            each.start,
            {"from_on": each.start, "until_on": each.end, "code": each.code},
            each.row,
            each.year,
        )
        for each in lived.statuses
    ]
    return found


def _stays(lived: Chains) -> list[Fact]:
    return [
        Fact(
            "placement", each.start,
            {"started_at": each.start, "ended_on": each.end, "place": each.place if each.place in codes.PLACE else None,
             "place_provider": each.place_provider if each.place_provider in codes.PLACE_PROVIDER else None,
             "postcode": spaced_postcode(each.postcode) or None, "urn": each.urn or None, "same_carer": each.same_carer,
             "legal_status": each.legal_status if each.legal_status in codes.LEGAL_STATUS else None},
            each.row, each.year, each,
        )
        for each in lived.lived
    ]  # fmt: skip


def _reviews(rows: Iterable[ReturnRow]) -> list[Fact]:
    latest = {row.day("REVIEW"): row for row in rows}
    return [
        Fact("review", day, {"held_on": day, "code": row.text("REVIEW_CODE")}, row, row.year)
        for day, row in sorted((day, row) for day, row in latest.items() if day)
    ]


def _orders(rows: Iterable[ReturnRow]) -> list[Fact]:
    latest = {row.day("DOLO_START"): row for row in rows}
    return [
        Fact("deprivation", day, {"order_on": day, "ends_on": row.day("DOLO_END")}, row, row.year)
        for day, row in sorted((day, row) for day, row in latest.items() if day)
    ]


def _missing(rows: Iterable[ReturnRow], lived: Chains, faults: list[Fault]) -> list[Fact]:
    latest = {row.day("MIS_START"): row for row in rows}
    found: list[Fact] = []
    for day, row in sorted((day, row) for day, row in latest.items() if day):
        end = row.day("MIS_END")
        period = next((each for each in reversed(lived.periods) if each.start <= day), None)
        if end is None and period is not None and period.end is not None and period.end >= day:
            end = period.end
            faults.append(
                Fault(
                    row,
                    "MIS_END",
                    "577",
                    f"it has no end, and care ended on {end:%d/%m/%Y}",
                    "Give its last day.",
                    "it ends with care",
                )
            )
        if found and (before := found[-1]).end is not None and before.end > day:
            faults.append(
                Fault(
                    row,
                    "MIS_START",
                    "574",
                    f"it begins before the one of {before.row.text('MIS_START')} ends",
                    "Correct one of the two.",
                    "both are kept as they came",
                )
            )
        kind = row.text("MISSING") if row.text("MISSING") in ("M", "A") else "M"
        found.append(Fact("missing", day, {"from_on": day, "until_on": end, "kind": kind}, row, row.year))
    return found


def held_key(row: ReturnRow) -> tuple[Any, ...]:
    """By what a row of a return is known again when the return comes once more."""
    return (row.year, row.part, row.child, key_of(row))
