"""The SSDA903 return as the Department's XML: EXPSSDA903, in it CHILD, in that HEADER and EPISODE.

An element with a value is a column; the part of a group of them is told by its columns, as a table's is. The file is read
as it streams past, with no document type, no entities and nothing from elsewhere (defusedxml).
"""

from __future__ import annotations

import io
import xml.sax.handler
from collections import defaultdict
from pathlib import Path
from xml.sax import SAXParseException
from xml.sax.xmlreader import AttributesImpl, Locator

from defusedxml import DefusedXmlException
from defusedxml.sax import make_parser

from placement_tui.domain.codes.ssda903_tables import DATES, TABLES
from placement_tui.errors import BadFile
from placement_tui.exchange.sheets import LARGEST, read_bytes
from placement_tui.exchange.ssda903_csv import Table, column_of, day_text, part_of

ROOT = "EXPSSDA903"
_DEEPEST = 12
_LONGEST = 500  # characters of one value
# Values of the header that make a row of a part of their own, where there are any.
_OF_HEADER = {"UASC": ("DUC",), "OC3": ("IN_TOUCH",), "AD1": ("DATE_INT",), "PrevPerm": ("PREV_PERM",)}


def read_xml(path: Path | str, name: str) -> tuple[list[Table], list[str]]:
    """The tables of a return's XML, and what in it is left aside. Raises BadFile with the line."""
    data = read_bytes(path, LARGEST)
    reader = _Reader(name)
    parser = make_parser()
    parser.forbid_dtd = parser.forbid_entities = parser.forbid_external = True
    parser.setContentHandler(reader)
    try:
        parser.parse(io.BytesIO(data))
    except DefusedXmlException:
        raise BadFile(
            f"{name} has a document type or entities of its own",
            "A return has none: they can bring in other files, or fill the memory",
            "Export the return again from the system that it comes from.",
        ) from None
    except SAXParseException as error:
        raise BadFile(
            f"{name} is not well-formed XML",
            f"Line {error.getLineNumber()}: {error.getMessage()}",
            "Export it again; a file that was cut off while it was copied ends like this.",
        ) from None
    except (UnicodeError, ValueError, LookupError) as error:
        raise BadFile(f"{name} cannot be read as XML", str(error)[:120], "Save it as UTF-8.") from None
    return reader.tables()


class _Reader(xml.sax.handler.ContentHandler):
    """Gathers each child's values and groups; a group is an element that holds elements."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self._name = name
        self._rows: dict[str, list[tuple[int, dict[str, str]]]] = defaultdict(list)
        self._path: list[str] = []
        self._lines: list[int] = []
        self._groups: list[dict[str, str]] = []  # the values of each element on the way down
        self._parted: list[bool] = []  # whether an element held others
        self._text: list[str] = []
        self._header: dict[str, str] = {}
        self._of_child: list[tuple[str, int, dict[str, str]]] = []
        self._aside: dict[str, int] = {}
        self._locator: Locator | None = None

    def setDocumentLocator(self, locator: Locator) -> None:  # noqa: N802 - the name that the parser calls
        """Where the parser is."""
        self._locator = locator

    def startElement(self, name: str, attrs: AttributesImpl) -> None:  # noqa: N802, ARG002 - the parser's name; no attribute counts
        """Go down."""
        tag, line = column_of(name.rpartition(":")[2]), self._line()
        if not self._path and tag != ROOT:
            raise BadFile(
                f"{self._name} is no SSDA903 return",
                f"It begins with {tag[:40]} instead of {ROOT}",
                "Name the return's own file.",
            )
        if len(self._path) >= _DEEPEST:
            raise BadFile(
                f"{self._name} is no SSDA903 return", f"Line {line} is too deep", "Name the return's own file."
            )
        if self._parted:
            self._parted[-1] = True
        self._path.append(tag)
        self._lines.append(line)
        self._groups.append({})
        self._parted.append(False)
        self._text = []
        if len(self._path) == 2:
            self._header, self._of_child = {}, []

    def characters(self, content: str) -> None:
        """Text of a value."""
        if sum(map(len, self._text)) < _LONGEST:
            self._text.append(content)

    def endElement(self, name: str) -> None:  # noqa: ARG002, N802 - the parser's name
        """Come up: a value belongs to the element above, a group is a row."""
        tag, line, values, parted = self._path.pop(), self._lines.pop(), self._groups.pop(), self._parted.pop()
        if not parted:
            if self._groups and len(self._path) > 1:
                said = " ".join("".join(self._text)[:_LONGEST].split()).upper()
                self._groups[-1][tag] = day_text(said) if said and tag in DATES else said
        elif len(self._path) == 1:
            self._child({**self._header, **values}, line)
        elif len(self._path) > 1:
            self._group(tag, values, line)
        self._text = []

    def tables(self) -> tuple[list[Table], list[str]]:
        """What was gathered."""
        aside = [
            f"{self._name}: {count:,} elements {tag} are no part of the return, and are left aside."
            for tag, count in self._aside.items()
        ]
        return [Table(part, self._name, tuple(rows)) for part, rows in self._rows.items()], aside

    def _group(self, tag: str, values: dict[str, str], line: int) -> None:
        if tag == "HEADER":
            self._header |= values
            return
        part, _ = part_of([*values, "CHILD"])
        if part is None or part == "Header":
            part = "Episodes" if tag == "EPISODE" else None
        if part is None:
            self._aside[tag[:40]] = self._aside.get(tag[:40], 0) + 1
        else:
            self._of_child.append((part, line, values))

    def _child(self, header: dict[str, str], line: int) -> None:
        self._row("Header", header, {}, line)
        for part, marks in _OF_HEADER.items():
            if any(header.get(mark) for mark in marks) or (part == "UASC" and header.get("UASC") == "1"):
                self._row(part, header, {}, line)
        for part, at, values in self._of_child:
            self._row(part, header, values, at)

    def _row(self, part: str, header: dict[str, str], values: dict[str, str], line: int) -> None:
        own = {name: values.get(name, "") for name in TABLES[part]}
        for name in ("CHILD", "DOB", "SEX") if values else TABLES[part]:
            if name in own and not own[name]:
                own[name] = header.get(name, "")
        self._rows[part].append((line, own))

    def _line(self) -> int:
        return (self._locator.getLineNumber() or 1) if self._locator else 1
