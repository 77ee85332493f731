"""Where things stand in Ofsted's yearly lists: the sheet, the header row, the columns and the day, in every layout."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from placement_tui.errors import BadFile
from placement_tui.exchange.cells import collapse, month_number
from placement_tui.exchange.sheets import Book, Row, Sheet

HEADER_ROWS = 10  # the header is among the first ten rows, below up to four title lines
_DAY = re.compile(r"(\d{1,2})[ _-]?([a-z]{3,9})[ _-]?((?:19|20)\d{2})(?!\d)")
_MONTH = re.compile(r"(?<![a-z])([a-z]{3,9})[ _-]((?:19|20)\d{2})(?!\d)")

# field -> its headers through the years, the preferred first; folded by `header_name`.
COLUMNS = {
    "urn": ("urn",),
    "type": ("provision type", "provider type"),
    "status": ("registration status", "reg status"),
    "name": ("setting name", "name", "provider name"),
    "registered_on": ("registration date",),
    "address_1": ("address 1", "address line 1"),
    "address_2": ("address 2", "address line 2"),
    "town": ("town",),
    "county": ("county",),
    "postcode": ("postcode",),
    "region": ("government office region", "ofsted region", "region"),
    "authority": ("local authority",),
    "constituency": ("parliamentary constituency",),
    "sector": ("sector",),
    "places": ("places",),
    "short_breaks": ("short-break-only children's home", "short breaks only", "short breaks only children's home"),
    "owner": ("organisation which owns the provider", "organisation name", "organisation"),
    "inspected_on": ("inspection date", "date"),
    "published_on": ("publication date", "inspection publication date"),
    "overall": ("overall experiences and progress of children and young people", "overall effectiveness"),
    "help": (
        "how well children and young people are helped and protected",
        "the safety of children and young people",
        "safeguarding children and young people",
    ),
    "leaders": ("the effectiveness of leaders and managers", "leadership and management"),
    "supported": ("supported accommodation outcome",),
}
_NEEDED = ("urn", "type", "authority", "overall")
_LATEST = ("latest full inspection ", "latest ")
PREMISES_COLUMNS = {
    "urn": "urn",
    "category": "service category",
    "places": "places",
    "authority": "premises local authority",
    "constituency": "premises parliamentary constituency",
    "region": "premises government office region",
    "status": "registration status",
}


@dataclass(frozen=True, slots=True)
class Table:
    """The sheet that holds the register: its title lines, its header row and the columns of the fields that it has."""

    sheet: Sheet
    titles: tuple[str, ...]
    header: Row
    columns: dict[str, int]


def find_day(texts: Iterable[str]) -> date | None:
    """The first day that a text names: `as at 31 March 2025`, `at_31_Mar_2025`; a month alone means its last day."""
    for text in texts:
        line = collapse(text).casefold()
        days = list(_DAY.finditer(line))
        for match in days:
            month = month_number(match[2])
            if month:
                try:
                    return date(int(match[3]), month, int(match[1]))
                except ValueError:
                    continue
        for match in () if days else _MONTH.finditer(line):
            month = month_number(match[1])
            if month:
                year = int(match[2])
                return date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)
    return None


def header_name(cell: str) -> str:
    """A header's text as columns are known by it: one line, lower case, straight apostrophes."""
    return collapse(cell).casefold().replace("\u2019", "'").replace("\ufeff", "")


def _columns(header: Row) -> dict[str, int]:
    # "Previous ..." twins of the grades (2024) match no name; "Latest full inspection ..." (2022 on) names the same
    # grades and dates as before.
    names: dict[str, int] = {}
    for index, cell in enumerate(header.cells):
        name = header_name(cell)
        for start in _LATEST:
            if name.startswith(start) and len(name) > len(start):
                names.setdefault(name.removeprefix(start), index)
        if name:
            names.setdefault(name, index)
    found = {
        field: next((names[alias] for alias in aliases if alias in names), -1) for field, aliases in COLUMNS.items()
    }
    return {field: index for field, index in found.items() if index >= 0}


def find_table(book: Book) -> tuple[Table, tuple[str, ...]]:
    """The provider-level table, and the names of sheets that look like it but are not read. Raises BadFile."""
    tables: list[Table] = []
    nearest: tuple[str, dict[str, int]] | None = None
    for sheet in book.sheets:
        head = sheet.head(HEADER_ROWS)
        header = next((row for row in head if any(header_name(cell) == "urn" for cell in row.cells)), None)
        if header is None:
            continue
        columns = _columns(header)
        titles = tuple(cell for row in head if row.line < header.line for cell in row.cells if cell)
        if all(field in columns for field in _NEEDED):
            tables.append(Table(sheet, titles, header, columns))
        elif nearest is None or len(columns) > len(nearest[1]):
            nearest = (sheet.name, columns)
    if not tables:
        raise _no_register(book, nearest)
    # The workbook also lists every inspection of the year, one URN several times, under almost the same header.
    at_a_day = [
        table
        for table in tables
        if not re.search(r"\bin[ -]year\b", " ".join((*table.titles, table.sheet.name)).replace("_", " "))
    ]
    chosen = (at_a_day or tables)[0]
    return chosen, tuple(table.sheet.name for table in tables if table is not chosen)


def _no_register(book: Book, nearest: tuple[str, dict[str, int]] | None) -> BadFile:
    if nearest is None:
        return BadFile(
            f"{book.file} is not a provider register",
            f"No cell of the first {HEADER_ROWS} rows of any sheet says URN",
            "Download Ofsted's \"Children's social care in England\", the provider-level file, as .csv or .ods.",
        )
    missing = ", ".join(f"'{COLUMNS[field][0]}'" for field in _NEEDED if field not in nearest[1])
    sheet = f"Sheet '{nearest[0]}'" if nearest[0] else "It"
    return BadFile(
        f"{book.file} is not a provider register",
        f"{sheet} has a URN column but none for {missing}",
        "Use the provider-level list, or `import providers` for a list of the team's own.",
    )


def find_premises(book: Book) -> tuple[Sheet, Row, dict[str, int]] | None:
    """The sheet of supported-accommodation premises, its header and columns, where the workbook has one."""
    for sheet in book.sheets:
        for row in sheet.head(HEADER_ROWS):
            names = [header_name(cell) for cell in row.cells]
            found = {
                field: next((index for index, name in enumerate(names) if name.startswith(start)), -1)
                for field, start in PREMISES_COLUMNS.items()
            }
            if min(found.values()) >= 0:
                return sheet, row, found
    return None
