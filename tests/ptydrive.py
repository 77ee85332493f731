"""Drive a terminal program through a real pseudo-terminal: press keys, read its screen, time it, count its bytes.

A step is timed from the key's write to the read of the chunk that put the expected text on an emulated screen (pyte);
what is read is parsed only when the program pauses, so slow parsing never delays a time stamp.

    with Terminal([sys.executable, "-m", "placement_tui", "demo"]) as term:
        term.wait("Duty board")
        term.measure("down", "› 26-0144").over_link(0.1, 256e3)
"""

from __future__ import annotations

import os
import pty
import re
import select
import signal
import statistics
import struct
import termios
import time
import zlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fcntl import ioctl

import pyte

KEYS = {
    "enter": "\r", "escape": "\x1b", "tab": "\t", "shift+tab": "\x1b[Z", "space": " ", "backspace": "\x7f",
    "up": "\x1b[A", "down": "\x1b[B", "right": "\x1b[C", "left": "\x1b[D", "home": "\x1b[H", "end": "\x1b[F",
    "delete": "\x1b[3~", "pageup": "\x1b[5~", "pagedown": "\x1b[6~",
    "f1": "\x1bOP", "f2": "\x1bOQ", "f3": "\x1bOR", "f4": "\x1bOS", "f5": "\x1b[15~", "f6": "\x1b[17~",
    "f7": "\x1b[18~", "f8": "\x1b[19~", "f9": "\x1b[20~", "f10": "\x1b[21~",
    **{f"ctrl+{chr(code + 96)}": chr(code) for code in range(1, 27)},
}  # fmt: skip
Until = str | Callable[[pyte.Screen], bool]
Chunk = tuple[float, bytes]  # seconds after the mark, data

# What one link costs: seconds there and back, bits a second.
SLOW_LINK = (0.1, 256_000.0)


class Screen(pyte.Screen):
    """pyte's screen, with the one sequence that curses uses and pyte lacks."""

    def repeat(self, count: int = 1) -> None:
        """REP: the character before the cursor again."""
        self.draw(self.buffer[self.cursor.y][max(0, self.cursor.x - 1)].data * max(1, count))


class Stream(pyte.ByteStream):
    """pyte's stream, with REP."""

    csi = {**pyte.ByteStream.csi, "b": "repeat"}  # noqa: RUF012 - pyte's own name
    events = pyte.ByteStream.events | {"repeat"}


@dataclass(frozen=True)
class Sample:
    """A measured step: seconds to the expected content, and every chunk the program wrote."""

    seconds: float
    chunks: tuple[Chunk, ...]

    @property
    def size(self) -> int:
        """Bytes from the program to the terminal."""
        return sum(len(data) for _, data in self.chunks)

    def over_link(self, rtt: float, bps: float, packed: bool = False, whole: bool = False) -> float:
        """Seconds until the content (or the `whole` output) shows beyond a link.

        Chunks queue for the line, each with 93 bytes of SSH and TCP/IP framing; `packed` is the zlib of `ssh -C`.
        """
        free, squeeze = 0.0, zlib.compressobj(6)
        for at, data in self.chunks:
            if at <= self.seconds or whole:
                if packed:
                    data = squeeze.compress(data) + squeeze.flush(zlib.Z_PARTIAL_FLUSH)
                free = max(free, at) + (len(data) + 93) * 8 / bps
        return free + rtt


