"""Ofsted's public register of children's social care: the yearly provider-level list, in each of its layouts.

Source: Ofsted, "Children's social care in England", provider level at 31 March (Open Government Licence v3.0). The
name and the address of a children's home are REDACTED there: read as not known.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TypeVar

from placement_tui.domain.codes.grades import model_of, parse_grade
from placement_tui.errors import Invalid
from placement_tui.exchange.cells import CellError, Progress, RefusedLine, collapse, known, read_count, read_date
from placement_tui.exchange.kinds import ofsted_kind, sector
from placement_tui.exchange.ofsted_layouts import Table, find_day, find_premises, find_table
from placement_tui.exchange.sheets import Book, Row, open_book

MOST_PLACES = 20_000
URN = re.compile(r"SC\d{6}|\d{7,8}", re.ASCII)
_EDUCATION_URN = re.compile(r"\d{6}", re.ASCII)
V = TypeVar("V")


@dataclass(frozen=True, slots=True)
class RegisterHome:
    """One provider of the register as its row says; None where the row does not say or is REDACTED.

    `kind` is a home kind, `provision_type` Ofsted's own words. `registered` is False once the registration is
    cancelled, resigned or closed (suspended is registered, and `registration_status` says so). Grades are codes of the
    four-point model, or of the supported-accommodation outcomes where kind is `sa`; None means never inspected. `line`
    is the row that a spreadsheet shows.
    """

    urn: str
    kind: str
    provision_type: str
    name: str | None
    owner: str | None
    sector: str
    authority_name: str | None
    region: str | None
    constituency: str | None
    places: int | None
    registered: bool
    registration_status: str
    registered_on: date | None
    address: tuple[str, ...]
    town: str | None
    county: str | None
    postcode: str | None
    short_breaks_only: bool
    grade_overall: str | None
    grade_help: str | None
    grade_leaders: str | None
    inspected_on: date | None
    published_on: date | None
    line: int


@dataclass(frozen=True, slots=True)
class Premises:
    """One address of a supported-accommodation provider (its `urn`): category 1 to 4, places, and roughly where."""

    urn: str
    category: str
    places: int | None
    authority_name: str | None
    constituency: str | None
    region: str | None
    status: str
    line: int


@dataclass(frozen=True, slots=True)
class Register:
    """A register as read: the day it describes (None where neither title nor file name says), homes, refused lines.

    `source` is the file and sheet, `rows` how many filled rows stood under the header: each is a home, a footnote
    (named in `notes`) or refused, once for each thing that is wrong with it. `premises` only where a workbook has them.
    """

    as_at: date | None
    source: str
    homes: tuple[RegisterHome, ...]
    refused: tuple[RefusedLine, ...]
    notes: tuple[str, ...]
    rows: int
    premises: tuple[Premises, ...] = ()


def read_register(path: Path | str, progress: Progress | None = None) -> Register:
    """The register in a yearly .csv, or in the official workbook (.ods, .xlsx), whose provider-level sheet is found.

    Everything wrong is said at once, in `refused`. `progress(done, total)` counts rows. Raises BadFile where the file
    cannot be read or holds no register.
    """
    book = open_book(path)
    table, others = find_table(book)
    rows = [row for row in table.sheet.rows() if row.line > table.header.line]
    reader = _Reader(table)
    for done, row in enumerate(rows, start=1):
        reader.read(row)
        if progress and (done % 100 == 0 or done == len(rows)):
            progress(done, len(rows))
    where = f"{book.file}, sheet '{table.sheet.name}'" if table.sheet.name else book.file
    as_at = find_day((*table.titles, table.sheet.name, Path(path).stem))
    notes = [*reader.notes()]
    if others:
        notes.append(f"Read sheet '{table.sheet.name}'; left aside: {', '.join(others)}.")
    if as_at is None:
        notes.append("Neither a title line nor the file's name says which day the register describes.")
    premises = _read_premises(book)
    return Register(as_at, where, tuple(reader.homes), tuple(reader.refused), tuple(notes), len(rows), premises)


class _Reader:
    """Turns rows into homes and gathers what is wrong with them."""

    def __init__(self, table: Table) -> None:
        self.homes: list[RegisterHome] = []
        self.refused: list[RefusedLine] = []
        self._sheet, self._columns = table.sheet.name, table.columns
        self._titles = {field: collapse(table.header.cell(index)) for field, index in table.columns.items()}
        self._lines: dict[str, int] = {}  # URN -> the line that said it first
        self._unknown: dict[str, int] = {}  # provision types without a kind, and how often
        self._six_digits: list[int] = []
        self._footnotes: list[int] = []

    def read(self, row: Row) -> None:
        if not row.cell(self._columns["urn"]) and row.filled <= 2:
            self._footnotes.append(row.line)
            return
        before = len(self.refused)
        provision = collapse(row.cell(self._columns["type"]))
        kind = self._kind(row, provision)
        urn = self._urn(row, provision)
        home = RegisterHome(
            urn=urn,
            kind=kind,
            provision_type=provision,
            name=self._known(row, "name"),
            owner=self._known(row, "owner"),
            sector=sector(self._text(row, "sector")),
            authority_name=self._known(row, "authority"),
            region=self._known(row, "region"),
            constituency=self._known(row, "constituency"),
            places=self._cell(row, "places", lambda text: read_count(text, MOST_PLACES)),
            registered=_registered(self._text(row, "status")),
            registration_status=self._text(row, "status"),
            registered_on=self._cell(row, "registered_on", read_date),
            address=tuple(line for line in (self._known(row, "address_1"), self._known(row, "address_2")) if line),
            town=self._known(row, "town"),
            county=self._known(row, "county"),
            postcode=self._known(row, "postcode"),
            short_breaks_only=self._text(row, "short_breaks").casefold() not in ("", "no", "n", "false"),
            grade_overall=self._grade(
                row, kind, "supported" if kind == "sa" and "supported" in self._columns else "overall"
            ),
            grade_help=self._grade(row, kind, "help"),
            grade_leaders=self._grade(row, kind, "leaders"),
            inspected_on=self._cell(row, "inspected_on", read_date),
            published_on=self._cell(row, "published_on", read_date),
            line=row.line,
        )
        if len(self.refused) == before:
            self.homes.append(home)

    def notes(self) -> Iterable[str]:
        """What a person should know although nothing was refused for it."""
        for provision, count in self._unknown.items():
            yield f"'{provision}' is not a provision type that is known: {count} read as kind 'other'."
        if self._six_digits:
            lines = ", ".join(map(str, self._six_digits[:5])) + (" and more" if len(self._six_digits) > 5 else "")
            yield f"{len(self._six_digits)} secure training centres under a six-digit education number, line {lines}."
        for line in self._footnotes:
            yield f"Line {line} is a remark under the table, not a row of it."

    def _text(self, row: Row, field: str) -> str:
        return collapse(row.cell(self._columns.get(field)))

    def _known(self, row: Row, field: str) -> str | None:
        return known(row.cell(self._columns.get(field)))

    def _refuse(self, row: Row, field: str, reason: str, mend: str) -> None:
        value = collapse(row.cell(self._columns.get(field)))
        self.refused.append(RefusedLine(row.line, self._titles.get(field, field), value, reason, mend, self._sheet))

    def _cell(self, row: Row, field: str, read: Callable[[str], V]) -> V | None:
        text = known(row.cell(self._columns.get(field)))
        if text is None:
            return None
        try:
            return read(text)
        except CellError as error:
            self._refuse(row, field, error.reason, error.mend)
            return None

    def _kind(self, row: Row, provision: str) -> str:
        if not provision:
            self._refuse(row, "type", "the provision type is missing", "Fill it in as Ofsted's list has it.")
            return "other"
        kind = ofsted_kind(provision)
        if kind is None:
            self._unknown[provision] = self._unknown.get(provision, 0) + 1
        return kind or "other"

    def _urn(self, row: Row, provision: str) -> str:
        urn = self._text(row, "urn").upper()
        if not URN.fullmatch(urn):
            # Until 2015 secure training centres stood in the register under their six-digit education number.
            if _EDUCATION_URN.fullmatch(urn) and provision.casefold() == "secure training centre":
                self._six_digits.append(row.line)
            else:
                reason = "this is not a URN" if urn else "the URN is missing"
                self._refuse(row, "urn", reason, "A URN is SC and six digits, or seven or eight digits.")
                return urn
        first = self._lines.setdefault(urn, row.line)
        if first != row.line:
            self._refuse(row, "urn", f"this URN stands on line {first} already", "Keep one of the two lines.")
        return urn

    def _grade(self, row: Row, kind: str, field: str) -> str | None:
        text = self._text(row, field)
        try:
            grade = parse_grade(text)
        except Invalid:
            self._refuse(row, field, "this is not a grade", "Use Ofsted's words, or leave the cell empty.")
            return None
        if grade is not None and grade not in model_of(kind):
            self._refuse(
                row, field, "this grade is not one for this kind of provider", "Use the words of its own scale."
            )
            return None
        return grade


def _registered(status: str) -> bool:
    # An empty status is an active provider: the lists hold only those.
    return status.casefold() in ("", "active", "registered", "suspended", "active - suspended")


def _read_premises(book: Book) -> tuple[Premises, ...]:
    found = find_premises(book)
    if found is None:
        return ()
    sheet, header, columns = found
    return tuple(_premises(row, columns) for row in sheet.rows() if row.line > header.line and row.cell(columns["urn"]))


def _premises(row: Row, columns: dict[str, int]) -> Premises:
    places = row.cell(columns["places"])
    return Premises(
        urn=collapse(row.cell(columns["urn"])).upper(),
        category=collapse(row.cell(columns["category"])),
        places=int(places) if re.fullmatch(r"\d{1,5}", places, re.ASCII) else None,
        authority_name=known(row.cell(columns["authority"])),
        constituency=known(row.cell(columns["constituency"])),
        region=known(row.cell(columns["region"])),
        status=collapse(row.cell(columns["status"])),
        line=row.line,
    )
