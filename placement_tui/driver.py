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
from placement_tui.guardian import CLEAR_CLIPBOARD, CLEARED, COPIED, Guardian, wiped
from placement_tui.incoming import Incoming
from placement_tui.outgoing import Outgoing
from placement_tui.strokes import able
from placement_tui.terminal import colours_wanted, encoding

_FRAME = re.compile(r"\x1b\[\d+;\d+H")
_SYNC_START, _SYNC_END = "\x1b[?2026h", "\x1b[?2026l"
_ALTERNATE = "\x1b[?1049h"
_POINTER = "\x1b]22;"  # the shape of a mouse pointer that is not asked for
_ONE_SEGMENT = 1400  # bytes that arrive in one piece; only a longer frame needs to be held back until it is whole
_PASTE_GAP = 0.005  # seconds between two pieces of a paste
_PATIENCE, _PATIENCE_AWAY = (
    2.0,
    30.0,
)  # seconds for a terminal that takes nothing, at the end and before another program
_RESIZED = 0.2  # seconds after which a terminal that changed its size and was sent no frame gets one


class DiffDriver(LinuxDriver):
    """Textual's driver for Linux and macOS with a grid of cells between it and the terminal.

    What it leaves behind is an empty screen: every line is erased before the alternate screen is left, since some
    terminals keep that screen or put it into their history.
    """

    guardian = Guardian()  # `opening` puts one in its place that can do something

    def __init__(
        self, app: App[Any], *, debug: bool = False, mouse: bool = True, size: tuple[int, int] | None = None
    ) -> None:
        super().__init__(app, debug=debug, mouse=mouse, size=size)
        columns, rows = self._terminal_size()
        self._cells = Cells(
            columns, rows, colour=colours_wanted(), encoding=encoding(),
            able=able(os.environ.get("TERM", "")),
        )  # fmt: skip
        self._sync = False
        self._out: Outgoing | None = None
        self._wake: tuple[int, int] | None = None
        self._copied = self._away = False

    # output

    def write(self, data: str) -> None:
        """Write a frame's changes, or anything else as it is. What the terminal does not take yet waits; nobody does."""
        if data in (_SYNC_START, _SYNC_END):
            self._sync = True
        elif self._out is not None and _FRAME.match(data):
            size = self._terminal_size()
            with self._out.turn:
                if size != (self._cells.columns, self._cells.rows):
                    self._cells.resize(*size)
                self._cells.lay(data)
                self._out.show()
        elif self._mouse or not data.startswith(_POINTER):
            if data == _ALTERNATE:
                self._cells.forget()
            self._send(data)

    def _changes(self) -> str:
        data = self._cells.changes()
        return f"{_SYNC_START}{data}{_SYNC_END}" if self._sync and len(data) > _ONE_SEGMENT else data

    def _send(self, data: str) -> None:
        if self._out is not None:
            self._out.say(data)

    def copy(self, sequence: str) -> None:
        """Write to the terminal's clipboard, and remember that what is there is ours."""
        self._copied = True
        self.guardian.hear(COPIED)
        self._send(sequence)

    def clear_clipboard(self) -> bool:
        """Empty the terminal's clipboard where what is there is ours; False where it is not."""
        if not self._copied:
            return False
        self._copied = False
        self.guardian.hear(CLEARED)
        self._send(CLEAR_CLIPBOARD)
        return True

    def repaint(self) -> None:
        """Clear the terminal and write every cell: for when another program has written over it."""
        self._cells.forget()
        self._show()

    def _show(self) -> None:
        if self._out is not None and self._cells.stale:
            self._out.show()

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
        self._release()
        self._wake = os.pipe()
        assert self._file is not None
        self._out = Outgoing(self._file.fileno(), self._file.encoding or "utf-8", self._changes, self._cells.lift)
        self._out.start()
        super().start_application_mode()  # type: ignore[no-untyped-call]  # Textual left it untyped
        resized = signal.getsignal(signal.SIGWINCH)

        def on_resize(number: int, frame: Any) -> None:
            self._cells.forget()
            if callable(resized):
                resized(number, frame)
            # Back at the size that it had, no frame comes of itself.
            self._loop.call_soon_threadsafe(self._loop.call_later, _RESIZED, self._show)

        signal.signal(signal.SIGWINCH, on_resize)

    def stop_application_mode(self) -> None:
        """Give the terminal back with nothing on it, and nothing of ours on its clipboard unless we come back."""
        if not self._away:
            self.clear_clipboard()
        self._send(wiped(max(self._cells.rows, self._terminal_size()[1])))
        self._cells.forget()
        super().stop_application_mode()

    def suspend_application_mode(self) -> None:
        """Give the terminal to another program for a while."""
        self._away = True
        super().suspend_application_mode()
        self._away = False

    def _sigtstp_application(self, *more: Any) -> None:
        """Give the terminal back and stop. Not within the signal: it may have come while a frame was being laid."""
        self._loop.call_soon_threadsafe(super()._sigtstp_application, *more)

    def _sigcont_application(self, *more: Any) -> None:
        """Go on after a stop, but for one in which another program had the terminal."""
        if self._auto_restart:
            self._loop.call_soon_threadsafe(self._go_on, *more)

    def _go_on(self, *more: Any) -> None:
        """Take the terminal again. A stop that nobody could prepare for (SIGSTOP) left it taken: it is taken anew."""
        if not self._must_signal_resume:
            self.suspend_application_mode()  # else two threads would read the keys
            self._must_signal_resume = True
        super()._sigcont_application(*more)

    def disable_input(self) -> None:
        """Stop reading keys at once, instead of after a poll."""
        wake = self._wake
        if wake is not None:
            os.write(wake[1], b"x")
        super().disable_input()

    def close(self) -> None:
        """Give everything back."""
        super().close()
        self._release()

    def _release(self) -> None:
        out, self._out = self._out, None
        written = out is None or out.stop(_PATIENCE_AWAY if self._away else _PATIENCE)
        if not (written or self._away):
            self.guardian.needed()
        wake, self._wake = self._wake, None
        for descriptor in wake or ():
            os.close(descriptor)

    # input

    def _run_input_thread(self) -> None:
        """What goes wrong here ends the program as anything else that does, and is told without values."""
        try:
            self.run_input_thread()
        except Exception as error:  # a thread that died silently would leave a program that hears no key
            self._app.call_later(self._app._handle_exception, error)

    def run_input_thread(self) -> None:
        """Read keys until woken. A lone Escape is known ESCDELAY after it came; without keys there is nothing to do."""
        assert self._wake is not None
        woken = self._wake[0]
        parser, incoming = XTermParser(self._debug), Incoming()
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
                    incoming.silent()
                    self._pass_on(parser.tick())
                    continue
                try:
                    data = os.read(self.fileno, 65536)
                except OSError:  # the terminal is gone
                    data = b""
                if not data:
                    self._app.call_later(self._app.action_quit)
                    break
                text = decode(data)
                while incoming.may_go_on(text) and select.select([self.fileno], [], [], _PASTE_GAP)[0]:
                    more = os.read(self.fileno, 65536)
                    text += decode(more)
                    if not more:
                        break
                pasted, text = incoming.split(text)
                if pasted:
                    self.process_message(events.Paste(pasted))
                if not text:
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
