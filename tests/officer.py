"""An officer at the screen, for tests: keys in, visible lines out, and the keys counted."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from textual._context import visible_screen_stack
from textual.pilot import Pilot

from placement_tui.app import PlacementApp
from placement_tui.bootstrap import Services, open_services
from placement_tui.opening import Opening
from tests import builders

PATIENCE = 10.0  # seconds; two shared cores


class At(Opening):
    """Opens a store at a time that the test sets."""

    def __init__(self, path: Path, clock: Any, passphrase: str | None) -> None:
        super().__init__(path, None, passphrase)
        self._clock = clock

    def open(self, officer: str | None, passphrase: str | None) -> Services:
        """Unlock and wire."""
        if officer is None and passphrase is None and self.passphrase == builders.PASSPHRASE:
            return builders.opened(self.path, self._clock)
        return open_services(self.path, officer, passphrase or self.passphrase, self._clock)


class Officer:
    """Presses keys, reads the screen."""

    def __init__(self, pilot: Pilot[Any]) -> None:
        self.pilot, self.app = pilot, pilot.app
        self.pressed = 0

    async def press(self, *keys: str) -> None:
        """Press keys by name, and count them."""
        self.pressed += len(keys)
        await self.pilot.press(*keys)

    async def type(self, text: str) -> None:
        """Type a text, letter by letter."""
        names = {
            " ": "space",
            "/": "slash",
            "£": "pound_sign",
            ".": "full_stop",
            ":": "colon",
            ",": "comma",
            "'": "apostrophe",
            "-": "minus",
            "+": "plus",
        }
        await self.press(*(names.get(letter, letter) for letter in text))

    def lines(self) -> list[str]:
        """What is on the screen, line by line."""
        screen = self.app.screen
        # What would be painted, with what a dialog stands before: there is no public way to either.
        visible_screen_stack.set(self.app._background_screens)
        shown = screen._compositor.render_strips()
        return ["".join(segment.text for segment in strip) for strip in shown]

    def text(self) -> str:
        """The same as one text."""
        return "\n".join(self.lines())

    async def sees(self, *words: str) -> str:
        """Wait until all these words are on the screen; gives the screen."""
        for _ in range(int(PATIENCE / 0.02)):
            shown = self.text()
            if all(word in shown for word in words):
                return shown
            await asyncio.sleep(0.02)
            await self.pilot.pause()
        raise AssertionError(
            "not on the screen: " + repr([word for word in words if word not in self.text()]) + "\n" + self.text()
        )

    async def sees_no(self, words: str) -> None:
        """Wait until these words are gone."""
        for _ in range(int(PATIENCE / 0.02)):
            if words not in self.text():
                return
            await asyncio.sleep(0.02)
        raise AssertionError(f"still on the screen: {words!r}\n{self.text()}")

    async def settled(self, still: float = 0.3) -> None:
        """Wait until nothing runs beside the screen and the screen has stood still for so many seconds."""
        shown, waited, since = "", 0.0, 0.0
        while waited < PATIENCE:
            await asyncio.sleep(0.05)
            await self.pilot.pause()
            waited, now = waited + 0.05, self.text()
            busy = any(not worker.is_finished for worker in self.app.workers)
            since = since + 0.05 if now == shown and not busy else 0.0
            if since >= still:
                return
            shown = now
        raise AssertionError(f"the screen never came to rest\n{self.text()}")

    def cursor_line(self) -> str:
        """The line under the cursor."""
        return next((line for line in self.lines() if line.lstrip(" │").startswith("›")), "")

    @property
    def services(self) -> Services:
        """The open store's services, to check what is really there."""
        return self.app.services


@asynccontextmanager
async def at_desk(
    path: Path, size: tuple[int, int] = (80, 24), clock: Any = None, passphrase: str | None = builders.PASSPHRASE,
    name: str | None = None,
) -> AsyncIterator[Officer]:  # fmt: skip
    """The program on a store, with its board showing. `name` says who, where several can open it."""
    opening = At(path, clock, passphrase)
    opening.officer = name
    app = PlacementApp(opening)
    async with app.run_test(size=size) as pilot:
        officer = Officer(pilot)
        await officer.sees(" open ")
        yield officer
        await app.action_quit()
