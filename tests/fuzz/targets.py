"""What hostile input is thrown at. Each target takes bytes and answers "taken" or "refused"; anything else is a fault.

A refusal is a sentence of the program's own (`PlacementError`). No target needs a store: what is tried here is what
reads, before anything is written.
"""

from __future__ import annotations

import io
import json
import os
import re
import tempfile
import zipfile
import zlib
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, date, datetime
from importlib import import_module
from itertools import pairwise
from pathlib import Path

from placement_tui.cli.asking import check_text, parser_of, take_apart
from placement_tui.cli.registry import ENTRIES, words_of
from placement_tui.db import attempts, slots
from placement_tui.db.changes.meetings import taken_apart
from placement_tui.domain import handovers_form, typed
from placement_tui.domain.codes.legal import parse_legal
from placement_tui.domain.codes.provision import parse_home_kind, parse_kind
from placement_tui.domain.pages import Fact, Page, Section, Table
from placement_tui.domain.pages_text import as_text
from placement_tui.domain.policy import SETTINGS, Around, setting_kind
from placement_tui.domain.query import parse
from placement_tui.domain.ssda903_facts import facts
from placement_tui.domain.ssda903_rows import check_rows
from placement_tui.errors import PlacementError
from placement_tui.exchange.authorities import read_reference
from placement_tui.exchange.boundaries import read_boundaries
from placement_tui.exchange.bundles import header_of, public_of
from placement_tui.exchange.bundles import read as read_bundle
from placement_tui.exchange.lists import is_list, read_list
from placement_tui.exchange.meetings import unpack
from placement_tui.exchange.ofsted import read_register
from placement_tui.exchange.pages import as_html
from placement_tui.exchange.postcode_files import read_postcodes
from placement_tui.exchange.providers import read_providers, recognise
from placement_tui.exchange.sheets import open_book
from placement_tui.exchange.spreadsheets import read_headers
from placement_tui.exchange.ssda903 import read_return

NOW = datetime(2026, 10, 20, 16, 15, tzinfo=UTC)
TODAY = date(2026, 10, 20)
_UNSAFE = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
_KEY = "07" * 32
_FOLDER = Path(tempfile.mkdtemp(prefix="fuzz-", dir="/dev/shm" if os.path.isdir("/dev/shm") else None))


def run(name: str, data: bytes) -> str:
    """Throw bytes at a target. Raises whatever is no refusal; a refusal that a terminal could not show is one too."""
    try:
        TARGETS[name](data)
    except PlacementError as refusal:
        _shown(refusal)
        return "refused"
    return "taken"


def _shown(refusal: PlacementError) -> PlacementError:
    if _UNSAFE.search(str(refusal)) or not str(refusal).strip():
        raise AssertionError(f"a refusal that no terminal may show: {str(refusal)!r}") from None
    return refusal


def _file(data: bytes, name: str) -> Path:
    path = _FOLDER / name
    path.write_bytes(data)
    return path


def _text(data: bytes) -> str:
    return data.decode("utf-8", "surrogateescape")


def query(data: bytes) -> None:
    """The search's one line: what is parsed is written again and means the same."""
    text = data.decode("utf-8", "replace")
    found = parse(text)
    again = parse(found.to_text())
    assert again.to_text() == found.to_text(), text


def fields(data: bytes) -> None:
    """Every kind of field that people type in a form."""
    text = data.decode("utf-8", "replace")
    readers: tuple[Callable[[], object], ...] = (
        lambda: typed.age_or_birth(text, TODAY), lambda: typed.day(text, TODAY), lambda: typed.when(text, NOW),
        lambda: typed.needed(text, NOW), lambda: typed.money(text), lambda: typed.fee_split(text),
        lambda: typed.miles(text), lambda: typed.count(text), lambda: typed.phone(text), lambda: typed.postcode(text),
        lambda: typed.sex(text), lambda: typed.initials(text), lambda: typed.short_text("x", text, 200),
        lambda: typed.long_text("x", text, 20_000), lambda: parse_legal(text), lambda: parse_kind(text),
        lambda: parse_home_kind(text),
    )  # fmt: skip
    refused: PlacementError | None = None
    for reader in readers:
        try:
            reader()
        except PlacementError as cause:
            refused = _shown(cause)
    if refused is not None:
        raise refused


def table(data: bytes) -> None:
    """Any file given for a table."""
    for sheet in open_book(_file(data, "any.csv")).sheets:
        sheet.head(20)
        for row in sheet.rows():
            assert row.line > 0


def workbook(data: bytes) -> None:
    """A workbook whose sheet, and whose shared strings, are these bytes."""
    packed = io.BytesIO()
    sheet, _, strings = data.partition(b"\x00")
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("[Content_Types].xml", _TYPES)
        archive.writestr("_rels/.rels", _RELS)
        archive.writestr("xl/workbook.xml", _BOOK)
        archive.writestr("xl/_rels/workbook.xml.rels", _BOOK_RELS)
        archive.writestr("xl/worksheets/sheet1.xml", sheet)
        archive.writestr("xl/sharedStrings.xml", strings)
    table(packed.getvalue())


def register(data: bytes) -> None:
    """A file given for the public register."""
    read_register(_file(data, "provider_level.csv"))


def lists(data: bytes) -> None:
    """A file given for one of Ofsted's restricted lists."""
    path = _file(data, "list for authorities.csv")
    if is_list(path):
        read_list(path)


def providers(data: bytes) -> None:
    """A file given for the team's own list."""
    path = _file(data, "carers.csv")
    read_providers(path, recognise(read_headers(path)), kind="inhouse")


