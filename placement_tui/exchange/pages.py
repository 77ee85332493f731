"""A page as text, as one HTML file, as PDF; written so that nobody else on the machine can read it.

HTML is made by jinja2 with everything escaped, PDF by fpdf2. The fonts that every PDF reader has hold Western European
letters only: others are written by their nearest Latin letter there, and whole in HTML and text.
"""

from __future__ import annotations

import os
import unicodedata
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from placement_tui.domain.pages import Page, Table
from placement_tui.domain.pages_text import as_text, runs
from placement_tui.domain.typed_text import clean
from placement_tui.errors import Refused, WrongUse

if TYPE_CHECKING:
    from fpdf import FPDF

_NO_TIME = datetime(2000, 1, 1, tzinfo=UTC)
_SPELT = str.maketrans({"ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "ı": "i", "ħ": "h", "→": "->", "−": "-"})


def as_html(page: Page) -> str:
    """The page as one HTML file that prints on A4 and fetches nothing."""
    from jinja2 import Environment, PackageLoader, StrictUndefined

    made = Environment(
        loader=PackageLoader("placement_tui.exchange"), autoescape=True, undefined=StrictUndefined, trim_blocks=True
    )
    return made.get_template("page.html").render(page=page, runs=runs)


def as_pdf(page: Page, dated: bool = True) -> bytes:
    """The page as a PDF of A4 sheets, each numbered and saying at its foot what it holds; with `dated` says when it was made."""
    from fpdf import FPDF

    class Sheets(FPDF):
        """A4 sheets with a foot."""

        def footer(self) -> None:
            """What the page holds, and its number."""
            self.set_y(-14)
            self.set_font("helvetica", size=7)
            self.cell(0, 4, _latin(f"{page.holds}  {self.page_no()}/{{nb}}"))

    pdf = Sheets(format="A4")
    pdf.set_title(_latin(page.title))
    if not dated:
        pdf.set_creation_date(_NO_TIME)
    pdf.set_auto_page_break(True, margin=18)
    pdf.add_page()
    _line(pdf, page.title, 14, bold=True)
    _line(pdf, page.about, 9)
    pdf.set_font("helvetica", style="B", size=9)
    pdf.multi_cell(0, 5, _latin(page.holds), border=1, align="L", new_x="LMARGIN", new_y="NEXT")
    for section in page.sections:
        pdf.ln(3 if section.depth == 1 else 1.5)
        _line(pdf, section.title, 12 if section.depth == 1 else 10, bold=True)
        for kind, part in runs(section):
            if kind == "table":
                _pdf_table(pdf, part)
            elif kind == "facts":
                for fact in part:
                    pdf.set_font("helvetica", style="B" if fact.level else "", size=9)
                    pdf.multi_cell(
                        0, 4.6, _latin(f"{fact.name}: {fact.value}"), align="L", new_x="LMARGIN", new_y="NEXT"
                    )
            else:
                _line(pdf, str(part), 9)
    return bytes(pdf.output())


def save(page: Page, path: Path) -> None:
    """Write the page as its file's ending says: .txt, .html or .pdf, readable by its owner only.

    Raises WrongUse for another ending, Refused where there is a file already or none can be written.
    """
    write_private(path, made(page, path))


def made(page: Page, path: Path) -> bytes:
    """The page as the file's ending says: .txt, .html or .pdf. Raises WrongUse for another."""
    ending = path.suffix.casefold()
    if ending == ".pdf":
        return as_pdf(page)
    if ending in (".html", ".htm"):
        return as_html(page).encode()
    if ending == ".txt":
        return as_text(page).encode()
    raise WrongUse(f"{path.name!r} says no kind of page", "by its ending", "name it .txt, .html or .pdf")


def write_private(path: Path, data: bytes) -> None:
    """Write a new file that only its owner may read. Raises Refused where one is there or none can be made."""
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        raise Refused("There is a file already", str(path), "name another, or remove that one") from None
    except OSError as cause:
        raise Refused(f"{path} cannot be written", cause.strerror or "", "choose a folder of your own") from None
    try:
        with os.fdopen(descriptor, "wb") as out:
            out.write(data)
    except OSError as cause:
        path.unlink(missing_ok=True)
        raise Refused(f"{path} cannot be written", cause.strerror or "", "free some space, then do it again") from None


def refuse_there(path: Path) -> None:
    """Raise Refused where a file is there already, before the work of making another."""
    if path.exists():
        raise Refused("There is a file already", str(path), "name another, or remove that one")


def write_whole(path: Path, data: bytes) -> None:
    """Write a new file that only its owner may read, all of it or nothing, over no other. Raises Refused."""
    part = path.with_name(f".{path.name}.part")
    part.unlink(missing_ok=True)
    write_private(part, data)
    try:
        os.link(part, path)  # refuses where a file came there meanwhile, which a rename would replace
    except FileExistsError:
        refuse_there(path)
    except (OSError, AttributeError):  # a disk that knows no links: whole in all but a loss of power
        write_private(path, data)
    finally:
        part.unlink(missing_ok=True)


def _line(pdf: FPDF, text: str, size: float, bold: bool = False) -> None:
    if text:
        pdf.set_font("helvetica", style="B" if bold else "", size=size)
        pdf.multi_cell(0, size * 0.5, _latin(text), align="L", new_x="LMARGIN", new_y="NEXT")


def _pdf_table(pdf: FPDF, table: Table) -> None:
    kept = [at for at in range(len(table.titles)) if any(row[at] for row in table.rows)]
    sizes = [min(60, max(len(table.titles[at]), *(len(row[at]) for row in table.rows))) + 2 for at in kept]
    pdf.set_font("helvetica", size=8)
    with pdf.table(
        borders_layout="SINGLE_TOP_LINE",
        col_widths=tuple(sizes),
        line_height=4.4,
        text_align=tuple("RIGHT" if at in table.right else "LEFT" for at in kept),
    ) as drawn:
        for row in (table.titles, *table.rows):
            line = drawn.row()
            for at in kept:
                line.cell(_latin(row[at]))


def _latin(text: str) -> str:
    """The text in the letters that a PDF's own fonts have: others by their nearest Latin letter, else a question mark."""
    kept = []
    for letter in clean(text, lines=True).translate(_SPELT):
        if letter.encode("cp1252", "ignore"):
            kept.append(letter)
        else:
            plain = "".join(part for part in unicodedata.normalize("NFKD", letter) if not unicodedata.combining(part))
            kept.append(plain if plain.encode("latin-1", "ignore") else "?")
    return "".join(kept).encode("latin-1", "replace").decode("latin-1")
