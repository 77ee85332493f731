"""The board pack as its reader gets it: a workbook and a page that open, say what they count, and tell of no child."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime
from html.parser import HTMLParser
from pathlib import Path
from typing import Any, NamedTuple
from xml.etree import ElementTree

import openpyxl
import pytest
from sqlalchemy import Text, text

from placement_tui.bootstrap import open_services
from placement_tui.db.tables import RECORDS
from placement_tui.demo import build
from placement_tui.domain.insight import Period
from placement_tui.domain.report import Pack, Section, SharedBlock, SharedRow
from placement_tui.exchange.board_html import as_html
from placement_tui.exchange.board_xlsx import as_xlsx

NOW = datetime(2026, 10, 13, 15, 30, tzinfo=UTC)
MARK = "QUOLLVEX"
NAMED = {"child": ("initials", "identifier"), "home": ("address", "town", "phone", "email")}
pytestmark = pytest.mark.xdist_group("board_pack")


class Made(NamedTuple):
    """A store with a mark in every text that anybody wrote, and its packs."""

    pack: Pack
    xlsx: bytes
    html: str


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Made]:
    folder = tmp_path_factory.mktemp("board")
    services = open_services(build(folder, now=NOW), clock=lambda: NOW)
    try:
        with services.desk.store.write(services.desk.officer.id, "plant") as session:
            for noun, record in RECORDS.items():
                table = record.__table__  # type: ignore[attr-defined]  # every record is a table
                texts = [column.name for column in table.columns if isinstance(column.type, Text)]
                for column in (*texts, *NAMED.get(noun, ())):
                    session.execute(text(f"UPDATE {noun} SET {column} = '{MARK} ' || substr(hex(id), 17)"))
            carers = "UPDATE home SET name = 'Zzyx ' || name WHERE kind IN ('inhouse', 'household', 'res', 'sa')"
            session.execute(text(carers))
            session.execute(text("UPDATE home SET restricted = 1 WHERE kind = 'res'"))
        for ending in ("xlsx", "html"):
            services.report.write(folder / f"pack.{ending}")
        pack = services.report.pack()
    finally:
        services.close()
    return Made(pack, (folder / "pack.xlsx").read_bytes(), (folder / "pack.html").read_text())


@pytest.fixture(scope="module")
def book(made: Made) -> Any:
    return openpyxl.load_workbook(io.BytesIO(made.xlsx))


class Page(HTMLParser):
    """What stands in a page: its tags, its tables row by row, its words."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.tables: list[list[list[str]]] = []
        self._cell: list[str] | None = None
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag == "table":
            self.tables.append([])
        elif tag == "tr":
            self.tables[-1].append([])
        elif tag in ("td", "th"):
            self._cell = []

    def handle_data(self, data: str) -> None:
        if self._cell is not None:
            self._cell.append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag in ("td", "th") and self._cell is not None:
            self.tables[-1][-1].append("".join(self._cell).strip())
            self._cell = None


@pytest.fixture(scope="module")
def page(made: Made) -> Page:
    return Page(made.html)


def test_nothing_that_anybody_wrote_of_a_child_or_a_home_is_in_it(made: Made) -> None:
    with zipfile.ZipFile(io.BytesIO(made.xlsx)) as parts:
        workbook = "".join(parts.read(name).decode() for name in parts.namelist())
    for said in (workbook, made.html):
        assert MARK not in said
        assert "Zzyx" not in said
        assert not re.search(r"\b26-\d{4}\b", said)  # a referral's reference


def test_no_number_in_the_workbook_counts_fewer_than_the_threshold(book: Any) -> None:
    seen = 0
    for sheet in book.worksheets[1:-1]:
        unit = ""
        for row in sheet.iter_rows(values_only=True, max_col=11):
            if isinstance(row[0], str) and (
                found := re.search(r"In (a count|a share|a rate|days|pounds|hours|miles|a score)", row[0])
            ):
                unit = found.group(1)
            counts = [row[5], row[6], row[7], row[2] if unit == "a count" else None]
            numbers = [each for each in counts if isinstance(each, int | float)]
            seen += len(numbers)
            assert not [each for each in numbers if 0 < each < 6], (sheet.title, row)
            if isinstance(row[5], int | float) and isinstance(row[6], int | float) and unit == "a share":
                assert not 0 < row[6] - row[5] < 6, (sheet.title, row)  # what it leaves is a count as well
    assert seen > 200


