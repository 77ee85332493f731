"""A page as a Word document, with nothing in it but the page: no author, no dates, no name of the machine."""

from __future__ import annotations

from datetime import datetime
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from placement_tui.domain.pages import Page, Table
from placement_tui.domain.pages_text import runs
from placement_tui.domain.typed_text import clean

_NO_TIME = datetime(2000, 1, 1)  # noqa: DTZ001 - a document's own times carry no zone
_FIRST = (1980, 1, 1, 0, 0, 0)  # the earliest that a ZIP can say


def as_docx(page: Page) -> bytes:
    """The page as .docx: headings, lines, named values and tables."""
    from docx import Document

    made = Document()
    told = made.core_properties
    told.author = told.last_modified_by = told.comments = told.keywords = told.subject = told.category = ""
    told.title = clean(page.title)
    told.created = told.modified = told.last_printed = _NO_TIME
    told.revision = 1
    made.add_heading(clean(page.title), 0)
    if page.about:
        made.add_paragraph(clean(page.about))
    made.add_paragraph().add_run(clean(page.holds)).bold = True
    for section in page.sections:
        made.add_heading(clean(section.title), section.depth)
        for kind, part in runs(section):
            if kind == "table":
                _table(made, part)
            elif kind == "facts":
                for fact in part:
                    line = made.add_paragraph()
                    line.add_run(f"{clean(fact.name)}: ").bold = True
                    line.add_run(clean(fact.value, lines=True))
            else:
                for block in clean(str(part), lines=True).split("\n\n"):
                    made.add_paragraph(block)
    data = BytesIO()
    made.save(data)
    return _timeless(data.getvalue())


def _table(made: object, table: Table) -> None:
    from docx.document import Document

    assert isinstance(made, Document)
    drawn = made.add_table(rows=0, cols=len(table.titles))
    for row in (table.titles, *table.rows):
        for cell, text in zip(drawn.add_row().cells, row, strict=True):
            cell.text = clean(text)


def _timeless(data: bytes) -> bytes:
    """The same document without the times at which its parts were packed, and without a picture of its first page."""
    out = BytesIO()
    with ZipFile(BytesIO(data)) as old, ZipFile(out, "w", ZIP_DEFLATED) as new:
        for name in old.namelist():
            part = ZipInfo(name, _FIRST)
            part.compress_type = ZIP_DEFLATED
            new.writestr(part, old.read(name))
    return out.getvalue()
