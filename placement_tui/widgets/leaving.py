"""How the program leaves: told to by a signal, by a failure that nobody foresaw, or by a key; and what it takes with it.

Nothing of a record stays: no traceback with values, no picture of the screen in a file, nothing of ours on the
clipboard.
"""

from __future__ import annotations

import asyncio
import signal
import sys
from typing import Any

from rich.console import RenderableType
from textual.app import App

from placement_tui import failures
from placement_tui.errors import Refused
from placement_tui.widgets.text import plain

_SIGNALS = ("SIGTERM", "SIGHUP", "SIGINT")
_NO_PICTURE = "A picture of the screen would be a file with a child's data in it"


class Leaving(App[None]):
    """An App that leaves nothing behind."""

    _failed = ""
    _copied = False

    # told to end from outside

    def heed_signals(self) -> None:
        """End in order where the system asks for it: changes are finished, the terminal is given back empty."""
        loop = asyncio.get_running_loop()
        for name in _SIGNALS:
            number = getattr(signal, name, None)
            if number is not None:
                try:
                    loop.add_signal_handler(number, self._signalled, int(number))
                except NotImplementedError:  # Windows
                    return

    def _signalled(self, number: int) -> None:
        self.call_later(self._leave_for, number)

    async def _leave_for(self, number: int) -> None:
        await self.action_quit()
        self._return_code = 128 + number  # as shells say of what a signal ended

    # failures

    def _handle_exception(self, error: Exception) -> None:
        """Note it without values and leave, in place of Textual's traceback, which shows every local variable."""
        self._return_code = 1
        if self._exception is None:  # what a test's Pilot raises again
            self._exception = error
            self._exception_event.set()
        self._fail(error)

    def panic(self, *renderables: RenderableType) -> None:  # noqa: ARG002 - what they would show may be anything
        """The same for what Textual itself would print."""
        self._return_code = 1
        self._fail(sys.exc_info()[1])

    def _fail(self, error: BaseException | None) -> None:
        reference = failures.note(error)
        self._failed = self._failed or failures.sentence(reference)
        self._close_messages_no_wait()

    def _print_error_renderables(self) -> None:
        """Say why it ended, as plain text and once."""
        words = [each for each in self._exit_renderables if isinstance(each, str)]
        self._exit_renderables.clear()
        said = self._failed or (words[0] if words else "")
        if said and sys.__stderr__ is not None:
            sys.__stderr__.write(plain(said) + "\n")
            sys.__stderr__.flush()

    # the clipboard

    def copy_to_clipboard(self, text: str) -> None:
        """Copy to the clipboard of the officer's own terminal; emptied when asked, when locked and on leaving."""
        text = plain(text)
        self._copied = True
        copy = getattr(self._driver, "copy", None)
        if copy is None:
            super().copy_to_clipboard(text)
            return
        self._clipboard = text
        import base64

        copy(f"\x1b]52;c;{base64.b64encode(text.encode()).decode()}\a")

    def empty_clipboard(self) -> bool:
        """Empty it where what is on it is ours; False where it is not."""
        if not self._copied:
            return False
        self._copied, self._clipboard = False, ""
        clear = getattr(self._driver, "clear_clipboard", None)
        if clear is not None:
            clear()
        elif self._driver is not None:
            from placement_tui.guardian import CLEAR_CLIPBOARD

            self._driver.write(CLEAR_CLIPBOARD)
        return True

    # pictures

    def save_screenshot(self, *_: Any, **__: Any) -> str:
        """Not to be had. Raises Refused."""
        raise Refused(_NO_PICTURE, mend="the command line prints tables, without anybody's name in a file name")

    def deliver_screenshot(self, *_: Any, **__: Any) -> str | None:
        """Not to be had. Raises Refused."""
        return self.save_screenshot()

    def action_screenshot(self, *_: Any, **__: Any) -> None:
        """Not to be had."""
