"""Insight at the screen: from the views to a figure, to its records, and back exactly where one was."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from placement_tui.bootstrap import Services
from placement_tui.domain.approaches import Refusal
from placement_tui.domain.insight import Block, Cut, Period, Report, Row, share
from placement_tui.domain.offers import NewOffer
from placement_tui.widgets.figures import Stop
from placement_tui.widgets.insight_words import figures_page, foot_lines
from placement_tui.widgets.text import spans, width_of
from tests import builders
from tests.officer import Officer, at_desk


@pytest.fixture
def answered(timed: Services, clock: builders.Clock) -> None:
    """Twelve refusals and an offer, each half an hour after it was asked."""
    key = builders.referral(timed)
    asked = timed.approaches.ask(key, timed.homes.nearest(key, 13)).approaches
    clock.forward(minutes=30)
    for number, approach in enumerate(asked[:12]):
        change = ("fee",) if number < 3 else ()
        timed.approaches.refuse(approach, Refusal(("V1" if number < 7 else "M1",), would_change=change))
    timed.offers.log(asked[12], NewOffer(80_000))


async def to_refusals(officer: Officer) -> None:
    """From the board to the refusals, three keys."""
    await officer.press("I")
    await officer.sees("Why providers refuse", "placement insight refusals")
    await officer.press("enter")
    await officer.sees("What came of approaches", "Refusals by family", "12 of 13")


async def test_from_a_figure_to_its_records_and_back_where_one_was(
    answered: None, store_path: Path, clock: builders.Clock
) -> None:
    async with at_desk(store_path, (80, 24), clock) as officer:
        await to_refusals(officer)
        assert "› offered" in officer.cursor_line()
        await officer.press(*"jjjjjjj")
        shown = await officer.sees(
            "Vacancy: 58.3%, 7 of 12, 95% between 32 and 81%", "Of all refusals, by the main reason"
        )
        assert "› Vacancy" in shown
        await officer.press("enter")
        await officer.sees("Behind a figure", "Refusals by family of reasons · Vacancy", "no, no bed", "KJ 14 M")
        await officer.press("j", "enter")
        await officer.sees("13 asked")  # the call list, at that row
        await officer.press("escape")
        await officer.sees("Behind a figure")
        await officer.press("escape")
        assert "› Vacancy" in await officer.sees("Why providers refuse", "Of all refusals")
        await officer.press("escape")
        assert "Why providers refuse" in officer.cursor_line() or await officer.sees("views")


async def test_a_chart_becomes_a_table_and_the_cursor_stays_on_its_figure(
    answered: None, store_path: Path, clock: builders.Clock
) -> None:
    async with at_desk(store_path, (120, 40), clock) as officer:
        await to_refusals(officer)
        await officer.press("j", "j")
        assert "█" in await officer.sees("› refused", "as charts")
        await officer.press("tab")
        shown = await officer.sees("as a table", "figure", "95%", "› refused")
        assert "█" not in shown
        await officer.press("tab")
        await officer.sees("as charts", "› refused")


async def test_set_apart_by_one_key_and_for_another_time(
    answered: None, store_path: Path, clock: builders.Clock
) -> None:
    async with at_desk(store_path, (80, 24), clock) as officer:
        await to_refusals(officer)
        await officer.press("b")
        await officer.sees("Set apart by", "whether we can change it")
        await officer.press("8")
        await officer.sees("by need, as charts", "--by need", "Violence or aggression")
        await officer.press("b")
        await officer.sees("need (now)")
        await officer.press("b")
        await officer.sees("by age, as charts", "10 to 15")
        await officer.press("p")
        await officer.sees("Of which time?")
        await officer.press("f")
        await officer.sees("1 Apr 2026 to 18 Oct 2026")
        await officer.press("p")
        await officer.sees("Of which time?")
        await officer.press("o")
        await officer.sees("From when to when?")
        await officer.type("1 jun - 30 jun")
        await officer.sees("1 Jun 2026 to 30 Jun 2026")
        await officer.press("enter")
        await officer.sees("Nothing was logged in that time.", "1 Jun 2026 to 30 Jun 2026")
        await officer.press("enter")
        await officer.sees("Put the cursor on a figure")


async def test_days_that_are_no_days_are_said_under_the_line(
    answered: None, store_path: Path, clock: builders.Clock
) -> None:
    async with at_desk(store_path, (80, 24), clock) as officer:
        await to_refusals(officer)
        await officer.press("p")
        await officer.sees("Of which time?")
        await officer.press("o")
        await officer.sees("From when to when?")
        await officer.type("30 jun - 1 jun")
        await officer.press("enter")
        await officer.sees("The last day comes before the first")


def test_every_view_fits_in_every_way_as_chart_and_as_table(answered: None, timed: Services) -> None:
    """Also those that others add: a view needs no more than its line in the list."""
    for view in timed.insight.views():
        for by in ("", *view.by):
            report = timed.insight.report(view.name, by=by)
            assert report.blocks, (view.name, by)
            for table in (False, True):
                for width in (78, 118):
                    page = figures_page(report, width, 20, table)
                    widest = max((width_of(line) for line in page.lines), default=0)
                    assert widest <= width - 1, (view.name, by, table, width)
                    for stop in page.stops:
                        assert len(foot_lines(stop, width, 4)) == 4


def made(rows: tuple[Row, ...], **more: object) -> Report:
    """A report of one block."""
    day = Period(date(2026, 1, 1), date(2026, 1, 31))
    return Report("made", "Made", day, (Block("made", "Made", "What is counted.", rows, **more),))  # type: ignore[arg-type]  # unit, chart


def said(lines: object) -> str:
    """Lines as one text."""
    return "\n".join("".join(part.text for part in spans(line)) for line in lines)  # type: ignore[attr-defined]  # lines


def test_few_is_said_in_words_and_a_share_of_nothing_is_a_dash() -> None:
    rows = (share("one", 3, 7), share("none", 0, 0), share("many", 30, 70))
    for table in (False, True):
        text = said(figures_page(made(rows, unit="share"), 78, 20, table).lines)
        assert "3 of 7, few" in text
        assert "30 of 70" in text
        assert "30 of 70, few" not in text
        assert "-" in next(line for line in text.splitlines() if "none" in line)
    block = made(rows, unit="share").blocks[0]
    assert "too few to compare" in said(foot_lines(Stop(0, block, rows[0]), 78, 4))
    assert "too few" not in said(foot_lines(Stop(0, block, rows[2]), 78, 4))


def test_a_long_name_gives_way_and_the_figure_never() -> None:
    rows = (
        share(
            "a name that is so long that no terminal of eighty columns could ever show the whole of it at once", 31, 86
        ),
    )
    for table in (False, True):
        text = said(figures_page(made(rows, unit="share"), 78, 20, table).lines)
        assert "36.0%" in text
        assert "31 of 86" in text


def test_rows_lead_on_only_where_they_name_their_records() -> None:
    row = share("one", 1, 2, cuts=(Cut("reason", "V1"),))
    page = figures_page(made((row,), unit="share"), 78, 20, table=False)
    assert [stop.row for stop in page.stops] == [None, row]
    assert [stop.at for stop in page.stops] == [0, 1]


async def test_the_board_pack_is_written_off_the_keys_and_says_what_is_hidden(
    answered: None, store_path: Path, clock: builders.Clock, tmp_path: Path
) -> None:
    target = tmp_path / "pack.html"
    async with at_desk(store_path, (120, 40), clock) as officer:
        await officer.press("I")
        await officer.sees("Why providers refuse", "placement insight refusals")
        await officer.press("w")
        await officer.sees("Write the board pack to a file", "nobody is named")
        await officer.press("ctrl+u")
        await officer.type(str(target))
        await officer.press("enter")
        await officer.sees("Written,", "figures hidden")
    assert "No child is named here" in target.read_text()
    assert target.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("name", ["pack.pdf", "there.html"])
def test_a_pack_has_a_name_of_its_own_and_an_ending(tmp_path: Path, name: str) -> None:
    from placement_tui.errors import Invalid
    from placement_tui.screens.insight import read_target

    (tmp_path / "there.html").write_text("mine")
    with pytest.raises(Invalid):
        read_target(str(tmp_path / name))


def test_a_title_counts_its_rows_and_adds_up_nothing_that_one_record_may_be_twice_in() -> None:
    rows = (Row("open", 5, 5), Row("of them overdue", 3, 3))
    title = said(figures_page(made(rows), 78, 20, table=False).lines[:1])
    assert title.endswith("2 rows")
    cells = tuple(Row(label, 0.5, 4, across=across) for label in ("one", "two", "three") for across in ("a", "b"))
    heat = said(figures_page(made(cells, unit="share", chart="heat"), 78, 20, table=False).lines[:1])
    assert heat.endswith("3 rows")
