"""What goes to the terminal, in order, without the program ever waiting for it.

A line that stalls takes nothing for seconds or minutes. Whoever waited for it could not keep a draft, lock the screen or
end. So pictures of the screen are not queued: while the terminal takes nothing it is only noted that there is something
to show, and when it listens again it gets the difference to how things stand then.
"""

from __future__ import annotations

import os
import select
from collections import deque
from collections.abc import Callable
from threading import Condition, Thread

# Text, changes of the screen made ready, or None: whatever has changed on the screen by then.
Piece = str | bytes | None


class Outgoing(Thread):
    """Writes to one terminal. `changes` gives what has changed on the screen; `before` what goes before other text."""

    def __init__(self, fileno: int, encoding: str, changes: Callable[[], str], before: Callable[[], str]) -> None:
        super().__init__(daemon=True, name="placement-output")
        self._fileno, self._encoding = fileno, encoding
        self._changes, self._before = changes, before
        self._pieces: deque[Piece] = deque()
        self.turn = Condition()  # held while the screen's cells are changed or compared
        self._busy = self._ending = self._gone = False

    def show(self) -> None:
        """The screen has changed: shown now where nothing waits, else as it stands when the terminal has taken that."""
        with self.turn:
            if self._pieces:
                if self._pieces[-1] is not None:
                    self._put(None)
            elif self._busy:
                self._put(None)
            else:
                self._put(self._changes().encode(self._encoding, "replace"))

    def say(self, text: str) -> None:
        """Write text, after what was to be shown before it."""
        with self.turn:
            self._put(text)

    def stop(self, patience: float) -> bool:
        """Write the rest and end. False where the terminal has not taken it after so many seconds: the rest is dropped."""
        with self.turn:
            self._ending = True
            self.turn.notify()
        self.join(patience)
        done = not self.is_alive()
        self._gone = True
        self._pieces.clear()
        return done

    def run(self) -> None:
        """Write piece by piece."""
        while True:
            with self.turn:
                self._busy = False
                while not self._pieces:
                    if self._ending:
                        return
                    self.turn.wait()
                self._busy = True
                piece = self._pieces.popleft()
                if isinstance(piece, str):
                    piece = self._before() + piece
                elif piece is None:
                    piece = self._changes()
            self._write(piece if isinstance(piece, bytes) else piece.encode(self._encoding, "replace"))

    def _put(self, piece: Piece) -> None:
        if piece != b"" and not self._gone:
            self._pieces.append(piece)
            self.turn.notify()

    def _write(self, data: bytes) -> None:
        while data and not self._gone:
            try:
                data = data[os.write(self._fileno, data) :]
            except BlockingIOError:  # another program on the same terminal made it so
                select.select([], [self._fileno], [], 1.0)
            except OSError:
                self._gone = True
                self._pieces.clear()
