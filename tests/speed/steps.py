"""What an officer does in the program, each step measured in a real pseudo-terminal: seconds, bytes, pieces.

The steps start and end at the duty board of a demonstration store, so that each can be taken again and again.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pyte

from tests.ptydrive import Sample, Terminal

ROOT = Path(__file__).parents[2]
PROGRAM = [sys.executable, "-m", "placement_tui"]
BARE = [sys.executable, str(Path(__file__).with_name("bare.py"))]
ENV = {"PYTHONPATH": str(ROOT), "PLACEMENT_ASCII": "0"}
SEARCHED = "brdgv"  # typed letter by letter, misspelt as it is heard
BOARD = re.compile(r"^ \d+ open ", re.M)
WAITING = re.compile(r" waiting( \S+)?[ ▐]*$")  # the last column of a provider who is still to answer
MOVES = "".join(f"\x1b[<35;{x};20M" for x in range(20, 50))  # thirty moves of a mouse, as a terminal reports them
QUIET = 0.1


def make_demo(folder: Path, scale: int = 1) -> Path:
    """A demonstration store in the folder; gives its path."""
    command = [*PROGRAM, "demo", "--dir", str(folder), "--scale", str(scale), "--build-only"]
    subprocess.run(command, check=True, env={**os.environ, **ENV}, stdout=subprocess.DEVNULL)
    return folder / "demo.db"


def shown(pattern: str) -> Callable[[pyte.Screen], bool]:
    """True once the screen matches the pattern, line by line."""
    compiled = re.compile(pattern, re.M)
    return lambda screen: compiled.search("\n".join(screen.display)) is not None


def cursor(screen: pyte.Screen) -> str:
    """The line that the cursor mark stands on."""
    return next((line.rstrip() for line in screen.display if line.startswith("›")), "")


class Desk(Terminal):
    """The program on a store, at its duty board."""

    def __init__(self, store: Path, cols: int = 120, rows: int = 40) -> None:
        super().__init__([*PROGRAM, "--store", str(store)], cols, rows, ENV)

    def first_paint(self) -> Sample:
        """From the start of the process to the frame of the duty board; what it holds comes after."""
        seconds = self.wait("Duty board")
        return Sample(seconds, tuple(self.chunks))

    def board(self) -> Sample:
        """From the start of the process to the referrals on the board."""
        seconds = self.wait(shown(BOARD.pattern))
        self.quiet(0.5)
        return Sample(seconds, tuple(self.chunks))

    def move(self, key: str) -> Sample:
        """The cursor one line on."""
        before = cursor(self.screen)
        return self.measure(key, lambda screen: cursor(screen) not in ("", before), QUIET)

    def field(self) -> Sample:
        """The next field of a form in hand."""
        before = cursor(self.screen)
        return self.measure("tab", lambda screen: cursor(screen) not in ("", before), QUIET)

    def idle(self, seconds: float) -> int:
        """The bytes that come while nobody does anything."""
        self.quiet()
        self.press()
        end = time.perf_counter() + seconds
        while time.perf_counter() < end:
            self.quiet(min(0.2, max(0.01, end - time.perf_counter())))
        return sum(len(data) for _, data in self.chunks)

    def mouse(self) -> int:
        """The bytes that thirty moves of the mouse bring."""
        self.quiet()
        self.press(MOVES)
        self.quiet(0.4)
        return sum(len(data) for _, data in self.chunks)

    def help(self) -> list[Sample]:
        """The help of the board, and back."""
        opened = self.measure("?", shown("closes this"), QUIET)
        return [opened, self.measure("escape", lambda screen: not shown("closes this")(screen), QUIET)]

    def call_list(self) -> list[Sample]:
        """The call list of the referral under the cursor, and back."""
        opened = self.measure("enter", shown(r"\d+ asked "), QUIET)
        return [opened, self.measure("q", shown(BOARD.pattern), QUIET)]

    def homes(self) -> list[Sample]:
        """The search for the referral under the cursor, and back."""
        opened = self.measure("f", shown(r" of \d[\d,]* *$"), QUIET)
        return [opened, self.measure("q", shown(BOARD.pattern), QUIET)]

    def search(self, letters: str = SEARCHED) -> list[Sample]:
        """Letters typed in the query line of the search, each until it shows; then back to the board."""
        self.open_query()
        typed = [
            self.measure(letter, shown(rf"^ Search +{letters[: end + 1]}\b"), QUIET)
            for end, letter in enumerate(letters)
        ]
        self.leave_query(letters)
        return typed

    def burst(self, letters: str = SEARCHED, pause: float = 0.08) -> list[float]:
        """Seconds to the echo of each letter, typed at the pace of quick fingers while the list still changes."""
        self.open_query()
        taken = []
        for end, letter in enumerate(letters):
            self.press(letter)
            taken.append(self.wait(shown(rf"^ Search +{letters[: end + 1]}\b")))
            while (left := pause - (time.perf_counter() - self.mark)) > 0:
                self.quiet(left)
        self.leave_query(letters)
        return taken

    def open_query(self) -> None:
        """From the board to the query line of the search, empty."""
        self.measure("f", shown(r" of \d[\d,]* *$"), QUIET)
        self.press("i")
        self.quiet()

    def leave_query(self, letters: str) -> None:
        """The letters taken out again, and back to the board."""
        self.quiet()
        self.press(*["backspace"] * len(letters))
        self.quiet()
        self.press("tab")
        self.quiet()
        self.measure("q", shown(BOARD.pattern), QUIET)

    def refusals(self, count: int, waiting: int | None = None) -> tuple[list[Sample], list[Sample]]:
        """'No' by a digit until it says that it is saved, and its undoing; on a call list where so many are waited for."""
        self.go_where_waiting(waiting or count)
        self.measure("enter", shown(r"\d+ asked "), QUIET)
        saved, undone = [], []
        for _ in range(count):
            self.to_waiting()
            saved.append(self.measure("1", shown(": no .* undoes"), QUIET))
            undone.append(self.measure("u", shown("^ Undid"), QUIET))
        self.measure("q", shown(BOARD.pattern), QUIET)
        return saved, undone

    def to_waiting(self) -> None:
        """The cursor of a call list on a provider who is still to answer, the nearest that shows."""
        self.quiet(QUIET)
        while not WAITING.search(here := cursor(self.screen)):
            lines = [line.rstrip() for line in self.screen.display]
            at = lines.index(here) if here else 0
            below = any(WAITING.search(line) for line in lines[at + 1 : -10])
            above = any(WAITING.search(line) for line in lines[3:at])
            self.move("up" if above and not below else "down")

    def go_where_waiting(self, count: int) -> None:
        """The cursor of the board on a referral with so many answers still to come."""
        self.press("g")
        self.quiet()
        for _ in range(60):
            found = re.search(r"(\d+) +(\d+) +(\d+) +(\d+) +\S+ \S+ *$", cursor(self.screen).rstrip("▐ "))
            if found and int(found[2]) >= count:
                return
            self.press("j")
            self.quiet(0.05)
        raise LookupError(f"no referral of this board waits for {count} answers")
