"""SSDA903 returns in files: CSV sets of any years in one folder, workbooks, the XML; each file's year told by its days.

What cannot be read is told by file and left aside: the other files are read all the same, and whoever asked decides.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from placement_tui.domain.codes.ssda903_tables import year_of
from placement_tui.domain.imports import Progress, RefusedLine
from placement_tui.domain.ssda903_rows import ReturnRow, day_of, year_words
from placement_tui.errors import BadFile, PlacementError
from placement_tui.exchange.ssda903_csv import Table, read_tables
from placement_tui.exchange.ssda903_xml import read_xml

ENDINGS = (".csv", ".txt", ".xml", ".xlsx", ".ods")
_MOST_FILES = 2_000
_TOKEN = re.compile(r"(?<![0-9])(20[0-9]{2}(?:[-_/ ]?(?:20)?[0-9]{2})?)(?![0-9])")
_DAYS = ("DEC", "DECOM", "MIS_START", "REVIEW", "SW_DECOM", "DOLO_START")


@dataclass(frozen=True, slots=True)
class ReturnFiles:
    """What some files hold: rows of all years, the years whose Episodes are among them, what was refused and odd."""

    source: str
    rows: tuple[ReturnRow, ...]
    refused: tuple[RefusedLine, ...]
    notes: tuple[str, ...]


def read_return(paths: Iterable[Path | str], progress: Progress | None = None, year: int | None = None) -> ReturnFiles:
    """The rows of every table of the return in these files and folders.

    `year` is the collection year (that in which it ends) where the caller knows better than the days in the files.
    Raises BadFile where no file is there, or none is of the return.
    """
    given = [Path(path) for path in paths]
    files = _files(given)
    notes: list[str] = []
    refused: list[RefusedLine] = []
    sets: dict[tuple[str, str], list[Table]] = defaultdict(list)
    blank: list[str] = []
    alone: PlacementError | None = None
    for at, (file, name) in enumerate(files):
        try:
            tables, aside = (read_xml if is_xml(file) else read_tables)(file, name)
        except BadFile as error:
            if _is_blank(file):
                blank.append(name)
                continue
            alone = error
            refused.append(RefusedLine(1, "the file", "", _sentence(error), error.mend or "Export it again.", name))
            continue
        refused += [
            RefusedLine(
                1,
                "the file",
                "",
                words.partition(": ")[2].rstrip("."),
                "Take it away, or correct its first line.",
                words.partition(": ")[0],
            )
            for words in aside
        ]
        for table in tables:
            sets[str(file.parent), _token(file)].append(table)
            notes += table.notes
        if progress:
            progress(at + 1, len(files))
    if not sets:
        if alone is not None and len(files) == 1:
            raise alone
        raise BadFile(
            f"{_said(given)} holds no table of an SSDA903 return",
            f"{len(files):,} files were looked at" + (f"; {refused[0].sheet}: {refused[0].reason}" if refused else ""),
            "A table is known by its columns: CHILD, DECOM, RNE, LS and so on for Episodes.",
        )
    if blank:
        notes.append(f"Empty: {', '.join(blank[:6])}{f' and {len(blank) - 6} more' if len(blank) > 6 else ''}.")
    rows = _rows(sets, year, refused, notes)
    return ReturnFiles(_said(given), tuple(rows), tuple(refused), tuple(notes))


def is_xml(path: Path) -> bool:
    """Whether a file is XML, by its name, or by how it begins."""
    if path.suffix.casefold() == ".xml":
        return True
    if path.suffix.casefold() not in (".csv", ".txt"):
        return False
    if not path.is_file():
        return False  # what reads it says so
    with path.open("rb") as file:
        return file.read(200).lstrip(b"\xef\xbb\xbf \r\n\t").startswith((b"<?xml", b"<EXPSSDA903"))


def _is_blank(path: Path) -> bool:
    """Whether a file holds nothing but white space: systems write one for a table without rows."""
    return path.is_file() and path.stat().st_size <= 100 and not path.read_bytes().strip(b"\xef\xbb\xbf \r\n\t")


def _files(given: Sequence[Path]) -> list[tuple[Path, str]]:
    """Every file to look at, with its name for people."""
    found: list[tuple[Path, str]] = []
    for path in given:
        if not path.is_dir():
            found.append((path, path.name))
            continue
        inside = sorted(each for each in [*path.glob("*"), *path.glob("*/*")] if each.suffix.casefold() in ENDINGS)
        found += [
            (each, str(each.relative_to(path)))
            for each in inside
            if each.is_file() and not each.name.startswith(("~", "."))
        ]
    if not found:
        raise BadFile(
            f"{_said(given)} holds no file of a return",
            f"Looked for {', '.join(ENDINGS)}",
            "Name the folder with the files.",
        )
    if len(found) > _MOST_FILES:
        raise BadFile(f"{_said(given)} holds {len(found):,} files", "", "Name the folder of the returns alone.")
    return found


def _rows(
    sets: dict[tuple[str, str], list[Table]], year: int | None, refused: list[RefusedLine], notes: list[str]
) -> list[ReturnRow]:
    known = {key: year or _year(tables) for key, tables in sets.items()}
    apart = Counter(found - int(key[1][:4]) for key, found in known.items() if found and key[1])
    usual = apart.most_common(1)[0][0] if apart else None
    rows: list[ReturnRow] = []
    met: dict[tuple[int, str], tuple[str, tuple[str, str]]] = {}
    for key, tables in sorted(sets.items(), key=lambda each: (known[each[0]] or 0, each[0])):
        found = known[key]
        if found is None and usual is not None and key[1]:
            found = int(key[1][:4]) + usual
        names = ", ".join(dict.fromkeys(table.file for table in tables))
        if found is None:
            refused.append(
                RefusedLine(
                    1,
                    "the file",
                    "",
                    "nothing in it says of which year it is",
                    "Bring it in beside its Episodes, or say --year.",
                    names,
                )
            )
            continue
        parts = ", ".join(f"{table.part} {len(table.rows):,}" for table in tables)
        unsure = (
            ""
            if year or _ends(tables)
            else " No episode of it ends, so that is the last year in which anything begins: say --year if it is another."
        )
        notes.append(f"Read as the return of {year_words(found)}: {parts}.{unsure}")
        for table in tables:
            other, whose = met.setdefault((found, table.part), (table.file, key))
            if other != table.file or whose != key:
                refused.append(
                    RefusedLine(
                        1,
                        "the file",
                        "",
                        f"{other} has {table.part} of {year_words(found)} already",
                        "Bring in one of the two.",
                        table.file,
                    )
                )
                continue
            rows += [ReturnRow(found, table.part, table.file, line, fields) for line, fields in table.rows]
    return rows


def _year(tables: Sequence[Table]) -> int | None:
    """The collection year of a set: that in which most episodes of it ended, else the last that anything in it began."""
    if ends := _ends(tables):
        return max(ends, key=lambda each: (ends[each], each))
    for name in _DAYS:
        days: list[date] = [
            day for table in tables for _, row in table.rows if (day := day_of(row.get(name, ""))) is not None
        ]
        if days:
            years = Counter(map(year_of, days))
            return max(years) if name == "DECOM" else max(years, key=lambda each: (years[each], each))
    return None


def _ends(tables: Sequence[Table]) -> Counter[int]:
    """How many episodes ended in each collection year."""
    ends: Counter[int] = Counter()
    for table in tables:
        if table.part == "Episodes":
            ends.update(year_of(day) for _, row in table.rows if (day := day_of(row["DEC"])) is not None)
    return ends


def _token(file: Path) -> str:
    """The year in a file's name, by which the files of a set belong together."""
    found = _TOKEN.search(file.stem)
    return found[1] if found else ""


def _said(given: Sequence[Path]) -> str:
    names = [path.name or str(path) for path in given]
    return ", ".join(names[:3]) + (f" and {len(names) - 3} more" if len(names) > 3 else "")


def _sentence(error: PlacementError) -> str:
    title = error.title
    return f"{title}: {error.detail}" if error.detail else title