def test_no_number_on_the_page_counts_fewer_than_the_threshold(page: Page) -> None:
    seen = 0
    for table in page.tables:
        head = table[0]
        for row in table[1:]:
            for title in ("Counted", "Of", "n"):
                if title in head and row[head.index(title)].replace(",", "").isdigit():
                    seen += 1
                    assert not 0 < int(row[head.index(title)].replace(",", "")) < 6, row
    assert seen > 200


def test_the_workbook_has_a_sheet_a_question_between_a_title_and_definitions(made: Made, book: Any) -> None:
    titles = [section.title for section in made.pack.sections]
    assert book.sheetnames == ["Title", *titles, "Definitions"]
    front = [row[0] for row in book["Title"].iter_rows(values_only=True) if row[0]]
    assert any("homes for children in care" in line for line in front)
    assert any("Made by" in line and "13 October 2026" in line for line in front)
    assert any("Department for Education data © Crown copyright" in line for line in front)
    defined = [row[1] for row in book["Definitions"].iter_rows(values_only=True)]
    assert all(block.title in defined for section in made.pack.sections for block in section.blocks)
    assert {"n", "95% interval", "c"} <= set(defined)


def test_the_workbook_has_charts_of_its_own_beside_the_tables(made: Made, book: Any) -> None:
    charts = {sheet.title: len(sheet._charts) for sheet in book.worksheets}
    drawn = [block for section in made.pack.sections for block in section.blocks if block.chart == "bars" and len([r for r in block.rows if r.value is not None]) > 1]  # fmt: skip
    assert sum(charts.values()) >= len(drawn) > 10


def test_every_table_of_the_workbook_has_its_n(book: Any) -> None:
    for sheet in book.worksheets[1:-1]:
        heads = [row for row in sheet.iter_rows(values_only=True) if row[0] == "What"]
        assert all(head[7] == "n" for head in heads)


def test_the_page_fetches_nothing_and_runs_nothing(made: Made, page: Page) -> None:
    assert not {"script", "link", "img", "iframe", "object", "embed", "image", "base", "form"} & {
        tag for tag, _ in page.tags
    }
    assert not re.search(r"https?:|//[a-z]|url\(|@import|javascript:", made.html)
    links = [
        value for _, attributes in page.tags for name, value in attributes.items() if name.endswith(("href", "src"))
    ]
    assert links
    assert all(value and value.startswith("#") for value in links)
    assert not [name for _, attributes in page.tags for name in attributes if name.startswith("on")]


def test_every_drawing_has_a_title_and_a_description_and_stands_by_its_table(made: Made, page: Page) -> None:
    drawings = re.findall(r"<svg.*?</svg>", made.html, re.DOTALL)
    assert len(drawings) > 15
    keys = set()
    for drawing in drawings:
        root = ElementTree.fromstring(drawing)
        title, description = root[0], root[1]
        assert (title.tag, description.tag) == ("title", "desc")
        assert title.text
        assert description.text
        assert root.get("aria-labelledby") == f"{title.get('id')} {description.get('id')}"
        keys.add(root.get("id"))
    assert len(keys) == len(drawings)
    assert len(page.tables) >= len(drawings)


def test_every_table_of_the_page_has_headers_for_rows_and_columns(page: Page) -> None:
    scopes = [attributes.get("scope") for tag, attributes in page.tags if tag == "th"]
    assert scopes
    assert set(scopes) == {"col", "row"}
    assert [attributes.get("lang") for tag, attributes in page.tags if tag == "html"] == ["en-GB"]


def test_each_question_begins_a_sheet_of_paper(made: Made) -> None:
    assert "@page { size: A4" in made.html
    assert re.search(r"@media print \{.*section \{ break-before: page", made.html)
    assert made.html.count("<section ") == len(made.pack.sections) + 1


# A pack of one's own, with what a store rarely holds.


def small(*blocks: SharedBlock) -> Pack:
    period = Period(NOW.date().replace(month=1, day=1), NOW.date())
    return Pack("Wirral <b>& Co</b>", period, "=Karen", NOW, 6, (Section("one", "Why? [a/b]: *all*", "", blocks),))


