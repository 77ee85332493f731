"""Take the pictures in docs/images from the running program: a demonstration at a fixed hour, driven by its keys.

python docs/screenshots.py [FOLDER]
"""

from __future__ import annotations

import asyncio
import html
import os
import re
import sys
import tempfile
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).parents[1]))
HOUR = datetime(2026, 10, 14, 15, 30, tzinfo=UTC)  # half past four in London, on a Wednesday
SIZE = (120, 40)
CELL, BLANK = 12.2, "&#160;"  # the width of a character in such a picture, and a space
PATIENCE = 30.0  # seconds
os.environ.update(TEXTUAL_ANIMATIONS="none", PLACEMENT_ASCII="0", TEXTUAL_COLOR_SYSTEM="truecolor")

from textual._context import visible_screen_stack  # noqa: E402 - so too

from placement_tui.app import PlacementApp  # noqa: E402 - Textual reads the settings above when it is imported
from placement_tui.opening import Opening  # noqa: E402 - so too

if TYPE_CHECKING:
    from textual.pilot import Pilot

    from placement_tui.bootstrap import Services
    from placement_tui.domain.referrals import BoardRow


class AtThatHour(Opening):
    """A store that is opened at a fixed hour, which goes on by a millisecond whenever it is asked for."""

    def open(self, officer: str | None, passphrase: str | None) -> Services:
        """Open it with that clock."""
        from placement_tui.bootstrap import open_services

        now = HOUR

        def clock() -> datetime:
            nonlocal now
            now += timedelta(milliseconds=1)
            return now

        return open_services(self.path, officer, passphrase, clock)


class Camera:
    """Presses keys, waits for what they show, and keeps pictures."""

    def __init__(self, pilot: Pilot[None], folder: Path) -> None:
        self.pilot, self.folder = pilot, folder

    def text(self) -> str:
        """What the screen shows, line by line."""
        visible_screen_stack.set(self.pilot.app._background_screens)  # or a dialog is drawn before nothing
        strips = self.pilot.app.screen._compositor.render_strips()
        return "\n".join(strip.text for strip in strips)

    async def until(self, pattern: str) -> None:
        """Wait until a line of the screen matches. Raises TimeoutError with what is there instead."""
        await self.hold(lambda text: re.search(pattern, text, re.M) is not None, pattern)

    async def hold(self, seen: Callable[[str], bool], wanted: str) -> None:
        """Wait until the screen is as wanted."""
        end = asyncio.get_running_loop().time() + PATIENCE
        while not seen(self.text()):
            if asyncio.get_running_loop().time() > end:
                raise TimeoutError(f"{wanted!r} is not on the screen:\n{self.text()}")
            await self.pilot.pause(0.05)

    async def press(self, *keys: str) -> None:
        """Press keys, one after the other."""
        for key in keys:
            await self.pilot.press(key)
            await self.pilot.pause(0.1)

    async def take(self, name: str) -> None:
        """Keep a picture of what is there once it has come to rest."""
        before = ""
        while before != (now := self.text()):
            before = now
            await self.pilot.pause(0.3)
        picture = self.pilot.app.export_screenshot(title=f"placement: {name.replace('-', ' ')}")
        target = self.folder / f"{name}.svg"
        target.write_text(tightened(without_fonts_from_afar(picture)), encoding="utf-8")
        print(target)


def without_fonts_from_afar(picture: str) -> str:
    """The picture in the reader's own fixed-width font: looking at a page must ask nobody else for anything."""
    picture = re.sub(r"\s*@font-face \{.*?\}", "", picture, flags=re.S)
    return re.sub(
        r"font-family: ?Fira Code,", "font-family: 'Fira Code', 'DejaVu Sans Mono', Menlo, Consolas,", picture
    )


def tightened(picture: str) -> str:
    """The picture without the blanks at both ends of its texts: smaller, and right where a viewer would swallow them."""

    def one(match: re.Match[str]) -> str:
        blanks, words = re.fullmatch(rf"((?:{BLANK})*)(.*?)(?:{BLANK})*", match["words"], re.S).groups()  # type: ignore[union-attr]  # it matches any text
        if not words:
            return ""
        before = len(blanks) // len(BLANK)
        cells = len(html.unescape(words))
        return f'{match["start"]}x="{float(match["x"]) + before * CELL:.1f}"{match["y"]}textLength="{cells * CELL:.1f}"{match["rest"]}{words}</text>'

    said = r'(?P<start><text [^>]*?)x="(?P<x>[\d.]+)"(?P<y>[^>]*?)textLength="[\d.]+"(?P<rest>[^>]*>)(?P<words>[^<]*)</text>'
    return re.sub(said, one, picture)


def best(services: Services, worth: Callable[[BoardRow], int]) -> int:
    """The row of the board that is worth most; the first of several."""
    rows = services.referrals.board().rows
    return max(range(len(rows)), key=lambda number: (worth(rows[number]), -number))


async def session(store: Path, folder: Path) -> None:
    """One walk through the places."""
    app = PlacementApp(AtThatHour(store))
    async with app.run_test(size=SIZE) as pilot:
        camera = Camera(pilot, folder)
        await camera.until(r"^ \d+ open ")
        await camera.take("board")
        services = app.services
        assert services is not None
        busy = best(services, lambda row: min(row.awaiting, row.refused, 6) + row.offered)
        await camera.press("g", *["j"] * busy, "enter")
        await camera.until(r"\d+ asked ")
        await camera.take("call-list")
        await camera.press("q")
        await camera.until(r"^ \d+ open ")
        await camera.press("g", *["j"] * best(services, lambda row: 2 * row.offered + len(row.wanted)), "o")
        await camera.until("to year end")
        await camera.take("offers")
        await camera.press("q")
        await camera.until(r"^ \d+ open ")
        await camera.press("f")
        await camera.until(r" of \d[\d,]*")
        await camera.press("i", *"30mi", "tab", "space", "j", "space", "j", "space")
        await camera.take("homes")
        await camera.press("q")
        await camera.until(r"^ \d+ open ")
        await camera.press("p")
        await camera.until("Placements")
        await camera.take("placements")


def main() -> int:
    """Build the demonstration and take every picture; gives the exit code."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent / "images"
    folder.mkdir(parents=True, exist_ok=True)
    from placement_tui.demo import build

    with tempfile.TemporaryDirectory(prefix="placement-pictures-") as where:
        store = build(Path(where), now=HOUR)
        asyncio.run(session(store, folder))
    return 0


if __name__ == "__main__":
    sys.exit(main())
