"""A team's own spreadsheet: which row is the header, and which column is what, by name; shown, correctable, remembered."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from placement_tui.domain.folding import fold
from placement_tui.errors import BadFile, WrongUse
from placement_tui.exchange.cells import collapse, shorten
from placement_tui.exchange.sheets import Row, open_book

LOOKED_AT = 40  # lines of each sheet that are looked at for a header and for samples
HEADER_WITHIN = 15
SAMPLES = 3
NEAR = 84  # of 100: a name less like than this is no misspelling
IGNORE = "ignore"
# A longer header with one of these words is about something else: the child who is there, or who does what.
_FOREIGN = frozenset(
    (
        *(
            "owner",
            "linked",
            "previous",
            "former",
            "parent",
            "top",
            "inspector",
            "last",
            "interim",
            "placed",
            "current",
        ),
        *("social", "worker", "ssw", "manager", "supervising", "allocated", "kin", "gp", "doctor", "school", "birth"),
        *("vacant", "vacancy", "vacancies", "free", "available", "area", "dbs", "review", "renewal", "expiry"),
    )
)


@dataclass(frozen=True, slots=True)
class Field:
    """One thing that a column may hold: its name, what it is for people, and the folded headers that mean it.

    The words stand in order of preference. With `many`, all columns that match are read, in order.
    """

    name: str
    label: str
    words: tuple[str, ...]
    many: bool = False


@dataclass(frozen=True, slots=True)
class SheetHead:
    """The first filled rows of one sheet; `name` is "" in a text file."""

    name: str
    shown: bool
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Headers:
    """The heads of all sheets of a file."""

    file: str
    sheets: tuple[SheetHead, ...]


@dataclass(frozen=True, slots=True)
class Column:
    """One column as it was taken: `field` is None for an ignored one.

    `how` is `corrected`, `remembered`, `name`, `near` (a misspelt or longer name; `confidence` of 100), `unused` (another
    column is that field already) or `ignored`.
    """

    index: int
    title: str
    field: str | None
    how: str
    confidence: int
    samples: tuple[str, ...]

    @property
    def letter(self) -> str:
        """The column's letters in a spreadsheet: A, B, ... AA."""
        return column_letters(self.index)


@dataclass(frozen=True, slots=True)
class SheetMap:
    """The columns of one sheet, its header's line, and needed fields that no column is."""

    sheet: str
    header_line: int
    titles: tuple[str, ...]
    columns: tuple[Column, ...]
    missing: tuple[str, ...]

    def indexes(self, field: str) -> tuple[int, ...]:
        """The columns that are that field, none where it is missing."""
        return tuple(column.index for column in self.columns if column.field == field)

    @property
    def fields(self) -> frozenset[str]:
        """What the sheet has a column for."""
        return frozenset(column.field for column in self.columns if column.field)


@dataclass(frozen=True, slots=True)
class Mapped:
    """What every column of a file is. `aside` are the sheets that are not read, each with the reason."""

    file: str
    sheets: tuple[SheetMap, ...]
    aside: tuple[tuple[str, str], ...]

    def remembered(self) -> dict[str, str]:
        """What to keep for the next file of this kind: folded header to field, "" for one that a person ignored."""
        kept: dict[str, str] = {}
        for sheet in self.sheets:
            for column in sheet.columns:
                if column.title and (column.field or column.how in ("corrected", "remembered")):
                    kept.setdefault(fold_title(column.title), column.field or "")
        return kept

    @property
    def missing(self) -> tuple[str, ...]:
        """Needed fields that a sheet has no column for, each once."""
        return tuple(dict.fromkeys(field for sheet in self.sheets for field in sheet.missing))


def read_headers(path: Path | str) -> Headers:
    """The heads of a .csv, .xlsx or .ods file's sheets. Raises BadFile."""
    book = open_book(path)
    return Headers(book.file, tuple(SheetHead(each.name, each.shown, each.head(LOOKED_AT)) for each in book.sheets))


def fold_title(title: str) -> str:
    """A header for comparing: folded, and `Name(s)` as `Name`."""
    return fold(title.replace("(s)", ""))


