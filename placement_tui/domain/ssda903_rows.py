"""Rows of a return as they came from its files, and what is wrong with each alone; rules by the sector validator's numbers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from placement_tui.domain.codes import Code, CodeSet
from placement_tui.domain.codes import ssda903 as codes
from placement_tui.domain.codes.ssda903_tables import first_day, last_day


@dataclass(frozen=True, slots=True)
class ReturnRow:
    """One row of one part of a return: its collection year, file and line, and each column's text in capitals.

    Days are written dd/mm/yyyy where they could be read; columns that the file lacks are empty.
    """

    year: int
    part: str
    file: str
    line: int
    fields: Mapping[str, str]

    @property
    def child(self) -> str:
        """The council's identifier of the child."""
        return self.fields.get("CHILD", "")

    def text(self, column: str) -> str:
        """What a column says, "" for nothing."""
        return self.fields.get(column, "")

    def day(self, column: str) -> date | None:
        """The day that a column says, None where it says none that the calendar has."""
        return day_of(self.fields.get(column, ""))


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong in a row: the rule's number (or ""), why, how to mend it. `kept` says what is made of the row all
    the same; "" where the row is left out.
    """

    row: ReturnRow
    column: str
    rule: str
    reason: str
    mend: str
    kept: str = ""


KEYS: dict[str, tuple[str, ...]] = {
    "Episodes": ("DECOM",),
    "Reviews": ("REVIEW",),
    "Missing": ("MIS_START",),
    "PlacedAdoption": ("DATE_PLACED",),
    "SWEpisodes": ("SW_DECOM", "SW_ID"),
    "DoLo": ("DOLO_START",),
}
"""What tells the rows of one child apart in a part of which a child has several; elsewhere a child has one row."""

_MUST = {
    "Episodes": (("DECOM", "141"),),
    "Reviews": (("REVIEW", "399"),),
    "Missing": (("MIS_START", "566"),),
    "DoLo": (("DOLO_START", "700"),),
}
_MAY = {
    "Header": (("DOB", "102"), ("MC_DOB", "171")),
    "Episodes": (("DEC", "147"),),
    "UASC": (("DUC", "104"),),
    "Missing": (("MIS_END", "1005"),),
    "DoLo": (("DOLO_END", "701"),),
}
_ORDER = {
    "Episodes": ("DECOM", "DEC", "356"),
    "Missing": ("MIS_START", "MIS_END", "567"),
    "DoLo": ("DOLO_START", "DOLO_END", "702"),
}
_CODES: dict[str, tuple[tuple[str, str, CodeSet[Code]], ...]] = {
    "Header": (("SEX", "101", codes.SEX), ("ETHNIC", "103", codes.ETHNICITY)),
    "Episodes": (
        ("RNE", "143", codes.RNE),
        ("LS", "144", codes.LEGAL_STATUS),
        ("CIN", "145", codes.CIN),
        ("PLACE", "146", codes.PLACE),
        ("PLACE_PROVIDER", "178", codes.PLACE_PROVIDER),
        ("REC", "149", codes.REC),
        ("REASON_PLACE_CHANGE", "1009", codes.REASON_PLACE_CHANGE),
    ),
}
_NEEDED = {"Header": ("SEX", "ETHNIC"), "Episodes": ("RNE", "LS", "CIN", "PLACE")}
_ONCE = {"Header": "INT32", "AD1": "INT31", "OC2": "INT33", "OC3": "INT34", "PrevPerm": "INT35", "UASC": "INT36"}
_LONGEST = 40  # characters of an identifier


def day_of(text: str) -> date | None:
    """A day written dd/mm/yyyy, None for anything else."""
    if len(text) != 10 or text[2] != "/" or text[5] != "/":
        return None
    try:
        return date(int(text[6:]), int(text[3:5]), int(text[:2]))
    except ValueError:
        return None


def year_words(year: int) -> str:
    """A collection year for people: `2018-19`."""
    return f"{year - 1}-{year % 100:02}"


def key_of(row: ReturnRow) -> tuple[str, ...]:
    """What tells a row apart from the child's others of its part."""
    return tuple(row.text(column) for column in KEYS.get(row.part, ()))


