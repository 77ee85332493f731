"""What makes screens quick: the private names that conftest.py changes for tests still mean the same; settings come in time."""

from __future__ import annotations

import inspect
import os
import subprocess
import sys

import textual._wait


def test_the_waits_that_conftest_shortens_exist() -> None:
    source = inspect.getsource(textual._wait.wait_for_idle)
    assert "await sleep(SLEEP_GRANULARITY)" in source
    assert "< SLEEP_IDLE" in source


def test_how_often_the_screen_may_paint_is_set_before_textual_reads_it() -> None:
    code = (
        "import sys, placement_tui.__main__, placement_tui.cli.main, placement_tui.opening, placement_tui.terminal as terminal\n"
        "assert not any(name.split('.')[0] == 'textual' for name in sys.modules)\n"
        "terminal.prepare_environment()\n"
        "import placement_tui.app, textual.constants, textual.screen\n"
        "print(textual.constants.MAX_FPS, textual.screen.UPDATE_PERIOD)"
    )
    environment = {name: value for name, value in os.environ.items() if not name.startswith("TEXTUAL")}
    said = subprocess.run(
        [sys.executable, "-c", code], env={**environment, "TERM": "xterm-256color"}, check=True, capture_output=True, text=True
    ).stdout  # fmt: skip
    assert said.split() == ["1000", "0.001"]
