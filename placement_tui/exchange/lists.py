"""The lists of homes and providers that Ofsted sends to authorities alone: what each row says.

What was said twice, in a sheet of homes and in one of their conditions or addresses, becomes one row by its URN.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TypeVar

from placement_tui.domain.codes.grades import model_of, parse_grade
from placement_tui.domain.codes.ssda903 import PLACE, PLACE_PROVIDER
from placement_tui.domain.folding import fold
from placement_tui.domain.typed_text import compact
from placement_tui.errors import BadFile, Invalid
from placement_tui.exchange.cells import CellError, Progress, RefusedLine, collapse, known, read_count, read_date
from placement_tui.exchange.kinds import ofsted_kind, sector
from placement_tui.exchange.lists_layouts import Part, find_parts, missing
from placement_tui.exchange.ofsted import MOST_PLACES, URN
from placement_tui.exchange.ofsted_layouts import find_day
from placement_tui.exchange.sheets import Book, Row, open_book

_NOTHING = frozenset({"", "-", "--", "na", "n/a", "null", "not applicable"})
_NO = _NOTHING | {"0", "0.0", "no", "n", "false", "none"}
_UNSAID = "not provided"  # "Not provided as service is inspected as part of the ILACS inspection"
_POSTCODE = re.compile(r"[A-Z]{1,2}\d[A-Z\d]?\d[A-Z]{2}", re.ASCII)
_STANDS = frozenset(
    {"", "active", "registered", "open", "yes", "suspended", "active suspended", "registered suspended"}
)
_LOST = frozenset({
    "cancelled", "canceled", "closed", "resigned", "deregistered", "de registered", "inactive", "ceased", "expired",
    "removed", "cancelled by ofsted", "voluntarily cancelled", "proposed", "refused", "withdrawn", "not registered",
})  # fmt: skip
V = TypeVar("V")


@dataclass(frozen=True, slots=True)
class ListHome:
    """One home, agency or setting of a list; None or empty where its row does not say.

    `setting` for one premises of a supported-accommodation provider, whose URN it carries. `needs` are those that it is
    registered for, None where the list has no such columns. `conditions` is None where no sheet has them, "" for none.
    """

    urn: str
    kind: str
    provision_type: str
    setting: bool
    name: str | None
    owner: str | None
    sector: str
    authority_name: str | None
    registered: bool
    registration_status: str
    registered_on: date | None
    deregistered_on: date | None
    place: str | None
    place_provider: str | None
    address: tuple[str, ...]
    town: str | None
    postcode: str | None
    phone: str | None
    email: str | None
    places: int | None
    grade_overall: str | None
    grade_help: str | None
    grade_leaders: str | None
    inspected_on: date | None
    needs: tuple[str, ...] | None
    conditions: str | None
    category: str
    line: int
    sheet: str


@dataclass(frozen=True, slots=True)
class List:
    """A list as read. `as_at` is its day by title or file name, else the latest day in it; `said` whether it was named."""

    as_at: date | None
    said: bool
    source: str
    homes: tuple[ListHome, ...]
    refused: tuple[RefusedLine, ...]
    notes: tuple[str, ...]
    rows: int


def is_list(path: Path | str) -> bool:
    """True where a workbook is such a list (and not the public register). Raises BadFile."""
    return bool(find_parts(open_book(path)))


def read_list(path: Path | str, progress: Progress | None = None) -> List:
    """The homes of a list, and all that is wrong with its lines. Raises BadFile where it is none, or lacks its sheet."""
    book = open_book(path)
    parts = find_parts(book)
    if not parts:
        raise BadFile(
            f"{book.file} is not a list of Ofsted's for authorities", "", "Name the workbook that Ofsted sent."
        )
    reader = _Reader()
    tables = [(part, [row for row in part.sheet.rows() if row.line > part.header.line]) for part in parts]
    total, done = sum(len(rows) for _, rows in tables), 0
    for part, rows in tables:
        for row in rows:
            reader.read(part, row)
            done += 1
            if progress and (done % 100 == 0 or done == total):
                progress(done, total)
    as_at = find_day((*(title for part in parts for title in part.titles()), *_names(book, path)))
    days = [
        day for home in reader.homes for day in (home.inspected_on, home.registered_on, home.deregistered_on) if day
    ]
    notes = [*missing(parts), *reader.notes()]
    sheets = " and ".join(f"'{part.sheet.name}'" for part in parts)
    return List(
        as_at or max(days, default=None), as_at is not None, f"{book.file}, {sheets}", tuple(reader.whole()),
        tuple(reader.refused), tuple(notes), sum(len(rows) for part, rows in tables if part.main),
    )  # fmt: skip


def _names(book: Book, path: Path | str) -> Iterable[str]:
    # 2025-10-31 and 20251031 are how workbooks are named as often as 31 October 2025.
    stem = Path(path).stem
    if found := re.search(r"(20\d\d)[-_. ]?(0[1-9]|1[0-2])[-_. ]?(0[1-9]|[12]\d|3[01])(?!\d)", stem):
        yield f"{found[3]} {date(2000, int(found[2]), 1):%B} {found[1]}"
    yield stem
    for sheet in book.sheets:
        yield sheet.name


class _Reader:
    """Turns rows into homes, and gathers what is wrong with them."""

    def __init__(self) -> None:
        self.homes: list[ListHome] = []
        self.refused: list[RefusedLine] = []
        self._conditions: dict[str, list[str]] = {}
        self._addresses: dict[str, tuple[tuple[str, ...], str | None, str | None]] = {}
        self._first: dict[str, tuple[str, int]] = {}
        self._unknown: dict[str, int] = {}
        self._codes: dict[str, int] = {}
        self._has_conditions = False
        self._part: Part

    def read(self, part: Part, row: Row) -> None:
        self._part = part
        urn = self._text(row, "urn").upper()
        if not urn and row.filled <= 2:
            return  # a remark under the table
        if not part.main:
            self._more(urn, row)
            return
        before = len(self.refused)
        home = self._home(urn, row)
        if len(self.refused) == before:
            self.homes.append(home)

    def whole(self) -> Iterable[ListHome]:
        """Every home with what the other sheets say of it."""
        for home in self.homes:
            if self._has_conditions and home.conditions is None:
                home = replace(home, conditions="\n".join(self._conditions.get(home.urn, ())))
            if not home.address and not home.setting and home.urn in self._addresses:
                address, town, postcode = self._addresses[home.urn]
                home = replace(home, address=address, town=home.town or town, postcode=home.postcode or postcode)
            yield home

    def notes(self) -> Iterable[str]:
        for provision, count in self._unknown.items():
            yield f"'{provision}' is not a provider type that is known: {count} read as kind 'other'."
        if self._codes:
            said = ", ".join(f"{code} ({count})" for code, count in list(self._codes.items())[:5])
            yield f"No codes of the return's, left out: {said}."

    def _more(self, urn: str, row: Row) -> None:
        if "conditions" in self._part.columns:
            self._has_conditions = True
            if said := self._known(row, "conditions"):
                self._conditions.setdefault(urn, []).append(said)
        address = self._address(row)
        if address or "postcode" in self._part.columns:
            self._addresses.setdefault(urn, (address, self._known(row, "town"), self._postcode(row)))

    def _home(self, urn: str, row: Row) -> ListHome:
        part = self._part
        kind, provision = self._kind(row)
        self._check_urn(urn, row)
        closed_on = self._cell(row, "closed_on", read_date)
        status, registered = self._status(row)
        has_needs = bool(part.needs)
        return ListHome(
            urn=urn,
            kind=kind,
            provision_type=provision,
            setting=part.settings,
            name=self._known(row, "name"),
            owner=self._known(row, "owner"),
            sector=sector(self._text(row, "sector")),
            authority_name=self._known(row, "authority"),
            registered=registered and closed_on is None and not part.closed,
            registration_status=status or ("Closed" if part.closed or closed_on else ""),
            registered_on=self._cell(row, "registered_on", read_date),
            deregistered_on=closed_on,
            place=self._code(row, "place", PLACE),
            place_provider=self._code(row, "place_provider", PLACE_PROVIDER),
            address=self._address(row),
            town=self._known(row, "town"),
            postcode=self._postcode(row),
            phone=self._known(row, "phone"),
            email=self._known(row, "email"),
            places=self._cell(row, "places", lambda text: read_count(text, MOST_PLACES)),
            grade_overall=self._grade(row, kind, "overall"),
            grade_help=self._part_grade(row, kind, "help"),
            grade_leaders=self._part_grade(row, kind, "leaders"),
            inspected_on=self._cell(row, "inspected_on", read_date),
            needs=tuple(name for name, at in part.needs.items() if _yes(row.cell(at))) if has_needs else None,
            conditions=(self._known(row, "conditions") or "") if "conditions" in part.columns else None,
            category=self._known(row, "category") or "",
            line=row.line,
            sheet=part.sheet.name,
        )

    def _text(self, row: Row, field: str) -> str:
        return collapse(row.cell(self._part.columns.get(field)))

    def _known(self, row: Row, field: str) -> str | None:
        text = known(row.cell(self._part.columns.get(field)))
        return None if text is None or text.casefold() in _NOTHING or text.casefold().startswith(_UNSAID) else text

    def _refuse(self, row: Row, field: str, reason: str, mend: str) -> None:
        title = collapse(self._part.header.cell(self._part.columns.get(field))) or field
        self.refused.append(RefusedLine(row.line, title, self._text(row, field), reason, mend, self._part.sheet.name))

    def _cell(self, row: Row, field: str, read: Callable[[str], V]) -> V | None:
        text = self._known(row, field)
        if text is None:
            return None
        try:
            return read(text)
        except CellError as error:
            self._refuse(row, field, error.reason, error.mend)
            return None

    def _check_urn(self, urn: str, row: Row) -> None:
        if not URN.fullmatch(urn):
            reason = "this is not a URN" if urn else "the URN is missing"
            self._refuse(row, "urn", reason, "A URN is SC and six digits, or seven or eight digits.")
            return
        if self._part.settings:
            return  # several settings of one provider
        sheet, line = self._first.setdefault(urn, (self._part.sheet.name, row.line))
        if (sheet, line) != (self._part.sheet.name, row.line):
            self._refuse(row, "urn", f"this URN stands in '{sheet}', line {line} already", "Keep one of the two lines.")

    def _kind(self, row: Row) -> tuple[str, str]:
        provision, subtype = self._text(row, "type"), self._known(row, "subtype") or ""
        if self._part.settings:
            return "sa", "Supported accommodation"
        kind = ofsted_kind(provision)
        if kind == "res" and "secure" in subtype.casefold():
            return "secure", provision
        if kind is None and (kind := ofsted_kind(subtype)) is None:
            self._unknown[provision] = self._unknown.get(provision, 0) + 1
        return kind or "other", provision

    def _status(self, row: Row) -> tuple[str, bool]:
        status = self._known(row, "status") or ""
        setting = self._known(row, "setting_status") or ""
        for field, said in (("status", status), ("setting_status", setting)):
            if fold(said) not in _STANDS | _LOST:
                self._refuse(
                    row, field, "this does not say whether it is registered", "Write Active, Suspended or Cancelled."
                )
        shown = setting if fold(setting) in _LOST else status
        return shown, not {fold(status), fold(setting)} & _LOST

    def _code(self, row: Row, field: str, codes: object) -> str | None:
        """The one code that a cell names; where it names several (an agency's) only a placement can say which."""
        said = [part.strip().upper() for part in re.split("[,/;]", self._known(row, field) or "") if part.strip()]
        for each in said:
            if each not in codes:  # type: ignore[operator]  # a set of codes
                self._codes[each] = self._codes.get(each, 0) + 1
        return said[0] if len(said) == 1 and said[0] in codes else None  # type: ignore[operator]  # as above

    def _address(self, row: Row) -> tuple[str, ...]:
        lines = (self._known(row, field) for field in ("address_1", "address_2", "address_3"))
        return tuple(line for line in lines if line)

    def _postcode(self, row: Row) -> str | None:
        text = self._known(row, "postcode")
        plain = compact(text) if text else ""
        return f"{plain[:-3]} {plain[-3:]}" if _POSTCODE.fullmatch(plain) else None

    def _grade(self, row: Row, kind: str, field: str) -> str | None:
        text = self._known(row, field)
        try:
            grade = parse_grade(text or "")
        except Invalid:
            self._refuse(row, field, "this is not a grade", "Use Ofsted's words, or leave the cell empty.")
            return None
        if grade is not None and grade not in model_of(kind):
            self._refuse(row, field, "this grade is not one for this kind of provider", "Use the words of its scale.")
            return None
        return grade

    def _part_grade(self, row: Row, kind: str, field: str) -> str | None:
        """A judgement beside the overall one, which decides nothing: what cannot be read is left out."""
        try:
            grade = parse_grade(self._known(row, field) or "")
        except Invalid:
            return None
        return grade if grade in model_of(kind) else None


def _yes(cell: str) -> bool:
    return collapse(cell).casefold() not in _NO
