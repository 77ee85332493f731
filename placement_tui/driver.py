"""The terminal driver that writes changed cells only, and knows Escape when it sees it. Not for Windows."""

from __future__ import annotations

import os
import re
import select
import selectors
import signal
from codecs import getincrementaldecoder
from collections.abc import Iterable
from typing import Any

from textual import constants, events
from textual._parser import ParseError
from textual._xterm_parser import XTermParser
from textual.app import App
from textual.message import Message

try:
    from textual.drivers.linux_driver import LinuxDriver
except ImportError:  # Windows: the module can be imported, `terminal.driver_class` does not offer the driver
    from textual.driver import Driver as LinuxDriver  # type: ignore[assignment]  # stands in, is never started

from placement_tui.cells import Cells
from placement_tui.terminal import encoding

_FRAME = re.compile(r"\x1b\[\d+;\d+H")
_SYNC_START, _SYNC_END = "\x1b[?2026h", "\x1b[?2026l"
_ALTERNATE = "\x1b[?1049h"
_POINTER = "\x1b]22;"  # the shape of a mouse pointer that is not asked for
_ONE_SEGMENT = 1400  # bytes that arrive in one piece; only a longer frame needs to be held back until it is whole
# A paste in a terminal that does not say so: characters at once that no fingers typed. With Enter or Tab among them they
# may be keys held back by a line that stalled, and each of those must count.
_PASTE, _PASTE_WITH_KEYS = 64, 2000
_PASTE_GAP = 0.005  # seconds between two pieces of one


class DiffDriver(LinuxDriver):
    """Textual's driver for Linux and macOS with a grid of cells between it and the terminal."""

    def __init__(
        self, app: App[Any], *, debug: bool = False, mouse: bool = True, size: tuple[int, int] | None = None
    ) -> None:
        super().__init__(app, debug=debug, mouse=mouse, size=size)
        columns, rows = self._terminal_size()
        self._cells = Cells(columns, rows, colour="NO_COLOR" not in os.environ, encoding=encoding())
        self._sync = False
        self._wake: tuple[int, int] | None = None

    # output

    def write(self, data: str) -> None:
        """Write a frame's changes, or anything else as it is."""
        if data in (_SYNC_START, _SYNC_END):
            self._sync = data == _SYNC_START
            return
        if _FRAME.match(data):
            size = self._terminal_size()
            if size != (self._cells.columns, self._cells.rows):
                self._cells.resize(*size)
            data = self._cells.frame(data)
            if self._sync and len(data) > _ONE_SEGMENT:
                data = f"{_SYNC_START}{data}{_SYNC_END}"
        else:
            if data == _ALTERNATE:
                self._cells.forget()
            if data.startswith(_POINTER) and not self._mouse:
                return
            data = self._cells.lift() + data
        if data:
            super().write(data)

    def repaint(self) -> None:
        """Clear the terminal and write every cell: for when another program has written over it."""
        self._cells.forget()
        data = self._cells.frame("")
        super().write(data)

    def _terminal_size(self) -> tuple[int, int]:
        assert self._file is not None  # Textual draws on the true standard error
        try:
            size = os.get_terminal_size(self._file.fileno())
        except (OSError, ValueError):
            return self._get_terminal_size()
        return (size.columns, size.lines) if size.columns and size.lines else self._get_terminal_size()

    # start and stop

    def start_application_mode(self) -> None:
        """Take the terminal; a change of its size makes what it shows unknown."""
        self._wake = os.pipe()
        super().start_application_mode()  # type: ignore[no-untyped-call]  # Textual left it untyped
        resized = signal.getsignal(signal.SIGWINCH)

        def on_resize(number: int, frame: Any) -> None:
            self._cells.forget()
            if callable(resized):
                resized(number, frame)

        signal.signal(signal.SIGWINCH, on_resize)

    def disable_input(self) -> None:
        """Stop reading keys at once, instead of after a poll."""
        wake = self._wake
        if wake is not None:
            os.write(wake[1], b"x")
        super().disable_input()

    def close(self) -> None:
        """Give everything back."""
        super().close()
        wake, self._wake = self._wake, None
        if wake is not None:
            os.close(wake[0])
            os.close(wake[1])

    # input

    def run_input_thread(self) -> None:
        """Read keys until woken. A lone Escape is known ESCDELAY after it came; without keys there is nothing to do."""
        assert self._wake is not None
        woken = self._wake[0]
        parser = XTermParser(self._debug)
        decode = getincrementaldecoder("utf-8")(errors="replace").decode
        with selectors.SelectSelector() as selector:
            selector.register(self.fileno, selectors.EVENT_READ)
            selector.register(woken, selectors.EVENT_READ)
            wait: float | None = None
            while True:
                ready = {key.fd for key, _ in selector.select(wait)}
                if woken in ready:
                    os.read(woken, 1)
                    break
                if self.fileno not in ready:
                    wait = None
                    self._pass_on(parser.tick())
                    continue
                try:
                    data = os.read(self.fileno, 65536)
                except OSError:  # the terminal is gone
                    data = b""
                if not data:
                    self._app.call_later(self._app.exit)
                    break
                text = decode(data)
                if len(text) > 1 and _is_text(text):  # no finger is so quick: a paste may still be coming in
                    while _is_text(text) and select.select([self.fileno], [], [], _PASTE_GAP)[0]:
                        more = os.read(self.fileno, 65536)
                        text += decode(more)
                        if not more:
                            break
                    if len(text) >= (_PASTE if text.isprintable() else _PASTE_WITH_KEYS) and _is_text(text):
                        self.process_message(events.Paste(text))
                        continue
                self._pass_on(parser.feed(text))
                wait = constants.ESCAPE_DELAY + 0.001
        try:
            self._pass_on(parser.feed(""))
        except ParseError:
            return

    def _pass_on(self, messages: Iterable[Message]) -> None:
        for message in messages:
            if isinstance(message, events.Resize):
                self._cells.forget()
            self.process_message(message)


def _is_text(text: str) -> bool:
    """True where there is nothing but text: what a terminal without bracketed paste sends when something is pasted."""
    return all(character.isprintable() or character in "\r\n\t" for character in text)
