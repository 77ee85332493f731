"""The first second of the program: what the board last was, what is typed before there is more, what is loaded meanwhile."""

from __future__ import annotations

import gc
from importlib import import_module
from typing import TYPE_CHECKING

from textual.binding import Binding

from placement_tui.commands import find
from placement_tui.widgets.table import RecordTable
from placement_tui.widgets.trail import Trail
from placement_tui.widgets.typeahead import TypeAhead
from placement_tui.widgets.working import Working

if TYPE_CHECKING:
    from placement_tui.bootstrap import Services
    from placement_tui.errors import PlacementError
    from placement_tui.opening import Opening

_NEXT = ("calls", "homes")  # the places that are opened first
NEED_NO_STORE = ("anywhere.help", "anywhere.quit", "anywhere.repaint", "anywhere.looks", "anywhere.back")


def collect_again() -> None:
    """What was loaded stays until the end: from now on no collection of garbage looks at it."""
    if not gc.isenabled():  # switched off while the program started, and only then is all that is there to stay
        gc.freeze()
        gc.enable()


class Starting(TypeAhead, Working, Trail):
    """An App that is there before its store is."""

    ALWAYS = frozenset(find("anywhere.quit").keys)
    AT_ONCE = frozenset(key for command in NEED_NO_STORE for key in find(command).keys)
    MOVES = frozenset(
        key for binding in RecordTable.BINDINGS if isinstance(binding, Binding) for key in binding.key.split(",")
    )
    opening: Opening
    services: Services | None
    read_through: int | None = None  # how far the journal went when the board was first read
    _begun = False

    def begin_seeing(self) -> None:
        """Show the last board when it is known; load what comes next while something has to be typed first."""
        self.opening.when_seen(lambda: self.call_later(self._seen))
        if self.opening.missing or self.opening.asks:
            self.call_after_refresh(self._while_typing)

    def _seen(self) -> None:
        """The last board is known: where the passphrase was just typed, it comes in front with it."""
        if self.services is None:
            if self.in_front != "board":
                self.begin_again()
                self.open_place("board")
            self.place.arrive()

    def _while_typing(self) -> None:
        """Something has to be typed first: meanwhile, load what comes next."""
        collect_again()
        self._readers.submit(self.opening.prepare)

    def hand_on(self) -> None:
        """The board is there. What was typed goes on; what watches the store begins, and what comes next is loaded."""
        super().hand_on()
        if not self._begun:
            self._begun = True
            self._readers.submit(self._begin)

    def _begin(self) -> None:
        services = self.services
        if services is None or self._ending:
            return
        services.feed.start(self.read_through)
        services.watch.start(self.told_of_store)
        for name in _NEXT:
            import_module(f"placement_tui.screens.{name}")
        services.homes.ready()

    def told_of_store(self, error: PlacementError) -> None:
        """Something is wrong with the store itself; told from another thread."""

    @property
    def waits_for_store(self) -> bool:
        """True at the board while the store is being opened and read."""
        return self.in_front == "board" and (self.services is None or self.place.is_reading)

    @property
    def has_rows(self) -> bool:
        """True where the board shows what it last was."""
        return self.in_front == "board" and self.opening.glance is not None
