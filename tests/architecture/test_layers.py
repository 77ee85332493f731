"""Who may import whom, as pyproject.toml says it, and what is loaded when: the graph cannot see a deferred import."""

from __future__ import annotations

import pkgutil
import subprocess
import sys
from pathlib import Path

import pytest

import placement_tui
from tests.architecture.programs import HEAVY, loaded_by, run

ROOT = Path(__file__).parents[2]
FACE = {"textual", "rich"}
# What Windows lacks, and the one module of Textual that stands on it.
POSIX = (
    "fcntl",
    "termios",
    "tty",
    "pty",
    "pwd",
    "grp",
    "resource",
    "curses",
    "readline",
    "textual.drivers.linux_driver",
)
POSIX_ONLY = {"placement_tui.driver"}  # asked for only where termios is there: terminal.driver_class
MODULES = sorted(
    found.name
    for found in pkgutil.walk_packages(placement_tui.__path__, "placement_tui.")
    if found.name != "placement_tui.db.migrations.env"  # run by alembic, never imported
)


def test_the_contracts_between_the_layers_hold() -> None:
    command = [sys.executable, "-c", "from importlinter.cli import lint_imports_command as run; run()", "--no-logo"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("words", [["--help"], ["--version"], ["keys"], ["paths"], ["find", "--help"]], ids=" ".join)
def test_what_needs_no_store_and_no_screen_loads_neither(words: list[str]) -> None:
    loaded = loaded_by(f"from placement_tui.cli.main import main\nassert main({words!r}) == 0")
    assert not loaded & (HEAVY | FACE)


def test_the_command_line_loads_nothing_heavy_until_a_command_runs() -> None:
    modules = [name for name in MODULES if name.startswith("placement_tui.cli.")]
    loaded = loaded_by("\n".join(f"import {name}" for name in modules))
    assert not loaded & (HEAVY | FACE)


def test_the_screens_are_painted_before_the_store_is_loaded() -> None:
    assert not loaded_by("import placement_tui.app") & HEAVY


def test_every_screen_comes_without_the_store() -> None:
    screens = [name for name in MODULES if name.startswith(("placement_tui.screens.", "placement_tui.widgets."))]
    assert not loaded_by("\n".join(f"import {name}" for name in screens)) & HEAVY


def test_the_services_come_without_screens() -> None:
    assert not loaded_by("import placement_tui.bootstrap") & FACE


def test_every_module_is_imported_where_there_is_no_posix() -> None:
    run(f"""
import builtins, importlib
real = builtins.__import__
def hidden(name, globals=None, locals=None, fromlist=(), level=0):
    by = (globals or {{}}).get("__name__", "")
    if level == 0 and name in {POSIX!r} and by.startswith("placement_tui"):
        raise ImportError(f"{{by}} asks for {{name}}, which Windows lacks")
    return real(name, globals, locals, fromlist, level)
builtins.__import__ = hidden
wrong = []
for name in {MODULES!r}:
    try:
        importlib.import_module(name)
    except ImportError as error:
        if name not in {POSIX_ONLY!r}:
            wrong.append(str(error))
assert not wrong, wrong
""")


def test_the_module_that_stands_on_posix_is_not_asked_for_without_it() -> None:
    loaded = loaded_by("""
import builtins, sys
import placement_tui.terminal as terminal
real = builtins.__import__
def hidden(name, globals=None, *rest):
    if name == "termios" and (globals or {}).get("__name__", "").startswith("placement_tui"):
        raise ImportError(name)
    return real(name, globals, *rest)
builtins.__import__ = hidden
assert terminal.driver_class() is None
""")
    assert "placement_tui.driver" not in loaded
