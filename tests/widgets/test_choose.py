"""Choosing with one key: the strip in its place, and the dialogs."""

from __future__ import annotations

from typing import Any, ClassVar

from placement_tui.domain.codes.refusals import FAMILIES, REFUSALS, commonest
from placement_tui.errors import Refused
from placement_tui.widgets.choose import ChooseStrip, Option, fitted, keyed
from placement_tui.widgets.dialog import Choose, Confirm, Message
from placement_tui.widgets.text import spans
from tests.widgets.faces import ALL, Face, lines, shown
from tests.widgets.test_table import Row, table

REASONS = [Option("M1", "matching", "1"), Option("M2", "age gap", "2"), Option("M3", "gender mix", "3")]


def words(made: Any) -> list[str]:
    return ["".join(span.text for span in spans(line)) for line in made]


async def test_a_strip_asks_in_its_place_and_gives_the_focus_back() -> None:
    made, strip, got = table(), ChooseStrip(" no:  1 no bed  2 matching"), []
    app = ALL(made, strip)
    async with app.run_test(size=(70, 12)) as pilot:
        made.show([Row(1, "a"), Row(2, "b")])
        made.focus()
        await pilot.pause()
        assert "no:  1 no bed" in lines(app)[10]
        strip.ask("matching", REASONS, got.append)
        await pilot.pause()
        assert "matching:  1 matching  2 age gap  3 gender mix" in lines(app)[10]
        await pilot.press("2")
        assert got == ["M2"]
        assert made.has_focus
        assert "no:  1 no bed" in lines(app)[10]


async def test_escape_leaves_and_an_unknown_key_says_how() -> None:
    made, strip, got = table(), ChooseStrip(), []
    app = ALL(made, strip)
    async with app.run_test(size=(70, 12)) as pilot:
        made.focus()
        strip.ask("matching", REASONS, got.append)
        await pilot.press("z")
        assert "Esc leaves it as it is" in shown(app)
        assert got == []
        await pilot.press("escape")
        assert got == [None]
        assert made.has_focus


async def test_a_passing_question_lets_any_other_key_do_what_it_does() -> None:
    made, strip, got = table(), ChooseStrip(), []

    class Calls(Face):
        BINDINGS: ClassVar[list[Any]] = [("5", "refuse")]

        def action_refuse(self) -> None:
            self.heard.append("refused")

    app = Calls(made, strip)
    async with app.run_test(size=(70, 12)) as pilot:
        made.focus()
        strip.ask("what would change it", [Option("fee", "fee", "F")], got.append, passing=True)
        await pilot.press("5")
        assert got == [None]
        assert app.heard == ["refused"]
        assert made.has_focus
        strip.ask("what would change it", [Option("fee", "fee", "F")], got.append, passing=True)
        await pilot.press("F")
        assert got == [None, "fee"]


async def test_several_are_marked_and_enter_is_ready() -> None:
    strip, got = ChooseStrip(), []
    app = ALL(table(), strip)
    async with app.run_test(size=(70, 12)) as pilot:
        strip.ask("why", REASONS, got.append, many=True)
        await pilot.press("3", "1", "2", "2")
        assert "+3 gender mix" in shown(app)
        await pilot.press("enter")
        assert got == [("M3", "M1")]


async def test_what_ends_the_marking_is_told_however_many_there_are() -> None:
    strip = ChooseStrip()
    app = ALL(table(), strip)
    async with app.run_test(size=(80, 12)) as pilot:
        many = [Option(number, "grade below policy") for number in range(9)]
        strip.ask("sign-off of Tealford Place", many, lambda _: None, many=True)
        await pilot.pause()
        assert "Enter ready" in shown(app)


async def test_what_cannot_be_chosen_now_says_why() -> None:
    strip, got = ChooseStrip(), []
    app = ALL(table(), strip)
    async with app.run_test(size=(70, 12)) as pilot:
        strip.ask("accept", [Option(1, "Alder", "1", reason_not="The offer has lapsed")], got.append)
        await pilot.press("1")
        assert "The offer has lapsed" in shown(app)
        assert got == []


