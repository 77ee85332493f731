"""Every command is declared once, and no key means two things in one place."""

from __future__ import annotations

import subprocess
import sys

import pytest

from placement_tui import commands
from placement_tui.commands import ALL, ANYWHERE, PLACES
from placement_tui.domain.codes.refusals import FAMILIES, STAGES, WOULD_CHANGE
from placement_tui.errors import NotFound
from placement_tui.widgets.bindings import bindings_for
from placement_tui.widgets.lines import FooterLine
from placement_tui.widgets.text import spans

# Keys that every terminal sends, through SSH, tmux and PuTTY. Ctrl+I, M and H are Tab, Enter and Backspace; Ctrl+J is a
# line break; Ctrl+B and Ctrl+A are what tmux and screen wait for.
ARRIVING = {
    "enter", "escape", "space", "tab", "up", "down", "left", "right", "pageup", "pagedown", "home", "end",
    *(f"f{n}" for n in range(1, 11)), *(f"ctrl+{letter}" for letter in "cdefgklnopqrstuvwxyz"),
}  # fmt: skip


@pytest.mark.parametrize("place", PLACES)
def test_a_key_means_one_thing_in_a_place(place: str) -> None:
    assert commands.clashes(place) == []


def test_a_clash_is_seen() -> None:
    homes_query = commands.find("homes.query")
    assert "/" in homes_query.keys
    assert "/" in homes_query.over  # else it would clash with finding anything


def test_ids_are_unique_and_say_their_place() -> None:
    ids = [command.id for command in ALL]
    assert len(set(ids)) == len(ids)
    assert all(command.id.count(".") == 1 for command in ALL)


@pytest.mark.parametrize("command", ALL, ids=lambda command: command.id)
def test_a_command_is_told_in_words_and_its_keys_arrive_on_every_terminal(command: commands.Command) -> None:
    assert command.title
    assert command.help.endswith(".")
    assert set(command.where) <= set(PLACES)
    for key in (*command.keys, *(key for _, key in command.local)):
        assert len(key) == 1 or key in ARRIVING, key


def test_letters_never_run_a_command_in_a_form() -> None:
    for place in ("referral", "offer", "placement", "ending"):
        for command in commands.commands_for(place):
            assert all(len(key) > 1 for key in command.keys), command.id


def test_the_letters_of_the_call_list_are_those_of_the_code_sets() -> None:
    assert set(commands.find("calls.family").keys) == {family.key for family in FAMILIES}
    assert set(commands.find("calls.change_now").keys) == {choice.key for choice in WOULD_CHANGE}
    assert set(commands.find("calls.stage_now").keys) == {choice.key for choice in STAGES}


def test_the_footer_has_at_most_eight_hints_and_help_is_one() -> None:
    for place in PLACES:
        hints = commands.footer_for(place)
        assert len(hints) <= 8
        assert hints[-1].id == ("anywhere.quit" if place == "locked" else "anywhere.help")  # no way past a lock


def test_the_keys_page_tells_every_command_with_its_place() -> None:
    rows = list(commands.keys_page())
    assert {title for _, _, title, _ in rows} == {command.title for command in ALL}
    assert ("Call list", "1-9", "No: one of the nine commonest reasons") in [row[:3] for row in rows]
    here = list(commands.keys_page("board"))
    assert here[0][0] == "Duty board"
    assert here[-1][0] == "Everywhere"
    assert ("Duty board", "n F2", "New referral") in [row[:3] for row in here]


def test_an_unknown_command_is_refused_in_words() -> None:
    with pytest.raises(NotFound, match="no command"):
        commands.find("board.fly")


def test_every_key_of_a_place_becomes_a_binding_that_names_its_command() -> None:
    for place in PLACES:
        made = bindings_for(place)
        wanted = {(command.id, key) for command in commands.commands_for(place) for key in command.keys_in(place)}
        if place != ANYWHERE:  # keys that work anywhere are the application's, not the screen's
            wide = {(c.id, key) for c in commands.commands_for(ANYWHERE) for key in c.keys}
            wanted -= wide - {(c.id, key) for c in ALL for at, key in c.local if at == place}
        wanted = {(key, "comma" if at == "," else at) for key, at in wanted}  # a comma parts keys in a binding
        assert {(b.id.split(":", 1)[0], b.key) for b in made} == wanted  # type: ignore[union-attr]


def test_listing_the_keys_loads_neither_textual_nor_rich() -> None:
    code = "import sys, placement_tui.commands as c; list(c.keys_page()); print([m for m in ('textual','rich') if m in sys.modules])"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True).stdout.strip() == "[]"


def test_a_footer_names_no_key_that_does_nothing_there() -> None:
    for place in ("welcome", "unlock"):  # there is no store yet, so nothing to find or undo
        assert [c.id for c in commands.footer_for(place)] == ["forms.save", "anywhere.quit", "anywhere.help"]
    line = FooterLine(commands.footer_for("market"), place="market").compose_line(0, 120)
    said = "".join(span.text for span in spans(line))
    assert "F3 anything" in said  # a letter would be typed into the path
    assert "Ctrl+Z undo" in said
