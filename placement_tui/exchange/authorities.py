"""Reference files about places: England's authorities, their districts, and the constituencies' centroids.

A constituency's centroid is where a home is put whose address is not public: approximate, and marked so. Sources: Office
for National Statistics and Department for Education (Open Government Licence v3.0). Nothing of them is in the program:
without them everything works, except that such homes have no place.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, TypeVar

from placement_tui.domain.folding import fold
from placement_tui.domain.homes import Position
from placement_tui.errors import BadFile
from placement_tui.exchange.cells import CellError, Progress, RefusedLine, collapse
from placement_tui.exchange.sheets import Row, open_book

HEADER_ROWS = 10
_GSS = re.compile(r"[A-Z]\d{8}", re.ASCII)
_DFE = re.compile(r"\d{3}", re.ASCII)
R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class Authority:
    """An upper-tier authority: its GSS code and an `other_gss` that older files use, the three-digit `dfe_code`, its
    kind (county, unitary, metropolitan district, London borough, as the file writes it), centroid in degrees, and the
    DfE codes of its neighbours by land and of its statistical neighbours, the nearest first.
    """

    gss: str
    other_gss: str | None
    dfe_code: str
    name: str
    kind: str
    region: str
    latitude: float | None
    longitude: float | None
    neighbours: tuple[str, ...]
    statistical_neighbours: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class District:
    """A lower-tier district (GSS `code`) and the upper-tier authority that it belongs to, which may be itself."""

    code: str
    name: str
    authority_gss: str
    dfe_code: str


@dataclass(frozen=True, slots=True)
class Constituency:
    """A parliamentary constituency and its centroid: National Grid metres and degrees; authorities by name and GSS."""

    code: str
    name: str
    easting: int
    northing: int
    latitude: float
    longitude: float
    authorities: tuple[str, ...]
    authority_codes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Reference(Generic[R]):
    """One file as read: its `kind` (`authorities`, `districts` or `constituencies`), records and refused lines."""

    kind: str
    source: str
    records: tuple[R, ...]
    refused: tuple[RefusedLine, ...]


def read_reference(
    path: Path | str, progress: Progress | None = None
) -> Reference[Authority] | Reference[District] | Reference[Constituency]:
    """The records of whichever of the three files it is, told by its columns. Raises BadFile where it is none of them."""
    book = open_book(path)
    for sheet in book.sheets:
        for header in sheet.head(HEADER_ROWS):
            names = {collapse(cell).casefold(): index for index, cell in reversed(list(enumerate(header.cells)))}
            rows = [row for row in sheet.rows() if row.line > header.line]
            if {"la_gss", "la3", "la_name", "neighbours"} <= names.keys():
                return _read("authorities", book.file, sheet.name, rows, names, _authority, "la_gss", progress)
            code = next((name for name in names if re.fullmatch(r"lad\d\dcd", name)), None)
            if code and ({"la_gss", "la3"} <= names.keys() or {"lad_name", "la_gss"} <= names.keys()):
                return _read(
                    "districts", book.file, sheet.name, rows, {**names, "lad": names[code]}, _district, "lad", progress
                )
            if {"easting", "northing", "name"} <= names.keys() and any(re.fullmatch(r"pcon\d\d", n) for n in names):
                code = next(name for name in names if re.fullmatch(r"pcon\d\d", name))
                columns = {**names, "pcon": names[code]}
                return _read("constituencies", book.file, sheet.name, rows, columns, _constituency, "pcon", progress)
    raise BadFile(
        f"{book.file} is not a reference file",
        "Its columns are those of no list of authorities (la_gss, la3, la_name, neighbours), of districts (lad25cd, "
        "la_gss, lad_name) or of constituencies (pcon24, name, easting, northing)",
        "Name one of these three files.",
    )


class _Cells:
    """One row's cells by column name, read strictly."""

    def __init__(self, row: Row, columns: dict[str, int]) -> None:
        self._row, self._columns, self.column = row, columns, ""

    def text(self, column: str) -> str:
        self.column = column
        return collapse(self._row.cell(self._columns.get(column)))

    def match(self, column: str, pattern: re.Pattern[str], what: str) -> str:
        found = self.text(column)
        if not pattern.fullmatch(found):
            raise CellError(f"this is not {what}", "Download the file again.")
        return found

    def optional(self, column: str, pattern: re.Pattern[str], what: str) -> str | None:
        return self.match(column, pattern, what) if self.text(column) else None

    def number(self, column: str, least: float, most: float) -> float:
        try:
            found = float(self.text(column))
        except ValueError:
            raise CellError("this is not a number", "Download the file again.")
        if not least <= found <= most:
            raise CellError(f"this is not between {least:g} and {most:g}", "Download the file again.")
        return found

    def parts(self, column: str, sign: str = "|") -> tuple[str, ...]:
        return tuple(part.strip() for part in self.text(column).split(sign) if part.strip())


