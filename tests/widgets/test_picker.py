"""Query line, list and status in one widget: search for homes, find anything."""

from __future__ import annotations

from typing import Any

from placement_tui.widgets.columns import Column
from placement_tui.widgets.picker import Picker
from placement_tui.widgets.table import RecordTable
from tests.widgets.faces import ALL, lines, shown
from tests.widgets.test_table import Row

HOMES = [Row(n, name) for n, name in enumerate(["Alder House", "Bridgeview House", "Cedar House", "Old Bridge View"])]


def picker(**options: Any) -> Picker:
    return Picker([Column("Home"), Column("No", 4, "right")], lambda row: (row.name, str(row.id)), **options)


def answer(made: Picker, message: Picker.Typed) -> None:
    rows = [row for row in HOMES if message.text.lower() in row.name.lower()]
    made.show(rows, f"names like {message.text}", f"{len(rows)} of {len(HOMES)}", serial=message.serial)


async def test_typing_asks_and_the_answer_shows_with_its_words_and_count() -> None:
    made = picker(prompt="Homes for 26-0142")
    app = ALL(made)
    async with app.run_test(size=(70, 12)) as pilot:
        made.show(HOMES, "all homes", "4")
        made.focus()
        await pilot.press("b", "r", "i")
        typed = app.heard_of(Picker.Typed)
        assert [message.text for message in typed] == ["b", "br", "bri"]
        answer(made, typed[-1])
        await pilot.pause()
        assert lines(app)[0].startswith(" Homes for 26-0142 bri")
        assert lines(app)[1].strip().startswith("names like bri")
        assert lines(app)[1].strip().endswith("2 of 4")
        assert "Bridgeview" in shown(app)
        assert "Cedar" not in shown(app)
        await pilot.press("backspace", "ctrl+u")
        assert made.query_text == ""


async def test_an_answer_to_an_older_query_is_dropped() -> None:
    made = picker()
    app = ALL(made)
    async with app.run_test(size=(70, 12)) as pilot:
        made.focus()
        await pilot.press("b", "x")
        older, newer = app.heard_of(Picker.Typed)
        made.show([], "nothing is called bx", serial=newer.serial)
        answer(made, older)
        await pilot.pause()
        assert made.rows == []
        assert "nothing is called bx" in shown(app)


async def test_letters_go_to_the_query_then_to_the_list() -> None:
    made = picker(choosing=False)
    app = ALL(made)
    async with app.run_test(size=(70, 12)) as pilot:
        made.show(HOMES)
        made.focus()
        await pilot.press("j")
        assert made.query_text == "j"
        await pilot.press("tab", "j", "w")
        assert made.query_text == "j"
        assert made.key == 1
        assert not made.typing
        made.turn(True)
        await pilot.press("k")
        assert made.query_text == "jk"
        await pilot.press("down", "k")
        assert made.key == 0
        assert [message.typing for message in app.heard_of(Picker.Turned)] == [False, True, False]


async def test_a_digit_chooses_a_row_while_a_word_is_typed_and_is_typed_where_it_begins_one() -> None:
    made = picker(labels=True)
    app = ALL(made)
    async with app.run_test(size=(70, 12)) as pilot:
        made.show(HOMES)
        made.focus()
        await pilot.press("b", "r")
        answer(made, app.heard_of(Picker.Typed)[-1])
        await pilot.pause()
        assert lines(app)[3].startswith(" 2Old Bridge View")
        await pilot.press("2")
        assert [message.key for message in app.heard_of(Picker.Chosen)] == [3]
        made.put_query("")
        await pilot.press("0", "1", "5", "1")
        assert made.query_text == "0151"
        made.put_query("ced ")
        await pilot.press("4")
        assert made.query_text == "ced 4"


async def test_enter_chooses_and_arrows_move_while_typing() -> None:
    made = picker()
    app = ALL(made)
    async with app.run_test(size=(70, 12)) as pilot:
        made.show(HOMES)
        made.focus()
        await pilot.press("down", "down", "enter")
        assert [message.key for message in app.heard_of(RecordTable.Chosen)] == [2]
        assert made.query_text == ""


async def test_marks_stay_while_the_query_changes() -> None:
    made = picker(choosing=False)
    app = ALL(made)
    async with app.run_test(size=(70, 12)) as pilot:
        made.show(HOMES)
        made.mark([2])
        made.focus()
        await pilot.press("c")
        answer(made, app.heard_of(Picker.Typed)[-1])
        await pilot.pause()
        assert made.marks == {2}
        assert "+Cedar" in shown(app)


async def test_a_paste_into_the_query_is_typed_once() -> None:
    made = picker()
    app = ALL(made)
    async with app.run_test(size=(70, 12)) as pilot:
        made.focus()
        await pilot.pause()
        from textual import events

        made.post_message(events.Paste("Bridgeview House\n14 High Street\n" + "x" * 20_000))
        await pilot.pause()
        assert made.query_text == "Bridgeview House"
        assert len(app.heard_of(Picker.Typed)) == 1
