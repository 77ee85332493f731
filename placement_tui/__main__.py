"""`placement`, and `python -m placement_tui`."""

from __future__ import annotations

import sys


def main() -> int:
    """Run the command line on this process's arguments; gives the exit code."""
    from placement_tui.failures import watch
    from placement_tui.hardening import begin

    begin()
    watch()
    from placement_tui.cli.main import main as command_line

    return command_line(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
