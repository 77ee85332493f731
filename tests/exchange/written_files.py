"""Small fictional files in the official layouts, and workbooks of any content, written for the tests of the importers."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

REAL = Path(__file__).parents[2] / "../shared/data"

Rows = Sequence[Sequence[Any]]


def csv_bytes(rows: Rows, encoding: str = "utf-8-sig", delimiter: str = ",") -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=delimiter).writerows(rows)
    return text.getvalue().encode(encoding)


def write_csv(path: Path, rows: Rows, encoding: str = "utf-8-sig") -> Path:
    path.write_bytes(csv_bytes(rows, encoding))
    return path


def write_xlsx(path: Path, sheets: Mapping[str, Rows], merged: Sequence[str] = (), hidden: Sequence[str] = ()) -> Path:
    """A workbook of named sheets; `merged` are ranges such as A1:F1 of the first one."""
    from openpyxl import Workbook

    book = Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
        if name in hidden:
            sheet.sheet_state = "hidden"
    for cells in merged:
        book.worksheets[0].merge_cells(cells)
    book.save(path)
    return path


def write_ods(path: Path, sheets: Mapping[str, Rows]) -> Path:
    from odf.opendocument import OpenDocumentSpreadsheet
    from odf.table import Table, TableCell, TableRow
    from odf.text import P

    document = OpenDocumentSpreadsheet()
    for name, rows in sheets.items():
        table = Table(name=name)
        for row in rows:
            line = TableRow()
            for value in row:
                if isinstance(value, date):
                    cell = TableCell(valuetype="date", datevalue=value.isoformat())
                elif isinstance(value, (int, float)):
                    cell = TableCell(valuetype="float", value=value)
                elif value in (None, ""):
                    cell = TableCell()
                else:
                    cell = TableCell(valuetype="string")
                if value not in (None, ""):
                    for part in str(value).split("\n"):
                        cell.addElement(P(text=part))
                line.addElement(cell)
            table.addElement(line)
        document.spreadsheet.addElement(table)
    document.save(str(path))
    return path


def raw_xlsx(path: Path, sheet_data: str, strings: str = "") -> Path:
    """An .xlsx whose sheet XML is exactly what the test says."""
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(
            "[Content_Types].xml",
            f'<Types xmlns="{package}/content-types"><Default Extension="xml" ContentType="application/xml"/></Types>',
        )
        archive.writestr(
            "_rels/.rels",
            f'<Relationships xmlns="{package}/relationships"><Relationship Id="rId1" Type="{relations}/officeDocument" '
            'Target="xl/workbook.xml"/></Relationships>',
        )
        archive.writestr(
            "xl/workbook.xml",
            f'<workbook xmlns="{main}" xmlns:r="{relations}"><sheets><sheet name="S" sheetId="1" r:id="rId1"/></sheets>'
            "</workbook>",
        )
        archive.writestr(
            "xl/_rels/workbook.xml.rels",
            f'<Relationships xmlns="{package}/relationships"><Relationship Id="rId1" Type="{relations}/worksheet" '
            'Target="worksheets/sheet1.xml"/></Relationships>',
        )
        if strings:
            archive.writestr("xl/sharedStrings.xml", f'<sst xmlns="{main}">{strings}</sst>')
        archive.writestr(
            "xl/worksheets/sheet1.xml", f'<worksheet xmlns="{main}"><sheetData>{sheet_data}</sheetData></worksheet>'
        )
    return path


def raw_ods(path: Path, body: str) -> Path:
    """An .ods whose tables' XML is exactly what the test says."""
    names = "urn:oasis:names:tc:opendocument:xmlns"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("META-INF/manifest.xml", f'<m:manifest xmlns:m="{names}:manifest:1.0"/>')
        archive.writestr(
            "content.xml",
            f'<o:document-content xmlns:o="{names}:office:1.0" xmlns:office="{names}:office:1.0" '
            f'xmlns:table="{names}:table:1.0" xmlns:text="{names}:text:1.0"><office:body><office:spreadsheet>'
            f"{body}</office:spreadsheet></office:body></o:document-content>",
        )
    return path


# Ofsted's yearly layouts: title rows above, the header, and how a fictional home stands under it.


def _titles(line: str) -> list[str]:
    return line.split(",")


