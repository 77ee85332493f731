"""Where things stand in the lists that Ofsted sends to authorities: the sheets and columns of every layout.

They are restricted: unlike the public register they say where children's homes are. The layouts: a list of children's
homes (`Provider information` with `Registration Conditions`, or `Settings and Inspection Info` with `Address Details`), a
list of social care providers (`Current providers` with `Providers closed in 2022-23`), and both in one since (`Providers`
with `SA Providers`). A sheet is known by its columns, whatever it is called.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from placement_tui.errors import BadFile
from placement_tui.exchange.ofsted_layouts import HEADER_ROWS, header_name
from placement_tui.exchange.sheets import Book, Row, Sheet

# field -> its headers through the years, the preferred first, folded by `header_name`
COLUMNS: dict[str, tuple[str, ...]] = {
    "urn": ("urn",),
    "authority": ("local authority", "setting local authority", "provider local authority"),
    "type": ("provider type", "provision type"),
    "subtype": ("provider subtype",),
    "sector": ("sector",),
    "name": ("setting name", "provider name"),
    "registered_on": ("registration date",),
    "status": ("registration status", "provider status"),
    "closed_on": ("deregistration date", "closed date"),
    "place": ("placement code", "provider placement code"),
    "place_provider": ("placement provider code", "provider code"),
    "address_1": ("setting address line 1", "provider address line 1"),
    "address_2": ("setting address line 2", "provider address line 2"),
    "address_3": ("setting address line 3",),
    "town": ("setting address town", "setting town", "provider town"),
    "county": ("setting address county", "setting county", "provider county"),
    "postcode": ("setting address postcode", "setting postcode", "provider postcode"),
    "phone": ("setting telephone number", "provider telephone number"),
    "email": ("setting email address", "provider email address"),
    "owner": ("owner name", "organisation name"),
    "owner_type": ("owner type",),
    "inspected_on": ("date of last full inspection", "full inspection start date"),
    "overall": ("overall effectiveness", "latest overall effectiveness grade from last full inspection"),
    "help": ("cyp safety",),
    "leaders": ("leadership and management",),
    "places": ("number of registered places", "max users", "maximum fostering places", "capacity"),
    "conditions": ("conditions",),
    "setting_status": ("setting status",),
    "category": ("setting category",),
}
NEEDS: dict[str, tuple[str, ...]] = {
    "emotional and behavioural difficulties": ("emotional and behavioural difficulties",),
    "mental disorders": ("mental disorders",),
    "sensory impairment": ("sensory impairment",),
    "alcohol problems": ("present alcohol problems", "present impairment"),  # a misprint of some years
    "drug problems": ("present drug problems",),
    "learning difficulty": ("learning difficulty",),
    "physical disabilities": ("physical disabilities",),
}
# Columns that no public register has.
_OWN = ("place", "place_provider", "closed_on", "owner_type", "category")
_ADDRESS = ("address_1", "town", "postcode")
_NEEDED = ("urn", "name")


@dataclass(frozen=True, slots=True)
class Part:
    """One sheet of a list: its header and columns. `settings` for premises of supported accommodation, of which several
    share the URN of their provider; `closed` where its title says that its providers are closed.
    """

    sheet: Sheet
    header: Row
    columns: dict[str, int]
    needs: dict[str, int]
    settings: bool
    closed: bool
    main: bool

    def titles(self) -> tuple[str, ...]:
        """The lines above the header."""
        return tuple(cell for row in self.sheet.head(HEADER_ROWS) if row.line < self.header.line for cell in row.cells)


def find_parts(book: Book) -> list[Part]:
    """The sheets that belong to a list, none where the file is no such list. Raises BadFile where its main sheet is gone."""
    parts = [part for sheet in book.sheets if (part := _part(sheet)) is not None]
    mains = [part for part in parts if part.main]
    if not any(_is_list(part) for part in parts):
        return []
    if not mains:
        held = ", ".join(f"'{part.sheet.name}'" for part in parts)
        raise BadFile(
            f"{book.file} lacks the sheet with the homes",
            f"It has {held}, which only add to that sheet",
            "Ask for the whole workbook: its first sheet is 'Providers', 'Provider information' or 'Current providers'.",
        )
    return [*mains, *(part for part in parts if not part.main)]


def missing(parts: Iterable[Part]) -> list[str]:
    """What a list of these sheets does not say, in sentences."""
    parts = list(parts)
    has = {name for part in parts for name in part.columns}
    said = []
    if not has.intersection(_ADDRESS):
        said.append("No sheet has addresses ('Address Details' is missing): addresses stay as they are.")
    if "conditions" not in has and any(part.needs for part in parts):
        said.append("No sheet has conditions ('Registration Conditions' is missing): conditions stay as they are.")
    if any(part.sheet.name.casefold() == "providers" for part in parts) and not any(part.settings for part in parts):
        said.append("There is no sheet 'SA Providers': settings of supported accommodation stay as they are.")
    return said


def _part(sheet: Sheet) -> Part | None:
    header = next(
        (row for row in sheet.head(HEADER_ROWS) if any(header_name(cell) == "urn" for cell in row.cells)), None
    )
    if header is None:
        return None
    columns, needs = _found(header, COLUMNS), _found(header, NEEDS)
    settings = "category" in columns or ("setting_status" in columns and "places" in columns)
    if settings:  # the authority where the setting is, not where its provider has its office
        columns |= _found(header, {"authority": ("setting local authority", "provider local authority")})
    closed = "closed" in sheet.name.casefold()
    main = all(name in columns for name in _NEEDED) and ("type" in columns or settings)
    if not main and not {"conditions", *_ADDRESS}.intersection(columns):
        return None
    return Part(sheet, header, columns, needs, settings, closed, main)


def _is_list(part: Part) -> bool:
    lists = any(name in part.columns for name in _OWN) or bool(part.needs)
    return lists or (not part.main and "urn" in part.columns and part.sheet.name != "")


def _found(header: Row, wanted: dict[str, tuple[str, ...]]) -> dict[str, int]:
    names: dict[str, int] = {}
    for index, cell in enumerate(header.cells):
        if name := header_name(cell):
            names.setdefault(name, index)
    return {
        field: next(names[alias] for alias in aliases if alias in names)
        for field, aliases in wanted.items()
        if any(alias in names for alias in aliases)
    }