def _read(
    kind: str,
    source: str,
    sheet: str,
    rows: list[Row],
    columns: dict[str, int],
    make: Callable[[_Cells], R],
    key: str,
    progress: Progress | None,
) -> Reference[R]:
    records: list[R] = []
    refused: list[RefusedLine] = []
    lines: dict[str, int] = {}
    for done, row in enumerate(rows, start=1):
        cells = _Cells(row, columns)
        try:
            record = make(cells)
            first = lines.setdefault(cells.text(key), row.line)
            if first != row.line:
                raise CellError(f"this code stands on line {first} already", "Keep one of the two lines.")
            records.append(record)
        except CellError as error:
            value = cells.text(cells.column)
            refused.append(RefusedLine(row.line, cells.column, value, error.reason, error.mend, sheet))
        if progress:
            progress(done, len(rows))
    return Reference(kind, source, tuple(records), tuple(refused))


def _authority(cells: _Cells) -> Authority:
    known_place = bool(cells.text("lat") and cells.text("lon"))
    return Authority(
        gss=cells.match("la_gss", _GSS, "a GSS code"),
        other_gss=cells.optional("gss_other", _GSS, "a GSS code"),
        dfe_code=cells.match("la3", _DFE, "a DfE number of three digits"),
        name=_name(cells, "la_name"),
        kind=cells.text("type"),
        region=cells.text("region"),
        latitude=cells.number("lat", 49, 61) if known_place else None,
        longitude=cells.number("lon", -9, 3) if known_place else None,
        neighbours=cells.parts("neighbours"),
        statistical_neighbours=cells.parts("stat_neighbours"),
    )


def _district(cells: _Cells) -> District:
    return District(
        code=cells.match("lad", _GSS, "a GSS code"),
        name=_name(cells, "lad_name"),
        authority_gss=cells.match("la_gss", _GSS, "a GSS code"),
        dfe_code=cells.match("la3", _DFE, "a DfE number of three digits"),
    )


def _constituency(cells: _Cells) -> Constituency:
    return Constituency(
        code=cells.match("pcon", _GSS, "a GSS code"),
        name=_name(cells, "name"),
        easting=round(cells.number("easting", 0, 700_000)),
        northing=round(cells.number("northing", 0, 1_300_000)),
        latitude=cells.number("lat", 49, 61),
        longitude=cells.number("lon", -9, 3),
        authorities=cells.parts("la_names", "/"),
        authority_codes=cells.parts("new_la_codes", "/"),
    )


def _name(cells: _Cells, column: str) -> str:
    found = cells.text(column)
    if not found:
        raise CellError("the name is missing", "Download the file again.")
    return found


