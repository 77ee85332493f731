"""Keys typed before the program is ready for them: kept, and handed on one by one in the order in which they were typed.

Until the first place has read what it shows, a key could act on nothing, or on what was so yesterday. So it waits, and
every key after it. Then each is handed on when everything that the one before it set off is done.
"""

from __future__ import annotations

from collections import deque
from typing import ClassVar

from textual import events
from textual.app import App
from textual.dom import DOMNode
from textual.message_pump import MessagePump

from placement_tui.widgets.place import Place

_HOPS = 3  # through a queue: a key's message, what it posted, and what that posted
_PATIENCE, _TRIES = 0.02, 500  # seconds between two looks whether the place that a key opened is ready


class TypeAhead(App[None]):
    """An App that loses no key and changes no order while it starts."""

    AT_ONCE: ClassVar[frozenset[str]] = frozenset()  # keys that need nothing of the store
    ALWAYS: ClassVar[frozenset[str]] = frozenset()  # keys that go before all others
    MOVES: ClassVar[frozenset[str]] = frozenset()  # keys that only move the cursor of a list that is there already

    def begin_ahead(self) -> None:
        """Keys wait from now on, where the place in front is `waits_for_store`."""
        self._ahead: deque[events.Event] | None = deque()
        self._handing = False

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
        if (
            self._ahead is not None
            and isinstance(event, events.Key | events.Paste)
            and not event.is_forwarded
            and self._too_early(event)
        ):
            self._ahead.append(event)
        else:
            await super().on_event(event)

    def _too_early(self, event: events.Key | events.Paste) -> bool:
        keys = {event.key, event.character} if isinstance(event, events.Key) else set()
        if keys & self.ALWAYS:
            return False
        if self._handing or self._ahead:
            return True
        if not self.waits_for_store or self.screen.is_modal:
            return False
        return not (keys & self.AT_ONCE or (keys & self.MOVES and self.has_rows))

    def hand_on(self) -> None:
        """The program is ready: hand on what was typed."""
        if self._ahead is not None and not self._handing:
            self._handing = True
            self.call_later(self._next)

    async def _next(self, tries: int = _TRIES) -> None:
        if self._ahead is None:
            return
        if not self._ahead:
            self._ahead, self._handing = None, False
            return
        if tries and not self._is_ready():
            self.set_timer(_PATIENCE, lambda: self.call_later(self._next, tries - 1))
            return
        event = self._ahead.popleft()
        reached: DOMNode = self.focused or self.screen
        await super().on_event(event)
        queues = [node for node in (reached, *reached.ancestors) if node is not self]
        self._after([queue for queue in (*queues, self) for _ in range(_HOPS)])

    def _is_ready(self) -> bool:
        screen = self.screen
        return screen.is_mounted and not (isinstance(screen, Place) and screen.is_reading)

    def _after(self, queues: list[MessagePump]) -> None:
        """Go through queues one after another, behind what stands in them, and then on to the next key."""
        for at, queue in enumerate(queues, 1):
            if queue.is_running and queue.call_later(self._after, queues[at:]):
                return
        self.call_later(self._next)