def check_rows(rows: Iterable[ReturnRow]) -> tuple[list[ReturnRow], list[Fault]]:
    """The rows that can be used, and what is wrong with any: rows that cannot be understood, or are there twice, go."""
    good: list[ReturnRow] = []
    faults: list[Fault] = []
    met: dict[tuple[object, ...], ReturnRow] = {}
    for row in rows:
        found = _faults(row)
        faults += found
        if any(not fault.kept for fault in found):
            continue
        at = (row.year, row.part, row.child, key_of(row))
        before = met.setdefault(at, row)
        if before is row:
            good.append(row)
            continue
        rule, where = (
            _ONCE.get(row.part, ""),
            f"line {before.line}" + (f" of {before.file}" if before.file != row.file else ""),
        )
        if row.fields == before.fields:
            faults.append(
                Fault(
                    row,
                    "CHILD",
                    rule,
                    f"the same stands in {where} already",
                    "Take one of them out.",
                    "it is read once",
                )
            )
        elif row.part == "Reviews":
            faults.append(
                Fault(row, "REVIEW", rule, f"another review of the same day stands in {where}", "Take one of them out.")
            )
        else:
            what = "the child" if not KEYS.get(row.part) else "one that begins on the same day"
            faults.append(
                Fault(
                    row,
                    "CHILD",
                    rule,
                    f"{what} stands in {where} too, and says something else",
                    "Leave the right one in the file.",
                )
            )
    return good, faults


def _faults(row: ReturnRow) -> list[Fault]:
    if not row.child:
        return [Fault(row, "CHILD", "", "the row names no child", "Give the child's identifier, or take the row out.")]
    if len(row.child) > _LONGEST:
        return [Fault(row, "CHILD", "", "this is longer than any identifier", "Give the child's identifier.")]
    found = []
    for column, rule in _MUST.get(row.part, ()):
        if row.day(column) is None:
            said = "is not a day" if row.text(column) else "is empty"
            found.append(
                Fault(
                    row,
                    column,
                    rule,
                    f"the day on which it begins {said}" if row.part != "Reviews" else f"the day of the review {said}",
                    "Write it as dd/mm/yyyy.",
                )
            )
    for column, rule in _MAY.get(row.part, ()):
        if row.text(column) and row.day(column) is None:
            ends = row.part in _ORDER
            found.append(
                Fault(
                    row,
                    column,
                    rule,
                    "this is not a day",
                    "Write it as dd/mm/yyyy.",
                    "" if ends else "it is read as empty",
                )
            )
    if not found and row.part in _ORDER:
        start, end, rule = _ORDER[row.part]
        first, last = row.day(start), row.day(end)
        if first and last and last < first:
            found.append(
                Fault(row, end, rule, f"it ends before it begins on {row.text(start)}", "Correct one of the two days.")
            )
    if row.part == "Missing" and row.text("MISSING") not in ("M", "A"):
        found.append(
            Fault(
                row,
                "MISSING",
                "1006",
                "this is neither M nor A",
                "Write M for missing, A for away without authorisation.",
                "it is read as M",
            )
        )
    return found + _code_faults(row)


def _code_faults(row: ReturnRow) -> list[Fault]:
    found = []
    for column, rule, codeset in _CODES.get(row.part, ()):
        said = row.text(column)
        if not said:
            if column in _NEEDED[row.part]:
                found.append(Fault(row, column, rule, "it is empty", "Write a code of the list.", "it stays empty"))
        elif said not in codeset:
            found.append(
                Fault(
                    row,
                    column,
                    rule,
                    "this is no code of the list",
                    _near(codeset, said),
                    "the return keeps it, and nothing is made of it",
                )
            )
        elif not any(codeset.valid(said, day) for day in (first_day(row.year), last_day(row.year))):
            found.append(
                Fault(
                    row,
                    column,
                    rule,
                    f"this is not a code of {year_words(row.year)}",
                    _of_year(codeset, row.year),
                    "it is kept as it came",
                )
            )
    return found


def _near(codeset: CodeSet[Code], said: str) -> str:
    return f"Nearest: {', '.join(code.code for code in codeset.nearest(said[:20]))}."


def _of_year(codeset: CodeSet[Code], year: int) -> str:
    listed = [code.code for code in codeset.on(last_day(year))]
    return f"Those of that year are {', '.join(listed[:40])}."