def test_options_without_a_key_get_labels_and_q_stays_free() -> None:
    made = keyed([Option(n, f"r{n}", "" if n else "2") for n in range(20)])
    keys = [option.key for option in made]
    assert keys[:4] == ["2", "1", "3", "4"]
    assert len(set(keys)) == 20
    assert "q" not in keys


def test_every_family_fits_two_lines_of_eighty_with_all_its_keys() -> None:
    for letter in {code.family for code in REFUSALS}:
        options = [Option(code.code, code.short, code.key) for code in REFUSALS if code.family == letter]
        made = words(fitted(options, 80, 2, lead="needs:"))
        assert len(made) <= 2
        assert all(len(line) <= 80 for line in made)
        assert all(f" {option.key} " in " ".join(made) for option in options)


async def test_danger_is_confirmed_by_another_key_than_the_one_that_asked() -> None:
    app, got = ALL(), []
    async with app.run_test(size=(80, 24)) as pilot:
        for asked in ("X", "c", "d"):
            dialog = Confirm("Close 26-0142?", "Three approaches are withdrawn.", "close it", asked_with=asked)
            assert dialog.key.lower() != asked.lower()
            app.push_screen(dialog, got.append)
            await pilot.press(asked)
            app.push_screen(Confirm("Close?", "x", "close it", asked_with=asked), got.append)
            await pilot.press(dialog.key)
        assert got == [False, True] * 3


async def test_an_error_is_shown_with_what_where_and_what_to_do() -> None:
    app = ALL()
    async with app.run_test(size=(80, 24)) as pilot:
        error = Refused("Alder Fostering was asked already", "By KM at 14:02", "Open the call list to see the answer")
        app.push_screen(Message.of(error))
        await pilot.pause()
        for part in error.parts():
            assert part in shown(app)
        await pilot.press("x")
        assert len(app.screen_stack) == 1


async def test_a_popup_chooses_by_label_and_the_key_that_opened_it_chooses_the_first() -> None:
    app, got = ALL(), []
    options = [Option("26-0142", "KJ 14 M"), Option("26-0144", "AB 4 F")]
    async with app.run_test(size=(80, 24)) as pilot:
        app.push_screen(Choose("Switch to", options, again="'"), got.append)
        await pilot.press("2")
        app.push_screen(Choose("Switch to", options, again="'"), got.append)
        await pilot.press("apostrophe")
        app.push_screen(Choose("Switch to", options), got.append)
        await pilot.press("escape")
        app.push_screen(Choose("Whom to tell", options, many=True), got.append)
        await pilot.press("2", "1", "enter")
        assert got == ["26-0144", "26-0142", None, ("26-0144", "26-0142")]


async def test_a_dialog_leaves_the_screen_behind_it_readable() -> None:
    app = ALL(table(empty="behind the dialog, still there"))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        before = lines(app)
        app.push_screen(Message("Nobody answers"))
        await pilot.pause()
        assert lines(app)[2] == before[2]
        assert app.screen.styles.background.a == 0


def test_the_commonest_reasons_stay_readable_where_there_is_little_room() -> None:
    for kind in ("inhouse", "res", "agency", "sa"):
        options = [Option(code.code, code.short, str(n)) for n, code in enumerate(commonest(kind), 1)]
        options += [Option(family.key, family.short, family.key, ink="muted") for family in FAMILIES]
        made = words(fitted(options, 80, 3, lead="no:"))
        assert len(made) == 3
        assert "2 matching  3 violence" in made[0]
        shown_words = [word for word in "  ".join(made).split("  ") if word[:1].isdigit()]
        assert len({word[2:] for word in shown_words}) == len(shown_words), "two keys read alike"


async def test_a_long_title_of_a_dialog_is_read_whole() -> None:
    app = ALL()
    title = "Dawn and Farah Nuttall has 2 places and 2 of our children live there: [/b] is no way out"
    async with app.run_test(size=(60, 20)) as pilot:
        app.push_screen(Message(title, "1 more would be too many", "end a placement there"))
        await pilot.pause()
        assert " ".join(shown(app).replace("│", " ").split()).count(title) == 1
