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
        self._typed: str | None = None

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
        return ask_twice(f"Passphrase for {self.path}: ")

    def typed_passphrase(self) -> str:
        """One's own passphrase, asked for even where this machine remembers it; the store is then opened with it."""
        if self._typed is None:
            given = self.asked.passphrase_fd
            self._typed = read_passphrase(given) if given is not None else ask(f"Passphrase for {self.path}: ")
        return self._typed

    def is_demo(self) -> bool:
        """True where the store opens without a passphrase. Raises NotFound, StoreDamaged."""
        from placement_tui.db import slots

        return self.path.is_file() and slots.read(self.path).demo

    def _passphrase(self) -> str | None:
        if self._typed is not None:
            return self._typed
        if not self.path.is_file() or self.is_demo():
            return None  # opening it says where there is none
        from placement_tui import keyrings
        from placement_tui.domain.officers import called

        remembered = keyrings.remembered(self.path) if self.asked.passphrase_fd is None else None
        if remembered and called(remembered, self.asked.officer):
            return None
        return self.typed_passphrase()


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


def ask_twice(words: str, option: str = "--passphrase-fd 3 3<FILE") -> str:
    """A new passphrase, typed twice the same. Raises Locked, naming the option that gives it without a terminal."""
    first = ask(words, option)
    if ask("The same again: ") != first:
        raise Locked("The two passphrases differ", mend="nothing was changed: try again")
    return first


def ask(words: str, option: str = "--passphrase-fd 3 3<FILE") -> str:
    """A passphrase typed on the terminal, unseen. Raises Locked where there is no terminal to ask on."""
    if not (sys.stdin and sys.stdin.isatty() and sys.stderr.isatty()):
        raise Locked(
            "There is no terminal to ask for the passphrase on",
            mend=f"give it on a descriptor: {option}",
        )
    from getpass import getpass

    try:
        return getpass(words)
    except EOFError:
        raise Locked("No passphrase was typed") from None
