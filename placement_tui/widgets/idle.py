"""The idle lock: after some minutes without a key everything is covered, the store is closed, and its key let go.

What was open stays as it was behind the cover, and nothing comes in front of it: places and dialogs that arrive meanwhile
wait. Only the passphrase of the officer who was there opens it again; somebody else starts the program themselves.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from textual import events
from textual.await_complete import AwaitComplete
from textual.screen import Screen
from textual.widget import AwaitMount

from placement_tui.domain import settings
from placement_tui.errors import PlacementError
from placement_tui.widgets.place import Leave, Open
from placement_tui.widgets.trail import Trail
from placement_tui.widgets.working import Working

if TYPE_CHECKING:
    from placement_tui.bootstrap import Services

_LOOKS = 10.0  # seconds between two looks at the clock
_WARNED = 30.0  # seconds before, it says so
_DRAINED = 0.4  # seconds in which what was just typed is still written
_BY_HAND = (events.Key, events.Paste, events.MouseDown, events.MouseScrollDown, events.MouseScrollUp)


class Cover:
    """What a screen is that may stand in front while the program is locked: it shows nothing of a record."""


class Idle(Working, Trail):
    """An App that locks itself."""

    services: Services | None
    demo: bool

    def begin_idle(self, cover: Callable[[str], Screen[Any]]) -> None:
        """Nobody has been away yet. `cover` makes the screen that covers everything; it is told why, in words."""
        self._cover = cover
        self._locked: Screen[Any] | None = None
        self._warned = False
        self._later: list[Callable[[], object]] = []
        self._touched()

    @property
    def locked(self) -> bool:
        """True while everything is covered."""
        return self._locked is not None

    @property
    def idle_limit(self) -> float:
        """Seconds without a key until it locks; endless for a demonstration and before the store is open."""
        if self.services is None or self.demo:
            return float("inf")
        return 60.0 * settings.idle_minutes(self.services.desk.setting(settings.IDLE_MINUTES))

    # how long nobody has pressed a key

    def clocks(self) -> tuple[float, float]:
        """Two clocks: one that nobody sets, which sleeps while a laptop is suspended, and the wall's, which does not."""
        return (time.monotonic(), time.time())

    def _touched(self) -> None:
        self._last = self.clocks()

    @property
    def idle(self) -> float:
        """Seconds since the last key."""
        return max(now - then for now, then in zip(self.clocks(), self._last, strict=True))

    async def on_event(self, event: events.Event) -> None:
        """A key that comes after the limit finds the program locked, as after a suspended laptop is opened."""
        if isinstance(event, _BY_HAND) and not self.locked:
            if self.idle >= self.idle_limit:
                self.lock(self._idle_words())
                return
            if self._warned:
                self._warned = False
                self.place.toast.clear()
            self._touched()
        await super().on_event(event)

    def watch_idle(self) -> None:
        """Look at the clock from now on."""
        self._touched()
        self.set_interval(_LOOKS, self._look_at_clock, name="idle")

    def _look_at_clock(self) -> None:
        if self.locked:
            return
        left = self.idle_limit - self.idle
        if left <= 0:
            self.lock(self._idle_words())
        elif left <= _WARNED and not self._warned and not self.screen.is_modal:
            self._warned = True
            self.place.toast.say("Nobody has pressed a key for a while: the screen locks in half a minute")

    # locking

    def _idle_words(self) -> str:
        minutes = int(self.idle_limit / 60)
        return f"Nobody pressed a key for {minutes} minute{'' if minutes == 1 else 's'}"

    def lock(self, why: str = "") -> None:
        """Cover everything now; close the store as soon as what was typed is written. `why` is shown."""
        if self.locked or self.services is None or self.demo:
            return
        self._warned = False
        self._locked = self._cover(why)
        self.push_screen(self._locked)
        self.set_timer(_DRAINED, self._close_store)

    def _close_store(self) -> None:
        if self.locked and self.services is not None:
            self.rest(self.services.lock)

    def unlock_again(self, passphrase: str, refused: Callable[[PlacementError], object]) -> None:
        """Open the store again with the officer's own passphrase, and uncover everything, or say why not."""
        services = self.services
        if services is None or not self.locked:
            return
        self._close_store()

        def answered(_: Any, error: BaseException | None) -> None:
            if isinstance(error, PlacementError):
                refused(error)
            elif error is not None:
                raise error
            else:
                self._uncover()

        self.meanwhile(lambda: services.unlock(passphrase), answered)

    def _uncover(self) -> None:
        covering, self._locked = self._locked, None
        if self.screen is covering:
            self.pop_screen()
        self._touched()
        self.go_on()
        later, self._later = self._later, []
        for each in later:
            each()
        for place in self.places:
            place.again()

    # nothing comes in front of the cover

    def _waits(self, screen: Any) -> bool:
        return self.locked and screen is not self._locked and not isinstance(screen, Cover)

    def push_screen(self, screen: Any, *more: Any, **named: Any) -> Any:
        """Show a screen; while the program is locked it waits."""
        if self._waits(screen):
            self._later.append(partial(self.push_screen, screen, *more, **named))
            return AwaitMount(self.screen, [])
        return super().push_screen(screen, *more, **named)

    def switch_screen(self, screen: Any) -> AwaitComplete:
        """Change the screen in front; while the program is locked that waits."""
        if self._waits(screen):
            self._later.append(partial(self.switch_screen, screen))
            return AwaitComplete()
        return super().switch_screen(screen)

    def on_place_open(self, message: Open) -> None:
        """Opening a place waits too: it closes others."""
        if self.locked:
            message.prevent_default()
            self._later.append(partial(Trail.on_place_open, self, message))

    def on_place_leave(self, message: Leave) -> None:
        """So does leaving one."""
        if self.locked:
            message.prevent_default()
            self._later.append(partial(Trail.on_place_leave, self, message))
