"""The filled form of the regional census as a file: a CSV, or a workbook with the sheet and what is missing."""

from __future__ import annotations

import csv
import io
from pathlib import Path

from placement_tui.domain.census import CensusPage
from placement_tui.domain.typed_text import cell_text
from placement_tui.errors import WrongUse
from placement_tui.exchange.pages import refuse_there, write_whole

ENDINGS = (".csv", ".xlsx")
_WIDTH = 22  # characters of a column


def check_target(path: Path) -> None:
    """Raises WrongUse for a name that says no kind of table, Refused where a file is there already."""
    if path.suffix.casefold() not in ENDINGS:
        raise WrongUse(f"{path.name!r} says no kind of table", "by its ending", "name it .csv or .xlsx")
    refuse_there(path)


def save(page: CensusPage, path: Path) -> None:
    """Write it as the file's ending says, for its owner alone, whole or not at all. Raises WrongUse, Refused."""
    check_target(path)
    write_whole(path, as_csv(page) if path.suffix.casefold() == ".csv" else as_workbook(page))


def as_csv(page: CensusPage) -> bytes:
    """A header and one line for each placement; text that a spreadsheet would run is made text there too."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(page.columns)
    writer.writerows([cell_text(cell) for cell in row.cells] for row in page.rows)
    return text.getvalue().encode("utf-8-sig")


def as_workbook(page: CensusPage) -> bytes:
    """The form on one sheet, and on a second what it lacks."""
    import xlsxwriter

    data = io.BytesIO()
    book = xlsxwriter.Workbook(data, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
    money = book.add_format({"num_format": "0.00"})
    sheet = book.add_worksheet(f"Census {page.year}")
    sheet.freeze_panes(1, 0)
    sheet.set_column(0, len(page.columns) - 1, _WIDTH)
    for at, title in enumerate(page.columns):
        sheet.write_string(0, at, title, bold)
    numbers = {
        at for at, title in enumerate(page.columns) if "cost" in title.casefold() or title.startswith("Contribution")
    }
    for line, row in enumerate(page.rows, start=1):
        for at, cell in enumerate(row.cells):
            if at in numbers and cell.replace(".", "", 1).isdigit():
                sheet.write_number(line, at, float(cell), money)
            else:
                sheet.write_string(line, at, cell)
    lacks = book.add_worksheet("Missing")
    lacks.set_column(0, 3, _WIDTH)
    lacks.set_column(3, 3, 70)
    for at, title in enumerate(("Identifier", "Column", "Why", "How to mend it")):
        lacks.write_string(0, at, title, bold)
    for line, lack in enumerate(page.lacks, start=1):
        for at, cell in enumerate((lack.identifier, lack.column, lack.text, lack.mend)):
            lacks.write_string(line, at, cell)
    book.close()
    return data.getvalue()
