"""The real program in any terminal: what it was sent, which modes it left on, and whether it gave the terminal back."""

from __future__ import annotations

import os
import re
import select
import sys
import termios
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import pyte

from tests.ptydrive import KEYS, Terminal

ROOT = Path(__file__).parents[2]
PLACEMENT = [sys.executable, "-m", "placement_tui"]
PATIENCE = 30.0  # seconds that a machine with ten other things to do may take for anything
_MODES = re.compile(rb"\x1b\[\?([\d;]+)([hl])")
_LEFT_ON = {"7", "25"}  # lines that wrap, a cursor that shows: as every shell wants them


def board(screen: pyte.Screen) -> bool:
    """True once the duty board shows its referrals."""
    return re.search(r"^ \d+ open ", "\n".join(screen.display), re.M) is not None


def board_alone(screen: pyte.Screen) -> bool:
    """No dialog stands before it."""
    return board(screen) and not any("letters find" in line for line in screen.display)


def colours(sent: bytes) -> set[str]:
    """The colour parameters among what was sent."""
    parameters = {part for sgr in re.findall(rb"\x1b\[([\d;]*)m", sent) for part in sgr.decode().split(";") if part}
    return {part for part in parameters if 30 <= int(part) <= 49 or 90 <= int(part) <= 107}


class AnyTerminal(Terminal):
    """The program on a store in a terminal that keeps what it was sent."""

    def __init__(
        self, store: Path, home: Path, env: Mapping[str, str] | None = None, size: tuple[int, int] = (80, 24),
        argv: Sequence[str] | None = None,
    ) -> None:  # fmt: skip
        self.sent = b""
        full = {
            "PYTHONPATH": str(ROOT),
            "HOME": str(home),
            "XDG_STATE_HOME": str(home),
            "COLORTERM": "",
            "CI": "",
            **(env or {}),
        }
        super().__init__(list(argv or [*PLACEMENT, "--store", str(store)]), *size, full)
        self.before = termios.tcgetattr(self.fd)

    def read(self, until: float) -> bool:
        """Collect output, and keep it."""
        had = len(self.pending)
        found = super().read(until)
        self.sent += b"".join(data for _, data in self.pending[had:])
        return found

    def wait(self, until: str | Callable[[pyte.Screen], bool], timeout: float = PATIENCE) -> float:
        """As it is, with more patience."""
        return super().wait(until, timeout)

    def hold(self, key: str, times: int, a_second: float = 30.0, reading: bool = True) -> None:
        """A key held down: so many a second. With `reading` False the terminal takes nothing meanwhile."""
        self.chunks, self.mark = [], time.perf_counter()
        began = time.monotonic()
        for number in range(times):
            os.write(self.fd, KEYS.get(key, key).encode())
            while (left := began + (number + 1) / a_second - time.monotonic()) > 0:
                if not reading:
                    time.sleep(left)
                elif select.select([self.fd], [], [], left)[0]:
                    self.read(time.perf_counter())

    def idle(self) -> None:
        """Wait until the program has done with everything that it was sent: each of its threads waits for something."""
        deadline, calm = time.monotonic() + PATIENCE, 0
        while calm < 5:
            assert time.monotonic() < deadline, "the program is never done"
            self.quiet(0.03)
            calm = calm + 1 if self._sleeps() else 0

    def _sleeps(self) -> bool:
        states = []
        for task in Path(f"/proc/{self.pid}/task").glob("*/stat"):
            states.append(task.read_text().rpartition(")")[2].split()[0])
        return set(states) <= {"S"}  # where there is no /proc, `quiet` has to be enough

    def settled(self) -> None:
        """Wait until what shows is what a terminal painted anew shows: nothing stood wrong on it."""
        deadline = time.monotonic() + PATIENCE
        while True:
            self.quiet(0.4)
            shown = self.cells()
            had = len(self.sent)
            self.press("ctrl+l")
            while b"\x1b[2J" not in self.sent[had:]:
                assert time.monotonic() < deadline, "nothing was painted"
                self.quiet(0.1)
            self.quiet(0.3)
            if self.cells() == shown:
                return
            assert time.monotonic() < deadline, f"what stood there was wrong:\n{shown}\n{self.text}"

    @property
    def modes(self) -> set[str]:
        """The private modes of the terminal that are on, after all that it was sent."""
        on = set(_LEFT_ON)
        for numbers, switch in _MODES.findall(self.sent):
            for number in numbers.decode().split(";"):
                (on.add if switch == b"h" else on.discard)(number)
        return on

    def given_back(self) -> None:
        """The terminal is as it was before the program came: its settings, its screen, its cursor, its modes."""
        self.quiet(0.3)
        assert termios.tcgetattr(self.fd) == self.before
        assert self.modes == _LEFT_ON
        assert self.sent.count(b"\x1b[>") == self.sent.count(b"\x1b[<u")  # keyboards asked for more, and for no more
        assert self.sent.rindex(b"\x1b[?25h") > self.sent.rindex(b"\x1b[?1049l")

    def leave(self, code: int = 0) -> None:
        """Quit, and look at what is left."""
        self.press("ctrl+q")
        assert self.exit_code(PATIENCE) == code
        self.given_back()


def until(true: Callable[[], Any], what: str) -> Any:
    """Wait for something outside the terminal; gives what it was."""
    deadline = time.monotonic() + PATIENCE
    while not (found := true()):
        assert time.monotonic() < deadline, what
        time.sleep(0.02)
    return found
