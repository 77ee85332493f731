"""Small fictional returns as files, in the layout of the collection, and what the store holds after them."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from sqlalchemy import text

from placement_tui.bootstrap import Services
from placement_tui.db.reads import care
from placement_tui.domain.care import CareHistory
from placement_tui.domain.codes.ssda903_tables import TABLES
from placement_tui.domain.imports import ReturnChoices

KEEP = ReturnChoices(keep_good=True)
ACCEPT = ReturnChoices(keep_good=True, accept=True)
HOME, THERE, FURTHER = "CH41 5AL", "CH41 5AA", "L20 3AA"
Rows = Sequence[Mapping[str, Any]]


def episode(child: str, decom: str, dec: str = "", rec: str = "", **fields: str) -> dict[str, str]:
    """An episode of a child with an agency's carer; two days and what ended it are said, the rest where it differs."""
    usual = {
        "CHILD": child, "DECOM": decom, "RNE": "S", "LS": "C2", "CIN": "N1", "PLACE": "U6", "PLACE_PROVIDER": "PR4",
        "DEC": dec, "REC": rec, "REASON_PLACE_CHANGE": "", "HOME_POST": HOME, "PL_POST": THERE, "URN": "9700001",
    }  # fmt: skip
    return usual | fields


def header(child: str, **fields: str) -> dict[str, str]:
    """A child of the return."""
    usual = {
        "CHILD": child,
        "SEX": "M",
        "DOB": "04/05/2012",
        "ETHNIC": "WBRI",
        "UPN": "UN1",
        "MOTHER": "",
        "MC_DOB": "",
    }
    return usual | fields


def write_table(
    path: Path, part: str, rows: Rows, columns: Sequence[str] | None = None, encoding: str = "utf-8"
) -> Path:
    """One table as a file; without `columns` with all of its part, in order."""
    with path.open("w", newline="", encoding=encoding) as file:
        out = csv.DictWriter(file, columns or TABLES[part], extrasaction="ignore", restval="")
        out.writeheader()
        out.writerows(rows)
    return path


def write_return(folder: Path, year: int, **parts: Rows) -> Path:
    """The tables of a year in a folder of their own; Header follows from Episodes where none is given."""
    made = folder / f"return {year}"
    made.mkdir(parents=True, exist_ok=True)
    if "Episodes" in parts and "Header" not in parts:
        parts["Header"] = [
            header(child, SEX="M" if year > 2024 else "1")
            for child in dict.fromkeys(row["CHILD"] for row in parts["Episodes"])
        ]
    for part, rows in parts.items():
        write_table(made / f"{part.lower()}.csv", part, rows)
    return made


def history(services: Services, child: str) -> CareHistory:
    """A child's time in care as the store has it."""
    with services.desk.read() as session:
        return next(each for each in care.histories(session, services.desk.today) if each.identifier == child)


def operations(services: Services) -> int:
    """How many operations the journal has."""
    with services.desk.read() as session:
        return int(session.execute(text("select count(*) from operation")).scalar() or 0)


def everything(services: Services) -> list[Any]:
    """All that the store says of children in care, without identifiers and without when it came in."""
    with services.desk.read() as session:
        return [
            (
                each.identifier, each.sex, each.born_on, each.ethnicity, each.upn, each.mother, each.uasc, each.home_postcode,
                [(row.began_on, row.ended_on, row.cin, row.rec, row.home_postcode) for row in each.periods],
                [(row.code, row.from_on, row.until_on) for row in each.statuses],
                [(row.home, row.from_on, row.until_on, row.place, row.place_provider, row.reason, row.postcode, row.urn,
                  row.same_carer, row.miles) for row in each.stays],
                [(row.kind, row.from_on, row.until_on) for row in each.missing],
                [(row.held_on, row.code) for row in each.reviews],
                [(row.from_on, row.until_on) for row in each.liberty],
            )
            for each in care.histories(session, services.desk.today)
        ]  # fmt: skip
