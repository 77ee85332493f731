"""What clears the terminal when the program is killed outright: a shell that waits, holds nothing and knows nothing.

A killed program cannot leave the alternate screen, and what stood on it would stay there for the next who looks. So a
small process of its own session waits at a pipe. When the program ends without having said goodbye, the pipe ends, and it
erases every line, leaves the alternate screen and sets the terminal's modes back. It is started before anything is
read from the store and executes another program, so that nothing of a record is ever in its memory.
"""

from __future__ import annotations

import os
import sys
from contextlib import suppress

Actions = list[tuple[int, int, int] | tuple[int, int, str, int, int] | tuple[int, int]]
GOODBYE, COPIED, CLEARED = b"q\n", b"c\n", b"n\n"

# Leaving: attributes, pasting, focus and size reports, keyboard protocol, line wrap, cursor. As `driver` does when it ends.
LEAVE = "\x1b[0m\x1b[?2004l\x1b[?2048l\x1b[?1004l\x1b[?7h\x1b[<u\x1b[?1049l\x1b[?25h"
# A space, since some terminals take nothing for "no change"; then nothing, which empties it in those that know how.
CLEAR_CLIPBOARD = "\x1b]52;c;IA==\x07\x1b]52;c;\x07"
_MOST_ROWS = 200  # a row beyond the last one is the last one
_SAID = "placement was ended from outside. What was saved is saved; half-typed forms are kept."

_SCRIPT = """
trap '' HUP INT TERM QUIT TTOU PIPE
copied=
while IFS= read -r word; do
  case $word in
    q) exit 0 ;;
    c) copied=1 ;;
    n) copied= ;;
  esac
done
row=1
while [ "$row" -le "$1" ]; do
  printf '\\033[%d;1H\\033[2K' "$row"
  row=$((row + 1))
done
[ -z "$copied" ] || printf '%s' "$3"
printf '%s%s\\r\\n' "$2" "$4"
"""


def wiped(rows: int) -> str:
    """What erases every line of the screen one by one: erasing it at once puts it into the history of some terminals."""
    return "\x1b[0m" + "".join(f"\x1b[{row};1H\x1b[2K" for row in range(1, rows + 1)) + "\x1b[H"


class Guardian:
    """The waiting process, seen from the program. Where it could not be started, everything here does nothing."""

    def __init__(self, pipe: int = -1, pid: int = 0) -> None:
        self._pipe, self._pid = pipe, pid
        self._needed = False

    @classmethod
    def watch(cls, terminal: int) -> Guardian:
        """Start it for the terminal of a descriptor."""
        if not hasattr(os, "posix_spawn") or not os.path.exists("/bin/sh") or not os.isatty(terminal):
            return cls()
        theirs, ours = os.pipe()
        os.set_inheritable(ours, False)
        argv = ["placement-guardian", "-c", _SCRIPT, "guardian", str(_MOST_ROWS), LEAVE, CLEAR_CLIPBOARD, _SAID]
        actions: Actions = [
            (os.POSIX_SPAWN_DUP2, theirs, 0),
            (os.POSIX_SPAWN_DUP2, terminal, 1),
            (os.POSIX_SPAWN_OPEN, 2, os.devnull, os.O_WRONLY, 0),
        ]
        try:
            pid = _spawn(argv, actions)
        except OSError:
            os.close(ours)
            return cls()
        finally:
            os.close(theirs)
        return cls(ours, pid)

    def hear(self, word: bytes) -> None:
        """Tell it that something of ours is on the clipboard, or is no longer."""
        if self._pipe >= 0:
            with suppress(OSError):
                os.write(self._pipe, word)

    def needed(self) -> None:
        """The terminal takes nothing, and the program ends all the same: clearing it is left to this process."""
        self._needed = True

    def dismiss(self) -> None:
        """The program ends, and has left the terminal itself unless it said otherwise. Safe to call twice."""
        pipe, self._pipe = self._pipe, -1
        if pipe < 0:
            return
        with suppress(OSError):
            if not self._needed:
                os.write(pipe, GOODBYE)
        os.close(pipe)
        if not self._needed:
            with suppress(ChildProcessError):
                os.waitpid(self._pid, 0)


def _spawn(argv: list[str], actions: Actions) -> int:
    """Start it in a session of its own, so that what ends the program's session or group does not end it too."""
    assert sys.platform != "win32"
    try:
        return os.posix_spawn("/bin/sh", argv, {}, file_actions=actions, setsid=True)
    except NotImplementedError:  # an older system
        return os.posix_spawn("/bin/sh", argv, {}, file_actions=actions, setpgroup=0)
