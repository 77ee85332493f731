"""All people's text is drawn literally: whatever is typed, no widget fails, and no control character reaches a screen."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from rich.cells import cell_len
from textual.widget import Widget

from placement_tui.commands import find
from placement_tui.errors import PlacementError
from placement_tui.widgets import text as texts
from placement_tui.widgets.choose import ChooseStrip, Option
from placement_tui.widgets.columns import Column, cell_spans
from placement_tui.widgets.dialog import Choose, Confirm, Message
from placement_tui.widgets.fields import Field
from placement_tui.widgets.form import Form
from placement_tui.widgets.lines import Block, FooterLine, StatusLine, TitleLine, ToastLine
from placement_tui.widgets.picker import Picker
from placement_tui.widgets.reading import Reading
from placement_tui.widgets.table import RecordTable
from placement_tui.widgets.text import Span, breaks, fit, plain, wrap
from tests.widgets.faces import ALL, lines, shown

HOSTILE = [
    "Smith [/b]", "[", "[red]x", "[@click=app.quit]y[/]", "\\[b]", "Ó Súilleabháin", "x\x1b[2J\x1b[31m", "\x9b2J",
    "a\r\nb\tc\x00d\x7f", "🙂👨‍👩‍👧🏳️‍🌈", "漢字かな", "שלום עולם", "مرحبا", "\u202eevil\u2066", "e" + "\u0301" * 500,
    "\ud800", "", " ", "A" * 10_000, "漢" * 10_000, "क्‍ष", "\u200b\ufeff", "\uffff", "☎️ 0151 496 0101", "\ufe0f", "\u0301",
]  # fmt: skip
ANY_TEXT = st.one_of(st.sampled_from(HOSTILE), st.text(max_size=60), st.text(st.characters(), max_size=30))


def harmless(text: str) -> bool:
    return all(unicodedata.category(c) not in ("Cc", "Cs", "Cn", "Zl", "Zp") for c in text) and not set(text) & set(
        "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c"
    )


@given(ANY_TEXT)
def test_plain_text_is_one_harmless_line(text: str) -> None:
    assert harmless(plain(text))
    assert plain(plain(text)) == plain(text)
    plain(text).encode("utf-8")


@given(st.text(st.sampled_from("abc [/]ÓéЖ漢🙂'-.,"), max_size=60))
def test_ordinary_text_is_left_alone(text: str) -> None:
    assert plain(text) == text


@given(ANY_TEXT, st.integers(0, 40), st.sampled_from(["left", "right", "centre"]))
def test_a_text_fits_its_cells_exactly(text: str, width: int, align: str) -> None:
    assert cell_len(fit(plain(text), width, align)) == width
    assert sum(cell_len(span.text) for span in cell_spans([text, Span(text, "bad")], width, align)) == width


@given(ANY_TEXT, st.integers(1, 40))
def test_breaking_a_text_loses_none_of_it(text: str, width: int) -> None:
    text = plain(text)
    pieces = breaks(text, width)
    assert "".join(text[start:end] for start, end in pieces) == text
    assert all(cell_len(line.rstrip(" ")) <= max(width, 2) for line in wrap(text, width))


def test_words_are_broken_at_spaces() -> None:
    assert wrap("the quick brown fox", 10) == ("the quick", "brown fox")
    assert wrap("dé quick brown fôx", 10) == ("dé quick", "brown fôx")


def every_widget(text: str) -> list[Widget]:
    options = (Option("a", text), Option("b", text + "b", reason_not=text))
    table = RecordTable(
        [Column(text, 20), Column("n", 4, "right"), Column(text)],
        lambda r: (text, Span(text), [text, Span(text, "bad")]),
        key=lambda r: r,
    )
    picker = Picker([Column(text)], lambda r: (text,), key=lambda r: r, prompt=text, query=text, labels=True)
    form = Form(
        [
            Field("one", text, text, example=text),
            Field("two", "two", text, "choice", options),
            Field("three", "three", text, "multi", options),
            Field("four", text, kind="head"),
            Field("five", "five", text, "long"),
        ],
        {"one": text, "two": text, "three": text, "five": text},
    )
    for widget in (table, picker, form):
        widget.styles.height = 9
    strip = ChooseStrip(text)
    reading = Reading([text, Span(text, "good")])
    reading.styles.height = 2
    return [
        TitleLine(text, text, council=text, demo=True), StatusLine(text, text), table, picker, form, reading,
        Block(text, [text, Span(text, "muted")]), strip, ToastLine(), FooterLine([find("anywhere.help")]),
    ]  # fmt: skip


async def paint_everything(text: str) -> None:
    widgets = every_widget(text)
    app = ALL(*widgets)
    async with app.run_test(size=(90, 48)) as pilot:
        for widget in widgets:
            if isinstance(widget, Picker):
                widget.show([1, 2, 3], text, text)
            elif isinstance(widget, RecordTable):
                widget.show([1, 2, 3])
            elif isinstance(widget, ChooseStrip):
                widget.ask(text, [Option(1, text), Option(2, text)], lambda value: None, many=True)
            elif isinstance(widget, ToastLine):
                widget.saved(text)
        await pilot.pause()
        assert [line for line in lines(app) if not harmless(line) or cell_len(line) != 90] == []
        for dialog in (
            Message.of(PlacementError(text, text, text)),
            Confirm(text, text, "do it", "d"),
            Choose(text, [Option(1, text), Option(2, text)], detail=text, column=len(text) % 2 == 0),
        ):
            app.push_screen(dialog)
            await pilot.pause()
            assert [line for line in lines(app) if not harmless(line)] == []
            app.pop_screen()


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: ascii(text[:12]))
async def test_every_widget_draws_hostile_text_literally(text: str) -> None:
    await paint_everything(text)


@settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow])
@example("Smith [/b]")
@given(text=ANY_TEXT)
async def test_every_widget_draws_any_text(text: str) -> None:
    await paint_everything(text)


async def test_markup_is_seen_as_it_was_typed() -> None:
    app = ALL(Block("Smith [/b] and [red]"), TitleLine("[bold]Board"))
    async with app.run_test(size=(60, 5)) as pilot:
        await pilot.pause()
        assert "Smith [/b] and [red]" in shown(app)
        assert "[bold]Board" in shown(app)


def test_without_a_pound_sign_pounds_are_named_and_no_figure_is_cut_for_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("placement_tui.widgets.text.ascii_only", lambda: True)
    texts._plain.cache_clear()
    try:
        assert plain("£862 of £1,204.50 a week") == "GBP 862 of GBP 1,204.50 a week"
        assert plain("£ a week") == "GBP a week"
        assert fit(plain("£6,820"), 9, "right") == "GBP 6,820"
        assert fit(plain("£12,345"), 9, "right") == "   12,345"
    finally:
        texts._plain.cache_clear()
