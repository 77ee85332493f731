"""A page as text, HTML and PDF: everything stands in each of them, and nothing in it is taken for markup."""

from __future__ import annotations

from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from placement_tui.domain.pages import Fact, Page, Section, Table
from placement_tui.domain.pages_text import as_text
from placement_tui.errors import WrongUse
from placement_tui.exchange.pages import as_html, as_pdf, save

PAGE = Page(
    "A title",
    "FULL: what it holds",
    (
        Section("First", (Fact("Risk", "goes missing", "warn"), Fact("Empty", ""), "A paragraph\nof two lines")),
        Section("Second", (Table(("Name", "Miles"), (("Alder", "3.2"), ("Łódź House", "11.0")), frozenset({1})),)),
        Section("Third", (), "Nothing."),
    ),
)


class Words(HTMLParser):
    """The text of an HTML file, and its tags."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.words: list[str] = []
        self.tags: list[tuple[str, list[tuple[str, str | None]]]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """A tag."""
        self.tags.append((tag, attrs))

    def handle_data(self, data: str) -> None:
        """Text."""
        self.words.append(data)


def test_text_holds_everything_aligned_and_says_what_it_holds_at_both_ends() -> None:
    text = as_text(PAGE)
    assert text.count("FULL: what it holds") == 2
    assert "! Risk: goes missing" in text
    assert "Empty" not in text
    assert "Nothing." in text
    lines = text.splitlines()
    at = lines.index("Name        Miles")
    assert lines[at + 1 : at + 3] == ["Alder         3.2", "Łódź House   11.0"]


def test_html_fetches_nothing_and_holds_the_same_words() -> None:
    found = Words(as_html(PAGE))
    assert {tag for tag, _ in found.tags} & {"script", "img", "link", "iframe"} == set()
    assert not any(name in ("src", "href") for _, attrs in found.tags for name, _ in attrs)
    assert "Łódź House" in found.words


@given(st.text(min_size=1, max_size=60))
def test_whatever_people_type_is_text_in_html(typed: str) -> None:
    page = Page(typed, typed, (Section(typed, (Fact(typed, typed), Table((typed,), ((typed,),)), typed)),))
    plain = Page("x", "x", (Section("x", (Fact("x", "x"), Table(("x",), (("x",),)), "x")),))
    assert [tag for tag, _ in Words(as_html(page)).tags] == [tag for tag, _ in Words(as_html(plain)).tags]


@given(st.text(max_size=60))
def test_no_control_character_reaches_a_terminal_through_text(typed: str) -> None:
    text = as_text(Page("t", "h", (Section("s", (Fact("n", typed), Table(("c",), ((typed,),)), typed)),)))
    assert not [letter for letter in text if letter != "\n" and (ord(letter) < 32 or 127 <= ord(letter) < 160)]


@given(st.text(max_size=40))
def test_a_pdf_is_made_whatever_the_letters(typed: str) -> None:
    assert as_pdf(Page(typed, "holds", (Section("s", (Fact("n", typed), typed)),))).startswith(b"%PDF-")


def test_an_ending_that_says_no_kind_of_page_is_refused(tmp_path: Path) -> None:
    with pytest.raises(WrongUse, match=r"\.txt, \.html or \.pdf"):
        save(PAGE, tmp_path / "page.docx")
    assert list(tmp_path.iterdir()) == []