def column_letters(index: int) -> str:
    """The letters of a column counted from 0: 0 is A, 26 is AA."""
    letters = ""
    while index >= 0:
        index, letter = divmod(index, 26)
        letters = chr(65 + letter) + letters
        index -= 1
    return letters


def recognise_columns(
    headers: Headers,
    fields: Sequence[Field],
    needed: Sequence[str],
    anchors: Sequence[str],
    remembered: Mapping[str, str] | None = None,
    corrections: Mapping[str, str] | None = None,
) -> Mapped:
    """What each column is: corrections first, then what is remembered, then names, then names nearly alike.

    `corrections` maps a field to a column, by its header or its letters ("" for none; the field `ignore` takes columns
    apart by `;`). `anchors` are fields of which a sheet must have one to be read at all. Raises WrongUse for a correction
    that names no field or no column, and BadFile where no sheet has a header that is understood.
    """
    by_name = {field.name: field for field in fields}
    corrections = dict(corrections or {})
    for name in corrections:
        if name not in by_name and name != IGNORE:
            raise WrongUse(
                f"'{name}' is not a field", f"The fields are {', '.join(by_name)} and {IGNORE}", "Use one of them."
            )
    sheets: list[SheetMap] = []
    aside: list[tuple[str, str]] = []
    used: set[str] = set()
    for head in headers.sheets:
        if not head.shown:
            aside.append((head.name, "it is hidden"))
        elif not head.rows:
            aside.append((head.name, "it is empty"))
        else:
            best = _best_header(head, fields, remembered or {}, corrections, used)
            if best is not None and len(best.fields) >= 2 and best.fields & set(anchors):
                missing = tuple(name for name in needed if name not in best.fields)
                sheets.append(SheetMap(best.sheet, best.header_line, best.titles, best.columns, missing))
            else:
                aside.append((head.name, "no row of it looks like a header with a name in it"))
    if unused := [f"{field}={column}" for field, column in corrections.items() if column and field not in used]:
        titles = dict.fromkeys(title for sheet in sheets for title in sheet.titles if title)
        raise WrongUse(
            f"No column answers to {', '.join(unused)}",
            f"The columns are {', '.join(titles)}" if titles else "No header was found",
            "Give the column's header, or its letters.",
        )
    if not sheets:
        raise BadFile(
            f"{headers.file} has no table that is understood",
            _first_lines(headers),
            f"Give the table a header row with {', '.join(by_name[name].label for name in anchors)} "
            "and what else there is, or say which column is what.",
        )
    return Mapped(headers.file, tuple(sheets), tuple(aside))


def _first_lines(headers: Headers) -> str:
    heads = [(head.name, head.rows[0]) for head in headers.sheets if head.rows]
    said = "; ".join(
        (f"sheet '{name}' begins " if name else "it begins ") + shorten(", ".join(cell for cell in row.cells if cell))
        for name, row in heads[:3]
    )
    return f"Among the first {HEADER_WITHIN} lines stands no header: {said}" if said else "Every sheet is empty"


def _best_header(
    head: SheetHead,
    fields: Sequence[Field],
    remembered: Mapping[str, str],
    corrections: Mapping[str, str],
    used: set[str],
) -> SheetMap | None:
    best: tuple[int, SheetMap, set[str]] | None = None
    for at, row in enumerate(head.rows):
        if row.line > HEADER_WITHIN:
            break
        titles = _titles(row, head.rows[at - 1] if at else None)
        taken, met = _assign(titles, fields, remembered, corrections)
        score = sum(4 if how != "near" else 1 for field, how, _ in taken.values() if field)
        if best is None or score > best[0]:
            below = head.rows[at + 1 :]
            columns = tuple(
                Column(index, title, *taken.get(index, (None, "ignored", 0)), _samples(below, index))
                for index, title in enumerate(titles)
                if title or _samples(below, index)
            )
            best = (score, SheetMap(head.name, row.line, titles, columns, ()), met)
    if best is None:
        return None
    used |= best[2]
    return best[1]


