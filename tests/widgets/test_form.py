"""The form: nothing typed is lost, what is wrong is said at once and in words."""

from __future__ import annotations

import sys
import time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual import events

from placement_tui.errors import Invalid
from placement_tui.widgets.choose import Option
from placement_tui.widgets.editing import Editor
from placement_tui.widgets.fields import Field
from placement_tui.widgets.form import Form
from tests.widgets.faces import ALL, lines, shown

KINDS = (
    Option("foster", "foster"),
    Option("residential", "residential"),
    Option("supported", "supported accommodation"),
)
FACTORS = (Option("IN2", "risks not shared"), Option("SU1", "CAMHS waiting"), Option("SU2", "no respite"))


def age(text: str) -> int:
    if not text.isdigit() or not 0 <= int(text) <= 20:
        raise Invalid("age", f"{text} is no age", mend="Write 14, or a date of birth such as 3.5.2011")
    return int(text)


FIELDS = (
    Field("child", "Child", "The local identifier, then initials", required=True),
    Field("age", "Age or birth", "In years", check=age, example="14 or 3.5.2011"),
    Field("kind", "Type wanted", "In order of wish", "choice", KINDS),
    Field("factors", "Factors", "Who says so comes next", "multi", FACTORS),
    Field("why", "Why now", "In your own words", "long"),
)


async def test_eight_fields_are_typed_with_enter_between_and_saved_once_read() -> None:
    form = Form(FIELDS)
    app = ALL(form)
    async with app.run_test(size=(80, 24)) as pilot:
        form.focus()
        await pilot.press(*"C7 KJ", "enter", *"14", "enter", "r", "tab", *"IN2", "comma", *"su1", "enter", *"Carer ill")
        assert form.save()
        await pilot.pause()
        saved = app.heard_of(Form.Saved)[-1]
        assert saved.values == {
            "child": "C7 KJ", "age": 14, "kind": "residential", "factors": ("IN2", "SU1"), "why": "Carer ill",
        }  # fmt: skip
        assert "risks not shared · CAMHS waiting" in shown(app)


async def test_every_key_tells_what_is_typed_for_the_draft() -> None:
    form = Form(FIELDS)
    app = ALL(form)
    async with app.run_test(size=(80, 24)) as pilot:
        form.focus()
        await pilot.press("C", "7")
        changes = app.heard_of(Form.Changed)
        assert [(change.texts["child"], change.field_id) for change in changes] == [("C", "child"), ("C7", "child")]
        assert Form(FIELDS, changes[-1].texts).texts == form.texts


async def test_what_is_wrong_is_said_beside_the_field_and_the_text_is_kept() -> None:
    form = Form(FIELDS)
    app = ALL(form)
    async with app.run_test(size=(80, 24)) as pilot:
        form.focus()
        await pilot.press("down", *"200")
        assert "200" in lines(app)[1]
        assert "! 200 is no age" in lines(app)[1]
        assert "Write 14, or a date of birth such as 3.5.2011" in shown(app)
        assert not form.save()
        await pilot.pause()
        assert set(app.heard_of(Form.Refused)[-1].errors) == {"child", "age"}
        assert form.field.id == "child"
        assert "! needed" in lines(app)[0]
        assert form.texts["age"] == "200"


async def test_an_empty_field_is_not_called_wrong_before_it_was_left() -> None:
    form = Form(FIELDS)
    app = ALL(form)
    async with app.run_test(size=(80, 24)) as pilot:
        form.focus()
        await pilot.pause()
        assert "!" not in shown(app)
        await pilot.press("down")
        assert "! needed" in lines(app)[0]


async def test_a_choice_is_made_by_a_letter_a_word_or_the_arrows() -> None:
    form = Form(FIELDS)
    app = ALL(form)
    async with app.run_test(size=(80, 24)) as pilot:
        form.focus()
        form.go_to("kind")
        await pilot.press("s")
        assert form.texts["kind"] == "supported accommodation"
        await pilot.press("f")
        assert form.texts["kind"] == "foster"
        await pilot.press("right", "right", "right", "left")
        assert form.texts["kind"] == "supported accommodation"
        await pilot.press("backspace")
        assert form.texts["kind"] == ""
        await pilot.press("x")
        await pilot.pause()
        assert "! 'x' is none of these" in shown(app)
        assert "Foster, residential, supported accommodation" in shown(app)


