"""Where a command runs: the store that is opened when it is first needed, the officer, the output."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Callable
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from placement_tui.cli.asking import Asked
from placement_tui.cli.output import Output
from placement_tui.cli.tables import use_clock
from placement_tui.errors import Locked, WrongUse
from placement_tui.paths import default_store

if TYPE_CHECKING:
    from placement_tui.bootstrap import Services
    from placement_tui.services.queries import Queries

LONGEST = 4096  # bytes of a passphrase


class Here:
    """One run of one command."""

    def __init__(self, asked: Asked, clock: Callable[[], datetime] | None = None) -> None:
        self.asked, self.clock = asked, clock
        self.out = Output(asked.format)
        use_clock(clock)
        self._open = False

    @cached_property
    def path(self) -> Path:
        """The store that is meant."""
        return self.asked.store or default_store()

    @cached_property
    def services(self) -> Services:
        """The open store's services. Raises NotFound, Locked, Refused, StoreDamaged."""
        from placement_tui.bootstrap import open_services
        from placement_tui.failures import quiet_logging
        from placement_tui.hardening import harden

        harden()
        quiet_logging()
        found = open_services(self.path, self.asked.officer, self._passphrase(), self.clock)
        if found.officers.failed_words:
            self.out.say(found.officers.failed_words + ".")
        gc.freeze()  # what was imported stays until the end: no collection need look at it
        gc.enable()
        self._open = True
        return found

    @cached_property
    def queries(self) -> Queries:
        """Lists and SQL over the open store."""
        from placement_tui.services.queries import Queries

        return Queries(self.services.desk)

    def close(self) -> None:
        """Let go of the store where it was opened."""
        if self._open:
            self.services.close()

    def new_passphrase(self) -> str:
        """The passphrase of a store that is being made, typed twice on a terminal. Raises Locked, WrongUse."""
        if self.asked.passphrase_fd is not None:
            return read_passphrase(self.asked.passphrase_fd)
        first = ask(f"Passphrase for {self.path}: ")
        if ask("The same again: ") != first:
            raise Locked("The two passphrases differ", mend="nothing was made: try again")
        return first

    def _passphrase(self) -> str | None:
        if not self.path.is_file():
            return None  # opening it says so
        from placement_tui import keyrings
        from placement_tui.db import slots
        from placement_tui.domain.officers import called

        if slots.read(self.path).demo:
            return None
        if self.asked.passphrase_fd is not None:
            return read_passphrase(self.asked.passphrase_fd)
        remembered = keyrings.remembered(self.path)
        if remembered and called(remembered, self.asked.officer):
            return None
        return ask(f"Passphrase for {self.path}: ")


def read_passphrase(descriptor: int) -> str:
    """One line from a descriptor; what follows the line is left there. Raises WrongUse, Locked."""
    line = bytearray()
    try:
        while len(line) <= LONGEST and (byte := os.read(descriptor, 1)) not in (b"", b"\n"):
            line += byte
    except (OSError, OverflowError) as cause:  # no system counts descriptors that far
        raise WrongUse(
            f"Descriptor {descriptor} cannot be read from",
            getattr(cause, "strerror", "") or "it is not open",
            f"open it for the program, for example: --passphrase-fd {descriptor} {descriptor}<FILE",
        ) from None
    try:
        passphrase = bytes(line).decode().rstrip("\r")
    except UnicodeDecodeError:
        raise Locked("The passphrase is not UTF-8 text", mend="write it in UTF-8, one line") from None
    if not passphrase:
        raise Locked(f"There is no passphrase on descriptor {descriptor}", mend="write it there, one line")
    return passphrase


def ask(words: str) -> str:
    """A passphrase typed on the terminal, unseen. Raises Locked where there is no terminal to ask on."""
    if not (sys.stdin and sys.stdin.isatty() and sys.stderr.isatty()):
        raise Locked(
            "The store is locked, and there is no terminal to ask for the passphrase on",
            mend="give it on a descriptor: --passphrase-fd 3 3<FILE",
        )
    from getpass import getpass

    try:
        return getpass(words)
    except EOFError:
        raise Locked("No passphrase was typed") from None
