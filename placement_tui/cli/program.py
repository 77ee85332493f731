"""The terminal program, from the command line."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from placement_tui.errors import WrongUse

if TYPE_CHECKING:
    from pathlib import Path

    from placement_tui.cli.asking import Asked


def open_program(asked: Asked) -> int:
    """Open the terminal program on the store that was named; gives its exit code. Raises PlacementError."""
    from placement_tui.paths import default_store

    passphrase = None
    if asked.passphrase_fd is not None:
        from placement_tui.cli.here import read_passphrase

        passphrase = read_passphrase(asked.passphrase_fd)
    return run_on(asked.store or default_store(), asked.officer, passphrase)


def run_on(store: Path, officer: str | None = None, passphrase: str | None = None) -> int:
    """Run the program on a store; gives its exit code. Raises WrongUse where there is no terminal."""
    if not (sys.stdin and sys.stdin.isatty() and sys.stdout.isatty()):
        raise WrongUse(
            "The program needs a terminal, and this is none",
            mend="the same work goes without one: placement --help",
        )
    from placement_tui.opening import run

    return run(store, officer, passphrase)
