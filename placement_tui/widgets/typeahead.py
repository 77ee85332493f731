"""Keys typed before the program is ready for them: kept, and handed on one by one in the order in which they were typed.

Until a place has read what it shows, a key could act on nothing, or on what was so yesterday: the letters of a home's
name would run commands. So it waits, and every key after it. The same for keys that come quicker than fingers, as they
do when a line that stalled delivers them at once: the first may open the place that the second is meant for. Then each
is handed on when everything that the one before it set off is done.
"""

from __future__ import annotations

from collections import deque
from time import monotonic
from typing import ClassVar

from textual import events
from textual.app import App
from textual.dom import DOMNode
from textual.message_pump import MessagePump

from placement_tui.widgets.place import Place

_HOPS = 3  # through a queue: a key's message, what it posted, and what that posted
_PATIENCE, _TRIES = 0.02, 500  # seconds between two looks whether the place that a key opened is ready
_QUICK = 0.05  # seconds after a key in which what it set off may not be done
_LOST = 1.0  # seconds after which a key is handed on whatever became of the one before: its widget may be gone


class TypeAhead(App[None]):
    """An App that loses no key and changes no order, while it starts and afterwards."""

    AT_ONCE: ClassVar[frozenset[str]] = frozenset()  # keys that need nothing of the store
    ALWAYS: ClassVar[frozenset[str]] = frozenset()  # keys that go before all others
    MOVES: ClassVar[frozenset[str]] = frozenset()  # keys that only move the cursor of a list that is there already

    def begin_ahead(self) -> None:
        """Keys wait from now on, where the place in front is not ready for them."""
        self._ahead: deque[events.Key | events.Paste] = deque()
        self._handing = False
        self._turn = 0
        self._since, self._reached = 0.0, list[MessagePump]()

    @property
    def waits_for_store(self) -> bool:
        """True where the place in front cannot do anything yet."""
        return False

    @property
    def has_rows(self) -> bool:
        """True where it shows rows all the same."""
        return False

    async def on_event(self, event: events.Event) -> None:
        """Keep what is typed too early; what comes back from a widget that did not want it was handed on already."""
        if not isinstance(event, events.Key | events.Paste) or event.is_forwarded:
            await super().on_event(event)
        elif not self._too_early(event):
            await self._hand(event)
        else:
            self._ahead.append(event)
            if not self._handing and not self.waits_for_store:
                self._handing = True
                self._when_through()

    def _too_early(self, event: events.Key | events.Paste) -> bool:
        keys = {event.key, event.character} if isinstance(event, events.Key) else set()
        if keys & self.ALWAYS:
            return False
        if self._handing or self._ahead:
            return True
        waits = self.waits_for_store
        if not waits and monotonic() - self._since < _QUICK:
            return True
        if not (waits or self._reads) or self.screen.is_modal:
            return False
        return not (keys & self.AT_ONCE or (waits and keys & self.MOVES and self.has_rows))

    @property
    def _reads(self) -> bool:
        screen = self.screen
        return isinstance(screen, Place) and screen.is_reading

    def hand_on(self) -> None:
        """The program is ready: hand on what was typed."""
        if not self._handing:
            self._handing = True
            self.call_later(self._next, self._turn)

    def drop_ahead(self) -> None:
        """What was typed was meant for a place that did not open."""
        self._ahead.clear()

    async def _next(self, turn: int, tries: int = _TRIES) -> None:
        if turn != self._turn:
            return
        if not self._ahead:
            self._handing = False
            return
        if tries and not self._is_ready():
            self.set_timer(_PATIENCE, lambda: self.call_later(self._next, turn, tries - 1))
            return
        await self._hand(self._ahead.popleft())
        self._when_through()

    async def _hand(self, event: events.Key | events.Paste) -> None:
        reached: DOMNode = self.focused or self.screen
        nodes = [node for node in (reached, *reached.ancestors) if node is not self]
        self._since, self._reached = monotonic(), [*nodes, self]
        await super().on_event(event)

    def _is_ready(self) -> bool:
        return self.screen.is_mounted and not self._reads

    def _when_through(self) -> None:
        """The next key, when what the last one set off is done."""
        self._turn += 1
        turn = self._turn
        self.set_timer(_LOST, lambda: self.call_later(self._next, turn))
        self._after([queue for queue in self._reached for _ in range(_HOPS)], turn)

    def _after(self, queues: list[MessagePump], turn: int) -> None:
        """Go through queues one after another, behind what stands in them, and then on to the next key."""
        for at, queue in enumerate(queues, 1):
            if queue.is_running and queue.call_later(self._after, queues[at:], turn):
                return
        self.call_later(self._next, turn)