HEADER_2015 = _titles(
    "Web link,URN,Provision type,Reg Status,Setting Name,Address 1,Address 2,Town,County,Postcode,Region,Local authority,"
    "Sector,Inspection type,Inspection Date,Inspection ID,Overall effectiveness,Outcomes for children and young people,"
    "Quality of care,The safety of children and young people,Leadership and management,"
    "Outcomes in education and related learning activities,Linked ED URN,Short breaks only"
)
HEADER_2019 = _titles(
    "Web link,URN,Linked Education URN,Provision type,Registration date,Registration status,Name,Address 1,Address 2,Town,"
    "County,Postcode,Ofsted region,Government Office Region,Local authority,Parliamentary constituency,Sector,Places,"
    "Organisation which owns the provider,Event type,Inspection date,Publication date,Event number,"
    "Overall experiences and progress of children and young people,"
    "Outcomes in education and related learning activities,"
    "How well children and young people are helped and protected,The effectiveness of leaders and managers"
)
HEADER_2023 = _titles(
    "Web link,URN,Linked Education URN,Provision type,Registration date,Registration status,Name,Address 1,Address 2,Town,"
    "County,Postcode,Ofsted region,Government Office Region,Local authority,Parliamentary constituency,Sector,Places,"
    "Short-break-only children's home,Multi-building children's home,Organisation which owns the provider,"
    "Latest full inspection event type,Latest full inspection date,Latest full inspection publication date,"
    "Latest full inspection event number,Overall experiences and progress of children and young people,"
    "Outcomes in education and related learning activities,Health services,"
    "How well children and young people are helped and protected,The effectiveness of leaders and managers,,"
)
HEADER_2025 = _titles(
    "Web link,URN,Linked Education URN,Provision type,Registration date,Registration status,Name,Address 1,Address 2,Town,"
    "County,Postcode,Ofsted Region,Government Office Region,Local authority,Parliamentary constituency,Sector,Places,"
    "Supported accommodation premises,Short-break-only children's home,Multi Building Children's Home,"
    "Organisation which owns the provider,\nLatest Full inspection event type,\nLatest full inspection date,"
    "Latest full inspection publication date,\nLatest full inspection event number,"
    "\nOverall experiences and progress of children and young people,"
    "Outcomes in education and related learning activities,Health services,"
    "\nHow well children and young people are helped and protected,The effectiveness of leaders and managers,"
    "Supported Accommodation outcome,,,,"
)
HEADER_PREMISES = _titles(
    "Web link,URN,Provider name,Provision type,Registration date,Registration status,Service category (Note 4),Places,"
    "Premises Ofsted Region,Premises Government Office Region,Premises Parliamentary Constituency,"
    "Premises Local Authority,Sector,Organisation name"
)
TITLES_2025 = [
    ["Children's social care data in England 2025 – Provider level as at 31 March 2025"],
    ["This worksheet contains one table, this table begins in cell A4."],
    ["Some cells in this table are empty."],
]
TITLES_2019 = [["Provider information", *[""] * 18, "Latest Full Inspection"]]


def home_row(header: Sequence[str], **values: Any) -> list[Any]:
    """A row under `header`: each value goes under the first header that contains its name, `_` standing for a space."""
    row: list[Any] = [""] * len(header)
    for name, value in values.items():
        wanted = name.replace("_", " ").casefold()
        titles = [" ".join(title.casefold().split()) for title in header]
        exact = [index for index, title in enumerate(titles) if title == wanted]
        row[(exact or [index for index, title in enumerate(titles) if wanted in title])[0]] = value
    return row


def children_home(header: Sequence[str], urn: Any = "9000001", **values: Any) -> list[Any]:
    """A fictional children's home as the public lists have them: without name and address."""
    name = "Setting Name" if "Setting Name" in header else "Name"
    facts: dict[str, Any] = {
        "URN": urn,
        "Provision type": "Children's home",
        name: "REDACTED",
        "Address 1": "REDACTED",
        "Address 2": "REDACTED",
        "Town": "REDACTED",
        "County": "REDACTED",
        "Postcode": "REDACTED",
        "Local authority": "Wirral",
        "Sector": "Private",
    }
    facts["Reg Status" if "Reg Status" in header else "Registration status"] = "Active"
    return home_row(header, **{**facts, **values})