_KINDS_OF_COUNCIL = re.compile(
    r"^(?:the )?(?:(?:royal |london |metropolitan )*borough of |city and county of |city of |county of |county )"
    r"|(?: (?:metropolitan|london|royal|city|county|borough|district|unitary))* (?:council|borough|authority)$"
    r"| (?:mbc|cc|bc)$"
)
# Names that registers and teams use, and authorities that are now wholly a part of another.
_ALSO = {
    "hull": "kingston upon hull",
    "scilly": "isles of scilly",
    "bournemouth": "bournemouth christchurch and poole",
    "poole": "bournemouth christchurch and poole",
    "bcp": "bournemouth christchurch and poole",
    "southend": "southend on sea",
    "stoke": "stoke on trent",
    "newcastle": "newcastle upon tyne",
    "telford": "telford and wrekin",
}


def plain_name(name: str) -> str:
    """An authority's name without what kind of council it is: `Bristol, City of` and `Bristol City Council` are `bristol`."""
    head, comma, tail = name.partition(",")
    folded = fold(head if comma and fold(tail) in ("city of", "county of") else name)
    if folded == "city of london":  # not Greater London, nor any other part of it
        return folded
    bare = _KINDS_OF_COUNCIL.sub("", folded)
    return _ALSO.get(bare, bare) or folded


class AuthorityNames:
    """Authorities by any of their names and codes, and districts by theirs, as an answer of the upper tier."""

    def __init__(self, authorities: Iterable[Authority], districts: Iterable[District] = ()) -> None:
        self._by_name: dict[str, str] = {}
        self._by_code: dict[str, str] = {}
        for authority in authorities:
            self._by_name.setdefault(plain_name(authority.name), authority.gss)
            for code in (authority.gss, authority.other_gss, authority.dfe_code):
                if code:
                    self._by_code[code] = authority.gss
        for district in districts:
            upper = self._by_code.get(district.dfe_code, district.authority_gss)
            self._by_name.setdefault(plain_name(district.name), upper)
            self._by_code.setdefault(district.code, upper)

    def find(self, name: str) -> str | None:
        """The GSS code of the authority of that name, GSS code or DfE number; of a district, that of its authority."""
        return self._by_code.get(collapse(name).upper()) or self._by_name.get(plain_name(name))

    def upper_tiers(self) -> dict[str, str]:
        """From every GSS code of a district or authority, older ones too, to its upper-tier authority, for Postcodes."""
        return {code: gss for code, gss in self._by_code.items() if len(code) == 9}


class Atlas:
    """Where a home is that is known only by its constituency or its authority."""

    def __init__(self, authorities: Iterable[Authority] = (), constituencies: Iterable[Constituency] = ()) -> None:
        held = tuple(authorities)
        self.names = AuthorityNames(held)
        self._authorities = {authority.gss: authority for authority in held}
        self._constituencies = {fold(constituency.name): constituency for constituency in constituencies}

    def approximate(self, constituency: str | None, authority_name: str | None) -> Position:
        """The constituency's centroid, or else (registers before 2024 use older constituencies) the authority's.

        `location` is `approximate`, or None where neither is known; `authority` is the one that is named.
        """
        gss = self.names.find(authority_name) if authority_name else None
        seat = self._constituencies.get(fold(constituency)) if constituency else None
        if seat is not None:
            area = gss or _area_of(seat, authority_name)
            return Position(seat.easting, seat.northing, seat.latitude, seat.longitude, "approximate", area)
        held = self._authorities.get(gss or "")
        if held is not None and held.latitude is not None:
            return Position(None, None, held.latitude, held.longitude, "approximate", gss)
        return Position(authority=gss)


def _area_of(seat: Constituency, authority_name: str | None) -> str | None:
    # Four English-registered providers sit in Wales: their authorities are only named beside the constituencies.
    if len(seat.authority_codes) == 1:
        return seat.authority_codes[0]
    named = [plain_name(name) for name in seat.authorities]
    wanted = plain_name(authority_name or "")
    return seat.authority_codes[named.index(wanted)] if wanted in named[: len(seat.authority_codes)] else None