HIDDEN = SharedBlock(
    "type", "By type", "Counted.",
    (SharedRow("=1+1", value=40, n=40), SharedRow("<script>alert(1)</script>", hidden=True), SharedRow("Secure", value=0, n=0)),
)  # fmt: skip


def test_a_hidden_figure_is_a_c_in_the_table_and_a_gap_in_the_chart() -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(as_xlsx(small(HIDDEN)))).worksheets[1]
    rows = {row[0]: row for row in sheet.iter_rows(values_only=True) if row[0]}
    hidden = rows["<script>alert(1)</script>"]
    assert (hidden[2], hidden[7], hidden[8], hidden[10]) == ("c", "c", "hidden", None)
    assert rows["Secure"][10] == 0
    html = as_html(small(HIDDEN))
    assert ["&lt;script&gt;alert(1)&lt;/script&gt;" in html, "<script" in html] == [True, False]
    assert "c: a count from 1 to 5" in html


def test_text_that_looks_like_a_formula_stays_text() -> None:
    book = openpyxl.load_workbook(io.BytesIO(as_xlsx(small(HIDDEN))))
    cells = [cell for sheet in book.worksheets for row in sheet.iter_rows() for cell in row]
    assert [cell.data_type for cell in cells if cell.value == "=1+1"] == ["s"]
    assert not [cell for cell in cells if cell.data_type == "f"]


def test_sheets_have_names_that_a_workbook_takes() -> None:
    long = tuple(Section(str(at), "Who holds our local beds, and since when?", "", ()) for at in range(3))
    pack = small()
    names = openpyxl.load_workbook(
        io.BytesIO(as_xlsx(Pack(pack.council, pack.period, "K", NOW, 6, (*pack.sections, *long))))
    ).sheetnames
    assert len(set(names)) == len(names) == 6
    assert all(len(name) <= 31 and not re.search(r"[\[\]:*?/\\]", name) for name in names)


def test_an_empty_table_says_so() -> None:
    empty = SharedBlock("none", "None", "Counted.", (), empty="Nothing was logged in that time.")
    assert "Nothing was logged in that time." in as_html(small(empty))
    sheet = openpyxl.load_workbook(io.BytesIO(as_xlsx(small(empty)))).worksheets[1]
    assert "Nothing was logged in that time." in [row[0] for row in sheet.iter_rows(values_only=True)]


def test_a_curve_and_a_line_are_drawn_with_what_is_hidden_left_out() -> None:
    curve = SharedBlock("curve", "Lasting", "d", tuple(SharedRow("All", str(day), value, value - 0.05, value, n=90) for day, value in ((0, 1.0), (30, 0.9), (90, 0.5))), "share", "survival")  # fmt: skip
    trend = SharedBlock("trend", "By month", "d", tuple(SharedRow("In-house", f"2026-0{month}-01", None if month == 3 else month * 10.0, n=month * 10, hidden=month == 3) for month in range(1, 6)), chart="trend")  # fmt: skip
    heat = SharedBlock("heat", "Need by reason", "d", tuple(SharedRow(need, reason, 20.0, n=20) for need in ("Missing", "Autism") for reason in ("Price", "Distance")), chart="heat")  # fmt: skip
    html = as_html(small(curve, trend, heat))
    assert html.count("<svg") == 2
    assert 'class="grid"' in html
    assert len(openpyxl.load_workbook(io.BytesIO(as_xlsx(small(curve, trend, heat)))).worksheets[1]._charts) == 2


@pytest.mark.parametrize("ending", [".xlsx", ".html"])
def test_a_pack_is_whole_private_and_written_over_no_other(tmp_path: Path, ending: str) -> None:
    from placement_tui.errors import Refused
    from placement_tui.exchange.pages import write_whole

    path = tmp_path / f"pack{ending}"
    write_whole(path, b"whole")
    assert path.stat().st_mode & 0o077 == 0
    with pytest.raises(Refused, match="There is a file already"):
        write_whole(path, b"other")
    assert path.read_bytes() == b"whole"
    assert [each.name for each in tmp_path.iterdir()] == [path.name]