async def test_ten_thousand_characters_are_kept_said_and_do_not_freeze() -> None:
    form = Form(FIELDS)
    app = ALL(form)
    async with app.run_test(size=(80, 24)) as pilot:
        form.focus()
        await pilot.pause()
        text = "Carer taken ill today. " * 500
        start = time.perf_counter()
        form.post_message(events.Paste(text))
        await pilot.pause()
        assert time.perf_counter() - start < 0.5
        assert form.texts["child"] == text
        assert "! 11,499 characters; 200 can be saved" in lines(app)[0]
        form.go_to("why")
        form.post_message(events.Paste(text + "\n漢字\x1b[2J\x00"))
        await pilot.pause()
        assert form.texts["why"] == text + "\n漢字[2J"
        start = time.perf_counter()
        await pilot.press("x")
        assert time.perf_counter() - start < 0.5
        assert "why" not in form.errors
        assert len([line for line in lines(app) if "Carer taken ill" in line or "漢字" in line]) >= 3


async def test_a_form_longer_than_the_screen_scrolls_with_the_field_in_hand() -> None:
    form = Form([Field(f"f{n}", f"Field {n}", f"Help {n}") for n in range(30)])
    app = ALL(form)
    async with app.run_test(size=(80, 12)) as pilot:
        form.focus()
        await pilot.press(*["down"] * 29)
        assert "Field 29" in shown(app)
        assert "Help 29" in lines(app)[-3]
        await pilot.press("enter")
        assert "Ctrl+S saves" in shown(app)
        await pilot.press(*["up"] * 29)
        assert "Field 0" in lines(app)[0]


async def test_fields_can_change_and_what_was_typed_stays() -> None:
    form = Form(FIELDS[:2])
    app = ALL(form)
    async with app.run_test(size=(80, 12)) as pilot:
        form.focus()
        await pilot.press(*"C7")
        form.set_fields(FIELDS, {"why": "From a draft", "gone": "An old field"})
        await pilot.pause()
        assert form.texts == {"child": "C7", "age": "", "kind": "", "factors": "", "why": "From a draft"}
        assert form.field.id == "child"
        await pilot.press("left", "X")  # the caret stayed where it was, and so did what can be taken back
        assert form.texts["child"] == "CX7"


async def test_a_refusal_from_saving_is_shown_at_its_field() -> None:
    form = Form(FIELDS)
    app = ALL(form)
    async with app.run_test(size=(80, 12)) as pilot:
        form.focus()
        form.fill({"age": "14"})
        form.refuse(Invalid("age", "contradicts the date of birth", "3.5.2001 makes 24", "Correct one of them"))
        await pilot.pause()
        assert form.field.id == "age"
        assert "! contradicts the date of birth" in lines(app)[1]
        assert "3.5.2001 makes 24" in shown(app)


async def test_a_secret_is_neither_shown_nor_drafted() -> None:
    form = Form([Field("passphrase", "Passphrase", kind="secret")])
    app = ALL(form)
    async with app.run_test(size=(80, 12)) as pilot:
        form.focus()
        await pilot.press(*"horse")
        assert "horse" not in shown(app)
        assert "*****" in shown(app)
        assert form.texts == {}
        form.save()
        await pilot.pause()
        assert app.heard_of(Form.Saved)[-1].values == {"passphrase": "horse"}


async def test_keys_that_are_not_typed_reach_the_screen() -> None:
    from tests.widgets.faces import Face

    class Wants(Face):
        BINDINGS = [("ctrl+s,f1,escape", "note")]  # noqa: RUF012 - Textual reads it

        def action_note(self) -> None:
            self.heard.append("note")

    form = Form(FIELDS)
    app = Wants(form)
    async with app.run_test(size=(80, 12)) as pilot:
        form.focus()
        await pilot.press("ctrl+s", "f1", "q", "escape")
        assert app.heard == ["note"] * 3
        assert form.texts["child"] == "q"


async def test_control_z_takes_back_typing_first() -> None:
    form = Form(FIELDS)
    app = ALL(form)
    async with app.run_test(size=(80, 12)) as pilot:
        form.focus()
        await pilot.press(*"Cedar", "space", *"House", "ctrl+u", "ctrl+z")
        assert form.texts["child"] == "Cedar House"