def _samples(rows: Sequence[Row], index: int) -> tuple[str, ...]:
    values = dict.fromkeys(shorten(row.cell(index), 30) for row in rows if row.cell(index))
    return tuple(values)[:SAMPLES]


def _titles(row: Row, above: Row | None) -> tuple[str, ...]:
    # "Min" and "Max" alone take the merged title above them: "Ages" over both.
    titles = [collapse(cell) for cell in row.cells]
    for index, title in enumerate(titles):
        if above is not None and fold(title) in ("min", "max", "minimum", "maximum", "from", "to"):
            group = next((above.cell(at) for at in range(index, -1, -1) if above.cell(at)), "")
            titles[index] = collapse(f"{group} {title}")
    return tuple(titles)


def _assign(
    titles: Sequence[str], fields: Sequence[Field], remembered: Mapping[str, str], corrections: Mapping[str, str]
) -> tuple[dict[int, tuple[str | None, str, int]], set[str]]:
    folded = [fold_title(title) for title in titles]
    many = {field.name for field in fields if field.many}
    single = {field.name for field in fields if not field.many}
    taken: dict[int, tuple[str | None, str, int]] = {}
    met: set[str] = set()
    closed = {name for name, column in corrections.items() if not column}  # fields that a person said are not there
    for name, wanted in corrections.items():
        for each in wanted.split(";") if name == IGNORE else [wanted] if wanted else []:
            index = _column_of(each, folded)
            if index is not None:
                taken[index] = (None if name == IGNORE else name, "corrected", 100)
                met.add(name)
    closed |= met
    for index, title in enumerate(folded):
        known = remembered.get(title)
        if title and index not in taken and known is not None and known not in closed:
            if known == "":
                taken[index] = (None, "remembered", 100)
            elif known in many or (known in single and not _has(taken, known)):
                taken[index] = (known, "remembered", 100)
    for field in fields:
        for word in field.words:
            for index, title in enumerate(folded):
                free = title == word and index not in taken and field.name not in closed
                if free and (field.many or not _has(taken, field.name)):
                    taken[index] = (field.name, "name", 100)
    _assign_near(folded, fields, taken, closed)
    words = {word for field in fields for word in field.words}
    for index, title in enumerate(folded):
        if index not in taken and title in words:
            taken[index] = (None, "unused", 0)
    return taken, met


def _has(taken: Mapping[int, tuple[str | None, str, int]], field: str) -> bool:
    return any(name == field for name, _, _ in taken.values())


def _column_of(wanted: str, folded: Sequence[str]) -> int | None:
    name = fold_title(wanted)
    if name and name in folded:
        return folded.index(name)
    letters = wanted.strip().upper()
    if re.fullmatch(r"[A-Z]{1,3}", letters):
        index = 0
        for letter in letters:
            index = index * 26 + ord(letter) - 64
        return index - 1 if index <= len(folded) else None
    return None


def _assign_near(
    folded: Sequence[str], fields: Sequence[Field], taken: dict[int, tuple[str | None, str, int]], closed: set[str]
) -> None:
    open_fields = [field for field in fields if field.name not in closed and not _has(taken, field.name)]
    scored: list[tuple[int, int, str]] = []
    for index, title in enumerate(folded):
        if index not in taken and len(title) >= 4 and not set(title.split()) & _FOREIGN:
            for field in open_fields:
                likeness = max(_likeness(title, word) for word in field.words)
                if likeness >= NEAR:
                    scored.append((likeness, -index, field.name))
    for likeness, index, name in sorted(scored, reverse=True):
        if -index not in taken and not _has(taken, name):
            taken[-index] = (name, "near", likeness)


def _likeness(title: str, word: str) -> int:
    from rapidfuzz import fuzz

    if len(word) < 4:
        return 0
    if len(word) >= 8 and f" {word} " in f" {title} ":
        return 90
    return int(max(fuzz.ratio(title, word, score_cutoff=NEAR), fuzz.token_sort_ratio(title, word, score_cutoff=NEAR)))