class Terminal:
    """A program in a pseudo-terminal with an emulated screen; a context manager."""

    def __init__(
        self, argv: Sequence[str], cols: int = 120, rows: int = 40, env: Mapping[str, str] | None = None
    ) -> None:
        self.screen, self.ended = Screen(cols, rows), False
        self.stream = Stream(self.screen)
        self.pending, self.chunks = list[Chunk](), list[Chunk]()  # not parsed yet; parsed since the mark
        full = {
            "PATH": os.environ["PATH"], "HOME": os.environ.get("HOME", "/"), "LANG": "C.UTF-8",
            "TERM": "xterm-256color", "COLORTERM": "truecolor", **(env or {}),
        }  # fmt: skip
        self.mark = time.perf_counter()
        self.pid, self.fd = pty.fork()
        if self.pid == 0:  # the child: nothing may come back from here
            try:
                ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", rows, cols, 0, 0))
                os.execvpe(argv[0], list(argv), full)
            finally:
                os._exit(127)

    def __enter__(self) -> Terminal:
        return self

    def __exit__(self, *_: object) -> None:
        os.close(self.fd)
        try:
            os.kill(self.pid, signal.SIGKILL)
        except ProcessLookupError:
            return
        os.waitpid(self.pid, 0)

    def read(self, until: float) -> bool:
        """Collect output, unparsed, until a pause; False if none came before time `until`."""
        wait, had = until - time.perf_counter(), len(self.pending)
        while not self.ended and select.select([self.fd], [], [], max(0.0, wait))[0]:
            try:
                data = os.read(self.fd, 65536)
            except OSError:  # EIO: the program closed its terminal
                self.ended = True
                break
            self.pending.append((time.perf_counter() - self.mark, data))
            if b"\x1b[?2026$p" in data:  # "do you know synchronised output?" "yes"
                os.write(self.fd, b"\x1b[?2026;2$y")
            wait = 0.002 if len(self.pending) - had < 64 else 0.0  # a pause this long ends it
        return len(self.pending) > had

    @property
    def text(self) -> str:
        """What the screen shows."""
        return "\n".join(line.rstrip() for line in self.screen.display)

    def shows(self, until: Until) -> bool:
        """True when the screen shows it."""
        return until(self.screen) if callable(until) else until in "\n".join(self.screen.display)

    def wait(self, until: Until, timeout: float = 20.0) -> float:
        """Parse output until the screen shows `until`; returns the seconds from the mark."""
        if not self.pending and self.shows(until):
            return 0.0
        deadline = time.perf_counter() + timeout
        while self.pending or self.read(deadline):
            self.chunks.append(self.pending.pop(0))
            self.stream.feed(self.chunks[-1][1])
            if self.shows(until):
                return self.chunks[-1][0]
        raise TimeoutError("\n".join([f"{until!r} is not on the screen:", *self.screen.display]))

    def quiet(self, seconds: float = 0.15) -> None:
        """Parse output until there has been none for `seconds`, for at most 5 seconds."""
        end = time.perf_counter() + 5
        while self.pending or self.read(min(end, time.perf_counter() + seconds)):
            self.chunks.append(self.pending.pop(0))
            self.stream.feed(self.chunks[-1][1])

    def press(self, *keys: str) -> None:
        """Write keys (names in KEYS, or literal text) at once; sets the mark."""
        self.chunks, self.mark = [], time.perf_counter()
        os.write(self.fd, "".join(KEYS.get(key, key) for key in keys).encode())

    def paste(self, text: str, bracketed: bool = True) -> None:
        """Paste text as a terminal does."""
        data = f"\x1b[200~{text}\x1b[201~" if bracketed else text
        self.chunks, self.mark = [], time.perf_counter()
        left = data.encode()
        while left:  # a long paste is read while it is written, or both sides would wait
            select.select([], [self.fd], [], 5)
            left = left[os.write(self.fd, left[:1024]) :]
            self.read(time.perf_counter())

    def resize(self, cols: int, rows: int) -> None:
        """Give the terminal another size, as a window manager does."""
        self.chunks, self.mark = [], time.perf_counter()
        self.screen.resize(rows, cols)
        ioctl(self.fd, termios.TIOCSWINSZ, struct.pack("HHHH", rows, cols, 0, 0))

    def measure(self, key: str, until: Until, quiet: float = 0.15) -> Sample:
        """Press (not if key is ""), wait for `until`, and count what still follows."""
        if key:
            assert not self.shows(until), f"{until!r} shows before {key!r} was pressed"
            self.press(key)
        seconds = self.wait(until)
        self.quiet(quiet)
        return Sample(seconds, tuple(self.chunks))

    def exit_code(self, timeout: float = 10.0) -> int:
        """Wait for the program's end; returns its exit code, negative for the signal that ended it."""
        deadline = time.perf_counter() + timeout
        while time.perf_counter() < deadline:
            if not self.ended:
                self.quiet(0.02)
            pid, status = os.waitpid(self.pid, os.WNOHANG)
            if pid:
                self.pid = 0x7FFFFFFF  # nothing is left to kill
                return os.waitstatus_to_exitcode(status)
            time.sleep(0.01)
        raise TimeoutError("The program has not ended")

    def cells(self) -> list[list[tuple[object, ...]]]:
        """What one would see of every cell, with its colours; on a blank, only what shows on a blank."""
        rows = []
        for y in range(self.screen.lines):
            row = []
            for x in range(self.screen.columns):
                cell = self.screen.buffer[y][x]
                blank = cell.data == " " and not (cell.underscore or cell.strikethrough or cell.reverse)
                fore = "" if blank else (cell.fg, cell.bold, cell.italics)
                row.append((cell.data, fore, cell.bg, cell.underscore, cell.strikethrough, cell.reverse))
            rows.append(row)
        return rows

    def peak_rss_kib(self) -> int:
        """The most memory it has held."""
        with open(f"/proc/{self.pid}/status") as status:
            return int(re.findall(r"VmHWM:\s+(\d+)", status.read())[0])


def summary(samples: Sequence[Sample]) -> dict[str, float]:
    """Milliseconds (p50, p95, p99, min) and median bytes of the samples of one step."""
    ms = sorted(round(sample.seconds * 1000, 2) for sample in samples)
    at = {f"p{q}": ms[min(len(ms) - 1, len(ms) * q // 100)] for q in (50, 95, 99)}
    return {"n": len(ms), **at, "min": ms[0], "bytes": statistics.median(sample.size for sample in samples)}
