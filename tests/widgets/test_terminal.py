"""What is known of the terminal before Textual is imported."""

from __future__ import annotations

import subprocess
import sys

import pytest

from placement_tui import terminal
from placement_tui.errors import WrongUse


def test_what_textual_reads_is_set_and_what_the_user_set_stays() -> None:
    environ = {"TERM": "xterm-256color", "ESCDELAY": "50"}
    terminal.prepare_environment(environ)
    assert environ["TEXTUAL_FPS"] == "1000"
    assert environ["ESCDELAY"] == "50"
    assert environ["TEXTUAL_ANIMATIONS"] == "none"
    assert environ["TEXTUAL_COLOR_SYSTEM"] == "256"


def test_a_dumb_terminal_is_refused_with_what_to_do() -> None:
    with pytest.raises(WrongUse) as caught:
        terminal.prepare_environment({"TERM": "dumb"})
    assert "command line" in caught.value.mend


@pytest.mark.parametrize(
    ("term", "colorterm", "colours"),
    [
        ("xterm-256color", "truecolor", "truecolor"),
        ("xterm-256color", "", "256"),
        ("xterm-direct", "", "truecolor"),
        ("tmux-256color", "", "256"),
        ("linux", "", "standard"),
        ("xterm", "", "standard"),
        ("", "", "standard"),
        ("never-heard-of", "", "standard"),
        ("xterm-kitty", "", "256"),
    ],
)
def test_only_as_many_colours_as_the_terminal_says(term: str, colorterm: str, colours: str) -> None:
    assert terminal.colour_system(term, colorterm) == colours


@pytest.mark.parametrize(
    ("environ", "ascii_only"),
    [
        ({"LANG": "en_GB.UTF-8"}, False),
        ({"LANG": "C.UTF-8"}, False),
        ({"LANG": "C"}, True),
        ({}, True),
        ({"LC_ALL": "POSIX", "LANG": "en_GB.UTF-8"}, True),
        ({"LC_CTYPE": "C.UTF-8", "LANG": "C"}, True),
        ({"LC_CTYPE": "en_GB.UTF-8", "LANG": "C"}, False),
        ({"PLACEMENT_ASCII": "1", "LANG": "en_GB.UTF-8"}, True),
        ({"PLACEMENT_ASCII": "0", "LANG": "C"}, False),
        ({"LANG": "en_GB.utf8"}, False),
        ({"LC_ALL": "en_US.ISO-8859-1"}, True),
        ({"LC_ALL": "de_DE.ISO-8859-15@euro", "LANG": "en_GB.UTF-8"}, True),
        ({"LANG": "en_GB.ISO8859-1", "LC_CTYPE": "en_GB.UTF-8"}, False),
    ],
)
@pytest.mark.skipif(sys.platform == "win32", reason="Windows terminals read UTF-8")
def test_ascii_where_the_locale_has_no_utf8(environ: dict[str, str], ascii_only: bool) -> None:
    assert (terminal.encoding(environ) == "ascii") is ascii_only


@pytest.mark.parametrize(
    ("environ", "wanted"),
    [({}, True), ({"NO_COLOR": ""}, True), ({"NO_COLOR": "1"}, False), ({"NO_COLOR": "0"}, False)],
)
def test_no_color_counts_where_it_says_anything(environ: dict[str, str], wanted: bool) -> None:
    assert terminal.colours_wanted(environ) is wanted


def test_textuals_own_driver_can_be_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PLACEMENT_DRIVER", "stock")
    assert terminal.driver_class() is None


def test_without_posix_everything_imports_and_textuals_own_driver_is_used() -> None:
    code = (
        "import sys\n"
        "for name in ('termios', 'fcntl', 'pwd', 'resource', 'tty', 'pty'): sys.modules[name] = None\n"
        "import placement_tui.driver, placement_tui.cells, placement_tui.looks, placement_tui.terminal as terminal\n"
        "import importlib, pkgutil, placement_tui.widgets as widgets\n"
        "for module in pkgutil.iter_modules(widgets.__path__): importlib.import_module('placement_tui.widgets.' + module.name)\n"
        "print(terminal.driver_class())\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert done.stdout.strip() == "None", done.stderr


def test_preparing_loads_no_textual() -> None:
    code = "import sys, placement_tui.terminal as t; t.prepare_environment({}); print('textual' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True).stdout.strip() == "False"