@pytest.mark.skipif(sys.platform == "win32", reason="a shell script as editor")
def test_a_long_field_opens_in_the_users_own_editor(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from contextlib import nullcontext

    from placement_tui.widgets.outside import edit_outside

    editor = tmp_path / "editor"
    editor.write_text(
        '#!/bin/sh\nstat -c %a "$1" > "$0.mode"\nprintf "%s and more\\n" "$(cat "$1")" > "$1.new" && mv "$1.new" "$1"\n'
    )
    editor.chmod(0o700)
    monkeypatch.setenv("EDITOR", str(editor))
    monkeypatch.delenv("VISUAL", raising=False)

    class App:
        suspend = staticmethod(nullcontext)

    app: Any = App()
    assert edit_outside(app, "Ó story") == ("Ó story and more", "")
    monkeypatch.setenv("EDITOR", "/nowhere/editor")
    text, trouble = edit_outside(app, "story")
    assert text == "story"
    assert "Set EDITOR" in trouble
    monkeypatch.setenv("EDITOR", "false")
    assert edit_outside(app, "story") == ("story", "false ended with 1; nothing was changed")


@given(st.lists(st.one_of(st.text(max_size=5), st.sampled_from(
    ["left", "right", "home", "end", "ctrl+left", "ctrl+right", "backspace", "delete", "ctrl+w", "ctrl+k", "ctrl+u",
     "up", "down", "ctrl+z"]
)), max_size=30), st.booleans())  # fmt: skip
def test_an_editor_never_loses_its_caret_and_undo_brings_every_text_back(keys: list[str], many: bool) -> None:
    editor = Editor(many=many)
    for key in keys:
        if not editor.press(key):
            editor.insert(key)
        assert 0 <= editor.at <= len(editor.text)
        assert many or "\n" not in editor.text
    while editor.press("ctrl+z"):
        assert 0 <= editor.at <= len(editor.text)
    assert editor.text == ""


def test_a_letter_with_its_marks_is_one_step() -> None:
    editor = Editor("ne\u0301e")
    editor.press("left")
    editor.press("left")
    assert editor.at == 1
    editor.press("delete")
    assert editor.text == "ne"


def test_a_paste_beyond_all_measure_is_refused_whole() -> None:
    editor = Editor("kept")
    assert "1,000,001 characters" in editor.insert("x" * 1_000_001)
    assert editor.text == "kept"


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("IN2", ("IN2",)),
        ("in2 su1", ("IN2", "SU1")),
        ("risks not shared, camhs", ("IN2", "SU1")),
        ("", ()),
        ("su1,su1", ("SU1",)),
    ],
)
def test_several_codes_are_read_from_codes_or_words(typed: str, value: tuple[str, ...]) -> None:
    assert Field("factors", "Factors", kind="multi", options=FACTORS).read(typed) == value


def test_a_word_that_could_be_several_says_which() -> None:
    with pytest.raises(Invalid, match="could be several") as caught:
        Field("factors", "Factors", kind="multi", options=FACTORS).read("su")
    assert caught.value.mend == "CAMHS waiting, no respite"


async def test_a_choice_may_be_typed_to_its_end_or_another_begun() -> None:
    form = Form(FIELDS)
    app = ALL(form)
    async with app.run_test(size=(80, 12)) as pilot:
        form.focus()
        form.go_to("kind")
        await pilot.press(*"foster")
        assert form.texts["kind"] == "foster"
        await pilot.press("s")
        assert form.texts["kind"] == "supported accommodation"


async def test_words_beside_a_field_say_how_it_was_understood_and_a_late_finding_moves_nothing() -> None:
    form = Form([Field("fee", "Fee", check=int, beside=lambda pence: f"{pence} pence"), Field("note", "Note")])
    app = ALL(form)
    async with app.run_test(size=(80, 12)) as pilot:
        form.focus()
        await pilot.press(*"812", "tab", *"hel")
        assert "812  812 pence" in lines(app)[0].replace("   ", "  ")
        form.object_to(Invalid("fee", "no such fee"))
        await pilot.press(*"lo")
        assert "! no such fee" in lines(app)[0]
        assert form.texts["note"] == "hello"


async def test_letters_that_another_option_has_go_on_from_what_was_typed() -> None:
    options = (Option("PLACE", "standards concern", "p"), Option("CHILD", "the placement broke down", "c"))
    form = Form([Field("reason", "Reason", kind="choice", options=options)])
    app = ALL(form)
    async with app.run_test(size=(80, 12)) as pilot:
        form.focus()
        await pilot.press(*"place")
        assert form.texts["reason"] == "standards concern"
        await pilot.press(*"ment")
        assert form.texts["reason"] == "the placement broke down"
