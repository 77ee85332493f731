"""`placement`, and `python -m placement_tui`."""

from __future__ import annotations

import gc
import sys


def main() -> int:
    """Run the command line on this process's arguments; gives the exit code."""
    gc.disable()  # what the imports make stays: looking through it again and again takes a seventh of the start
    from placement_tui.failures import watch
    from placement_tui.hardening import begin

    begin()
    watch()
    from placement_tui.cli.main import main as command_line

    return command_line(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
