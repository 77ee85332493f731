"""The places that are open, and the way back: a place that is left behind stays exactly as it was."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import Any, ClassVar

from textual.app import App

from placement_tui.widgets.lines import ToastLine
from placement_tui.widgets.place import Leave, Open, Place

KEPT = 16  # places kept open behind the one in front


class Trail(App[None]):
    """An App that opens places, keeps them, and goes back. `PLACES_AT` names each place's module and class."""

    PLACES_AT: ClassVar[dict[str, tuple[str, str]]] = {}

    def begin_trail(self) -> None:
        """No place is open yet."""
        self._trail: list[str] = []
        self._places: dict[str, Place] = {}

    @property
    def in_front(self) -> str:
        """The name of the place in front, as `board`; empty before the first."""
        return self._trail[-1].partition(":")[0] if self._trail else ""

    @property
    def places(self) -> tuple[Place, ...]:
        """Every open place."""
        return tuple(self._places.values())

    def begin_again(self) -> None:
        """Forget the way back; the next place is the first."""
        self._trail.clear()

    def recent(self, name: str) -> list[Any]:
        """What the open places of a name are about, the latest first."""
        return [self._places[key].about for key in reversed(self._trail) if key.startswith(name + ":")]

    async def close_places(self) -> None:
        """Close those that Textual does not: it closes what it shows, those behind are ours."""
        for place in self._places.values():
            if place not in self.screen_stack:
                self.uninstall_screen(place)
                await place.remove()

    @property
    def place(self) -> Place:
        """The place in front (behind a dialog, the one that opened it)."""
        for screen in reversed(self.screen_stack):
            if isinstance(screen, Place):
                return screen
        raise LookupError("no place is open")

    def open_place(self, name: str, about: Any = None, **more: Any) -> None:
        """Go to a place; one that is open already comes back exactly as it was left."""
        key, said = f"{name}:{about}", str(more.pop("said", ""))
        found = self._places.get(key)
        if found is None:
            module, kind = self.PLACES_AT[name]
            found = getattr(import_module(f"placement_tui.screens.{module}"), kind)(about, **more)
            self._places[key] = found
            found.begin()
            self.install_screen(found, key)  # an installed place stays when another comes in front
        elif more:
            found.more = more
            found.called_again()
        if key in self._trail:
            self._trail.remove(key)
        self._trail.append(key)
        self._show(found)
        self._forget_oldest()
        if said:
            self.call_after_refresh(self._say, said, True)

    def leave_place(self, place: Place, said: str = "", undo: bool = True, kept: bool = False) -> None:
        """Go back from a place, if it is still in front; it is closed for good unless it is `kept`."""
        key = self._key_of(place)
        if key is None:
            return
        self._trail.remove(key)
        self._show_last()
        if not kept:
            self._close(key)
        if said:
            self.call_after_refresh(self._say, said, undo)

    def _key_of(self, place: Place | None) -> str | None:
        return next((key for key in self._trail if self._places.get(key) is place), None)

    def _say(self, said: str, undo: bool) -> None:
        self.say_in_front(lambda line: line.saved(said, undo))

    def say_in_front(self, say: Callable[[ToastLine], object], tries: int = 100) -> None:
        """Say it at the place in front; one that is still being made hears it when it is there."""
        lines = self.place.query(ToastLine)
        if lines:
            say(lines.first())
        elif tries:
            self.set_timer(0.02, lambda: self.say_in_front(say, tries - 1))

    def _show_last(self) -> None:
        if not self._trail:
            self.open_place("board")
        else:
            self._show(self._places[self._trail[-1]])

    def came(self, place: Place) -> None:
        """A place comes in front."""

    def _show(self, place: Place) -> None:
        while len(self.screen_stack) > 2 and not isinstance(self.screen, Place):
            self.pop_screen()  # a dialog of the place that is left: under it the place could not be closed
        if self.screen is place:
            return
        self.came(place)
        if len(self.screen_stack) > 1:
            self.place.toast.clear()  # what it said was of then: on coming back, u may undo something else
            self.switch_screen(place)
        else:
            self.push_screen(place)

    def _forget_oldest(self) -> None:
        old = [key for key in self._places if key not in self._trail[-KEPT:]]
        for key in old[: max(0, len(self._places) - KEPT)]:
            if key in self._trail:
                self._trail.remove(key)
            self._close(key)

    def _close(self, key: str) -> None:
        gone = self._places.pop(key)
        self.uninstall_screen(gone)
        gone.remove()

    def on_place_open(self, message: Open) -> None:
        """A place asks for another; `said` is shown there, and with `instead` the one that asks is closed behind it."""
        more = dict(message.more)
        said, instead = more.pop("said", ""), more.pop("instead", False)
        done = self._key_of(message.asker) if instead else None
        self.open_place(message.place, message.about, **more)
        if done is not None and done in self._trail[:-1]:
            self._trail.remove(done)
            self._close(done)
        if said:
            self.call_after_refresh(self._say, said, True)

    def on_place_leave(self, message: Leave) -> None:
        """A place is done."""
        if message.asker is not None:
            self.leave_place(message.asker, message.said, message.undo, message.kept)

    async def action_back(self) -> None:
        """One place back; from the first one, nowhere."""
        if len(self._trail) > 1:
            key = self._trail.pop()
            self._show(self._places[self._trail[-1]])
            if self._places[key].closes:
                self._close(key)
        elif self._trail[-1:] == ["board:None"]:
            self.place.toast.refused("This is the first place. Ctrl+Q quits: everything is saved")

    def action_board(self) -> None:
        """The duty board."""
        self.open_place("board")
