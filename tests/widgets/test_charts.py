"""Charts in the terminal: figures in, places and words out; nothing rises that cannot, nothing overlaps, nothing is cut."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from threading import Thread

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from placement_tui import terminal
from placement_tui.domain.insight import Block, Chart, Row, Unit, share
from placement_tui.widgets import charts
from placement_tui.widgets.text import spans, width_of

WIDTHS = (60, 80, 120, 200)


@pytest.fixture
def plain_letters() -> Iterator[None]:
    """A terminal whose locale is C."""
    before = os.environ.get("PLACEMENT_ASCII")
    os.environ["PLACEMENT_ASCII"] = "1"
    terminal.ascii_only.cache_clear()
    yield
    os.environ.pop("PLACEMENT_ASCII")
    if before is not None:
        os.environ["PLACEMENT_ASCII"] = before
    terminal.ascii_only.cache_clear()


def block(chart: Chart, rows: list[Row], unit: Unit = "count") -> Block:
    return Block("made", "Made up", "What it counts", tuple(rows), unit, chart)


def drawn(made: Block, width: int = 80, height: int = 16) -> list[str]:
    return ["".join(span.text for span in spans(line)) for line in charts.lines_of(made, width, height)]


def months(name: str, values: list[int]) -> list[Row]:
    return [Row(name, value, value, across=f"2026-{at + 1:02}-01") for at, value in enumerate(values)]


LASTING = [Row("All", value, 40, across=str(day), low=value - 0.1, high=min(1.0, value + 0.1)) for day, value in (
    (30, 0.9), (90, 0.7), (180, 0.45), (365, 0.2))]  # fmt: skip
GRID = [Row(need, count, count, across=reason) for need, counts in {"Self-harm": (1, 20), "Missing": (0, 4)}.items()
        for reason, count in zip(("No vacancy", "Risk to others in the home"), counts, strict=True)]  # fmt: skip
EACH = [
    block("bars", [share("No vacancy", 40, 90), share("Fee", 3, 90)], "share"),
    block("trend", months("In-house", [3, 5, 8, 2]) + months("Agency", [9, 9, 4, 1])),
    block("survival", LASTING, "share"),
    block("heat", GRID),
]


def test_the_longest_bar_belongs_to_the_largest_value() -> None:
    lines = drawn(block("bars", [Row("few", 3, 3), Row("most", 90, 90), Row("some", 40, 40), Row("none", 0, 0)]))
    lengths = {line.split()[0]: len(re.findall("[█▏▎▍▌▋▊▉]", line)) for line in lines}
    assert max(lengths, key=lengths.__getitem__) == "most"
    assert lengths["most"] > lengths["some"] > lengths["few"] >= 1  # what is not nothing is seen
    assert lengths["none"] == 0


def test_a_bar_says_its_value_its_interval_and_what_it_rests_on() -> None:
    (line,) = drawn(block("bars", [share("No vacancy", 40, 90)], "share"))
    assert "44.4%" in line
    assert "35-55%" in line
    assert "40 of 90" in line


def test_bars_that_do_not_fit_say_how_many_are_left() -> None:
    lines = drawn(block("bars", [Row(f"reason {at}", at, at) for at in range(30)]), height=10)
    assert len(lines) == 10
    assert lines[-1].strip() == "and 21 more in the table"


def test_a_value_that_is_missing_is_a_dash_and_no_bar() -> None:
    lines = drawn(block("bars", [share("asked", 1, 2), share("never asked", 0, 0)], "share"))
    assert "█" not in lines[1]
    assert " - " in lines[1]
    assert "0 of 0" in lines[1]


@pytest.mark.parametrize("made", EACH, ids=lambda made: made.chart)
@pytest.mark.parametrize("width", WIDTHS)
def test_a_chart_fits_its_space(made: Block, width: int) -> None:
    for height in (8, 16, 30):
        lines = charts.lines_of(made, width, height)
        assert len(lines) <= height
        assert max(width_of(line) for line in lines) <= width


@pytest.mark.parametrize("chart", ["bars", "trend", "survival", "heat", "map", "none"])
def test_an_empty_block_says_so(chart: Chart) -> None:
    assert drawn(block(chart, [])) == [" Nothing was logged in that time."]
    assert drawn(block(chart, [Row("asked", None, 0)])) == [" Nothing was logged in that time."]


def test_what_lasts_never_rises() -> None:
    lines = [line.split("┤")[-1].split("│")[-1] for line in drawn(block("survival", LASTING, "share"), 80, 18) if "│" in line or "┤" in line]  # fmt: skip
    depths: list[int] = []
    for column in range(max(map(len, lines))):
        here = [at for at, line in enumerate(lines) if column < len(line) and "\u2800" < line[column] <= "\u28ff"]
        if here:
            depths.append(max(here))
    assert depths == sorted(depths)
    assert depths[-1] > depths[0]


def test_what_lasts_names_its_median_its_n_and_its_interval() -> None:
    text = "\n".join(drawn(block("survival", LASTING, "share")))
    assert "half ended by day 180, n 40" in text
    assert "dots: the 95% interval" in text
    assert "·" in text


def test_a_series_is_told_by_its_letter() -> None:
    lines = drawn(EACH[1])
    canvas = "\n".join(lines[:-2])
    assert canvas.count("A") >= 4 - 1
    assert "B" in canvas
    assert lines[-2].startswith(" A In-house")
    assert "last 2" in lines[-2]
    assert lines[-1].startswith(" B Agency")
    assert "last 1" in lines[-1]


def test_a_month_without_a_figure_breaks_the_line() -> None:
    whole = months("All", [5, 5, 5, 5, 5])
    broken = [*whole[:2], Row("All", None, 0, across="2026-03-01"), *whole[3:]]
    flat = max(drawn(block("trend", whole)), key=lambda line: line.count("A"))
    gap = max(drawn(block("trend", broken)), key=lambda line: line.count("A"))
    assert gap.count("A") == 4
    assert "   " in gap.strip()
    assert "   " not in flat.split("┤")[-1].strip()


def test_words_under_an_axis_stand_apart() -> None:
    for width in WIDTHS:
        rows = [Row("All", 5, 5, across=f"20{year}-{month:02}-01") for year in (24, 25, 26) for month in range(1, 13)]
        under = next(line for line in drawn(block("trend", rows), width) if "Jan" in line or "Feb" in line)
        words = re.findall(r"[A-Z][a-z]{2} \d\d", under)
        assert words
        assert re.sub(r"[A-Z][a-z]{2} \d\d", "", under).strip() == ""
        assert "  " in under.strip() or len(words) == 1


def test_a_grid_says_each_number_and_shades_it() -> None:
    lines = drawn(block("heat", GRID))
    row = next(line for line in lines if "Self-harm" in line)
    assert row.split()[1:] == ["1", "░░", "20", "██"]
    assert any("Risk" in line for line in lines)
    assert any("others" in line for line in lines)


def test_columns_that_do_not_fit_are_said() -> None:
    wide = [Row("Self-harm", at, at, across=f"reason {at}") for at in range(1, 25)]
    assert drawn(block("heat", wide), 60)[-1].strip().endswith("more columns in the table")


@pytest.mark.usefixtures("plain_letters")
@pytest.mark.parametrize("made", EACH, ids=lambda made: made.chart)
def test_a_terminal_without_utf8_gets_letters_it_has(made: Block) -> None:
    assert all(line.isascii() for line in drawn(made))


def test_one_drawing_leaves_nothing_for_the_next() -> None:
    alone = drawn(EACH[2])
    for other in (EACH[1], EACH[0], EACH[3]):
        drawn(other)
    assert drawn(EACH[2]) == alone


def test_drawings_on_several_threads_do_not_mix() -> None:
    expected = {made.chart: drawn(made) for made in EACH}
    found: list[bool] = []

    def work(made: Block) -> None:
        found.extend(drawn(made) == expected[made.chart] for _ in range(10))

    threads = [Thread(target=work, args=(made,)) for made in EACH]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 40
    assert all(found)


VALUES = st.none() | st.floats(-1e6, 1e9, allow_nan=False) | st.just(0.0)
ROWS = st.lists(
    st.builds(
        Row, st.text(max_size=60), VALUES, st.integers(0, 10**6),
        across=st.sampled_from(["", "2026-01-01", "2026-02-01", "2025-12-31", "30", "90", "spring", "\x1b[31m"]),
    ),
    max_size=12,
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@example(
    [Row("", 0.0, 0, across="2026-01-01"), Row("0" * 14 + "\U00020000", 1.0, 10, across="2026-01-01")],
    "survival",
    "count",
    60,
    8,
)
@example([Row("", 0.0, 0, across="30"), Row("W" * 60, 1.0, 10**6, across="999999999")], "survival", "count", 60, 8)
@given(ROWS, st.sampled_from(["bars", "trend", "survival", "heat"]), st.sampled_from(["count", "share", "pence", "days"]),
       st.integers(60, 200), st.integers(8, 40))  # fmt: skip
def test_no_figures_break_a_chart(rows: list[Row], chart: Chart, unit: Unit, width: int, height: int) -> None:
    lines = charts.lines_of(block(chart, rows, unit), width, height)
    assert lines
    assert all(width_of(line) <= width for line in lines)
    assert not any("\x1b" in span.text for line in lines for span in spans(line))


def test_less_than_nothing_is_told_by_more_than_its_colour() -> None:
    rows = (Row("above", 4.0, 4), Row("below", -2.0, 2))
    above, below = (
        "".join(span.text for span in line) for line in charts.lines_of(Block("b", "B", "", rows, "rate"), 60, 10)[:2]
    )
    assert ("█" in above, "█" in below, "▒" in below) == (True, False, True)
    assert below.count("▒") < above.count("█")
