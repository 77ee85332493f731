"""Opening the program: which store, who, and how it is unlocked or made. Wires the store to the screens, lazily.

Nothing heavy is imported until the first screen is painted: `open` and `make` run on a thread. Beside the first imports
the board as it was last read is looked up, by the driver alone.
"""

from __future__ import annotations

import json
import os
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from placement_tui import keyrings
from placement_tui.errors import PlacementError
from placement_tui.failures import quiet_logging
from placement_tui.guardian import Guardian
from placement_tui.hardening import harden
from placement_tui.paths import keys_path

if TYPE_CHECKING:
    from placement_tui.bootstrap import Services
    from placement_tui.db.reads.glances import Look
    from placement_tui.db.ways import Way
    from placement_tui.domain.glance import Glance


class Opening:
    """One store to be opened by the screens."""

    def __init__(self, path: Path, officer: str | None = None, passphrase: str | None = None) -> None:
        self.path, self.officer, self.passphrase = path, officer, passphrase
        self.missing = not path.exists()
        self.names: tuple[str, ...] = ()
        self.demo = False
        self.remembered: str | None = None
        self.glance: Glance | None = None  # the board as it was last read, once that is known
        self._hears: Callable[[], object] | None = None
        self._ahead: threading.Thread | None = None
        self._way: Way | None = None
        self._look: Look | None = None
        self._refused: PlacementError | None = None
        self._guard = threading.Lock()
        if not self.missing:
            self._peek()

    @property
    def asks(self) -> bool:
        """True where a passphrase has to be typed first."""
        return not (self.missing or self.demo or self.passphrase or self.remembered)

    def look_ahead(self) -> None:
        """Where nothing has to be typed first, unlock and look for the last board already, on a thread."""
        if not self.missing and not self.asks:
            self._ahead = threading.Thread(
                target=self._enter, args=(self.officer, self.passphrase), name="ahead", daemon=True
            )
            self._ahead.start()

    def when_seen(self, hears: Callable[[], object]) -> None:
        """Call `hears`, from another thread, when the last board is known; at once where it is already."""
        with self._guard:
            self._hears = hears
            known = self.glance is not None
        if known:
            hears()

    def prepare(self) -> None:
        """Load what opening will need, while a passphrase is typed."""
        import placement_tui.bootstrap
        import placement_tui.services.referrals  # noqa: F401 - loading it is the point

    def open(self, officer: str | None, passphrase: str | None) -> Services:
        """Unlock and wire. Raises PlacementError; where the keyring did not open it, a passphrase is asked for from now."""
        ahead, self._ahead = self._ahead, None
        if ahead is not None:
            ahead.join()
        else:
            self._enter(officer or self.officer, passphrase or self.passphrase)
        self.remembered = None
        (way, self._way), (refused, self._refused) = (self._way, None), (self._refused, None)
        try:
            if refused is not None:
                raise refused
            from placement_tui.bootstrap import open_services

            return open_services(self.path, officer or self.officer, passphrase or self.passphrase, way=way)
        finally:
            look, self._look = self._look, None
            if look is not None:
                look.close()

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

    def _enter(self, officer: str | None, passphrase: str | None) -> None:
        """Find the officer's way in, and with it the last board."""
        harden()
        try:
            self._way = self._way_in(officer, passphrase)
        except PlacementError as refusal:
            self._refused = refusal
            return
        try:
            self._see()
        except Exception:  # whatever it is, opening meets it again and says it in words
            return

    def _way_in(self, officer: str | None, passphrase: str | None) -> Way | None:
        """The way that a passphrase or this machine's keyring opens; None where opening finds it by itself."""
        from placement_tui.paths import server_of

        if self.demo or server_of(self.path) is not None:
            return None
        if passphrase is None:
            return keyrings.recall(self.path) if self.remembered else None
        from datetime import UTC, datetime

        from placement_tui.db import entering, private, slots

        file = slots.read(self.path)
        private.check(self.path, demo=file.demo)
        return entering.way_in(self.path, file, officer, passphrase, datetime.now(UTC))

    def _see(self) -> None:
        from placement_tui.db.reads.glances import Look

        self._look = Look(self.path, self._way)
        body = self._look.board()
        if body is None:
            return
        from placement_tui.domain.glance import unpacked

        glance = unpacked(body)
        if glance.tables != self._look.tables():
            return  # of another version of the program
        with self._guard:
            self.glance = glance
            hears = self._hears
        if hears is not None:
            hears()


def run(store: Path, officer: str | None = None, passphrase: str | None = None) -> int:
    """Run the terminal program on a store; gives its exit code. Raises WrongUse for a terminal that will not do."""
    from placement_tui.terminal import driver_class, prepare_environment

    prepare_environment()
    quiet_logging()
    guardian = Guardian.watch(sys.__stderr__.fileno()) if sys.__stderr__ else Guardian()
    opening = Opening(store, officer, passphrase)
    opening.look_ahead()
    from placement_tui.app import PlacementApp

    driver = driver_class()
    if driver is not None:
        driver.guardian = guardian  # type: ignore[attr-defined]  # the one driver that is given has it
    try:
        app = PlacementApp(opening, driver_class=driver)
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