def areas(data: bytes) -> None:
    """A file given for authorities, districts or constituencies."""
    read_reference(_file(data, "areas.csv"))


def postcodes(data: bytes) -> None:
    """A file given for postcodes."""
    list(read_postcodes(_file(data, "postcodes.csv")))


def returns(data: bytes) -> None:
    """A file given for one table of a statutory return, and the lives that come of it."""
    _lives(_file(data, "episodes.csv"))


def returns_xml(data: bytes) -> None:
    """A file given for the XML of a statutory return."""
    _lives(_file(data, "return.xml"))


def _lives(path: Path) -> None:
    files = read_return([path])
    good, faults = check_rows(files.rows)
    for fault in faults:
        assert fault.reason
        assert fault.mend
    for child in {row.child for row in good}:
        said = facts([row for row in good if row.child == child], {row.year for row in good})
        stays = [each for each in said.records if each.noun == "placement"]
        for one, other in pairwise(stays):
            assert one.end is not None
            assert one.end <= other.day, "two placements of a child overlap"


def night(data: bytes) -> None:
    """The night team's form."""
    rows = open_book(_file(data, "form.csv")).sheets[0].rows()
    titles = rows[0].cells if rows else ()
    if handovers_form.missing_columns(titles):
        titles = handovers_form.COLUMNS
    for row in rows[1:]:
        handovers_form.read_line(row.line, dict(zip(titles, row.cells, strict=False)), NOW)


def keys(data: bytes) -> None:
    """The key file beside a store, and looking for an officer in it."""
    store = _file(b"", "team.db")
    _file(data, "team.db.keys")
    store.chmod(0o600)
    (_FOLDER / "team.db.keys").chmod(0o600)
    slots.read(store).slot("Karen Moss")


def tries(data: bytes) -> None:
    """The file of failed tries beside a store."""
    for line in attempts._lines(data):
        attempts._row(line)


def settings(data: bytes) -> None:
    """A setting: `name=value`, as typed; the same value for every other setting as well."""
    name, _, value = data.decode("utf-8", "replace").partition("=")
    around = Around({}, {"E08000015": "Wirral", "E08000012": "Liverpool"})
    refused: PlacementError | None = None
    for kind in SETTINGS.values():
        try:
            read = kind.read(kind, value, around)
            json.dumps(read)
            kind.say(read, around)
        except PlacementError as cause:
            refused = _shown(cause)
    setting_kind(name)
    if refused is not None:
        raise refused


def command(data: bytes) -> None:
    """A command line, its words apart by NUL, as far as it is understood."""
    typed_words = _text(data).split("\0")
    asked = take_apart([word for word in typed_words if not word.startswith(("--passphrase-fd", "--words-fd"))])
    check_text(asked.words)
    found, taken = words_of(asked.words)
    if found:
        module = import_module(f"placement_tui.cli.{ENTRIES[found].module}")
        rest = [word for word in asked.words[taken:] if word not in ("-h", "--help")]
        parser_of(found, module.COMMANDS[found]).read(rest)


def page(data: bytes) -> None:
    """Whatever people wrote, on a page that is printed."""
    text = data.decode("utf-8", "replace")
    made = Page(text, text, (Section(text, (Fact(text, text), Table((text, "x"), ((text, text),)), text)),))
    assert not _UNSAFE.search(as_text(made))
    as_html(made)


def frame(data: bytes) -> None:
    """What the other end of a meeting sends: a frame as it travels, and the operations in it."""
    for body in (data, zlib.compress(data)):
        with suppress(PlacementError):
            found = unpack(body)
            for sent in found.get("operations", ()) if isinstance(found.get("operations"), list) else ():
                taken_apart(sent)
    unpack(zlib.compress(data))


def bundle(data: bytes) -> None:
    """A file that is said to be a bundle for this store."""
    path = _FOLDER / "bundle"
    path.write_bytes(data)
    header_of(path)
    for _ in read_bundle(path, _KEY, public_of(_KEY)):
        pass


def borders(data: bytes) -> None:
    """GeoJSON of authorities' borders: what is taken is areas of the United Kingdom, thinned."""
    for outline in read_boundaries(_file(data, "borders.geojson")):
        assert outline.rings
        assert all(len(ring) >= 4 and -11 <= x <= 4 and 48 <= y <= 62 for ring in outline.rings for x, y in ring)


TARGETS: dict[str, Callable[[bytes], None]] = {
    each.__name__: each
    for each in (
        query, fields, table, workbook, register, lists, providers, areas, postcodes, returns, returns_xml, night, keys, tries,
        settings, command, page,
        frame, bundle, borders,
    )
}  # fmt: skip

_TYPES = (
    '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Override PartName="/xl/workbook.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>'
)
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
_RELS = (
    f'<?xml version="1.0"?><Relationships xmlns="{_PACKAGE}">'
    f'<Relationship Id="r1" Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>'
)
_BOOK = (
    '<?xml version="1.0"?><workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" '
    f'xmlns:r="{_OFFICE}"><sheets><sheet name="S" sheetId="1" r:id="r1"/></sheets></workbook>'
)
_BOOK_RELS = (
    f'<?xml version="1.0"?><Relationships xmlns="{_PACKAGE}">'
    f'<Relationship Id="r1" Type="{_OFFICE}/worksheet" Target="worksheets/sheet1.xml"/>'
    f'<Relationship Id="r2" Type="{_OFFICE}/sharedStrings" Target="sharedStrings.xml"/></Relationships>'
)
