"""The table: a million rows, a cursor that stays with its row, and two lines painted for a key."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from hypothesis import given
from hypothesis import strategies as st
from textual.geometry import Region

from placement_tui.widgets.columns import Column, Columns
from placement_tui.widgets.table import RecordTable
from placement_tui.widgets.text import Span
from tests.widgets.faces import ALL, Face, lines, shown


@dataclass(frozen=True)
class Row:
    """A row to show."""

    id: int
    name: str


class Lazy(Sequence[Row]):
    """As many rows as wanted; remembers which were read."""

    def __init__(self, count: int) -> None:
        self.count, self.read = count, set[int]()

    def __len__(self) -> int:
        return self.count

    def __getitem__(self, at: Any) -> Any:
        self.read.add(at)
        return Row(at, f"Home {at}")


def table(**options: Any) -> RecordTable:
    columns = [Column("Home"), Column("No", 9, "right")]
    return RecordTable(columns, lambda row: (row.name, str(row.id)), **options)


async def test_a_million_rows_open_at_once_and_only_those_shown_are_read() -> None:
    made, rows = table(), Lazy(1_000_000)
    app = ALL(made)
    async with app.run_test(size=(60, 24)) as pilot:
        made.focus()
        start = time.perf_counter()
        made.show(rows)
        await pilot.pause()
        assert time.perf_counter() - start < 0.5
        assert "Home 21" in shown(app)
        assert len(rows.read) < 60
        await pilot.press("G")
        assert "Home 999999" in lines(app)[-1]
        assert len(rows.read) < 120
        await pilot.press("pageup", "k", "g")
        assert made.key == 0


async def test_vim_keys_arrows_and_pages_move_the_cursor() -> None:
    made = table()
    app = ALL(made)
    async with app.run_test(size=(60, 11)) as pilot:
        made.show([Row(n, f"Home {n}") for n in range(40)])
        made.focus()
        await pilot.press("j", "down", "j", "k", "up")
        assert made.key == 1
        await pilot.press("pagedown")
        assert made.key == 10
        assert "Home 9 " in lines(app)[1]  # a page on, the cursor at its height
        await pilot.press("end")
        assert made.key == 39
        await pilot.press("j")
        assert made.key == 39
        await pilot.press("g")
        assert made.key == 0
        moves = [message.key for message in app.heard_of(RecordTable.Moved)]
        assert moves == [0, 1, 2, 3, 2, 1, 10, 39, 0]
        await pilot.press("enter")
        assert [message.key for message in app.heard_of(RecordTable.Chosen)] == [0]


async def test_a_screen_that_wants_enter_itself_gets_it() -> None:
    made = table(choosing=False)

    class Wants(Face):
        BINDINGS: ClassVar[list[Any]] = [("enter", "open")]

        def action_open(self) -> None:
            self.heard.append("opened")

    app = Wants(made)
    async with app.run_test(size=(40, 8)) as pilot:
        made.show([Row(1, "a")])
        made.focus()
        await pilot.press("enter")
        assert app.heard == ["opened"]


async def test_the_cursor_follows_its_row_when_others_come_and_go() -> None:
    made = table()
    app = ALL(made)
    async with app.run_test(size=(60, 24)) as pilot:
        made.show([Row(n, f"Home {n}") for n in range(10)])
        made.focus()
        await pilot.press("j", "j", "j")
        made.show([Row(n, f"Home {n}") for n in (7, 8, 3, 1)])
        await pilot.pause()
        assert made.key == 3
        assert lines(app)[3].startswith("›")
        made.show([Row(n, f"Home {n}") for n in (7, 8, 1)])
        assert made.key == 1  # its row is gone: the one that is now at its height
        made.show([])
        assert made.key is None
        assert made.row is None
        made.show([Row(5, "Home 5")])
        await pilot.pause()
        assert made.key == 5
        keys = [message.key for message in app.heard_of(RecordTable.Moved)]
        assert keys == [0, 1, 2, 3, 1, None, 5]


async def test_a_key_paints_two_lines() -> None:
    made = table()
    app = ALL(made)
    async with app.run_test(size=(60, 24)) as pilot:
        made.show(Lazy(500))
        made.focus()
        await pilot.pause()
        painted: list[Region] = []
        before = made.refresh

        def refresh(*regions: Region, **options: Any) -> Any:
            painted.extend(regions)
            return before(*regions, **options)

        made.refresh = refresh  # type: ignore[method-assign]
        await pilot.press("j")
        assert [(region.y, region.height) for region in painted] == [(1, 1), (2, 1)]


async def test_a_row_changed_by_somebody_else_lights_for_a_second_and_nothing_moves() -> None:
    made = table()
    app = ALL(made)
    async with app.run_test(size=(60, 24)) as pilot:
        made.show([Row(n, f"Home {n}") for n in range(10)])
        made.focus()
        await pilot.press("j")
        before = lines(app)

        def background(y: int) -> Any:
            return next(iter(app.screen._compositor.render_strips()[y])).style.bgcolor  # type: ignore[union-attr]

        plain = background(6)
        made.show([Row(n, f"Home {n}") for n in range(10)], changed=[5])
        await pilot.pause()
        assert lines(app) == before
        assert background(6) != plain
        await pilot.pause(1.1)
        assert background(6) == plain


async def test_marks_show_and_can_be_taken_off() -> None:
    made = table()
    app = ALL(made)
    async with app.run_test(size=(60, 24)) as pilot:
        made.show([Row(n, f"Home {n}") for n in range(5)])
        made.mark([1, 3])
        await pilot.pause()
        assert [line[1] for line in lines(app)[1:6]] == [" ", "+", " ", "+", " "]
        made.mark([1], on=False)
        assert made.marks == {3}
        made.unmark_all()
        assert made.marks == frozenset()


async def test_an_empty_table_says_what_to_do() -> None:
    made = table(empty=["Nothing here yet: press ", Span("n", "key"), " for a new referral"])
    app = ALL(made)
    async with app.run_test(size=(60, 24)) as pilot:
        await pilot.pause()
        assert "Nothing here yet" not in shown(app)  # nobody has looked yet
        made.show([])
        await pilot.pause()
        assert "Nothing here yet: press n for a new referral" in shown(app)


async def test_the_cursor_lies_under_what_names_the_row_and_leaves_the_rest_of_the_line_alone() -> None:
    made = table()
    app = ALL(made)
    async with app.run_test(size=(60, 24)) as pilot:
        made.focus()
        made.show([Row(n, f"Home {n}") for n in range(5)])
        await pilot.press("j")
        grounds = [[segment.style.bgcolor for segment in made.render_line(y) for _ in segment.text] for y in (1, 2)]
    plain = grounds[0][-1]
    named = len("  Home 1 ")
    assert plain not in grounds[1][:named]
    assert set(grounds[1][named:]) == {plain} == set(grounds[0])


@given(st.text(max_size=40), st.text(max_size=40), st.integers(60, 120))
def test_what_names_a_row_is_its_first_columns_to_the_end_of_their_text(one: str, two: str, width: int) -> None:
    columns = Columns([Column("One", 8), Column("Two", 11), Column("Three")])
    parts = columns.join([one, two, "x" * 200], "› ", width)
    lead = columns.lead(parts, width)
    assert 2 <= lead <= min(width, 2 + 8 + 2 + 11 + 1)


async def test_a_click_moves_and_a_click_on_the_cursor_chooses() -> None:
    made = table()
    app = ALL(made)
    async with app.run_test(size=(60, 24)) as pilot:
        made.show([Row(n, f"Home {n}") for n in range(5)])
        await pilot.click(made, offset=(5, 3))
        assert made.key == 2
        await pilot.click(made, offset=(5, 3))
        assert [message.key for message in app.heard_of(RecordTable.Chosen)] == [2]


async def test_a_narrow_table_drops_the_columns_that_matter_least() -> None:
    columns = [Column("Ref", 8), Column("Home"), Column("Owner", drop=2), Column("Last", 6, drop=1)]
    made = RecordTable(columns, lambda row: ("26-0142", row.name, "Somebody", "2m KM"))
    app = ALL(made)
    async with app.run_test(size=(60, 6)) as pilot:
        made.show([Row(1, "Alder")])
        await pilot.pause()
        assert "Owner" in lines(app)[0]
        assert "Last" in lines(app)[0]
        await pilot.resize_terminal(34, 6)
        await pilot.pause(0.1)
        assert "Owner" not in lines(app)[0]
        assert "Last" in lines(app)[0]
        await pilot.resize_terminal(26, 6)
        await pilot.pause(0.1)
        assert lines(app)[0].split() == ["Ref", "Home"]


@given(
    st.lists(st.tuples(st.one_of(st.none(), st.integers(1, 30)), st.integers(0, 3)), min_size=1, max_size=8),
    st.integers(20, 200),
)
def test_columns_fill_the_width_and_never_pass_it_when_they_can_be_dropped(
    made: list[tuple[int | None, int]], width: int
) -> None:
    columns = Columns([Column("t", size, drop=drop) for size, drop in made])
    shares = columns.widths(width)
    used = sum(size for _, size in shares) + 2 * (len(shares) - 1)
    kept = {i for i, _ in shares}
    assert all(drop for i, (_, drop) in enumerate(made) if i not in kept)
    if any(made[i][0] is None for i in kept) and used <= width - 4:
        assert used == width - 4
    if used > width - 4:
        assert all(made[i][1] == 0 for i in kept)


def test_every_column_that_must_show_shows_where_the_columns_ask_for_more() -> None:
    columns = Columns([Column("Provider", least=18), Column("Miles", 5), Column("Phone", 14), Column("Answer", 20)])
    shares = columns.widths(60)
    assert [i for i, _ in shares] == [0, 1, 2, 3]
    assert sum(size for _, size in shares) + 2 * 3 == 60 - 4
    assert dict(shares)[2] == 14, "a telephone number is not cut while longer texts can be"
