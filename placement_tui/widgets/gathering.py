"""A screen that paints once for all that one key changes, and not before a place that opens has something to show."""

from __future__ import annotations

import asyncio
from time import monotonic
from typing import TypeVar

from textual.message_pump import MessagePump
from textual.screen import Screen

Answer = TypeVar("Answer")

_TURNS = 24  # of the event loop that what a key changes may take to be known; a few are usual, of 0.1 ms each
_PATIENCE = 0.06  # seconds for the first reading of a place; what was on the screen before stays meanwhile


class Gathering(Screen[Answer]):
    """Textual paints what is known when its timer ticks: here a list's cursor first, what explains it a frame later.

    That is two pieces on the wire and a screen that for a moment contradicts itself, so a paint waits while messages
    do. A place that opens is painted with what it was opened for, instead of empty and again: half the bytes, and no
    list that says for a moment that nothing is in it.
    """

    _turns = 0
    _pumps: tuple[MessagePump, ...] = ()
    _patient_until = 0.0
    _waiting = False

    def be_patient(self) -> None:
        """Nothing is painted until `impatient`, or for a little while."""
        self._patient_until = monotonic() + _PATIENCE

    def impatient(self) -> None:
        """There is something to show."""
        if self._patient_until:
            self._patient_until = 0.0
            if self._waiting:
                self._paint_now()

    def _compositor_refresh(self) -> None:
        """Paint, unless more is about to change."""
        if self is not self.app.screen or not self._must_wait():
            self._turns = 0
            super()._compositor_refresh()

    def _must_wait(self) -> bool:
        self._dirty_widgets.clear()  # the compositor knows them
        if self._patient_until:
            left = self._patient_until - monotonic()
            if left > 0:
                if not self._waiting:
                    self._waiting = True
                    self.set_timer(left, self.impatient)
                return True
            self._patient_until = 0.0
        self._waiting = False
        if not self._turns:
            self._pumps = (self, self.app, *self.walk_children())
        if self._turns < _TURNS and self._about_to_change():
            if not self._turns:
                asyncio.get_running_loop().call_soon(self._look_again)
            self._turns += 1
            return True
        return False

    def _about_to_change(self) -> bool:
        return any(pump.message_queue_size for pump in self._pumps)

    def _look_again(self) -> None:
        """Look again, after everything that was ready has had its turn."""
        if self._turns < _TURNS and self._about_to_change():
            self._turns += 1
            asyncio.get_running_loop().call_soon(self._look_again)
        elif self._turns:
            self._turns = _TURNS
            try:
                self._paint_now()
            except Exception as error:  # the loop would only note it
                self.app._handle_exception(error)

    def _paint_now(self) -> None:
        if self.is_attached and self is self.app.screen:
            self._compositor.update_widgets(self._dirty_widgets)
            self._compositor_refresh()
        else:
            self._turns = 0
