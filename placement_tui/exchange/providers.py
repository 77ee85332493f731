"""The team's own list of agencies, homes and the council's foster carers, as frozen rows and refused lines."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TypeVar

from placement_tui.domain import typed
from placement_tui.domain.codes.provision import HOME_KINDS
from placement_tui.domain.folding import fold
from placement_tui.errors import BadFile, WrongUse
from placement_tui.exchange import kinds
from placement_tui.exchange import provider_values as values
from placement_tui.exchange.cells import CellError, Progress, RefusedLine, collapse, known, read_date
from placement_tui.exchange.provider_fields import ANCHORS, FIELDS, LABELS, NEEDED
from placement_tui.exchange.sheets import Row, Sheet, open_book
from placement_tui.exchange.spreadsheets import Headers, Mapped, SheetMap, recognise_columns

NAME_LENGTH = 200
NOTE_LENGTH = 5000
V = TypeVar("V")


@dataclass(frozen=True, slots=True)
class ProviderRow:
    """One agency, home or foster carer's household as its row says; None, or "", where the row does not say.

    `kind` is a home kind; an `agency` has its own name in `name` and `provider`; `provider` is "" for the council's own
    carers. Ages are whole years, `weekly_pence` pence a week; `route` is a code of the census or the team's own words;
    `suspended` is why it is not used. `given` are the fields whose cells say something, so that None under `sexes` or
    `suspended` is told apart from an empty cell: any, in use. `postcode` has the shape of one: whether it exists is for Postcodes to say.
    """

    sheet: str
    line: int
    name: str
    provider: str
    kind: str
    sector: str | None = None
    urn: str | None = None
    address: str = ""
    town: str = ""
    postcode: str | None = None
    area: str = ""
    phone: str = ""
    out_of_hours_phone: str = ""
    email: str = ""
    places: int | None = None
    age_min: int | None = None
    age_max: int | None = None
    sexes: str | None = None
    tier: int | None = None
    route: str | None = None
    weekly_pence: int | None = None
    grade: str | None = None
    graded_on: date | None = None
    note: str = ""
    suspended: str | None = None
    reference: str | None = None
    given: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class ProviderSheet:
    """A team's list as read: rows, everything that was refused, and how its columns were taken.

    `fields` are the fields that the file has a column for: what it has none for is left as it is in the store.
    """

    source: str
    rows: tuple[ProviderRow, ...]
    refused: tuple[RefusedLine, ...]
    mapping: Mapped
    notes: tuple[str, ...]

    @property
    def fields(self) -> frozenset[str]:
        """What any sheet of the file has a column for."""
        return frozenset(field for sheet in self.mapping.sheets for field in sheet.fields)


def recognise(
    headers: Headers,
    remembered: Mapping[str, str] | None = None,
    corrections: Mapping[str, str] | None = None,
) -> Mapped:
    """What each column of a team's list is. `remembered` is an earlier `Mapped.remembered()`; `corrections` maps a
    field's name to a column's header or letters. A sheet that says nowhere what kind of homes it lists is left aside
    where another one does. Raises WrongUse and BadFile, see `recognise_columns`.
    """
    mapped = recognise_columns(headers, FIELDS, NEEDED, ANCHORS, remembered, corrections)
    kept = tuple(sheet for sheet in mapped.sheets if "kind" in sheet.fields or _kind_of_names(sheet.sheet))
    if not kept:
        return mapped
    why = "nothing in it says what kind of home each row is"
    left = tuple((sheet.sheet, why) for sheet in mapped.sheets if sheet not in kept)
    return replace(mapped, sheets=kept, aside=mapped.aside + left)


def read_providers(
    path: Path | str, mapping: Mapped, progress: Progress | None = None, kind: str | None = None
) -> ProviderSheet:
    """The rows of the sheets that `mapping` knows. `progress(done, total)` counts rows.

    A row's kind is what its own column says, else `kind`, else what the sheet's or the file's name says. Raises BadFile
    where the file cannot be read or is no longer the one that was recognised, and WrongUse for an unknown `kind`.
    """
    if kind is not None and kind not in HOME_KINDS:
        raise WrongUse(
            f"'{kind}' is not a kind of home",
            f"The kinds are {', '.join(HOME_KINDS.label(c.code) for c in HOME_KINDS)}",
            "",
        )
    book = open_book(path)
    sheets = {sheet.name: sheet for sheet in book.sheets}
    tables = [(each, _rows(sheets.get(each.sheet), each, book.file)) for each in mapping.sheets]
    total, done = sum(len(rows) for _, rows in tables), 0
    reader = _Reader()
    notes = [f"Sheet '{name}' is not read: {why}." for name, why in mapping.aside]
    for sheet, rows in tables:
        reader.open(sheet, kind or _kind_of_names(sheet.sheet, Path(path).stem))
        for row in rows:
            reader.read(row)
            done += 1
            if progress and (done % 50 == 0 or done == total):
                progress(done, total)
    notes += reader.notes
    return ProviderSheet(book.file, tuple(reader.rows), tuple(reader.refused), mapping, tuple(notes))


def _rows(sheet: Sheet | None, mapped: SheetMap, file: str) -> list[Row]:
    rows = sheet.rows() if sheet is not None else ()
    header = next((row for row in rows if row.line == mapped.header_line), None)
    if header is None or any(
        fold(title) and not fold(title).endswith(fold(header.cell(index))) for index, title in enumerate(mapped.titles)
    ):
        raise BadFile(f"{file} has changed since its columns were looked at", "Its header is another", "Start again.")
    return [row for row in rows if row.line > mapped.header_line]


def _kind_of_names(*names: str) -> str | None:
    for name in names:
        words = " ".join(word for word in fold(name).split() if not any(sign.isdigit() for sign in word))
        for cut in (" list", " register", " details", " contacts", ""):
            found = kinds.team_kind(words.removesuffix(cut)) if words else None
            if found is not None:
                return found
    return None


class _Reader:
    """Turns rows into ProviderRows, sheet by sheet, and gathers what is wrong with them."""

    def __init__(self) -> None:
        self.rows: list[ProviderRow] = []
        self.refused: list[RefusedLine] = []
        self.notes: list[str] = []
        self._seen: dict[tuple[str, ...], str] = {}  # identity -> where it stood first
        self._references: dict[str, str] = {}
        self._urns: dict[str, str] = {}

    def open(self, sheet: SheetMap, kind: str | None) -> None:
        """Goes over to a sheet; `kind` is that of rows that do not say theirs."""
        self._sheet, self._kind_of_sheet = sheet, kind
        self._places = {field: sheet.indexes(field) for field in sheet.fields}
        self._more: list[str] = []

    def read(self, row: Row) -> None:
        """One row: kept, refused, or noted as a heading."""
        if len(self._sheet.columns) > 2 and row.filled == 1:
            text = next(cell for cell in row.cells if cell)
            self.notes.append(f"{self._where(row)} holds one cell, '{collapse(text)[:40]}': taken as a heading.")
            return
        if [fold(cell) for cell in row.cells if cell] == [fold(title) for title in self._sheet.titles if title]:
            return  # the header again, as on every printed page
        before, self._more = len(self.refused), []
        provider = known(self._text(row, "provider")) or ""
        kind = self._kind(row, provider)
        name = known(self._text(row, "name")) or provider
        if not name:
            self._refuse(row, "name", "the name is missing", "Fill it in, or delete the row.")
        low, high = self._ages(row)
        is_status = any("status" in fold(self._sheet.titles[index]) for index in self._places.get("suspended", ()))
        found = ProviderRow(
            sheet=self._sheet.sheet,
            line=row.line,
            name=self._limited(row, "name", name, NAME_LENGTH),
            provider=self._limited(
                row,
                "provider",
                "" if kind == "inhouse" else provider or (name if kind == "agency" else ""),
                NAME_LENGTH,
            ),
            kind=kind,
            sector=self._cell(row, "sector", kinds.sector) or ("own" if kind == "inhouse" else None),
            urn=self._cell(row, "urn", values.read_urn),
            address=self._limited(row, "address", self._joined(row, "address", ", "), NOTE_LENGTH),
            town=self._limited(row, "town", known(self._text(row, "town")) or "", NAME_LENGTH),
            postcode=self._cell(row, "postcode", values.by_typed(typed.postcode)),
            area=self._limited(row, "area", known(self._text(row, "area")) or "", NAME_LENGTH),
            phone=self._pair(row, "phone", values.read_phone),
            out_of_hours_phone=self._pair(row, "out_of_hours_phone", values.read_phone),
            email=self._pair(row, "email", values.read_email),
            places=self._cell(row, "places", values.read_places),
            age_min=low,
            age_max=high,
            sexes=self._cell(row, "sexes", kinds.sexes),
            tier=self._cell(row, "tier", values.read_tier),
            route=self._cell(row, "route", values.read_route),
            weekly_pence=self._cell(row, "fee", values.read_fee),
            grade=self._cell(row, "grade", lambda text: values.read_grade(text, kind)),
            graded_on=self._cell(row, "graded_on", read_date),
            suspended=self._cell(row, "suspended", lambda text: values.read_suspended(text, is_status)),
            reference=self._reference(row),
            note=self._note(row),
            given=frozenset(field for field in self._places if self._text(row, field)),
        )
        self._unlike_others(row, found)
        if len(self.refused) == before:
            self.rows.append(found)

    def _where(self, row: Row) -> str:
        return f"sheet '{self._sheet.sheet}', line {row.line}" if self._sheet.sheet else f"line {row.line}"

    def _text(self, row: Row, field: str) -> str:
        return next((text for index in self._places.get(field, ()) if (text := values.said(row.cell(index)))), "")

    def _joined(self, row: Row, field: str, by: str) -> str:
        parts = (known(values.said(row.cell(index))) for index in self._places.get(field, ()))
        return by.join(dict.fromkeys(part for part in parts if part))

    def _refuse(self, row: Row, field: str, reason: str, mend: str) -> None:
        indexes = self._places.get(field, ())
        title = self._sheet.titles[indexes[0]] if indexes else LABELS.get(field, field)
        value = collapse(row.cell(indexes[0])) if indexes else ""
        self.refused.append(RefusedLine(row.line, title, value, reason, mend, self._sheet.sheet))

    def _cell(self, row: Row, field: str, read: Callable[[str], V]) -> V | None:
        text = self._text(row, field)
        if not text:
            return None
        try:
            return read(text)
        except CellError as error:
            self._refuse(row, field, error.reason, error.mend)
            return None

    def _pair(self, row: Row, field: str, read: Callable[[str], tuple[str, str]]) -> str:
        found = self._cell(row, field, read)
        if found is None:
            return ""
        if found[1]:
            self._more.append(f"{self._sheet.titles[self._places[field][0]]}: {found[1]}")
        return found[0]

    def _limited(self, row: Row, field: str, text: str, most: int) -> str:
        if len(text) > most:
            self._refuse(row, field, f"{len(text):,} characters are too many", f"Shorten it to {most:,}.")
        return text

    def _kind(self, row: Row, provider: str) -> str:
        text = self._text(row, "kind")
        found = kinds.team_kind(text) if text else self._kind_of_sheet
        if found is None:
            reason = "this kind is not known" if text else "what kind of home it is is not said"
            words = "in-house, agency, household, children's home, supported accommodation or another kind of home"
            self._refuse(row, "kind", reason, f"Write {words}.")
            return "other"
        if found == kinds.CARER:
            return "household" if provider and not kinds.is_own(provider) else "inhouse"
        return found

    def _ages(self, row: Row) -> tuple[int | None, int | None]:
        both = self._cell(row, "ages", values.read_ages)
        low, high = self._cell(row, "age_min", values.read_age), self._cell(row, "age_max", values.read_age)
        if low is not None and high is not None and low > high:
            self._refuse(
                row, "age_min", f"the lowest age, {low}, is above the highest, {high}", "Correct one of the two."
            )
        if both is None:
            return low, high
        if (low is not None and low != both[0]) or (high is not None and high != both[1]):
            self._refuse(row, "ages", "the age columns contradict each other", "Correct one of them.")
        return both

    def _reference(self, row: Row) -> str | None:
        reference = known(self._text(row, "reference"))
        return self._limited(row, "reference", reference, NAME_LENGTH) if reference else None

    def _note(self, row: Row) -> str:
        indexes = self._places.get("note", ())
        parts = [typed.clean(row.cell(index), lines=True) for index in indexes]
        titled = [
            f"{self._sheet.titles[index]}: {part}" if len(indexes) > 1 else part
            for index, part in zip(indexes, parts, strict=True)
            if part
        ]
        return self._limited(row, "note", "\n".join((*titled, *self._more)), NOTE_LENGTH)

    def _unlike_others(self, row: Row, found: ProviderRow) -> None:
        here = self._where(row)
        if found.reference:
            first = self._references.setdefault(found.reference.casefold(), here)
            if first != here:
                self._refuse(row, "reference", f"this reference stands on {first} already", "Keep one of the two rows.")
                return
        # Fostering households carry their agency's URN, and supported accommodation its provider's: these may repeat.
        own_urn = found.urn if found.kind not in ("inhouse", "household", "sa") else None
        if own_urn:
            first = self._urns.setdefault(own_urn, here)
            if first != here:
                self._refuse(row, "urn", f"this URN stands on {first} already", "Keep one of the two rows.")
                return
        identity = (
            found.kind,
            fold(found.name),
            fold(found.provider),
            found.postcode or "",
            fold(found.reference or ""),
            own_urn or "",  # owners name several homes alike, and the register tells them apart by this alone
        )
        first = self._seen.setdefault(identity, here)
        if first != here and found.name:
            self._refuse(row, "name", f"the same name stands on {first} already", "Keep one, or give each a reference.")
