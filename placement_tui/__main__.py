"""`placement`, and `python -m placement_tui`."""

from __future__ import annotations

import gc
import os
import sys
from contextlib import suppress
from typing import NoReturn


def main() -> NoReturn:
    """Run the command line on this process's arguments, and end the process with its exit code."""
    gc.disable()  # what the imports make stays: looking through it again and again takes a seventh of the start
    from placement_tui.failures import watch
    from placement_tui.hardening import begin

    begin()
    watch()
    from placement_tui.cli.main import main as command_line

    leave(command_line(sys.argv[1:]))


def leave(code: int) -> NoReturn:
    """End at once. Everything is saved and closed; taking modules apart one by one takes longer than all of that."""
    for stream in filter(None, (sys.stdout, sys.stderr)):
        with suppress(OSError, ValueError):
            stream.flush()
    os._exit(code)


if __name__ == "__main__":
    main()
