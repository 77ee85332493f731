"""Opening the program: which store, who, and how it is unlocked or made. Wires the store to the screens, lazily.

Nothing heavy is imported until the first screen is painted: `open` and `make` run on a thread.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from placement_tui import keyrings
from placement_tui.failures import quiet_logging
from placement_tui.guardian import Guardian
from placement_tui.paths import keys_path

if TYPE_CHECKING:
    from placement_tui.bootstrap import Services


class Opening:
    """One store to be opened by the screens."""

    def __init__(self, path: Path, officer: str | None = None, passphrase: str | None = None) -> None:
        self.path, self.officer, self.passphrase = path, officer, passphrase
        self.missing = not path.exists()
        self.names: tuple[str, ...] = ()
        self.demo = False
        self.remembered: str | None = None
        if not self.missing:
            self._peek()

    @property
    def asks(self) -> bool:
        """True where a passphrase has to be typed first."""
        return not (self.missing or self.demo or self.passphrase or self.remembered)

    def open(self, officer: str | None, passphrase: str | None) -> Services:
        """Unlock and wire. Raises PlacementError; where the keyring did not open it, a passphrase is asked for from now."""
        from placement_tui.bootstrap import open_services

        self.remembered = None
        return open_services(self.path, officer or self.officer, passphrase or self.passphrase)

    def make(self, authority: str, authority_name: str, officer: str, passphrase: str) -> Services:
        """Make the store and wire. Raises PlacementError."""
        from placement_tui.bootstrap import make_store

        return make_store(self.path, authority, officer, passphrase, authority_name=authority_name)

    def _peek(self) -> None:
        try:
            data = json.loads(keys_path(self.path).read_text(encoding="utf-8"))
            self.names = tuple(str(slot["name"]) for slot in data["slots"])
            self.demo = bool(data.get("open_key"))
            name = None if self.demo else keyrings.remembered(self.path)
            if name:
                from placement_tui.domain.officers import called

                self.remembered = name if called(name, self.officer) else None
        except (OSError, ValueError, KeyError, TypeError):
            self.names = ()  # opening it says what is wrong, in words


def run(store: Path, officer: str | None = None, passphrase: str | None = None) -> int:
    """Run the terminal program on a store; gives the exit code. Raises WrongUse for a terminal that will not do."""
    from placement_tui.terminal import driver_class, prepare_environment

    prepare_environment()
    quiet_logging()
    guardian = Guardian.watch(sys.__stderr__.fileno()) if sys.__stderr__ else Guardian()
    from placement_tui.app import PlacementApp

    driver = driver_class()
    if driver is not None:
        driver.guardian = guardian  # type: ignore[attr-defined]  # the one driver that is given has it
    try:
        app = PlacementApp(Opening(store, officer, passphrase), driver_class=driver)
        app.run(mouse=False)
    finally:
        guardian.dismiss()
        _let_go()
    return app.return_code or 0


def _let_go() -> None:
    """Where the terminal is gone, what could not be written to it is no failure of the program's end."""
    for stream in filter(None, (sys.__stdout__, sys.__stderr__)):
        try:
            stream.flush()
        except OSError:
            os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
